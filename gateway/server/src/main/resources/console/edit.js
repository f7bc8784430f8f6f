// All changes, in one dialog: it says what a change will do before it is made, shows the command that does the same, and changes
// a limit only if it is still as it was when the dialog was opened.
import { html, signal, useEffect, useRef, useState } from "./html.js";
import { ask, enc } from "./api.js";
import { brief, definition, holder, plural, quota } from "./format.js";
import { Command, Failure } from "./parts.js";
import { createCommand, overrideCommand, quoted, updateCommand } from "./shell.js";
import { clean, consequences, fields, mistakes } from "./definition.js";
import { QuotaFields } from "./quotas.js";
import { go } from "./app.js";

export const editing = signal(null);

/** Opens the dialog. What is asked: { kind, limit, etag, ... }, see below. */
export function edit(what) {
  editing.value = what;
}

const path = name => `v1/limits/${enc(name)}`;
const number = text => text === "" || text === undefined ? undefined : Number(text);

/** The frame of each dialog. `save` makes the change; its problem is shown here. */
function Frame({ title, action, danger, save, children, command, effects, disabled, conflict }) {
  const dialog = useRef(null);
  const [failure, setFailure] = useState(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => { if (before && before.isConnected) before.focus(); };
  }, []);
  const close = () => { editing.value = null; };
  const submit = async event => {
    event.preventDefault();
    if (busy || disabled) return;
    setBusy(true);
    setFailure(null);
    try {
      await save();
      close();
    } catch (problem) {
      setBusy(false);
      if (!(conflict && problem.status === 412 && conflict(problem))) setFailure(problem);
    }
  };
  return html`<dialog ref=${dialog} aria-labelledby="dialog-title" onClose=${close} onCancel=${close}>
    <form onSubmit=${submit} novalidate>
      <h2 id="dialog-title">${title}</h2>
      ${children}
      ${effects && effects.length > 0 && html`<div class="effects" role="status"><span class="caption">What this does</span><ul>${effects.map(one => html`<li key=${one}>${one}</li>`)}</ul></div>`}
      <${Failure} failure=${failure} />
      ${command && html`<${Command} text=${command} />`}
      <footer><button type="button" onClick=${close}>Cancel</button>
        <button type="submit" class=${danger ? "danger" : "main"} disabled=${busy || disabled}>${busy ? "Working" : action}</button></footer>
    </form>
  </dialog>`;
}

function Field({ label, hint, error, children }) {
  return html`<label class="field"><span class="caption">${label}</span>${children}
    ${error ? html`<span class="error">${error}</span>` : hint && html`<span class="hint">${hint}</span>`}</label>`;
}

/** A field for a number, or nothing. */
function NumberField({ label, hint, value, error, onChange, step = "1", min = "0" }) {
  return html`<${Field} label=${label} hint=${hint} error=${error}>
    <input type="number" inputmode="decimal" min=${min} step=${step} value=${value ?? ""} aria-invalid=${error ? "true" : undefined}
      onInput=${event => onChange(number(event.target.value))} /></${Field}>`;
}

