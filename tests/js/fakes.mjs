/** A world for tests: time that moves only when told, storage that can break, a server that forgets nothing. */

import { createStorage } from '../../static/js/lib/browser.js';

/** Numbers between 0 and 1 that are the same for the same seed. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Let everything that waits for a promise go on. (Node's runner books every promise, so turn after turn is dear.) */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

export class World {
  /** @param {number} wrong how far the device's clock is off, ms */
  constructor({ wrong = 0, seed = 1 } = {}) {
    this.true = Date.parse('2027-01-15T13:00:00.000Z');
    this.wrong = wrong;
    this.timers = [];
    this.number = 0;
    this.random = seeded(seed);
    this.now = () => this.true + this.wrong;
    this.setTimeout = (fn, ms = 0) => {
      this.number += 1;
      this.timers.push({ id: this.number, at: this.true + Math.max(0, ms), fn });
      return this.number;
    };
    this.clearTimeout = (id) => {
      this.timers = this.timers.filter((timer) => timer.id !== id);
    };
  }

  /** What the server would write as its time. */
  get stamp() {
    return new Date(this.true).toISOString();
  }

  async advance(ms) {
    const end = this.true + ms;
    await settle();
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0];
      if (!due) break;
      this.clearTimeout(due.id);
      this.true = Math.max(this.true, due.at);
      due.fn();
      await settle();
    }
    this.true = end;
    await settle();
  }
}

/** The browser's storage, shared by tabs; what one tab writes the others are told, as browsers do. */
export class Shelf {
  constructor() {
    this.map = new Map();
    this.tabs = [];
    this.full = false;
    this.forbidden = false;
  }

  /** Storage as one tab sees it; `told(key, value)` hears what other tabs write. */
  tab(told = () => {}) {
    const tab = { told };
    this.tabs.push(tab);
    const tell = (key, value) => this.tabs.filter((other) => other !== tab).forEach((other) => other.told(key, value));
    const shelf = this;
    const area = {
      get length() {
        return shelf.map.size;
      },
      key: (i) => [...shelf.map.keys()][i] ?? null,
      getItem: (key) => shelf.map.get(key) ?? null,
      setItem: (key, value) => {
        if (shelf.full) throw new DOMException('full', 'QuotaExceededError');
        shelf.map.set(key, String(value));
        tell(key, String(value));
      },
      removeItem: (key) => {
        if (shelf.map.delete(key)) tell(key, null);
      },
    };
    const storage = createStorage(() => {
      if (shelf.forbidden) throw new DOMException('no', 'SecurityError');
      return area;
    });
    storage.listen = (fn) => (tab.told = fn);
    storage.close = () => (shelf.tabs = shelf.tabs.filter((other) => other !== tab));
    return storage;
  }
}

/** A server in the words of the protocol: a clock, rows stamped with it, tombstones, and answers kept by command id. */
export class Server {
  constructor(world, { latency = 20 } = {}) {
    this.world = world;
    this.latency = latency;
    this.epoch = 'e1';
    this.version = 0;
    this.rows = new Map();
    this.tombs = new Map();
    this.answers = new Map();
    this.carriedOut = [];
    this.received = [];
    this.sockets = new Set();
    this.mine = { ideas: {} };
    this.mineSeq = 0;
    this.sent = 0;
    this.asks = 0;
    /** Replaced by tests: what becomes of a message: 'lose' (never arrives), 'lose answer', an answer, or null. */
    this.meddle = () => null;
    this.reachable = true;
    this.refuses = null;
  }

  put(record) {
    this.version += 1;
    this.rows.set(record.id, { record, seq: this.version });
    this.tombs.delete(record.id);
    return this.version;
  }

  gone(id) {
    this.version += 1;
    this.rows.delete(id);
    this.tombs.set(id, this.version);
  }

  changes(since, epoch = this.epoch) {
    const from = since > this.version || (since && epoch !== this.epoch) ? 0 : since;
    const put = [...this.rows.values()].filter((row) => row.seq > from).map((row) => structuredClone(row.record));
    const gone = from ? [...this.tombs].filter(([, seq]) => seq > from).map(([id]) => id) : [];
    return { epoch: this.epoch, from, to: this.version, put, gone, now: this.world.stamp };
  }

