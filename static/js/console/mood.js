/** The interim mood on the console, as everybody sees it. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel } from '../elements/basics.js';
import { t } from '../lib/catalogue.js';
import { moodWords, moods } from '../lib/mood.js';
import { groupsOf, wordsOf } from '../lib/reading.js';

/** What is shown of the mood of an open ballot; that nothing is shown yet, or nothing at all. */
export function moodPart({ room }, ballot) {
  if (!ballot.settings.interim) return nothing;
  if (!ballot.interim) return html`<p class="soft">${t('console.mood.none')}</p>`;
  const groups = ballot.pools.map((keys) => keys.join('+'));
  return html`<section class="stack gap-2" aria-label=${t('console.ballot.mood')}><h3>${t('mood.after', { n: ballot.interim.ballots })}</h3><p class="soft">${t('mood.how')} ${t('console.mood.board')}</p>
    <div class="scroll"><table class="results"><caption class="vh">${t('console.ballot.mood')}</caption><thead><tr><th scope="col">${t('console.result.option')}</th><th scope="col">${t('console.result.total')}</th>${groups.map((key) => html`<th scope="col">${groupLabel(groupsOf(room, key))}</th>`)}</tr></thead>
    <tbody>${moods(ballot).map((one) => html`<tr><th scope="row"><span class="words" dir="auto">${wordsOf(room.records.get(one.id))}</span> <span class="soft">${t('mood.answers', { n: one.answers })}</span></th><td>${moodWords(one.total)}</td>${groups.map((key) => html`<td>${moodWords(one.by_group[key])}</td>`)}</tr>`)}</tbody></table></div></section>`;
}
