/** Pages instead of shrinking: what does not fit goes to a next page. */

/** The most items taken from a page because what is shown now does not fit on it as planned; and what was found for it. */
const MOST_TAKEN = 6;
const fit = { face: null, page: null, fewer: 0, zoom: 1 };
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

/** Boxes that cut off what does not fit in their height; what stands beside the words also in its width. */
const BOXES = 'main, .chosen-list > li, .sheets > li, .rs > li';
const BESIDE = '.side-rail > :not(.qrs)';
const ROUNDING = 2;
const tooHigh = (box) => box.scrollHeight > box.clientHeight + ROUNDING;
const tooWide = (box) => box.scrollWidth > box.clientWidth + ROUNDING;
const tooFull = (root) => [...root.querySelectorAll(BOXES)].some(tooHigh) || [...root.querySelectorAll(BESIDE)].some((box) => tooHigh(box) || tooWide(box));
const ZOOM_STEP = 0.1;
/** The last resort for what has no other page: nothing gets under two hundredths of the screen's height. */
const LEAST_ZOOM = 0.9;

/**
 * Draw, look whether everything has its place, and draw again with fewer items on a page until it has: long ideas, many groups, a
 * larger zoom. What still does not fit, such as one long wording, is enlarged no more than it bears. How many fit is kept while
 * `face` is shown, over all its pages, so that no item falls between two.
 * @param {HTMLElement} root @param {{face: string, page: number, zoom: number}} wanted `zoom` of the presenter, 1 is the board's own size
 * @param {() => void} draw
 */
export function drawFitting(root, { face, page, zoom }, draw) {
  const drawAt = () => {
    root.style.setProperty('--zoom', fit.zoom.toFixed(1));
    draw();
  };
  if (face !== fit.face) Object.assign(fit, { face, fewer: 0, page: null });
  if (page !== fit.page) Object.assign(fit, { page, zoom });
  drawAt();
  const before = fit.fewer;
  while (tooFull(root)) {
    if (fit.fewer < MOST_TAKEN) fit.fewer += 1;
    else if (fit.zoom > LEAST_ZOOM) Object.assign(fit, { fewer: before, zoom: Math.max(LEAST_ZOOM, fit.zoom - ZOOM_STEP) });
    else break;
    drawAt();
  }
}
