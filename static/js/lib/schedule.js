/** The programme by the clock: as planned before the start, as it was and will be once it runs. In the room's own time. */

import { t } from './catalogue.js';
import { date, time } from './format.js';
import { stepsOf, workshopOf } from './reading.js';

const MINUTE = 60_000;
const instant = (moment) => (moment ? Date.parse(moment) : null);
const has = (step) => Number.isInteger(step.minutes);

/**
 * Each step with when it starts, and when the last one ends, in ms; null where that is not known: before the start without
 * a time to begin, and after a step whose length nobody has said.
 * @returns {{steps: {step: object, starts: ?number}[], ends: ?number}}
 */
export function schedule(room) {
  const all = stepsOf(room);
  const begun = all.some((step) => step.state !== 'waiting');
  let at = begun ? null : instant(workshopOf(room)?.begins_at);
  let ends = at;
  const steps = all.map((step) => {
    if (step.state === 'waiting') {
      const starts = at;
      if (at !== null) at += (step.minutes ?? 0) * MINUTE;
      ends = ends === null || !has(step) ? null : at;
      return { step, starts };
    }
    if (step.state === 'running') {
      const now = room.clock.now();
      at = Math.max(now, instant(step.ends_at) ?? now);
      ends = step.ends_at ? at : null;
    }
    return { step, starts: instant(step.started_at) };
  });
  return { steps, ends: all.length ? ends : null };
}

/** A moment in ms as a time of day. */
export const clockTime = (ms) => time(new Date(ms).toISOString());

/** When and where, in one line: "fredag den 12. marts · kl. 09.00 til 12.30 · Rådhuset"; "" where nothing is said. */
export function whenWords(room) {
  const workshop = workshopOf(room);
  const { ends } = schedule(room);
  const from = workshop.begins_at && time(workshop.begins_at);
  const hours = !from
    ? ''
    : ends === null || workshop.current_step
      ? t('element.schedule.from', { from })
      : t('element.schedule.from_to', { from, to: clockTime(ends) });
  const day = workshop.day && date(workshop.day, { weekday: 'long', day: 'numeric', month: 'long' });
  return [day, hours, workshop.place].filter(Boolean).join(' · ');
}

/** When it ends, in words; "" where that is not known. */
export const endWords = ({ ends }) => (ends === null ? '' : t('element.schedule.ends', { at: clockTime(ends) }));
