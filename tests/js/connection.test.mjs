import assert from 'node:assert/strict';
import { test } from 'node:test';

import { followPage } from '../../static/js/live/connection.js';

/** A browser window that does what the test says. */
function windowOf({ onLine = true, stored = {} } = {}) {
  const target = () => {
    const listeners = {};
    return {
      listeners,
      addEventListener: (name, fn) => ((listeners[name] ??= new Set()).add(fn)),
      removeEventListener: (name, fn) => listeners[name]?.delete(fn),
      fire: (name, event = {}) => [...(listeners[name] ?? [])].forEach((fn) => fn(event)),
    };
  };
  const page = target();
  page.document = Object.assign(target(), { visibilityState: 'visible' });
  page.navigator = { onLine };
  page.reloads = [];
  page.sessionStorage = { getItem: (key) => stored[key] ?? null, setItem: (key, value) => (stored[key] = value) };
  page.setTimeout = (fn, ms) => page.reloads.push({ fn, ms });
  page.location = { reload: () => (page.reloaded = true) };
  page.show = (visible) => {
    page.document.visibilityState = visible ? 'visible' : 'hidden';
    page.document.fire('visibilitychange');
  };
  return page;
}

function roomOf(state = 'connected') {
  const room = { state, closed: null, calls: [], listeners: [] };
  room.refresh = () => room.calls.push('refresh');
  room.lineDown = () => room.calls.push('lineDown');
  room.outbox = { noticed: (...given) => room.calls.push(['noticed', ...given]) };
  room.drafts = { noticed: (...given) => room.calls.push(['drafts', ...given]), check: () => {} };
  room.subscribe = (fn) => (room.listeners.push(fn), () => (room.listeners = []));
  return room;
}

test('a long absence ends with a look at what was missed, a short one only when the line is gone', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const page = windowOf();
  const room = roomOf();
  followPage(room, page);
  page.show(false);
  context.mock.timers.tick(3000);
  page.show(true);
  assert.deepEqual(room.calls, []);
  page.show(false);
  context.mock.timers.tick(60_000);
  page.show(true);
  assert.deepEqual(room.calls, ['refresh']);
  room.state = 'connecting';
  page.show(false);
  page.show(true);
  assert.deepEqual(room.calls, ['refresh', 'refresh']);
});

test('a page taken out of the back-forward cache looks at what was missed, a fresh one does not', () => {
  const page = windowOf();
  const room = roomOf();
  followPage(room, page);
  page.fire('pageshow', { persisted: false });
  assert.deepEqual(room.calls, []);
  page.fire('pageshow', { persisted: true });
  assert.deepEqual(room.calls, ['refresh']);
});

test('the network going and coming is passed on, also when it is gone from the start', () => {
  const page = windowOf({ onLine: false });
  const room = roomOf();
  followPage(room, page);
  page.fire('online');
  page.fire('offline');
  assert.deepEqual(room.calls, ['lineDown', 'refresh', 'lineDown']);
});

test('what another tab stores is passed on', () => {
  const page = windowOf();
  const room = roomOf();
  followPage(room, page);
  page.fire('storage', { key: 'k', newValue: 'v' });
  assert.deepEqual(room.calls, [
    ['noticed', 'k', 'v'],
    ['drafts', 'k', 'v'],
  ]);
});

test('asked to reload, the phones of a hall do not all do it at once, and nobody does it in a loop', () => {
  const stored = {};
  const delays = [];
  for (let i = 0; i < 20; i += 1) {
    const page = windowOf();
    const room = roomOf();
    followPage(room, page);
    room.closed = { reason: 'reload' };
    room.listeners[0]();
    room.listeners[0]();
    assert.equal(page.reloads.length, 1);
    delays.push(page.reloads[0].ms);
    page.reloads[0].fn();
    assert.equal(page.reloaded, true);
  }
  assert.ok(Math.max(...delays) <= 3000 && new Set(delays).size > 10);
  for (const least of [0, 25_000]) {
    const page = windowOf({ stored });
    const room = roomOf();
    followPage(room, page);
    room.closed = { reason: 'reload' };
    room.listeners[0]();
    assert.ok(page.reloads[0].ms >= least);
  }
});

test('removed or ended does not reload', () => {
  const page = windowOf();
  const room = roomOf();
  followPage(room, page);
  room.closed = { reason: 'removed' };
  room.listeners[0]();
  assert.deepEqual(page.reloads, []);
});

test('what is followed can be left', () => {
  const page = windowOf();
  const room = roomOf();
  followPage(room, page)();
  page.fire('online');
  page.fire('offline');
  page.fire('storage', {});
  page.show(false);
  page.show(true);
  assert.deepEqual(room.calls, []);
});
