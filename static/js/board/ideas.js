/** Ideas on the board: a page of small sheets, or a column for each theme. The key of the groups' signs stands beside them. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { groupGlyph, groupLabel, groupName } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { brought, byHelper } from '../elements/cards.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { onCard } from '../lib/cleaning.js';
import { buildsOn, byTheme, groupOf, groupsOf, inOrder, mergedInto, openIdeas, workshopOf } from '../lib/reading.js';
import { chunks, pageOf } from './paging.js';

const IDEAS_A_PAGE = 14;
/** So few ideas are set in larger letters. */
const FEW = 6;
const IDEAS_IN_COLUMN = 9;
const COLUMNS = 4;

export function ideas({ room, page }, step) {
  const open = openIdeas(room);
  const writing = room.presence?.writing ?? 0;
  if (step.settings.writing === 'private' && !open.length) {
    return {
      main: html`<h1 class="focus hero words" dir="auto">
          ${step.settings.question || workshopOf(room).question || step.title}
        </h1>
        ${step.instruction ? html`<p class="lead" dir="auto">${step.instruction}</p>` : nothing}
        <ul class="how">
          <li>${icon('pen')}<span>${t('board.ideas.write')}</span></li>
          <li>${icon('eye-off')}<span>${t('board.ideas.private')}</span></li>
        </ul>`,
      rail: html`<p class="soft">${t('board.ideas.writing', { n: writing })}</p>`,
    };
  }
  if (!open.length)
    return {
      main: html`<h1 class="focus">${step.title}</h1>
        ${empty({ title: t('board.ideas.none'), text: t(canWrite(room, step) ? 'board.ideas.none.text' : 'board.ideas.none.later') })}`,
    };
  const question = step.settings.question || step.title;
  return {
    main: html`<h1 class="focus asked" dir="auto">${question}</h1>
      ${ideaGrid(room, [...open].reverse(), page)}`,
    rail: html`<p class="strong">${t('board.ideas.total', { n: open.length })}</p>
      <p class="soft">${t('board.ideas.build')}</p>
      ${keyOf(room, open)}`,
  };
}

/** Whether phones can write an idea in a step. */
const canWrite = (room, step) => step.step_kind === 'ideas' || workshopOf(room).ideas_always_open;

/** As many ideas as fit a page, one sheet for each, and which page it is. */
export function ideaGrid(room, list, wanted) {
  const found = pageOf(list, list.length > FEW ? IDEAS_A_PAGE : FEW, wanted);
  return html`<ul class="sheets ${list.length > FEW ? '' : 'few'}" style="--rows: ${Math.ceil(found.size / 2)}">
      ${found.items.map((idea) => sheet(room, idea))}
    </ul>
    ${pages(found)}`;
}

const sheet = (room, idea) =>
  html`<li>
    ${signOf(room, idea)} ${wordsOf(idea)}
    <span class="m">${byHelper(idea)}${grown(room, idea)}</span>
  </li>`;

/** The words of an idea, and under them where it comes from if it was brought along. */
const wordsOf = (idea) =>
  html`<div>
    <p class=${onCard(idea.text)} dir="auto">${idea.text}</p>
    ${brought(idea)}
  </div>`;

/** The sign of the group an idea comes from, and its name for those who cannot see it. */
function signOf(room, idea) {
  const group = groupOf(room, idea.group);
  return html`<span class="sign">${group ? groupGlyph(group, groupName(group)) : nothing}</span>`;
}

/** How many ideas were merged into this one, or build on it. */
function grown(room, idea) {
  const merged = mergedInto(room, idea).length;
  if (merged) return counted('merge', merged + 1, t('board.ideas.merged', { n: merged + 1 }));
  const builds = buildsOn(room, idea).length;
  return builds ? counted('build', builds, t('board.ideas.builds', { n: builds })) : nothing;
}

const counted = (sign, number, words) =>
  html`<span class="bn" title=${words}
    >${icon(sign)}<span aria-hidden="true">${number}</span><span class="vh">${words}</span></span
  >`;

/** What the signs beside the ideas stand for. */
function keyOf(room, list) {
  const keys = new Set(list.map((idea) => idea.group).filter(Boolean));
  const groups = inOrder(room.records.all('group')).filter((group) => keys.has(group.key));
  const merged = list.some((idea) => mergedInto(room, idea).length);
  const built = list.some((idea) => buildsOn(room, idea).length && !mergedInto(room, idea).length);
  return html`<ul class="legend-list">
    ${groups.map((group) => html`<li>${groupLabel(groupsOf(room, group.key))}</li>`)}${built ? html`<li>${icon('build')} ${t('board.ideas.key.builds')}</li>` : nothing}${merged ? html`<li>${icon('merge')} ${t('board.ideas.key.merged')}</li>` : nothing}
  </ul>`;
}

/** A column for each theme, headed by its name and how many ideas it has; a longer column goes on on the next page. */
export function themes(at, step) {
  const { room } = at;
  const laid = byTheme(room).filter(({ ideas: list }) => list.length);
  if (!laid.length) return ideas(at, step);
  const side = Math.ceil(laid.length / Math.ceil(laid.length / COLUMNS));
  const beside = Array.from({ length: Math.ceil(laid.length / side) }, (_, i) => laid.slice(i * side, (i + 1) * side));
  const found = pageOf(beside.flatMap(columnPages), 1, at.page);
  const all = laid.flatMap((one) => one.ideas);
  return {
    main: html`<h1 class="lead" dir="auto">${step.title}</h1>
      <ul class="columns" style="--columns: ${side}">
        ${found.items[0].map((column) => themeColumn(room, column))}
      </ul>
      ${pages(found)}`,
    rail: html`<p class="strong">${t('board.ideas.total', { n: all.length })}</p>
      ${keyOf(room, all)}`,
  };
}

/** The pages of some themes beside each other: on each page a part of every theme that still has ideas. */
function columnPages(beside) {
  const parts = beside.map(({ ideas: list }) => chunks(list, IDEAS_IN_COLUMN));
  const deepest = Math.max(...parts.map((part) => part.length));
  return Array.from({ length: deepest }, (_, page) =>
    beside.map(({ theme, ideas: list }, i) => ({ theme, count: list.length, part: parts[i][page] ?? [] })),
  );
}

const themeColumn = (room, { theme, count, part }) =>
  html`<li>
    <h2><span dir="auto">${theme?.title ?? t('board.themes.none')}</span><span class="soft">${count}</span></h2>
    <ul>
      ${part.map((idea) => html`<li>${signOf(room, idea)} ${wordsOf(idea)}</li>`)}
    </ul>
  </li>`;
