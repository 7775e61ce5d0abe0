import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Room } from '../../static/js/live/room.js';
import { Server, Shelf, Socket, World, seeded } from './fakes.mjs';

/** A room on a fake line. Several may share a world, a server and a shelf. */
function enter({ world = new World(), server = new Server(world), shelf = new Shelf(), as, person = 7 } = {}) {
  const storage = shelf.tab();
  const room = new Room({ workshop: 1, person, as, storage, world, schedule: (fn) => world.setTimeout(fn, 16) });
  storage.listen((key, value) => room.outbox.noticed(key, value));
  const socket = new Socket(server);
  const open = () => room.attach(socket);
  return { world, server, shelf, storage, room, socket, open };
}
async function opened(how) {
  const all = enter(how);
  all.open();
  await all.world.advance(200);
  assert.equal(all.room.state, 'connected');
  return all;
}
const idea = (number, text = 'x') => ({ id: `idea:${number}`, kind: 'idea', text });
const texts = (room) => room.records.all('idea').map((record) => record.text);
const syncs = (server) => server.received.filter((message) => message.event === 'sync').map((message) => message.data);

test('opening brings everything and says so in words', async () => {
  const { world, server, room, open } = enter();
  server.put(idea(1, 'a'));
  const seen = [room.state];
  room.subscribe(() => seen.push(room.state));
  open();
  await world.advance(200);
  assert.deepEqual([...new Set(seen)], ['connecting', 'connected']);
  assert.deepEqual(texts(room), ['a']);
  assert.equal(room.me.id, 'participant:1');
  assert.deepEqual(room.mine.ideas, {});
  assert.deepEqual(syncs(server), [{ since: 0, epoch: null }]);
});

test('a delta is drawn, and several in one frame are drawn once', async () => {
  const { world, server, room } = await opened();
  let drawn = 0;
  room.subscribe(() => (drawn += 1));
  server.put(idea(1, 'a'));
  server.push();
  server.put(idea(2, 'b'));
  server.push();
  await world.advance(100);
  assert.deepEqual(texts(room), ['a', 'b']);
  assert.equal(drawn, 1);
  assert.equal(server.asks, 1);
});

test('deltas that come while the first answer is on its way are not lost', async () => {
  const { world, server, room, open } = enter();
  server.put(idea(1, 'a'));
  server.sent = server.version;
  open();
  server.meddle = (event) => {
    if (event !== 'sync') return null;
    const early = { ...server.answer('sync', { since: 0, epoch: null }), now: world.stamp };
    // After it was read and before it arrives, something happens and is pushed.
    server.put(idea(2, 'b'));
    server.push();
    return early;
  };
  await world.advance(1000);
  assert.deepEqual(texts(room), ['a', 'b']);
  assert.equal(server.asks, 1, 'held deltas do, no second sync is needed');
});

test('a gap is closed by asking from where we are', async () => {
  const { world, server, room } = await opened();
  server.put(idea(1, 'lost'));
  server.sent = server.version;
  server.put(idea(2, 'b'));
  server.push();
  await world.advance(200);
  assert.deepEqual(texts(room), ['lost', 'b']);
  assert.deepEqual(syncs(server).at(-1), { since: 0, epoch: 'e1' });
});

test('another epoch means all anew, also for what is mine', async () => {
  const { world, server, room } = await opened();
  room.send('post_idea', { text: 'old' });
  await world.advance(100);
  server.push();
  await world.advance(100);
  server.epoch = 'e2';
  server.rows.clear();
  server.version = 0;
  server.mine = { ideas: { 'idea:9': { state: 'open' } } };
  server.mineSeq = 0;
  server.put(idea(9, 'new'));
  server.sent = 0;
  server.push();
  await world.advance(200);
  assert.deepEqual(texts(room), ['new']);
  assert.deepEqual(Object.keys(room.mine.ideas), ['idea:9']);
});

test('of mine, the highest number wins', async () => {
  const { world, server, socket, room } = await opened();
  const mine = (seq) => ({ seq, mine: { ideas: {}, mark: seq } });
  for (const seq of [5, 9, 7, 9, 6]) server.deliver(socket, 'mine', mine(seq));
  await world.advance(100);
  assert.equal(room.mine.mark, 9);
});

