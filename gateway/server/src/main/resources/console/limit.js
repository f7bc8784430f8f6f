// One limit: what it allows, who holds it, who waits and why, its keys, its history and its events; now, or at a time in the past.
import { html, useEffect, useRef, useState } from "./html.js";
import { ask, get, enc, Problem } from "./api.js";
import { listen, watch } from "./live.js";
import { brief, clock, definition, duration, holder, kinds, override, plural, quota, short, whole } from "./format.js";
import { leaseOf, tone, waitsFor, words } from "./words.js";
import { Age, Failure, Time, Until, useNow } from "./parts.js";
import { Chart } from "./chart.js";
import { go, theme, useKeys } from "./app.js";
import { edit } from "./edit.js";
import { mayChange } from "./rights.js";

const REFRESH_MILLIS = 250;
/** What drains, returns or is estimated moves on without events. */
const IDLE_MILLIS = 2_000;
const SHOWN = 100;
const EVENTS_KEPT = 200;
/** Segments of the bar that can still be told apart. */
const MOST_SEGMENTS = 60;

/** Reads all about a limit, at a time or now. */
async function readLimit(name, at, abort) {
  const path = `v1/limits/${enc(name)}`;
  if (at) {
    const { heldBy, inLine, byKey, ...limit } = await get(path, { at }, abort);
    return { limit, leases: heldBy, waiters: inLine, keys: byKey || [] };
  }
  const { body: limit, etag } = await ask("GET", path, { signal: abort });
  const hasKeys = limit.keys || limit.perKey;
  const [leases, waiters, keys] = await Promise.all([
    limit.leases ? get(`${path}/leases`, { size: SHOWN }, abort) : { leases: [] },
    limit.waiting ? get(`${path}/waiters`, { size: SHOWN }, abort) : { waiters: [] },
    hasKeys ? get(`${path}/keys`, { orderBy: "use", size: SHOWN }, abort) : { keys: [] },
  ]);
  return { limit, etag, leases: leases.leases, waiters: waiters.waiters, keys: keys.keys };
}

/** Follows a limit: reads it anew after its events, and from time to time. */
function useLimit(name, at) {
  const [found, setFound] = useState(null);
  const [failure, setFailure] = useState(null);
  const [events, setEvents] = useState([]);
  useEffect(() => {
    const abort = new AbortController();
    let due = null;
    let reading = false;
    const read = async () => {
      due = null;
      if (reading) return later();
      reading = true;
      try {
        setFound(await readLimit(name, at, abort.signal));
        setFailure(null);
      } catch (problem) {
        if (problem.name !== "AbortError") {
          setFailure(problem);
          if (problem.status === 404) setFound(null);
        }
      }
      reading = false;
    };
    const later = () => { due = due || setTimeout(read, REFRESH_MILLIS); };
    read();
    if (at) return () => { abort.abort(); clearTimeout(due); };
    const ending = listen(event => {
      if (event.limit !== name) return;
      later();
      setEvents(known => known.some(one => one.number === event.number) ? known : [event, ...known].slice(0, EVENTS_KEPT));
      if (event.type === "LimitLeft") go(`/limits/${enc(event.fact.newName)}`, {}, true);
    }, later);
    watch(name);
    const timer = setInterval(() => { if (!document.hidden) later(); }, IDLE_MILLIS);
    return () => { abort.abort(); ending(); clearTimeout(due); clearInterval(timer); };
  }, [name, at]);
  return { found, failure, events, setEvents };
}

/** Who holds, as parts of one bar; the rest is free. */
function HolderBar({ limit, leases }) {
  const held = leases.map(lease => ({ lease, slots: lease.used ?? slotsOf(lease, limit.name) }));
  const shown = held.slice(0, MOST_SEGMENTS);
  const occupied = limit.occupied;
  const total = Math.max(limit.limit ?? occupied, occupied, 1);
  const inSegments = shown.reduce((sum, one) => sum + one.slots, 0);
  const scale = inSegments > occupied && limit.slotDecayPerSecond > 0 ? occupied / inSegments : 1;
  const rest = Math.max(0, occupied - inSegments * scale);
  const width = slots => `${(slots * 100) / total}%`;
  return html`<div class="bar split" role="img" aria-label=${`${short(occupied)} of ${limit.limit === undefined ? "unbounded" : whole(limit.limit)} slots are occupied`}
      data-state=${limit.limit !== undefined && occupied >= limit.limit ? "full" : "some"}>
    ${shown.map(({ lease, slots }) => html`<span key=${lease.leaseId} style=${{ width: width(slots * scale) }}
      title=${`${plural(slots, "slot")}: ${holder(lease.holder) || brief(lease.leaseId)}`}></span>`)}
    ${rest > 0 && html`<span class="rest" style=${{ width: width(rest) }} title=${`${short(rest)} more`}></span>`}
  </div>`;
}

