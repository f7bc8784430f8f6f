// The rows of a form for quotas: so many slots in a time that slides, or in each day, week and so on of a calendar.
import { html } from "./html.js";

const UNITS = ["minute", "hour", "day", "week", "month"];
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function QuotaFields({ title, quotas, onChange }) {
  const change = (index, more) => onChange(quotas.map((one, i) => i === index ? { ...one, ...more } : one));
  const remove = index => onChange(quotas.filter((_, i) => i !== index));
  const number = text => text === "" ? undefined : Number(text);
  return html`<fieldset><legend>${title}</legend>
    ${quotas.map((one, i) => html`<div class="quota-row" key=${i}>
      <label><span class="visually-hidden">Slots</span><input type="number" min="1" value=${one.slots ?? ""} onInput=${event => change(i, { slots: number(event.target.value) })} /></label>
      <label><span class="visually-hidden">Time</span><select value=${one.per || "seconds"} onChange=${event => change(i, event.target.value === "seconds"
        ? { per: undefined, zone: undefined, at: undefined, perSeconds: 60 } : { per: event.target.value, perSeconds: undefined })}>
        <option value="seconds">in any</option>${UNITS.map(unit => html`<option value=${unit}>per ${unit}</option>`)}</select></label>
      ${one.per
        ? html`<label><span class="visually-hidden">Time zone</span><input placeholder=${`UTC or ${ZONE}`} value=${one.zone || ""} onInput=${event => change(i, { zone: event.target.value || undefined })} /></label>`
        : html`<label class="seconds"><input aria-label="Seconds" type="number" min="1" value=${one.perSeconds ?? ""} onInput=${event => change(i, { perSeconds: number(event.target.value) })} /> seconds</label>`}
      <button type="button" class="quiet" aria-label="Remove this quota" onClick=${() => remove(i)}>Remove</button>
    </div>`)}
    ${quotas.length < 4 && html`<button type="button" class="quiet" onClick=${() => onChange([...quotas, { slots: 1000, per: "day" }])}>Add a quota</button>`}
  </fieldset>`;
}
