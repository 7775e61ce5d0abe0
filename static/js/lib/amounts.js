/** What was published of a vote, in the same words on phone, board and console (docs/rules.md section 7): never more than was disclosed. */

import { t } from './catalogue.js';
import { percent } from './format.js';

/** The four bands of a share, and the last part of the keys of their words. */
export const BANDS = { 'under 1/3': 'low', '1/3-1/2': 'below_half', '1/2-2/3': 'above_half', 'over 2/3': 'high' };
const SIDES = ['agree', 'pass', 'disagree'];

/**
 * A published number: a count, a band, "at most", the answers to a statement, or that it is withheld.
 * @param {null | undefined | number | {all_but: number} | {at_most: number} | {band: string} | {agree, pass, disagree}} value
 */
export function amount(value) {
  if (value === null || value === undefined) return t('amount.withheld');
  if (typeof value === 'number') return String(value);
  if (value.all_but !== undefined) return t('amount.all_but', { n: value.all_but });
  if (value.at_most !== undefined) return t('amount.at_most', { n: value.at_most });
  if (value.band !== undefined) return t(`amount.band.${BANDS[value.band]}`);
  return answers(value);
}

/** The answers to a statement; where some are held back only what is told of the others. */
function answers(value) {
  const told = SIDES.filter((side) => value[side] !== null && value[side] !== undefined);
  if (told.length === SIDES.length) return t('amount.positions', Object.fromEntries(SIDES.map((side) => [side, amount(value[side])])));
  return told.map((side) => t(`amount.${side}`, { n: amount(value[side]) })).join(', ') || t('amount.withheld');
}

/** How much ground the groups share on a statement: a share, or a band where groups are small; '' where it may not be told. */
export function groundWords(value) {
  if (value === null || value === undefined) return '';
  return t('amount.ground', { share: typeof value === 'object' ? amount(value) : percent(value) });
}
