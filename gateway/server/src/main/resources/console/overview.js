// Every limit. Only the rows on the screen exist; the list of names is filtered and sorted when something relevant changes, at
// most twice a second.
import { html, useEffect, useMemo, useRef, useState } from "./html.js";
import { duration, definition, fullness, kinds, plural, since, whole } from "./format.js";
import { changes, limits, loading, members, open, show } from "./store.js";
import { Bar, Command, Failure, Spark, useNow } from "./parts.js";
import { enc } from "./api.js";
import { go, useKeys } from "./app.js";
import { mayCreate } from "./rights.js";
import { edit } from "./edit.js";

const ROW = 36;
const TALL_ROW = 60;
const AHEAD = 8;
const ORDER_MILLIS = 500;

const oldest = limit => limit.waitingSince ? Date.parse(limit.waitingSince) : Infinity;
const COLUMNS = [
  { id: "name", title: "Limit", text: true, value: limit => limit.name },
  { id: "use", title: "In use", value: fullness },
  { id: "waiting", title: "Waiting", value: limit => limit.waiting },
  { id: "wait", title: "Oldest wait", value: limit => -oldest(limit) },
  { id: "denied", title: "Denied / min", value: limit => limit.lastMinute ? limit.lastMinute.denied : 0 },
  { id: "granted", title: "Granted / min", value: limit => limit.lastMinute ? limit.lastMinute.granted : 0 },
  { id: "trend", title: "Last hour" },
];

const FILTERS = [
  ["all", "All", () => true],
  ["full", "Full", limit => limit.active && fullness(limit) >= 1],
  ["waiting", "Waiting", limit => limit.waiting > 0],
  ["denying", "Denying", limit => limit.lastMinute && limit.lastMinute.denied > 0],
  ["inactive", "Inactive", limit => !limit.active],
  ["concurrency", "Concurrency", limit => kinds(limit).includes("concurrency")],
  ["rate", "Rate", limit => kinds(limit).includes("rate")],
  ["quota", "Quota", limit => kinds(limit).includes("quota")],
  ["keys", "Keys", limit => kinds(limit).includes("keys")],
];

