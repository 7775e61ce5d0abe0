/**
 * Websocket or polling: which one to dial with. Some networks refuse websockets, some open them and let nothing through,
 * so a transport has worked only when the server has answered over it, not when it was opened.
 */

export class Transports {
  #given;
  #order;
  #failures = 0;
  /** Transports the server has answered over; and whether nothing came over the preferred one. */
  #worked = new Set();
  #hung = false;

  /** @param {string[]} given the preferred one first */
  constructor(given) {
    this.#given = given;
    this.#order = [...given];
  }

  /** The transport to dial with now. */
  get first() {
    return this.#order[0];
  }

  /** The server has answered. */
  worked() {
    this.#failures = 0;
    this.#worked.add(this.first);
    if (this.first === this.#given[0]) this.#hung = false;
  }

  /**
   * Nothing came of a connection. One that opened and stayed silent is left at once, and so is one that has never worked;
   * one refusal of one that has worked is the network or a server that starts again, two are the transport.
   */
  failed(silent) {
    this.#failures += 1;
    // Silence over the second-best too: it is the server that is slow, and no network that lets websockets hang.
    if (silent) this.#hung = this.first === this.#given[0];
    if (!silent && this.#worked.has(this.first) && !this.astray && this.#failures < 2) return;
    this.#order.reverse();
    this.#failures = 0;
  }

  /** Whether this line is second best by chance alone: the preferred transport has worked and was never silent. */
  get astray() {
    return !this.#hung && this.first !== this.#given[0] && this.#worked.has(this.#given[0]);
  }

  /** Begin with the preferred one again. */
  prefer() {
    this.#order = [...this.#given];
  }
}
