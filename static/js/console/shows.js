/** What board and phones show now, as a live picture and in words; and choosing what the board shows. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, iconButton } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { preview } from '../elements/programme.js';
import { qr } from '../elements/qr.js';
import { livePicture } from './livepicture.js';
import { t } from '../lib/catalogue.js';
import { readCarried } from '../lib/fields.js';
import { currentStep, markOf, newest, openIdeas, wordsOf, workshopOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';
import { pagesOfText } from '../lib/wordingpages.js';
import { people } from './desk.js';
import { livingDialog } from './dialogs.js';
import { boardOf, changeBoard, show, shown } from './moves.js';
import { nudgeWords } from './nudges.js';

const SCREENS = ['step', 'lobby', 'programme', 'qr', 'blank'];
const ZOOM_STEP = 10;

/** `{words, meta}` of the board. */
function boardWords(desk, workshop) {
  const shows = shown(desk);
  const turned = pageWords(desk);
  if (shows === 'blank') return { words: t('console.board.blank'), meta: '' };
  if (shows === 'qr') return { words: t('console.board.qr'), meta: workshop.code };
  if (shows === 'lobby') return { words: workshop.question || workshop.title, meta: t('console.board.lobby') };
  if (shows === 'programme') return { words: t('console.board.programme'), meta: turned };
  const nudge = nudgeWords(desk, shows);
  if (nudge) return { words: nudge, meta: t('console.nudge') };
  const record = desk.room.records.get(shows);
  if (record && shows !== 'step')
    return { words: recordWords(desk, record), meta: [nameOf(desk, record), turned].filter(Boolean).join(' · ') };
  return {
    words: stepWords(desk, workshop),
    meta: [currentStep(desk.room)?.title ?? t('console.board.between'), turned].filter(Boolean).join(' · '),
  };
}

function pageWords(desk) {
  const { page } = boardOf(desk);
  return page ? t('console.board.page', { n: page + 1 }) : '';
}

/** `{words, meta}` of a phone: it follows the running step. */
function phoneWords(desk, workshop) {
  const step = currentStep(desk.room);
  const open = newest(
    [...desk.room.records.all('ballot'), ...desk.room.records.all('decision')],
    (vote) => vote.state === 'open',
  );
  if (open) return { words: recordWords(desk, open), meta: t('console.phone.vote') };
  return { words: step ? step.instruction || step.title : t('console.phone.waits'), meta: step?.title ?? '' };
}

function stepWords({ room }, workshop) {
  const step = currentStep(room);
  if (!step) return workshop.question || workshop.title;
  const vote = newest([...room.records.all('ballot'), ...room.records.all('decision')], (one) => one.step === step.id);
  if (vote && ['ballot', 'decisions'].includes(step.step_kind)) return recordWords({ room }, vote);
  if (step.step_kind === 'ideas' && openIdeas(room).length)
    return t('console.board.ideas', { n: openIdeas(room).length });
  return (
    step.settings.question ||
    (['welcome', 'frame', 'ideas'].includes(step.step_kind) ? workshop.question : '') ||
    step.title
  );
}

function recordWords({ room }, record) {
  if (record.kind === 'ballot') return record.title || t('console.ballot');
  if (record.kind === 'decision') return wordsOf(room.records.get(record.subject));
  if (record.kind === 'amendment') return amendmentWords({ room }, record);
  if (record.kind === 'step') return record.title;
  if (record.kind === 'show_of_hands') return record.question;
  return wordsOf(record);
}

/** What an amendment puts in, in words. */
function amendmentWords({ room }, one) {
  const noun = one.on.split(':')[0];
  const [old, now] = [one.old, one.new].map((text) => readCarried(noun, one.field, text));
  return linesOf(room, noun, { field: one.field, old, new: now })
    .map((line) => line.now)
    .filter(Boolean)
    .join(' · ');
}

/** What a record is called: "Mål 2", "Afstemning". */
export function nameOf({ room }, record) {
  if (record.kind === 'goal' || record.kind === 'agreement')
    return t(`console.${record.kind}.name`, { mark: markOf(room, record) });
  return t(`console.kind.${record.kind}`);
}

/** Choose a screen, turn pages, zoom. */
function boardControls(desk) {
  const board = boardOf(desk);
  const record = desk.room.records.get(board.shows);
  const own = SCREENS.includes(board.shows)
    ? []
    : [
        {
          value: board.shows,
          label: nudgeWords(desk, board.shows) ? t('console.nudge') : record ? nameOf(desk, record) : board.shows,
        },
      ];
  const zoom = (by) => changeBoard(desk, { zoom: Math.min(200, Math.max(50, board.zoom + by)) });
  return html`<div class="board-controls">
    <div class="screens" role="group" aria-label=${t('console.board.choose')}>
      ${[...SCREENS.map((value) => ({ value, label: t(`console.screen.${value}`) })), ...own].map((one) => html`<button type="button" aria-pressed=${String(one.value === board.shows)} @click=${() => show(desk, one.value)}>${one.label}</button>`)}
    </div>
    <div class="pair" role="group" aria-label=${t('console.board.pages')}>
      ${iconButton({ icon: 'back', name: t('console.board.page_back'), off: board.page <= 0, onClick: () => changeBoard(desk, { page: Math.max(0, board.page - 1) }) })}<span>${t('console.board.page', { n: board.page + 1 })}</span>${iconButton({ icon: 'next', name: t('console.board.page_on'), onClick: () => changeBoard(desk, { page: board.page + 1 }) })}
    </div>
    <div class="pair" role="group" aria-label=${t('console.board.zoom')}>
      ${iconButton({ icon: 'minus', name: t('console.board.smaller'), off: board.zoom <= 50, onClick: () => zoom(-ZOOM_STEP) })}<span
        >${board.zoom} %</span
      >${iconButton({ icon: 'plus', name: t('console.board.larger'), off: board.zoom >= 200, onClick: () => zoom(ZOOM_STEP) })}
    </div>
  </div>`;
}