test('a repeated answer does not bring an older mine back', async () => {
  const { world, server, socket, room } = await opened();
  server.deliver(socket, 'mine', { seq: 50, mine: { ideas: {}, mark: 'new' } });
  await world.advance(100);
  const promise = room.send('set_ready', { ready: true });
  await world.advance(100);
  assert.equal((await promise).seq, 1);
  assert.equal(room.mine.mark, 'new');
});

test('a repeated answer with a fresh mine in it brings the fresh one, though its own number is old', async () => {
  const { world, server, socket, room } = await opened();
  server.deliver(socket, 'mine', { seq: 50, mine: { seq: 50, mark: 'new' } });
  await world.advance(100);
  server.meddle = (event) => (event === 'command' ? { ok: true, seq: 3, mine: { seq: 60, mark: 'newest' } } : null);
  room.send('set_ready', { ready: true });
  await world.advance(100);
  assert.equal(room.mine.mark, 'newest');
});

test('looking again does not send what is on its way a second time', async () => {
  const { world, server, room } = await opened();
  let sent = 0;
  server.meddle = (event) => {
    if (event === 'command') sent += 1;
    return event === 'command' ? 'lose' : null;
  };
  room.send('post_idea', { text: 'a' });
  await world.advance(1000);
  room.refresh();
  await world.advance(1000);
  assert.equal(sent, 1);
});

test('a lost answer: sent again with the same id, carried out once', async () => {
  const { world, server, room } = await opened();
  let lost = 0;
  server.meddle = (event) => (event === 'command' && lost++ < 2 ? 'lose answer' : null);
  const promise = room.send('post_idea', { text: 'once' });
  await world.advance(60_000);
  assert.equal((await promise).ok, true);
  assert.deepEqual(server.carriedOut, ['post_idea']);
  const commands = server.received.filter((message) => message.event === 'command');
  assert.ok(commands.length >= 3);
  assert.equal(new Set(commands.map((message) => message.data.id)).size, 1);
});

test('written offline, sent after the reload: the card is there from the first drawing', async () => {
  const world = new World();
  const server = new Server(world);
  const shelf = new Shelf();
  const first = await opened({ world, server, shelf });
  server.reachable = false;
  first.socket.drop();
  first.room.send('post_idea', { text: 'på broen' });
  await world.advance(20_000);
  assert.equal(first.room.state, 'offline');
  first.room.leave();
  const second = enter({ world, server, shelf });
  assert.deepEqual(second.room.pending().map((item) => [item.args.text, item.state]), [['på broen', 'waiting']]);
  server.reachable = true;
  second.open();
  await world.advance(1000);
  assert.deepEqual(server.carriedOut, ['post_idea']);
  server.push();
  await world.advance(100);
  assert.deepEqual(second.room.pending(), []);
  assert.deepEqual(texts(second.room), ['på broen']);
});

test('two tabs of one person double nothing', async () => {
  const world = new World();
  const server = new Server(world);
  const shelf = new Shelf();
  const one = await opened({ world, server, shelf });
  server.meddle = (event) => (event === 'command' ? 'lose' : null);
  one.room.send('post_idea', { text: 'a' });
  await world.advance(100);
  const two = await opened({ world, server, shelf });
  server.meddle = () => null;
  await world.advance(60_000);
  assert.deepEqual(server.carriedOut, ['post_idea']);
  assert.deepEqual([one.room.pending(), two.room.pending()], [[], []]);
});

test('a delta, a sync and a new epoch never touch what is being written', async () => {
  const { world, server, room, socket } = await opened();
  const box = room.drafts.bind('edit:idea:1', { initial: 'as it was' });
  box.oninput({ target: { value: 'half a sent' } });
  server.put(idea(1, 'changed by somebody else'));
  server.push();
  await world.advance(100);
  server.epoch = 'e2';
  server.push();
  socket.drop();
  await world.advance(10_000);
  assert.equal(room.drafts.get('edit:idea:1'), 'half a sent');
  assert.equal(room.drafts.bind('edit:idea:1', { initial: 'as it was' }).value, 'half a sent');
});

