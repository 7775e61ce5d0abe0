/** Which pages of the same person are open in other tabs. */

/** A page that is awake answers within this time, ms. */
const ANSWERS_WITHIN = 300;

/**
 * Answers other pages that ask under this name from now on, and returns a promise of the set of those that answer now. A
 * page that sleeps does not; where the browser cannot ask, nobody does.
 *
 * @param {string} name what the pages have in common  @param {string} page the own name among them
 * @param {{BroadcastChannel?: typeof BroadcastChannel, setTimeout: typeof setTimeout}} [world]
 */
export function othersHere(name, page, world = globalThis) {
  const here = new Set();
  if (!world.BroadcastChannel) return Promise.resolve(here);
  const channel = new world.BroadcastChannel(name);
  channel.onmessage = ({ data }) => {
    if (data.asks) channel.postMessage({ here: page });
    else here.add(data.here);
  };
  channel.postMessage({ asks: true });
  return new Promise((resolve) => world.setTimeout(() => resolve(here), ANSWERS_WITHIN));
}
