/** What a decision asks of a group and of the room, from the rule it was opened with; and what they answered, in words. */

import { has, t } from './catalogue.js';
import { shareOf } from './format.js';
import { groupsOf } from './reading.js';

/**
 * The requirement of an effective group, or of the room where `keys` is null.
 * @param {Record<string, any>} settings of the decision: shares as "a/b"
 * @param {string[] | null} keys the declared groups in it
 * @returns {{at: number, share: string, own: boolean, words: string}} `at`: where its line is drawn, between 0 and 1; `own`: not the
 *   majority of every other group
 */
export function requirementOf(settings, keys) {
  if (!keys) return stated(settings.overall_majority, true, 'element.requires');
  const binding = keys.some((key) => settings.binding_groups?.includes(key));
  const own = binding && shareOf(settings.binding_majority) > shareOf(settings.group_majority);
  if (!own) return stated(settings.group_majority, false, 'element.requires.over');
  return stated(settings.binding_majority, true, `element.requires.${keys.length > 1 ? 'party_among' : 'party'}`);
}

const stated = (share, own, key) => ({ at: shareOf(share), share, own, words: t(key, { share: shareWords(share) }) });

/** A share in words: "halvdelen", "to tredjedele"; one without words as "3/5". @param {string} share */
export function shareWords(share) {
  const key = `element.share.${share.replace('/', '_over_')}`;
  return has(key) ? t(key) : share;
}

/**
 * What the rule of an open decision asks, in words true of it: `{asked, more}`, what comes of the text only if enough are for, as
 * strong as the room's mandate; and how it is counted.
 * @param {string} level the workshop's decision level @param {Record<string, any>} settings of the decision
 */
export function ruleWords(level, settings) {
  const { group_majority: group, binding_majority: party, overall_majority: room } = settings;
  const binding = settings.binding_groups?.length && shareOf(party) > shareOf(group);
  return {
    asked: t(`mandate.only_if.${level}`, { group: shareWords(group), room: shareWords(room) }),
    more: `${binding ? `${t('element.requires.parties', { share: shareWords(party) })} ` : ''}${t('element.requires.blank')}`,
  };
}

/** A group's status in words: where more than the common majority is asked for, they say which. @param {{own: boolean, share: string}} [required] */
export const statusWords = (status, required) =>
  required?.own && ['carried', 'not_carried'].includes(status)
    ? t(`element.status.${status}.share`, { share: required.share })
    : t(`element.status.${status}`);

/**
 * The rows of a decision's result for `decisionRows` and `decisionTable`, each with what its rule requires (`requirementOf`).
 * `of(part, whole)` writes the turnout, for groups whose counts are published.
 */
export function decisionRowsOf(room, { result, settings }, of = (part, whole) => `${part}/${whole}`) {
  return result.groups.map((group) => ({
    groups: groupsOf(room, group.keys),
    status: group.status,
    counts: group.counts,
    required: requirementOf(settings, group.keys),
    turnout: group.counts ? of(group.counts.cast, group.counts.eligible) : undefined,
  }));
}

/** The room's own row. */
export const roomRowOf = ({ result, settings }) => ({
  ...result.overall,
  from: result.counts_from,
  required: requirementOf(settings, null),
});
