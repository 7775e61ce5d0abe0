/** What a phone says of by itself. */

import { groupName } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';
import { groupOf } from '../lib/reading.js';

/** What is worth saying aloud when it happens: a step, an open vote, a result. Nothing is said of what was there before. */
export class News {
  #room;
  #announce;
  #say;
  #step;
  #seen = null;
  #asked;
  #proposed = null;
  #in = null;

  /** The step that ran before the present one. */
  before = null;

  /** @param {(text: string) => void} announce aloud @param {(text: string) => void} say in a line on the screen */
  constructor(room, announce, say) {
    [this.#room, this.#announce, this.#say] = [room, announce, say];
    room.subscribe(() => {
      this.#votes();
      this.#group();
      this.#answers();
    });
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

  /** What was said to my amendments. */
  #answers() {
    const mine = this.#room.mine?.amendments;
    if (!mine) return;
    const before = this.#proposed;
    this.#proposed = new Map(Object.entries(mine).map(([id, { state }]) => [id, state]));
    for (const [id, state] of before ? this.#proposed : []) {
      if (before.get(id) === 'open' && (state === 'accepted' || state === 'rejected'))
        this.#say(t(`phone.news.amendment.${state}`));
    }
  }

  /** That I am in another group, changed by me or by the facilitator. */
  #group() {
    const key = this.#room.me?.group;
    if (key && this.#in && key !== this.#in)
      this.#say(t('phone.me.group.changed', { group: groupName(groupOf(this.#room, key)) }));
    this.#in = key ?? this.#in;
  }

  #votes() {
    if (!this.#room.mine) return;
    const asked = Boolean(this.#room.mine.open_vote);
    if (asked && this.#asked === false) this.#announce(t('phone.news.asked'));
    this.#asked = asked;
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
      else if (kind === 'decision' && !this.#room.records.get(id).result) this.#announce(t('phone.news.text_changed'));
      else if (state === 'published' || kind === 'decision') this.#announce(t('phone.news.result'));
    }
  }
}
