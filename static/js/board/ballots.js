/** A ballot on the board: turnout while it is open, and what was published after it. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { clock, empty, groupLabel, icon } from '../elements/basics.js';
import { pages, shortlist } from '../elements/results.js';
import { turnoutRing } from '../elements/ring.js';
import { amount, groundWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { percent, time } from '../lib/format.js';
import { anyOpen, groupsOf, heldWords, opennessWords, priceOf, rankedOptions, wordsOf } from '../lib/reading.js';
import { groupRows, groupWords, oneMoreWords, otherWords, seedWords, tieWords } from '../lib/shortlist.js';
import { optionPage, optionPages } from './byname.js';
import { moodPages } from './mood.js';
import { chunks, pageOf } from './paging.js';

const WINNERS_A_PAGE = 5;
const OPTIONS_A_PAGE = 6;

/** `{title, main, rail}` of a ballot. */
export function ballotFace(at, ballot) {
  const title = ballot.title || t('board.ballot');
  if (ballot.state === 'open') return { title, ...open(at, ballot, title) };
  if (ballot.state === 'closed') return { title, main: html`<h1 class="focus hero">${t('board.ballot.closed')}</h1><p class="lead">${turnoutWords(ballot.turnout)}</p>` };
  return { title, ...published(at, ballot) };
}

function open(at, ballot, title) {
  const { room } = at;
  const ms = room.clock.remaining(ballot.ends_at);
  const mood = ballot.interim ? moodPages(at, ballot) : { first: nothing };
  const how = [
    ['check', howTo(ballot)],
    [anyOpen(ballot) ? 'eye' : 'lock', html`${opennessWords(room, ballot)} ${t(ballot.settings.interim ? 'board.ballot.underway' : 'board.ballot.nobody_sees')}`],
    ['undo', ballot.ends_at ? t('board.ballot.until', { at: time(ballot.ends_at) }) : t('board.ballot.change')],
  ];
  return {
    timed: ms !== null,
    main: mood.main ?? html`<div class="mid"><div><h1 class="focus hero" dir="auto">${title}</h1><ul class="how">${how.map(([name, words]) => html`<li>${icon(name)}<span>${words}</span></li>`)}</ul></div>${turnoutRing(ballot.turnout)}</div>
      ${turnoutByGroup(room, ballot)}<p class="soft">${here(room)} ${t('board.ballot.cell')} ${helperWords(ballot.turnout)}</p>${mood.first}`,
    rail: ms === null ? nothing : clock({ left: Math.max(0, Math.ceil(ms / 1000)), under: t('board.ballot.closes', { at: time(ballot.ends_at) }) }),
  };
}

/** How many of each group have voted, where groups are large enough to be told. */
export function turnoutByGroup(room, { turnout_by_group: rows }) {
  if (!rows?.length) return nothing;
  return html`<div class="by-group"><p>${t('board.turnout.groups')}</p><ul>${rows.map((row) => html`<li>${groupLabel(groupsOf(room, row.keys), { after: html`<b>${t('element.of', { part: row.voted, whole: row.eligible })}</b>` })}</li>`)}</ul></div>`;
}

const here = (room) => (room.presence ? t('board.here', { n: room.presence.joined, here: room.presence.here }) : '');

function howTo({ method, settings, options }) {
  if (method === 'dots') return t('board.ballot.dots', { n: settings.dots, per: settings.per_option });
  if (method === 'positions') return t('board.ballot.positions', { n: options.length });
  return t('board.ballot.approval', { n: settings.choices });
}

/** For how many of those who voted a helper did, where there are any; of the whole room only. */
export const helperWords = (turnout) => (turnout.by_helper ? t('element.turnout.by_helper', { n: turnout.by_helper }) : '');

export const turnoutWords = (turnout) => `${t('board.turnout', { voted: turnout.voted, whole: turnout.eligible })} ${helperWords(turnout)}`.trim();

function published(at, ballot) {
  if (ballot.result.shortlist) return chosen(at, ballot);
  return ballot.method === 'positions' ? common(at, ballot) : counted(at, ballot);
}

/** The page of a published ballot: of its result, or after that of the names of those who voted openly. */
function sheetOf({ room, page }, ballot, list, size) {
  const found = pageOf([...chunks(list, size).map((items) => ({ items })), ...optionPages(room, ballot.result)], 1, page);
  return { sheet: found.items[0] ?? { items: [] }, found };
}

