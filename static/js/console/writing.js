/** The text that is written with the room stands on the board while it is open here, until somebody takes it off. */

import { button } from '../elements/buttons.js';
import { t } from '../lib/catalogue.js';
import { currentStep, workshopOf } from '../lib/reading.js';
import { leads } from './chair.js';
import { changeBoard, show, shown } from './moves.js';

/** Open a text in the editor, whatever step is in view; in the step where it is written the board shows it too. */
export function openText(desk, id) {
  desk.ui.text = id;
  if (writes(desk, id) && ownsBoard(desk)) changeBoard(desk, { shows: id });
  desk.draw();
}

/** Leave the editor: a board that shows the text follows the step again. */
export function leaveText(desk) {
  if (writes(desk, desk.ui.text) && shown(desk) === desk.ui.text) changeBoard(desk, { shows: 'step' });
  desk.ui.text = null;
  desk.draw();
}

/** Whether the room is writing this kind of text now, and this device leads it. */
function writes(desk, id) {
  const workshop = workshopOf(desk.room);
  if (!id || workshop?.state !== 'open' || !leads(desk, workshop)) return false;
  return currentStep(desk.room)?.step_kind === `${id.split(':')[0]}s`;
}

/** Whether the board follows what is written: somebody who has chosen another screen keeps it. */
function ownsBoard(desk) {
  const now = shown(desk);
  return now === 'step' || ['goal', 'agreement'].includes(desk.room.records.get(now)?.kind);
}

/** In the editor's head: whether the text is on the board, and the way off or on. */
export function onBoard(desk, text) {
  const on = shown(desk) === text.id;
  return button({
    label: t(on ? 'console.off_board' : 'console.put'),
    icon: 'board',
    small: true,
    onClick: () => show(desk, on ? 'step' : text.id, t(on ? 'console.said.follows' : 'console.said.on_board')),
  });
}
