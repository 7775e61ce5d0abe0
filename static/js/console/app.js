/**
 * The console: now, next and the room on one screen. It draws what the room is and keeps only what is open on this device.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { lineStrip } from '../elements/connection.js';
import { createAnnouncer, createStorage } from '../lib/browser.js';
import { loadCatalogue, t } from '../lib/catalogue.js';
import { render } from '../lib/drawing.js';
import { useFields } from '../lib/fields.js';
import { createStanding } from '../lib/standing.js';
import { createVersions } from '../lib/versions.js';
import { workshopOf } from '../lib/reading.js';
import { openRoom, whoAsks } from '../live/connection.js';
import { gathered } from '../live/records.js';
import { markWords } from '../lib/writtenin.js';
import { createActing } from './acting.js';
import { createChime } from './chime.js';
import { newUi, stepInView } from './desk.js';
import { drawDialogs } from './dialogs.js';
import { bindDragging } from './dragging.js';
import { faceOf } from './faces.js';
import { foot, topbar } from './frame.js';
import { createKeys } from './keyboard.js';
import { createPersonal } from './personal.js';
import { rail } from './rail.js';
import { roomSide } from './room.js';
import { showLeft } from './saving.js';
import { noteSteps } from './spoken.js';
import { timed } from './timers.js';

const page = JSON.parse(document.getElementById('page').textContent);
const root = document.body;
/** The reasons of `room.trouble` that have words of their own. */
const TOLD = ['full', 'read_only', 'locked'];
/** Ask for a drawing; several askings in one frame are one. */
const draw = gathered((fn) => requestAnimationFrame(fn), [drawNow]);
const storage = createStorage();
const room = openRoom({ as: page.as, workshop: page.workshop, person: page.person });
const ui = newUi();

const personal = createPersonal({ page, storage, changed: draw });
await loadCatalogue(page.texts[personal.language]);
useFields(page.fields);
const announce = createAnnouncer();
const doing = createActing({ room, undoable: page.undoable, draw, announce });
/** @type {import('./desk.js').Desk} */
const desk = {
  page,
  room,
  ui,
  doing,
  act: doing.act,
  draw,
  standing: createStanding({ asks: whoAsks(page), room, draw }),
  versions: createVersions({ asks: whoAsks(page), draw }),
  personal,
  storage,
  announce,
};
const keys = createKeys(desk);
desk.keys = keys;
desk.chime = createChime({ clocks: () => timed(room), now: () => room.clock.now(), storage });

function drawNow() {
  // What is being dragged belongs to the hand until it is let go.
  if (ui.dragging) return;
  const workshop = workshopOf(room);
  const screen = workshop && room.state !== 'closed' ? whole(workshop) : waiting();
  root.className = `console ${screen.editing ? 'editing' : ''} ${keys.on ? '' : 'no-keys'} ${workshop ? '' : 'bare'}`;
  render(screen.body, root);
  fromTop(workshop);
  bindDragging(desk, root);
  drawDialogs();
  noteSteps(desk);
}

/** What is new in the middle opens at its top; what is only drawn again stays where it is read. */
function fromTop(workshop) {
  const now = workshop && JSON.stringify([stepInView(desk)?.id, ui.text, ui.ballot, ui.decision, workshop.state]);
  if (now && now !== ui.inView) {
    document.getElementById('now').scrollTo({ top: 0 });
    showLeft(desk, ui.text);
  }
  ui.inView = now;
}

function whole(workshop) {
  const step = stepInView(desk);
  const face = faceOf(desk, workshop, step);
  return {
    editing: face.editing,
    body: html`<a class="skip" href="#now">${t('common.skip')}</a>${topbar(desk, workshop)}${rail(desk, workshop)}
      ${lineStrip(room, { unsent: room.pending().length, why: room.trouble && whyNot(room.trouble) })}
      <main id="now" tabindex="-1">${face.main}</main>
      <aside class="room" tabindex="0" aria-label=${t('console.room')}>
        ${face.side ?? nothing}${roomSide(desk, workshop, step, Boolean(face.side))}
      </aside>
      ${foot(desk, workshop, step, face)}`,
  };
}

/** Why the server cannot save, for the one who can have it mended. */
const whyNot = (reason) => t(`console.trouble.${TOLD.includes(reason) ? reason : 'other'}`);

/** Before the first answer, and after the console has been let go. */
function waiting() {
  const reason = room.closed?.reason;
  const words = reason ? t('console.over') : t('console.connecting');
  return {
    body: html`<main id="now">
      ${empty({ title: page.title, text: reason ? html`${words} ${t('console.over.text')}` : words })}
    </main>`,
  };
}

room.subscribe(draw);
room.clock.everySecond(draw);
room.clock.everySecond(desk.chime.look);
draw();
markWords(() => room.records.one('workshop')?.language);