function slotsOf(lease, name) {
  const part = (lease.parts || []).find(one => one.name === name);
  return part ? part.slots : lease.slots ?? 1;
}

const leaseLink = (id, name) => html`<a class="mono" href=${`#/leases/${id}?limit=${enc(name)}`} title=${id}>${brief(id)}</a>`;

function Holders({ limit, leases, now, isPast }) {
  const hasKeys = leases.some(lease => lease.key);
  return html`<section>
    <header><h2>Holders</h2><span class="quiet-text">${plural(limit.leases, "lease")}${leases.length < limit.leases ? `, the first ${leases.length} to end` : ""}</span></header>
    ${leases.length === 0 ? html`<p class="none">${limit.occupied > 0 ? "No lease is held; what is occupied drains by itself." : "No one holds a slot."}</p>`
      : html`<div class="table" tabindex="0"><table>
        <thead><tr><th scope="col">Holder</th><th scope="col" class="n">Slots</th>${hasKeys && html`<th scope="col">Key</th>`}<th scope="col" class="n">Held for</th><th scope="col" class="n">Ends in</th><th scope="col">Lease</th>${!isPast && mayChange("hold", limit.name) && html`<th scope="col"><span class="visually-hidden">Actions</span></th>`}</tr></thead>
        <tbody>${leases.map(lease => html`<tr key=${lease.leaseId}>
          <td class="wide">${holder(lease.holder) || html`<span class="zero">not given</span>`}${lease.owner && html` <span class="tag">${lease.owner}</span>`}</td>
          <td class="n">${whole(slotsOf(lease, limit.name))}</td>
          ${hasKeys && html`<td>${lease.key}</td>`}
          <td class="n"><${Age} at=${lease.acquiredAt} now=${now} /></td>
          <td class="n"><${Until} at=${lease.expiresAt} now=${now} /></td>
          <td>${leaseLink(lease.leaseId, limit.name)}</td>
          ${!isPast && mayChange("hold", limit.name) && html`<td class="n"><button type="button" class="quiet" aria-label=${`Release lease ${brief(lease.leaseId)}`}
            onClick=${() => edit({ kind: "release", limit, lease })}>Release</button></td>`}
        </tr>`)}</tbody></table></div>`}
  </section>`;
}

function Waiters({ limit, waiters, now, isPast }) {
  const hasKeys = waiters.some(waiter => waiter.key);
  const hasStarts = waiters.some(waiter => waiter.startsAt || waiter.estimatedStartAt);
  return html`<section>
    <header><h2>Queue</h2><span class="quiet-text">${plural(limit.waiting, "waiter")}${waiters.length < limit.waiting ? `, the first ${waiters.length}` : ""}</span></header>
    ${waiters.length === 0 ? html`<p class="none">No one waits.</p>`
      : html`<div class="table" tabindex="0"><table>
        <thead><tr><th scope="col" class="n">#</th><th scope="col">Waiter</th><th scope="col" class="n">Slots</th>${hasKeys && html`<th scope="col">Key</th>`}<th scope="col" class="n">Waiting for</th><th scope="col">Needs</th>${hasStarts && html`<th scope="col" class="n">Starts in</th>`}<th scope="col" class="n">Gives up in</th><th scope="col">Request</th>${!isPast && mayChange("hold", limit.name) && html`<th scope="col"><span class="visually-hidden">Actions</span></th>`}</tr></thead>
        <tbody>${waiters.map(waiter => html`<tr key=${waiter.leaseId}>
          <td class="n">${waiter.place}</td>
          <td class="wide">${holder(waiter.holder) || html`<span class="zero">not given</span>`}${waiter.priority && html` <span class="tag" title="Head start in the queue">${waiter.priority > 0 ? "+" : ""}${waiter.priority} s</span>`}</td>
          <td class="n">${whole(waiter.slots)}</td>
          ${hasKeys && html`<td>${waiter.key}</td>`}
          <td class="n"><${Age} at=${waiter.since} now=${now} /></td>
          <td>${waitsFor(waiter, limit)}${waiter.holding && html` <span class="quiet-text">(holds ${waiter.holding.join(", ")})</span>`}</td>
          ${hasStarts && html`<td class="n">${waiter.startsAt ? html`<${Until} at=${waiter.startsAt} now=${now} />`
            : waiter.estimatedStartAt ? html`<span title="An estimate">~ <${Until} at=${waiter.estimatedStartAt} now=${now} /></span>` : ""}</td>`}
          <td class="n"><${Until} at=${waiter.until} now=${now} /></td>
          <td>${leaseLink(waiter.leaseId, limit.name)}</td>
          ${!isPast && mayChange("hold", limit.name) && html`<td class="n"><button type="button" class="quiet" aria-label=${`Remove waiter ${brief(waiter.leaseId)}`}
            onClick=${() => edit({ kind: "cancel", limit, waiter })}>Remove</button></td>`}
        </tr>`)}</tbody></table></div>`}
  </section>`;
}

