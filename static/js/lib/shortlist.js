/**
 * The shortlist explains itself, in the same words on phone, board and console (docs/rules.md section 5): how many chose an
 * idea, why these ideas, ties and how they were broken, what the plain order or other weights would have given, which idea
 * would come next. Only what was published is here.
 */

import { totalWords } from './amounts.js';
import { t } from './catalogue.js';
import { list, percent, shareOf } from './format.js';
import { groupsOf, wordsOf, workshopOf } from './reading.js';

const HALF = 1 / 2;

const quoted = (room, ids) => list(ids.map((id) => t('shortlist.quoted', { words: wordsOf(room.records.get(id)) })));

/**
 * How many chose an idea, of how many voters: `{exact, words}`, the share from 0 to 1 and a sentence. Where the room's counts
 * are not published there is no share.
 */
export function countOf(ballot, id) {
  const { options, counts_from: from } = ballot.result;
  const total = options.find((one) => one.id === id)?.total;
  if (typeof total !== 'number') return { exact: undefined, words: totalWords(total, from) };
  const whole = ballot.method === 'approval' ? votersOf(ballot) : mostOf(options);
  return { exact: whole ? total / whole : 0, words: t(`shortlist.count.${ballot.method}`, { n: total, whole }) };
}

const votersOf = (ballot) => (ballot.result.turnout ?? ballot.turnout).voted;
const mostOf = (options) => Math.max(...options.map((one) => one.total ?? 0));

/** Why these ideas and not simply those with the most votes, in one sentence. */
export const whyWords = ({ settings: { weights } }) =>
  t(`shortlist.why.${typeof weights === 'string' ? weights : 'own'}`);

/** Which idea would have been in by the plain order of votes, and in whose place; '' where the list is the same or not published. */
export function plainWords(room, { method, result: { options, shortlist } }) {
  if (options.some((one) => typeof one.total !== 'number')) return '';
  const totals = new Map(options.map((one) => [one.id, one.total]));
  const places = shortlist.steps.map((step) => step.option);
  const lowest = places.reduce((a, b) => (totals.get(b) < totals.get(a) ? b : a), places[0]);
  const left = options.filter((one) => !places.includes(one.id));
  const instead = left.reduce((a, b) => (a && a.total >= b.total ? a : b), undefined);
  if (!lowest || !instead || instead.total <= totals.get(lowest)) return '';
  const place = places.indexOf(lowest) + 1;
  return t(`shortlist.plain.${method}`, { place, words: quoted(room, [instead.id]), n: instead.total });
}

/** The ties of the list, each with the number of its idea; an empty list without one. */
export const tiesOf = (room, { steps }) =>
  steps.map((step, i) => [i + 1, tieWords(room, step)]).filter(([, words]) => words);

/** So many ideas are named in a sentence about a tie; of more their number says it. */
const NAMED_IN_A_TIE = 2;

/** With which ideas it tied, and what broke the tie; an empty text without one. */
function tieWords(room, step) {
  const others = (step.tied ?? []).filter((id) => id !== step.option);
  if (!others.length) return '';
  const how = t(`shortlist.broken.${step.broken_by ?? 'rule'}`);
  const tie =
    others.length > NAMED_IN_A_TIE
      ? t('shortlist.tie.many', { n: others.length })
      : t('shortlist.tie', { words: quoted(room, others) });
  return `${tie} ${how}`;
}

/** What the other weights would have given: `{differs, words}`. */
export function otherWords(room, shortlist) {
  const other = shortlist.other_weights;
  const instead = other.winners.filter((id) => !shortlist.winners.includes(id));
  const differs = instead.length > 0 || other.differs;
  return {
    differs,
    words:
      differs && instead.length
        ? t(`shortlist.other.${other.weights}`, { words: quoted(room, instead) })
        : t(`shortlist.same.${other.weights}`),
  };
}

/** Which idea would be the next, were there one goal more; an empty text where there is none. */
export const oneMoreWords = (room, { one_more: next }) =>
  next ? t('shortlist.one_more', { words: quoted(room, [next]) }) : '';

/** The seed of the lot, which was shown from the start. */
export const seedWords = (room) => t('shortlist.seed', { seed: workshopOf(room).lot_seed });

/**
 * How the list lies for the groups: `[{key, groups, coverage, low, influence, heads}]`, shares from 0 to 1; empty where they are
 * not published. `low` where fewer than half of a group's voters got any idea they voted for.
 */
export function groupRows(room, { coverage, influence, heads }) {
  if (!coverage || !influence) return [];
  return Object.keys(coverage).map((key) => ({
    key,
    groups: groupsOf(room, key),
    coverage: shareOf(coverage[key]),
    low: shareOf(coverage[key]) < HALF,
    influence: shareOf(influence[key]),
    heads: shareOf(heads[key]),
  }));
}

/** Where shares are not published: which groups have no chosen idea, or that every group has one. */
export function uncoveredWords(room, { coverage, uncovered }) {
  if (coverage || !uncovered) return '';
  const nameOf = (group) => group.name[document.documentElement.lang] ?? group.name.da;
  const groups = list(uncovered.map((key) => groupsOf(room, key).map(nameOf).join(' + ')));
  return groups ? t('shortlist.uncovered', { groups }) : t('shortlist.covered');
}

/** "80 % fik mindst én valgt idé · 30 % af indflydelsen · 25 % af rummet". */
export const groupWords = (row, names = ['coverage', 'influence', 'heads']) =>
  names.map((name) => t(`shortlist.part.${name}`, { share: percent(row[name]) })).join(' · ');
