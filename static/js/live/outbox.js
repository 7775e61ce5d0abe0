/**
 * Commands on their way to the server: kept until they are answered, sent again with the same id until they are.
 *
 * A command is answered when the server says `ok` or refuses it. No answer, and `broken`, are not answers: it goes again,
 * after longer and longer pauses. Commands about the same thing go one at a time, in the order they were given.
 *
 * Each command lies in storage under its own key, so that two tabs of one person never overwrite each other. A tab also
 * takes up what another tab (or the page before a reload) left behind: the id makes sending it twice harmless.
 */

import { newId } from '../lib/browser.js';
import { Pace } from './pace.js';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** How many may be on the wire at once, each about another thing. */
const AT_ONCE = 4;
/** The server can save again: what it could not save goes within this, ms, and not all phones of a hall at once. */
const SOON = 3000;
/** The server refuses messages over 64 kB, and the transport cuts the line at them: never send one. */
const LARGEST = 60_000;
/** Another tab gets this long, ms, to have its own command answered before this tab sends it too. */
const OTHER_TAB = 15_000;
/** An answered command is shown as sent until its record is here, but no longer than this, ms. */
const SHOWN_AS_SENT = 10_000;

/** Arguments that hold what a person wrote: a refused command with one of these is kept until it is dismissed. */
const WORDS = ['text', 'why', 'words', 'reason', 'new'];
const NO_ANSWER = ['broken', 'busy', 'unavailable'];

export class Outbox {
  #items = new Map();
  #online = false;
  #latest = 0;
  #seen = -1;
  #prefix;
  #transmit;
  #storage;
  #answered;
  #changed;
  #world;
  #within;
  #pace;

