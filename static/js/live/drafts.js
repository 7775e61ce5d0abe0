/**
 * What a person is writing, safe from a refresh, a step change, another person's action and a dead battery.
 *
 * A draft is written to storage at every input and is cleared only when the server has answered yes. Nothing that comes
 * from the server ever changes one.
 *
 * A draft belongs to its tab: its text lies in the tab's own storage, which a refresh keeps. A copy lies in the storage
 * that all tabs share, under the name of the page that wrote it. When that page is gone (crash, closed tab), the next one
 * takes the copy over. A copy that another tab has removed was sent or taken over there, so the text goes here too.
 */

import { createStorage, newId } from '../lib/browser.js';

export class Drafts {
  #storage;
  #tab;
  #prefix;
  #page;
  #values = new Map();
  #changed;
  #written;

  /** A promise that is kept once the drafts of pages that are gone have been taken over. */
  ready = Promise.resolve();

  /**
   * @param {{storage: object, tab?: object, prefix: string, others?: (page: string) => Promise<Set<string>>,
   *   changed?: () => void, written?: () => void}} how `prefix` names workshop and person and ends with ':'; `tab` is the
   *   tab's own storage; `others` finds the pages in other tabs that are still there; `changed` is called when a draft
   *   appears or goes, `written` at every input
   */
  constructor({ storage, tab = createStorage(() => null), prefix, others, changed = () => {}, written = () => {} }) {
    [this.#storage, this.#tab, this.#prefix] = [storage, tab, prefix];
    [this.#changed, this.#written] = [changed, written];
    // Names begin with the time, so that sorted keys are in the order in which pages were opened.
    this.#page = `${Date.now().toString(36)}-${newId().slice(0, 8)}`;
    for (const field of this.fields()) storage.set(this.#copyOf(field), tab.get(prefix + field));
    if (others) this.ready = others(this.#page).then((here) => this.#takeOver(here));
    else this.#takeOver(new Set());
  }

  /** The draft of `field`, or `initial` when nothing has been written there. */
  get(field, initial = '') {
    if (!this.#values.has(field)) this.#values.set(field, this.#tab.get(this.#prefix + field));
    return this.#values.get(field) ?? initial;
  }

  /** Whether something has been written in `field` that is not answered yet. */
  has(field) {
    return this.get(field, null) !== null;
  }

  set(field, text) {
    const first = !this.has(field);
    this.#put(field, text);
    // Screens redraw when a draft appears or goes, not at every letter.
    if (first) this.#changed();
    this.#written();
  }

  clear(field) {
    this.#storage.remove(this.#copyOf(field));
    this.#drop(field);
  }

  /** What stands in `field` has arrived: it goes here, and from every tab in which the same words stand. */
  sent(field) {
    const text = this.get(field);
    for (const [key, copy] of this.#copies()) if (copy.field === field && copy.text === text) this.#storage.remove(key);
    this.clear(field);
  }

  /**
   * For lit-html: `const box = drafts.bind('idea', {initial: idea.text})`, then
   * `<textarea .value=${live(box.value)} @input=${box.oninput}>`.
   *
   * @param {string} field
   * @param {{initial?: string, oninput?: (text: string) => void}} [how]
   */
  bind(field, { initial = '', oninput } = {}) {
    return {
      value: this.get(field, initial),
      oninput: (event) => {
        const text = event.target.value;
        this.set(field, text);
        oninput?.(text);
      },
    };
  }

  /**
   * Send what stands in one or more fields and clear them once the answer is yes; a field that has been written in
   * meanwhile is left alone. `send` is given the texts by field and returns the promise of `room.send`.
   *
   * @param {string|string[]} fields
   * @param {(texts: Record<string, string>) => Promise<{ok: boolean}>} send
   * @returns {Promise<{ok: boolean}>} the answer
   */
  async submit(fields, send) {
    const texts = Object.fromEntries([fields].flat().map((field) => [field, this.get(field)]));
    const answer = await send(texts);
    if (answer?.ok) {
      for (const [field, text] of Object.entries(texts)) if (this.get(field) === text) this.sent(field);
    }
    return answer;
  }

  /** Every field with a draft, also those written before a reload. */
  fields() {
    return this.#tab.keys(this.#prefix).map((key) => key.slice(this.#prefix.length));
  }

  /** Another tab wrote (or with null removed) this storage key. */
  noticed(key, value) {
    if (value === null && key?.startsWith(this.#prefix)) this.check();
  }

  /** Drops every draft whose copy another tab has removed. A tab that slept asks this when it wakes. */
  check() {
    for (const field of this.fields()) if (this.#storage.get(this.#copyOf(field)) === null) this.#drop(field);
  }

  /** Removes every draft from the device, also those of other tabs. */
  forget() {
    for (const place of [this.#storage, this.#tab]) place.keys(this.#prefix).forEach((key) => place.remove(key));
    this.#values.clear();
  }

  #copyOf(field) {
    return `${this.#prefix}${this.#page}:${field}`;
  }

  #put(field, text) {
    this.#values.set(field, text);
    this.#tab.set(this.#prefix + field, text);
    this.#storage.set(this.#copyOf(field), text);
  }

  #drop(field) {
    this.#values.set(field, null);
    this.#tab.remove(this.#prefix + field);
    this.#changed();
  }

  /** The shared copies of all tabs, the newest page first: `[key, {page, field, text}]`. */
  #copies() {
    return this.#storage
      .keys(this.#prefix)
      .reverse()
      .map((key) => {
        const name = key.slice(this.#prefix.length);
        const colon = name.indexOf(':');
        return [key, { page: name.slice(0, colon), field: name.slice(colon + 1), text: this.#storage.get(key) }];
      });
  }

  /** Takes over what pages that are gone have left. Where something else is being written here, the copy stays for later. */
  #takeOver(here) {
    for (const [key, { page, field, text }] of this.#copies()) {
      if (page === this.#page || here.has(page) || text === null) continue;
      const free = !this.has(field);
      if (free) this.#put(field, text);
      if (free || this.get(field) === text) this.#storage.remove(key);
      if (free) this.#changed();
    }
  }
}
