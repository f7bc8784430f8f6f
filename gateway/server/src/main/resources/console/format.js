// Numbers, times and definitions as people read them. Nothing here knows the page.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const DAY = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

export const whole = number => WHOLE.format(number);
export const short = number => (number >= 10_000 ? COMPACT : SHORT).format(number);
export const plural = (count, one, many = one + "s") => `${whole(count)} ${count === 1 ? one : many}`;

/** A duration with its two largest units. */
export function duration(seconds) {
  if (seconds < 0) return "0 s";
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${Math.floor(seconds * 10) / 10} s`;
  const parts = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const first = parts.findIndex(([size]) => seconds >= size);
  const [size, unit] = parts[first];
  const whole = Math.floor(seconds / size);
  const next = parts[first + 1];
  const rest = next ? Math.floor((seconds - whole * size) / next[0]) : 0;
  return rest ? `${whole} ${unit} ${rest} ${next[1]}` : `${whole} ${unit}`;
}

export const since = (time, now = Date.now()) => Math.max(0, (now - Date.parse(time)) / 1000);
export const until = (time, now = Date.now()) => (Date.parse(time) - now) / 1000;

/** The exact time in the viewer's zone, and in UTC: for a title. */
export const exact = time => `${EXACT.format(new Date(time))} (${new Date(time).toISOString()})`;

/** Time of the day, with the day where it is not today. */
export function clock(time) {
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  return (today ? "" : DAY.format(date) + ", ") + CLOCK.format(date);
}

/** What kinds of bounds a limit has. */
export function kinds(limit) {
  const kinds = [];
  if (limit.limit !== undefined) kinds.push(limit.slotDecayPerSecond > 0 ? "rate" : "concurrency");
  if (limit.quotas) kinds.push("quota");
  if (limit.perKey) kinds.push("keys");
  return kinds;
}

export function quota(one) {
  const per = one.per ? `per ${one.per}` : `in ${duration(one.perSeconds)}`;
  const where = one.per ? [one.zone, one.at && `from ${one.at}`].filter(Boolean).join(", ") : "";
  return `${whole(one.slots)} ${per}${where ? ` (${where})` : ""}`;
}

function bounds(one) {
  const parts = [];
  if (one.limit !== undefined) {
    parts.push(one.slotDecayPerSecond > 0
      ? `${short(one.slotDecayPerSecond)} per second, bursts of ${whole(one.limit)}`
      : `${whole(one.limit)} at a time`);
  }
  for (const each of one.quotas || []) parts.push(quota(each));
  if (one.maxWaiting !== undefined) parts.push(`at most ${whole(one.maxWaiting)} waiting`);
  if (one.weight !== undefined) parts.push(`weight ${short(one.weight)}`);
  return parts;
}

/** A definition in words. */
export function definition(limit) {
  const parts = bounds(limit);
  if (limit.perKey) parts.push(`each key: ${bounds(limit.perKey).join(", ") || "no bound"}`);
  if (limit.order) parts.push(`${limit.order} queue`);
  if (limit.whenFull === "replaceOldest") parts.push("a newcomer replaces the oldest waiter");
  return parts.join("; ") || "no bound";
}

export const override = one => bounds(one).join(", ") || "as all keys";

/** How full the fullest bound is, from 0; above 1 where more is taken than may be. */
export function fullness(limit) {
  const parts = (limit.quotas || []).map(one => one.slots > 0 ? (one.taken || 0) / one.slots : 1);
  if (limit.limit !== undefined) parts.push(limit.limit > 0 ? limit.occupied / limit.limit : 1);
  return parts.length ? Math.max(...parts) : 0;
}

/** What a holder said of itself, on one line. */
export function holder(said) {
  if (said === undefined || said === null) return "";
  if (typeof said === "string") return said;
  return Object.entries(said)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ") || "{}";
}

/** The shortest form of a lease id by which people tell one from another. */
export const brief = id => String(id).slice(0, 8);