test('a short break is not called offline, a long one is; and coming back catches up', async () => {
  const { world, server, room, socket } = await opened();
  server.latency = 600;
  socket.drop();
  assert.equal(room.state, 'connecting');
  await world.advance(3800);
  assert.equal(room.state, 'connected');
  server.latency = 20;
  server.reachable = false;
  socket.drop();
  server.put(idea(1, 'missed'));
  await world.advance(4100);
  assert.equal(room.state, 'offline');
  server.reachable = true;
  await world.advance(30_000);
  assert.equal(room.state, 'connected');
  assert.deepEqual(texts(room), ['missed']);
});

test('the pauses between attempts grow, and no two phones come back together', async () => {
  const firsts = [];
  for (let seed = 1; seed <= 20; seed += 1) {
    const { world, server, socket } = await opened({ world: new World({ seed }) });
    server.reachable = false;
    socket.drop();
    const start = world.true;
    const dialled = [];
    let dials = socket.dials;
    while (world.true - start < 120_000) {
      await world.advance(100);
      if (socket.dials > dials) {
        dials = socket.dials;
        dialled.push(world.true - start);
      }
    }
    firsts.push(dialled[0]);
    const pauses = dialled.map((at, i) => at - (dialled[i - 1] ?? 0));
    assert.ok(pauses[0] <= 1000 && Math.max(...pauses) <= 12_200, String(pauses));
    assert.ok(dialled.length >= 10 && dialled.length <= 35, `${dialled.length} attempts in two minutes`);
  }
  assert.ok(new Set(firsts).size >= 5);
});

test('a line that calls itself open but does not answer is dropped and dialled anew', async () => {
  const { world, server, room, socket } = await opened();
  server.meddle = () => 'lose';
  room.refresh();
  await world.advance(3900);
  assert.equal(socket.connected, true);
  await world.advance(200);
  assert.equal(socket.connected, false);
  server.meddle = () => null;
  await world.advance(5000);
  assert.equal(room.state, 'connected');
});

test('coming back to the page dials at once instead of waiting out a long pause', async () => {
  const { world, server, room, socket } = await opened();
  server.reachable = false;
  socket.drop();
  await world.advance(180_000);
  // Just after an attempt, with the longest pause ahead.
  const { dials: attempts } = socket;
  while (socket.dials === attempts) await world.advance(50);
  await world.advance(4000);
  server.reachable = true;
  server.latency = 300;
  const before = world.true;
  const { dials } = socket;
  room.refresh();
  await world.advance(100);
  room.refresh();
  while (room.state !== 'connected') await world.advance(50);
  assert.ok(world.true - before < 1400, `took ${world.true - before} ms`);
  assert.equal(socket.dials, dials + 1, 'a call that is on its way is not broken off to make another');
});

test('a device that says it has no network is believed, and corrected when the server still answers', async () => {
  const { world, server, room } = await opened();
  room.lineDown();
  assert.equal(room.state, 'offline');
  await world.advance(100);
  assert.equal(room.state, 'connected');
  server.reachable = false;
  room.lineDown();
  await world.advance(20_000);
  assert.equal(room.state, 'offline');
});

for (const reason of ['removed', 'ended', 'reload']) {
  test(`closed with "${reason}" ends it for good and keeps the drafts`, async () => {
    const { world, server, room, socket, storage } = await opened();
    room.drafts.set('idea', 'half');
    server.deliver(socket, 'closed', { reason });
    await world.advance(100);
    assert.equal(room.state, 'closed');
    assert.deepEqual(room.closed, { reason });
    const { dials } = socket;
    room.refresh();
    await world.advance(300_000);
    assert.equal(socket.dials, dials);
    assert.equal(storage.keys('rundbord:1:7:draft:').length, 1);
  });
}

test('an ended token is not tried again, at connecting or at asking', async () => {
  const { world, server, room, socket, open } = enter();
  server.refuses = 'ended';
  open();
  await world.advance(60_000);
  assert.deepEqual(room.closed, { reason: 'ended' });
  assert.equal(socket.dials, 1);

  const other = enter();
  other.server.meddle = () => ({ ok: false, error: { code: 'not_allowed' } });
  other.open();
  await other.world.advance(60_000);
  assert.deepEqual(other.room.closed, { reason: 'not_allowed' });
});

test('a server that is too busy to answer a sync is asked again after the time it says', async () => {
  const { world, server, room, open } = enter();
  const asked = [];
  server.meddle = (event) => {
    asked.push(world.true);
    return asked.length === 1 ? { ok: false, error: { code: 'too_many', retry_after: 3 } } : null;
  };
  open();
  await world.advance(5000);
  assert.equal(room.state, 'connected');
  assert.ok(asked[1] - asked[0] >= 3000);
});

