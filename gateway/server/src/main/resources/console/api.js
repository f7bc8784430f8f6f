// Requests to the gateway that served this page. Addresses are relative to the page, so that a path prefix before it works.
import { signal } from "./html.js";

const ROOT = new URL("../", document.baseURI);
const TOKEN = "limits-token";

/** Whether the gateway wants to know who asks: the page then shows a form for a token. */
export const needsToken = signal(false);

/** A problem (RFC 9457), or a failure to reach the gateway at all, whose status is 0. */
export class Problem extends Error {
  constructor(status, body, etag) {
    super(body.detail || body.title || `The gateway answered with status ${status}`);
    this.status = status;
    this.kind = (body.type || "").replace(/^.*\/problems\//, "");
    this.errors = body.errors || [];
    this.current = body.current;
    this.etag = etag;
  }
}

/** For as long as this tab is open: it is written nowhere else. */
export function setToken(token) {
  if (token) sessionStorage.setItem(TOKEN, token);
  else sessionStorage.removeItem(TOKEN);
}

function headers(more) {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

/** Part of a path: a name may have any characters. */
export const enc = encodeURIComponent;

/** The address of a path such as v1/limits. */
export function address(path, query = {}) {
  const url = new URL(path, ROOT);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== "") url.searchParams.append(name, one);
    }
  }
  return url;
}

async function send(url, options) {
  let answer;
  try {
    answer = await fetch(url, { ...options, headers: headers(options.headers || {}), cache: "no-store", redirect: "error" });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Problem(0, { detail: "The gateway cannot be reached" });
  }
  if (answer.status === 401) needsToken.value = true;
  return answer;
}

async function problem(answer) {
  let body = {};
  try {
    body = await answer.json();
  } catch {
    // Something between the page and the gateway answered.
  }
  return new Problem(answer.status, body, answer.headers.get("ETag"));
}

/** Asks, and returns { body, etag }; fails with a Problem. */
export async function ask(method, path, { query, body, ifMatch, ifNoneMatch, signal: abort } = {}) {
  const more = {};
  if (body !== undefined) more["Content-Type"] = "application/json";
  if (ifMatch) more["If-Match"] = ifMatch;
  if (ifNoneMatch) more["If-None-Match"] = ifNoneMatch;
  const answer = await send(address(path, query), {
    method,
    headers: more,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: abort,
  });
  if (!answer.ok) throw await problem(answer);
  return {
    body: answer.status === 204 ? undefined : await answer.json(),
    etag: answer.headers.get("ETag"),
  };
}

export const get = async (path, query, abort) => (await ask("GET", path, { query, signal: abort })).body;

/** Text that is not JSON, and JSON that comes with a status of failure: of /metrics and /readyz. */
export async function read(path) {
  const answer = await send(address(path), {});
  return { ok: answer.ok, status: answer.status, text: await answer.text() };
}

/**
 * Follows server-sent events until `abort`, or until the stream ends. By fetch and not by EventSource, which sends no token.
 *
 * @param onFrame is given { id, data } of each event, and null for a comment, which only shows that the stream is alive
 */
export async function follow(query, onFrame, abort) {
  const answer = await send(address("v1/events", query), { signal: abort });
  if (!answer.ok) throw await problem(answer);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const frames = (rest + value).split("\n\n");
    rest = frames.pop();
    for (const frame of frames) onFrame(parsed(frame));
  }
}

function parsed(frame) {
  const found = { id: "", data: "" };
  for (const line of frame.split("\n")) {
    if (line.startsWith("id: ")) found.id = line.slice(4);
    else if (line.startsWith("data: ")) found.data += line.slice(6);
  }
  return found.data ? found : null;
}
