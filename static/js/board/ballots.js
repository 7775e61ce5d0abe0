/** A ballot on the board: turnout while it is open, and what was published after it. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { clock } from '../elements/clocks.js';
import { groupLabel } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { commonGround, pages, shortlist } from '../elements/results.js';
import { turnoutRing } from '../elements/ring.js';
import { amount, groundHow, nobodyVoted, perGroupWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { anyOpen, groupsOf, heldWords, opennessWords, rankedOptions, wordsOf } from '../lib/reading.js';
import {
  countOf,
  groupRows,
  groupWords,
  oneMoreWords,
  otherWords,
  plainWords,
  seedWords,
  tiesOf,
  uncoveredWords,
  whyWords,
} from '../lib/shortlist.js';
import { optionPage, optionPages } from './byname.js';
import { chunks, pageOf } from './paging.js';

const WINNERS_A_PAGE = 5;
const OPTIONS_A_PAGE = 6;

/** `{title, main, rail}` of a ballot. */
export function ballotFace(at, ballot) {
  const title = ballot.title || t('board.ballot');
  if (ballot.state === 'open') return { title, ...open(at, ballot, title) };
  if (ballot.state === 'closed')
    return {
      title,
      main: html`<h1 class="focus hero">${t('board.ballot.closed')}</h1>
        <p class="lead">${turnoutWords(ballot.turnout)}</p>`,
    };
  return { title, ...published(at, ballot) };
}

function open(at, ballot, title) {
  const { room } = at;
  const ms = room.clock.remaining(ballot.ends_at);
  const how = [
    ['check', howTo(ballot)],
    [anyOpen(ballot) ? 'eye' : 'lock', html`${opennessWords(room, ballot)} ${t('board.ballot.nobody_sees')}`],
    ['undo', ballot.ends_at ? t('board.ballot.until', { at: timeWithDay(ballot.ends_at) }) : t('board.ballot.change')],
  ];
  return {
    timed: ms !== null,
    main: html`<div class="mid">
        <div>
          <h1 class="focus hero" dir="auto">${title}</h1>
          <ul class="how">
            ${how.map(([name, words]) => html`<li>${icon(name)}<span>${words}</span></li>`)}
          </ul>
        </div>
        ${turnoutRing(ballot.turnout)}
      </div>
      ${turnoutByGroup(room, ballot)}
      <p class="soft">${here(room)} ${t('board.ballot.cell')} ${helperWords(ballot.turnout)}</p>`,
    rail:
      ms === null
        ? nothing
        : clock({
            left: Math.max(0, Math.ceil(ms / 1000)),
            under: t('board.ballot.closes', { at: timeWithDay(ballot.ends_at) }),
          }),
  };
}

/** How many of each group have voted, where groups are large enough to be told. */
export function turnoutByGroup(room, { turnout_by_group: rows }) {
  if (!rows?.length) return nothing;
  return html`<div class="by-group">
    <p>${t('board.turnout.groups')}</p>
    <ul>
      ${rows.map((row) => html`<li>${groupLabel(groupsOf(room, row.keys), { after: html`<b>${t('element.of', { part: row.voted, whole: row.eligible })}</b>` })}</li>`)}
    </ul>
  </div>`;
}

const here = (room) => (room.presence ? t('board.here', { n: room.presence.joined, here: room.presence.here }) : '');

function howTo({ method, settings, options }) {
  if (method === 'dots') return t('board.ballot.dots', { n: settings.dots, per: settings.per_option });
  if (method === 'positions') return t('board.ballot.positions', { n: options.length });
  return t('board.ballot.approval', { n: settings.choices });
}

/** For how many of those who voted a helper did, where there are any; of the whole room only. */
export const helperWords = (turnout) =>
  turnout.by_helper ? t('element.turnout.by_helper', { n: turnout.by_helper }) : '';

export const turnoutWords = (turnout) =>
  `${t('board.turnout', { voted: turnout.voted, whole: turnout.eligible })} ${helperWords(turnout)}`.trim();

function published(at, ballot) {
  if (nobodyVoted(ballot)) return { main: html`<h1 class="focus hero">${t('amount.nobody')}</h1>` };
  if (ballot.result.shortlist) return chosen(at, ballot);
  return ballot.method === 'positions' ? common(at, ballot) : counted(at, ballot);
}

/** The page of a published ballot: of its result, or after that of the names of those who voted openly. */
function sheetOf({ room, page }, ballot, list, size) {
  const found = pageOf(
    [...chunks(list, size).map((items) => ({ items })), ...optionPages(room, ballot.result)],
    1,
    page,
  );
  return { sheet: found.items[0] ?? { items: [] }, found };
}

