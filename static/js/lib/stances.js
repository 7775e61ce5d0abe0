/** What a group or the room has answered in a decision, in words. */

import { t } from './catalogue.js';

/** "8 for, 2 imod, 1 blank": what is none is left out, but never those for. */
export function stancesInWords({ for: yes, reservation = 0, against, blank = 0 }) {
  const rest = { against, blank };
  const named = Object.keys(rest).filter((name) => rest[name] > 0);
  return [
    t('element.stances.for', { n: yes + (reservation ?? 0) }),
    ...named.map((name) => t(`element.stances.${name}`, { n: rest[name] })),
  ].join(', ');
}
