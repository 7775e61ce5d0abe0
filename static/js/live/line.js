/**
 * The line to the server: opened, found dead, opened again with growing pauses, ended for good. It knows nothing of what
 * is said over it; `room.js` does that.
 */

import { Pace } from './pace.js';

const ANSWER_WITHIN = 8000;
const FIRST_PAUSE = 600;
const LONGEST_PAUSE = 8000;
/** A short break is no news: only after this long without a line do we say "offline"; a first connection may take longer. */
const GRACE = 4000;
const FIRST_GRACE = 12_000;
/** A line that breaks sooner than this after it was good, ms, counts as another failure: the next pause is longer. */
const STEADY = 10_000;
/** Turns that dialling costs: by polling a line makes up to nine requests until it has its first sync or has broken. */
const COST = { websocket: 2, polling: 11 };
/** On the second-best transport by chance: try the best one again after about so long, ms. */
const ASTRAY_FOR = 60_000;
/** Coming back to a page tells us so in several ways at once: dial anew only once within this, ms. */
const BETWEEN_DIALS = 4000;

/** Refusals after which there is no use in trying again with the same token. */
export const FINAL = ['ended', 'removed', 'not_allowed', 'not_found', 'unknown_code'];

export const browserWorld = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (timer) => clearTimeout(timer),
};

export class Line {
  #socket = null;
  #world;
  #opened = () => {};
  #lost = () => {};
  #changed = () => {};
  #failures = 0;
  #redial = null;
  #grace = null;
  #dialled = -Infinity;
  #transports = null;
  #pace;
  #goodSince = null;

  /** `connecting`, `connected` (and up to date), `offline`, or `closed` for good: then `closed.reason` says why. */
  state = 'connecting';
  closed = null;
  /** Another object for every connection, null while there is none: an answer from an earlier one is no answer. */
  current = null;

  constructor(world = browserWorld, pace = new Pace(world)) {
    [this.#world, this.#pace] = [world, pace];
    this.#patient(FIRST_GRACE);
  }

  /**
   * Use this socket (of Socket.IO, made with `autoConnect` and `reconnection` off) and dial.
   * @param {Record<string, (message: object) => void>} heard what to do with each event from the server
   * @param {{opened: () => void, lost: () => void, changed: () => void}} how
   * @param {import('./transports.js').Transports} [transports] which to dial with; default: as the socket was made
   */
  attach(socket, heard, { opened, lost, changed }, transports = null) {
    [this.#socket, this.#opened, this.#lost, this.#changed] = [socket, opened, lost, changed];
    this.#transports = transports;
    for (const [event, fn] of Object.entries(heard)) socket.on(event, fn);
    socket.on('closed', (message) => this.end(message?.reason));
    socket.on('connect', () => {
      this.current = {};
      this.#opened();
    });
    socket.on('disconnect', () => this.#disconnected());
    socket.on('connect_error', (error) => this.#failed(error));
    this.#dial();
  }

  /** Say something that wants an answer. Rejects when there is no line, or no answer within the time. */
  ask(event, data, within = ANSWER_WITHIN) {
    return new Promise((resolve, reject) => {
      if (!this.current) throw new Error('no line');
      this.#socket.timeout(within).emit(event, data, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }

  /** Say something that wants no answer and does not matter when there is no line. */
  say(event, data) {
    if (this.current) this.#socket.emit(event, data);
  }

  /** Everything is here: the line is good. */
  good() {
    if (this.#goodSince === null) {
      this.#goodSince = this.#world.now();
      this.#transports?.worked();
      if (this.#transports?.astray) this.#comeBack(this.current);
    }
    this.#become('connected');
  }

  /** The device says that it has no network. */
  doubt() {
    this.#become('offline');
  }

  /** No answer on a line that calls itself open: it is dead, whatever it says. */
  hangUp(line = this.current) {
    if (line && line === this.current) this.#socket.disconnect();
  }

  /** Dial now instead of after the pause, or as soon as it is not too often. Does nothing to an open line. */
  hurry() {
    if (this.closed || this.current || !this.#socket) return;
    this.#failures = 0;
    const wait = BETWEEN_DIALS - Math.abs(this.#world.now() - this.#dialled);
    if (wait < 0) {
      this.#socket.disconnect();
      this.#dial();
    } else {
      this.#dialIn(wait);
    }
  }

  /** Never dial again. */
  end(reason = 'ended') {
    if (this.closed) return;
    this.#become('closed');
    this.closed = { reason };
    this.#world.clearTimeout(this.#redial);
    this.#world.clearTimeout(this.#grace);
    if (this.#socket) this.#socket.disconnect();
  }

  /**
   * How long to wait, ms: twice as long after each failure, and never all phones of a hall at once. A line that has been
   * good for a while ends the count.
   */
  pause() {
    if (this.#goodSince !== null && Math.abs(this.#world.now() - this.#goodSince) > STEADY) {
      this.#failures = 0;
      this.#goodSince = this.#world.now();
    }
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures) * (0.5 + this.#world.random());
    this.#failures += 1;
    return pause;
  }

  #dial() {
    this.#world.clearTimeout(this.#redial);
    const transport = this.#transports?.first;
    const wait = this.#pace.take(COST[transport] ?? 1);
    if (wait) {
      this.#dialIn(wait);
      return;
    }
    this.#dialled = this.#world.now();
    if (transport) this.#socket.io.opts.transports = [transport];
    this.#socket.connect();
  }

  #dialIn(ms) {
    this.#world.clearTimeout(this.#redial);
    this.#redial = this.#world.setTimeout(() => this.#dial(), ms);
  }

  /** On the second-best transport, by chance: once things are calm, hang up and dial with the best. */
  #comeBack(line) {
    this.#world.setTimeout(
      () => {
        if (line !== this.current || this.closed) return;
        this.#transports.prefer();
        this.hangUp(line);
      },
      ASTRAY_FOR * (0.5 + this.#world.random()),
    );
  }

  #disconnected() {
    this.current = null;
    this.#lost();
    if (this.closed) return;
    if (this.#goodSince === null) this.#transports?.failed(true);
    if (this.state === 'connected') {
      this.#become('connecting');
      this.#patient(GRACE);
    }
    this.#dialIn(this.pause());
    this.#goodSince = null;
  }

  #failed(error) {
    const code = error?.data?.code ?? error?.data?.error?.code ?? error?.message;
    if (FINAL.includes(code)) {
      this.end(code);
    } else if (!this.closed) {
      if (this.#failures > 0) this.#become('offline');
      this.#transports?.failed(error?.message === 'timeout');
      this.#dialIn(this.pause());
    }
  }

  #patient(ms) {
    this.#world.clearTimeout(this.#grace);
    this.#grace = this.#world.setTimeout(() => this.state === 'connecting' && this.#become('offline'), ms);
  }

  #become(state) {
    if (this.closed || this.state === state) return;
    this.state = state;
    this.#changed();
  }
}
