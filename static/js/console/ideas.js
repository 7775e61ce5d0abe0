/** Ideas and themes: reveal, read, lay under themes by drag or by menu, put side by side. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { guard } from '../../vendor/lit-html/directives/guard.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { empty, note } from '../elements/basics.js';
import { button, iconButton } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { brought, byHelper } from '../elements/cards.js';
import { windowed } from '../elements/windowed.js';
import { language, t } from '../lib/catalogue.js';
import { onCard } from '../lib/cleaning.js';
import { buildsOn, byTheme, groupOf, inOrder, mergedInto, openIdeas } from '../lib/reading.js';
import { people } from './desk.js';
import { openIdea } from './idea.js';
import { found, pickBox, pickedBar, searchPart } from './picking.js';
import { suggestion } from './suggestions.js';
import { addTheme, editTheme, moveIdea } from './themes.js';

/** So many cards are drawn at first in all columns together, but in each at least so many. */
const IN_ALL_COLUMNS = 300;
const FEWEST_IN_COLUMN = 20;

/** Reveal what was written alone. */
const reveal = (desk) => desk.act('reveal_ideas', {}, t('console.said.revealed'));

export function ideasFace(desk, workshop, step) {
  const alone = (step.settings.writing ?? 'private') === 'private';
  const runs = step.state === 'running';
  const top = alone
    ? html`<div class="suggest">
        ${icon('eye-off')}
        <div>
          <p><b>${t('console.ideas.private')}</b></p>
          <p>${t('console.ideas.private.text', { n: people(desk.room).writing })} ${soFar(desk.room)}</p>
        </div>
      </div>`
    : note('eye', t('console.ideas.open'));
  const count = openIdeas(desk.room).length;
  return {
    act: alone && runs ? { label: t('console.reveal'), space: true, run: () => reveal(desk) } : undefined,
    record: step.id,
    main: html`${step.settings.ideas_per_person ? note('people', t('console.ideas.most', { n: step.settings.ideas_per_person })) : nothing}${step.settings.question ? html`<p class="words lead" dir="auto">${step.settings.question}</p>` : nothing}${top}
    ${count ? columns(desk) : alone ? nothing : empty({ title: t('console.ideas.none'), text: t('console.ideas.none.text') })}`,
  };
}

/** How many ideas there are while only their authors see them: a number, never what. */
function soFar({ presence }) {
  const n = presence?.voice?.ideas;
  return n === undefined ? nothing : html`<b>${t('console.ideas.so_far', { n })}</b>`;
}

export function themesFace(desk, workshop, step) {
  const count = openIdeas(desk.room).length;
  return {
    record: step.id,
    main: html`${count || desk.room.records.all('theme').length ? columns(desk) : empty({ title: t('console.ideas.none'), text: t('console.themes.none.text') })}`,
  };
}

/** Themes as columns; the first one holds what lies under none. */
function columns(desk) {
  desk.dropped = {
    ...desk.dropped,
    ideas: ({ id, list, before }) => moveIdea(desk, id, list || null, before),
  };
  const themes = inOrder(desk.room.records.all('theme'));
  const laid = byTheme(desk.room);
  const loose = laid.find((one) => one.theme === null) ?? { theme: null, ideas: [] };
  const shown = [loose, ...laid.filter((one) => one.theme !== null)];
  return html`${suggestion(desk)}
    <div class="acts spread">
      ${searchPart(desk)}
      ${button({ label: t('console.themes.add'), icon: 'plus', small: true, onClick: () => addTheme(desk) })}
    </div>
    ${pickedBar(desk)}
    <div class="cols ${themes.length ? '' : 'one'}">
      ${repeat(
        shown,
        (one) => one.theme?.id ?? 'none',
        ({ theme, ideas }) =>
          html`<section class="col" aria-label=${theme?.title ?? t('console.themes.loose')}>
            ${columnHead(desk, theme, ideas, themes)} ${cards(desk, theme, ideas, shown.length)}
          </section>`,
      )}
    </div>`;
}

/** The cards of a column that the search finds; of a long column the first, and a way to the others. */
function cards(desk, theme, ideas, columns) {
  const most = Math.max(FEWEST_IN_COLUMN, Math.ceil(IN_ALL_COLUMNS / columns));
  const list = theme?.id ?? '';
  const { items, more } = windowed(
    desk,
    `ideas:${list}`,
    ideas.filter((idea) => found(desk, idea)),
    most,
  );
  return html`<ul data-sort="ideas" data-list=${list}>
      ${repeat(
        items,
        (idea) => idea.id,
        (idea) => card(desk, idea),
      )}
    </ul>
    ${more}`;
}

function columnHead(desk, theme, ideas, themes) {
  if (!theme) return html`<h2><span>${t('console.themes.loose')}</span><span class="soft">${ideas.length}</span></h2>`;
  const place = themes.findIndex((one) => one.id === theme.id);
  return html`<header>
    <h2 dir="auto">${theme.title}</h2>
    <span class="tools"
      ><span class="soft">${ideas.length}</span>
      ${iconButton({ icon: 'back', name: t('console.theme.left', { title: theme.title }), off: place === 0, onClick: () => desk.act('move_theme', { theme: theme.id, before: themes[place - 1].id }) })}
      ${iconButton({ icon: 'pen', name: t('console.theme.edit', { title: theme.title }), onClick: () => editTheme(desk, theme) })}</span
    >
  </header>`;
}

/** A sign and a number, for a narrow column; whoever listens or points gets the words. */
function figure(sign, n, of) {
  if (!n) return nothing;
  const words = t(`console.idea.${of}`, { n });
  return html`<span class="bn" title=${words}
    >${icon(sign)}<span aria-hidden="true">${n}</span><span class="vh">${words}</span></span
  >`;
}

function card(desk, idea) {
  const { room } = desk;
  const merged = mergedInto(room, idea).length;
  const builds = buildsOn(room, idea).length;
  const group = groupOf(room, idea.group);
  // What it is drawn from: while none of it changes, the card stands as it is.
  const from = [idea, group, merged, builds, desk.ui.picked.has(idea.id), language()];
  return guard(from, () => cardView(desk, idea, { merged, builds, group }));
}

function cardView(desk, idea, { merged, builds, group }) {
  return html`<li class="card ${desk.ui.picked.has(idea.id) ? 'picked' : ''}" data-id=${idea.id}>
    ${pickBox(desk, idea, html`<span class=${onCard(idea.text)} dir="auto">${idea.text}</span>`)}
    <p class="m">
      ${group ? groupLabel(group) : idea.source ? brought(idea) : html`<span></span>`}
      ${figure('merge', merged && merged + 1, 'merged')}${figure('build', builds, 'builds')}${figure('talk', idea.comments, 'comments')}${byHelper(idea)}
      <button
        type="button"
        class="more"
        aria-label="${t('console.more')}: ${idea.text}"
        @click=${() => openIdea(desk, idea.id)}
      >
        ${t('console.more')}
      </button>
    </p>
  </li>`;
}
