/** The interim mood beside an answer that has been given: nobody sees it before the own. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel } from '../elements/basics.js';
import { t } from '../lib/catalogue.js';
import { moodWords, moods } from '../lib/mood.js';
import { groupsOf } from '../lib/reading.js';

/** What is shown of one statement, as a part of another screen. */
export function moodPart({ room }, ballot, id) {
  const found = moods(ballot).find((one) => one.id === id);
  if (!found) return { main: nothing };
  const groups = Object.entries(found.by_group).filter(([, figure]) => figure);
  return {
    main: html`<div class="mood"><p><b>${t('mood.after', { n: found.answers })}</b></p><p>${moodWords(found.total)}</p>${
      groups.length ? html`<ul class="per-group">${groups.map(([key, figure]) => html`<li>${groupLabel(groupsOf(room, key), { after: moodWords(figure) })}</li>`)}</ul>` : nothing}</div>`,
  };
}