/** The screens of the room: the board as wide as most projectors are, a phone as tall as most phones are. */
const PICTURED = { board: '1280x720', phone: '390x844' };
const FOLDED = 'rundbord:console:pictures';

const wordsOfScreen = (desk, workshop, screen) =>
  screen === 'board' ? boardWords(desk, workshop) : phoneWords(desk, workshop);

/** The live picture of a screen, with the words of what it shows for whoever does not see it. */
function picture(desk, screen, { words, meta }) {
  const name = t(`console.picture.${screen}`);
  return html`<div class="picture ${screen}" role="img" aria-label=${[name, words, meta].filter(Boolean).join('. ')}>
    ${
      screen === 'board'
        ? livePicture(desk.page.previews.board, PICTURED.board, name)
        : livePicture(desk.page.previews.phone, PICTURED.phone, name)
    }
  </div>`;
}

/** Which screen of the room is looked at. */
function screenTabs(desk) {
  const { ui } = desk;
  const tab = (value) =>
    html`<button
      type="button"
      aria-pressed=${String(ui.shows === value)}
      @click=${() => {
        ui.shows = value;
        desk.draw();
      }}
    >
      ${t(`console.shows.${value}`)}
    </button>`;
  return html`<span class="seg" role="group" aria-label=${t('console.shows')}>${tab('board')}${tab('phone')}</span>`;
}

/** What the screens show now, in the rail: a picture that opens large, or folded away the words alone. */
export function showsNow(desk, workshop) {
  const { ui } = desk;
  const said = wordsOfScreen(desk, workshop, ui.shows);
  const folded = desk.storage.get(FOLDED) === 'folded';
  const fold = () => {
    desk.storage.set(FOLDED, folded ? 'shown' : 'folded');
    desk.draw();
  };
  const name = t(folded ? 'console.picture.unfold' : 'console.picture.fold');
  const larger = t(`console.picture.${ui.shows}.larger`);
  const more = ui.shows === 'board' && !SCREENS.includes(shown(desk));
  return html`<section class="shows ${more ? 'one-more' : ''}" aria-label=${t('console.shows')}>
    <h2 class="h">
      ${t('console.shows')}
      <span class="seg"
        >${screenTabs(desk)}<button type="button" class="fold-picture" aria-label=${name} title=${name} @click=${fold}>
          ${icon(folded ? 'eye' : 'eye-off')}
        </button></span
      >
    </h2>
    ${
      folded
        ? preview({
            ...said,
            corner: ui.shows === 'board' ? qr({ modules: desk.page.join.qr, address: desk.page.join.url }) : undefined,
          })
        : html`<div class="pictured ${ui.shows}">
            ${picture(desk, ui.shows, said)}${ui.shows === 'phone' ? html`<p class="meta">${said.meta || said.words}</p>` : nothing}<button
              type="button"
              class="larger"
              aria-label=${larger}
              title=${larger}
              @click=${() => openScreens(desk)}
            ></button>
          </div>`
    }
    ${ui.shows === 'board' ? boardControls(desk) : nothing}
  </section>`;
}

/** The screens large, in a dialog: on a small laptop the only place where they are. */
export function openScreens(desk, screen = desk.ui.shows) {
  desk.ui.shows = screen;
  livingDialog({
    title: t('console.shows'),
    wide: true,
    body: () => {
      const workshop = workshopOf(desk.room);
      const { shows } = desk.ui;
      const said = wordsOfScreen(desk, workshop, shows);
      return html`<p>${screenTabs(desk)}</p>
        <div class="pictured large ${shows}">
          ${picture(desk, shows, said)}
          <div class="stack gap-2">
            <p class="words lead" dir="auto">${said.words}</p>
            <p class="soft">${said.meta}</p>
            ${shows === 'phone' ? html`<p class="soft">${t('console.picture.phone.text')}</p>` : nothing}
          </div>
        </div>
        ${shows === 'board' ? html`${boardControls(desk)}${desk.page.board_url ? html`<p><a href=${desk.page.board_url} target="_blank" rel="noopener">${t('console.board.open')}</a></p>` : nothing}` : nothing}
        <p class="soft">
          ${t('console.board.people', { here: people(desk.room).here, n: people(desk.room).joined })}
        </p>`;
    },
  });
}

/** A button that puts the last change of a text on the board: it comes after the pages of its words. */
export function changeButton(desk, text) {
  const page = pagesOfText(text).length;
  const board = boardOf(desk);
  const on = board.shows === text.id && board.page >= page;
  return text.previous
    ? button({
        label: t('console.change.put'),
        icon: 'board',
        small: true,
        pressed: on,
        onClick: () => show(desk, text.id, t('console.said.on_board'), on ? 0 : page),
      })
    : nothing;
}

/** A button that puts a record on the board, or says that it is there. */
export function boardButton(desk, record, { small = true } = {}) {
  const on = shown(desk) === record.id;
  return button({
    label: on ? t('console.on_board') : t('console.put'),
    icon: 'board',
    small,
    pressed: on,
    onClick: () => show(desk, on ? 'step' : record.id),
  });
}
