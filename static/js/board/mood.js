/** The interim mood on the board, on pages behind the turnout: the presenter turns to them. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { groupLabel, icon } from '../elements/basics.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { moodWords, moods } from '../lib/mood.js';
import { groupsOf, wordsOf } from '../lib/reading.js';
import { chunks, pageOf } from './paging.js';

const STATEMENTS_A_PAGE = 4;

/**
 * The page wanted of a ballot that shows its mood underway: `{first, main?}`. The first page is the ballot's own, with the
 * line of pages in `first`; the others are in `main`.
 */
export function moodPages({ room, page }, ballot) {
  const shown = moods(ballot);
  const behind = chunks(shown, STATEMENTS_A_PAGE);
  const found = pageOf([null, ...behind], 1, page);
  const part = found.items[0];
  if (!part) return { first: pages(found) };
  return {
    first: pages(found),
    main: html`<h1 class="focus">${t('mood.after', { n: ballot.interim.ballots })}</h1><ul class="chosen-list">${part.map((one) => row(room, one))}</ul><p class="note">${t('mood.how')}</p>${pages(found)}`,
  };
}

/** One statement and what is told of it; unnumbered, for this is no ranking. */
function row(room, { id, answers, total, by_group: groups }) {
  const told = Object.entries(groups).filter(([, figure]) => figure);
  return html`<li><span class="n">${icon('talk')}</span><div><p class="words" dir="auto">${wordsOf(room.records.get(id))}</p><p class="why"><span>${t('mood.answers', { n: answers })}: ${moodWords(total)}</span>${
    told.map(([key, figure]) => html`<span>${groupLabel(groupsOf(room, key), { after: moodWords(figure) })}</span>`)}</p></div></li>`;
}
