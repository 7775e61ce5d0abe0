/** What was published of a vote, in the same words on phone, board and console (docs/rules.md section 7): counts, or that there are none. */

import { t } from './catalogue.js';
import { percent } from './format.js';

/** A published number: a count, or the answers to a statement. @param {number | {agree: number, pass: number, disagree: number}} value */
export const amount = (value) => (typeof value === 'number' ? String(value) : t('amount.positions', value));

/** The room's own count in the words of `key`; that there is none where fewer than `from` have voted. */
export const totalWords = (total, from, key = 'amount.total') =>
  total === null || total === undefined ? t('amount.withheld', { n: from }) : t(key, { count: amount(total) });

/** From when on counts per group are shown, where they are not; '' where they are, and where one group is the whole room. */
export function perGroupWords({ pools, result }) {
  const told = result.groups
    ? result.groups.every((group) => group.counts)
    : result.options.every((option) => Object.keys(option.by_group).length >= pools.length);
  return told || pools.length < 2 ? '' : t('amount.per_group', { n: result.counts_from });
}

/** How much ground the groups share on a statement; '' where it may not be told. */
export const groundWords = (value) => (value === null ? '' : t('amount.ground', { share: percent(value) }));
