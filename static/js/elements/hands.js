/** A show of hands: what was counted for each answer, as numbers and never as shares of anything. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';

/** @typedef {{question: string, rows: {label: string, count: number}[], on: string | null, on_edition: number | null, recorded_at: string}} Hands */

/** The answers in the order they were asked. @param {Hands} hands @param {string} [sort] more classes */
export const handsRows = (hands, sort = '') =>
  html`<ul class="hands-list ${sort}">
    ${hands.rows.map((row) => html`<li><span class="words" dir="auto">${row.label}</span><b>${t('hands.hands', { n: row.count })}</b></li>`)}
  </ul>`;

/** What it was about and when: `nameOf(record)` is what the surface calls a record. @param {Hands} hands */
export function handsAbout(hands, nameOf, room) {
  const record = hands.on && room.records.get(hands.on);
  const at = t('hands.at', { at: timeWithDay(hands.recorded_at) });
  if (!record) return at;
  const name = nameOf(record);
  return `${hands.on_edition ? t('hands.about.version', { name, n: hands.on_edition }) : t('hands.about', { name })} · ${at}`;
}
