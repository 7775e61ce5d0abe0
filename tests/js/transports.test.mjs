import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Line } from '../../static/js/live/line.js';
import { Pace } from '../../static/js/live/pace.js';
import { Room } from '../../static/js/live/room.js';
import { Transports } from '../../static/js/live/transports.js';
import { Server, Shelf, Socket, World } from './fakes.mjs';

const BOTH = ['websocket', 'polling'];

/** A network as one socket meets it: `fate(transport)` says what becomes of each attempt. */
class Network extends Socket {
  constructor(server, fate) {
    super(server);
    this.io = { opts: {} };
    this.fate = fate;
    /** Every request: `[when, transport]`. A polling line costs four: open, say, fetch, and fetch again. */
    this.asked = [];
  }

  connect() {
    if (this.connected || this.dialling) return;
    const transport = this.io.opts.transports[0];
    const fate = this.fate(transport, this.world.true);
    for (let i = 0; i < (transport === 'polling' && fate !== 'refuse' ? 4 : 1); i += 1) this.asked.push([this.world.true, transport]);
    if (fate === 'hang') {
      this.dialling = this.world.setTimeout(() => {
        this.dialling = null;
        this.heard('connect_error', new Error('timeout'));
      }, 6000);
    } else if (fate === 'refuse') {
      this.dialling = this.world.setTimeout(() => {
        this.dialling = null;
        this.heard('connect_error', new Error('websocket error'));
      }, 5);
    } else {
      super.connect();
      if (fate === 'drop') this.world.setTimeout(() => this.drop(), 200);
    }
  }

  ask(ms, event, data, done) {
    this.asked.push([this.world.true, event]);
    super.ask(ms, event, data, done);
  }

  /** The most requests in any ten seconds. */
  busiest() {
    return Math.max(...this.asked.map(([from]) => this.asked.filter(([when]) => when >= from && when < from + 10_000).length));
  }
}

function opened(fate, seed = 1) {
  const world = new World({ seed });
  const server = new Server(world);
  const room = new Room({ workshop: 1, storage: new Shelf().tab(), world, schedule: (fn) => fn() });
  const socket = new Network(server, fate);
  room.attach(socket, new Transports(BOTH));
  return { world, server, room, socket };
}

test('a network that opens websockets and eats what is said: polling takes over within ten seconds', async () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const { world, room, socket } = opened((transport) => (transport === 'websocket' ? 'hang' : 'open'), seed);
    await world.advance(10_000);
    assert.equal(room.state, 'connected', `seed ${seed}`);
    assert.equal(socket.io.opts.transports[0], 'polling');
    assert.ok(socket.busiest() <= 20, `${socket.busiest()} requests in ten seconds`);
  }
});

test('and where it lets the greeting through and eats the first question', async () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const { world, server, room, socket } = opened(() => 'open', seed);
    server.meddle = () => (socket.io.opts.transports[0] === 'websocket' ? 'lose' : null);
    await world.advance(10_500);
    assert.equal(room.state, 'connected', `seed ${seed}`);
    assert.equal(socket.io.opts.transports[0], 'polling');
  }
});

test('and where the network has become so since: it worked an hour, then hangs', async () => {
  let eats = false;
  const { world, room, socket } = opened((transport) => (eats && transport === 'websocket' ? 'hang' : 'open'));
  await world.advance(3_600_000);
  assert.equal(socket.io.opts.transports[0], 'websocket');
  eats = true;
  socket.drop();
  await world.advance(10_000);
  assert.equal(room.state, 'connected');
  assert.equal(socket.io.opts.transports[0], 'polling');
  await world.advance(3_600_000);
  assert.equal(socket.io.opts.transports[0], 'polling', 'and it is not tried again and again');
});

const NETWORKS = {
  'everything is refused': () => 'refuse',
  'everything hangs': () => 'hang',
  'each line breaks as soon as it is good': () => 'drop',
  'websockets are refused and polling breaks': (transport) => (transport === 'websocket' ? 'refuse' : 'drop'),
  'polling hangs': (transport) => (transport === 'polling' ? 'hang' : 'refuse'),
};