function chosen(at, ballot) {
  const { room } = at;
  const { shortlist: list, options } = ballot.result;
  const parts = list.steps.length ? chunks(list.steps, WINNERS_A_PAGE) : [[]];
  // Behind the ideas: how the list lies for the groups and what else could have been, then who chose what openly.
  const found = pageOf([...parts.map((steps) => ({ steps })), { groups: true }, ...optionPages(room, ballot.result)], 1, at.page);
  const [sheet] = found.items;
  const rail = html`<div class="soft"><p class="strong">${t('board.shortlist.how')}</p><p>${t(`board.shortlist.how.${typeof ballot.settings.weights === 'string' ? ballot.settings.weights : 'own'}`)}</p></div>`;
  if (sheet.options) return { main: optionPage(room, ballot.result, sheet, found) };
  if (sheet.groups) return { main: html`${forTheGroups(room, list)}${pages(found)}`, rail };
  const before = parts.slice(0, found.page - 1).flat().length;
  const items = sheet.steps.map((step) => ({ text: wordsOf(room.records.get(step.option)), why: reason(room, ballot, step, options) }));
  return {
    main: html`<h1 class="focus">${t('board.shortlist', { n: list.winners.length })}</h1>${items.length ? shortlist(items, before) : empty({ title: t('board.shortlist.none'), text: t('board.shortlist.none.text') })}<p class="note">${turnoutWords({ ...ballot.turnout, ...ballot.result.turnout })} ${heldWords(room, ballot)} ${t('board.shortlist.receipt')}</p>${pages(found)}`,
    rail,
  };
}

/** Coverage and influence per group, other weights, one goal more, and the lot. */
function forTheGroups(room, list) {
  const rows = groupRows(room, list);
  const lines = [otherWords(room, list).words, oneMoreWords(room, list), seedWords(room)].filter(Boolean);
  return html`<h1 class="focus">${t('board.shortlist.groups')}</h1><ul class="plain-list">${rows.map((row) => html`<li>${groupLabel(row.groups)}<span>${groupWords(row)}</span></li>`)}${lines.map((line) => html`<li><span dir="auto">${line}</span></li>`)}</ul>`;
}

/** Why an idea was chosen: total and price as far as published, ties, and per group. */
function reason(room, ballot, step, options) {
  const option = options.find((one) => one.id === step.option);
  const price = priceOf(step);
  const main = price && step.phase === 'equal_shares' && price.over === 1
    ? t('board.shortlist.bought', { n: price.under, price: price.each })
    : t('board.shortlist.support', { count: amount(option?.total) });
  const groups = Object.entries(option?.by_group ?? {}).filter(([, value]) => value !== null);
  return html`${[main, tieWords(room, step)].filter(Boolean).join('. ')}${groups.length ? html` · ${groups.map(([key, value], i) => html`${i ? ', ' : ''}${groupLabel(groupsOf(room, key), { after: amount(value) })}`)}` : nothing}`;
}

function counted(at, ballot) {
  const { room } = at;
  const { sheet, found } = sheetOf(at, ballot, rankedOptions(ballot.result), OPTIONS_A_PAGE);
  if (sheet.options) return { main: optionPage(room, ballot.result, sheet, found) };
  return {
    main: html`<h1 class="focus">${t('board.result')}</h1>${shortlist(sheet.items.map((option) => ({ text: wordsOf(room.records.get(option.id)), why: perGroup(room, option) })))}<p class="note">${turnoutWords({ ...ballot.turnout, ...ballot.result.turnout })} ${heldWords(room, ballot)}</p>${pages(found)}`,
  };
}

function perGroup(room, option) {
  const groups = Object.entries(option.by_group ?? {});
  return html`${t('amount.total', { count: amount(option.total) })} · ${groups.map(([key, value], i) => html`${i ? ', ' : ''}${groupLabel(groupsOf(room, key), { after: amount(value) })}`)}`;
}

/** The map for talk: what most in every group agree on, first. */
function common(at, ballot) {
  const { room } = at;
  const ranked = [...(ballot.result.common_ground ?? [])].filter((one) => one.value !== null);
  if (!ranked.length) return counted(at, ballot);
  const { sheet, found } = sheetOf(at, ballot, ranked, WINNERS_A_PAGE);
  if (sheet.options) return { main: optionPage(room, ballot.result, sheet, found) };
  return {
    main: html`<h1 class="focus">${t('board.common')}</h1>${shortlist(sheet.items.map((one) => ({
      text: wordsOf(room.records.get(one.id)),
      why: html`${groundWords(one.value)}${Object.entries(one.by_group ?? {}).filter(([, value]) => value !== null).map(([key, value]) => html` · ${groupLabel(groupsOf(room, key), { after: percent(value) })}`)}`,
    })))}<p class="note">${turnoutWords({ ...ballot.turnout, ...ballot.result.turnout })} ${heldWords(room, ballot)} ${t('board.common.map')}</p>${pages(found)}`,
  };
}
