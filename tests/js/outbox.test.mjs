import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Outbox, subjectOf } from '../../static/js/live/outbox.js';
import { Shelf, World, settle } from './fakes.mjs';

const PREFIX = 'rundbord:1:participant:7:outbox:';
const ok = (seq = 1, result) => ({ ok: true, seq, result });
const no = (code, facts = {}) => ({ ok: false, error: { code, ...facts } });

/** An outbox whose wire is in the hands of the test: `wire` holds every message with `answer` and `silence`. */
function open({ world = new World(), shelf = new Shelf(), storage = shelf.tab(), within } = {}) {
  const wire = [];
  const transmit = (message) =>
    new Promise((resolve, reject) => {
      wire.push({ ...message, answer: resolve, silence: () => reject(new Error('no answer')) });
    });
  const outbox = new Outbox({ transmit, storage, prefix: PREFIX, world, within });
  storage.listen?.((key, value) => outbox.noticed(key, value));
  const states = () => outbox.pending().map((item) => item.state);
  const stored = () => [...shelf.map.keys()].filter((key) => key.startsWith(PREFIX)).length;
  return { outbox, wire, world, shelf, storage, states, stored };
}
const reply = async (message, answer) => {
  message.answer(answer);
  await settle();
};

test('a command is kept until it is answered, and its id is 16 random bytes', async () => {
  const { outbox, wire, states, stored } = open();
  outbox.resume();
  const promise = outbox.send('post_idea', { text: 'Flere bænke' });
  assert.deepEqual(states(), ['sending']);
  assert.equal(stored(), 1);
  assert.match(wire[0].id, /^[0-9a-f]{32}$/);
  await reply(wire[0], ok(4, { idea: 'idea:2' }));
  assert.deepEqual(await promise, { ok: true, seq: 4, result: { idea: 'idea:2' } });
  assert.equal(stored(), 0);
  assert.deepEqual(outbox.pending()[0].state, 'sent');
  assert.equal(outbox.pending()[0].result.idea, 'idea:2');
});

test('what was sent stays as sent until its record is here', async () => {
  const { outbox, wire, states } = open();
  outbox.resume();
  outbox.send('post_idea', { text: 'a' });
  await reply(wire[0], ok(4));
  outbox.seen(3);
  assert.deepEqual(states(), ['sent']);
  outbox.seen(4);
  assert.deepEqual(states(), []);
});

test('a record that overtakes the answer leaves no second card', async () => {
  const { outbox, wire, states } = open();
  outbox.resume();
  outbox.send('post_idea', { text: 'a' });
  outbox.seen(4);
  await reply(wire[0], ok(4));
  assert.deepEqual(states(), []);
});

test('what was sent does not stay for ever where its record is not ours to see', async () => {
  const { outbox, wire, world, states } = open();
  outbox.resume();
  outbox.send('set_ready', { ready: true });
  await reply(wire[0], ok(4));
  await world.advance(10_001);
  assert.deepEqual(states(), []);
});

test('offline it waits, and goes with the next connection', async () => {
  const { outbox, wire, states } = open();
  outbox.send('post_idea', { text: 'a' });
  assert.deepEqual(states(), ['waiting']);
  assert.equal(wire.length, 0);
  outbox.resume();
  assert.deepEqual(states(), ['sending']);
  assert.equal(wire.length, 1);
});

test('without an answer it goes again with the same id, after longer and longer pauses', async () => {
  const { outbox, wire, world, states } = open();
  outbox.resume();
  outbox.send('post_idea', { text: 'a' });
  const pauses = [];
  for (let i = 0; i < 9; i += 1) {
    const before = world.true;
    wire[i].silence();
    await settle();
    assert.deepEqual(states(), ['waiting']);
    while (wire.length === i + 1) await world.advance(50);
    pauses.push(world.true - before);
  }
  assert.equal(new Set(wire.map((message) => message.id)).size, 1);
  pauses.slice(0, 5).forEach((pause, i) => {
    assert.ok(pause >= 500 * 2 ** i && pause <= 1500 * 2 ** i + 50, `pause ${i} was ${pause}`);
  });
  assert.ok(pauses.slice(-2).every((pause) => pause >= 15_000 && pause <= 45_050));
  assert.ok(new Set(pauses.slice(-3)).size > 1, 'no two pauses are alike');
});

