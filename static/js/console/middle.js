/** What the keys do with what stands in the middle of the console. */

import { workshopOf } from '../lib/reading.js';
import { stepInView } from './desk.js';
import { faceOf } from './faces.js';
import { show } from './moves.js';

/** What Space would do in the step in view: `{label, run}` or null. */
export function spaceOf(desk) {
  const workshop = workshopOf(desk.room);
  return workshop ? (faceOf(desk, workshop, stepInView(desk)).space ?? null) : null;
}

export const pressSpace = (desk) => spaceOf(desk)?.run();

/** Put what is in the middle of the console on the board. */
export function putOnBoard(desk) {
  const face = faceOf(desk, workshopOf(desk.room), stepInView(desk));
  show(desk, face.record ?? 'step');
}
