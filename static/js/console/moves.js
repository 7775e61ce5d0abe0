/** What the keys and the buttons of the foot do: going on and back, the board, the lock. What they do with the middle: middle.js. */

import { confirm } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { currentStep, workshopOf } from '../lib/reading.js';
import { people, nextStep, previousStep, secondsLeft } from './desk.js';

/** A second press within this time, ms, goes on although it is early. */
const ASKED_FOR = 6000;

/** Why going on now would be early, in words; null where it is not. */
export function early(desk) {
  const { room } = desk;
  const open = room.records.all('ballot').find((ballot) => ballot.state === 'open');
  if (open) return t('console.early.ballot', { n: open.turnout.eligible - open.turnout.voted });
  if (room.records.all('decision').some((decision) => decision.state === 'open')) return t('console.early.decision');
  const step = currentStep(room);
  const left = step ? secondsLeft(room, step.ends_at) : null;
  const { joined } = people(room);
  if (left && (step.ready ?? 0) < joined) return t('console.early.time', { n: Math.ceil(left / 60), ready: step.ready ?? 0, whole: joined });
  return null;
}

/** Whether "next" was pressed once and waits for the second press. */
export function asking({ room, ui }) {
  return ui.asked !== null && performance.now() - ui.asked.at < ASKED_FOR && ui.asked.step === currentStep(room)?.id;
}

/** Start the next step; when that is early, only on the second press. A press while one is on its way is the same press. */
export function goNext(desk) {
  if (desk.ui.going) return;
  const next = nextStep(desk.room);
  const words = early(desk);
  if (words && !asking(desk)) {
    desk.ui.asked = { at: performance.now(), step: currentStep(desk.room)?.id };
    desk.announce(`${words} ${t('console.early.again')}`, { urgent: true });
    desk.draw();
    return;
  }
  desk.ui.asked = null;
  if (next) startStep(desk, next);
  else finishStep(desk);
}

/** Finish the running step without starting another. */
export function finishStep(desk) {
  const step = currentStep(desk.room);
  if (step) desk.act('finish_step', { step: step.id }, t('console.said.finished', { title: step.title }));
}

/** Start a step, and look at what runs. */
export async function startStep(desk, step) {
  if (desk.ui.going) return;
  desk.ui.going = true;
  desk.ui.looking = null;
  desk.ui.text = null;
  const answer = await desk.act('start_step', { step: step.id }, t('console.said.started', { title: step.title }));
  // Until the record is here the same press would start it twice.
  if (answer.ok) await arrived(desk, answer.seq);
  desk.ui.going = false;
}

const ARRIVES_WITHIN = 3000;

/** Wait until the room is as far as this number, or give up waiting. */
function arrived({ room }, seq) {
  return new Promise((resolve) => {
    const done = () => { stop(); clearTimeout(timer); resolve(); };
    const stop = room.subscribe(() => room.records.version >= seq && done());
    const timer = setTimeout(done, ARRIVES_WITHIN);
    if (room.records.version >= seq) done();
  });
}

export function goBack(desk) {
  const step = previousStep(desk.room);
  if (step) startStep(desk, step);
}

/** What the board shows now. */
export const shown = (desk) => desk.room.records.one('board')?.shows ?? 'lobby';

/** Put something on the board. */
export function show(desk, shows, said = t('console.said.on_board')) {
  return desk.act('show_on_board', { shows }, said);
}

/** Put a screen on the board, or take it off again: then the board follows the step. */
export function toggleBoard(desk, screen) {
  const off = shown(desk) === screen;
  show(desk, off ? 'step' : screen, t(off ? 'console.said.follows' : `console.said.${screen}`));
}

export function lock(desk) {
  const locked = !workshopOf(desk.room)?.locked;
  desk.act('lock_room', { locked }, t(locked ? 'console.said.locked' : 'console.said.unlocked'));
}

export function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

/** Close a vote after asking: a closed vote cannot be opened again. */
export async function closeVote(desk, record) {
  const name = record.kind;
  const left = record.turnout.eligible - record.turnout.voted;
  const yes = await confirm({ title: t(`console.close.${name}`), text: t('console.close.missing', { n: left }), yes: t(`console.close.${name}.yes`) });
  if (yes) await desk.act(`close_${name}`, { [name]: record.id }, t(`console.said.closed_${name}`));
}
