/**
 * Results on console, board and public record: groups in a table, the chosen ideas in a list. What may be shown was
 * decided on the server (docs/rules.md section 7); here it is only drawn.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { groupGlyph, groupLabel, groupName, tag } from './basics.js';
import { asShare, meter } from './votes.js';

/** @typedef {import('./basics.js').Group} Group */

const HALF = 1 / 2;
const TWO_THIRDS = 2 / 3;
const STATUS = { carried: 'pos', not_carried: 'neg', no_quorum: 'warn', no_position: 'warn' };

/** The status of one group as icon and word. @param {keyof typeof STATUS} status */
export const statusTag = (status) => tag(STATUS[status] ?? 'info', t(`element.status.${status}`));

/**
 * @typedef {Object} GroupResult one effective group
 * @property {Group[]} groups        more than one: a pool
 * @property {keyof typeof STATUS} status
 * @property {object | null} counts  @property {string} [band]
 * @property {string} [turnout]      "24 af 25", where it may be said
 * @property {unknown} [named]       how its members have voted, where they did so openly
 */

/** Rows of a decision as the board shows them. @param {{rows: GroupResult[], threshold?: number}} o */
export function decisionRows({ rows, threshold = HALF }) {
  return html`<ul class="rs ${rows.some((row) => row.named) ? 'named' : ''}">${rows.map((row) => {
    const share = asShare(row);
    return html`<li class=${row.status === 'carried' ? '' : 'no'}>${groupLabel(row.groups, { strong: true })}${meter({ ...share.bar, threshold })}<span>${share.words}</span>${statusTag(row.status)}${row.named ?? nothing}</li>`;
  })}</ul>`;
}

/**
 * A decision as a table: groups, then the whole room. The row that failed has a tint, a cross and the words.
 * @param {{caption: string, rows: GroupResult[], overall?: Omit<GroupResult, 'groups'>, groupThreshold?: number, roomThreshold?: number}} o
 */
export function decisionTable({ caption, rows, overall, groupThreshold = HALF, roomThreshold = TWO_THIRDS }) {
  const cells = (row, threshold) => {
    const share = asShare(row);
    return html`<td class="n">${row.turnout ?? nothing}</td><td>${meter({ ...share.bar, threshold })}</td><td>${share.words}</td><td class="n">${statusTag(row.status)}</td>`;
  };
  return html`<table class="results"><caption class="vh">${caption}</caption><thead><tr><th scope="col">${t('element.table.group')}</th><th scope="col">${t('element.table.voted')}</th>
    <th scope="col" class="wide">${t('element.table.for')}</th><th scope="col">${t('element.table.counts')}</th><th scope="col">${t('element.table.status')}</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr class=${row.status === 'carried' ? '' : 'no'}><th scope="row">${groupLabel(row.groups)}</th>${cells(row, groupThreshold)}</tr>`)}
    ${overall ? html`<tr class="tot"><th scope="row">${t('element.table.room')}</th>${cells(overall, roomThreshold)}</tr>` : nothing}</tbody></table>`;
}

/**
 * Turnout per group while a vote is open. A row may stand for several groups that are told together.
 * @param {{caption: string, rows: {parts: {groups: Group[], shown?: unknown}[], voted: number, eligible: number}[]}} o `shown`: how the result will be shown
 */
export function turnoutTable({ caption, rows }) {
  const last = rows.some((row) => row.parts.some((part) => part.shown !== undefined));
  const told = ({ parts, voted, eligible }) => html`<td class="n" rowspan=${parts.length}>${t('element.of', { part: voted, whole: eligible })}${parts.length > 1 ? html` <span class="soft">${t('element.turnout.together')}</span>` : nothing}</td>
    <td rowspan=${parts.length}>${meter({ exact: eligible ? voted / eligible : 0 })}</td>`;
  return html`<table class="results"><caption class="vh">${caption}</caption><thead><tr><th scope="col">${t('element.table.group')}</th><th scope="col">${t('element.table.voted')}</th>
    <th scope="col" class="wide"><span class="vh">${t('element.table.share')}</span></th>${last ? html`<th scope="col">${t('element.table.shown_as')}</th>` : nothing}</tr></thead>
    <tbody>${rows.map((row) => row.parts.map((part, i) => html`<tr><th scope="row">${groupLabel(part.groups)}</th>${i ? nothing : told(row)}${last ? html`<td>${part.shown}</td>` : nothing}</tr>`))}</tbody></table>`;
}

/** How many have voted, large, for the console. @param {{voted: number, eligible: number, here?: unknown}} o `here`: how many are in the room at all */
export function bigTurnout({ voted, eligible, here = nothing }) {
  return html`<div class="bigcount"><b>${voted}</b><div>${meter({ exact: eligible ? voted / eligible : 0 })}<p><b>${t('element.turnout.of', { whole: eligible })} ${t('element.turnout.have_voted')}.</b> <span class="soft">${here}</span></p></div></div>`;
}

/**
 * The ideas that were chosen, numbered, each with its reason in words and the groups behind it.
 * @param {{text: string, why: unknown, groups?: Group[], tag?: unknown}[]} items
 * @param {number} [before] how many stand on the pages before
 */
export function shortlist(items, before = 0) {
  return html`<ol class="chosen-list">${items.map((one, i) => html`<li><span class="n">${before + i + 1}</span><div><p class="words" dir="auto">${one.text}</p><p class="why"><span>${one.why}</span>${
    one.groups?.length ? html`<span class="gs" role="img" aria-label=${groupName(one.groups)}>${one.groups.map((group) => groupGlyph(group))}</span>` : nothing}</p>${one.tag ?? nothing}</div></li>`)}</ol>`;
}

/** Which page of several the board shows. @param {{page: number, pages: number}} o `page` from 1 */
export function pages({ page, pages: count }) {
  if (count < 2) return nothing;
  return html`<p class="page">${Array.from({ length: count }, (_, i) => html`<i class=${i + 1 === page ? 'on' : ''}></i>`)}<span>${t('element.page_of', { page, pages: count })}</span></p>`;
}
