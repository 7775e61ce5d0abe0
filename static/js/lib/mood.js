/** The interim mood of a ballot in words, the same on phone, board and console: bands, never numbers (docs/rules.md section 7). */

import { BANDS } from './amounts.js';
import { t } from './catalogue.js';
import { list } from './format.js';

/** What is told of the room or of a group. @param {null | {band: string} | {agree, pass, disagree}} figure */
export function moodWords(figure) {
  if (!figure) return t('mood.withheld');
  if (figure.band) return t(`mood.band.${BANDS[figure.band]}`);
  const few = ['agree', 'disagree'].filter((side) => figure[side]?.at_most);
  return list(few.map((side) => t(`mood.few.${side}`, { n: figure[side].at_most })));
}

/** The pictures that are shown, in the ballot's order: `[{id, answers, total, by_group}]`. */
export const moods = (ballot) => ballot.interim?.result.options ?? [];