/** Creates a limit, or replaces the definition of one. */
function Definition({ limit, etag, leases = [], waiters = [] }) {
  const isNew = !limit;
  const [base, setBase] = useState({ limit, etag });
  const [draft, setDraft] = useState(() => isNew ? { name: "", limit: 1, active: true } : fields(limit));
  const [theirs, setTheirs] = useState(null);
  const set = more => setDraft(before => ({ ...before, ...more }));
  const setKey = more => set({ perKey: { ...draft.perKey, ...more } });
  const wanted = clean(draft);
  const wrong = mistakes(draft, isNew);
  const before = isNew ? null : fields(base.limit);
  const changed = isNew || JSON.stringify(clean(before)) !== JSON.stringify(wanted);
  const save = async () => {
    const name = isNew ? draft.name : base.limit.name;
    await ask("PUT", path(name), { body: wanted, ...(isNew ? { ifNoneMatch: "*" } : { ifMatch: base.etag }) });
    if (isNew) go(`/limits/${enc(name)}`);
  };
  // What another person changed meanwhile is shown beside one's own changes, and never overwritten unseen.
  const conflict = problem => {
    if (!problem.current) return false;
    setTheirs({ limit: problem.current, etag: problem.etag });
    return true;
  };
  const takeOver = () => {
    const now = fields(theirs.limit);
    const mine = Object.fromEntries(Object.keys({ ...before, ...draft })
      .filter(key => JSON.stringify(draft[key]) !== JSON.stringify(before[key])).map(key => [key, draft[key]]));
    setDraft({ ...now, ...mine });
    setBase(theirs);
    setTheirs(null);
  };
  if (theirs) return html`<${Conflict} before=${before} draft=${draft} theirs=${fields(theirs.limit)} name=${base.limit.name} onTakeOver=${takeOver} />`;
  return html`<${Frame} key="definition" title=${isNew ? "New limit" : `Edit ${base.limit.name}`} action=${isNew ? "Create" : "Save"} save=${save} conflict=${conflict}
      disabled=${wrong.any || !changed} effects=${wrong.any || !changed ? [] : consequences(base.limit, wanted, leases, waiters)}
      command=${wrong.any ? null : isNew ? createCommand(draft.name, wanted) : updateCommand(base.limit.name, clean(before), wanted)}>
    ${isNew && html`<${Field} label="Name" hint="1 to 255 characters, none of / % & > <" error=${draft.name && wrong.name}>
      <input autofocus required value=${draft.name} onInput=${event => set({ name: event.target.value })} /></${Field}>`}
    <div class="fields">
      <${NumberField} label="Slots at a time" hint="Empty for no bound; 0 grants nothing" value=${draft.limit} error=${wrong.limit} onChange=${value => set({ limit: value })} />
      <${NumberField} label="Decay per second" hint="Above 0 it is a rate limit" step="any" value=${draft.slotDecayPerSecond} error=${wrong.slotDecayPerSecond} onChange=${value => set({ slotDecayPerSecond: value })} />
    </div>
    <label class="check"><input type="checkbox" checked=${draft.active} onChange=${event => set({ active: event.target.checked })} /> Active. An inactive limit grants everything and occupies nothing</label>
    <${QuotaFields} title="Quotas" quotas=${draft.quotas || []} onChange=${quotas => set({ quotas })} />
    <details open=${Boolean(draft.perKey || draft.order || draft.maxWaiting !== undefined || draft.whenFull)}><summary>Keys and queue</summary>
      <label class="check"><input type="checkbox" checked=${Boolean(draft.perKey)} onChange=${event => set({ perKey: event.target.checked ? { limit: 1 } : undefined })} /> Bound each key, such as a customer</label>
      ${draft.perKey && html`<div class="inner"><div class="fields">
        <${NumberField} label="Slots of one key" value=${draft.perKey.limit} error=${wrong.perKey} onChange=${value => setKey({ limit: value })} />
        <${NumberField} label="Decay per second" step="any" value=${draft.perKey.slotDecayPerSecond} onChange=${value => setKey({ slotDecayPerSecond: value })} />
        <${NumberField} label="Most waiting with one key" value=${draft.perKey.maxWaiting} onChange=${value => setKey({ maxWaiting: value })} /></div>
        <${QuotaFields} title="Quotas of each key" quotas=${draft.perKey.quotas || []} onChange=${quotas => setKey({ quotas })} /></div>`}
      <div class="fields">
        <${Field} label="Queue"><select value=${draft.order || "fifo"} onChange=${event => set({ order: event.target.value === "fifo" ? undefined : event.target.value })}>
          <option value="fifo">First come, first served</option><option value="fair">Fair between keys</option></select></${Field}>
        <${NumberField} label="Most waiting" value=${draft.maxWaiting} onChange=${value => set({ maxWaiting: value })} />
        <${Field} label="When that many wait"><select value=${draft.whenFull || "refuse"} onChange=${event => set({ whenFull: event.target.value === "refuse" ? undefined : event.target.value })}>
          <option value="refuse">Refuse the newcomer</option><option value="replaceOldest">Replace the oldest</option></select></${Field}>
      </div>
    </details>
  </${Frame}>`;
}