for (const code of ['broken', 'busy']) {
  test(`"${code}" is not an answer`, async () => {
    const { outbox, wire, world } = open();
    outbox.resume();
    const promise = outbox.send('post_idea', { text: 'a' });
    await reply(wire[0], no(code));
    await world.advance(2000);
    assert.equal(wire.length, 2);
    assert.equal(wire[1].id, wire[0].id);
    await reply(wire[1], ok());
    assert.equal((await promise).ok, true);
  });
}

test('when the server can save again, what it could not save goes within three seconds, and what must wait waits', async () => {
  const { outbox, wire, world } = open();
  outbox.resume();
  outbox.send('post_idea', { text: 'a' }, { subject: 'idea:1' });
  for (let i = 0; i < 6; i += 1) {
    await reply(wire[i], no('broken'));
    while (wire.length === i + 1) await world.advance(50);
  }
  await reply(wire[6], no('broken'));
  outbox.send('set_ready', { ready: true }, { subject: 'step:1' });
  await reply(wire[7], no('too_many', { retry_after: 20 }));
  await world.advance(100);
  assert.equal(wire.length, 8);
  outbox.soon();
  await world.advance(3000);
  assert.deepEqual(wire.slice(8).map((message) => message.id), [wire[0].id]);
});

test('an answer that makes no sense is not an answer', async () => {
  for (const nonsense of [null, undefined, {}, 'ok', { ok: 'yes' }, { ok: false }, { ok: false, error: {} }]) {
    const { outbox, wire, world } = open();
    outbox.resume();
    outbox.send('post_idea', { text: 'a' });
    await reply(wire[0], nonsense);
    await world.advance(2000);
    assert.equal(wire.length, 2, JSON.stringify(nonsense));
  }
});

test('too many waits as long as the server says, also over a new connection', async () => {
  const { outbox, wire, world, states } = open();
  outbox.resume();
  outbox.send('post_idea', { text: 'a' });
  await reply(wire[0], no('too_many', { retry_after: 7 }));
  outbox.pause();
  outbox.resume();
  await world.advance(6900);
  assert.equal(wire.length, 1);
  assert.deepEqual(states(), ['waiting']);
  await world.advance(700);
  assert.equal(wire.length, 2);
});

test('too many of a thing, and no time to wait for, is an answer: the words stay with the reason', async () => {
  const { outbox, wire, world, states } = open();
  outbox.resume();
  const promise = outbox.send('post_idea', { text: 'En idé for meget' });
  const refusal = no('too_many', { field: 'ideas', limit: 3 });
  await reply(wire[0], refusal);
  assert.deepEqual(await promise, refusal);
  await world.advance(120_000);
  assert.equal(wire.length, 1);
  assert.deepEqual(states(), ['refused']);
  assert.equal(outbox.pending()[0].args.text, 'En idé for meget');
});

test('a refusal is final, is told to the caller, and keeps the words', async () => {
  const { outbox, wire, world, shelf } = open();
  outbox.resume();
  const promise = outbox.send('post_idea', { text: 'Flere bænke' });
  await reply(wire[0], no('wrong_step'));
  assert.deepEqual(await promise, no('wrong_step'));
  await world.advance(120_000);
  assert.equal(wire.length, 1);
  const [card] = outbox.pending();
  assert.equal(card.state, 'refused');
  assert.equal(card.error.code, 'wrong_step');
  assert.equal(card.args.text, 'Flere bænke');

  const reloaded = open({ shelf, world });
  reloaded.outbox.resume();
  assert.equal(reloaded.wire.length, 0, 'a refused command is not sent by itself after a reload');
  assert.equal(reloaded.outbox.pending()[0].args.text, 'Flere bænke');
  reloaded.outbox.retry(card.id);
  assert.equal(reloaded.wire[0].id, card.id);
  await reply(reloaded.wire[0], ok());
  assert.equal(reloaded.stored(), 0);
});