test('a server that only sends nonsense is not hammered', async () => {
  const { world, server, room, open } = enter();
  let asked = 0;
  server.meddle = () => {
    asked += 1;
    return { ok: true, epoch: 'e', from: 5, to: 9, put: [], gone: [] };
  };
  open();
  await world.advance(60_000);
  assert.notEqual(room.state, 'connected');
  assert.ok(asked < 15, `${asked} syncs in a minute`);
});

test('my own accepted command whose delta never comes is noticed', async () => {
  const { world, server, room } = await opened();
  room.send('post_idea', { text: 'a' });
  await world.advance(31_000);
  assert.deepEqual(texts(room), ['a']);
});

test('what I chose is kept by this device after the ballot has closed, also over a reload', async () => {
  const shelf = new Shelf();
  const { world, server, socket, room } = await opened({ shelf });
  server.deliver(socket, 'mine', { seq: 5, mine: { ballots: { 'ballot:1': { 'idea:1': 1 } } } });
  server.deliver(socket, 'mine', { seq: 6, mine: { ballots: {} } });
  await world.advance(100);
  assert.deepEqual(room.choices('ballot:1'), { 'idea:1': 1 });
  assert.deepEqual(enter({ shelf }).room.choices('ballot:1'), { 'idea:1': 1 });
  assert.equal(room.choices('ballot:2'), null);
  assert.equal(enter({ shelf, person: 8 }).room.choices('ballot:1'), null, 'another person on the same device sees nothing');
});

const vote = (id, opened_at, state = 'open') => ({ id, kind: id.split(':')[0], state, opened_at });

test('a vote that the server has lost is known to be missing until it is in again', async () => {
  for (const [id, part, content] of [['ballot:1', 'ballots', { 'idea:1': 1 }], ['decision:1', 'stances', { stance: 'against', reason: 'For dyrt' }]]) {
    const { world, server, socket, room, shelf } = await opened();
    server.put(vote(id, '2026-11-28T10:00:00Z'));
    server.push();
    await world.advance(100);
    server.deliver(socket, 'mine', { seq: 5, mine: { voted: { [id]: true }, [part]: { [id]: content } } });
    await world.advance(100);
    assert.equal(room.missing(id), null);
    server.deliver(socket, 'mine', { seq: 6, mine: { voted: { [id]: false } } });
    await world.advance(100);
    assert.deepEqual(room.missing(id), content);
    assert.equal((await opened({ shelf, as: 'helper', world, server })).room.missing(id), null, 'a helper keeps nothing');
    server.deliver(socket, 'mine', { seq: 7, mine: { voted: { [id]: true }, [part]: { [id]: content } } });
    await world.advance(100);
    assert.equal(room.missing(id), null);
  }
});

test('a vote taken back is not missing, nor one in another vote that a restored server gave the same number', async () => {
  const { world, server, socket, room } = await opened();
  server.put(vote('ballot:1', '2026-11-28T10:00:00Z'));
  server.push();
  await world.advance(100);
  const mine = (seq, voted, ballots) => server.deliver(socket, 'mine', { seq, mine: { voted: { 'ballot:1': voted }, ballots } });
  mine(5, true, { 'ballot:1': { 'idea:1': 1 } });
  mine(6, false, { 'ballot:1': {} });
  await world.advance(100);
  assert.equal(room.missing('ballot:1'), null);
  mine(7, true, { 'ballot:1': { 'idea:1': 1 } });
  mine(8, false, {});
  await world.advance(100);
  assert.deepEqual(room.missing('ballot:1'), { 'idea:1': 1 });
  server.put(vote('ballot:1', '2026-11-28T11:30:00Z'));
  server.push();
  await world.advance(100);
  assert.equal(room.missing('ballot:1'), null);
  assert.equal(room.choices('ballot:1'), null, 'and no receipt is made of it');
});

