/**
 * What a person is writing, safe from a refresh, a step change, another person's action and a dead battery.
 *
 * A draft is written to storage at every input and is cleared only when the server has answered yes. Nothing that comes
 * from the server ever changes one.
 */

export class Drafts {
  #storage;
  #prefix;
  #values = new Map();
  #changed;
  #written;

  /**
   * @param {{storage: object, prefix: string, changed?: () => void, written?: () => void}} how `prefix` names workshop and
   *   person and ends with ':'; `changed` is called when a draft appears or goes, `written` at every input
   */
  constructor({ storage, prefix, changed = () => {}, written = () => {} }) {
    [this.#storage, this.#prefix] = [storage, prefix];
    [this.#changed, this.#written] = [changed, written];
  }

  /** The draft of `field`, or `initial` when nothing has been written there. */
  get(field, initial = '') {
    if (!this.#values.has(field)) this.#values.set(field, this.#storage.get(this.#prefix + field));
    return this.#values.get(field) ?? initial;
  }

  /** Whether something has been written in `field` that is not answered yet. */
  has(field) {
    return this.get(field, null) !== null;
  }

  set(field, text) {
    const first = !this.has(field);
    this.#values.set(field, text);
    this.#storage.set(this.#prefix + field, text);
    // Screens redraw when a draft appears or goes, not at every letter.
    if (first) this.#changed();
    this.#written();
  }

  clear(field) {
    this.#values.set(field, null);
    this.#storage.remove(this.#prefix + field);
    this.#changed();
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
      for (const [field, text] of Object.entries(texts)) if (this.get(field) === text) this.clear(field);
    }
    return answer;
  }

  /** Every field with a draft, also those written before a reload. */
  fields() {
    return this.#storage.keys(this.#prefix).map((key) => key.slice(this.#prefix.length));
  }
}
