// Small parts that several pages have.
import { html, useEffect, useState } from "./html.js";
import { clock, duration, exact, fullness, short, since, until, whole } from "./format.js";

/** Draws anew every so many milliseconds, for what only time changes. */
export function useNow(millis = 1_000) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), millis);
    return () => clearInterval(timer);
  }, [millis]);
  return now;
}

export function Time({ at }) {
  return html`<time datetime=${at} title=${exact(at)}>${clock(at)}</time>`;
}

/** How long ago, with the exact time on hover. */
export function Age({ at, now }) {
  return html`<time datetime=${at} title=${exact(at)}>${duration(since(at, now))}</time>`;
}

/** In how long. */
export function Until({ at, now }) {
  const seconds = until(at, now);
  return html`<time datetime=${at} title=${exact(at)}>${seconds <= 0 ? "now" : duration(seconds)}</time>`;
}

const percent = share => `${Math.max(0, Math.min(1, share)) * 100}%`;

/** What is used of what there is. The text beside it says the same, so the bar itself is hidden from screen readers. */
export function Bar({ limit }) {
  const share = fullness(limit);
  const total = limit.limit;
  const quota = (limit.quotas || []).reduce((a, b) => !a || b.taken / b.slots > a.taken / a.slots ? b : a, null);
  const text = total !== undefined ? `${short(limit.occupied)} / ${short(total)}`
    : quota ? `${short(quota.taken || 0)} / ${short(quota.slots)}` : short(limit.occupied);
  const state = !limit.active ? "off" : share >= 1 || limit.waiting ? "full" : share >= 0.8 ? "high" : "some";
  return html`<span class="use">
    <span class="bar" data-state=${state} aria-hidden="true"><span style=${{ width: percent(share) }}></span></span>
    <span class="number">${text}</span>
  </span>`;
}

/** A small picture of numbers, some of which may be unknown. */
export function Spark({ values, top }) {
  const known = (values || []).filter(value => value !== null);
  if (!known.length) return html`<span class="spark"></span>`;
  const most = Math.max(top || 0, ...known, 1e-9);
  const points = [];
  values.forEach((value, i) => {
    if (value !== null) points.push(`${(i * 100) / Math.max(1, values.length - 1)},${19 - (value / most) * 18}`);
  });
  if (points.length === 1) {
    // A single moment is a dash.
    const [x, y] = points[0].split(",");
    points.unshift(`${Math.max(0, x - 3)},${y}`);
  }
  return html`<svg class="spark" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
    <polyline points=${points.join(" ")} vector-effect="non-scaling-stroke" /></svg>`;
}

export function Failure({ failure }) {
  if (!failure) return null;
  return html`<div class="failure" role="alert">
    <p>${failure.message}</p>
    ${failure.errors && failure.errors.length > 1 && html`<ul>${failure.errors.map(one => html`<li><code>${one.field}</code> ${one.message}</li>`)}</ul>`}
  </div>`;
}

/** A command to copy. */
export function Command({ text, label = "The same in a shell" }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    } catch {
      // Without a secure context there is no clipboard; the text can be selected.
    }
  }
  return html`<div class="command">
    <span class="caption">${label}</span>
    <code>${text}</code>
    <button type="button" class="quiet" onClick=${copy}>${copied ? "Copied" : "Copy"}</button>
  </div>`;
}
