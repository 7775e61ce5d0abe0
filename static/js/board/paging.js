/** Pages instead of shrinking: what does not fit goes to a next page. */

/** The most items taken from a page because what is shown now does not fit on it as planned. */
const MOST_TAKEN = 6;
const fit = { key: null, fewer: 0 };
const fitting = (size) => Math.max(1, size - fit.fewer);

/** One page of a list; the presenter turns the pages, and after the last comes the first. */
export function pageOf(list, size, wanted) {
  const each = fitting(size);
  const count = Math.max(1, Math.ceil(list.length / each));
  const page = ((wanted % count) + count) % count;
  return { items: list.slice(page * each, (page + 1) * each), page: page + 1, pages: count };
}

/** A list in parts of at most so many. */
export function chunks(list, size) {
  const each = fitting(size);
  return Array.from({ length: Math.ceil(list.length / each) }, (_, i) => list.slice(i * each, (i + 1) * each));
}

/** Boxes that cut off what does not fit in them. */
const BOXES = 'main, .chosen-list > li, .sheets > li, .rs > li';
const tooFull = (root) => [...root.querySelectorAll(BOXES)].some((box) => box.scrollHeight > box.clientHeight + 2);

/**
 * Draw, look whether everything has its place, and draw again with fewer items on a page until it has. Long ideas, many groups,
 * a larger zoom: how many fit is known only when they stand there. The number found is kept while `key` says it is the same screen.
 */
export function drawFitting(root, key, draw) {
  if (key !== fit.key) [fit.key, fit.fewer] = [key, 0];
  draw();
  while (fit.fewer < MOST_TAKEN && tooFull(root)) {
    fit.fewer += 1;
    draw();
  }
}
