/** Pages: how many there are follows from what is shown and from the screen, never from the page in view. */

import { nothing } from '../../vendor/lit-html/lit-html.js';
import { render } from '../lib/drawing.js';

/** How large the words are, and how many items fewer than planned stand on a page; how many pages the last drawing had, which of
 * them it was, and which are measured. */
const fit = { zoom: 1, rail: 1, fewer: 0, pages: 1, page: 0, measured: [0] };
/** Of more pages than this only the few with most words are measured: two thousand ideas are 150 pages. */
const MEASURED = 12;
const LONGEST = 4;
/** Pages that were shown and did not hold what they had to, though no other page of them was fuller. */
const shownTooFull = new Set();
const fitting = (size) => Math.max(1, size - fit.fewer);

/** One page of a list; the presenter turns the pages, and after the last comes the first. */
export function pageOf(list, size, wanted) {
  const each = fitting(size);
  const count = Math.max(1, Math.ceil(list.length / each));
  const page = ((wanted % count) + count) % count;
  Object.assign(fit, { pages: count, page });
  fit.measured = count <= MEASURED ? [...Array(count).keys()] : fullest(list, each, count);
  return { items: list.slice(page * each, (page + 1) * each), page: page + 1, pages: count, size: each };
}

/** How many letters stand in an item: an idea, or columns of ideas. */
const length = (item) =>
  item.text?.length ?? (item.part ?? (Array.isArray(item) ? item : [])).reduce((all, one) => all + length(one), 0);

/** The first page, those with most words, and those that turned out to be too full. */
function fullest(list, each, count) {
  const words = (page) => list.slice(page * each, (page + 1) * each).reduce((all, one) => all + length(one), 0);
  const pages = Array.from({ length: count }, (_, page) => ({ page, words: words(page) }));
  const longest = pages.sort((a, b) => b.words - a.words).slice(0, LONGEST);
  const also = [...shownTooFull].filter((page) => page < count);
  return [...new Set([0, ...longest.map(({ page }) => page), ...also])];
}

/** A list in parts of at most so many. */
export function chunks(list, size) {
  const each = fitting(size);
  return Array.from({ length: Math.ceil(list.length / each) }, (_, i) => list.slice(i * each, (i + 1) * each));
}

/** Boxes that cut off what does not fit in them. */
const MAIN = 'main, .mid, .chosen-list > li, .sheets > li, .rs > li';
const BESIDE = '.side-rail, .side-rail > :not(.qrs)';
const ROUNDING = 2;
const overflows = (box) =>
  box.scrollHeight > box.clientHeight + ROUNDING || box.scrollWidth > box.clientWidth + ROUNDING;
const tooFull = (sheet, boxes) => [...sheet.querySelectorAll(boxes)].some(overflows);

/** Sizes of the words one after another; the smallest text stays at two hundredths of the screen's height. */
const SIZES = [1, 0.94, 0.88, 0.82, 0.76];
const [SMALLEST] = SIZES.slice(-1);
const FEWER = [1, 2, 3, 4, 6, 8, 10, 12];
const ZOOM_STEP = 0.1;

/**
 * What is tried, in this order: smaller words before more pages. Where the presenter has enlarged them, more pages come first, then
 * less enlarged: one wording has no second page.
 */
function* tries(zoom) {
  yield { zoom, fewer: 0 };
  if (zoom > 1) for (const fewer of FEWER) yield { zoom, fewer };
  for (let less = zoom - ZOOM_STEP; less > 1; less -= ZOOM_STEP) yield { zoom: less, fewer: 0 };
  for (const size of SIZES) yield { zoom: Math.max(SMALLEST, Math.min(1, zoom) * size), fewer: 0 };
  for (const fewer of FEWER) yield { zoom: SMALLEST, fewer };
}

const sized = (element) => {
  element.style.setProperty('--zoom', fit.zoom.toFixed(2));
  element.style.setProperty('--rail-zoom', fit.rail.toFixed(2));
};

/** Sheets as large as the screen on which the measured pages are drawn unseen, to look whether all of it has its place. */
const sheets = [];
function sheetsOf(draw) {
  const used = [];
  Object.assign(fit, { pages: 1, page: 0, measured: [0] });
  // Which other pages there are is known once the first is drawn.
  for (let place = 0; place < fit.measured.length; place += 1) {
    sheets[place] ??= Object.assign(document.createElement('div'), { ariaHidden: 'true', inert: true });
    sized(sheets[place]);
    draw(sheets[place], fit.measured[place]);
    used.push(sheets[place]);
  }
  return used;
}

function onScreen(root, used, look) {
  for (const sheet of used) sheet.classList.add('unseen');
  root.append(...used);
  const seen = look();
  for (const sheet of used) sheet.remove();
  return seen;
}

const holds = (root, draw, boxes) => {
  const used = sheetsOf(draw);
  return onScreen(root, used, () => !used.some((sheet) => tooFull(sheet, boxes)));
};

/** Which of the tries held last, and at which zoom. */
const last = { zoom: null, place: 0 };

/** In a long list, which grows idea by idea, what was too large before is not tried again. */
function measure(root, zoom, draw) {
  const first = fit.pages > MEASURED && last.zoom === zoom ? last.place : 0;
  const all = [...tries(zoom)];
  for (let place = first; place < all.length; place += 1) {
    Object.assign(fit, all[place]);
    Object.assign(last, { zoom, place });
    if (holds(root, draw, MAIN)) break;
  }
  fit.rail = Math.max(fit.zoom, Math.min(1, zoom));
  while (fit.rail > SMALLEST && !holds(root, draw, BESIDE)) fit.rail = Math.max(SMALLEST, fit.rail - ZOOM_STEP);
  for (const sheet of sheets) render(nothing, sheet);
}

/**
 * Draw a page so large that every page of what is shown has its place, so that no item falls between two pages and turning a
 * page changes nothing but the page. What stands beside the words has its own size and takes no row from them.
 * @param {HTMLElement} root
 * @param {{page: number, zoom: number, changed: boolean}} wanted `zoom` of the presenter, 1 is the board's own size; `changed`:
 *   something else than the time may have changed since the last drawing
 * @param {(element: HTMLElement, page: number) => void} draw
 */
export function drawFitting(root, { page, zoom, changed }, draw) {
  if (changed) measure(root, zoom, draw);
  sized(root);
  draw(root, page);
  if (fit.pages <= MEASURED || shownTooFull.has(fit.page) || !tooFull(root, MAIN)) return;
  if (shownTooFull.size >= LONGEST) shownTooFull.clear();
  shownTooFull.add(fit.page);
  drawFitting(root, { page, zoom, changed: true }, draw);
}