test('a refused command without words is heard of by its caller only', async () => {
  const { outbox, wire, stored } = open();
  outbox.resume();
  const promise = outbox.send('set_ready', { ready: true });
  await reply(wire[0], no('closed'));
  assert.equal((await promise).error.code, 'closed');
  assert.deepEqual(outbox.pending(), []);
  assert.equal(stored(), 0);
});

test('dismissing forgets, and lets the caller go', async () => {
  const { outbox, stored } = open();
  const promise = outbox.send('post_idea', { text: 'a' });
  outbox.dismiss(outbox.pending()[0].id);
  assert.equal((await promise).error.code, 'dismissed');
  assert.deepEqual(outbox.pending(), []);
  assert.equal(stored(), 0);
});

test('an answer that comes after the line broke still counts', async () => {
  const { outbox, wire, world } = open();
  outbox.resume();
  const promise = outbox.send('post_idea', { text: 'a' });
  outbox.pause();
  outbox.resume();
  assert.equal(wire.length, 2);
  wire[0].silence();
  await world.advance(5000);
  assert.equal(wire.length, 2, 'the silence of the old line sends nothing');
  await reply(wire[1], ok(9));
  assert.equal((await promise).seq, 9);
});

test('a reload sends what was pending, once, with the same id', async () => {
  const { outbox, wire, shelf, world } = open();
  outbox.resume();
  outbox.send('post_idea', { text: 'a' });
  outbox.send('post_comment', { on: 'idea:1', text: 'b' });
  const before = wire.map((message) => message.id);
  const again = open({ shelf, world });
  assert.deepEqual(again.states(), ['waiting', 'waiting']);
  assert.deepEqual(again.outbox.pending().map((item) => item.args.text), ['a', 'b']);
  again.outbox.resume();
  assert.deepEqual(again.wire.map((message) => message.id), before);
  for (const message of again.wire) await reply(message, ok());
  assert.equal(again.stored(), 0);
});

test('commands about one thing go one at a time in their order, others do not wait for them', async () => {
  const { outbox, wire } = open();
  outbox.resume();
  outbox.send('edit_idea', { idea: 'idea:1', text: 'first' });
  outbox.send('edit_idea', { idea: 'idea:1', text: 'second' });
  outbox.send('post_comment', { on: 'idea:2', text: 'other' });
  assert.deepEqual(wire.map((message) => message.args.text), ['first', 'other']);
  wire[0].silence();
  await settle();
  assert.equal(wire.length, 2, 'the second does not overtake the first while that one rests');
  outbox.resume();
  await reply(wire[2], ok());
  await reply(wire.find((message) => message.args.text === 'first' && message !== wire[0]), ok());
  assert.equal(wire.at(-1).args.text, 'second');
});

test('order holds over a reload, though the clock was moved back meanwhile', async () => {
  const { outbox, shelf, world } = open();
  outbox.send('edit_idea', { idea: 'idea:1', text: 'first' });
  world.wrong = -600_000;
  outbox.send('edit_idea', { idea: 'idea:1', text: 'second' });
  const again = open({ shelf, world });
  again.outbox.send('edit_idea', { idea: 'idea:1', text: 'third' });
  assert.deepEqual(again.outbox.pending().map((item) => item.args.text), ['first', 'second', 'third']);
});

test('the latest whole value replaces those that were never sent, and answers for them', async () => {
  const { outbox, wire } = open();
  outbox.resume();
  const cast = (n) => outbox.send('cast_ballot', { ballot: 'ballot:1', choices: { 'idea:1': n } }, { latest: true });
  const promises = [1, 2, 3, 4].map(cast);
  await reply(wire[0], ok(1));
  await reply(wire[1], ok(2));
  assert.deepEqual(wire.map((message) => message.args.choices['idea:1']), [1, 4]);
  assert.deepEqual((await Promise.all(promises)).map((answer) => answer.seq), [1, 2, 2, 2]);
});

