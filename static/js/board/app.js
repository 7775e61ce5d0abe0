/**
 * The board: what the room is doing, readable from the last row. It draws what the facilitator has chosen to show; the code
 * to join is always there.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { dashes, sample } from '../elements/basics.js';
import { connection } from '../elements/connection.js';
import { icon, mark } from '../elements/icons.js';
import { qr, qrCard } from '../elements/qr.js';
import { lobbyTable } from '../elements/ring.js';
import { loadCatalogue, t } from '../lib/catalogue.js';
import { render } from '../lib/drawing.js';
import { useFields } from '../lib/fields.js';
import { currentStep, stepsOf, workshopOf } from '../lib/reading.js';
import { whenWords } from '../lib/schedule.js';
import { createStanding } from '../lib/standing.js';
import { openRoom, whoAsks } from '../live/connection.js';
import { gathered } from '../live/records.js';
import { drawFitting } from './paging.js';
import { nudgeFace, readNudge } from './nudges.js';
import { faceOfRecord } from './records.js';
import { arrived, faceOfStep, programme } from './steps.js';
import { createTurning } from './turning.js';

const page = JSON.parse(document.getElementById('page').textContent);
const root = document.body;
/** Ask for a drawing; several askings in one frame are one. */
const draw = gathered((fn) => requestAnimationFrame(fn), [drawNow]);
const way = { modules: page.join.qr, address: page.join.url, host: page.join.host, code: page.code };
/** Said where phones cannot follow the code: the server listens to this machine alone. */
const onlyHere = () =>
  page.join.only_here ? html`<p class="only-here">${icon('warn')}<span>${t('board.only_here')}</span></p>` : nothing;

const room = openRoom({ as: page.as, workshop: page.workshop, person: page.person, preview: page.preview });
const turning = createTurning({ room, leads: page.as === 'organiser', draw });
let language = page.language;

/** Whether anything but the time may have changed since the last drawing. */
let changed = true;
const redraw = () => {
  changed = true;
  draw();
};

const standing = createStanding({ asks: whoAsks(page), room, draw: redraw });

function drawNow() {
  const workshop = workshopOf(room);
  const { shows = 'lobby', zoom = 100 } = room.records.one('board') ?? {};
  follow(workshop);
  drawFitting(root, { page: turning.page(), zoom: zoom / 100, changed }, (element, page) => {
    const { kind = '', body } = screenFor(workshop, shows, page);
    const strip = wrong();
    element.className = `board ${kind}${strip === nothing ? '' : ' troubled'}`;
    render(html`${strip}${body}`, element);
  });
  changed = false;
}

/** The board speaks the workshop's language. */
function follow(workshop) {
  if (!workshop || workshop.language === language) return;
  language = workshop.language;
  loadCatalogue(page.texts[language]).then(redraw);
}

function screenFor(workshop, shows, turned) {
  if (room.state === 'closed') return { kind: 'lobby', body: over() };
  if (!workshop || shows === 'lobby') return { kind: 'lobby', body: lobby(workshop) };
  if (shows === 'blank')
    return {
      kind: 'blank',
      body: html`${line()}
        <main><h1 class="vh">${t('board.blank')}</h1></main>`,
    };
  if (shows === 'qr')
    return {
      kind: 'code-only',
      body: html`${line()}
        <main>
          <h1 class="vh">${t('board.join')}</h1>
          ${qrCard(way)}${onlyHere()}
        </main>`,
    };
  return { body: withFrame(workshop, faceFor(workshop, shows, turned)) };
}

/** `{title, main, rail}` of what is shown; `afterwards`: the programme is over, and its dashes would say nothing. */
function faceFor(workshop, shows, turned) {
  const at = { room, workshop, page: turned, join: way, standing };
  if (shows === 'programme') return programme(at);
  const nudge = readNudge(shows);
  if (nudge) return nudgeFace(at, nudge);
  const step = currentStep(room);
  if (shows !== 'step') {
    const record = room.records.get(shows);
    const face = record && faceOfRecord(at, record);
    if (face) return face;
  }
  return faceOfStep(at, step);
}

function withFrame(workshop, face) {
  const steps = stepsOf(room);
  const now = steps.findIndex((step) => step.state === 'running') + 1;
  return html`<header class="hd">
      ${mark()}<span><b dir="auto">${workshop.title}</b> ${workshop.example ? sample() : nothing}</span>${
        face.title ? html`<span aria-hidden="true">·</span><span dir="auto">${face.title}</span>` : nothing
      }${line()}${steps.length && !face.afterwards ? dashes({ total: steps.length, now }) : nothing}
    </header>
    <main aria-live="polite">${face.main}</main>
    <aside class="side-rail" aria-label=${t('board.join')}>
      ${face.rail ?? nothing}${onlyHere()}${face.code ?? qrCard(way)}
    </aside>`;
}

/** That the board is on its way to the server, or nothing. */
const line = () => (room.state === 'connecting' ? connection('connecting') : nothing);

/** A strip that is read from the last row: what is wrong with the connection or the server, and that no answer is lost. */
function wrong() {
  const what = room.state === 'offline' ? 'offline' : room.state === 'connected' && room.trouble ? 'trouble' : null;
  if (!what) return nothing;
  return html`<p class="strip" role="status">
    ${icon(what === 'offline' ? 'off' : 'warn')}<span><b>${t(`board.line.${what}`)}</b> ${t('board.line.kept')}</span>
  </p>`;
}

/** How long the question is, as a class: the longer, the smaller its letters, so that the lines under it have their place. */
const lengthOf = (words) => (words.length > 180 ? 'long longest' : words.length > 90 ? 'long' : '');

function lobby(workshop) {
  const words = workshop?.question || workshop?.title || page.title;
  return html`<main>
      <p class="brand">${mark()}Rundbord ${page.example ? sample() : nothing} ${line()}</p>
      <h1 class="words ${lengthOf(words)}" dir="auto">${words}</h1>
      ${workshop && whenWords(room) ? html`<p class="when" dir="auto">${whenWords(room)}</p>` : nothing}
      <p class="how">
        ${t('board.how.scan')} <b>${way.host}</b>, ${t('board.how.code')}
        <b class="code">${way.code}</b>.<br />${t('board.how.free')}
      </p>
      ${onlyHere()} ${workshop ? arrived(room) : nothing}
    </main>
    <aside aria-label=${t('board.join')}>${lobbyTable(qr(way))}</aside>`;
}

const over = () =>
  html`<main>
    <p class="brand">${mark()}Rundbord</p>
    <h1 class="words">${t('board.over')}</h1>
    <p class="how">${t('board.over.text')}</p>
  </main>`;

await loadCatalogue(page.texts[language]);
useFields(page.fields);
room.subscribe(redraw);
room.clock.everySecond(draw);
addEventListener('resize', redraw);
document.fonts?.addEventListener('loadingdone', redraw);
draw();
