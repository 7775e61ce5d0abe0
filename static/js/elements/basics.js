/**
 * The smallest pieces, on every surface: tags, notes, toasts, nothing-here-yet, the programme as a row of seats.
 * Every function answers a lit-html template; none keeps state. Handlers are arguments.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { icon, mark } from './icons.js';

/** @typedef {import('../../vendor/lit-html/lit-html.js').TemplateResult} Template */

const TAGS = { pos: 'check', neg: 'cross', warn: 'warn', wait: 'wait', info: 'hint' };

/** A state as icon + word. @param {'pos'|'neg'|'warn'|'wait'|'info'} sort @param {unknown} words @param {string} [iconName] */
export const tag = (sort, words, iconName) =>
  html`<span class="tag ${sort}">${icon(iconName ?? TAGS[sort])}<span>${words}</span></span>`;

/** One quiet line with an icon: who can see this, what happens next. @param {string} iconName @param {unknown} words */
export const note = (iconName, words) => html`<p class="who">${icon(iconName)}<span>${words}</span></p>`;

/** Marks sample text. */
export const sample = () => html`<span class="eks">${t('element.sample')}</span>`;

/**
 * One sentence about what was done, with undo. Put it in the toast's own strip (`.toasts`), where it covers nothing.
 * @param {{text: unknown, seconds?: number, onUndo?: () => void, onClose?: () => void}} o
 */
export function toast({ text, seconds, onUndo, onClose }) {
  return html`<div class="toast">
    <p role="status">${text}</p>
    ${
      onUndo
        ? html`<button type="button" @click=${onUndo}>
            ${icon('undo')}<span
              >${t('element.undo')}<span aria-hidden="true"
                >${seconds === undefined ? nothing : ` · ${seconds}`}</span
              ></span
            >
          </button>`
        : nothing
    }${onClose ? html`<button type="button" aria-label=${t('element.close')} @click=${onClose}>${icon('cross')}</button>` : nothing}
  </div>`;
}

/** Nothing here yet: what comes, and what makes it come. @param {{title: string, text?: unknown, action?: unknown}} o */
export function empty({ title, text = nothing, action = nothing }) {
  return html`<div class="empty">
    ${mark('big')}
    <p><b>${title}</b></p>
    ${text === nothing ? nothing : html`<p class="soft">${text}</p>`}${action}
  </div>`;
}

/** The programme as a row of seats: done, now, later. @param {{total: number, now: number}} o `now` counts from 1; 0 before the start */
export function dashes({ total, now }) {
  const seats = Array.from(
    { length: total },
    (_, i) => html`<i class=${i + 1 < now ? 'done' : i + 1 === now ? 'now' : ''}></i>`,
  );
  return html`<div class="seats" role="img" aria-label=${t('element.step_of', { step: now, total })}>${seats}</div>`;
}
