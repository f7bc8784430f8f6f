// What the viewer may do, as the gateway says it. The gateway decides each request anyway; this only offers what would succeed.
import { signal } from "./html.js";
import { get } from "./api.js";

export const me = signal({ principal: null, allow: ["admin:*"], authentication: [] });
/** The console was started to show and to change nothing. */
export const readOnly = document.documentElement.dataset.mode === "read-only";

const INCLUDES = { read: ["read", "hold", "define", "admin"], hold: ["hold", "admin"], define: ["define", "admin"], admin: ["admin"] };

/** Fails if the gateway wants to know who asks, and does not. */
export async function askWho() {
  try {
    me.value = await get("v1/whoami");
  } catch (failure) {
    if (failure.status !== 404) throw failure;
    // An older gateway, which may still want a token.
    await get("v1/limits", { size: 1 });
  }
}

function matches(pattern, name) {
  const parts = pattern.split("*").map(part => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}

/** Whether the viewer has a right on a limit of this name. */
export function may(right, name) {
  return me.value.allow.some(one => {
    const colon = one.indexOf(":");
    return INCLUDES[right].includes(one.slice(0, colon)) && matches(one.slice(colon + 1), name);
  });
}

/** Whether the page should offer a change. */
export const mayChange = (right, name) => !readOnly && may(right, name);

/** Whether the viewer has a right on some limit, of whatever name. */
export const mayCreate = () => !readOnly && me.value.allow.some(one => /^(define|admin):/.test(one));
export const mayAll = () => me.value.allow.includes("admin:*");