const NAMES = { limit: "Slots at a time", slotDecayPerSecond: "Decay per second", active: "Active", quotas: "Quotas", perKey: "Each key", order: "Queue", maxWaiting: "Most waiting", whenFull: "When that many wait" };

function shown(key, value) {
  if (value === undefined) return "not set";
  if (key === "quotas") return value.map(quota).join("; ") || "none";
  if (key === "perKey") return definition({ ...value, slotDecayPerSecond: value.slotDecayPerSecond || 0 });
  return String(value);
}

/** The limit was changed while the dialog was open: before, mine and theirs, field by field. */
function Conflict({ before, draft, theirs, name, onTakeOver }) {
  const dialog = useRef(null);
  useEffect(() => { dialog.current.showModal(); }, []);
  const close = () => { editing.value = null; };
  const rows = Object.keys(NAMES).filter(key => new Set([before, draft, theirs].map(one => JSON.stringify(one[key]))).size > 1);
  return html`<dialog ref=${dialog} aria-labelledby="conflict-title" onClose=${close} onCancel=${close}>
    <h2 id="conflict-title">${name} was changed meanwhile</h2>
    <p>Nothing was saved. This is what differs:</p>
    <div class="table" tabindex="0"><table class="diff"><thead><tr><th scope="col">Field</th><th scope="col">Was</th><th scope="col">Is now</th><th scope="col">You want</th></tr></thead>
      <tbody>${rows.map(key => html`<tr key=${key}><th scope="row">${NAMES[key]}</th><td>${shown(key, before[key])}</td>
        <td>${shown(key, theirs[key])}</td><td>${JSON.stringify(draft[key]) === JSON.stringify(before[key]) ? html`<span class="zero">no change</span>` : shown(key, draft[key])}</td></tr>`)}</tbody></table></div>
    <footer><button type="button" autofocus onClick=${close}>Keep what is there</button>
      <button type="button" class="main" onClick=${onTakeOver}>Apply my changes to it</button></footer>
  </dialog>`;
}

function Rename({ limit, etag }) {
  const [name, setName] = useState(limit.name);
  const save = async () => {
    await ask("PATCH", path(limit.name), { body: { name }, ifMatch: etag });
    go(`/limits/${enc(name)}`, {}, true);
  };
  return html`<${Frame} title=${`Rename ${limit.name}`} action="Rename" save=${save} disabled=${!name || name === limit.name}
      command=${`limits rename ${quoted(limit.name)} ${quoted(name || "NEW")}`}
      effects=${name && name !== limit.name ? [`${plural(limit.leases, "lease")} and ${plural(limit.waiting, "waiter")} go with it`, `Programs that ask for ${limit.name} are answered that it does not exist`] : []}>
    <${Field} label="New name"><input autofocus value=${name} onInput=${event => setName(event.target.value)} /></${Field}>
  </${Frame}>`;
}

function Switch({ limit, etag, leases, waiters }) {
  const active = !limit.active;
  const save = () => ask("PATCH", path(limit.name), { body: { active }, ifMatch: etag });
  return html`<${Frame} title=${`${active ? "Enable" : "Disable"} ${limit.name}`} action=${active ? "Enable" : "Disable"} save=${save}
    command=${`limits ${active ? "enable" : "disable"} ${quoted(limit.name)}`}
    effects=${consequences(limit, clean({ ...fields(limit), active }), leases, waiters)} />`;
}

function Delete({ limit, etag }) {
  const save = async () => {
    await ask("DELETE", path(limit.name), { ifMatch: etag });
    go("/");
  };
  return html`<${Frame} title=${`Delete ${limit.name}`} action="Delete" danger save=${save}
    command=${`limits delete ${quoted(limit.name)} --yes`}
    effects=${[limit.leases ? `${plural(limit.leases, "lease ends", "leases end")} at once; ${limit.leases === 1 ? "its holder is" : "their holders are"} not stopped` : "No lease is held",
      limit.waiting ? `${plural(limit.waiting, "waiter is", "waiters are")} answered that the limit was deleted` : "No one waits",
      "Its events stay in the log"]} />`;
}

