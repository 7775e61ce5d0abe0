/**
 * The phone: one job per screen. It follows the facilitator by itself, but never takes away what somebody is writing.
 *
 * The address after # is what a person has chosen to look at ("#ideas", "#ballot:3"); without it the phone shows the
 * running step. Screens that are not needed at once are imported when they are, and fetched quietly a while after.
 */

import { nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { createAnnouncer, createWakeLock } from '../lib/browser.js';
import { currentStep, said, workshopOf } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { render } from '../lib/drawing.js';
import { markWords } from '../lib/writtenin.js';
import { openRoom, whoAsks } from '../live/connection.js';
import { gathered, nextFrame } from '../live/records.js';
import { frame, goElsewhere, loading, over } from './frame.js';
import { fetchForWriting, fetchRest } from './loader.js';
import { News } from './news.js';
import { writingMode } from './places.js';
import { askedFace, faceOf, unsentStrip } from './screens.js';
import { createSpeaking } from './speaking.js';

/** Screens nobody has asked for yet are fetched this long after the first drawing, ms: out of the way of the start. */
const FETCH_REST_AFTER = 20_000;
/** A sentence about what was done stays this long, ms. */
const TOAST = 5000;
/** What sticks at the top, from above, and the name under which the style sheet finds where it ends. */
const STICKING = [
  ['.for-seat', '--bar'],
  ['.offline', '--over'],
  ['.unsent', '--stuck'],
];

const page = JSON.parse(document.getElementById('page').textContent);
const room = openRoom(page.preview ? { ...page, preview: 'phone' } : page);
/** A helper acts for a seat here: what is said of that round every screen. */
const acting = page.seat ? (await import('../helper/bar.js')).createActing(page, room) : null;
const store = room.storage;
const root = document.body;
/** Ask for a drawing; several askings in one frame are one. */
const draw = gathered(nextFrame, [drawNow]);
const ui = { stay: null, toast: null, errors: {}, opened: {}, moved: false };
const announce = page.preview ? () => {} : createAnnouncer();
const wake = createWakeLock({ changed: draw });
const news = new News(room, announce, (text) => at.say(text, { anywhere: true }));
let drawnKey = null;
let stopClock = null;

/** What screens are given. */
const at = {
  room,
  page,
  ui,
  wake,
  draw,
  acting,
  get workshop() {
    return workshopOf(room);
  },
  get step() {
    return currentStep(room);
  },
  /** A value this device keeps for this person: half-filled ballots, wishes. */
  keep: (name, value) => (
    value === null ? store.remove(keyOf(name)) : store.set(keyOf(name), JSON.stringify(value)),
    draw()
  ),
  kept: (name) => JSON.parse(store.get(keyOf(name)) ?? 'null'),
  /** Say what was done, until the screen it was said on is another; `anywhere`: on the next screens too. */
  say(text, { anywhere = false } = {}) {
    ui.toast = text;
    [ui.toastOn, ui.toastAnywhere] = [null, anywhere];
    clearTimeout(ui.toastTimer);
    ui.toastTimer = setTimeout(() => {
      ui.toast = null;
      draw();
    }, TOAST);
    draw();
  },
  wish: (name) => store.get(`rundbord:wish:${name}`),
  setWish,
  textsOf: (screen) => speaking.textsOf(screen),
  allTexts: () => speaking.allTexts(),
  fields,
  /** The versions of a text; there once its screen is. */
  versions: () => ({ found: null, failed: false }),
};

const speaking = createSpeaking({ page, wish: at.wish, draw });
let table = null;

/** What screens of goals and agreements stand on: the table of fields, and asking for versions. */
function fields() {
  table ??= loadTable().catch((error) => {
    table = null;
    throw error;
  });
  return table;
}

async function loadTable() {
  const [{ loadFields }, { createVersions }] = await Promise.all([
    import('../lib/fields.js'),
    import('../lib/versions.js'),
  ]);
  await loadFields(page.fields_url);
  at.versions = createVersions({ asks: whoAsks(page), draw });
}

const keyOf = (name) => `rundbord:${page.workshop}:${page.person}:${name}`;

function drawNow() {
  const { workshop, step } = at;
  if (room.state === 'closed') {
    render(acting?.over() ?? over(at), root);
    return;
  }
  if (!workshop || !room.mine) {
    render(loading(at), root);
    return;
  }
  settleDrafts();
  follow(step);
  const view = viewInAddress();
  const shown = ui.stay && !view ? (said(room.records.get(ui.stay)) ?? step) : step;
  ui.drawn = new Set();
  const face = faceOf({ ...at, workshop, step: shown, now: step, view });
  const key = `${view}/${shown?.id ?? workshop.state}/${face.key ?? ''}`;
  const unsent = unsentStrip({ ...at, workshop, step: shown, now: step });
  if (!face.missing) forgetToast(`${key} ${writingMode({ now: step, step: shown, workshop })}`);
  const round = { face, view, step: shown, now: step, asked: askedFace(at), unsent };
  // Another screen is drawn anew: no field, focus or place of the one before is taken over.
  if (key !== drawnKey) render(frame(at, { ...round, body: nothing }), root);
  render(frame(at, { ...round, body: face.main }), root);
  leaveRoom();
  if (key !== drawnKey) arrive(key);
  tick(step);
  stayAwake(step);
}

/** What sticks at the top leaves room for what sticks over it: a helper's bar, the strip about the line, an unsent idea. */
function leaveRoom() {
  let height = 0;
  for (const [part, name] of STICKING) {
    height += root.querySelector(`:scope > ${part}`)?.offsetHeight ?? 0;
    root.style.setProperty(name, `${height}px`);
  }
}

/** What was said on one screen, or of ideas that only their writers saw, may be wrong on the next. */
function forgetToast(place) {
  if (!ui.toast || ui.toastAnywhere) return;
  ui.toastOn ??= place;
  if (ui.toastOn !== place) ui.toast = null;
}

/** What is asked for behind the #; an address that was cut or mistyped asks for nothing. */
function viewInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

/** Another screen: to its top, and where a person asked for it the focus goes with them. */
function arrive(key) {
  const first = drawnKey === null;
  drawnKey = key;
  // A list keeps its order as long as it is looked at (idealist.js).
  if (!key.endsWith('/list')) {
    ui.list = null;
    ui.drawnOf?.clear();
  }
  if (first) return;
  scrollTo(0, 0);
  if (!ui.moved) return;
  ui.moved = false;
  document.getElementById('main')?.focus({ preventScroll: true });
}

/** The facilitator has moved on: so does the phone, unless somebody is in the middle of a sentence. */
function follow(step) {
  if (!news.step(step)) return;
  const view = location.hash.length > 1;
  if (isWriting()) {
    ui.stay ??= view ? null : news.before;
    return;
  }
  ui.stay = null;
  if (view) history.replaceState(null, '', location.pathname);
}

function isWriting() {
  const field = document.activeElement;
  return field?.matches('textarea, input:not([type=radio], [type=checkbox])') && field.value.trim() !== '';
}

/**
 * A text that was on its way when the page went away: its draft is cleared when its answer comes, as it would have been.
 */
const left = new Map();
const waited = room.pending();
function rememberSent() {
  for (const { id, name, state, args } of waited) {
    if (state === 'refused') continue;
    const words = Object.values(args).filter((value) => typeof value === 'string' && value);
    for (const field of room.drafts.fields()) {
      const text = room.drafts.get(field);
      if (clean(text) && (words.includes(clean(text)) || words.includes(clean(text, { oneLine: true }))))
        left.set(`${id} ${field}`, { id, field, text, name });
    }
  }
}

function settleDrafts() {
  if (!left.size) return;
  const pending = new Map(room.pending().map((item) => [item.id, item]));
  for (const [key, { id, field, text }] of left) {
    const state = pending.get(id)?.state;
    if (state && state !== 'sent' && state !== 'refused') continue;
    left.delete(key);
    if (state !== 'refused' && room.drafts.get(field) === text) room.drafts.sent(field);
  }
}

/** Redraw every second only while something counts down. */
function tick(step) {
  const counting =
    step?.ends_at ||
    [...room.records.all('ballot'), ...room.records.all('decision')].some((one) => one.state === 'open' && one.ends_at);
  if (counting && !stopClock) stopClock = room.clock.everySecond(draw);
  if (!counting && stopClock) {
    stopClock();
    stopClock = null;
  }
}

let awake = false;
/** The screen stays lit while a step runs, not in breaks, and not against the person's wish. */
function stayAwake(step) {
  const wanted = Boolean(step) && step.step_kind !== 'break' && at.wish('awake') !== 'no';
  if (awake && !wanted) wake.release();
  awake = wanted;
}
document.addEventListener('click', () => awake && !wake.held && wake.hold());

/** Language and theme are the person's own, on this device. */
function setWish(name, value) {
  store.set(`rundbord:wish:${name}`, value);
  if (name === 'theme') wearTheme();
  if (name === 'language') speaking.speak().catch(() => at.say(t('phone.me.language.later')));
  draw();
}

function wearTheme() {
  const theme = at.wish('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

const asked = new URLSearchParams(location.search).get('lang');
if (page.texts[asked]) {
  store.set('rundbord:wish:language', asked);
  history.replaceState(null, '', location.pathname + location.hash);
}
wearTheme();
await speaking.speak();
rememberSent();
// Drafts of a tab that is gone come a moment later: what was on its way from there counts too.
room.drafts.ready.then(() => {
  rememberSent();
  draw();
});
fetchForWriting(at);
addEventListener('hashchange', () => {
  goElsewhere(ui);
  draw();
});
// With the keyboard open a phone may push the page up behind its upper edge: what sticks there stays in sight.
globalThis.visualViewport?.addEventListener('scroll', () =>
  root.style.setProperty('--seen-top', `${globalThis.visualViewport.offsetTop}px`),
);
room.subscribe(draw);
draw();
markWords(() => room.records.one('workshop')?.language);
if (page.preview)
  import('./preview.js').then(({ lookOn }) => {
    lookOn(room);
    draw();
  });
else setTimeout(() => fetchRest(at), FETCH_REST_AFTER);
