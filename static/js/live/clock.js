/**
 * The server's time, on a device whose own clock may be ten minutes wrong.
 *
 * Every sync and delta carries the server's `now`. A sync also has a round trip: the server wrote `now` somewhere between
 * asking and receiving, so the true difference between the two clocks lies in `[now - received, now - asked]`. The
 * narrowest such interval is the best estimate. A delta only says that it cannot have arrived before it was written.
 */

/** Interval a sample may miss the estimate by before it disproves it, ms: rounding, and the drift of a cheap crystal. */
const SLACK = 60;
/** A delta that seems this late, ms, means either a slow line or that this device's clock was moved: ask to be sure. */
const SUSPICIOUS = 5000;
/** An old estimate counts for less: a crystal may drift by 0.1 ms a second. */
const DRIFT = 1e-4;

/** @param {string} text UTC ISO 8601 @returns {number} milliseconds, or NaN */
const instant = (text) => (typeof text === 'string' ? Date.parse(text) : NaN);

export class Clock {
  #local;
  #timers;
  #offset = 0;
  #roundTrip = Infinity;
  #measured = 0;

  /** @param {{now?: () => number}} world `now` is this device's own clock, ms */
  constructor({ now = () => Date.now(), setTimeout = wrap('setTimeout'), clearTimeout = wrap('clearTimeout') } = {}) {
    this.#local = now;
    this.#timers = { setTimeout, clearTimeout };
  }

  /** False until the server has told the time once. */
  get known() {
    return this.#measured !== 0;
  }

  /** How far this device is behind the server, ms. */
  get offset() {
    return this.#offset;
  }

  /** The server's time, ms since 1970. */
  now() {
    return this.#local() + this.#offset;
  }

  /** Milliseconds left until `endsAt` on the server's clock, never negative; null when there is no end. */
  remaining(endsAt) {
    const end = instant(endsAt);
    return Number.isNaN(end) ? null : Math.max(0, end - this.now());
  }

  /**
   * Learn from an answer that has a round trip.
   * @param {string} now what the server wrote @param {number} asked @param {number} received this device's clock, ms
   */
  measure(now, asked, received = this.#local()) {
    const written = instant(now);
    const roundTrip = received - asked;
    if (Number.isNaN(written) || roundTrip < 0) return;
    const latest = written - asked;
    const earliest = written - received;
    const disproved = this.#offset > latest + SLACK || this.#offset < earliest - SLACK;
    const age = Math.abs(received - this.#measured);
    if (!this.known || disproved || roundTrip <= this.#roundTrip + age * DRIFT) {
      this.#offset = (earliest + latest) / 2;
      this.#roundTrip = roundTrip;
      this.#measured = received;
    }
  }

  /**
   * Learn from a message that came by itself.
   * @returns {boolean} true when the time should be asked for again
   */
  hear(now) {
    const written = instant(now);
    if (Number.isNaN(written)) return false;
    const received = this.#local();
    const earliest = written - received;
    if (!this.known || this.#offset < earliest - SLACK) {
      this.#offset = earliest;
      this.#roundTrip = Infinity;
      this.#measured = received;
      return true;
    }
    return this.#offset - earliest > SUSPICIOUS;
  }

  /** Call `fn(now)` at every whole second of the server's clock, so that two screens count down together. */
  everySecond(fn) {
    let timer = null;
    const next = () => {
      timer = this.#timers.setTimeout(
        () => {
          next();
          fn(this.now());
        },
        1000 - (Math.floor(this.now()) % 1000),
      );
    };
    next();
    return () => this.#timers.clearTimeout(timer);
  }
}

function wrap(name) {
  return (...given) => globalThis[name](...given);
}
