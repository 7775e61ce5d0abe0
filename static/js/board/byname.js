/** Open votes on the board: the names beside their group where there is room for them, otherwise on pages of their own. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel } from '../elements/groups.js';
import { choicesByName, stanceLines } from '../elements/byname.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { groupsOf, rankedOptions, wordsOf } from '../lib/reading.js';

/** So many letters of names still stand legibly under the rows of so many groups, and on a page of names. */
const LETTERS_BESIDE = 260;
const ROWS_BESIDE = 3;
const LETTERS_A_PAGE = 560;
/** Lines of options with their names on one page, and letters on a line of the words and of the names. */
const LINES_A_PAGE = 13;
const WORDS_A_LINE = 65;
const NAMES_A_LINE = 60;

/** What a name takes, with the comma after it. */
const lettersOf = (people) =>
  people.reduce((sum, one) => sum + (one.name ?? t('element.by_name.unnamed')).length + 2, 0);

/** The words that were written with a stance are read on phones and in the record. */
const withoutWords = ({ name, stance }) => ({ name, stance });

const votersOf = (result, key) => (result.by_name ?? []).filter((one) => one.group === key).map(withoutWords);

const beside = ({ groups, by_name: all = [] }) => groups.length <= ROWS_BESIDE && lettersOf(all) <= LETTERS_BESIDE;

/** The names under the rows of a decision, by effective group key; none where they do not fit. */
export function namesBeside(result) {
  if (!beside(result)) return {};
  const open = result.groups.map(({ keys }) => keys.join('+')).filter((key) => votersOf(result, key).length);
  return Object.fromEntries(open.map((key) => [key, stanceLines(votersOf(result, key))]));
}

const STANCES = ['for', 'reservation', 'against', 'blank'];
const byStance = (people) => [...people].sort((a, b) => STANCES.indexOf(a.stance) - STANCES.indexOf(b.stance));

/** Pages of the names of a decision: `[{group, people}]`; none where they stand beside the rows. */
export function stancePages(result) {
  if (beside(result)) return [];
  const found = [];
  for (const {
    keys: [group],
  } of result.groups) {
    let people = [];
    for (const one of byStance(votersOf(result, group))) {
      if (people.length && lettersOf([...people, one]) > LETTERS_A_PAGE) people = [];
      if (!people.length) found.push({ group, people });
      people.push(one);
    }
  }
  return found;
}

/** A page of names. */
export const stancePage = (room, { group, people }, found) =>
  html`<h1 class="focus">${t('board.open.names')}</h1>
    <p class="lead">${groupLabel(groupsOf(room, group), { strong: true })}</p>
    <div class="names">${stanceLines(people)}</div>
    ${pages(found)}`;

/** Pages of a ballot's options with the names of those who chose them openly: `[{options}]`. */
export function optionPages(room, result) {
  const found = [];
  let lines = LINES_A_PAGE;
  for (const option of rankedOptions(result)) {
    const people = (result.by_name ?? []).filter((one) => one.choices[option.id]);
    if (!people.length) continue;
    const needed =
      1 + Math.ceil(wordsOf(room.records.get(option.id)).length / WORDS_A_LINE) + linesOf(people, option.id);
    if (lines + needed > LINES_A_PAGE) {
      found.push({ options: [] });
      lines = 0;
    }
    found.at(-1).options.push(option);
    lines += needed;
  }
  return found;
}

/** Each group and each answer begins a line. */
function linesOf(people, option) {
  const rows = new Map();
  for (const one of people) {
    const row = `${one.group} ${Number.isInteger(one.choices[option]) ? '' : one.choices[option]}`;
    rows.set(row, [...(rows.get(row) ?? []), one]);
  }
  return [...rows.values()].reduce((sum, own) => sum + Math.ceil(lettersOf(own) / NAMES_A_LINE), 0);
}

/** A page of options with names. */
export function optionPage(room, result, { options }, found) {
  const groups = [...new Set(result.by_name.map((one) => one.group))];
  const names = (option, key) =>
    result.by_name.some((one) => one.group === key && one.choices[option.id])
      ? html`<div class="spread">${groupLabel(groupsOf(room, key))}${choicesByName(result, option.id, key)}</div>`
      : nothing;
  return html`<h1 class="focus">${t('board.open.names')}</h1>
    <ul class="option-names">
      ${options.map(
        (option) =>
          html`<li>
            <p class="words" dir="auto">${wordsOf(room.records.get(option.id))}</p>
            ${groups.map((key) => names(option, key))}
          </li>`,
      )}
    </ul>
    ${pages(found)}`;
}