test('a stance is not kept on the device after the decision', async () => {
  const { world, server, socket, storage } = await opened();
  const kept = () => storage.keys('rundbord:1:7:choices:decision:').length;
  server.put(vote('decision:1', '2026-11-28T10:00:00Z'));
  server.push();
  await world.advance(100);
  server.deliver(socket, 'mine', { seq: 5, mine: { stances: { 'decision:1': { stance: 'for', reason: '' } } } });
  await world.advance(100);
  assert.equal(kept(), 1);
  server.put(vote('decision:1', '2026-11-28T10:00:00Z', 'closed'));
  server.push();
  await world.advance(100);
  server.deliver(socket, 'mine', { seq: 6, mine: { stances: {} } });
  await world.advance(100);
  assert.equal(kept(), 0);
});

test('forgetting removes everything of this person from the device, and of nobody else', async () => {
  const shelf = new Shelf();
  const { room } = enter({ shelf });
  const other = enter({ shelf, person: 8 });
  room.drafts.set('idea', 'a');
  other.room.drafts.set('idea', 'b');
  room.forget();
  assert.equal(enter({ shelf }).room.drafts.has('idea'), false);
  assert.equal(enter({ shelf, person: 8 }).room.drafts.get('idea'), 'b');
});

test('writing is told when it begins and when it ends, not at every letter', async () => {
  const { world, socket, room } = await opened();
  for (const text of ['F', 'Fl', 'Fle']) {
    room.drafts.set('idea', text);
    await world.advance(1000);
  }
  await world.advance(10_000);
  assert.deepEqual(socket.said, [
    { event: 'writing', data: { active: true } },
    { event: 'writing', data: { active: false } },
  ]);
});

test('presence is the latest, and the clock is right though the phone is ten minutes wrong', async () => {
  const { world, server, socket, room } = await opened({ world: new World({ wrong: 600_000 }) });
  server.deliver(socket, 'presence', { here: 3, joined: 4, now: world.stamp });
  await world.advance(100);
  assert.equal(room.presence.here, 3);
  assert.ok(Math.abs(room.clock.now() - world.true) <= 1);
  const end = new Date(world.true + 300_000).toISOString();
  assert.ok(Math.abs(room.clock.remaining(end) - 300_000) <= 1);
});

test('why the server cannot save is kept until it can, or until the line is another', async () => {
  const { world, server, socket, room } = await opened();
  assert.equal(room.trouble, null);
  server.deliver(socket, 'trouble', { reason: 'full' });
  await world.advance(100);
  assert.equal(room.trouble, 'full');
  server.deliver(socket, 'trouble', { reason: null });
  await world.advance(100);
  assert.equal(room.trouble, null);
  server.deliver(socket, 'trouble', { reason: 'locked' });
  await world.advance(100);
  socket.disconnect();
  assert.equal(room.trouble, null);
});

test('through any weather, phones end equal to the server and every command has happened once', async () => {
  for (let seed = 1; seed <= 25; seed += 1) await weather(seed);
});

/** Three phones, random commands, and a network that drops lines, loses messages and stalls. */
async function weather(seed) {
  const random = seeded(seed);
  const world = new World({ seed });
  const server = new Server(world);
  const phones = [1, 2, 3].map((person) => enter({ world, server, person }));
  server.meddle = () => (random() < 0.15 ? 'lose' : random() < 0.1 ? 'lose answer' : null);
  for (const phone of phones) phone.open();
  const promises = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const phone = phones[Math.floor(random() * phones.length)];
    const what = random();
    if (what < 0.4) promises.push(phone.room.send('post_idea', { text: `${seed}.${turn}` }));
    else if (what < 0.6) server.push();
    else if (what < 0.7) phone.socket.drop();
    else if (what < 0.75) server.reachable = !server.reachable;
    else if (what < 0.85) phone.room.refresh();
    await world.advance(Math.floor(random() * 2500));
  }
  server.reachable = true;
  server.meddle = () => null;
  await world.advance(120_000);
  server.push();
  await world.advance(5000);
  const answers = await Promise.all(promises);
  assert.ok(answers.every((answer) => answer.ok), `seed ${seed}`);
  assert.equal(server.carriedOut.length, promises.length, `seed ${seed}: each once`);
  const fresh = new Set([...server.rows.values()].map((row) => JSON.stringify(row.record)));
  for (const { room } of phones) {
    assert.deepEqual(new Set(room.records.all('idea').map((record) => JSON.stringify(record))), fresh, `seed ${seed}`);
    assert.equal(room.state, 'connected');
    assert.deepEqual(room.pending(), []);
  }
}
