/** Who leads the room. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';

export function chairLine(desk) {
  const name = desk.room.me?.name;
  return html`<span class="chair">${name ? html`<b dir="auto">${name}</b>` : html`<b>${t('console.chair.you')}</b>`}</span>`;
}

/** The menu's part about the chair. */
export const chairPart = () => nothing;