function Keys({ limit, keys, isPast }) {
  if (!limit.perKey && !keys.length) return null;
  const canEdit = !isPast && mayChange("define", limit.name);
  return html`<section>
    <header><h2>Keys</h2><span class="quiet-text">${keys.length ? `${plural(limit.keys ?? keys.length, "key")} in use, the busiest first` : ""}</span>
      ${canEdit && limit.perKey && html`<button type="button" class="quiet" onClick=${() => edit({ kind: "override", limit })}>Override for a key</button>`}</header>
    ${keys.length === 0 ? html`<p class="none">No key is in use.</p>`
      : html`<div class="table" tabindex="0"><table>
        <thead><tr><th scope="col">Key</th><th scope="col">In use</th><th scope="col">Quotas</th><th scope="col" class="n">Leases</th><th scope="col" class="n">Waiting</th><th scope="col">Override</th>${canEdit && html`<th scope="col"><span class="visually-hidden">Actions</span></th>`}</tr></thead>
        <tbody>${keys.map(key => html`<tr key=${key.key}>
          <td class="wide">${key.key}</td>
          <td><span class="use"><span class="bar" aria-hidden="true" data-state=${key.limit !== undefined && key.occupied >= key.limit ? "full" : "some"}><span style=${{ width: `${Math.min(1, key.occupied / Math.max(1, key.limit ?? key.occupied)) * 100}%` }}></span></span>
            <span class="number">${short(key.occupied)}${key.limit !== undefined && ` / ${whole(key.limit)}`}</span></span></td>
          <td>${(key.quotas || []).map(one => html`<div>${whole(one.left)} left of ${quota(one)}</div>`)}</td>
          <td class="n">${whole(key.leases)}</td>
          <td class="n">${whole(key.waiting)}</td>
          <td>${key.override && override(key.override)}</td>
          ${canEdit && html`<td class="n"><button type="button" class="quiet" aria-label=${`Override for key ${key.key}`} onClick=${() => edit({ kind: "override", limit, key })}>Override</button></td>`}
        </tr>`)}</tbody></table></div>`}
  </section>`;
}

