/**
 * The phone: one job per screen. It follows the facilitator by itself, but never takes away what somebody is writing.
 *
 * The address after # is what a person has chosen to look at ("#ideas", "#ballot:3"); without it the phone shows the
 * running step. Screens that are not needed at once are imported when they are, and fetched quietly a while after.
 */

import { nothing, render } from '../../vendor/lit-html/lit-html.js';
import { loadCatalogue, t } from '../lib/catalogue.js';
import { createAnnouncer, createWakeLock } from '../lib/browser.js';
import { currentStep, workshopOf } from '../lib/reading.js';
import { openRoom, whoAsks } from '../live/connection.js';
import { nextFrame } from '../live/records.js';
import { frame, loading, over } from './frame.js';
import { askedFace, faceOf, fetchForWriting, fetchRest } from './screens.js';

/** Screens nobody has asked for yet are fetched this long after the first drawing, ms: out of the way of the start. */
const FETCH_REST_AFTER = 20_000;
/** A sentence about what was done stays this long, ms. */
const TOAST = 5000;

/** What is worth saying aloud when it happens: a step, an open vote, a result. Nothing is said of what was there before. */
class News {
  #room;
  #announce;
  #step;
  #seen = null;
  #asked;
  #proposed = null;

  /** The step that ran before the present one. */
  before = null;

