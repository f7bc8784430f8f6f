// How the service fares: what /readyz says, part by part, and the numbers of /metrics that matter to an operator.
import { html, useEffect, useState } from "./html.js";
import { read } from "./api.js";
import { clock, duration, plural, short, whole } from "./format.js";
import { Failure } from "./parts.js";

const REFRESH_MILLIS = 3_000;

/** The samples of the Prometheus text format: [{ name, labels, value }]. */
export function parse(text) {
  const samples = [];
  for (const line of text.split("\n")) {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (!found) continue;
    const labels = {};
    for (const [, name, value] of (found[2] || "").matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
      labels[name] = value.replace(/\\(.)/g, (_, c) => c === "n" ? "\n" : c);
    }
    samples.push({ name: found[1], labels, value: Number(found[3]) });
  }
  return samples;
}

const NUMBERS = [
  ["limits_view_limits", "Limits", whole],
  ["limits_view_leases", "Leases", whole],
  ["limits_view_waiters", "Waiters", whole],
  ["limits_gateway_undecided", "Commands undecided", whole],
  ["limits_ledger_lag", "Commands the ledger is behind", whole],
  ["limits_due_lag_seconds", "Lateness of timers", duration],
  ["limits_restarts_total", "Restarts of parts", whole],
  ["limits_gateway_timeouts_total", "Answers too late", whole],
  ["limits_send_failures_total", "Failures to send", whole],
  ["limits_commands_rejected_total", "Commands rejected", whole],
  ["process_uptime_seconds", "Up for", duration],
  ["jvm_memory_used_bytes", "Memory in use", bytes => `${short(bytes / 1_048_576)} MB`],
  ["process_files_open_files", "Open files", whole],
];

const sum = samples => samples.reduce((total, one) => total + one.value, 0);

export function Health() {
  const [state, setState] = useState(null);
  const [failure, setFailure] = useState(null);
  useEffect(() => {
    const look = async () => {
      if (document.hidden) return;
      try {
        const [ready, metrics] = await Promise.all([read("readyz"), read("metrics")]);
        setState({ ready: ready.text.startsWith("{") ? JSON.parse(ready.text) : null, samples: metrics.ok ? parse(metrics.text) : null, at: Date.now() });
        setFailure(null);
      } catch (problem) {
        setFailure(problem);
      }
    };
    look();
    const timer = setInterval(look, REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, []);
  const of = name => state.samples.filter(one => one.name === name && !Number.isNaN(one.value));
  return html`<div class="page">
    <header class="title"><h1>Health</h1>
      ${state && state.ready && html`<span class=${state.ready.status === "ready" ? "tag good" : "tag strong"}>${state.ready.status}</span>`}
      ${state && html`<span class="quiet-text">as of ${clock(state.at)}</span>`}</header>
    <${Failure} failure=${failure} />
    ${state && !state.ready && html`<p>This gateway does not show its readiness to you.</p>`}
    ${state && state.ready && state.ready.parts && html`<section><header><h2>Parts</h2></header><div class="table" tabindex="0"><table>
      <thead><tr><th scope="col">Part</th><th scope="col">State</th><th scope="col">Detail</th></tr></thead>
      <tbody>${state.ready.parts.map(part => html`<tr key=${part.name}><th scope="row">${part.name}</th>
        <td><span class=${part.ready ? "tag good" : "tag strong"}>${part.ready ? "ready" : "not ready"}</span></td><td class="wide">${part.detail}</td></tr>`)}</tbody></table></div></section>`}
    ${state && state.samples && html`<section><header><h2>Numbers</h2><a href="../metrics" class="quiet-text">all of /metrics</a></header>
      <dl class="facts">${NUMBERS.filter(([name]) => of(name).length).map(([name, title, format]) => html`<div key=${name}><dt>${title}</dt><dd title=${name}>${format(sum(of(name)))}</dd></div>`)}</dl>
      <${Requests} samples=${of("limits_http_requests_seconds_count")} /></section>`}
    ${state && !state.samples && html`<p class="quiet-text">The metrics are not shown to you.</p>`}
  </div>`;
}

/** Answers by route and status, the most frequent first. */
function Requests({ samples }) {
  const rows = samples.filter(one => one.value > 0).sort((a, b) => b.value - a.value).slice(0, 15);
  if (!rows.length) return null;
  return html`<h3>${plural(rows.length, "most frequent answer")}</h3><div class="table" tabindex="0"><table>
    <thead><tr><th scope="col">Route</th><th scope="col" class="n">Status</th><th scope="col" class="n">Answers</th></tr></thead>
    <tbody>${rows.map(one => html`<tr key=${JSON.stringify(one.labels)}><td class="mono wide">${one.labels.route}</td><td class="n">${one.labels.status}</td><td class="n">${whole(one.value)}</td></tr>`)}</tbody></table></div>`;
}
