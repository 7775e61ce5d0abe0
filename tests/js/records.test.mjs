import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Records } from '../../static/js/live/records.js';
import { Server, World, seeded } from './fakes.mjs';

const idea = (number, text = 'x') => ({ id: `idea:${number}`, kind: 'idea', text });
const delta = (from, to, put = [], gone = [], epoch = 'e1') => ({ epoch, from, to, put, gone, now: '' });
const loaded = (...put) => {
  const records = new Records((fn) => queueMicrotask(fn));
  assert.equal(records.apply(delta(0, 10, put), { asked: 0 }), 'applied');
  return records;
};
const texts = (records) => records.all('idea').map((record) => record.text);

test('a delta before the first answer asks for everything', () => {
  const records = new Records();
  assert.equal(records.apply(delta(4, 5, [idea(1)])), 'resync');
  assert.equal(records.since, 0);
  assert.equal(records.size, 0);
});

test('whole records replace, and what is gone goes', () => {
  const records = loaded(idea(1, 'a'), idea(2, 'b'));
  assert.equal(records.apply(delta(10, 11, [idea(2, 'B'), idea(3, 'c')], ['idea:1'])), 'applied');
  assert.deepEqual(texts(records), ['B', 'c']);
  assert.equal(records.version, 11);
  assert.equal(records.get('idea:1'), undefined);
});

test('an overlapping delta does no harm and moves on', () => {
  const records = loaded(idea(1));
  assert.equal(records.apply(delta(3, 12, [idea(1, 'new')])), 'applied');
  assert.deepEqual(texts(records), ['new']);
  assert.equal(records.version, 12);
});

test('a turnout is laid over the vote it is on, and the vote itself stays a whole record', () => {
  const ballot = { id: 'ballot:3', kind: 'ballot', options: ['idea:1'], turnout: { voted: 0, eligible: 2 }, turnout_by_group: null };
  const counted = (voted) => ({ id: 'turnout:9', kind: 'turnout', on: 'ballot:3', turnout: { voted, eligible: 2 }, turnout_by_group: [] });
  const records = loaded(counted(0), ballot);
  assert.equal(records.apply(delta(10, 11, [counted(1)])), 'applied');
  assert.deepEqual(records.get('ballot:3'), { ...ballot, turnout: { voted: 1, eligible: 2 }, turnout_by_group: [] });
  assert.equal(records.all('ballot')[0].turnout.voted, 1);
  assert.deepEqual(ballot.turnout, { voted: 0, eligible: 2 }, 'a record is never changed in place');
  assert.equal(records.apply(delta(11, 12, [{ ...ballot, turnout: { voted: 2, eligible: 2 } }], ['turnout:9'])), 'applied');
  assert.equal(records.get('ballot:3').turnout.voted, 2);
  assert.equal(records.apply(delta(12, 13, [{ ...counted(1), on: 'ballot:99' }])), 'applied', 'a vote that is not here');
  assert.equal(records.get('ballot:99'), undefined);
});

test('an old delta is ignored, the same delta twice too', () => {
  const records = loaded(idea(1, 'new'));
  assert.equal(records.apply(delta(8, 9, [idea(1, 'old')])), 'ignored');
  assert.equal(records.apply(delta(9, 10, [], ['idea:1'])), 'ignored');
  assert.deepEqual(texts(records), ['new']);
});

test('a delta from beyond what is here asks from where we are, and changes nothing', () => {
  const records = loaded(idea(1, 'a'));
  assert.equal(records.apply(delta(12, 13, [idea(1, 'z')])), 'resync');
  assert.equal(records.since, 10);
  assert.deepEqual(texts(records), ['a']);
});

test('a delta of another epoch asks for everything, and until then nothing is built on', () => {
  const records = loaded(idea(1, 'a'));
  assert.equal(records.apply(delta(0, 99, [idea(9)], [], 'e2')), 'resync');
  assert.equal(records.since, 0);
  assert.equal(records.apply(delta(10, 11, [idea(1, 'b')])), 'resync');
  assert.deepEqual(texts(records), ['a'], 'what was on the screen stays until the answer is here');
  assert.equal(records.apply(delta(0, 3, [idea(7, 'other')], [], 'e2'), { asked: 0 }), 'applied');
  assert.deepEqual(texts(records), ['other']);
  assert.equal(records.version, 3);
  assert.equal(records.since, 3);
});

test('from 0 empties first', () => {
  const records = loaded(idea(1), idea(2));
  assert.equal(records.apply(delta(0, 11, [idea(2, 'only')])), 'applied');
  assert.deepEqual(texts(records), ['only']);
});

test('an answer from 0 that newer deltas have overtaken is not let back in', () => {
  const records = loaded(idea(1, 'a'));
  records.apply(delta(10, 12, [idea(1, 'newest')]));
  assert.equal(records.apply(delta(0, 11, [idea(1, 'older')]), { asked: 0 }), 'ignored');
  assert.deepEqual(texts(records), ['newest']);
});

