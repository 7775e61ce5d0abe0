/** How many people have seen each idea or answered each statement, and noticing what this phone shows. */

import { load } from './loader.js';

/** Noticing what is on the screen can wait a moment: nothing has been there for long enough yet, ms. */
const NOTICE_AFTER = 1500;
let noticing = false;

/** Starts noticing which ideas are on the screen (views.js); once per page. */
export function noticeViews(at) {
  if (noticing) return;
  noticing = true;
  setTimeout(
    () =>
      load('views').then(
        ({ watch }) => watch(at),
        () => {
          noticing = false;
        },
      ),
    NOTICE_AFTER,
  );
}

/** Counts are asked for again after this long, ms; and nobody waits longer than this for the first. */
const COUNTS_FOR = 10_000;
const COUNTS_WITHIN = 1000;
const counts = {};

/**
 * Returns how many have seen each idea (`of` is `ideas`) or answered each statement of a ballot (`of` is its id), as far as
 * is known; null while it is asked for the first time, which takes a second at most.
 */
export function seenCounts(at, of) {
  const known = (counts[of] ??= { seen: null, at: -Infinity });
  if (performance.now() - known.at > COUNTS_FOR) {
    known.at = performance.now();
    at.room.ask('seen', { of }, COUNTS_WITHIN).then((answer) => {
      known.seen = answer?.seen ?? known.seen ?? {};
      at.draw();
    });
  }
  return known.seen;
}