test('a message the transport would choke on is refused here and its words kept', async () => {
  const { outbox, wire } = open();
  outbox.resume();
  const answer = await outbox.send('post_idea', { text: 'æ'.repeat(31_000) });
  assert.equal(answer.error.code, 'too_large');
  assert.equal(wire.length, 0);
  assert.equal(outbox.pending()[0].args.text.length, 31_000);
});

test('where storage is full or forbidden, it works from memory and says so', async () => {
  for (const fault of ['full', 'forbidden']) {
    const shelf = new Shelf();
    shelf[fault] = true;
    const { outbox, wire, storage, states } = open({ shelf });
    const promise = outbox.send('post_idea', { text: 'a' });
    assert.equal(storage.lasting, false);
    assert.deepEqual(states(), ['waiting']);
    outbox.resume();
    await reply(wire[0], ok());
    assert.equal((await promise).ok, true);
  }
});

test('rubbish in storage is stepped over', () => {
  const shelf = new Shelf();
  shelf.map.set(`${PREFIX}a`, 'not json').set(`${PREFIX}b`, '{}').set(`${PREFIX}c`, 'null');
  assert.deepEqual(open({ shelf }).outbox.pending(), []);
});

test('what another tab is sending is seen here, but left to it', async () => {
  const shelf = new Shelf();
  const world = new World();
  const one = open({ shelf, world });
  const two = open({ shelf, world });
  one.outbox.resume();
  two.outbox.resume();
  one.outbox.send('post_idea', { text: 'a' });
  assert.equal(two.outbox.pending()[0].args.text, 'a');
  await world.advance(5000);
  await reply(one.wire[0], ok());
  await world.advance(60_000);
  assert.equal(two.wire.length, 0);
  assert.deepEqual(two.outbox.pending(), []);
});

test('what a closed tab left behind is sent by the other, with the same id', async () => {
  const shelf = new Shelf();
  const world = new World();
  const one = open({ shelf, world });
  const two = open({ shelf, world });
  two.outbox.resume();
  one.outbox.send('post_idea', { text: 'a' });
  one.storage.close();
  await world.advance(14_000);
  assert.equal(two.wire.length, 0);
  await world.advance(2000);
  assert.equal(two.wire.length, 1);
  assert.equal(two.wire[0].id, one.outbox.pending()[0].id);
});

test('when the other tab got the answer first, the caller in this one still gets its own', async () => {
  const shelf = new Shelf();
  const world = new World();
  const one = open({ shelf, world });
  one.outbox.resume();
  const promise = one.outbox.send('post_idea', { text: 'a' });
  const two = open({ shelf, world });
  two.outbox.resume();
  await reply(two.wire[0], ok(4));
  assert.equal(one.stored(), 0);
  await reply(one.wire[0], ok(4));
  assert.equal((await promise).seq, 4);
});

test('two tabs write at the same moment and neither loses its command', () => {
  const shelf = new Shelf();
  const world = new World();
  const one = open({ shelf, world });
  const two = open({ shelf, world });
  one.outbox.send('post_idea', { text: 'a' });
  two.outbox.send('post_idea', { text: 'b' });
  assert.deepEqual(open({ shelf, world }).outbox.pending().map((item) => item.args.text), ['a', 'b']);
});

test("a facilitator's command does not happen late: it is given back, and can be tried again with its id", async () => {
  const { outbox, wire, world, stored } = open({ within: 20_000 });
  const promise = outbox.send('start_step', { step: 'step:2' });
  assert.equal(stored(), 0, 'it does not survive a reload');
  await world.advance(20_000);
  assert.equal((await promise).error.code, 'no_answer');
  outbox.resume();
  await world.advance(60_000);
  assert.equal(wire.length, 0);
  const [left] = outbox.pending();
  assert.equal(left.state, 'refused');
  outbox.retry(left.id);
  assert.equal(wire[0].id, left.id);
  await reply(wire[0], ok());
  assert.equal(outbox.pending()[0].state, 'sent');
});

test('a command is about the first record it names', () => {
  assert.equal(subjectOf('post_comment', { on: 'goal:3', text: 'idea:1 is better' }), 'goal:3');
  assert.equal(subjectOf('post_idea', { text: 'a' }), 'post_idea');
});