/** Takes a lease away from its holder. */
function Release({ limit, lease }) {
  const save = () => ask("DELETE", `v1/leases/${lease.leaseId}`);
  const who = holder(lease.holder) || `the holder of ${brief(lease.leaseId)}`;
  return html`<${Frame} title="Release a lease" action="Release" danger save=${save} command=${`limits release ${lease.leaseId}`}
    effects=${[`${who} loses ${plural(lease.slots ?? 1, "slot")} and is not stopped by it: two may then use what the slot protects`,
      lease.limits ? `The lease ends on all its limits: ${lease.limits.join(", ")}` : null,
      limit.waiting ? "The next in the queue may start" : "No one waits for the slots"].filter(Boolean)} />`;
}

function CancelWait({ limit, waiter }) {
  const save = () => ask("DELETE", `v1/leases/${waiter.leaseId}`);
  return html`<${Frame} title="Remove from the queue" action="Remove" danger save=${save} command=${`limits release ${waiter.leaseId}`}
    effects=${[`${holder(waiter.holder) || `Request ${brief(waiter.leaseId)}`} is answered that its acquire was cancelled`, `Those behind it move up in the queue of ${limit.name}`]} />`;
}

/** What one key may take other than all. */
function Override({ limit, known }) {
  const [key, setKey] = useState(known ? known.key : "");
  const given = (known && known.override) || {};
  const [draft, setDraft] = useState({ limit: given.limit, weight: given.weight, maxWaiting: given.maxWaiting, slotDecayPerSecond: given.slotDecayPerSecond, quotas: given.quotas });
  const set = more => setDraft(before => ({ ...before, ...more }));
  const body = clean({ ...draft, quotas: draft.quotas && draft.quotas.length ? draft.quotas : undefined });
  delete body.active;
  const isEmpty = Object.keys(body).length === 0;
  const address = `${path(limit.name)}/keys/${enc(key)}`;
  const save = () => isEmpty ? ask("DELETE", address) : ask("PUT", address, { body });
  const all = limit.perKey ? definition({ ...limit.perKey, slotDecayPerSecond: limit.perKey.slotDecayPerSecond || 0 }) : "no bound";
  return html`<${Frame} title=${known ? `Override for key ${known.key}` : "Override for a key"} action=${isEmpty && known && known.override ? "Take override back" : "Save"} save=${save}
      disabled=${!key || (isEmpty && !(known && known.override))}
      command=${key && (!isEmpty || (known && known.override)) ? overrideCommand(limit.name, key, body) : null}
      effects=${isEmpty ? (known && known.override ? [`Key ${key} is as all others again: ${all}`] : []) : [`Key ${key} may take: ${definition({ ...limit.perKey, ...body, slotDecayPerSecond: body.slotDecayPerSecond || 0 })}`, "Leases that it holds stay"]}>
    ${!known && html`<${Field} label="Key"><input autofocus value=${key} onInput=${event => setKey(event.target.value)} /></${Field}>`}
    <p class="hint">What is left empty is as for all keys: ${all}</p>
    <div class="fields">
      <${NumberField} label="Slots" value=${draft.limit} onChange=${value => set({ limit: value })} />
      <${NumberField} label="Decay per second" step="any" value=${draft.slotDecayPerSecond} onChange=${value => set({ slotDecayPerSecond: value })} />
      <${NumberField} label="Most waiting" value=${draft.maxWaiting} onChange=${value => set({ maxWaiting: value })} />
      <${NumberField} label="Weight in a fair queue" step="any" value=${draft.weight} onChange=${value => set({ weight: value })} />
    </div>
    <${QuotaFields} title="Quotas" quotas=${draft.quotas || []} onChange=${quotas => set({ quotas })} />
  </${Frame}>`;
}

const KINDS = { create: Definition, edit: Definition, rename: Rename, enable: Switch, disable: Switch, delete: Delete, release: Release, cancel: CancelWait, override: Override };

export function Editor() {
  const what = editing.value;
  if (!what) return null;
  const Dialog = KINDS[what.kind];
  // `key` is a word of Preact's own.
  const { key, ...rest } = what;
  return html`<${Dialog} ...${rest} known=${key} />`;
}
