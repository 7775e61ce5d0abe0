/**
 * What this connection may see of the workshop: whole records, replaced by id.
 *
 * The client's whole rule (docs/protocol.md): other `epoch`, or `to` unknown: sync from 0 · `to <= version`: ignore ·
 * `from > version`: sync · otherwise apply, and `version = to` · `from: 0` means: empty the store first.
 */

const isVersion = (value) => Number.isSafeInteger(value) && value >= 0;
const pk = (id) => Number(id.slice(id.indexOf(':') + 1));

export class Records {
  #byId = new Map();
  #byKind = new Map();
  #lists = new Map();
  #listeners = new Set();
  #tell;
  #lost = true;

  epoch = null;
  version = 0;

  /** @param {(fn: () => void) => void} schedule when to tell listeners; several changes before that are told as one */
  constructor(schedule = nextFrame) {
    this.#tell = gathered(schedule, this.#listeners);
  }

  /** What a `sync` should ask from: 0 when what we hold can no longer be built upon. */
  get since() {
    return this.#lost ? 0 : this.version;
  }

  /**
   * Take in a `delta`, or, when `asked` is the `since` of our own `sync`, the answer to it.
   *
   * Only an answer may start anew, in another epoch or because the server has not reached the number we named (it was
   * restored from a copy): a delta may rest on things we have never seen.
   * @returns {'applied'|'ignored'|'resync'}
   */
  apply(message, { asked } = {}) {
    if (!sound(message)) return this.#lose();
    const { epoch, from, to } = message;
    if (asked !== undefined && from === 0 && (asked > 0 || this.#lost || epoch !== this.epoch)) {
      this.epoch = epoch;
      this.#lost = false;
    } else if (epoch !== this.epoch || this.#lost) {
      return this.#lose();
    } else if (to <= this.version) {
      return 'ignored';
    } else if (from > this.version) {
      return 'resync';
    }
    if (from === 0) this.#empty();
    for (const id of message.gone) this.#remove(id);
    for (const record of message.put) this.#put(record);
    for (const record of message.put) if (record.kind === 'turnout') this.#turnOut(record);
    this.version = to;
    this.#tell();
    return 'applied';
  }

  /** The record with this id, or undefined. Records are never changed in place: a new version is a new object. */
  get(id) {
    return this.#byId.get(id);
  }

  /** All records of a kind in the order they were made. The same array until one of them changes. */
  all(kind) {
    let list = this.#lists.get(kind);
    if (!list) {
      list = [...(this.#byKind.get(kind)?.values() ?? [])].sort((a, b) => pk(a.id) - pk(b.id));
      this.#lists.set(kind, Object.freeze(list));
    }
    return list;
  }

  /** The only record of a kind (`workshop`, `board`), or undefined. */
  one(kind) {
    return this.all(kind)[0];
  }

  get size() {
    return this.#byId.size;
  }

  /** Call `fn()` after changes, gathered. Returns a function that stops it. */
  subscribe(fn) {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  #lose() {
    this.#lost = true;
    return 'resync';
  }

  #empty() {
    this.#byId.clear();
    this.#byKind.clear();
    this.#lists.clear();
  }

  #put(record) {
    this.#remove(record.id);
    this.#byId.set(record.id, Object.freeze(record));
    if (!this.#byKind.has(record.kind)) this.#byKind.set(record.kind, new Map());
    this.#byKind.get(record.kind).set(record.id, record);
    this.#lists.delete(record.kind);
  }

  /** A vote moves its turnout alone; whoever reads the ballot or decision finds the newest there. */
  #turnOut({ on, turnout, turnout_by_group }) {
    const vote = this.#byId.get(on);
    if (vote) this.#put({ ...vote, turnout, turnout_by_group });
  }

  #remove(id) {
    const old = this.#byId.get(id);
    if (!old) return;
    this.#byId.delete(id);
    this.#byKind.get(old.kind).delete(id);
    this.#lists.delete(old.kind);
  }
}

/** A function that calls all `listeners` once, at the time `schedule` chooses, however often it is called before that. */
export function gathered(schedule, listeners) {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      for (const fn of [...listeners]) fn();
    });
  };
}

/** Whether a message can be applied at all. Anything else is treated as a gap: we ask for everything again. */
function sound(message) {
  return (
    message != null &&
    message.epoch != null &&
    isVersion(message.from) &&
    isVersion(message.to) &&
    Array.isArray(message.put) &&
    Array.isArray(message.gone) &&
    message.put.every((record) => typeof record?.id === 'string' && typeof record.kind === 'string')
  );
}

/** Before the next painting; in a hidden page, where nothing is painted, soon. */
export function nextFrame(fn) {
  if (globalThis.requestAnimationFrame && globalThis.document?.visibilityState === 'visible') {
    requestAnimationFrame(fn);
  } else {
    setTimeout(fn, 50);
  }
}
