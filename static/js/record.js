/** The public page looks every 20 seconds whether something was published, and puts the changed parts in. Without this script
 * the page says the same: it is read anew when it is opened. */

const EVERY = 20_000;
const today = document.getElementById('today');
let etag = today.dataset.etag;

/** Puts the parts of a newer page in where they differ; folded parts that were opened stay open. */
function swap(newer) {
  const parts = [...document.querySelectorAll('[data-part]')];
  const names = (page) => [...page.querySelectorAll('[data-part]')].map((part) => part.id).join();
  if (names(document) !== names(newer)) {
    replace(document.getElementById('record'), newer.getElementById('record'));
    replace(document.querySelector('.toc'), newer.querySelector('.toc'));
    replace(today, newer.getElementById('today'));
    return;
  }
  for (const part of parts) replace(part, newer.getElementById(part.id));
}

/** Puts what is in `newer` into `old`, if it is another; what was open stays open, and the focus stays where it was. */
function replace(old, newer) {
  const folds = (part) => [...part.querySelectorAll('details')];
  const open = folds(old).map((one) => one.open);
  const focused = old.contains(document.activeElement) ? places(old).indexOf(document.activeElement) : -1;
  for (const one of folds(old)) one.open = false;
  if (old.innerHTML === newer.innerHTML) {
    folds(old).forEach((one, place) => (one.open = open[place]));
    return;
  }
  old.replaceChildren(...document.importNode(newer, true).childNodes);
  folds(old).forEach((one, place) => (one.open = open[place] ?? false));
  if (focused >= 0) places(old)[focused]?.focus({ preventScroll: true });
}

const places = (part) => [...part.querySelectorAll('a, summary, [tabindex]')];

/** Asks whether something is new. A failed question is asked again the next time. */
async function look() {
  if (document.hidden) return;
  const answer = await fetch(today.dataset.status, { headers: { 'If-None-Match': etag }, cache: 'no-store' });
  if (answer.status === 304) return;
  // Taken back: the address itself says so.
  if (answer.status === 410) return location.reload();
  if (!answer.ok) return;
  const page = await fetch(location.href, { cache: 'no-store' });
  if (!page.ok) return;
  swap(new DOMParser().parseFromString(await page.text(), 'text/html'));
  etag = answer.headers.get('ETag') ?? etag;
  const told = document.getElementById('refreshed');
  told.textContent = told.dataset.words;
}

/** Opens the folded part that the address leads to. */
function unfold() {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place) return;
  const fold = place.matches('details') ? place : place.querySelector(':scope > details');
  if (fold) fold.open = true;
}

unfold();
addEventListener('hashchange', unfold);
document.addEventListener('visibilitychange', () => look().catch(() => {}));
setInterval(() => look().catch(() => {}), EVERY);
