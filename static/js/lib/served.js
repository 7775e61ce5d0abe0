/** Which agreements serve a goal, and what they ask of it. */

import { inOrder } from './reading.js';

/** The agreements that serve a goal and were not left behind. */
const agreementsFor = (room, goal) =>
  inOrder(room.records.all('agreement')).filter(
    (one) => one.state !== 'dropped' && (one.goals ?? []).includes(goal.id),
  );

/** An agreed agreement that serves this goal: its words stay until that is opened for changes. */
export const agreedWith = (room, text) =>
  text.kind === 'goal' ? agreementsFor(room, text).find((one) => one.state === 'agreed') : undefined;

/** An agreement that serves this goal and is being decided on: a change of the goal ends that vote. */
export const decidedWith = (room, text) =>
  text.kind === 'goal' ? agreementsFor(room, text).find((one) => one.state === 'deciding') : undefined;