for (const [name, fate] of Object.entries(NETWORKS)) {
  test(`no client asks more than twice a second: ${name}, and the page is shown and the network comes and goes all the time`, async () => {
    for (const restless of [false, true]) {
      for (let seed = 1; seed <= 10; seed += 1) {
        const { world, room, socket } = opened(fate, seed);
        for (let i = 0; i < 600; i += 1) {
          await world.advance(100);
          if (restless && i % 3 === 0) room.refresh();
          if (restless && i % 5 === 0) room.lineDown();
        }
        assert.ok(socket.asked.length > 5, 'and it does try');
        assert.ok(socket.busiest() <= 20, `${socket.busiest()} in ten seconds, seed ${seed}, restless ${restless}`);
      }
    }
  });
}

test('a server whose every delta leaves something missing is asked no more than twice a second', async () => {
  const { world, server, room, socket } = opened(() => 'open');
  await world.advance(1000);
  for (let i = 0; i < 600; i += 1) {
    server.deliver(socket, 'delta', { epoch: server.epoch, from: 900 + i, to: 901 + i, put: [], gone: [], now: world.stamp });
    await world.advance(50);
  }
  assert.equal(room.state, 'connected');
  assert.ok(socket.busiest() <= 20, `${socket.busiest()}`);
});

test('a server that answers each command with "later" is sent no more than two again each second', async () => {
  const { world, server, room } = opened(() => 'open');
  await world.advance(1000);
  server.meddle = (event) => (event === 'command' ? { ok: false, error: { code: 'too_many', retry_after: 0.001 } } : null);
  const sent = [];
  const answer = server.meddle;
  server.meddle = (event, data) => (event === 'command' && sent.push(world.true), answer(event, data));
  for (let i = 0; i < 30; i += 1) room.send('edit_idea', { idea: `idea:${i}`, text: 'x' });
  await world.advance(60_000);
  const again = sent.slice(30);
  const busiest = Math.max(...again.map((from) => again.filter((when) => when >= from && when < from + 10_000).length));
  assert.ok(again.length > 30 && busiest <= 20, `${busiest} of ${again.length}`);
});

test('one refusal of what has worked is the network, two are the transport; silence is the transport at once', () => {
  const turns = new Transports(BOTH);
  turns.worked();
  turns.failed(false);
  assert.equal(turns.first, 'websocket');
  turns.failed(false);
  assert.equal(turns.first, 'polling');
  turns.failed(false);
  assert.equal(turns.first, 'websocket', 'polling fails too, so it is the network');
  turns.failed(true);
  assert.equal(turns.first, 'polling');
  turns.worked();
  assert.equal(turns.astray, false, 'the websocket was silent: polling is right here');
  turns.failed(true);
  assert.equal(turns.first, 'websocket', 'polling is silent too: the server is slow');
});

test('until something has worked they take turns; one alone is kept', () => {
  const turns = new Transports(BOTH);
  const seen = [];
  for (let i = 0; i < 4; i += 1) (seen.push(turns.first), turns.failed(false));
  assert.deepEqual(seen, ['websocket', 'polling', 'websocket', 'polling']);
  const one = new Transports(['polling']);
  one.failed(true);
  one.failed(false);
  assert.equal(one.first, 'polling');
});

test('who polls by chance, after a server that started again, is back on the websocket within two minutes', async () => {
  let down = false;
  const { world, room, socket } = opened(() => (down ? 'refuse' : 'open'));
  await world.advance(2000);
  down = true;
  socket.drop();
  while (socket.io.opts.transports[0] === 'websocket') await world.advance(50);
  down = false;
  await world.advance(20_000);
  assert.equal(room.state, 'connected');
  await world.advance(100_000);
  assert.equal(room.state, 'connected');
  assert.equal(socket.io.opts.transports[0], 'websocket');
});

test('a pace gives a few turns at once, then fewer than two each second, also where the clock jumps', () => {
  const world = new World();
  const pace = new Pace(world);
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => pace.take()), [0, 0, 0, 0, 650, 650], 'who must wait has taken none');
  assert.deepEqual([1, 2, 3].map(() => pace.take(1, true)), [650, 1300, 1950]);
  world.true += 60_000;
  assert.equal(pace.take(), 0);
  world.true -= 86_400_000;
  assert.equal(pace.take(), 0, 'a clock set back holds nothing up');
});

test('a line needs no transports, as in a test', () => {
  const world = new World();
  const line = new Line(world);
  line.attach(new Socket(new Server(world)), {}, { opened() {}, lost() {}, changed() {} });
  assert.equal(line.state, 'connecting');
});
