/**
 * How often this page may ask by itself: a few times at once, then so that it is never more than twenty times in ten
 * seconds, whatever the network makes of it. Every loop that asks again (dialling, catching up, sending again) takes its
 * turns here. What a person does is not held back.
 */

/** Between two turns, ms; and so much of it is given in advance, for four at once. */
const BETWEEN = 650;
const AT_ONCE = 3 * BETWEEN;

export class Pace {
  #world;
  #free = -Infinity;

  constructor(world) {
    this.#world = world;
  }

  /**
   * Take so many turns where there is one now, or else the next there is where they are `reserved`. Returns 0, or how long to
   * wait, ms: for the reserved turn, or before trying again.
   */
  take(turns = 1, reserved = false) {
    const now = this.#world.now();
    // A device's clock that was set back must not hold anything up for long.
    if (this.#free > now + 60_000) this.#free = now;
    const wait = Math.max(0, this.#free - now - AT_ONCE);
    if (!wait || reserved) this.#free = Math.max(this.#free, now) + turns * BETWEEN;
    return wait;
  }
}
