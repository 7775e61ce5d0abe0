/** A published result in words: what was chosen and why, how the groups stand, and whether other weights would choose otherwise. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { groupLabel } from '../elements/groups.js';
import { choicesByName } from '../elements/byname.js';
import { commonGround, shortlist } from '../elements/results.js';
import { amount, groundHow, nobodyVoted, perGroupWords, totalWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { percent } from '../lib/format.js';
import { groupsOf, rankedOptions, wordsOf } from '../lib/reading.js';
import {
  countOf,
  groupRows,
  oneMoreWords,
  otherWords,
  plainWords,
  seedWords,
  tiesOf,
  uncoveredWords,
  whyWords,
} from '../lib/shortlist.js';
import { draftButton } from './drafting.js';
import { byHelper, heldNote } from './turnout.js';

/** So many statements are listed in their order; the table under them has all. */
const MOST_COMMON = 10;

export function ballotResult(desk, workshop, ballot) {
  const { result } = ballot;
  if (nobodyVoted(ballot)) return html`<p>${t('amount.nobody')}</p>`;
  // What is withheld further down is said there.
  const ranked = result.common_ground?.length ? result.common_ground.map((one) => one.id) : undefined;
  const turnout = html`<p class="soft">
      ${t('console.result.turnout', { voted: result.turnout.voted, whole: result.turnout.eligible })}
      ${byHelper(ballot.turnout)} ${perGroupWords(ballot, ranked)}
    </p>
    ${heldNote(desk, ballot)}`;
  if (result.shortlist) return html`${turnout}${chosen(desk, ballot)}${more(desk, result)}${table(desk, ballot)}`;
  if (ballot.method === 'positions') return html`${turnout}${common(desk, result)}${table(desk, ballot, !ranked)}`;
  return html`${turnout}${table(desk, ballot, true)}`;
}

function chosen(desk, ballot) {
  const { winners, steps } = ballot.result.shortlist;
  const items = steps.map((step) => {
    const option = desk.room.records.get(step.option);
    return {
      text: wordsOf(option),
      count: countOf(ballot, step.option),
      tag: option ? draftButton(desk, option) : nothing,
    };
  });
  const plain = plainWords(desk.room, ballot);
  return html`<h2>${t('console.result.chosen', { n: winners.length })}</h2>
    ${
      items.length
        ? html`<p>${whyWords(ballot)}</p>
            ${shortlist(items)}`
        : html`<p>${t('console.result.nobody')}</p>`
    }
    ${plain ? html`<p class="soft" dir="auto">${plain}</p>` : nothing}`;
}

/** Coverage and influence per group, ties, what other weights would have given, which idea would be the next, and the lot. */
function more(desk, result) {
  const { room } = desk;
  const { shortlist: list } = result;
  const rows = groupRows(room, list);
  const other = otherWords(room, list);
  const next = list.one_more && room.records.get(list.one_more);
  return html`${
      rows.length
        ? html`<div class="scroll">
            <table class="results">
              <caption class="vh">
                ${t('console.result.groups')}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${t('element.table.group')}</th>
                  <th scope="col">${t('console.result.coverage')}</th>
                  <th scope="col">${t('console.result.influence')}</th>
                  <th scope="col">${t('shortlist.heads')}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (row) =>
                    html`<tr>
                      <th scope="row">${groupLabel(row.groups)}</th>
                      <td>
                        ${percent(row.coverage)}${row.low ? html` ${tag('warn', t('console.result.low'))}` : nothing}
                      </td>
                      <td>${percent(row.influence)}</td>
                      <td>${percent(row.heads)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : html`<p class="soft">${uncoveredWords(room, list)}</p>`
    }
    <p class=${other.differs ? 'warnline' : 'soft'}>
      ${other.words}${other.differs ? html` ${t('console.result.binding')}` : nothing}
    </p>
    ${
      next
        ? html`<div class="spread">
            <p>${oneMoreWords(room, list)}</p>
            ${draftButton(desk, next)}
          </div>`
        : nothing
    }
    <details>
      <summary>${t('element.details')}</summary>
      ${tiesOf(room, list).map(([place, words]) => html`<p dir="auto">${place}. ${words}</p>`)}
      <p>${seedWords(room)}</p>
    </details>`;
}

/** All options with their counts; `open` where nothing else tells the result. */
function table(desk, ballot, open = false) {
  const { method, result } = ballot;
  const rows = rankedOptions(result);
  const groups = [...new Set(rows.flatMap((row) => Object.keys(row.by_group)))];
  return html`<details ?open=${open}>
    <summary>${t('console.result.all', { n: rows.length })}</summary>
    <div class="scroll">
      <table class="results">
        <caption class="vh">
          ${t('console.result.all', { n: rows.length })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('console.result.option')}</th>
            <th scope="col">${t(`console.result.total.${method}`)}</th>
            ${groups.map((key) => html`<th scope="col">${groupLabel(groupsOf(desk.room, key))}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row" class="words" dir="auto">${wordsOf(desk.room.records.get(row.id))}</th>
                <td class="n">${row.total === null ? totalWords(null, result.counts_from) : amount(row.total)}</td>
                ${groups.map((key) => html`<td>${key in row.by_group ? amount(row.by_group[key]) : nothing}${choicesByName(result, row.id, key)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${result.common_ground?.length ? html`<p class="soft">${perGroupWords(ballot)}</p>` : nothing}
  </details>`;
}

/** Where the groups meet: a map for talk, never a decision. */
function common(desk, result) {
  const ranked = result.common_ground;
  if (!ranked.length) return html`<p>${t('console.result.no_common')}</p>`;
  const shown = ranked.slice(0, MOST_COMMON);
  return html`<h2>${t('console.result.common')}</h2>
    <p class="soft">${t('console.result.common.text')} ${groundHow(shown)}</p>
    ${shortlist(commonGround(desk.room, result, shown))}`;
}
