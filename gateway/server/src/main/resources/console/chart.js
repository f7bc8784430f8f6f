// The chart of a limit's last hour or day, by uPlot, which is loaded when the first chart is drawn. A table with the same numbers
// stands beside it for those who cannot see it.
import { html, useEffect, useRef, useState } from "./html.js";
import { get, enc } from "./api.js";
import { clock, plural, short } from "./format.js";

const REFRESH_MILLIS = 5_000;
let library;

function uplot() {
  library = library || new Promise((resolve, reject) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("./vendor/uplot.css", import.meta.url);
    const script = document.createElement("script");
    script.src = new URL("./vendor/uplot.js", import.meta.url);
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => { library = null; reject(new Error("The chart could not be loaded; reload the page")); };
    document.head.append(style, script);
  });
  return library;
}

/** A colour of the style sheet as the theme has it; a canvas knows no variables. */
function color(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--chart-${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function options(width) {
  const axis = { stroke: color("text"), grid: { stroke: color("grid"), width: 1 }, ticks: { stroke: color("grid"), width: 1 }, font: "11px system-ui" };
  const step = { stepped: globalThis.uPlot.paths.stepped({ align: 1 }), bars: globalThis.uPlot.paths.bars({ size: [0.9, 20] }) };
  return {
    width,
    height: 200,
    cursor: { y: false, points: { show: false } },
    legend: { live: true },
    axes: [{ ...axis, space: 70, values: (u, splits) => splits.map(at => clock(at * 1000).replace(/:\d\d$/, "")) }, { ...axis, size: 48, values: (u, splits) => splits.map(short) }, { ...axis, side: 1, scale: "count", grid: { show: false }, size: 44 }],
    scales: { y: { range: (u, min, max) => [0, Math.max(1, max * 1.1)] }, count: { range: (u, min, max) => [0, Math.max(1, max * 3)] } },
    series: [
      { value: (u, at) => at === null ? "" : clock(at * 1000) },
      { label: "Held", stroke: color("held"), fill: color("held-area"), width: 1.5, paths: step.stepped, points: { show: false } },
      { label: "Waiting", stroke: color("waiting"), width: 1.5, paths: step.stepped, points: { show: false } },
      { label: "Granted", scale: "count", stroke: color("granted"), fill: color("granted"), width: 0, paths: step.bars, points: { show: false } },
      { label: "Denied", scale: "count", stroke: color("denied"), fill: color("denied"), width: 0, paths: step.bars, points: { show: false } },
    ],
  };
}

/** The series in the form of uPlot. */
function data(trend) {
  const start = Date.parse(trend.start) / 1000;
  return [
    trend.granted.map((_, i) => start + i * trend.bucketSeconds),
    trend.occupied,
    trend.waiting,
    trend.granted.map(value => value || null),
    trend.denied.map(value => value || null),
  ];
}

export function Chart({ name, theme }) {
  const box = useRef(null);
  const [span, setSpan] = useState("hour");
  const [trend, setTrend] = useState(null);
  const [failure, setFailure] = useState(null);

  useEffect(() => {
    const abort = new AbortController();
    const read = async () => {
      if (document.hidden) return;
      try {
        setTrend(await get(`v1/limits/${enc(name)}/trend`, { span }, abort.signal));
        setFailure(null);
      } catch (problem) {
        if (problem.name !== "AbortError") setFailure(problem);
      }
    };
    read();
    const timer = setInterval(read, REFRESH_MILLIS);
    return () => { abort.abort(); clearInterval(timer); };
  }, [name, span]);

  const chart = useRef(null);
  useEffect(() => {
    let isGone = false;
    if (trend) {
      uplot().then(uPlot => {
        if (isGone) return;
        if (chart.current) chart.current.setData(data(trend));
        else chart.current = new uPlot(options(box.current.clientWidth), data(trend), box.current);
      }, setFailure);
    }
    return () => { isGone = true; };
  }, [trend]);
  useEffect(() => {
    const element = box.current;
    const watching = new ResizeObserver(() => { if (chart.current) chart.current.setSize({ width: element.clientWidth, height: 200 }); });
    watching.observe(element);
    return () => { watching.disconnect(); if (chart.current) chart.current.destroy(); chart.current = null; };
  }, [theme]);

  const sum = values => values.reduce((a, b) => a + b, 0);
  const peak = trend && Math.max(0, ...trend.occupied.filter(value => value !== null));
  return html`<section class="chart">
    <header><h2>History</h2>
      <div class="chips" role="group" aria-label="Span">
        ${["hour", "day"].map(one => html`<button type="button" aria-pressed=${span === one} onClick=${() => setSpan(one)}>${one === "hour" ? "Last hour" : "Last day"}</button>`)}
      </div>
      <span class="quiet-text">${trend && `${plural(sum(trend.granted), "grant")}, ${plural(sum(trend.denied), "denial")}, at most ${short(peak)} held`}</span>
    </header>
    <div ref=${box} class="canvas" aria-hidden="true"></div>
    ${failure && html`<p class="quiet-text">${failure.message}</p>`}
    ${trend && Date.parse(trend.since) > Date.parse(trend.start) && html`<p class="quiet-text">Occupied slots and waiters are known since ${clock(trend.since)}, when this gateway started.</p>`}
  </section>`;
}
