/** Several ideas at once: tick them, one by one, in a row or all that a search finds; then move, merge or hide them together. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { keycap } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { clean } from '../lib/cleaning.js';
import { byTheme, inOrder, openIdeas } from '../lib/reading.js';
import { stepInView } from './desk.js';
import { openMerge } from './merging.js';
import { hideAll } from './review.js';

const STEPS = ['ideas', 'themes'];
/** So many themes have a key of their own. */
const DIGITS = 9;

/** The ideas that are ticked, in the order they were. */
function picked({ room, ui }) {
  const open = new Set(openIdeas(room).map((idea) => idea.id));
  return [...ui.picked].filter((id) => open.has(id));
}

/** Whether the search finds the idea. */
export const found = ({ ui }, idea) => idea.text.toLowerCase().includes(ui.search.trim().toLowerCase());

/** The ideas that are in view, in the order they stand there. */
const inView = (desk) => byTheme(desk.room).flatMap(({ ideas }) => ideas.filter((idea) => found(desk, idea)));

/** Tick an idea or take the tick away; with Shift also all between it and the last one. */
function pick(desk, id, { shiftKey, target }) {
  const { ui } = desk;
  const ids = inView(desk).map((idea) => idea.id);
  const [from, to] = [ids.indexOf(shiftKey ? ui.lastPicked : id), ids.indexOf(id)].sort((a, b) => a - b);
  const row = from < 0 ? [id] : ids.slice(from, to + 1);
  row.forEach((one) => (target.checked ? ui.picked.add(one) : ui.picked.delete(one)));
  ui.lastPicked = id;
  desk.draw();
}

/** The tick of an idea's card, on its words. */
export const pickBox = (desk, idea, words) =>
  html`<label class="pick"
    ><input type="checkbox" .checked=${desk.ui.picked.has(idea.id)} @click=${(event) => pick(desk, idea.id, event)} />
    ${words}</label
  >`;

export function unpick(desk) {
  desk.ui.picked.clear();
  desk.draw();
}

/** Search, and how many are found. */
export function searchPart(desk) {
  const { ui, room } = desk;
  const whole = openIdeas(room).length;
  const here = inView(desk);
  const all = () => {
    here.forEach((idea) => ui.picked.add(idea.id));
    desk.draw();
  };
  return html`<div class="idea-search">
    <label class="vh" for="idea-search">${t('console.ideas.search', { n: whole })}</label>
    <input
      class="input"
      type="search"
      id="idea-search"
      autocomplete="off"
      placeholder=${t('console.ideas.search', { n: whole })}
      .value=${ui.search}
      @input=${(event) => {
        ui.search = event.target.value;
        desk.draw();
      }}
      @keydown=${(event) => event.key === 'Enter' && here.length && all()}
    />
    ${keycap('/')}
    ${
      ui.search.trim()
        ? html`<span class="soft" role="status">${t('console.ideas.found', { n: here.length, whole })}</span>
            ${here.length ? button({ label: t('console.ideas.pick_all', { n: here.length }), small: true, onClick: all }) : nothing}`
        : nothing
    }
  </div>`;
}

/** Under what is ticked: where it can go. */
export function pickedBar(desk) {
  const ids = picked(desk);
  if (!ids.length) return nothing;
  const themes = inOrder(desk.room.records.all('theme'));
  return html`<div class="picked-bar" role="toolbar" aria-label=${t('console.picked')}>
    <b role="status">${t('console.picked.n', { n: ids.length })}</b>
    <span class="soft">${t('console.picked.move')}</span>
    ${themes.map((theme, place) => button({ label: theme.title, keycap: place < DIGITS ? String(place + 1) : undefined, small: true, onClick: () => moveTo(desk, theme.id) }))}
    ${newTheme(desk)}
    ${themes.length ? button({ label: t('console.themes.loose'), keycap: '0', small: true, onClick: () => moveTo(desk, null) }) : nothing}
    ${ids.length > 1 ? button({ label: t('console.picked.merge'), icon: 'merge', keycap: 'M', small: true, onClick: () => pressMerge(desk) }) : nothing}
    ${button({ label: t('console.hide'), icon: 'eye-off', small: true, onClick: () => hideAll(desk, ids) })}
    ${button({ label: t('console.picked.none'), sort: 'quiet', small: true, onClick: () => unpick(desk) })}
  </div>`;
}

/** A theme that is made for what is ticked. */
function newTheme(desk) {
  const make = async (event) => {
    event.preventDefault();
    const input = event.target.elements['new-theme'];
    const title = clean(input.value, { oneLine: true });
    if (!title) return;
    const made = await desk.act('create_theme', { title }, t('console.said.theme'));
    if (!made.ok) return;
    input.value = '';
    await moveTo(desk, made.result.theme, title);
  };
  return html`<form class="new-theme" @submit=${make}>
    <input
      class="input"
      id="new-theme"
      name="new-theme"
      autocomplete="off"
      aria-label=${t('console.picked.new_theme')}
      placeholder=${t('console.picked.new_theme')}
    /><button class="btn secondary small" type="submit" aria-label=${t('console.picked.to_new')}>
      ${icon('plus')}
    </button>
  </form>`;
}

/** Lay what is ticked under a theme, or under none. */
async function moveTo(desk, theme, named = null) {
  const ideas = picked(desk);
  const title = named ?? (theme ? desk.room.records.get(theme)?.title : t('console.themes.loose'));
  const done = await desk.act('move_ideas', { ideas, theme }, t('console.said.moved_all', { n: ideas.length, title }));
  if (!done.ok) return;
  desk.ui.search = '';
  unpick(desk);
}

/** Whether the keys of the ideas are in force. */
const choosing = (desk) => !desk.ui.text && STEPS.includes(stepInView(desk)?.step_kind);

/** A digit moves what is ticked to that theme, 0 to none. */
export function pressDigit(desk, digit) {
  if (!choosing(desk) || !picked(desk).length) return;
  const theme = inOrder(desk.room.records.all('theme'))[digit - 1];
  if (theme || digit === 0) moveTo(desk, theme?.id ?? null);
}

export function pressMerge(desk) {
  const ids = picked(desk);
  if (choosing(desk) && ids.length > 1) openMerge(desk, ids).then((merged) => merged && unpick(desk));
}

export const goToSearch = () => document.getElementById('idea-search')?.focus();