/** Filtered and sorted; names that are equal otherwise come in order of names. */
function ordered(query) {
  const text = (query.q || "").toLowerCase();
  const [, , isWanted] = FILTERS.find(([id]) => id === query.filter) || FILTERS[0];
  const found = [...limits.values()].filter(limit => isWanted(limit) && limit.name.toLowerCase().includes(text));
  const byName = (a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
  const column = COLUMNS.find(one => one.id === query.sort) || COLUMNS[0];
  const direction = query.down ? -1 : 1;
  return found
    .sort(column.text ? (a, b) => direction * byName(a, b)
      : (a, b) => direction * (column.value(a) - column.value(b)) || byName(a, b))
    .map(limit => limit.name);
}

function useOrder(query) {
  const [names, setNames] = useState(() => ordered(query));
  const key = `${query.q || ""}|${query.filter || ""}|${query.sort || ""}|${query.down || ""}`;
  useEffect(() => {
    setNames(ordered(query));
    // By name and unfiltered, only members matter; otherwise any change may move a row.
    const isStable = !query.filter && (!query.sort || query.sort === "name");
    let due;
    const later = () => { due = due || setTimeout(() => { due = null; setNames(ordered(query)); }, ORDER_MILLIS); };
    let first = true;
    const ending = (isStable ? members : changes).subscribe(() => { if (!first) later(); first = false; });
    return () => { ending(); clearTimeout(due); };
  }, [key]);
  return names;
}

function useRowHeight() {
  const narrow = useMemo(() => matchMedia("(max-width: 720px)"), []);
  const [height, setHeight] = useState(narrow.matches ? TALL_ROW : ROW);
  useEffect(() => {
    const onChange = () => setHeight(narrow.matches ? TALL_ROW : ROW);
    narrow.addEventListener("change", onChange);
    return () => narrow.removeEventListener("change", onChange);
  }, []);
  return height;
}

const quiet = value => value ? html`<b>${whole(value)}</b>` : html`<span class="zero">0</span>`;

/** Drawn anew only if its limit has changed; each second as well while it shows a duration. */
function Row({ name, index, height, now, isSelected, onFocus }) {
  const limit = limits.get(name);
  const second = limit && limit.waitingSince ? now : 0;
  return useMemo(() => row(limit, name, index, height, now, isSelected, onFocus), [limit, name, index, height, isSelected, second]);
}

function row(limit, name, index, height, now, isSelected, onFocus) {
  const last = limit && limit.lastMinute;
  return html`<div class=${"row" + (isSelected ? " selected" : "")} role="row" aria-rowindex=${index + 2}
      style=${{ transform: `translateY(${index * height}px)`, height: `${height}px` }}>
    <div role="cell" class="name"><a href=${`#/limits/${enc(name)}`} data-index=${index} onFocus=${onFocus}
        title=${limit ? `${name}: ${definition(limit)}` : name}>${name}</a>
      ${limit && !limit.active && html`<span class="tag">inactive</span>`}
      ${limit && limit.limit === 0 && html`<span class="tag">paused</span>`}</div>
    <div role="cell" class="c-use">${limit && html`<${Bar} limit=${limit} />`}</div>
    <div role="cell" class="c-number c-waiting"><span class="label">waiting </span>${limit && quiet(limit.waiting)}</div>
    <div role="cell" class="c-number c-wait">${limit && limit.waitingSince ? duration(since(limit.waitingSince, now)) : ""}</div>
    <div role="cell" class="c-number c-denied"><span class="label">denied/min </span>${last && quiet(last.denied)}</div>
    <div role="cell" class="c-number c-granted">${last && quiet(last.granted)}</div>
    <div role="cell" class="c-trend">${limit && html`<${Spark} values=${limit.occupiedLastHour} top=${limit.limit} />`}</div>
  </div>`;
}

function Head({ query }) {
  const sortBy = column => {
    const isSame = (query.sort || "name") === column.id;
    // Numbers are wanted from the largest on.
    const down = isSame ? !query.down : !column.text;
    go("/", { ...query, sort: column.id, down: down ? "1" : "" }, true);
  };
  return html`<div class="row head" role="row" aria-rowindex="1">
    ${COLUMNS.map(column => {
      const isSorted = (query.sort || "name") === column.id;
      const order = !isSorted ? "none" : query.down ? "descending" : "ascending";
      return html`<div role="columnheader" class=${"c-" + column.id} aria-sort=${column.value ? order : undefined}>
        ${column.value
          ? html`<button type="button" onClick=${() => sortBy(column)}>${column.title}${isSorted && html`<span aria-hidden="true">${query.down ? " ↓" : " ↑"}</span>`}</button>`
          : column.title}
      </div>`;
    })}
  </div>`;
}

function List({ names, query, now }) {
  const height = useRowHeight();
  const box = useRef(null);
  const [area, setArea] = useState({ top: 0, height: 800 });
  const [selected, setSelected] = useState(-1);
  changes.value;
  const first = Math.max(0, Math.floor(area.top / height) - AHEAD);
  const last = Math.min(names.length, Math.ceil((area.top + area.height) / height) + AHEAD);
  const visible = names.slice(first, last);

  useEffect(() => {
    const element = box.current;
    let frame;
    const measure = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setArea({ top: element.scrollTop, height: element.clientHeight }));
    };
    const watching = new ResizeObserver(measure);
    watching.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => { watching.disconnect(); element.removeEventListener("scroll", measure); cancelAnimationFrame(frame); };
  }, []);
  useEffect(() => show(visible), [visible.join("\n")]);

  // Other rows than before: the first of them is next.
  useEffect(() => setSelected(-1), [query.q, query.filter, query.sort, query.down]);
  const select = index => {
    const to = Math.max(0, Math.min(names.length - 1, index));
    if (to < 0 || !names.length) return;
    const element = box.current;
    const top = to * height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * height > element.scrollTop + element.clientHeight) element.scrollTop = top + 2 * height - element.clientHeight;
    setArea({ top: element.scrollTop, height: element.clientHeight });
    setSelected(to);
  };
  useEffect(() => {
    // The row exists only after it was drawn.
    const link = selected >= 0 && box.current.querySelector(`a[data-index="${selected}"]`);
    if (link) link.focus({ preventScroll: true });
  }, [selected, first, last]);
  useKeys({
    j: () => select(selected + 1),
    k: () => select(selected - 1),
    g: () => select(0),
    G: () => select(names.length - 1),
  });

  return html`<div class="grid" role="table" aria-label="Limits" aria-rowcount=${names.length + 1}>
    <div role="rowgroup"><${Head} query=${query} /></div>
    <div class="scroll" ref=${box} role="rowgroup">
      <div class="space" role="presentation" style=${{ height: `${names.length * height}px` }}>
        ${visible.map((name, i) => html`<${Row} key=${name} name=${name} index=${first + i} height=${height} now=${now}
          isSelected=${first + i === selected} onFocus=${() => setSelected(first + i)} />`)}
      </div>
    </div>
  </div>`;
}

/** What the numbers of all limits add up to; counted at most twice a second. */
function Sums() {
  const [sums, setSums] = useState(null);
  useEffect(() => {
    const count = () => {
      let leases = 0, waiting = 0, full = 0, denied = 0;
      for (const limit of limits.values()) {
        leases += limit.leases;
        waiting += limit.waiting;
        if (limit.active && fullness(limit) >= 1) full++;
        denied += limit.lastMinute ? limit.lastMinute.denied : 0;
      }
      setSums({ limits: limits.size, leases, waiting, full, denied });
    };
    let due;
    const ending = changes.subscribe(() => { due = due || setTimeout(() => { due = null; count(); }, ORDER_MILLIS); });
    count();
    return () => { ending(); clearTimeout(due); };
  }, []);
  if (!sums) return null;
  return html`<dl class="sums">
    <div><dt>Limits</dt><dd>${whole(sums.limits)}</dd></div>
    <div><dt>Full</dt><dd>${whole(sums.full)}</dd></div>
    <div><dt>Leases</dt><dd>${whole(sums.leases)}</dd></div>
    <div><dt>Waiting</dt><dd>${whole(sums.waiting)}</dd></div>
    <div><dt>Denied / min</dt><dd>${whole(sums.denied)}</dd></div>
  </dl>`;
}

function First() {
  const url = new URL("../v1/limits/database", document.baseURI);
  return html`<section class="empty">
    <h2>The first limit</h2>
    <p>A limit is a named number of slots. Programs acquire slots before they use something scarce, such as a database connection,
      and release them afterwards. Nothing is defined yet.</p>
    ${mayCreate() && html`<p><button type="button" class="main" onClick=${() => edit({ kind: "create" })}>Create a limit</button></p>`}
    <${Command} label="By curl" text=${`curl -X PUT ${url} --json '{"limit": 2}'`} />
    <${Command} label="By the command line" text="limits create database --limit 2" />
    <${Command} label="Then hold a slot for a minute" text=${`curl -X POST ${url}/leases --json '{"leaseSeconds": 60}'`} />
    <${Command} label="Or run a program under it" text="limits run --limit database -- sleep 30" />
  </section>`;
}

export function Overview({ query }) {
  const now = useNow();
  const search = useRef(null);
  useEffect(open, []);
  const names = useOrder(query);
  useKeys({
    "/": () => { search.current.focus(); search.current.select(); },
    n: () => mayCreate() && edit({ kind: "create" }),
  });
  const { count, done, failure } = loading.value;
  const change = more => go("/", { ...query, ...more }, true);
  const isEmpty = done && count === 0;
  return html`<div class="overview">
    <h1 class="visually-hidden">Limits</h1>
    <div class="tools">
      ${!isEmpty && html`<${Sums} />`}
      ${mayCreate() && !isEmpty && html`<button type="button" class="main" onClick=${() => edit({ kind: "create" })}>New limit</button>`}
    </div>
    <${Failure} failure=${failure} />
    ${isEmpty ? html`<${First} />` : html`
      <div class="tools">
        <label class="search"><span class="visually-hidden">Search limits by name</span>
          <input ref=${search} type="search" placeholder="Search  /" value=${query.q || ""}
            onInput=${event => change({ q: event.target.value })}
            onKeyDown=${event => { if (event.key === "Escape") event.target.blur(); }} /></label>
        <div class="chips" role="group" aria-label="Show">
          ${FILTERS.map(([id, title]) => html`<button type="button" aria-pressed=${(query.filter || "all") === id}
            onClick=${() => change({ filter: id === "all" ? "" : id })}>${title}</button>`)}
        </div>
        <span class="quiet-text" role="status">${!done ? `Reading limits: ${whole(count)} so far` : names.length === count ? "" : `${whole(names.length)} of ${plural(count, "limit")}`}</span>
      </div>
      ${done && names.length === 0
        ? html`<p class="empty">No limit matches. <button type="button" class="quiet" onClick=${() => change({ q: "", filter: "" })}>Show all</button></p>`
        : html`<${List} names=${names} query=${query} now=${now} />`}`}
  </div>`;
}