  /**
   * @param {object} how
   * @param {(message: {id, name, args}) => Promise<object>} how.transmit resolves with the answer, rejects when none came
   * @param {ReturnType<import('../lib/browser.js').createStorage>} how.storage
   * @param {string} how.prefix storage key of this workshop and person; ends with ':'
   * @param {(answer: object) => void} how.answered given every `ok` before its promise is settled
   * @param {() => void} how.changed called whenever `pending()` may look different
   * @param {{now, random, setTimeout}} how.world
   * @param {number} [how.within] default of `send`'s `within`
   * @param {Pace} [how.pace] turns for what is sent again, shared where one page has several outboxes
   */
  constructor({
    transmit,
    storage,
    prefix,
    answered = () => {},
    changed = () => {},
    world,
    within,
    pace = new Pace(world),
  }) {
    [this.#transmit, this.#answered, this.#changed] = [transmit, answered, changed];
    [this.#storage, this.#prefix, this.#world, this.#within, this.#pace] = [storage, prefix, world, within, pace];
    for (const key of storage.keys(prefix)) this.#restore(key.slice(prefix.length), storage.get(key));
  }

  /**
   * Give a command to be sent. Never rejects.
   *
   * @param {string} name
   * @param {object} args
   * @param {object} [how]
   * @param {string} [how.subject] what must keep its order; default: the first record id among the arguments
   * @param {boolean} [how.latest] replaces an unsent command of the same name and subject: for whole, absolute values
   * @param {boolean} [how.keep] keep it in `pending()` when refused, until dismissed; default: when it holds words
   * @param {number} [how.within] give up after this many ms with `no_answer` and do not survive a reload: for a
   *   facilitator's "next", which must not happen half an hour late. It stays in `pending()` to be tried again
   * @returns {Promise<{ok: boolean, seq?: number, result?: object, error?: object}>}
   */
  send(name, args = {}, { subject = subjectOf(name, args), latest = false, keep, within = this.#within } = {}) {
    return new Promise((resolve) => {
      keep ??= WORDS.some((field) => args[field]);
      this.#latest = Math.max(this.#latest + 1, this.#world.now());
      const item = this.#add({
        id: newId(),
        name,
        args,
        subject,
        keep,
        within,
        order: this.#latest,
        callers: [resolve],
      });
      if (latest) this.#replaceFor(item);
      if (new TextEncoder().encode(JSON.stringify(args)).length > LARGEST) {
        this.#settle(item, { ok: false, error: { code: 'too_large' } });
        return;
      }
      this.#store(item);
      this.#expire(item);
      this.#pump();
    });
  }

  /**
   * What is not finished, in the order it was given, for drawing cards: `{id, name, args, subject, state, …}`. `state` is
   * `sending`, `waiting` (offline, or in a pause before the next attempt), `sent` (with `seq` and `result`; its record is
   * not here yet) or `refused` (with `error`).
   */
  pending() {
    const fields = ['id', 'name', 'args', 'subject', 'attempts', 'error', 'seq', 'result'];
    const view = (item) => Object.fromEntries(fields.map((field) => [field, item[field]]));
    return this.#inOrder().map((item) => ({ ...view(item), state: this.#stateOf(item) }));
  }

  /** There is a fresh connection: what was on the wire of the old one will not be answered there. */
  resume() {
    this.#online = true;
    for (const item of this.#items.values()) {
      item.flight = null;
      // A pause the server asked for, or that leaves room for another tab, is not cut short by a new connection.
      if (!item.firm) item.rest = null;
    }
    this.#pump();
    this.#changed();
  }

  /** The connection is gone. */
  pause() {
    this.#online = false;
    this.#changed();
  }

  /** The server can save again: what waits because it could not is sent soon. */
  soon() {
    for (const item of this.#inOrder()) {
      if (!item.done && item.rest && item.failures) this.#rest(item, SOON * this.#world.random(), true);
    }
  }

  /** Records up to this version are here: what was sent in them needs no card of its own any more. */
  seen(version) {
    this.#seen = version;
    for (const item of this.#inOrder()) if (item.seq <= version) this.#remove(item);
  }

  /** Send a refused command again, words and id unchanged (the server keeps no refusals). */
  retry(id) {
    const item = this.#items.get(id);
    if (!item?.error) return;
    Object.assign(item, { done: false, error: undefined, failures: 0 });
    this.#store(item);
    this.#expire(item);
    this.#pump();
    this.#changed();
  }

  /** Forget a command: one that was refused, or one that a person no longer wants sent. */
  dismiss(id) {
    const item = this.#items.get(id);
    if (item) this.#remove(item);
    if (item) this.#tell(item, { ok: false, error: item.error ?? { code: 'dismissed' } });
    this.#pump();
  }

  /** Another tab of this person wrote (or with null removed) this storage key. */
  noticed(key, value) {
    if (!key?.startsWith(this.#prefix)) return;
    const id = key.slice(this.#prefix.length);
    const item = this.#items.get(id);
    if (item?.callers.length || item?.flight || item?.seq !== undefined) return;
    this.#items.delete(id);
    const other = value === null ? null : this.#restore(id, value);
    if (other && !other.done) this.#rest(other, OTHER_TAB, true);
    this.#pump();
    this.#changed();
  }

  #inOrder() {
    return [...this.#items.values()].sort((a, b) => a.order - b.order);
  }

  #stateOf(item) {
    if (item.error) return 'refused';
    if (item.done) return 'sent';
    return this.#online && !item.rest ? 'sending' : 'waiting';
  }

  #add(given) {
    const item = {
      attempts: 0,
      failures: 0,
      done: false,
      flight: null,
      rest: null,
      firm: false,
      callers: [],
      ...given,
    };
    this.#items.set(item.id, item);
    this.#changed();
    return item;
  }

  /** An older command that says the same about the same thing, and was never sent, gives way to this one. */
  #replaceFor(item) {
    for (const old of this.#inOrder()) {
      if (old === item || old.done || old.attempts || old.name !== item.name || old.subject !== item.subject) continue;
      item.callers.push(...old.callers.splice(0));
      this.#remove(old);
    }
  }

  #pump() {
    if (!this.#online) return;
    const waiting = this.#inOrder().filter((item) => !item.done);
    let flying = waiting.filter((item) => item.flight).length;
    const busy = new Set();
    for (const item of waiting) {
      const first = !busy.has(item.subject);
      busy.add(item.subject);
      if (!first || item.flight || item.rest || flying >= AT_ONCE) continue;
      flying += 1;
      this.#fly(item);
    }
  }

  async #fly(item) {
    const flight = (item.flight = {});
    item.firm = false;
    item.attempts += 1;
    const { id, name, args } = item;
    const answer = await this.#transmit({ id, name, args }).catch(() => null);
    // An answer counts whenever it comes; a silence only if nothing newer is on the wire.
    if (item.done || !this.#items.has(id)) return;
    if (isFinal(answer)) {
      this.#settle(item, answer);
    } else if (item.flight === flight) {
      item.flight = null;
      this.#rest(item, this.#pauseFor(item, answer), Boolean(answer));
    }
    this.#pump();
  }

  /** Too many: as long as the server says. No answer: twice as long each time, and never all phones at once. */
  #pauseFor(item, answer) {
    const jitter = 0.5 + this.#world.random();
    const turn = this.#pace.take(1, true);
    const wanted = Number(answer?.error?.retry_after);
    if (wanted > 0) return Math.max(turn, wanted * 1000 + jitter * 250);
    item.failures += 1;
    return Math.max(turn, Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (item.failures - 1)) * jitter);
  }

