/**
 * The end on the board: every goal and agreement with its result, who answers by when, and the dates that come next; once the result
 * is handed over, where the promises stand.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, tag } from '../elements/basics.js';
import { icon } from '../elements/icons.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { date, list } from '../lib/format.js';
import { stateWord } from '../lib/mandate.js';
import { decisionOn, groupsOf, inOrder, markOf, wordsOf } from '../lib/reading.js';
import { pageOf } from './paging.js';
import { STATE_TAG } from './records.js';
import { standingFace } from './standing.js';

const ROWS_A_PAGE = 6;
const DATES = 3;

export function closing(at, step) {
  const { room, workshop } = at;
  const told = workshop.state === 'closed' ? at.standing(workshop.language) : null;
  if (told?.handed_over) return { ...standingFace(at, told), ...followed(workshop) };
  const texts = [...inOrder(room.records.all('goal')), ...inOrder(room.records.all('agreement'))];
  const rows = texts.filter((one) => one.state !== 'dropped');
  const found = pageOf(rows, ROWS_A_PAGE, at.page);
  // The outcome's verb stands over the table only where it is true of every row.
  const agreed = rows.length > 0 && rows.every((one) => one.state === 'agreed');
  const title = agreed ? t(`mandate.result.${workshop.decision_level}`) : t('board.closing.texts');
  const heading = html`<h1 class="focus asked">${title}</h1>`;
  return {
    title: step?.title ?? t('board.closing'),
    main: rows.length
      ? html`${heading}${table(at, found.items)}${nextDates(at, rows)}${pages(found)}`
      : html`${heading}${empty({ title: t('board.closing.none'), text: t('board.closing.none.text') })}`,
    ...followed(workshop),
  };
}

const table = (at, rows) =>
  html`<table class="given ends">
    <thead>
      <tr>
        <th scope="col">${t('board.closing.texts')}</th>
        <th scope="col" class="result">${t('board.result')}</th>
        <th scope="col" class="answer">${t('board.frame.answer')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (one) =>
          html`<tr>
            <th scope="row">
              <small>${t(`board.${one.kind}.name`, { mark: markOf(at.room, one) })}</small
              ><span class="words" dir="auto">${wordsOf(one)}</span>
            </th>
            <td>${resultOf(at, one)}</td>
            <td>${answerOf(at.workshop)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

/** The outcome's verb, as strong as the room's mandate, and under it in which groups there is a majority. */
function resultOf({ room, workshop }, one) {
  const result = decisionOn(room, one.id)?.result;
  return html`${tag(STATE_TAG[one.state] ?? 'info', stateWord(workshop, one))}${result ? html`<small>${majorities(room, workshop, result)}</small>` : nothing}`;
}

function majorities(room, workshop, { groups }) {
  const without = groups.filter((group) => group.status !== 'carried');
  if (!without.length) return t('board.closing.all_groups', { n: groups.length });
  const names = without.flatMap(({ keys }) =>
    groupsOf(room, keys).map(({ name, key }) => name[workshop.language] ?? key),
  );
  return t('board.closing.without', { groups: list(names) });
}

const answerOf = ({ receiving_body: who, response_due: due }) =>
  who
    ? html`<b dir="auto">${who}</b>${due ? html`<br />${t('board.closing.by', { date: date(due) })}` : nothing}`
    : '–';

/** The first dates from now on: first steps, the receiver's answer, when an agreement is looked at again. */
function nextDates({ room, workshop }, rows) {
  const today = new Date().toLocaleDateString('sv');
  const dates = [
    [workshop.response_due, workshop.receiving_body && t('board.closing.answers', { who: workshop.receiving_body })],
    ...rows.flatMap((one) => [
      [one.first_step_due, one.first_step],
      [one.review_date, t('board.closing.review', { mark: markOf(room, one) })],
    ]),
  ]
    .filter(([day, words]) => day && words && day >= today)
    .sort(([a], [b]) => a.localeCompare(b))
    .slice(0, DATES);
  if (!dates.length) return nothing;
  return html`<section class="next-dates">
    <h2>${t('board.closing.dates')}</h2>
    <ul>
      ${dates.map(([day, words]) => html`<li><b>${date(day)}</b><span dir="auto">${words}</span></li>`)}
    </ul>
  </section>`;
}

/** The public page instead of the way in: where the answers will stand. */
const followed = (workshop) => (workshop.record_slug ? followHere(workshop) : {});

const followHere = ({ record_slug: slug }) => ({
  rail: html`<div>
    <p class="item strong">${icon('board')} ${t('board.closing.follow')}</p>
    <p class="soft">${t('board.closing.follow.text')}</p>
  </div>`,
  code: html`<div class="qrs"><img class="qr" src="/record/${slug}/qr.svg" alt=${t('board.closing.follow')} /></div>`,
});
