/** What was published of a ballot: the chosen ideas with their reason, per group as far as disclosed, and my receipt. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { groupLabel } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { choicesByName } from '../elements/byname.js';
import { slip } from '../elements/cards.js';
import { handsRows } from '../elements/hands.js';
import { counted as countLine, groupBar } from '../elements/bars.js';
import { turnoutBar } from '../elements/turnout.js';
import { amount, groundHow, groundWords, nobodyVoted, perGroupWords, totalWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { percent } from '../lib/format.js';
import { anyOpen, groupsOf, heldWords, rankedOptions, wordsOf } from '../lib/reading.js';
import { purse, receipt } from '../lib/receipt.js';
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
import { wear } from './sheets.js';

const HALF = 1 / 2;

export function resultFace(at, ballot) {
  const { result } = ballot;
  const nobody = nobodyVoted(ballot);
  const body = nobody
    ? html`<div class="section">
        ${title(ballot, t('phone.result'))}
        <p class="lead">${t('amount.nobody')}</p>
      </div>`
    : result.shortlist
      ? chosen(at, ballot)
      : ballot.method === 'positions'
        ? common(at, ballot)
        : counted(at, ballot);
  if (anyOpen(ballot)) wear('results');
  return {
    key: `${ballot.id}/result`,
    covers: ballot.id,
    main: html`${body}
      <p class="soft">${nobody ? nothing : perGroupWords(ballot)}</p>
      ${anyOpen(ballot) ? html`<p class="soft">${heldWords(at.room, ballot)}</p>` : nothing}${turnoutBar({ ...ballot.turnout, ...result.turnout, words: t('phone.ballot.turnout') })}`,
  };
}

const title = (ballot, otherwise) => html`<h1 class="ask" dir="auto">${ballot.title || otherwise}</h1>`;

function chosen(at, ballot) {
  const { room } = at;
  const list = ballot.result.shortlist;
  const plain = plainWords(room, ballot);
  const ties = tiesOf(room, list).map(([place, words]) => `${place}. ${words}`);
  return html`<div class="section">
      ${title(ballot, t('phone.result'))}
      <p class="lead">${t('phone.result.chosen', { n: list.winners.length })}</p>
      ${list.steps.length ? html`<p>${whyWords(ballot)}</p>` : nothing}
    </div>
    ${slipOf(at, ballot, myReceipt(at, ballot))}
    <ol class="chosen-list">
      ${list.steps.map(
        (step, i) =>
          html`<li>
            <span class="n">${i + 1}</span>
            <div>
              <p class="words" dir="auto">
                <a class="as-link plain" href="#${step.option}">${wordsOf(room.records.get(step.option))}</a>
              </p>
              ${countLine(countOf(ballot, step.option))}
              ${perGroup(
                room,
                ballot,
                ballot.result.options.find((one) => one.id === step.option),
              )}${ownTick(room, ballot, step.option)}
            </div>
          </li>`,
      )}
    </ol>
    ${plain ? html`<p class="soft" dir="auto">${plain}</p>` : nothing}${coverage(at, ballot)}
    <details class="fold">
      <summary>${t('phone.result.all')}</summary>
      ${optionList(at, ballot)}
    </details>
    <details class="fold">
      <summary>${t('phone.result.how')}</summary>
      <p>${t('phone.result.how.text')}</p>
      ${[...ties, otherWords(room, list).words, oneMoreWords(room, list), seedWords(room)].filter(Boolean).map((words) => html`<p dir="auto">${words}</p>`)}
    </details>`;
}

function myReceipt({ room }, ballot) {
  const choices = room.choices(ballot.id);
  const { result, settings } = ballot;
  return choices ? receipt(choices, result.shortlist.steps, purse(result, settings.seats)) : [];
}

/** The receipt: only this phone knows it. */
function slipOf({ room, acting }, ballot, lines) {
  const choices = room.choices(ballot.id);
  const used = Object.values(choices ?? {}).filter((value) => value).length;
  if (!room.mine.voted?.[ballot.id] && !used) return html`<p class="soft">${t('phone.receipt.none')}</p>`;
  if (!choices) return html`<p class="soft">${t(acting ? 'helper.acting.no_receipt' : 'phone.receipt.lost')}</p>`;
  const helped = lines.filter((line) => line.helped).length;
  const all = ballot.result.shortlist.winners.length;
  const words = helped
    ? t(all === 1 ? 'phone.receipt.helped_only' : 'phone.receipt.helped', { n: helped, all })
    : lines.length
      ? t('phone.receipt.behind', { n: lines.length })
      : t('phone.receipt.zero');
  return slip({
    title: html`${helped ? icon('check') : nothing}<span>${words}</span>`,
    body: html`<p class="soft">${t('phone.receipt.only_here')}</p>`,
  });
}