  #rest(item, ms, firm) {
    const rest = (item.rest = {});
    item.firm = firm;
    this.#world.setTimeout(() => {
      if (item.rest !== rest) return;
      item.rest = null;
      this.#pump();
      this.#changed();
    }, ms);
    this.#changed();
  }

  #settle(item, answer) {
    Object.assign(item, { done: true, flight: null, rest: null });
    if (answer.ok) {
      Object.assign(item, { seq: answer.seq, result: answer.result });
      this.#storage.remove(this.#prefix + item.id);
      this.#answered(answer);
      // The record may have overtaken the answer.
      if (item.seq <= this.#seen) this.#remove(item);
      else this.#world.setTimeout(() => this.#remove(item), SHOWN_AS_SENT);
    } else if (item.keep) {
      item.error = answer.error;
      this.#store(item);
    } else {
      this.#remove(item);
    }
    this.#changed();
    this.#tell(item, answer);
  }

  #expire(item) {
    if (!item.within) return;
    this.#world.setTimeout(() => {
      if (item.done || !this.#items.has(item.id)) return;
      // Nobody knows whether it happened, so it stays in sight: trying again with the same id cannot do it twice.
      item.keep = true;
      this.#settle(item, { ok: false, error: { code: 'no_answer' } });
    }, item.within);
  }

  #tell(item, answer) {
    for (const resolve of item.callers.splice(0)) resolve(answer);
  }

  #remove(item) {
    if (this.#items.get(item.id) !== item) return;
    this.#items.delete(item.id);
    this.#storage.remove(this.#prefix + item.id);
    this.#changed();
  }

  #store({ id, name, args, subject, keep, order, error, within }) {
    if (within) return;
    this.#storage.set(this.#prefix + id, JSON.stringify({ name, args, subject, keep, order, error }));
  }

  #restore(id, text) {
    try {
      const kept = JSON.parse(text);
      if (typeof kept.name !== 'string' || typeof kept.order !== 'number') return null;
      this.#latest = Math.max(this.#latest, kept.order);
      return this.#add({ id, ...kept, done: Boolean(kept.error) });
    } catch {
      return null;
    }
  }
}

/** What a command is about: the first record id among its arguments, or else its name. */
export function subjectOf(name, args) {
  return Object.values(args).find((value) => typeof value === 'string' && /^[a-z_]+:\d+$/.test(value)) ?? name;
}

function isFinal(answer) {
  if (answer?.ok === true) return true;
  const { code, retry_after: later } = answer?.error ?? {};
  // Too many in a short time: later. Too many at all (a limit that no waiting lifts) is a refusal like any other.
  return answer?.ok === false && Boolean(code) && !NO_ANSWER.includes(code) && !(code === 'too_many' && later);
}