test('a server restored from a copy has not reached our number: its whole answer is taken', () => {
  const records = loaded(idea(1), idea(2));
  assert.equal(records.apply(delta(0, 6, [idea(1, 'restored')]), { asked: 10 }), 'applied');
  assert.deepEqual(texts(records), ['restored']);
  assert.equal(records.version, 6);
});

test('a message without a known to, or with no records in it, asks for everything', () => {
  for (const broken of [null, {}, delta(10, undefined), delta(10, 'x'), { ...delta(10, 11), put: null }, delta(10, 11, [{}])]) {
    const records = loaded(idea(1));
    assert.equal(records.apply(broken), 'resync', JSON.stringify(broken));
    assert.equal(records.since, 0);
    assert.equal(records.size, 1);
  }
});

test('an empty workshop is up to date at 0', () => {
  const records = new Records();
  assert.equal(records.apply(delta(0, 0), { asked: 0 }), 'applied');
  assert.equal(records.apply(delta(0, 1, [idea(1)])), 'applied');
});

test('records come in the order they were made, and the list stays the same array until its kind changes', () => {
  const records = loaded(idea(10, 'ten'), idea(9, 'nine'), { id: 'step:1', kind: 'step' });
  assert.deepEqual(texts(records), ['nine', 'ten']);
  const before = records.all('idea');
  records.apply(delta(10, 11, [{ id: 'step:2', kind: 'step' }]));
  assert.equal(records.all('idea'), before);
  records.apply(delta(11, 12, [idea(9, 'nine!')]));
  assert.notEqual(records.all('idea'), before);
  assert.equal(records.one('step').id, 'step:1');
  assert.deepEqual(records.all('nothing'), []);
});

test('a screen cannot change a record by accident', () => {
  const records = loaded(idea(1, 'a'));
  assert.throws(() => {
    records.get('idea:1').text = 'b';
  }, TypeError);
});

test('several changes are told once', async () => {
  const records = loaded(idea(1));
  await Promise.resolve();
  let told = 0;
  const stop = records.subscribe(() => (told += 1));
  records.apply(delta(10, 11, [idea(2)]));
  records.apply(delta(11, 12, [idea(3)]));
  records.apply(delta(11, 12, [idea(3)]));
  assert.equal(told, 0);
  await Promise.resolve();
  assert.equal(told, 1);
  stop();
  records.apply(delta(12, 13, [idea(4)]));
  await Promise.resolve();
  assert.equal(told, 1);
});

test('whatever is lost, doubled or late, the store ends equal to a fresh snapshot', () => {
  for (let seed = 1; seed <= 300; seed += 1) wander(seed);
});

/** One random life of a store beside the reference server: random changes, pushes, losses, repeats, late deliveries. */
function wander(seed) {
  const random = seeded(seed);
  const pick = (n) => Math.floor(random() * n);
  const server = new Server(new World());
  const records = new Records((fn) => fn());
  const wire = [];
  let pushed = 0;
  const sync = () => {
    for (let tries = 0; tries < 5; tries += 1) {
      const asked = records.since;
      if (records.apply(server.changes(asked, records.epoch), { asked }) !== 'resync') return;
    }
    assert.fail(`seed ${seed}: five syncs were not enough`);
  };
  for (let turn = 0; turn < 120; turn += 1) {
    const what = random();
    if (what < 0.35) server.put(idea(1 + pick(8), `${turn}`));
    else if (what < 0.45) server.gone(`idea:${1 + pick(8)}`);
    else if (what < 0.7) {
      const delta = structuredClone(server.changes(random() < 0.8 ? pushed : pick(server.version + 1)));
      pushed = server.version;
      if (random() < 0.8) wire.push(delta);
      if (random() < 0.2) wire.push(structuredClone(delta));
    } else if (what < 0.92 && wire.length) {
      const at = random() < 0.7 ? 0 : pick(wire.length);
      if (records.apply(wire.splice(at, 1)[0]) === 'resync' && random() < 0.7) sync();
    } else if (what < 0.95) sync();
    else if (what < 0.97) {
      // The server starts anew from an older copy, under a new name.
      server.epoch = `e${turn}`;
      server.version = pick(server.version + 1);
      for (const [id, row] of server.rows) if (row.seq > server.version) server.rows.delete(id);
      for (const [id, seq] of server.tombs) if (seq > server.version) server.tombs.delete(id);
      pushed = server.version;
    }
    if (!records.epoch) continue;
    const known = records.all('idea').map((record) => record.id);
    assert.equal(new Set(known).size, known.length);
  }
  // Whatever is still on the wire may come, and then one sync, as after any connection.
  while (wire.length) records.apply(wire.splice(pick(wire.length), 1)[0]);
  sync();
  const fresh = [...server.rows.values()].map((row) => row.record).sort((a, b) => (a.id < b.id ? -1 : 1));
  assert.deepEqual(records.all('idea'), fresh, `seed ${seed}`);
  assert.equal(records.version, server.version, `seed ${seed}`);
  assert.equal(records.epoch, server.epoch);
}
