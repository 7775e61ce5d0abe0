/** Where the promises stand, for those who meet again: one page of what matters today, then the items a few to a page. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { icon } from '../elements/icons.js';
import { pages } from '../elements/results.js';
import { chunks, pageOf } from './paging.js';

const ITEMS_A_PAGE = 3;
/** So much of what is late, and of the next dates, stands on the first page. */
const LATE = 3;
const DATES = 3;
const LINES = ['answer', 'done', 'reached', 'kept'];

/** `{title, main, afterwards}`. @param {object} told what `GET /api/standing` answers */
export function standingFace(at, told) {
  // As many on each page: the last one is not left with a single item.
  const each = Math.ceil(told.items.length / Math.ceil(told.items.length / ITEMS_A_PAGE));
  const sheets = [null, ...chunks(told.items, each)];
  const found = pageOf(sheets, 1, at.page);
  const [sheet] = found.items;
  return { title: told.day, afterwards: true, main: html`${sheet ? itemsTable(told, sheet) : today(told)}${pages(found)}` };
}

const today = (told) =>
  html`<h1 class="focus asked">${told.sentence}</h1>
    <dl class="counted-today">
      ${told.counters.map(
        (one) =>
          html`<div>
            <dt>${one.name}</dt>
            <dd><b>${one.figure}</b>${marks(one.marks)}<span>${one.about}</span></dd>
          </div>`,
      )}
    </dl>
    <div class="today-next">
      ${told.late.length ? late(told) : nothing}${told.next.length ? next(told) : nothing}
    </div>`;

/** One mark for each thing that is counted: filled, half, or hollow and pulled out. The figure beside it says the same. */
const marks = (kinds) =>
  kinds.length
    ? html`<span class="marks" aria-hidden="true">${kinds.map((kind) => html`<i class=${kind}></i>`)}</span>`
    : nothing;

const late = (told) =>
  html`<section class="late">
    <h2>${icon('date')} ${told.late_heading}</h2>
    <ul>
      ${told.late.slice(0, LATE).map((one) => html`<li dir="auto"><b>${one.what}</b> ${one.why}</li>`)}
    </ul>
  </section>`;

const next = (told) =>
  html`<section>
    <h2>${told.next_heading}</h2>
    <ul>
      ${told.next.slice(0, DATES).map(({ day, what }) => html`<li dir="auto"><b>${day}</b> ${what.join(' · ')}</li>`)}
    </ul>
  </section>`;

const itemsTable = (told, items) =>
  html`<table class="given promises">
    <thead>
      <tr>
        <th scope="col" class="promise">${told.heads.item}</th>
        ${LINES.map((key) => html`<th scope="col"><b>${told.heads[key].name}</b> ${told.heads[key].by}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${items.map(
        (one) =>
          html`<tr>
            <th scope="row">
              <small>${one.label}</small><span class="words" dir="auto">${one.wording}</span
              ><small dir="auto">${one.ended || one.carried_by}</small>
            </th>
            <td class=${one.answer.overdue ? 'overdue' : ''}>
              <b>${one.answer.overdue ? icon('date') : nothing}${one.answer.words}</b><small>${one.answer.note}</small>
            </td>
            <td>${one.done.words}<small>${one.done.note}</small></td>
            <td>${one.reached ?? (one.see || '–')}</td>
            <td>${one.kept}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
