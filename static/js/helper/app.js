/**
 * A helper's page: the seats this device acts for, new ones, and seats taken on with a card. Writing and voting happen on
 * the screens of a phone, one seat at a time (`bar.js`).
 *
 * The address after # is what is open: "#new", "#take", "#made:7"; without it the list.
 */

import { createAnnouncer } from '../lib/browser.js';
import { loadCatalogue, t } from '../lib/catalogue.js';
import { render } from '../lib/drawing.js';
import { workshopOf } from '../lib/reading.js';
import { openRoom } from '../live/connection.js';
import { gathered, nextFrame } from '../live/records.js';
import { madeFace, newFace, takeFace } from './forms.js';
import { Leftovers, forgetClosedVotes, forgetSeat } from './leftovers.js';
import { frame, listFace, loading, over } from './list.js';

/** A sentence about what was done stays this long, ms. */
const TOAST = 5000;

const page = JSON.parse(document.getElementById('page').textContent);
const room = openRoom(page);
const store = room.storage;
const announce = createAnnouncer();
const root = document.body;
/** Ask for a drawing; several askings in one frame are one. */
const draw = gathered(nextFrame, [drawNow]);
const leftovers = new Leftovers(page, room, draw);
let drawnView = null;

/** What the faces are given. */
const at = {
  page,
  room,
  draw,
  leftovers,
  ui: { toast: null, errors: {}, form: {}, busy: false },
  get workshop() {
    return workshopOf(room);
  },
  /** The seats in this device's hands, and those that were. */
  get seats() {
    return room.mine?.seats ?? [];
  },
  wish: (name) => store.get(`rundbord:wish:${name}`),
  async speak(language) {
    store.set('rundbord:wish:language', language);
    await loadCatalogue(page.texts[language]);
    draw();
  },
  say(text) {
    at.ui.toast = text;
    announce(text);
    clearTimeout(at.ui.toastTimer);
    at.ui.toastTimer = setTimeout(() => {
      at.ui.toast = null;
      draw();
    }, TOAST);
    draw();
  },
};

const FACES = { '': listFace, new: newFace, take: takeFace, made: madeFace };

function drawNow() {
  if (room.state === 'closed') render(over(at), root);
  else if (!at.workshop || !room.mine) render(loading(at), root);
  else whole();
}

function whole() {
  tidy();
  const [view, what] = location.hash.slice(1).split(':');
  const face = (FACES[view] ?? listFace)(at, what);
  render(frame(at, face, view), root);
  if (drawnView !== null && drawnView !== location.hash) {
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }
  drawnView = location.hash;
}

/** Send what was left unsent, and keep nothing of votes that are over nor of seats in other hands. */
function tidy() {
  if (room.state !== 'connected') return;
  for (const seat of at.seats) {
    if (seat.hands === 'mine') forgetClosedVotes(room, page, seat.number);
    else forgetSeat(room, page, seat.number);
  }
  leftovers.send(at.seats.filter((seat) => seat.hands === 'mine'));
}

function wearTheme() {
  const theme = at.wish('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}

wearTheme();
const asked = new URLSearchParams(location.search).get('lang');
const language = [asked, at.wish('language'), page.language].find((one) => page.texts[one]);
await loadCatalogue(page.texts[language]);
document.title = `${t('helper.title')} · ${page.title}`;
addEventListener('hashchange', () => {
  at.ui.errors = {};
  draw();
});
room.subscribe(draw);
draw();
