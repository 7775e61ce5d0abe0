import assert from 'node:assert/strict';
import { test } from 'node:test';

import { change, save, showLeft, valueOf } from '../../static/js/console/saving.js';

/** A desk whose server answers at once and whose records arrive only when told to. */
function deskWith(text) {
  const records = new Map([[text.id, text]]);
  const sent = [];
  const desk = {
    draw() {},
    announce() {},
    sent,
    arrive(record) { records.set(record.id, record); },
    room: {
      clock: { now: () => 0 },
      records: { get: (id) => records.get(id) },
      async send(name, args) { sent.push([name, args]); return { ok: true, result: { version: args.version + 1 } }; },
    },
  };
  return desk;
}

const EMPTY = { id: 'agreement:1', kind: 'agreement', version: 1, parties: [] };
const later = () => new Promise((done) => { setTimeout(done, 5); });
/** Everything that was answered has been read. */
const settled = () => new Promise((done) => { setImmediate(done); });

test('a row added between the answer and the record stands on what was saved, not on the record of before', async () => {
  const desk = deskWith(EMPTY);
  change(desk, EMPTY, 'parties', [{ name: 'Byrådet' }], true);
  await later();
  assert.equal(desk.sent.length, 1);
  assert.deepEqual(valueOf(desk, EMPTY, 'parties'), [{ name: 'Byrådet' }]);
  change(desk, EMPTY, 'parties', [...valueOf(desk, EMPTY, 'parties'), { name: 'Borgerne' }], true);
  await later();
  assert.deepEqual(desk.sent[1], ['edit_agreement', { agreement: 'agreement:1', version: 2, parties: [{ name: 'Byrådet' }, { name: 'Borgerne' }] }]);
});

test('what was saved is told of every field while the record is on its way, and of none when it has come', async () => {
  const desk = deskWith({ ...EMPTY, purpose: '' });
  change(desk, EMPTY, 'purpose', 'Skolemad');
  await save(desk, EMPTY.id);
  change(desk, EMPTY, 'parties', [{ name: 'Byrådet' }]);
  await save(desk, EMPTY.id);
  assert.equal(valueOf(desk, EMPTY, 'purpose'), 'Skolemad');
  const arrived = { ...EMPTY, version: 3, purpose: 'Skolemad til alle', parties: [] };
  desk.arrive(arrived);
  assert.equal(valueOf(desk, arrived, 'purpose'), 'Skolemad til alle');
  assert.deepEqual(valueOf(desk, arrived, 'parties'), []);
});

const GOAL = { id: 'goal:1', kind: 'goal', version: 1, shown_version: 1, title: 'Skolemad' };

test('a pause in writing saves a draft, and a longer one shows it', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const desk = deskWith(GOAL);
  change(desk, GOAL, 'title', 'Skolemad til');
  context.mock.timers.tick(2000);
  await settled();
  assert.deepEqual(desk.sent, [['edit_goal', { goal: 'goal:1', version: 1, draft: true, title: 'Skolemad til' }]]);
  desk.arrive({ ...GOAL, version: 2, title: 'Skolemad til' });
  context.mock.timers.tick(19000);
  await settled();
  assert.equal(desk.sent.length, 1);
  context.mock.timers.tick(1000);
  await settled();
  assert.deepEqual(desk.sent.slice(1), [['show_text', { on: 'goal:1' }]]);
});

test('the field that is left shows what is written, once', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const desk = deskWith(GOAL);
  change(desk, GOAL, 'title', 'Skolemad til');
  await save(desk, GOAL.id);
  assert.deepEqual(desk.sent, [['edit_goal', { goal: 'goal:1', version: 1, title: 'Skolemad til' }]]);
  await save(desk, GOAL.id);
  context.mock.timers.tick(30000);
  await settled();
  assert.equal(desk.sent.length, 1);
});

test('a draft that somebody else has shown is not shown again', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const desk = deskWith(GOAL);
  change(desk, GOAL, 'title', 'Skolemad til');
  context.mock.timers.tick(2000);
  await settled();
  desk.arrive({ ...GOAL, version: 2, shown_version: 2, title: 'Skolemad til' });
  await save(desk, GOAL.id);
  assert.equal(desk.sent.length, 1);
});

test('an editor that is left while a draft is on its way shows it when it has come', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const desk = deskWith(GOAL);
  change(desk, GOAL, 'title', 'Skolemad til');
  context.mock.timers.tick(2000);
  showLeft(desk, null);
  await settled();
  assert.deepEqual(desk.sent.map(([name]) => name), ['edit_goal', 'show_text']);
});

test('another text is open: the one before is shown, the open one is not', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const desk = deskWith(GOAL);
  change(desk, GOAL, 'title', 'Skolemad til');
  context.mock.timers.tick(2000);
  await settled();
  showLeft(desk, GOAL.id);
  await settled();
  assert.equal(desk.sent.length, 1);
  showLeft(desk, 'goal:2');
  await settled();
  assert.deepEqual(desk.sent[1], ['show_text', { on: 'goal:1' }]);
});
