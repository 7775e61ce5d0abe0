/** What came of a text, in the words of the mandate: only a room that decides has decided. */

import { t } from './catalogue.js';

const NOT_AGREED = 'mandate.state.not_agreed';

/** "Vedtaget", "Anbefales" …, or that the groups did not agree. @param {{outcome: string}} result of a vote on a text */
export const outcomeWord = (workshop, result) =>
  t(result.outcome === 'ratified' ? `mandate.result.${workshop.decision_level}` : NOT_AGREED);

/** Where a goal or an agreement stands: the same word on every screen. @param {{state: string}} record */
export const stateWord = (workshop, record) =>
  t(record.state === 'agreed' ? `mandate.result.${workshop.decision_level}` : `mandate.state.${record.state}`);
