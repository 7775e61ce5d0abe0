import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Leftovers, forgetClosedVotes, forgetSeat } from '../../static/js/helper/leftovers.js';
import { Room } from '../../static/js/live/room.js';
import { Server, Shelf, Socket, World, settle } from './fakes.mjs';

const page = { workshop: 1 };
const SEAT = 7;
const key = (name, number = SEAT) => `rundbord:1:seat:${number}:${name}`;
const seats = [{ id: 'participant:12', number: 7 }, { id: 'participant:13', number: 8 }];

/** A helper's room of which only storage, state and records are used. */
function helper(votes = {}) {
  const shelf = new Shelf();
  const storage = shelf.tab();
  const records = { get: (id) => (votes[id] ? { state: votes[id] } : undefined) };
  return { storage, shelf, room: { storage, records, state: 'connected' } };
}

test('of a vote that is closed nothing is left, of an open one what was marked, and drafts of other things stay', () => {
  const { room, storage } = helper({ 'ballot:1': 'closed', 'ballot:2': 'open', 'decision:3': 'closed' });
  for (const name of ['marks:ballot:1', 'choices:ballot:1', 'stance:decision:3', 'draft:reason:decision:3', 'marks:ballot:9']) storage.set(key(name), 'x');
  for (const name of ['marks:ballot:2', 'draft:idea']) storage.set(key(name), 'kept');
  storage.set(key('marks:ballot:1', 8), 'of another seat');
  forgetClosedVotes(room, page, SEAT);
  assert.deepEqual(storage.keys('').sort(), [key('draft:idea'), key('marks:ballot:2'), key('marks:ballot:1', 8)].sort());
});

test('a seat in other hands leaves nothing behind, and no other seat is touched', () => {
  const { room, storage } = helper();
  for (const name of ['draft:idea', 'outbox:abc', 'marks:ballot:2']) storage.set(key(name), 'x');
  storage.set(key('draft:idea', 71), 'kept');
  forgetSeat(room, page, SEAT);
  assert.deepEqual(storage.keys(''), [key('draft:idea', 71)]);
});

test('what was left unsent goes out as that seat, once, and what is refused stays to be seen', async () => {
  const { room, storage } = helper();
  const item = (text, order) => JSON.stringify({ name: 'post_idea', args: { text }, subject: text, keep: true, order });
  storage.set(key(`outbox:${'a'.repeat(32)}`), item('Sendes', 1));
  storage.set(key(`outbox:${'b'.repeat(32)}`), item('Afvises', 2));
  const asked = [];
  globalThis.fetch = async (address, { headers, body }) => {
    const message = JSON.parse(body);
    asked.push({ address, script: headers['X-Rundbord'], ...message });
    const ok = message.args.text === 'Sendes';
    return { json: async () => (ok ? { ok: true, seq: 5 } : { ok: false, error: { code: 'wrong_step' } }) };
  };
  const leftovers = new Leftovers(page, room, () => {}, new World());
  leftovers.send(seats);
  leftovers.send(seats);
  for (let i = 0; i < 10; i += 1) await settle();
  assert.equal(asked.length, 2);
  for (const one of asked) {
    assert.equal(one.address, '/api/commands?as=helper&workshop=1&seat=participant:12');
    assert.equal(one.script, '1');
  }
  assert.deepEqual(leftovers.of(SEAT), { unsent: 0, refused: 1 });
  assert.deepEqual(leftovers.of(8), { unsent: 0, refused: 0 });
  assert.deepEqual(storage.keys(key('outbox:')), [key(`outbox:${'b'.repeat(32)}`)]);
});

test('without a network it waits', async () => {
  const { room, storage } = helper();
  storage.set(key(`outbox:${'a'.repeat(32)}`), JSON.stringify({ name: 'post_idea', args: { text: 'x' }, subject: 'x', order: 1 }));
  room.state = 'offline';
  let asked = 0;
  globalThis.fetch = async () => { asked += 1; return { json: async () => ({ ok: true, seq: 1 }) }; };
  const leftovers = new Leftovers(page, room, () => {}, new World());
  leftovers.send(seats);
  await settle();
  assert.deepEqual([asked, leftovers.of(SEAT).unsent], [0, 1]);
  room.state = 'connected';
  leftovers.send(seats);
  for (let i = 0; i < 10; i += 1) await settle();
  assert.equal(asked, 1);
});

test("a helper's device keeps no copy of what was voted", async () => {
  const shelf = new Shelf();
  const world = new World();
  const room = new Room({ workshop: 1, person: 'seat:7', as: 'helper', storage: shelf.tab(), world, schedule: (fn) => world.setTimeout(fn, 16) });
  const server = new Server(world);
  const socket = new Socket(server);
  room.attach(socket);
  await world.advance(200);
  server.deliver(socket, 'mine', { seq: 5, mine: { ballots: { 'ballot:1': { 'idea:1': 1 } } } });
  await world.advance(100);
  assert.deepEqual(room.choices('ballot:1'), { 'idea:1': 1 }, 'while it is open the server tells it');
  server.deliver(socket, 'mine', { seq: 6, mine: { ballots: {} } });
  await world.advance(100);
  assert.equal(room.choices('ballot:1'), null);
  assert.deepEqual([...shelf.map.keys()], []);
});
