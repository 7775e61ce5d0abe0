/** The programme by the clock: planned before the start, shifted by what runs, without an end where a length is missing. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { useCatalogue } from '../../static/js/lib/catalogue.js';
import { endWords, schedule, whenWords } from '../../static/js/lib/schedule.js';

useCatalogue({ language: 'da', messages: {} });

const NOW = Date.parse('2027-03-12T08:30:00Z');
const at = (time) => Date.parse(`2027-03-12T${time}:00Z`);

/** A room with these steps, in order, and what the workshop says. */
function roomOf(steps, workshop = {}) {
  const records = steps.map((step, position) => ({ id: `step:${position}`, position, state: 'waiting', ...step }));
  return {
    clock: { now: () => NOW },
    records: {
      all: (kind) => (kind === 'step' ? records : []),
      one: (kind) => (kind === 'workshop' ? { id: 'workshop:1', current_step: null, ...workshop } : null),
      get: (id) => records.find((one) => one.id === id),
    },
  };
}

const times = ({ steps, ends }) => [...steps.map((one) => one.starts), ends];
const BEGINS = { begins_at: '2027-03-12T08:00:00.000Z' };

test('before the start each step follows the one before it', () => {
  const found = schedule(roomOf([{ minutes: 10 }, { minutes: 40 }, { minutes: 25 }], BEGINS));
  assert.deepEqual(times(found), [at('08:00'), at('08:10'), at('08:50'), at('09:15')]);
});

test('without a time to begin nothing has a time', () => {
  assert.deepEqual(times(schedule(roomOf([{ minutes: 10 }, { minutes: 40 }]))), [null, null, null]);
});

test('a step without a length leaves the end open', () => {
  const found = schedule(roomOf([{ minutes: 10 }, { minutes: null }, { minutes: 5 }], BEGINS));
  assert.deepEqual(times(found), [at('08:00'), at('08:10'), at('08:10'), null]);
  assert.equal(endWords(found), '');
});

test('once it runs the plan follows what happened, and what was passed over has no time', () => {
  const found = schedule(
    roomOf(
      [
        { state: 'done', minutes: 10, started_at: '2027-03-12T08:05:00.000Z' },
        { minutes: 15 },
        { state: 'running', minutes: 20, started_at: '2027-03-12T08:20:00.000Z', ends_at: '2027-03-12T08:40:00.000Z' },
        { minutes: 25 },
      ],
      BEGINS,
    ),
  );
  assert.deepEqual(times(found), [at('08:05'), null, at('08:20'), at('08:40'), at('09:05')]);
});

test('a step that runs over its time moves what follows, and one without a clock leaves the end open', () => {
  const late = { state: 'running', started_at: '2027-03-12T08:00:00.000Z', ends_at: '2027-03-12T08:10:00.000Z' };
  assert.deepEqual(times(schedule(roomOf([late, { minutes: 5 }]))), [at('08:00'), NOW, at('08:35')]);
  const open = { state: 'running', started_at: '2027-03-12T08:00:00.000Z', ends_at: null };
  assert.deepEqual(times(schedule(roomOf([open, { minutes: 5 }]))), [at('08:00'), NOW, null]);
});

test('when and where are one line, of what is known', () => {
  assert.equal(whenWords(roomOf([])), '');
  assert.equal(whenWords(roomOf([], { place: 'Rådhuset' })), 'Rådhuset');
  assert.match(whenWords(roomOf([], { day: '2027-03-12', place: 'Rådhuset' })), /12.*marts · Rådhuset/);
});
