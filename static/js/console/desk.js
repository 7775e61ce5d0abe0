/**
 * What the facilitator has open: which step is looked at, which text is edited, what stands in a form. It lives as long as the
 * page; nothing of it is a fact of the workshop.
 */

import { currentStep, nextStep, said, stepsOf } from '../lib/reading.js';

/**
 * @typedef {Object} Desk
 * @property {object} page                facts of the page
 * @property {import('../live/room.js').Room} room
 * @property {ReturnType<import('./acting.js').createActing>} doing
 * @property {(name: string, args?: object, said?: string) => Promise<object>} act
 * @property {() => void} draw
 * @property {object} ui                  what is open
 */

/** The state of a console that was just opened. */
export const newUi = () => ({
  looking: null,
  shows: 'board',
  asked: null,
  text: null,
  forms: {},
  dragging: false,
  going: null,
  picked: new Set(),
  lastPicked: null,
  search: '',
});

/** The step in the middle: the one looked at, else the running one, else the next. */
export function stepInView({ room, ui }) {
  const looked = ui.looking && said(room.records.get(ui.looking));
  return looked ?? currentStep(room) ?? nextStep(room) ?? stepsOf(room).at(-1) ?? null;
}

/** The step before the running one, or the last that was done. */
export function previousStep(room) {
  const steps = stepsOf(room);
  const now = steps.findIndex((step) => step.state === 'running');
  if (now >= 0) return steps[now - 1] ?? null;
  return [...steps].reverse().find((step) => step.state === 'done') ?? null;
}

/** Whole seconds left of a deadline, never under nought; null without one. */
export function secondsLeft(room, endsAt) {
  const ms = room.clock.remaining(endsAt);
  return ms === null ? null : Math.max(0, Math.ceil(ms / 1000));
}

/** The same, and once the time is over how long ago, under nought. */
export const secondsToGo = (room, endsAt) =>
  endsAt ? Math.ceil((new Date(endsAt).getTime() - room.clock.now()) / 1000) : null;

/** How many have joined and how many are connected, by the latest count. */
export function people(room) {
  const groups = room.records.all('group');
  const joined = room.presence?.joined ?? groups.reduce((sum, group) => sum + (group.joined ?? 0), 0);
  return {
    joined,
    here: room.presence?.here ?? 0,
    writing: room.presence?.writing ?? 0,
    stuck: room.presence?.stuck ?? 0,
    byGroup: room.presence?.by_group ?? {},
  };
}

/** A form's own values, kept by name until it is done with. */
export function formOf(desk, name, initial) {
  desk.ui.forms[name] ??= initial();
  return desk.ui.forms[name];
}
