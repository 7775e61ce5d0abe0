/** What the keys and the buttons of the foot do: going on and back, the board, the lock. What they do with the middle: middle.js. */

import { confirm } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { currentStep, nextStep, workshopOf } from '../lib/reading.js';
import { previousStep } from './desk.js';

/** A second press within this time, ms, goes on although it is early. */
const ASKED_FOR = 6000;

/** Why going on now would be early, in words: a vote is open, or closed and not shown. Null where it is not. */
export function early({ room }) {
  const ballots = room.records.all('ballot');
  const open = ballots.find((ballot) => ballot.state === 'open');
  if (open) return t('console.early.ballot', { n: left(open) });
  if (room.records.all('decision').some((decision) => decision.state === 'open')) return t('console.early.decision');
  return ballots.some((ballot) => ballot.state === 'closed') ? t('console.early.unpublished') : null;
}

/** How many may vote and have not. */
const left = ({ turnout }) => Math.max(0, turnout.eligible - turnout.voted);

/** Whether "next" was pressed once and waits for the second press. */
export function asking({ room, ui }) {
  return ui.asked !== null && performance.now() - ui.asked.at < ASKED_FOR && ui.asked.step === currentStep(room)?.id;
}

/** Whether a step was started that does not run yet: until it does, the same press would start it twice. */
const onItsWay = ({ room, ui }) => ui.going !== null && ui.going !== currentStep(room)?.id;

/** Start the next step; when that is early, only on the second press. A press while one is on its way is the same press. */
export function goNext(desk) {
  if (onItsWay(desk)) return;
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
  if (onItsWay(desk)) return;
  desk.ui.going = step.id;
  desk.ui.looking = null;
  desk.ui.text = null;
  const answer = await desk.act('start_step', { step: step.id }, t('console.said.started', { title: step.title }));
  if (answer.ok) await arrived(desk, answer.seq);
  if (desk.ui.going === step.id) desk.ui.going = null;
}

const ARRIVES_WITHIN = 3000;

/** Wait until the room is as far as this number, or give up waiting. */
function arrived({ room }, seq) {
  return new Promise((resolve) => {
    const done = () => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const stop = room.subscribe(() => room.records.version >= seq && done());
    const timer = setTimeout(done, ARRIVES_WITHIN);
    if (room.records.version >= seq) done();
  });
}

export function goBack(desk) {
  const step = previousStep(desk.room);
  if (step) startStep(desk, step);
}

const NEW_BOARD = { shows: 'lobby', page: 0, zoom: 100 };

/** The board as it was asked to be. Until its record is here, the next press counts from what was asked for. */
export const boardOf = (desk) => ({ ...NEW_BOARD, ...desk.room.records.one('board'), ...desk.ui.onBoard });

/** What the board shows now. */
export const shown = (desk) => boardOf(desk).shows;

/** Put something on the board, on its first page or the one named. */
export function show(desk, shows, said = t('console.said.on_board'), page = null) {
  const asked = { shows, ...(page === null ? {} : { page }) };
  return tellBoard(desk, asked, () => desk.act('show_on_board', asked, said));
}

/** Change what the board shows, its page or its zoom, without a word about it. */
export function changeBoard(desk, values) {
  const asked = { shows: shown(desk), ...values };
  return tellBoard(desk, asked, () => desk.room.send('show_on_board', asked));
}

async function tellBoard(desk, asked, send) {
  const { shows, page } = boardOf(desk);
  const waits = { ...desk.ui.onBoard, page: asked.shows === shows ? page : 0, ...asked };
  desk.ui.onBoard = waits;
  const answer = await send();
  if (answer.ok) await arrived(desk, answer.seq);
  if (desk.ui.onBoard === waits) desk.ui.onBoard = null;
  return answer;
}

/** Put a screen on the board, or take it off again: then the board shows what it showed before, on the same page. */
export function toggleBoard(desk, screen) {
  const { shows, page } = boardOf(desk);
  if (shows !== screen) {
    desk.ui.before = { ...desk.ui.before, [screen]: { shows, page } };
    return show(desk, screen, t(`console.said.${screen}`));
  }
  const before = desk.ui.before?.[screen] ?? { shows: 'step', page: 0 };
  const said = t(`console.said.${before.shows === 'step' ? 'follows' : 'on_board'}`);
  return show(desk, before.shows, said, before.page);
}

export function lock(desk) {
  const locked = !workshopOf(desk.room)?.locked;
  desk.act('lock_room', { locked }, t(locked ? 'console.said.locked' : 'console.said.unlocked'));
}

export function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

/** What an open vote needs: to be closed. */
export const closing = (desk, vote) => ({
  label: t(`console.${vote.kind}.close`),
  note: left(vote) ? t('console.ballot.left', { n: left(vote) }) : t('console.ballot.all_voted'),
  run: () => closeVote(desk, vote),
});

/** Close a vote; where somebody has not voted, after asking: a closed vote cannot be opened again. */
async function closeVote(desk, record) {
  const name = record.kind;
  const missing = left(record);
  const ask = {
    title: t(`console.close.${name}`),
    text: t('console.close.missing', { n: missing }),
    yes: t(`console.close.${name}.yes`),
  };
  if (!missing || (await confirm(ask)))
    await desk.act(`close_${name}`, { [name]: record.id }, t(`console.said.closed_${name}`));
}
