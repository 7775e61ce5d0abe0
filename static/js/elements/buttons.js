/** What is pressed: buttons, links that look like buttons, chips, and views side by side. Handlers are arguments. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupGlyph } from './groups.js';
import { icon } from './icons.js';

/** @typedef {import('../../vendor/lit-html/lit-html.js').TemplateResult} Template */
/** @typedef {import('./groups.js').Group} Group */

/**
 * @typedef {Object} ButtonOptions
 * @property {unknown} label                 the words on it
 * @property {(event: Event) => void} [onClick]
 * @property {'primary'|'secondary'|'quiet'|'danger'} [sort]  primary: one per screen
 * @property {string} [icon]                 before the words
 * @property {string} [iconAfter]            behind the words
 * @property {string} [busy]                 words while waiting ("Sender …"): same width, not pressable
 * @property {string} [missing]              what is still missing: replaces the label, dashed, not pressable
 * @property {boolean} [wide]  @property {boolean} [small]
 * @property {boolean} [pressed]             for a button that stays down
 * @property {string} [name]                 accessible name, where the words alone do not say it
 * @property {'button'|'submit'} [type]  @property {string} [keycap] the key that does the same, printed on it
 * @property {string} [id]  @property {string} [extra] more classes
 */

/** A button. @param {ButtonOptions} o @returns {Template} */
export function button(o) {
  const off = Boolean(o.busy || o.missing);
  const press = (event) => (off ? event.preventDefault() : o.onClick?.(event));
  const classes = `btn ${o.sort ?? 'secondary'} ${o.wide ? 'wide' : ''} ${o.small ? 'small' : ''} ${o.extra ?? ''}`;
  return html`<button
    class=${classes}
    type=${o.type ?? 'button'}
    id=${o.id ?? nothing}
    aria-label=${o.name ?? nothing}
    aria-disabled=${off ? 'true' : nothing}
    aria-busy=${o.busy ? 'true' : nothing}
    aria-pressed=${o.pressed === undefined ? nothing : String(o.pressed)}
    @click=${press}
  >
    ${buttonFace(o)}
  </button>`;
}

function buttonFace(o) {
  if (o.missing) return html`<span>${o.missing}</span>`;
  const face = html`${o.icon ? icon(o.icon) : nothing}<span>${o.label}</span>${o.iconAfter ? icon(o.iconAfter) : nothing}${
    o.keycap ? html`<kbd>${o.keycap}</kbd>` : nothing
  }`;
  if (!o.busy) return face;
  return html`<span class="was" aria-hidden="true">${face}</span
    ><span class="busy">${icon('wait')}<span>${o.busy}</span></span>`;
}

/** A link that looks like a button. @param {{label: unknown, href: string, sort?: string, icon?: string, small?: boolean, wide?: boolean, download?: boolean}} o */
export function linkButton(o) {
  return html`<a
    class="btn ${o.sort ?? 'secondary'} ${o.wide ? 'wide' : ''} ${o.small ? 'small' : ''}"
    href=${o.href}
    ?download=${o.download ?? false}
    >${o.icon ? icon(o.icon) : nothing}<span>${o.label}</span></a
  >`;
}

/** A square button with an icon and no words; the name is for screen readers. @param {{icon: string, name: string, onClick?: (e: Event) => void, off?: boolean, expanded?: boolean}} o */
export function iconButton(o) {
  return html`<button
    class="btn secondary square"
    type="button"
    aria-label=${o.name}
    title=${o.name}
    aria-disabled=${o.off ? 'true' : nothing}
    aria-expanded=${o.expanded === undefined ? nothing : String(o.expanded)}
    @click=${(event) => (o.off ? event.preventDefault() : o.onClick?.(event))}
  >
    ${icon(o.icon)}
  </button>`;
}

/**
 * A choice among few, as pills that wrap. Chosen is filled and heavier.
 * @param {{label: unknown, chosen: boolean, onClick: (e: Event) => void, group?: Group, count?: number}} o
 */
export function chip(o) {
  return html`<button class="chip" type="button" aria-pressed=${String(o.chosen)} @click=${o.onClick}>
    ${o.group ? groupGlyph(o.group) : nothing}<span
      >${o.label}${o.count === undefined ? nothing : html` ${o.count}`}</span
    >
  </button>`;
}

/** A row of chips under one name. @param {string} name @param {Template[]} chips */
export const chips = (name, chips_) => html`<div class="row" role="group" aria-label=${name}>${chips_}</div>`;

/**
 * Two or three views of one thing, side by side.
 * @param {{name: string, value: string, options: {value: string, label: string}[], onChoose: (value: string) => void}} o
 */
export function toggle(o) {
  return html`<div class="toggle" role="group" aria-label=${o.name}>
    ${o.options.map(
      (one) =>
        html`<button type="button" aria-pressed=${String(one.value === o.value)} @click=${() => o.onChoose(one.value)}>
          ${one.label}
        </button>`,
    )}
  </div>`;
}
