// Definitions as the forms have them, what is wrong with one, and what a change of one will do. The gateway decides; this foretells.
import { plural, short } from "./format.js";

const QUOTA_FIELDS = ["slots", "perSeconds", "per", "zone", "at"];
const BOUND_FIELDS = ["limit", "slotDecayPerSecond", "quotas", "maxWaiting"];

const pick = (object, names) => Object.fromEntries(names.filter(name => object[name] !== undefined).map(name => [name, object[name]]));
const quotas = all => all && all.map(one => pick(one, QUOTA_FIELDS));

/** What can be edited of a limit, as the API takes it. */
export function fields(limit) {
  const found = pick(limit, ["limit", "slotDecayPerSecond", "active", "order", "maxWaiting", "whenFull"]);
  if (limit.quotas) found.quotas = quotas(limit.quotas);
  if (limit.perKey) found.perKey = { ...pick(limit.perKey, BOUND_FIELDS), ...(limit.perKey.quotas ? { quotas: quotas(limit.perKey.quotas) } : {}) };
  return found;
}

/** Without what has its default; in an order of its own, so that two can be compared as text. */
export function clean(draft) {
  const found = {};
  if (draft.limit !== undefined) found.limit = draft.limit;
  if (draft.slotDecayPerSecond) found.slotDecayPerSecond = draft.slotDecayPerSecond;
  if (draft.active === false) found.active = false;
  if (draft.quotas && draft.quotas.length) found.quotas = draft.quotas.map(one => pick(one, QUOTA_FIELDS));
  if (draft.perKey) {
    const { active, ...bounds } = clean(draft.perKey);
    found.perKey = bounds;
  }
  if (draft.order) found.order = draft.order;
  if (draft.maxWaiting !== undefined) found.maxWaiting = draft.maxWaiting;
  if (draft.whenFull) found.whenFull = draft.whenFull;
  if (draft.weight !== undefined) found.weight = draft.weight;
  return found;
}

const isCount = value => Number.isInteger(value) && value >= 0 && value <= 2_147_483_647;

/** What is wrong with a draft, by field; `any` if something is. The gateway checks all of it again. */
export function mistakes(draft, isNew) {
  const wrong = {};
  if (isNew && !/^[^/%&><\p{Cc}]{1,255}$/u.test(draft.name)) wrong.name = "1 to 255 characters, none of / % & > <";
  if (draft.limit !== undefined && !isCount(draft.limit)) wrong.limit = "A whole number from 0 to 2147483647";
  const decay = draft.slotDecayPerSecond;
  if (decay !== undefined && !(decay >= 0 && decay <= 1_000_000)) wrong.slotDecayPerSecond = "A number from 0 to 1000000";
  if (decay > 0 && draft.limit === undefined) wrong.limit = "A rate needs slots: the largest burst";
  if (draft.limit === undefined && !(draft.quotas && draft.quotas.length) && !draft.perKey) wrong.limit = "Give slots, a quota, or a bound for each key";
  if ([...(draft.quotas || []), ...((draft.perKey && draft.perKey.quotas) || [])].some(one => !isCount(one.slots) || one.slots < 1 || (!one.per && !(one.perSeconds >= 1)))) wrong.quotas = "Each quota needs slots and a time";
  if (draft.perKey && draft.perKey.limit === undefined && !(draft.perKey.quotas && draft.perKey.quotas.length) && draft.perKey.maxWaiting === undefined) wrong.perKey = "Give slots or a quota for each key";
  wrong.any = Object.keys(wrong).length > 0;
  return wrong;
}

/** How many of the waiters start at once with so many free slots: the first ones, for as long as each fits. */
function starting(waiters, free) {
  let left = free;
  let count = 0;
  for (const waiter of waiters) {
    if (waiter.slots > left) break;
    left -= waiter.slots;
    count++;
  }
  return count;
}

/** What a change of definition will do, in sentences. */
export function consequences(limit, wanted, leases = [], waiters = []) {
  if (!limit) return created(wanted);
  const said = [];
  const isActive = wanted.active !== false;
  const keep = limit.leases ? `${plural(limit.leases, "holder")} ${limit.leases === 1 ? "keeps its" : "keep their"} slots` : null;
  if (!isActive && limit.active) {
    said.push("Every acquire is granted and occupies nothing");
    if (limit.waiting) said.push(`${plural(limit.waiting, "waiter starts", "waiters start")} now`);
    if (keep) said.push(keep);
    return said;
  }
  if (isActive && !limit.active) said.push("Acquires occupy slots from now on, and are denied when none are free");
  const more = (wanted.limit ?? Infinity) - (limit.limit ?? Infinity);
  if (wanted.limit === 0 && limit.limit !== 0) said.push("Nothing is granted until it is raised");
  if (Number.isNaN(more) || more === 0) {
    if (keep && said.length === 0) said.push(keep);
  } else {
    const free = wanted.limit === undefined ? Infinity : wanted.limit - limit.occupied;
    if (keep) said.push(keep);
    const others = wanted.quotas || wanted.perKey || wanted.order;
    if (more > 0 && limit.waiting) {
      const count = starting(waiters, free);
      const all = count === waiters.length && limit.waiting > waiters.length ? "at least " : others ? "up to " : "";
      said.push(count ? `${all}${plural(count, "waiter starts", "waiters start")} now`.replace(/^./, c => c.toUpperCase()) : "No waiter can start yet");
    } else if (more > 0) {
      said.push(free === Infinity ? "What is occupied is no longer bounded" : `${plural(Math.max(0, Math.floor(free)), "slot is", "slots are")} free then`);
    }
    if (more < 0 && free < 0) said.push(`Nothing is granted until ${short(-free)} more ${-free === 1 ? "slot comes" : "slots come"} free`);
    else if (more < 0 && wanted.limit > 0) said.push(`${plural(Math.max(0, Math.floor(free)), "slot is", "slots are")} free then`);
    const never = waiters.filter(waiter => wanted.limit !== undefined && wanted.limit > 0 && waiter.slots > wanted.limit).length;
    if (never) said.push(`${plural(never, "waiter asks", "waiters ask")} for more than that, and ${never === 1 ? "is" : "are"} denied`);
  }
  if (JSON.stringify(wanted.quotas) !== JSON.stringify(clean(fields(limit)).quotas)) said.push("What counted against a quota whose period stays goes on counting");
  if (wanted.slotDecayPerSecond && !(limit.slotDecayPerSecond > 0)) said.push("Occupied slots drain from now on");
  if (!wanted.slotDecayPerSecond && limit.slotDecayPerSecond > 0) said.push("Occupied slots no longer drain");
  return said;
}

function created(wanted) {
  return [wanted.limit === 0 ? "Nothing is granted until it is raised" : "Programs can acquire from it at once"];
}