  /** Tell all connections what has changed since the last push. */
  push() {
    const delta = this.changes(this.sent);
    this.sent = this.version;
    for (const socket of this.sockets) this.deliver(socket, 'delta', delta);
  }

  deliver(socket, event, message) {
    const { line } = socket;
    this.world.setTimeout(() => socket.line === line && socket.heard(event, structuredClone(message)), this.latency);
  }

  answer(event, data) {
    this.received.push({ event, data: structuredClone(data) });
    if (event === 'sync') {
      this.asks += 1;
      const mine = structuredClone({ ...this.mine, seq: this.mineSeq });
      const found = this.changes(data.since, data.epoch);
      return { ok: true, ...found, version: found.to, mine, me: { id: 'participant:1', role: 'participant' } };
    }
    if (this.answers.has(data.id)) return this.answers.get(data.id);
    return this.carryOut(data);
  }

  carryOut({ id, name, args }) {
    this.carriedOut.push(name);
    const record = { id: `idea:${this.carriedOut.length}`, kind: 'idea', text: args.text ?? name };
    const seq = this.put(record);
    this.mine = { ideas: { ...this.mine.ideas, [record.id]: { state: 'open' } } };
    this.mineSeq = seq;
    const answer = { ok: true, seq, result: { idea: record.id }, mine: { ...this.mine, seq } };
    this.answers.set(id, answer);
    return structuredClone(answer);
  }
}

/** As much of a Socket.IO socket as the client uses. */
export class Socket {
  constructor(server) {
    this.server = server;
    this.world = server.world;
    this.handlers = new Map();
    this.connected = false;
    this.dialling = null;
    this.line = null;
    this.dials = 0;
    this.said = [];
    this.waiting = new Set();
  }

  on(event, fn) {
    this.handlers.set(event, [...(this.handlers.get(event) ?? []), fn]);
  }

  heard(event, message) {
    for (const fn of this.handlers.get(event) ?? []) fn(message);
  }

  connect() {
    if (this.connected || this.dialling) return;
    this.dials += 1;
    this.dialling = this.world.setTimeout(() => {
      this.dialling = null;
      if (this.server.refuses) this.heard('connect_error', new Error(this.server.refuses));
      else if (!this.server.reachable) this.heard('connect_error', new Error('xhr poll error'));
      else {
        this.connected = true;
        this.line = {};
        this.server.sockets.add(this);
        this.heard('connect');
      }
    }, this.server.latency * 2);
  }

  disconnect() {
    if (this.dialling) this.world.clearTimeout(this.dialling);
    this.dialling = null;
    this.drop('io client disconnect');
  }

  /** The line breaks, whoever breaks it. */
  drop(reason = 'transport close') {
    if (!this.connected) return;
    this.connected = false;
    this.line = null;
    this.server.sockets.delete(this);
    this.heard('disconnect', reason);
    for (const fail of [...this.waiting]) fail(new Error('socket has been disconnected'));
  }

  emit(event, data) {
    this.said.push({ event, data });
  }

  timeout(ms) {
    return { emit: (event, data, done) => this.ask(ms, event, data, done) };
  }

  ask(ms, event, data, done) {
    const { line, server, world } = this;
    let open = true;
    const once = (error, answer) => {
      if (!open) return;
      open = false;
      this.waiting.delete(once);
      done(error, answer);
    };
    this.waiting.add(once);
    world.setTimeout(() => once(new Error('operation has timed out')), ms);
    world.setTimeout(() => {
      const fate = server.meddle(event, data);
      if (fate === 'lose' || !server.reachable || this.line !== line) return;
      const answer = fate && typeof fate === 'object' ? fate : server.answer(event, data);
      const stamped = event === 'sync' && answer.ok ? { ...answer, now: world.stamp } : answer;
      if (fate === 'lose answer') return;
      world.setTimeout(() => this.line === line && once(null, structuredClone(stamped)), server.latency);
    }, server.latency);
  }
}
