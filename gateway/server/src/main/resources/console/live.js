// The stream of events: one for the page, of all limits or of one. It pauses while the tab is hidden, notices when nothing came
// for too long, connects again by itself, and goes on where it stopped, so that nothing is missed.
import { batch, signal } from "./html.js";
import { follow, needsToken } from "./api.js";

/** The gateway sends a comment every 15 seconds at least. */
const SILENCE_MILLIS = 25_000;
const RETRY_MILLIS = [500, 1_000, 2_000, 4_000];
/** A tab that is only passed by keeps its stream. */
const HIDDEN_MILLIS = 5_000;

/** live, connecting, stale or paused; and since when, in epoch milliseconds. */
export const state = signal({ name: "connecting", since: Date.now() });

const listeners = new Set();
let limit = null;
let position = "";
let attempt = 0;
let abort = null;
let lastSign = 0;
let retry;
let hiding;

function enter(name) {
  // What is stale stays so until it is live again, however often it tries to connect.
  if (state.value.name === name || (state.value.name === "stale" && name === "connecting")) return;
  state.value = { name, since: name === "stale" ? lastSign || state.value.since : Date.now() };
}

/**
 * Calls `onEvent(event)` for each event from now on, and `onGap()` when all that was read before may be out of date. Returns what
 * ends that.
 */
export function listen(onEvent, onGap) {
  const listener = { onEvent, onGap };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** From now on the stream is of this limit only; null for all. */
export function watch(name) {
  if (abort && limit === name) return;
  limit = name;
  position = "";
  connect();
}

async function connect() {
  clearTimeout(retry);
  if (abort) abort.abort();
  const mine = new AbortController();
  abort = mine;
  lastSign = Date.now();
  enter("connecting");
  const isNew = position === "";
  try {
    let opened = false;
    await follow({ limit, after: position }, frame => {
      if (abort !== mine) return;
      lastSign = Date.now();
      if (!opened) {
        opened = true;
        attempt = 0;
        enter("live");
        // Only from here on every change is seen.
        if (isNew) for (const each of listeners) each.onGap();
      }
      if (frame) receive(frame);
    }, mine.signal);
  } catch (failure) {
    if (abort !== mine) return;
    // What comes next is no longer kept, or the gateway is another one: begin anew.
    if (failure.status === 410 || failure.status === 422) position = "";
  }
  if (abort === mine) again();
}

function receive(frame) {
  position = frame.id || position;
  let event;
  try {
    event = JSON.parse(frame.data);
  } catch {
    return;
  }
  batch(() => {
    for (const each of listeners) each.onEvent(event);
  });
}

function again() {
  abort = null;
  if (document.hidden && state.value.name === "paused") return;
  enter("stale");
  if (needsToken.value) return;
  const wait = RETRY_MILLIS[Math.min(attempt++, RETRY_MILLIS.length - 1)];
  retry = setTimeout(connect, wait);
}

/** Begins anew, as after a token was entered. */
export function restart() {
  position = "";
  attempt = 0;
  connect();
}

function pause() {
  if (abort) abort.abort();
  abort = null;
  clearTimeout(retry);
  enter("paused");
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(pause, HIDDEN_MILLIS);
  else if (state.value.name === "paused") connect();
});
// A page that the browser keeps to come back to must not keep its connection: there are only six to one server.
addEventListener("pagehide", pause);
addEventListener("pageshow", event => { if (event.persisted) connect(); });
addEventListener("online", () => { if (!abort && state.value.name !== "paused") connect(); });

setInterval(() => {
  if (abort && Date.now() - lastSign > SILENCE_MILLIS) {
    abort.abort();
    abort = null;
    again();
  }
}, 1_000);
