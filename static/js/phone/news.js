/** What is worth saying aloud when it happens: a step, an open vote, a result. Nothing is said of what was there before. */

import { t } from '../lib/catalogue.js';
import { newest } from '../lib/reading.js';

export class News {
  #room;
  #announce;
  #step;
  #seen = null;

  /** The step that ran before the present one. */
  before = null;

  constructor(room, announce) {
    [this.#room, this.#announce] = [room, announce];
    room.subscribe(() => this.#votes());
  }

  /** Whether another step runs than at the last call. */
  step(step) {
    const id = step?.id ?? null;
    if (this.#step === undefined) {
      this.#step = id;
      return false;
    }
    if (id === this.#step) return false;
    [this.before, this.#step] = [this.#step, id];
    this.#announce(step ? t('phone.news.step', { title: step.title }) : t('phone.news.pause'));
    return true;
  }

  #votes() {
    if (!this.#room.mine) return;
    const states = new Map();
    for (const kind of ['ballot', 'decision', 'consent']) {
      for (const one of this.#room.records.all(kind)) states.set(one.id, one.state);
    }
    const before = this.#seen;
    this.#seen = states;
    if (!before) return;
    for (const [id, state] of states) {
      const kind = id.split(':')[0];
      if (before.get(id) === state) continue;
      if (state === 'open') this.#announce(t(`phone.news.open.${kind}`));
      else if (state === 'published' || (kind === 'decision' && state === 'closed')) this.#announce(t('phone.news.result'));
    }
  }
}

/** Everything that waits for this person's answer, the newest first: `[{kind, record, done}]`. */
export function openVotes(room) {
  const mine = room.mine ?? {};
  const ballots = room.records.all('ballot').filter((one) => one.state === 'open');
  const decisions = room.records.all('decision').filter((one) => one.state === 'open');
  const consents = room.records.all('consent').filter((one) => one.state === 'open');
  return [
    ...ballots.map((record) => ({ kind: 'ballot', record, done: Boolean(mine.voted?.[record.id]) })),
    ...decisions.map((record) => ({ kind: 'decision', record, done: mine.voted?.[record.id] === true, waits: !(record.id in (mine.voted ?? {})) })),
    ...consents.map((record) => ({ kind: 'consent', record, done: (mine.consents ?? []).includes(record.id) || ownObjection(room, record) !== null })),
  ];
}

/** My open objection in a round of consent, or null. */
export function ownObjection(room, consent) {
  const own = new Set(room.mine?.objections ?? []);
  return newest(room.records.all('objection'), (one) => own.has(one.id) && one.consent === consent.id && one.state === 'open');
}
