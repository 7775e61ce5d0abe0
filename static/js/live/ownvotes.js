/**
 * What this person voted, as this device keeps it: for the receipt after closing, when nobody else knows it, and to say so when
 * the server has lost a vote (it was restored from a copy, in which secret votes that were open are left out).
 */

/** A vote is the same one only while it was opened at the same moment: a restored server gives numbers again. */
export class OwnVotes {
  #storage;
  #prefix;
  #records;

  /** @param {object} storage @param {string} prefix storage key, ends with ':' @param {object} records where votes are looked up */
  constructor(storage, prefix, records) {
    [this.#storage, this.#prefix, this.#records] = [storage, prefix, records];
  }

  /** Keep what `mine` says: whole ballots by id, stances by id. */
  keep({ ballots = {}, stances = {} }) {
    this.#tidy();
    for (const [vote, content] of Object.entries({ ...ballots, ...stances })) {
      const opened = this.#records.get(vote)?.opened_at;
      this.#storage.set(`${this.#prefix}choices:${vote}`, JSON.stringify(content));
      if (opened) this.#storage.set(`${this.#prefix}opened:${vote}`, opened);
    }
  }

  /** A stance is of no use after the decision: it is not kept on. */
  #tidy() {
    for (const key of this.#storage.keys(`${this.#prefix}choices:decision:`)) {
      const vote = key.slice(`${this.#prefix}choices:`.length);
      const state = this.#records.get(vote)?.state;
      if (state === undefined || state === 'open') continue;
      this.#storage.remove(key);
      this.#storage.remove(`${this.#prefix}opened:${vote}`);
    }
  }

  /** What was kept of a vote, or null. */
  of(vote) {
    const opened = this.#storage.get(`${this.#prefix}opened:${vote}`);
    const now = this.#records.get(vote)?.opened_at;
    if (opened && now && opened !== now) return null;
    const kept = this.#storage.get(`${this.#prefix}choices:${vote}`);
    return typeof kept === 'string' ? JSON.parse(kept) : null;
  }

  /** What this person voted in an open vote while `mine` says that nothing is in, or null where nothing is missing. */
  missing(vote, mine) {
    if (this.#records.get(vote)?.state !== 'open' || mine?.voted?.[vote] !== false) return null;
    if (mine.ballots?.[vote] ?? mine.stances?.[vote]) return null;
    const kept = this.of(vote);
    return kept && Object.values(kept).some(Boolean) ? kept : null;
  }
}
