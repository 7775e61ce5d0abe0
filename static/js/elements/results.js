/**
 * Results on console, board and public record: groups in a table, the chosen ideas in a list. What may be shown was
 * decided on the server (docs/rules.md section 7); here it is only drawn.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { agreeWords, groundWords, totalWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { groupsOf, wordsOf } from '../lib/reading.js';
import { statusWords } from '../lib/requirement.js';
import { tag } from './basics.js';
import { groupGlyph, groupLabel, groupName } from './groups.js';
import { asShare, counted, decisionBar } from './bars.js';
import { meter } from './turnout.js';

/** @typedef {import('./groups.js').Group} Group */

const STATUS = { carried: 'pos', not_carried: 'neg', no_quorum: 'warn', no_position: 'warn' };

/** The status of one group as icon and word. @param {GroupResult} row */
const statusTag = ({ status, required }) => tag(STATUS[status] ?? 'info', statusWords(status, required));

/**
 * @typedef {Object} GroupResult one effective group
 * @property {Group[]} groups        more than one: a pool
 * @property {keyof typeof STATUS} status
 * @property {object | null} counts
 * @property {import('../lib/requirement.js').requirementOf} required  its own requirement
 * @property {string} [turnout]      "24 af 25", where it may be said
 * @property {unknown} [named]       how its members have voted, where they did so openly
 */

/** Rows of a decision as the board shows them. @param {{rows: GroupResult[]}} o */
export function decisionRows({ rows }) {
  return html`<ul class="rs ${rows.some((row) => row.named) ? 'named' : ''}">
    ${rows.map((row) => {
      const share = asShare(row);
      return html`<li class=${row.status === 'carried' ? '' : 'no'}>
        ${groupLabel(row.groups, { strong: true })}${decisionBar({ ...row, bar: share.bar })}<span
          >${row.counts ? html`${share.words} ` : nothing}<small>${row.required.words}</small></span
        >${statusTag(row)}${row.named ?? nothing}
      </li>`;
    })}
  </ul>`;
}

/**
 * A decision as a table: groups, then the whole room. The row that failed has a tint, a cross and the words.
 * @param {{caption: string, rows: GroupResult[], overall?: Omit<GroupResult, 'groups'>}} o
 */
export function decisionTable({ caption, rows, overall }) {
  const cells = (row) => {
    const share = asShare(row);
    return html`<td class="n">${row.turnout ?? nothing}</td>
      <td>${decisionBar({ ...row, bar: share.bar })}</td>
      <td>${share.words}<br /><small class="soft">${row.required.words}</small></td>
      <td class="n">${statusTag(row)}</td>`;
  };
  return html`<table class="results">
    <caption class="vh">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t('element.table.group')}</th>
        <th scope="col">${t('element.table.voted')}</th>
        <th scope="col" class="wide">${t('element.table.for')}</th>
        <th scope="col">${t('element.table.counts')}</th>
        <th scope="col">${t('element.table.status')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr class=${row.status === 'carried' ? '' : 'no'}>
            <th scope="row">${groupLabel(row.groups)}</th>
            ${cells(row)}
          </tr>`,
      )}
      ${
        overall
          ? html`<tr class="tot">
              <th scope="row">${t('element.table.room')}</th>
              ${cells(overall)}
            </tr>`
          : nothing
      }
    </tbody>
  </table>`;
}

/**
 * Turnout per group while a vote is open.
 * @param {{caption: string, rows: {groups: Group[], note?: unknown, voted: number, eligible: number}[]}} o
 */
export function turnoutTable({ caption, rows }) {
  return html`<table class="results">
    <caption class="vh">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t('element.table.group')}</th>
        <th scope="col">${t('element.table.voted')}</th>
        <th scope="col" class="wide"><span class="vh">${t('element.table.share')}</span></th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ groups, note = nothing, voted, eligible }) =>
          html`<tr>
            <th scope="row">${groupLabel(groups)} ${note}</th>
            <td class="n">${t('element.of', { part: voted, whole: eligible })}</td>
            <td>${meter({ exact: eligible ? voted / eligible : 0 })}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/**
 * The statements of a ballot by how much ground the groups share on them, as `shortlist` lists them: how much, and how many of
 * each group agree.
 * @param {object} room @param {object} result of the ballot @param {{id: string, value: number | null}[]} ranked those shown
 */
export function commonGround(room, result, ranked) {
  const answers = new Map(result.options.map((one) => [one.id, one]));
  return ranked.map(({ id, value }) => {
    const { total, by_group: groups } = answers.get(id);
    return {
      text: wordsOf(room.records.get(id)),
      why: html`${groundWords(value) || totalWords(total, result.counts_from)}${Object.entries(groups).map(
        ([key, said]) => html` · ${groupLabel(groupsOf(room, key), { after: agreeWords(said) })}`,
      )}`,
    };
  });
}

/**
 * Ideas in the order of a result, numbered, each with how many chose it, or with words and the groups behind it.
 * @param {{text: string, count?: {exact?: number, words: string}, why?: unknown, groups?: Group[], tag?: unknown}[]} items
 * @param {number} [before] how many stand on the pages before
 */
export function shortlist(items, before = 0) {
  return html`<ol class=${items.some((one) => one.text.length > LONG) ? 'chosen-list long' : 'chosen-list'}>
    ${items.map(
      (one, i) =>
        html`<li class=${one.count ? 'counted' : ''}>
          <span class="n">${before + i + 1}</span>
          <div>
            <p class="words" dir="auto">${one.text}</p>
            ${one.why === undefined ? nothing : whyOf(one)}${one.tag ?? nothing}
          </div>
          ${one.count ? counted(one.count) : nothing}
        </li>`,
    )}
  </ol>`;
}

/** A longer text is set smaller on the board. */
const LONG = 60;

const whyOf = ({ why, groups }) =>
  html`<p class="why">
    <span>${why}</span>${
      groups?.length
        ? html`<span class="gs" role="img" aria-label=${groupName(groups)}
            >${groups.map((group) => groupGlyph(group))}</span
          >`
        : nothing
    }
  </p>`;

/** Which page of several the board shows. @param {{page: number, pages: number}} o `page` from 1 */
export function pages({ page, pages: count }) {
  if (count < 2) return nothing;
  return html`<p class="page">
    ${Array.from({ length: count }, (_, i) => html`<i class=${i + 1 === page ? 'on' : ''}></i>`)}<span
      >${t('element.page_of', { page, pages: count })}</span
    >
  </p>`;
}