function chosen(at, ballot) {
  const { room } = at;
  const { shortlist: list } = ballot.result;
  const parts = list.steps.length ? chunks(list.steps, WINNERS_A_PAGE) : [[]];
  // Behind the ideas: how the list lies for the groups and what else could have been, then who chose what openly.
  const found = pageOf(
    [...parts.map((steps) => ({ steps })), { details: true }, ...optionPages(room, ballot.result)],
    1,
    at.page,
  );
  const [sheet] = found.items;
  const rail = votersRail(room, ballot);
  if (sheet.options) return { main: optionPage(room, ballot.result, sheet, found) };
  if (sheet.details) return { main: html`${details(room, list)}${pages(found)}`, rail };
  const before = parts.slice(0, found.page - 1).flat().length;
  const items = sheet.steps.map(({ option }) => ({
    text: wordsOf(room.records.get(option)),
    count: countOf(ballot, option),
  }));
  const plain = plainWords(room, ballot);
  return {
    main: html`<h1 class="focus">${t('board.shortlist', { n: list.winners.length })}</h1>
      ${items.length ? html`<p class="item">${whyWords(ballot)}</p>` : nothing}${items.length ? shortlist(items, before) : empty({ title: t('board.shortlist.none'), text: t('board.shortlist.none.text') })}
      ${plain ? html`<p class="note plain-order" dir="auto">${plain}</p>` : nothing}${pages(found)}`,
    rail,
  };
}

/** Beside the chosen ideas: how many voted and how, and the groups in a word. */
function votersRail(room, ballot) {
  const { voted, eligible } = { ...ballot.turnout, ...ballot.result.turnout };
  const words = [uncoveredWords(room, ballot.result.shortlist), perGroupWords(ballot), t('board.shortlist.receipt')];
  return html`<div class="voters">
    <p><b>${t('element.of', { part: voted, whole: eligible })}</b> ${t('element.turnout.have_voted')}</p>
    <p class="soft">${heldWords(room, ballot)} ${helperWords(ballot.turnout)}</p>
    ${words.filter(Boolean).map((line) => html`<p class="soft">${line}</p>`)}
  </div>`;
}

/** Coverage and influence per group, ties, other weights, one goal more, and the lot. */
function details(room, list) {
  const rows = groupRows(room, list);
  const ties = tiesOf(room, list).map(([place, words]) => `${place}. ${words}`);
  const lines = [...ties, otherWords(room, list).words, oneMoreWords(room, list), seedWords(room)].filter(Boolean);
  return html`<h1 class="focus">${t('board.shortlist.details')}</h1>
    <ul class="plain-list">
      ${rows.map((row) => html`<li>${groupLabel(row.groups)}<span>${groupWords(row)}</span></li>`)}${lines.map((line) => html`<li><span dir="auto">${line}</span></li>`)}
    </ul>`;
}

function counted(at, ballot) {
  const { room } = at;
  const { sheet, found } = sheetOf(at, ballot, rankedOptions(ballot.result), OPTIONS_A_PAGE);
  if (sheet.options) return { main: optionPage(room, ballot.result, sheet, found) };
  return {
    main: html`<h1 class="focus">${t('board.result')}</h1>
      ${shortlist(sheet.items.map((option) => ({ text: wordsOf(room.records.get(option.id)), why: perGroup(room, ballot, option) })))}
      <p class="note">
        ${turnoutWords({ ...ballot.turnout, ...ballot.result.turnout })} ${heldWords(room, ballot)}
        ${perGroupWords(ballot)}
      </p>
      ${pages(found)}`,
  };
}

function perGroup(room, ballot, option) {
  const groups = Object.entries(option.by_group);
  return html`${countOf(ballot, option.id).words}${groups.length ? ' · ' : ''}${groups.map(([key, value], i) => html`${i ? ', ' : ''}${groupLabel(groupsOf(room, key), { after: amount(value) })}`)}`;
}

/** The map for talk: what the groups agree on most, first. */
function common(at, ballot) {
  const { room } = at;
  const { common_ground: ranked } = ballot.result;
  if (!ranked.length) return counted(at, ballot);
  const { sheet, found } = sheetOf(at, ballot, ranked, WINNERS_A_PAGE);
  if (sheet.options) return { main: optionPage(room, ballot.result, sheet, found) };
  const shown = sheet.items.map((one) => one.id);
  return {
    main: html`<h1 class="focus">${t('board.common')}</h1>
      ${shortlist(commonGround(room, ballot.result, sheet.items))}
      <p class="note">
        ${turnoutWords({ ...ballot.turnout, ...ballot.result.turnout })} ${heldWords(room, ballot)}
        ${[perGroupWords(ballot, shown), groundHow(sheet.items), t('board.common.map')].filter(Boolean).join(' ')}
      </p>
      ${pages(found)}`,
  };
}
