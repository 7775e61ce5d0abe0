/** A published result in words: what was chosen and why, how the groups stand, and whether other weights would choose otherwise. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel, tag } from '../elements/basics.js';
import { choicesByName } from '../elements/byname.js';
import { shortlist } from '../elements/results.js';
import { amount, groundWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { percent } from '../lib/format.js';
import { groupsOf, priceOf, rankedOptions, wordsOf } from '../lib/reading.js';
import { groupRows, oneMoreWords, otherWords, paidWords, seedWords, shareWords, tieWords } from '../lib/shortlist.js';
import { draftButton } from './drafting.js';
import { byHelper, heldNote } from './turnout.js';

export function ballotResult(desk, workshop, ballot) {
  const { result } = ballot;
  const turnout = html`<p class="soft">${t('console.result.turnout', { voted: result.turnout.voted, whole: result.turnout.eligible })} ${byHelper(ballot.turnout)}</p>${heldNote(desk, ballot)}`;
  if (result.shortlist) return html`${turnout}${chosen(desk, result)}${more(desk, result)}${table(desk, result)}`;
  if (ballot.method === 'positions') return html`${turnout}${common(desk, result)}${table(desk, result)}`;
  return html`${turnout}${table(desk, result)}`;
}

function chosen(desk, result) {
  const { steps } = result.shortlist;
  const items = steps.map((step) => {
    const option = desk.room.records.get(step.option);
    return { text: wordsOf(option), why: reason(desk, result, step), tag: option ? draftButton(desk, option) : nothing };
  });
  return html`<h2>${t('console.result.chosen', { n: result.shortlist.winners.length })}</h2>${items.length ? shortlist(items) : html`<p>${t('console.result.nobody')}</p>`}`;
}

function reason(desk, result, step) {
  const option = result.options.find((one) => one.id === step.option);
  const price = priceOf(step);
  const first = price && step.phase === 'equal_shares' && price.over === 1 ? t('console.result.bought', { n: price.under, price: price.each })
    : t(`console.result.${step.phase}`, { count: amount(option?.total) });
  return html`${[first, paidWords(step), tieWords(desk.room, step)].filter(Boolean).join('. ')}`;
}

/** Coverage and influence per group, what other weights would have given, which idea would be the next, and the lot. */
function more(desk, result) {
  const { room } = desk;
  const { shortlist: list } = result;
  const rows = groupRows(room, list);
  const other = otherWords(room, list);
  const next = list.one_more && room.records.get(list.one_more);
  return html`${rows.length ? html`<div class="scroll"><table class="results"><caption class="vh">${t('console.result.groups')}</caption><thead><tr><th scope="col">${t('element.table.group')}</th><th scope="col">${t('console.result.coverage')}</th><th scope="col">${t('console.result.influence')}</th><th scope="col">${t('shortlist.heads')}</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row">${groupLabel(row.groups)}</th><td>${shareWords(row.coverage)}${row.low ? html` ${tag('warn', t('console.result.low'))}` : nothing}</td><td>${shareWords(row.influence)}</td><td>${shareWords(row.heads)}</td></tr>`)}</tbody></table></div>` : nothing}
    <p class=${other.differs ? 'warnline' : 'soft'}>${other.words}${other.differs ? html` ${t('console.result.binding')}` : nothing}</p>
    ${next ? html`<div class="spread"><p>${oneMoreWords(room, list)}</p>${draftButton(desk, next)}</div>` : nothing}<p class="soft">${seedWords(room)}</p>`;
}

function table(desk, result) {
  const rows = rankedOptions(result);
  const groups = Object.keys(rows[0]?.by_group ?? {});
  return html`<details><summary>${t('console.result.all', { n: rows.length })}</summary><div class="scroll"><table class="results"><caption class="vh">${t('console.result.all', { n: rows.length })}</caption><thead><tr><th scope="col">${t('console.result.option')}</th><th scope="col">${t('console.result.total')}</th>${groups.map((key) => html`<th scope="col">${groupLabel(groupsOf(desk.room, key))}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row" class="words" dir="auto">${wordsOf(desk.room.records.get(row.id))}</th><td class="n">${amount(row.total)}</td>${groups.map((key) => html`<td>${amount(row.by_group?.[key])}${choicesByName(result, row.id, key)}</td>`)}</tr>`)}</tbody></table></div></details>`;
}

/** Where the groups meet: a map for talk, never a decision. */
function common(desk, result) {
  const ranked = [...(result.common_ground ?? [])].filter((one) => one.value !== null);
  if (!ranked.length) return html`<p>${t('console.result.no_common')}</p>`;
  return html`<h2>${t('console.result.common')}</h2><p class="soft">${t('console.result.common.text')}</p>${shortlist(ranked.slice(0, 10).map((one) => ({
    text: wordsOf(desk.room.records.get(one.id)),
    why: html`${groundWords(one.value)}${Object.entries(one.by_group ?? {}).filter(([, value]) => value !== null).map(([key, value]) => html` · ${groupLabel(groupsOf(desk.room, key), { after: percent(value) })}`)}`,
  })))}`;
}
