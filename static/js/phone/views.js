/**
 * Notices which ideas of others have been on the screen: a second long, at least half of them, on a page that is shown.
 *
 * What was noticed is told to the server quietly, gathered, at most every ten seconds, each idea once on this device. Nothing
 * waits for it and nothing is said when it fails: it goes with the next telling.
 */

/** So long on the screen is seen, ms. */
const SEEN_AFTER = 1000;
const BETWEEN_TELLINGS = 10_000;
/** Ideas in one telling, as the server takes them (rules/limits.py). */
const AT_ONCE = 100;
/** Head and foot of the screen lie over the page. */
const IN_SIGHT = { threshold: 0.5, rootMargin: '-10% 0px -12% 0px' };
const WATCHED = '[data-id^="idea:"]';

/** What is noticed and not told yet. Apart from the page, so that it can be tested without one. */
export class Noticed {
  #known;
  #new = new Set();
  #tell;
  #keep;
  #world;
  #last = -Infinity;
  #timer = null;

  /**
   * @param {object} how
   * @param {string[]} how.known what this device has told before
   * @param {(ideas: string[]) => Promise<object|null>} how.tell resolves with null when nobody heard it
   * @param {(ideas: string[]) => void} how.keep remember what has been told
   * @param {{now: () => number, setTimeout: Function}} how.world
   */
  constructor({ known, tell, keep, world }) {
    this.#known = new Set(known);
    [this.#tell, this.#keep, this.#world] = [tell, keep, world];
  }

  /** An idea has been on the screen. */
  add(id) {
    if (this.#known.has(id) || this.#new.has(id)) return;
    this.#new.add(id);
    this.#soon();
  }

  #soon() {
    if (this.#timer !== null || !this.#new.size) return;
    const wait = Math.max(SEEN_AFTER, this.#last + BETWEEN_TELLINGS - this.#world.now());
    this.#timer = this.#world.setTimeout(() => this.#send(), wait);
  }

  async #send() {
    const ideas = [...this.#new].slice(0, AT_ONCE);
    this.#last = this.#world.now();
    const answer = await this.#tell(ideas);
    this.#timer = null;
    if (answer) {
      for (const id of ideas) {
        this.#new.delete(id);
        this.#known.add(id);
      }
      this.#keep([...this.#known]);
    }
    this.#soon();
  }
}

/** Watch the page from now on. @param {object} at what screens are given */
export function watch({ room, page }) {
  if (!globalThis.IntersectionObserver) return;
  const key = `rundbord:${page.workshop}:${page.person}:seen`;
  const noticed = new Noticed({
    known: (room.storage.get(key) ?? '').split(' ').filter(Boolean),
    tell: (ideas) => room.ask('seen', { ideas }),
    keep: (ideas) => room.storage.set(key, ideas.join(' ')),
    world: { now: () => performance.now(), setTimeout: (fn, ms) => setTimeout(fn, ms) },
  });
  const timers = new Map();
  const rest = (node) => {
    clearTimeout(timers.get(node));
    timers.delete(node);
  };
  const seen = (node, id) => {
    timers.delete(node);
    const mine = room.mine?.ideas ?? {};
    if (node.isConnected && node.dataset.id === id && document.visibilityState === 'visible' && !(id in mine))
      noticed.add(id);
  };
  const eye = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      rest(target);
      if (isIntersecting) timers.set(target, setTimeout(seen, SEEN_AFTER, target, target.dataset.id));
    }
  }, IN_SIGHT);
  const watched = new Map();
  const forget = (node) => {
    eye.unobserve(node);
    rest(node);
    watched.delete(node);
  };
  // A card may be given another idea, and a screen other cards: those are looked at anew, the others go on.
  const look = () => {
    for (const [node, id] of [...watched]) if (!node.isConnected || node.dataset.id !== id) forget(node);
    for (const node of document.querySelectorAll(WATCHED)) {
      if (watched.has(node)) continue;
      watched.set(node, node.dataset.id);
      eye.observe(node);
    }
  };
  const lookAnew = () => {
    for (const node of [...watched.keys()]) forget(node);
    look();
  };
  new MutationObserver((changes) => changes.some(isOfIdeas) && look()).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-id'],
  });
  document.addEventListener('visibilitychange', lookAnew);
  look();
}

/** Whether a change of the page brought, took or renamed an idea: a clock that ticks is nothing to look at. */
function isOfIdeas({ type, addedNodes, removedNodes }) {
  if (type === 'attributes') return true;
  return [...addedNodes, ...removedNodes].some((node) => node.matches?.(WATCHED) || node.querySelector?.(WATCHED));
}
