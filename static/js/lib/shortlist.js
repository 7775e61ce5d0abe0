/**
 * The shortlist explains itself, in the same words on phone, board and console (docs/rules.md section 5): who paid what, ties and
 * how they were broken, what other weights would have given, which idea would come next. Only what was published is here.
 */

import { t } from './catalogue.js';
import { list, percent } from './format.js';
import { groupsOf, wordsOf, workshopOf } from './reading.js';

const HALF = 1 / 2;

const quoted = (room, ids) => list(ids.map((id) => t('shortlist.quoted', { words: wordsOf(room.records.get(id)) })));
const asNumber = (share) => (typeof share === 'string' ? share.split('/').map(Number).reduce((a, b) => a / b) : null);

/** "Delt af 9, der betalte 1/10 hver, og 3, der betalte 1/30 hver"; nothing where it is withheld, or all paid the same. */
export function paidWords({ payments }) {
  if (!payments || payments.length < 2) return '';
  return list(payments.map(({ people, amount }) => t('shortlist.paid', { n: people, amount })));
}

/** So many ideas are named in a sentence about a tie; of more their number says it. */
const NAMED_IN_A_TIE = 2;

/** With which ideas it tied, and what broke the tie; an empty text without one. */
export function tieWords(room, step) {
  const others = (step.tied ?? []).filter((id) => id !== step.option);
  if (!others.length) return '';
  const how = t(`shortlist.broken.${step.broken_by ?? 'rule'}`);
  const tie = others.length > NAMED_IN_A_TIE ? t('shortlist.tie.many', { n: others.length }) : t('shortlist.tie', { words: quoted(room, others) });
  return `${tie} ${how}`;
}

/** What the other weights would have given: `{differs, words}`. */
export function otherWords(room, shortlist) {
  const other = shortlist.other_weights;
  const instead = other.winners.filter((id) => !shortlist.winners.includes(id));
  const differs = instead.length > 0 || other.differs;
  return { differs, words: differs && instead.length ? t(`shortlist.other.${other.weights}`, { words: quoted(room, instead) }) : t(`shortlist.same.${other.weights}`) };
}

/** Which idea would be the next, were there one goal more; an empty text where there is none. */
export const oneMoreWords = (room, { one_more: next }) => (next ? t('shortlist.one_more', { words: quoted(room, [next]) }) : '');

/** The seed of the lot, which was shown from the start. */
export const seedWords = (room) => t('shortlist.seed', { seed: workshopOf(room).lot_seed });

/**
 * How the list lies for the groups: `[{key, groups, coverage, low, influence, heads}]`, shares from 0 to 1 or null where they are
 * withheld; `low` where fewer than half of a group's voters got any idea they voted for.
 */
export function groupRows(room, { coverage = {}, influence = {}, heads = {} }) {
  return Object.keys(coverage).map((key) => {
    const covered = asNumber(coverage[key]);
    return { key, groups: groupsOf(room, key), coverage: covered, low: covered !== null && covered < HALF, influence: asNumber(influence[key]), heads: asNumber(heads[key]) };
  });
}

/** A share as words; what is withheld says so. */
export const shareWords = (share) => (share === null ? t('shortlist.withheld') : percent(share));

/** "80 % fik mindst én valgt idé · 30 % af indflydelsen · 25 % af rummet", as far as it is published. */
export function groupWords(row, names = ['coverage', 'influence', 'heads']) {
  const said = names.filter((name) => row[name] !== null).map((name) => t(`shortlist.part.${name}`, { share: percent(row[name]) }));
  const nothing = row.coverage === null && row.influence === null ? [t('shortlist.withheld')] : [];
  return [...nothing, ...said].join(' · ');
}
