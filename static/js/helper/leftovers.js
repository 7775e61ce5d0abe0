/**
 * What seats leave behind on a helper's device: commands that were not sent when the helper turned to another seat, and
 * traces of votes, which must not outlive the vote.
 */

import { browserWorld } from '../live/line.js';
import { Outbox } from '../live/outbox.js';
import { Pace } from '../live/pace.js';

/** Where the screens of a seat keep what belongs to it: `person` in the facts of its page. */
const prefixOf = (page, number) => `rundbord:${page.workshop}:seat:${number}:`;
/** Marks, a stance or its reason, half-filled or kept: by the record id of the vote they are about. */
const OF_A_VOTE = /^(?:draft:)?(?:marks|stance|reason|choices):((?:ballot|decision):\d+)$/;

/** Remove from the device what is left, of the seat with this number, of votes that are not open any more. */
export function forgetClosedVotes(room, page, number) {
  const prefix = prefixOf(page, number);
  for (const key of room.storage.keys(prefix)) {
    const vote = OF_A_VOTE.exec(key.slice(prefix.length))?.[1];
    if (vote && room.records.get(vote)?.state !== 'open') room.storage.remove(key);
  }
}

/** Remove everything of a seat that is in other hands now. */
export function forgetSeat(room, page, number) {
  const prefix = prefixOf(page, number);
  for (const key of room.storage.keys(prefix)) room.storage.remove(key);
}

/**
 * Sends what was left unsent for a seat, as that seat, over HTTP: the ids make it harmless to send anything twice.
 * `of(number)` answers `{unsent, refused}`, how many of each.
 */
export class Leftovers {
  #page;
  #room;
  #changed;
  #world;
  #boxes = new Map();
  #online = false;
  #pace;

  constructor(page, room, changed, world = browserWorld) {
    [this.#page, this.#room, this.#changed, this.#world] = [page, room, changed, world];
    this.#pace = new Pace(world);
  }

  /** Look at these seats, `[{id, number}]`, and send what they have left while there is a connection. */
  send(seats) {
    const online = this.#room.state === 'connected';
    for (const { id, number } of seats) {
      const prefix = `${prefixOf(this.#page, number)}outbox:`;
      if (this.#boxes.has(number) || !this.#room.storage.keys(prefix).length) continue;
      const transmit = (message) => this.#transmit(id, message);
      const { storage } = this.#room;
      const box = new Outbox({
        transmit,
        storage,
        prefix,
        world: this.#world,
        changed: this.#changed,
        pace: this.#pace,
      });
      this.#boxes.set(number, box);
      if (online && this.#online) box.resume();
    }
    if (online === this.#online) return;
    this.#online = online;
    for (const box of this.#boxes.values()) online ? box.resume() : box.pause();
  }

  of(number) {
    const states = (this.#boxes.get(number)?.pending() ?? []).map((item) => item.state);
    const count = (...wanted) => states.filter((state) => wanted.includes(state)).length;
    return { unsent: count('sending', 'waiting'), refused: count('refused') };
  }

  async #transmit(seat, message) {
    const address = `/api/commands?as=helper&workshop=${this.#page.workshop}&seat=${seat}`;
    const headers = { 'Content-Type': 'application/json', 'X-Rundbord': '1' };
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(message) });
    return answer.json();
  }
}
