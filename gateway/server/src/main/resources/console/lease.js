// The life of a lease, or of a request that was refused: all its events in order, and what became of it.
import { html, useEffect, useState } from "./html.js";
import { get, enc } from "./api.js";
import { duration, holder, plural } from "./format.js";
import { tone, words } from "./words.js";
import { Failure, Time } from "./parts.js";
import { listen, watch } from "./live.js";
import { leaseOf } from "./words.js";
import { go, useKeys } from "./app.js";

/** What became of it, in a sentence. */
function outcome(events, lease) {
  if (lease) return `It is held until it is renewed, released, or expires.`;
  const last = events[events.length - 1];
  if (!last) return "Nothing is known of this id here: it may never have been asked for, or its events are older than those kept.";
  if (last.type === "LeaseDenied") return `It was refused. ${words(last)}.`;
  if (last.type === "WaiterQueued") return "It waits in the queue.";
  if (last.type === "LeaseGranted" && !(last.fact.lease.leaseSeconds > 0)) return "Slots were taken without a lease; they return by themselves.";
  return `It has ended. ${words(last)}.`;
}

export function Lease({ id, query }) {
  const [life, setLife] = useState(null);
  const [failure, setFailure] = useState(null);
  useEffect(() => {
    let due;
    const read = async () => {
      due = null;
      try {
        const { events } = await get(`v1/leases/${enc(id)}/events`, { limit: query.limit });
        let lease = null;
        try {
          lease = await get(`v1/leases/${enc(id)}`);
        } catch (problem) {
          if (problem.status !== 404) throw problem;
        }
        setLife({ events, lease });
        setFailure(null);
      } catch (problem) {
        setFailure(problem);
      }
    };
    read();
    const later = () => { due = due || setTimeout(read, 250); };
    const ending = listen(event => { if (leaseOf(event) === id) later(); }, later);
    watch(query.limit || null);
    return () => { ending(); clearTimeout(due); };
  }, [id, query.limit]);
  useKeys({ u: () => query.limit ? go(`/limits/${enc(query.limit)}`) : go("/") });
  const events = life ? life.events : [];
  const limits = [...new Set(events.map(event => event.limit))];
  const first = events.find(event => event.fact.holder || (event.fact.lease && event.fact.lease.holder) || (event.fact.waiter && event.fact.waiter.holder));
  const said = first && (first.fact.holder || (first.fact.lease || first.fact.waiter).holder);
  return html`<div class="page lease">
    <header class="title"><h1>Lease <span class="mono">${id}</span></h1></header>
    <${Failure} failure=${failure} />
    ${life && html`
      <p class="definition">${outcome(events, life.lease)}</p>
      <dl class="facts">
        ${said !== undefined && html`<div><dt>Holder</dt><dd>${holder(said)}</dd></div>`}
        <div><dt>${limits.length === 1 ? "Limit" : "Limits"}</dt><dd>${limits.length ? limits.map((name, i) => html`${i > 0 && ", "}<a href=${`#/limits/${enc(name)}`}>${name}</a>`) : "unknown"}</dd></div>
        ${life.lease && html`<div><dt>Ends</dt><dd><${Time} at=${life.lease.expiresAt} /></dd></div>`}
      </dl>
      <h2>${plural(events.length, "event")}</h2>
      <ol class="timeline">${events.map((event, i) => html`<li key=${event.limit + event.number} data-tone=${tone(event)}>
        <span class="gap">${i > 0 ? `+ ${duration(Math.max(0, (Date.parse(event.at) - Date.parse(events[i - 1].at)) / 1000))}` : ""}</span>
        <a class="when" href=${`#/limits/${enc(event.limit)}?at=${enc(event.at)}&n=${event.number}`} title="Show the limit as it was right after this"><${Time} at=${event.at} /></a>
        <span class="what">${words(event)}${limits.length > 1 && html` <span class="tag">${event.limit}</span>`}${event.by && html` <span class="tag">${event.by}</span>`}</span>
      </li>`)}</ol>`}
  </div>`;
}
