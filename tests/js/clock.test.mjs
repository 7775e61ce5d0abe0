import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Clock } from '../../static/js/live/clock.js';
import { World } from './fakes.mjs';

const MINUTE = 60_000;
const after = (world, ms) => new Date(world.true + ms).toISOString();
/** A question and its answer, `there` and `back` ms on the way. */
async function ask(world, clock, there, back = there) {
  const sent = world.now();
  await world.advance(there);
  const { stamp } = world;
  await world.advance(back);
  clock.measure(stamp, sent);
}

for (const wrong of [0, 10 * MINUTE, -10 * MINUTE, 3 * 24 * 60 * MINUTE]) {
  test(`five minutes are five minutes on a device ${wrong / MINUTE} minutes ahead`, async () => {
    const world = new World({ wrong });
    const clock = new Clock(world);
    await ask(world, clock, 40);
    const end = after(world, 5 * MINUTE);
    assert.ok(Math.abs(clock.remaining(end) - 5 * MINUTE) <= 1);
    await world.advance(4 * MINUTE);
    assert.ok(Math.abs(clock.remaining(end) - MINUTE) <= 1);
    await world.advance(2 * MINUTE);
    assert.equal(clock.remaining(end), 0);
  });
}

test('a late joiner with a wrong clock sees the same countdown as everybody', async () => {
  const world = new World();
  const early = new Clock({ ...world, now: () => world.true + 10 * MINUTE });
  const late = new Clock({ ...world, now: () => world.true - 10 * MINUTE });
  const end = after(world, 5 * MINUTE);
  early.measure(world.stamp, world.true + 10 * MINUTE, world.true + 10 * MINUTE);
  await world.advance(3 * MINUTE);
  late.measure(world.stamp, world.true - 10 * MINUTE, world.true - 10 * MINUTE);
  assert.equal(early.remaining(end), late.remaining(end));
  assert.equal(late.remaining(end), 2 * MINUTE);
});

test('the shortest round trip is believed, a slow lopsided one later is not', async () => {
  const world = new World();
  const clock = new Clock(world);
  await ask(world, clock, 900, 100);
  assert.equal(Math.round(clock.offset), 400);
  await ask(world, clock, 15, 5);
  assert.equal(Math.round(clock.offset), 5);
  await ask(world, clock, 1800, 100);
  assert.equal(Math.round(clock.offset), 5);
});

test('a clock that is moved during the workshop is noticed at the next answer', async () => {
  const world = new World();
  const clock = new Clock(world);
  await ask(world, clock, 10);
  world.wrong = -10 * MINUTE;
  await ask(world, clock, 400);
  assert.ok(Math.abs(clock.now() - world.true) <= 1);
});

test('a delta tells of a clock moved back at once, and asks to be sure of one moved forward', async () => {
  const world = new World();
  const clock = new Clock(world);
  await ask(world, clock, 10);
  assert.equal(clock.hear(world.stamp), false);
  world.wrong = -10 * MINUTE;
  assert.equal(clock.hear(world.stamp), true);
  assert.ok(Math.abs(clock.now() - world.true) <= 1);
  world.wrong = +10 * MINUTE;
  assert.equal(clock.hear(world.stamp), true);
});

test('an ordinarily late delta changes nothing', async () => {
  const world = new World();
  const clock = new Clock(world);
  await ask(world, clock, 10);
  const { stamp } = world;
  await world.advance(3000);
  assert.equal(clock.hear(stamp), false);
  assert.equal(clock.offset, 0);
});

test('without an end there is nothing left to count, and a broken time is no end', () => {
  const clock = new Clock(new World());
  assert.equal(clock.remaining(null), null);
  assert.equal(clock.remaining('soon'), null);
  assert.equal(clock.known, false);
  clock.measure('rubbish', 0, 10);
  assert.equal(clock.known, false);
});

test('seconds tick at the whole seconds of the server', async () => {
  const world = new World({ wrong: 10 * MINUTE + 321 });
  const clock = new Clock(world);
  await ask(world, clock, 10);
  const seen = [];
  const stop = clock.everySecond((now) => seen.push(Math.round(now) % 1000));
  await world.advance(3500);
  stop();
  await world.advance(3000);
  assert.deepEqual(seen, [0, 0, 0]);
});
