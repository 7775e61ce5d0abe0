/** How the members of a group that votes openly have voted: names beside what they chose, as the result published them. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';

const STANCES = ['for', 'reservation', 'against', 'blank'];
const POSITIONS = ['agree', 'pass', 'disagree'];

const nameOf = (one) => one.name ?? t('element.by_name.unnamed');

/** A name as people write it: in its own direction. */
const person = (one) => html`<span dir="auto">${nameOf(one)}</span>`;

const inRow = (people, after = () => nothing) =>
  people.map((one, i) => html`${i ? ', ' : ''}${person(one)}${after(one)}`);

/** Those of the people at a side, each side that has any on a line. */
const sides = (people, order, sideOf, words) =>
  order
    .map((side) => ({ side, own: people.filter((one) => sideOf(one) === side) }))
    .filter(({ own }) => own.length)
    .map(({ side, own }) => html`<li><b>${words(side)}:</b> ${inRow(own, reasonOf)}</li>`);

const reasonOf = (one) => (one.reason ? html` <span class="words" dir="auto">”${one.reason}”</span>` : nothing);

/** The open votes of one group of a decision, by stance, with the words that were written. @param {object} result @param {string} key of the group */
export function stancesByName(result, key) {
  return stanceLines((result.by_name ?? []).filter((one) => one.group === key));
}

/** The same of some people. @param {{name: string | null, stance: string, reason?: string}[]} people */
export function stanceLines(people) {
  if (!people.length) return nothing;
  return html`<ul class="by-name">
    ${sides(
      people,
      STANCES,
      (one) => one.stance,
      (side) => t(`element.stance.${side}`),
    )}
  </ul>`;
}

/** The open votes of one group on one option: who chose it, with how many dots; of a statement, who answered what. */
export function choicesByName(result, option, key) {
  const own = (result.by_name ?? []).filter((one) => one.group === key && one.choices[option]);
  if (!own.length) return nothing;
  const positions = own.filter((one) => POSITIONS.includes(one.choices[option]));
  if (positions.length)
    return html`<ul class="by-name">
      ${sides(
        positions,
        POSITIONS,
        (one) => one.choices[option],
        (side) => t(`element.positions.${side}`),
      )}
    </ul>`;
  return html`<p class="by-name">
    ${inRow(own, (one) => (one.choices[option] > 1 ? ` (${one.choices[option]})` : nothing))}
  </p>`;
}
