// The page around the pages: which one the address names, the bar at the top, keys, theme, and the form for a token.
import { batch, effect, html, render, signal, useEffect, useRef, useState } from "./html.js";
import { needsToken, setToken } from "./api.js";
import { askWho, mayAll, me, readOnly } from "./rights.js";
import { restart, state } from "./live.js";
import { clock, duration } from "./format.js";
import { useNow } from "./parts.js";
import { Overview } from "./overview.js";
import { Limit } from "./limit.js";
import { Lease } from "./lease.js";
import { Health } from "./health.js";
import { Editor, editing } from "./edit.js";

/** Where one is: { path: ["limits", NAME], query }. The address behind the # is all that a page needs to be shared. */
const place = signal(read());

function read() {
  const [path, search] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { path: parts, query: Object.fromEntries(new URLSearchParams(search || "")) };
}

/** Goes to a place of the page; `isSame` keeps the one before out of the history. */
export function go(path, query = {}, isSame = false) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "" && value !== null && value !== undefined));
  const hash = `#${path}${[...search].length ? `?${search}` : ""}`;
  if (isSame) history.replaceState(null, "", hash);
  else location.hash = hash;
  place.value = read();
}

addEventListener("hashchange", () => { place.value = read(); });

// Keys.
const handlers = [];

/** Calls what is given for a key, while the component is shown; the newest first. */
export function useKeys(keys) {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    handlers.push(current);
    return () => { handlers.splice(handlers.indexOf(current), 1); };
  }, []);
}

addEventListener("keydown", event => {
  const isTyping = event.target.closest("input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  for (const keys of [...handlers].reverse()) {
    const handler = keys.current[event.key];
    if (handler) {
      event.preventDefault();
      handler();
      return;
    }
  }
});

// Theme: that of the system, unless the viewer chose another one.
export const theme = signal(stored("limits-theme"));

function stored(name) {
  try {
    return localStorage.getItem(name) || "system";
  } catch {
    return "system";
  }
}

effect(() => {
  document.documentElement.dataset.theme = theme.value;
  try {
    localStorage.setItem("limits-theme", theme.value);
  } catch {
    // The choice lasts for this page only.
  }
});

const STATES = {
  live: () => "Live",
  connecting: () => "Connecting",
  paused: since => `Paused since ${clock(since)}`,
  stale: (since, now) => `Stale for ${duration((now - since) / 1000)}`,
};

function LiveState() {
  const now = useNow();
  const { name, since } = state.value;
  return html`<span class="live" data-state=${name} role="status" title=${name === "stale" ? `No sign of the gateway since ${clock(since)}; what is shown may be out of date` : ""}>${STATES[name](since, now)}</span>`;
}

function Bar({ here }) {
  const next = { system: "light", light: "dark", dark: "system" };
  const link = (path, title, isHere) => html`<a href=${`#${path}`} aria-current=${isHere ? "page" : undefined}>${title}</a>`;
  return html`<header class="top">
    <a class="skip" href="#main" onClick=${event => { event.preventDefault(); document.getElementById("main").focus(); }}>Skip to the content</a>
    <nav aria-label="Pages"><a class="home" href="#/">Limit Ledger</a>
      ${link("/", "Limits", here !== "health")}${link("/health", "Health", here === "health")}<a class="wide-only" href="../docs">API</a></nav>
    <span class="fill"></span>
    ${readOnly && html`<span class="tag">read only</span>`}
    ${me.value.principal && html`<span class="who" title=${me.value.allow.join("\n")}>${me.value.principal}</span>`}
    ${me.value.principal && sessionStorage.getItem("limits-token") && html`<button type="button" class="quiet" onClick=${() => { setToken(null); needsToken.value = true; }}>Log out</button>`}
    ${here !== "health" && html`<${LiveState} />`}
    <button type="button" class="quiet" onClick=${() => { theme.value = next[theme.value]; }} title="Change the theme"><span class="wide-only">Theme: </span>${theme.value}</button>
    <button type="button" class="quiet" onClick=${() => { help.value = true; }} aria-label="Keys" title="Keys  ?">?</button>
  </header>`;
}

const help = signal(false);
const KEYS = [["/", "Search"], ["j  k", "Next, previous limit"], ["g  G", "First, last limit"], ["Enter", "Open"], ["n", "New limit"], ["u", "Up"], ["e", "Edit the limit"], ["[  ]", "Earlier, later event"], ["Esc", "Back to now; close"], ["?", "This"]];

function Help() {
  const dialog = useRef(null);
  useEffect(() => { dialog.current.showModal(); }, []);
  return html`<dialog ref=${dialog} aria-labelledby="help-title" onClose=${() => { help.value = false; }}>
    <h2 id="help-title">Keys</h2>
    <dl class="keys">${KEYS.map(([keys, does]) => html`<div key=${keys}><dt>${keys.split("  ").map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`)}</dl>
    <footer><button type="button" class="main" onClick=${() => dialog.current.close()}>Close</button></footer>
  </dialog>`;
}

/** Who asks is not known. The token stays in this tab. */
function Login() {
  const [token, put] = useState("");
  const [wrong, setWrong] = useState(null);
  const enter = async event => {
    event.preventDefault();
    setToken(token.trim());
    try {
      await askWho();
      batch(() => { needsToken.value = false; started.value = true; });
      restart();
    } catch (failure) {
      setWrong(failure.status === 401 ? "The gateway does not accept this token" : failure.message);
    }
  };
  return html`<main id="main" class="login" tabindex="-1"><form onSubmit=${enter}>
    <h1>Limit Ledger</h1>
    <p>This gateway wants to know who asks. Enter a token; an administrator makes one with <code>limits token create</code>. It is kept in
      this tab only.</p>
    <label class="field"><span class="caption">Token</span><input type="password" autocomplete="current-password" autofocus required value=${token} onInput=${event => put(event.target.value)} />
      ${wrong && html`<span class="error" role="alert">${wrong}</span>`}</label>
    <footer><button type="submit" class="main">Log in</button></footer>
  </form></main>`;
}

const started = signal(false);

function Page() {
  const { path, query } = place.value;
  if (path[0] === "limits" && path[1]) return html`<${Limit} key=${path[1]} name=${path[1]} query=${query} />`;
  if (path[0] === "leases" && path[1]) return html`<${Lease} key=${path[1]} id=${path[1]} query=${query} />`;
  if (path[0] === "health") return html`<${Health} />`;
  return html`<${Overview} query=${query} />`;
}

function App() {
  useKeys({ "?": () => { help.value = true; } });
  if (needsToken.value) return html`<${Login} />`;
  if (!started.value) return null;
  const here = place.value.path[0];
  return html`<${Bar} here=${here} />
    <main id="main" tabindex="-1"><${Page} /></main>
    ${editing.value && html`<${Editor} />`}
    ${help.value && html`<${Help} />`}`;
}

async function start() {
  render(html`<${App} />`, document.getElementById("app"));
  try {
    await askWho();
  } catch {
    // The pages say what is wrong; a gateway that is away may return.
  }
  started.value = !needsToken.value;
}

start();