  constructor(room, announce) {
    [this.#room, this.#announce] = [room, announce];
    room.subscribe(() => {
      this.#votes();
      this.#answers();
    });
  }

  /** Whether another step runs than at the last call. */
  step(step) {
    const id = step?.id ?? null;
    if (this.#step === undefined) {
      this.#step = id;
      return false;
    }
    if (id === this.#step) return false;
    [this.before, this.#step] = [this.#step, id];
    this.#announce(step ? t('phone.news.step', { title: step.title }) : t('phone.news.pause'));
    return true;
  }

  /** What was said to my amendments. */
  #answers() {
    const mine = this.#room.mine?.amendments;
    if (!mine) return;
    const before = this.#proposed;
    this.#proposed = new Map(Object.entries(mine).map(([id, { state }]) => [id, state]));
    for (const [id, state] of before ? this.#proposed : []) {
      if (before.get(id) === 'open' && (state === 'accepted' || state === 'rejected')) at.say(t(`phone.news.amendment.${state}`));
    }
  }

  #votes() {
    if (!this.#room.mine) return;
    const asked = Boolean(this.#room.mine.open_vote);
    if (asked && this.#asked === false) this.#announce(t('phone.news.asked'));
    this.#asked = asked;
    const states = new Map();
    for (const kind of ['ballot', 'decision', 'consent']) {
      for (const one of this.#room.records.all(kind)) states.set(one.id, one.state);
    }
    const before = this.#seen;
    this.#seen = states;
    if (!before) return;
    for (const [id, state] of states) {
      const kind = id.split(':')[0];
      if (before.get(id) === state) continue;
      if (state === 'open') this.#announce(t(`phone.news.open.${kind}`));
      else if (kind === 'decision' && !this.#room.records.get(id).result) this.#announce(t('phone.news.text_changed'));
      else if (state === 'published' || kind === 'decision') this.#announce(t('phone.news.result'));
    }
  }
}

const page = JSON.parse(document.getElementById('page').textContent);
const room = openRoom(page);
/** A helper acts for a seat here: what is said of that round every screen. */
const acting = page.seat ? (await import('../helper/bar.js')).createActing(page, room) : null;
const store = room.storage;
const ui = { stay: null, toast: null, errors: {}, opened: {}, moved: false };
const announce = page.preview ? () => {} : createAnnouncer();
const wake = createWakeLock({ changed: draw });
const news = new News(room, announce);
const root = document.body;
let queued = false;
let drawnKey = null;
let stopClock = null;

/** What screens are given. */
const at = {
  room, page, ui, wake, draw, acting,
  get workshop() { return workshopOf(room); },
  get step() { return currentStep(room); },
  /** A value this device keeps for this person: half-filled ballots, wishes. */
  keep: (name, value) => (value === null ? store.remove(keyOf(name)) : store.set(keyOf(name), JSON.stringify(value)), draw()),
  kept: (name) => JSON.parse(store.get(keyOf(name)) ?? 'null'),
  say(text) {
    ui.toast = text;
    clearTimeout(ui.toastTimer);
    ui.toastTimer = setTimeout(() => { ui.toast = null; draw(); }, TOAST);
    draw();
  },
  wish: (name) => store.get(`rundbord:wish:${name}`),
  setWish,
  textsOf, allTexts, fields,
  /** The versions of a text; there once its screen is. */
  versions: () => ({ found: null, failed: false }),
};

/** Whose texts are here besides the first: screens by name, or all there are. */
const spoken = { screens: new Set(), all: false, last: Promise.resolve() };

/** Have the texts in use that `add` asks for. One after the other, so that nobody draws before the own texts are in use. */
function hear(add, undo) {
  add();
  spoken.last = spoken.last.catch(() => {}).then(() => speak()).catch((error) => { undo(); throw error; });
  return spoken.last;
}

/** The texts of a screen, when it is first needed. */
function textsOf(screen) {
  if (spoken.all || spoken.screens.has(screen)) return spoken.last;
  return hear(() => spoken.screens.add(screen), () => spoken.screens.delete(screen));
}

/** All texts, for when the network goes. */
function allTexts() {
  return spoken.all ? spoken.last : hear(() => { spoken.all = true; }, () => { spoken.all = false; });
}

let table = null;

/** What screens of goals and agreements stand on: the table of fields, and asking for versions. */
function fields() {
  table ??= loadTable().catch((error) => { table = null; throw error; });
  return table;
}

async function loadTable() {
  const [{ loadFields }, { createVersions }] = await Promise.all([import('../lib/fields.js'), import('../lib/versions.js')]);
  await loadFields(page.fields_url);
  at.versions = createVersions({ asks: whoAsks(page), draw });
}

const keyOf = (name) => `rundbord:${page.workshop}:${page.person}:${name}`;

/** Ask for a drawing; several askings in one frame are one. */
function draw() {
  if (queued) return;
  queued = true;
  nextFrame(() => {
    queued = false;
    drawNow();
  });
}

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
  const view = decodeURIComponent(location.hash.slice(1));
  const shown = ui.stay && !view ? (room.records.get(ui.stay) ?? step) : step;
  const face = faceOf({ ...at, workshop, step: shown, now: step, view });
  const key = `${view}/${shown?.id ?? workshop.state}/${face.key ?? ''}`;
  const round = { face, view, step: shown, now: step, asked: askedFace(at) };
  // Another screen is drawn anew: no field, focus or place of the one before is taken over.
  if (key !== drawnKey) render(frame(at, { ...round, body: nothing }), root);
  render(frame(at, { ...round, body: face.main }), root);
  if (key !== drawnKey) arrive(key);
  tick(step);
  stayAwake(step);
}

/** Another screen: to its top, and where a person asked for it the focus goes with them. */
function arrive(key) {
  const first = drawnKey === null;
  drawnKey = key;
  // A list keeps its order as long as it is looked at (idealist.js).
  if (!key.endsWith('/list')) ui.list = null;
  if (first) return;
  scrollTo(0, 0);
  // What was just said stays when the room moves on in the same moment: "your proposal is in the text" comes with that.
  if (!ui.moved) return;
  ui.toast = null;
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
function rememberSent() {
  for (const { id, name, state, args } of room.pending()) {
    if (state === 'refused') continue;
    const words = Object.values(args).filter((value) => typeof value === 'string' && value.trim());
    for (const field of room.drafts.fields()) {
      const text = room.drafts.get(field);
      if (text.trim() && words.includes(text.trim())) left.set(`${id} ${field}`, { id, field, text, name });
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
    if (state !== 'refused' && room.drafts.get(field) === text) room.drafts.clear(field);
  }
}

/** Redraw every second only while something counts down. */
function tick(step) {
  const counting = step?.ends_at || [...room.records.all('ballot'), ...room.records.all('decision')].some((one) => one.state === 'open' && one.ends_at);
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
  if (name === 'language') speak().catch(() => at.say(t('phone.me.language.later')));
  draw();
}

function wearTheme() {
  const theme = at.wish('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

async function speak() {
  const wanted = page.texts[at.wish('language')] ? at.wish('language') : page.language;
  const screens = [...spoken.screens].map((screen) => page.screens[wanted].replace('*', screen));
  await loadCatalogue([page.texts[wanted], ...(spoken.all ? [page.more[wanted]] : screens)]);
  draw();
}

const asked = new URLSearchParams(location.search).get('lang');
if (page.texts[asked]) {
  store.set('rundbord:wish:language', asked);
  history.replaceState(null, '', location.pathname + location.hash);
}
wearTheme();
await speak();
rememberSent();
fetchForWriting(at);
addEventListener('hashchange', () => {
  ui.moved = true;
  ui.stay = null;
  draw();
});
room.subscribe(draw);
draw();
if (page.preview) import('./preview.js').then(({ lookOn }) => { lookOn(room); draw(); });
else setTimeout(() => fetchRest(at), FETCH_REST_AFTER);