/** What I gave a chosen idea; only this phone knows it. */
function ownTick(room, ballot, option) {
  const given = room.choices(ballot.id)?.[option];
  if (!given) return nothing;
  return tag('pos', ballot.method === 'dots' ? t('phone.receipt.dots', { n: given }) : t('phone.receipt.cross'));
}

function perGroup(room, ballot, option) {
  const groups = Object.entries(option?.by_group ?? {});
  if (!groups.length) return nothing;
  return html`<ul class="per-group">
    ${groups.map(([key, value]) => html`<li>${groupLabel(groupsOf(room, key), { after: amount(value) })}${choicesByName(ballot.result, option.id, key)}</li>`)}
  </ul>`;
}

function coverage({ room }, ballot) {
  const rows = groupRows(room, ballot.result.shortlist);
  if (!rows.length) return html`<p class="soft">${uncoveredWords(room, ballot.result.shortlist)}</p>`;
  return html`<section class="section">
    <h2>${t('phone.coverage')}</h2>
    <p class="soft">${t('phone.coverage.text')}</p>
    ${rows.map((row) =>
      groupBar({
        group: row.groups,
        words: percent(row.coverage),
        bar: { exact: row.coverage },
        threshold: HALF,
        status: html`${row.low ? tag('warn', t('phone.coverage.under')) : nothing}
          <p class="soft">${groupWords(row, ['influence', 'heads'])}</p>`,
      }),
    )}
  </section>`;
}

function optionList({ room }, ballot) {
  return html`<ul class="list">
    ${rankedOptions(ballot.result).map(
      (option) =>
        html`<li>
          <p class="words" dir="auto">${wordsOf(room.records.get(option.id))}</p>
          <p class="soft">${countOf(ballot, option.id).words}</p>
          ${perGroup(room, ballot, option)}
        </li>`,
    )}
  </ul>`;
}

const counted = (at, ballot) =>
  html`<div class="section">${title(ballot, t('phone.result'))}</div>
    ${optionList(at, ballot)}`;

/** The map for talk: what the groups agree on most, first. */
function common(at, ballot) {
  const { room } = at;
  const own = room.choices(ballot.id) ?? {};
  const order = ballot.result.common_ground.map((one) => one.id);
  const rest = rankedOptions(ballot.result)
    .map((one) => one.id)
    .filter((id) => !order.includes(id));
  const value = new Map(ballot.result.common_ground.map((one) => [one.id, one.value]));
  return html`<div class="section">
      ${title(ballot, t('phone.result.positions'))}
      <p class="soft">${t('phone.result.map')} ${groundHow(ballot.result.common_ground)}</p>
    </div>
    <ul class="list">
      ${[...order, ...rest].map((id) => {
        const option = ballot.result.options.find((one) => one.id === id);
        return html`<li>
          <p class="words" dir="auto">${wordsOf(room.records.get(id))}</p>
          <p class="soft">
            ${[groundWords(value.get(id) ?? null)].filter(Boolean).map((words) => `${words}. `)}${totalWords(option?.total, ballot.result.counts_from)}${own[id] ? html` · ${t('phone.result.you', { answer: t(`element.positions.${own[id]}`).toLowerCase() })}` : nothing}
          </p>
          ${perGroup(room, ballot, option)}
        </li>`;
      })}
    </ul>`;
}

/** All results there are, the newest first. */
export function resultsList({ room }) {
  const ballots = room.records.all('ballot').filter((one) => one.state === 'published');
  const decisions = room.records.all('decision').filter((one) => one.result);
  const shows = [...room.records.all('show_of_hands')].reverse();
  if (shows.length) wear('results');
  const rows = [
    ...[...decisions]
      .reverse()
      .map((one) => ({ id: one.id, name: t('phone.results.decision'), words: wordsOf(room.records.get(one.subject)) })),
    ...[...ballots]
      .reverse()
      .map((one) => ({ id: one.id, name: t('phone.ballot'), words: one.title || t('phone.ballot.ask') })),
  ];
  return {
    key: 'results',
    main: html`<h1 class="ask">${t('phone.more.results')}</h1>
      <ul class="list">
        ${rows.map((row) => html`<li><span class="soft">${row.name}</span><br /><a href="#${row.id}" dir="auto">${row.words}</a></li>`)}
      </ul>
      ${
        shows.length
          ? html`<section class="section">
              <h2>${t('hands.title')}</h2>
              <p class="soft">${t('hands.note')}</p>
              ${shows.map(
                (one) =>
                  html`<article class="sheet promise">
                    <p class="words" dir="auto">${one.question}</p>
                    ${handsRows(one)}
                  </article>`,
              )}
            </section>`
          : nothing
      }`,
  };
}
