// All limits, for the overview. They are read page by page, then kept up to date: an event says which limit has changed, and the
// gateway is asked for those that have, in batches. So the numbers are the gateway's own, and no rule is written twice.
import { batch, signal } from "./html.js";
import { get } from "./api.js";
import { listen, watch } from "./live.js";

const PAGE = 1_000;
/** As many names as one request may have. */
const BATCH = 100;
const FLUSH_MILLIS = 100;
/** What drains or returns by itself sends no event; and the last minute moves on. */
const DRAINING_MILLIS = 2_000;
const RESTING_MILLIS = 10_000;

export const limits = new Map();
/** Grows with each change of any limit. */
export const changes = signal(0);
/** Grows when limits come or go, or all were read anew. */
export const members = signal(0);
/** How many limits are read, whether that is all, and what went wrong. */
export const loading = signal({ count: 0, done: false, failure: null });

const touched = new Set();
const readAt = new Map();
let visible = [];
let generation = 0;
let timer;
let asking = false;

/** Keeps the store up to date until the returned function is called. */
export function open() {
  const ending = listen(onEvent, load);
  watch(null);
  timer = setInterval(refreshVisible, 1_000);
  return () => {
    ending();
    clearInterval(timer);
    generation++;
  };
}

/** Those that are on the screen: they are refreshed first. */
export function show(names) {
  visible = names;
  refreshVisible();
}

async function load() {
  const mine = ++generation;
  const seen = new Set();
  loading.value = { count: limits.size, done: limits.size > 0, failure: null };
  try {
    let after;
    do {
      const page = await get("v1/limits", { size: PAGE, after });
      if (mine !== generation) return;
      const now = Date.now();
      batch(() => {
        for (const limit of page.limits) {
          seen.add(limit.name);
          put(limit, now);
        }
        members.value++;
        changes.value++;
        loading.value = { count: Math.max(limits.size, seen.size), done: limits.size > seen.size, failure: null };
      });
      after = page.next;
    } while (after);
    for (const name of limits.keys()) if (!seen.has(name) && !touched.has(name)) limits.delete(name);
    loading.value = { count: limits.size, done: true, failure: null };
    members.value++;
    changes.value++;
    refreshVisible();
  } catch (failure) {
    if (mine === generation) loading.value = { count: limits.size, done: false, failure };
  }
}

/** Keeps the picture of the last hour where the newer answer has none. */
function put(limit, now) {
  const before = limits.get(limit.name);
  if (before && !limit.occupiedLastHour) limit.occupiedLastHour = before.occupiedLastHour;
  else if (limit.occupiedLastHour) readAt.set(limit.name, now);
  limits.set(limit.name, limit);
}

function onEvent(event) {
  touched.add(event.limit);
  flushSoon();
}

function flushSoon() {
  if (!asking) {
    asking = true;
    setTimeout(flush, FLUSH_MILLIS);
  }
}

async function flush() {
  const onScreen = visible.filter(name => touched.has(name));
  const names = onScreen.concat([...touched].filter(name => !onScreen.includes(name)).slice(0, BATCH)).slice(0, BATCH);
  names.forEach(name => touched.delete(name));
  try {
    await refresh(names);
  } catch {
    names.forEach(name => touched.add(name));
    await new Promise(resolve => setTimeout(resolve, DRAINING_MILLIS));
  }
  asking = false;
  if (touched.size) flushSoon();
}

async function refresh(names, more) {
  if (!names.length) return;
  const mine = generation;
  const page = await get("v1/limits", { name: names, size: BATCH, ...more });
  if (mine !== generation) return;
  const now = Date.now();
  const found = new Set(page.limits.map(limit => limit.name));
  // One change of the page for all of them, in the next frame.
  requestAnimationFrame(() => batch(() => {
    let isOther = false;
    for (const limit of page.limits) {
      isOther ||= !limits.has(limit.name);
      put(limit, now);
    }
    for (const name of names) if (!found.has(name)) isOther = limits.delete(name) || isOther;
    if (isOther) {
      members.value++;
      loading.value = { ...loading.value, count: limits.size };
    }
    changes.value++;
  }));
}

let refreshing = false;

async function refreshVisible() {
  if (refreshing || document.hidden) return;
  const now = Date.now();
  const due = visible.filter(name => {
    const limit = limits.get(name);
    const drains = limit && ((limit.slotDecayPerSecond > 0 && limit.occupied > 0) || limit.quotas);
    return limit && now - (readAt.get(name) || 0) > (drains ? DRAINING_MILLIS : RESTING_MILLIS);
  });
  if (!due.length) return;
  refreshing = true;
  try {
    await refresh(due.slice(0, BATCH), { with: "lastHour" });
  } catch {
    // The stream says that the gateway is away.
  }
  refreshing = false;
}