/** One event; its time leads to the limit as it was right after it. */
export function EventLine({ event, isCurrent }) {
  const lease = leaseOf(event);
  return html`<li data-tone=${tone(event)} class=${isCurrent ? "current" : ""} aria-current=${isCurrent ? "true" : undefined}>
    <a class="when" href=${`#/limits/${enc(event.limit)}?at=${enc(event.at)}&n=${event.number}`} title=${`${event.at}: show the limit as it was then`}>${clock(event.at)}</a>
    <span class="what">${words(event)}</span>
    ${event.by && html`<span class="tag">${event.by}</span>`}
    ${lease && html`<a class="mono" href=${`#/leases/${lease}?limit=${enc(event.limit)}`} title=${`Life of ${lease}`}>${brief(lease)}</a>`}
    <span class="n quiet-text">${event.number}</span>
  </li>`;
}

function Events({ name, last, events, setEvents, current }) {
  const [older, setOlder] = useState(true);
  const [failure, setFailure] = useState(null);
  const oldest = events.length ? events[events.length - 1].number : (last || 0) + 1;
  const more = async () => {
    const from = Math.max(0, oldest - 1 - 50);
    try {
      const page = await get(`v1/limits/${enc(name)}/events`, { after: from || undefined, size: Math.max(1, oldest - 1 - from) });
      setEvents(known => merged(known, page.events));
      setOlder(from > 0);
      setFailure(null);
    } catch (problem) {
      setFailure(problem);
      setOlder(problem.status !== 410);
    }
  };
  useEffect(() => { if (last && events.length < 20) more(); }, [name, Boolean(last)]);
  return html`<section>
    <header><h2>Events</h2></header>
    <ol class="events">${events.map(event => html`<${EventLine} key=${event.number} event=${event} isCurrent=${event.number === current} />`)}</ol>
    ${failure && html`<p class="quiet-text">${failure.message}</p>`}
    ${older && oldest > 1 && events.length > 0 && html`<button type="button" class="quiet" onClick=${more}>Older events</button>`}
  </section>`;
}

function merged(known, page) {
  const all = new Map();
  for (const event of [...known, ...page]) all.set(event.number, event);
  return [...all.values()].sort((a, b) => b.number - a.number);
}

/** Any instant since the limit exists: a slider over time, and steps from event to event. */
function TimeSlider({ limit, name, at, number }) {
  const now = useNow(5_000);
  const start = Date.parse(limit.createdAt);
  const end = at && Date.parse(at) > now ? Date.parse(at) : now;
  const value = at ? Date.parse(at) : end;
  const [moved, setMoved] = useState(null);
  const [failure, setFailure] = useState(null);
  const shown = moved ?? value;
  const to = (time, n) => go(`/limits/${enc(name)}`, time === null ? {} : { at: time, n }, true);
  const step = async by => {
    try {
      const target = await beside(name, at, number, by);
      setFailure(null);
      if (target) to(target.at, target.number);
      else if (by > 0) to(null);
    } catch (problem) {
      setFailure(problem);
    }
  };
  useKeys({ "[": () => step(-1), "]": () => step(1), ...(at ? { Escape: () => to(null) } : {}) });
  return html`<div class=${at ? "slider past" : "slider"}>
    <button type="button" class="quiet" onClick=${() => step(-1)} title="The event before  [">Earlier</button>
    <label><span class="visually-hidden">Time</span>
      <input type="range" min=${start} max=${end} step="1" value=${shown} aria-valuetext=${at ? clock(shown) : "now"}
        onInput=${event => setMoved(Number(event.target.value))}
        onChange=${event => { setMoved(null); const time = Number(event.target.value); to(time >= end ? null : new Date(time).toISOString()); }} /></label>
    <button type="button" class="quiet" onClick=${() => step(1)} disabled=${!at} title="The next event  ]">Later</button>
    <span class="when">${moved !== null || at ? clock(shown) : "now"}</span>
    ${at && html`<button type="button" class="main" onClick=${() => to(null)}>Back to now</button>`}
    ${failure && html`<span class="quiet-text">${failure.message}</span>`}
  </div>`;
}

/** The event before or after a time; after the newest there is none. */
async function beside(name, at, number, by) {
  const path = `v1/limits/${enc(name)}/events`;
  let current = number;
  if (!current) {
    const limit = await get(`v1/limits/${enc(name)}`);
    if (!at) current = limit.lastEvent + 1;
    else current = await numberAt(path, Date.parse(at), limit.lastEvent) + (by < 0 ? 1 : 0);
  }
  const wanted = current + by;
  if (wanted < 1) return null;
  const page = await get(path, { after: wanted - 1 || undefined, size: 1 });
  return page.events[0] || null;
}

/** Number of the last event that is not later; by halves, since events are found by number. */
async function numberAt(path, at, last) {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const page = await get(path, { after: middle - 1 || undefined, size: 1 });
    if (page.events[0] && Date.parse(page.events[0].at) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function Actions({ limit, etag, leases, waiters }) {
  if (!mayChange("define", limit.name)) return null;
  const about = { limit, etag, leases, waiters };
  const button = (kind, title) => html`<button type="button" class=${kind === "edit" ? "main" : ""} onClick=${() => edit({ kind, ...about })}>${title}</button>`;
  return html`<div class="actions">
    ${button("edit", "Edit")}${button("rename", "Rename")}${button(limit.active ? "disable" : "enable", limit.active ? "Disable" : "Enable")}${button("delete", "Delete")}
  </div>`;
}

export function Limit({ name, query }) {
  const at = query.at || null;
  const number = query.n ? Number(query.n) : null;
  const { found, failure, events, setEvents } = useLimit(name, at);
  const clockNow = useNow();
  const now = at ? Date.parse(at) : clockNow;
  const heading = useRef(null);
  useEffect(() => { heading.current && heading.current.focus({ preventScroll: true }); }, [name]);
  useEffect(() => { document.title = `${name} – Limit Ledger`; return () => { document.title = "Limit Ledger"; }; }, [name]);
  useKeys({
    u: () => go("/"),
    e: () => found && !at && mayChange("define", name) && edit({ kind: "edit", ...found }),
  });
  const limit = found && found.limit;
  const newest = useLastEvent(name, limit, at);
  return html`<div class="page limit">
    <header class="title">
      <h1 ref=${heading} tabindex="-1">${name}</h1>
      ${limit && html`${kinds(limit).map(kind => html`<span class="tag">${kind}</span>`)}
        ${!limit.active && html`<span class="tag strong">inactive</span>`}
        ${limit.limit === 0 && html`<span class="tag strong">paused</span>`}`}
      ${limit && !at && html`<${Actions} ...${found} />`}
    </header>
    ${failure && failure.status === 404 && !at
      ? html`<div class="empty"><p>Limit ${name} does not exist, or you may not read it. It may have been deleted or renamed.</p><p><a href="#/">All limits</a></p></div>`
      : html`<${Failure} failure=${failure} />`}
    ${failure && at && html`<p><button type="button" class="main" onClick=${() => go(`/limits/${enc(name)}`, {}, true)}>Back to now</button></p>`}
    ${limit && html`
      <p class="definition">${definition(limit)}</p>
      <${TimeSlider} limit=${limit} name=${name} at=${at} number=${number} />
      <section class="overall">
        <${HolderBar} limit=${limit} leases=${found.leases} />
        <dl class="sums">
          <div><dt>Held</dt><dd>${short(limit.occupied)}${limit.limit !== undefined && html`<small> / ${whole(limit.limit)}</small>`}</dd></div>
          <div><dt>Free</dt><dd>${limit.available === undefined ? "no bound" : whole(limit.available)}</dd></div>
          <div><dt>Waiting</dt><dd>${whole(limit.waiting)}</dd></div>
          ${limit.waitingSince && html`<div><dt>Oldest wait</dt><dd><${Age} at=${limit.waitingSince} now=${now} /></dd></div>`}
          ${limit.lastMinute && html`<div><dt>Granted / min</dt><dd>${whole(limit.lastMinute.granted)}</dd></div><div><dt>Denied / min</dt><dd>${whole(limit.lastMinute.denied)}</dd></div>`}
        </dl>
        ${(limit.quotas || []).map(one => html`<div class="quota"><span class="use wide-bar">
          <span class="bar" aria-hidden="true" data-state=${one.left === 0 ? "full" : "some"}><span style=${{ width: `${Math.min(1, (one.taken || 0) / Math.max(1, one.slots)) * 100}%` }}></span></span>
          <span class="number">${whole(one.left ?? one.slots)} left of ${quota(one)}${one.returnsAt && html`; more in <${Until} at=${one.returnsAt} now=${now} />`}</span></span></div>`)}
      </section>
      ${!at && html`<${Chart} name=${name} theme=${theme.value} />`}
      <${Holders} limit=${limit} leases=${found.leases} now=${now} isPast=${Boolean(at)} />
      <${Waiters} limit=${limit} waiters=${found.waiters} now=${now} isPast=${Boolean(at)} />
      <${Keys} limit=${limit} keys=${found.keys} isPast=${Boolean(at)} />
      <${Events} key=${name + (at || "")} name=${name} last=${at ? newest : limit.lastEvent} events=${events} setEvents=${setEvents} current=${number} />
      <p class="quiet-text">Created <${Time} at=${limit.createdAt} />, changed <${Time} at=${limit.updatedAt} />. Id <span class="mono">${limit.id}</span></p>`}
  </div>`;
}

/** A limit as it was does not say how many events it has by now. */
function useLastEvent(name, limit, at) {
  const [last, setLast] = useState(null);
  useEffect(() => {
    if (at && limit) get(`v1/limits/${enc(name)}`).then(found => setLast(found.lastEvent), () => setLast(null));
  }, [name, at, Boolean(limit)]);
  return last;
}
