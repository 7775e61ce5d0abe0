/** What was published of a vote, in the same words on phone, board and console (docs/rules.md section 7): counts, or that there are none. */

import { t } from './catalogue.js';
import { percent } from './format.js';

/** A published number: a count, or the answers to a statement. @param {number | {agree: number, pass: number, disagree: number}} value */
export const amount = (value) => (typeof value === 'number' ? String(value) : t('amount.positions', value));

/** The room's own count in the words of `key`; that there is none where fewer than `from` have voted. */
export const totalWords = (total, from, key = 'amount.total') =>
  total === null || total === undefined ? t('amount.withheld', { n: from }) : t(key, { count: amount(total) });

/** Whether nobody voted in a published ballot that lists its options: then there is one thing to say, and nothing to count. */
export const nobodyVoted = ({ result }) => !result.shortlist && result.turnout.voted === 0;

/**
 * From when on counts per group are shown, where they are not; '' where they are, and where one group is the whole room.
 * @param {object} vote @param {string[]} [ids] the options that are shown, where not all are
 */
export function perGroupWords({ pools, result }, ids) {
  const told = result.groups
    ? result.groups.map((group) => (group.counts ? 1 : 0))
    : result.options
        .filter((option) => !ids || ids.includes(option.id))
        .map((option) => Object.keys(option.by_group).length / pools.length);
  if (pools.length < 2 || told.every((share) => share >= 1)) return '';
  return t(told.some((share) => share > 0) ? 'amount.per_group.some' : 'amount.per_group', { n: result.counts_from });
}

/** How much ground the groups share on a statement; '' where it may not be told. */
export const groundWords = (value) => (value === null ? '' : t('amount.ground', { share: percent(value) }));

/** How the percentages of the common ground are made, where one is shown. @param {{value: number | null}[]} ranked */
export const groundHow = (ranked) => (ranked.some((one) => one.value !== null) ? t('amount.ground.how') : '');

/** How many of those of a group who answered agree. @param {{agree: number, pass: number, disagree: number}} answers */
export const agreeWords = ({ agree, pass, disagree }) =>
  t('amount.agree', { part: agree, whole: agree + pass + disagree });
