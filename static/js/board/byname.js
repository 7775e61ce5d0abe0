/** Open votes on the board: the names beside their group where there is room for them, otherwise on pages of their own. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel } from '../elements/basics.js';
import { choicesByName, stanceLines } from '../elements/byname.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { groupsOf, rankedOptions, wordsOf } from '../lib/reading.js';
import { chunks } from './paging.js';

/** So many names still stand legibly under the rows of so many groups. */
const NAMES_BESIDE = 10;
const ROWS_BESIDE = 3;
const NAMES_A_PAGE = 24;
/** Lines of options with their names on one page, and names on one line. */
const LINES_A_PAGE = 9;
const NAMES_A_LINE = 5;

/** The words that were written with a stance are read on phones and in the record. */
const withoutWords = ({ name, stance }) => ({ name, stance });

const votersOf = (result, key) => (result.by_name ?? []).filter((one) => one.group === key).map(withoutWords);

/** The names under the rows of a decision, by effective group key; none where they do not fit. */
export function namesBeside(result) {
  const all = result.by_name ?? [];
  if (all.length > NAMES_BESIDE || result.groups.length > ROWS_BESIDE) return {};
  return Object.fromEntries(result.groups.map(({ keys }) => [keys.join('+'), stanceLines(votersOf(result, keys.join('+')))]));
}

/** Pages of the names of a decision: `[{group, people}]`; none where they stand beside the rows. */
export function stancePages({ groups, by_name: all = [] }) {
  if (all.length <= NAMES_BESIDE && groups.length <= ROWS_BESIDE) return [];
  return groups.flatMap(({ keys: [key] }) => chunks(votersOf({ by_name: all }, key), NAMES_A_PAGE).map((people) => ({ group: key, people })));
}

/** A page of names. */
export const stancePage = (room, { group, people }, found) => html`<h1 class="focus">${t('board.open.names')}</h1><p class="lead">${groupLabel(groupsOf(room, group), { strong: true })}</p>
  <div class="names">${stanceLines(people)}</div>${pages(found)}`;

/** Pages of a ballot's options with the names of those who chose them openly: `[{options}]`. */
export function optionPages(result) {
  const named = rankedOptions(result).filter((option) => result.by_name?.some((one) => one.choices[option.id]));
  const found = [];
  let lines = LINES_A_PAGE;
  for (const option of named) {
    const people = result.by_name.filter((one) => one.choices[option.id]).length;
    const needed = 2 + Math.ceil(people / NAMES_A_LINE);
    if (lines + needed > LINES_A_PAGE) {
      found.push({ options: [] });
      lines = 0;
    }
    found.at(-1).options.push(option);
    lines += needed;
  }
  return found;
}

/** A page of options with names. */
export function optionPage(room, result, { options }, found) {
  const groups = [...new Set(result.by_name.map((one) => one.group))];
  const names = (option, key) => (result.by_name.some((one) => one.group === key && one.choices[option.id])
    ? html`<div class="spread">${groupLabel(groupsOf(room, key))}${choicesByName(result, option.id, key)}</div>` : nothing);
  return html`<h1 class="focus">${t('board.open.names')}</h1><ul class="option-names">${options.map((option) => html`<li><p class="words" dir="auto">${wordsOf(room.records.get(option.id))}</p>${
    groups.map((key) => names(option, key))}</li>`)}</ul>${pages(found)}`;
}
