/** What came of a vote, as bars with their words. A count never stands without its denominator. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { stancesInWords } from '../lib/stances.js';
import { groupLabel } from './groups.js';
import { icon } from './icons.js';
import { meter, per } from './turnout.js';

/** @typedef {import('./groups.js').Group} Group */

/**
 * Yes and no of one group, or of the room, as words and as the share of a bar. Without counts a group has its status alone, and
 * of the room it is said that fewer than `from` have voted (docs/rules.md section 7).
 * @param {{counts?: {for: number, reservation: number, against: number} | null, from?: number}} shown
 * @returns {{words: string, bar: {exact?: number}}}
 */
export function asShare({ counts = null, from }) {
  if (!counts) return { words: from === undefined ? '' : t('amount.withheld', { n: from }), bar: {} };
  const [yes, no] = [counts.for + counts.reservation, counts.against];
  return { words: stancesInWords(counts), bar: yes + no ? { exact: yes / (yes + no) } : {} };
}

/** How many chose an idea: a bar, where the counts are published, and the words. */
export const counted = ({ exact, words }) =>
  html`<p class="count">${exact === undefined ? nothing : meter({ exact })}<span>${words}</span></p>`;

const SIDES = { carried: 'check', not_carried: 'cross' };

/**
 * The bar of a group in a decision, with the line of its own requirement. Where its counts are not shown, a tick or a cross
 * stands on its side of the line and says no more than the status.
 * @param {{bar: {exact?: number}, status: string, required: {at: number}}} o
 */
export function decisionBar({ bar, status, required: { at } }) {
  if (bar.exact !== undefined) return meter({ ...bar, threshold: at });
  const [left, width] = status === 'carried' ? [at, 1 - at] : [0, at];
  return html`<span class="bar none" aria-hidden="true"
    >${SIDES[status] ? html`<i class="on-side ${status}" style="left:${per(left)};width:${per(width)}">${icon(SIDES[status])}</i>` : nothing}<s
      style="left:${per(at)}"
    ></s
  ></span>`;
}

/**
 * A group (or a pool) with its bar and its words.
 * @param {{group: Group | Group[] | null, label?: unknown, words: unknown, bar?: {exact?: number}, threshold?: number, drawn?: unknown, status?: unknown}} o
 *   `drawn`: a bar of its own kind
 */
export function groupBar({
  group,
  label,
  words,
  bar = {},
  threshold,
  drawn = meter({ ...bar, threshold }),
  status = nothing,
}) {
  return html`<div class="group-bar">
    <p class="spread">${group ? groupLabel(group) : html`<span>${label}</span>`}<b>${words}</b></p>
    ${drawn}${status}
  </div>`;
}
