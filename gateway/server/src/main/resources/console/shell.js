// The command line that does the same as a form. What it has no option for, curl does.
import { enc } from "./api.js";

/** An argument of a shell command. */
export const quoted = text => /^[A-Za-z0-9_.:@%+=,/-]+$/.test(text) ? text : `'${String(text).replaceAll("'", "'\\''")}'`;

const option = (name, value) => value === undefined ? "" : ` --${name} ${quoted(String(value))}`;

/** `1000/day@Europe/Berlin,08:00` or `100/60s`. */
function quotaText(one) {
  return one.per
    ? `${one.slots}/${one.per}${one.zone ? `@${one.zone}` : ""}${one.at ? `,${one.at}` : ""}`
    : `${one.slots}/${one.perSeconds}s`;
}

const quotaOptions = (name, quotas) => (quotas || []).map(one => option(name, quotaText(one))).join("");

const bounds = one => option("limit", one.limit) + option("slot-decay-per-second", one.slotDecayPerSecond) + quotaOptions("quota", one.quotas);

const perKey = one => one === undefined ? "" : option("per-key", one.limit)
  + option("per-key-slot-decay-per-second", one.slotDecayPerSecond)
  + quotaOptions("per-key-quota", one.quotas)
  + option("per-key-max-waiting", one.maxWaiting);

const queue = one => option("order", one.order) + option("max-waiting", one.maxWaiting) + option("when-full", one.whenFull && "replace-oldest");

export function createCommand(name, wanted) {
  return `limits create ${quoted(name || "NAME")}${bounds(wanted)}${perKey(wanted.perKey)}${queue(wanted)}${wanted.active === false ? " --disable" : ""}`;
}

/** Both definitions without what has its default. */
export function updateCommand(name, before, wanted) {
  const isTaken = field => before[field] !== undefined && wanted[field] === undefined;
  if (["limit", "perKey", "maxWaiting"].some(isTaken)) {
    return `curl -X PUT ${new URL(`../v1/limits/${enc(name)}`, document.baseURI)} --json ${quoted(JSON.stringify(wanted))}`;
  }
  const changed = Object.fromEntries(Object.keys(wanted)
    .filter(field => JSON.stringify(before[field]) !== JSON.stringify(wanted[field])).map(field => [field, wanted[field]]));
  return `limits update ${quoted(name)}${bounds(changed)}`
    + (isTaken("slotDecayPerSecond") ? " --slot-decay-per-second 0" : "") + (isTaken("quotas") ? " --no-quotas" : "")
    + perKey(changed.perKey) + queue(changed)
    + (isTaken("order") ? " --order fifo" : "") + (isTaken("whenFull") ? " --when-full refuse" : "")
    + (changed.active === false ? " --disable" : "") + (isTaken("active") ? " --enable" : "");
}

export function overrideCommand(name, key, body) {
  const options = Object.keys(body).length === 0 ? " --remove" : bounds(body) + option("max-waiting", body.maxWaiting) + option("weight", body.weight);
  return `limits override ${quoted(name)} ${quoted(key)}${options}`;
}
