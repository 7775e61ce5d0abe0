/** The interim mood on the board, on pages behind the turnout: the presenter turns to them. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { groupLabel } from '../elements/basics.js';
import { pages, shortlist } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { moodWords, moods } from '../lib/mood.js';
import { groupsOf, wordsOf } from '../lib/reading.js';
import { pageOf } from './paging.js';

const STATEMENTS_A_PAGE = 4;

/**
 * The page wanted of a ballot that shows its mood underway: `{first, main?}`. The first page is the ballot's own, with the
 * line of pages in `first`; the others are in `main`.
 */
export function moodPages({ room, page }, ballot) {
  const shown = moods(ballot);
  const behind = Array.from({ length: Math.ceil(shown.length / STATEMENTS_A_PAGE) }, (_, i) => shown.slice(i * STATEMENTS_A_PAGE, (i + 1) * STATEMENTS_A_PAGE));
  const found = pageOf([null, ...behind], 1, page);
  const part = found.items[0];
  if (!part) return { first: pages(found) };
  return {
    first: pages(found),
    main: html`<h1 class="focus">${t('mood.after', { n: ballot.interim.ballots })}</h1>${shortlist(part.map((one) => ({ text: wordsOf(room.records.get(one.id)), why: whyOf(room, one) })))}<p class="note">${t('mood.how')}</p>${pages(found)}`,
  };
}

function whyOf(room, { answers, total, by_group: groups }) {
  const told = Object.entries(groups).filter(([, figure]) => figure);
  return html`${t('mood.answers', { n: answers })}: ${moodWords(total)}${told.map(([key, figure]) => html` · ${groupLabel(groupsOf(room, key), { after: moodWords(figure) })}`)}`;
}
