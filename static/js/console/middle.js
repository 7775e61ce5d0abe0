/** What the keys do with what stands in the middle of the console. */

import { workshopOf } from '../lib/reading.js';
import { stepInView } from './desk.js';
import { faceOf } from './faces.js';
import { show } from './moves.js';

/** Space shows what waits to be shown, and does nothing else: it opens and closes no vote. */
export function pressSpace(desk) {
  const workshop = workshopOf(desk.room);
  const act = workshop?.state === 'open' && faceOf(desk, workshop, stepInView(desk)).act;
  if (act?.space) act.run();
}

/** Put what is in the middle of the console on the board. */
export function putOnBoard(desk) {
  const face = faceOf(desk, workshopOf(desk.room), stepInView(desk));
  show(desk, face.record ?? 'step');
}
