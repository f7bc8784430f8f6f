// Events in words. An event of a later version, which has no words here, is shown by its name.
import { brief, definition, duration, holder, override, plural, quota } from "./format.js";

const REASONS = {
  PAUSED: "the limit is 0",
  FULL: "its slots are occupied",
  QUOTA: "a quota is used up",
  KEY: "its key occupies as much as it may",
  QUEUE: "as many wait as may",
  REPLACED: "a newer request took its position",
  TIMED_OUT: "its wait ended",
};

const LEFT = {
  CANCELLED: "gave up",
  TIMED_OUT: "waited as long as it wanted",
  ABANDONED: "did not confirm an earlier grant, and is presumed dead",
  REPLACED: "was replaced by a newer request",
  CAN_NEVER_FIT: "asks for more than the limit now has",
  LEASE_REQUIRED: "asks for slots without a lease, and the limit no longer decays",
};

const REFUSED = {
  LEASE_GONE: "the lease had ended",
  LEASE_ID_TAKEN: "the lease id belongs to another request",
  LIMIT_NOT_FOUND: "the limit did not exist",
  LIMIT_EXISTS: "the limit existed already",
  LIMIT_DELETED: "the limit was deleted",
  LIMIT_MOVING: "the limit was being renamed",
  SLOTS_EXCEED_LIMIT: "so many slots can never fit",
  LEASE_REQUIRED: "slots without a lease would never come back",
  TOO_MANY_LEASES: "the limit has as many leases as may be",
  TOO_MANY_WAITERS: "as many wait as may",
  TOO_MANY_KEYS: "the limit has as many keys as may be",
  KEYS_NOT_BOUNDED: "the limit does not bound its keys",
  INVALID_DEFINITION: "the definition makes no sense",
  INVALID_COMMAND: "the command had mistakes",
  NOT_OWNER: "the lease belongs to another owner",
};

const sentence = code => String(code || "").toLowerCase().replaceAll("_", " ");
const slots = count => plural(count, "slot");
const who = claim => claim.holder === undefined ? `lease ${brief(claim.leaseId)}` : holder(claim.holder);
const lasting = lease => lease.leaseSeconds > 0 ? ` for ${duration(lease.leaseSeconds)}` : ", without a lease";
const withKey = claim => claim.key ? ` (key ${claim.key})` : "";

const WORDS = {
  LimitCreated: f => `Created: ${defined(f.definition)}`,
  LimitUpdated: f => `Changed to: ${defined(f.definition)}`,
  LimitDeleted: () => "Deleted; its leases and waiters ended",
  LimitAdopted: f => `Came from the name ${f.from}`,
  LimitLeft: f => `Renamed to ${f.newName}`,
  LimitLeaving: f => `Is being renamed to ${f.newName}`,
  LimitStayed: () => "Keeps its name: the rename was given up",
  KeyDefined: f => f.override
    ? `Key ${f.key} may take: ${override(f.override)}`
    : `Key ${f.key} is as all others again`,
  KeysForgotten: () => "Idle keys were forgotten",
  LeaseGranted: f => `Granted ${slots(f.lease.slots)} to ${who(f.lease)}${withKey(f.lease)}${lasting(f.lease)}`
    + (f.waitedSeconds > 0 ? `, after a wait of ${duration(f.waitedSeconds)}` : ""),
  LeaseDenied: f => `Denied ${slots(f.slots)} to ${who(f)}: ${denial(f)}`,
  LeaseRenewed: f => `Renewed ${brief(f.leaseId)} until ${f.expiresAt}`,
  LeaseReleased: f => `Released ${brief(f.leaseId)}${freed(f)}`,
  LeaseExpired: f => `Expired ${brief(f.leaseId)}: not renewed in time${freed(f)}${f.refunded ? "; its quotas were refunded" : ""}`,
  LeaseSettled: f => `Settled ${brief(f.lease.leaseId)}: ${slots(f.lease.used ?? f.lease.slots)} were really used`,
  LeasesProlonged: () => "Leases last longer by the time that the ledger was away",
  SlotsReturned: f => `Slots without a lease were returned${freed(f)}`,
  WaiterQueued: f => `Waits for ${slots(f.waiter.slots)}: ${who(f.waiter)}${withKey(f.waiter)}`,
  WaiterLeft: f => `Left the queue: ${brief(f.leaseId)} ${LEFT[f.reason] || sentence(f.reason)}`,
  AcquireCancelled: f => `Cancelled ${brief(f.leaseId)} before it was granted`,
  CommandRefused: f => `Refused ${f.command}${f.leaseId ? ` of ${brief(f.leaseId)}` : ""}: ${REFUSED[f.reason] || sentence(f.reason)}`,
};

const defined = one => definition({
  ...one,
  slotDecayPerSecond: one.slotDecayPerSecond || 0,
}) + (one.active === false ? "; inactive" : "");

function freed(fact) {
  const count = (fact.freedMicros || 0) / 1e6;
  return count > 0 ? `, ${plural(Math.round(count * 100) / 100, "slot")} came free` : "";
}

function denial(fact) {
  const why = REASONS[fact.reason] || sentence(fact.reason);
  const scope = fact.obstacle && fact.obstacle.scope === "key" && fact.reason !== "KEY" ? " of its key" : "";
  const retry = fact.retryAfterSeconds > 0 ? `; worth asking again after ${duration(fact.retryAfterSeconds)}` : "";
  return why + scope + retry;
}

export function words(event) {
  try {
    return WORDS[event.type] ? WORDS[event.type](event.fact) : event.type;
  } catch {
    return event.type;
  }
}

const TONES = {
  LeaseGranted: "grant", LeaseRenewed: "quiet", LeaseReleased: "release", LeaseExpired: "warn", LeaseDenied: "deny",
  WaiterQueued: "wait", WaiterLeft: "warn", CommandRefused: "deny", LimitDeleted: "warn",
};
export const tone = event => TONES[event.type] || "edit";

/** The id that an event is about, if any. */
export function leaseOf(event) {
  const fact = event.fact || {};
  return fact.leaseId || (fact.lease && fact.lease.leaseId) || (fact.waiter && fact.waiter.leaseId);
}

/** What a waiter waits for. */
export function waitsFor(waiter, limit) {
  if (!waiter.waitsFor) return "a free slot";
  if (waiter.waitsFor === "quota") {
    const all = waiter.scope === "key" ? limit.perKey && limit.perKey.quotas : limit.quotas;
    const one = all && all[waiter.quota];
    return `quota${one ? ` ${quota(one)}` : ""}${waiter.scope === "key" ? " of its key" : ""}`;
  }
  return waiter.waitsFor === "key" ? `its key ${waiter.key || ""}` : "a free slot";
}
