/** The tone at the end of a clock: once, only when it is on, and not for an end that was slept over. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { createStorage } from '../../static/js/lib/browser.js';
import { Shelf } from './fakes.mjs';
import { createChime } from '../../static/js/console/chime.js';

/** A world with an audio that counts its tones. */
function worldOf() {
  const world = { tones: 0, resumed: 0, presses: {} };
  const node = () => ({
    frequency: {},
    gain: { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} },
    connect: (to) => to,
    start: () => (world.tones += 1),
    stop() {},
  });
  world.AudioContext = class {
    state = 'suspended';
    currentTime = 0;
    destination = {};
    createOscillator = node;
    createGain = node;
    resume() {
      this.state = 'running';
      world.resumed += 1;
    }
  };
  world.addEventListener = (name, fn) => (world.presses[name] = fn);
  return world;
}

function set(ends = 10_000) {
  const time = { now: 0 };
  const step = { id: 'step:1', ends_at: new Date(ends).toISOString() };
  const world = worldOf();
  const storage = createStorage(() => new Shelf());
  return { time, step, world, storage, chime: createChime({ clocks: () => [step], now: () => time.now, storage, world }) };
}

test('it is off until it is switched on, and then heard once to try it', () => {
  const { time, world, chime, storage } = set();
  assert.equal(chime.on, false);
  for (time.now of [9000, 10_000, 11_000]) chime.look();
  assert.equal(world.tones, 0);
  chime.on = true;
  assert.equal(world.tones, 2);
  assert.equal(storage.get('rundbord:console:sound'), 'on');
});

test('it sounds once at the end, and again where more time was given', () => {
  const { time, step, world, chime } = set();
  chime.on = true;
  world.tones = 0;
  for (time.now of [8000, 9000, 10_000, 11_000, 12_000]) chime.look();
  assert.equal(world.tones, 2);
  step.ends_at = new Date(20_000).toISOString();
  for (time.now of [13_000, 19_000, 20_100, 21_000]) chime.look();
  assert.equal(world.tones, 4);
});

test('an end that was slept over, and one that was over before, are silent', () => {
  const { time, world, chime } = set();
  chime.on = true;
  world.tones = 0;
  time.now = 9000;
  chime.look();
  time.now = 60_000;
  chime.look();
  assert.equal(world.tones, 0);
  const later = set();
  later.chime.on = true;
  later.world.tones = 0;
  for (later.time.now of [10_500, 11_000]) later.chime.look();
  assert.equal(later.world.tones, 0);
});

test('after a reload the first press wakes the sound', () => {
  const { world, storage, chime } = set();
  world.presses.pointerdown();
  assert.equal(world.resumed, 0);
  storage.set('rundbord:console:sound', 'on');
  world.presses.keydown();
  assert.equal(chime.on, true);
  assert.equal(world.resumed, 1);
});
