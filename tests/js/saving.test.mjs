import assert from 'node:assert/strict';
import { test } from 'node:test';

import { change, save, valueOf } from '../../static/js/console/saving.js';

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
