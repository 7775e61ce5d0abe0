/** What came of a decision: the ring, and the answer of every group as far as it may be told. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { stancesByName } from '../elements/byname.js';
import { decisionRing } from '../elements/ring.js';
import { asShare, decisionBar, groupBar } from '../elements/bars.js';
import { turnoutBar } from '../elements/turnout.js';
import { perGroupWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { list } from '../lib/format.js';
import { anyOpen, carriedCount, groupsOf, heldWords, seatsOf } from '../lib/reading.js';
import { outcomeWord } from '../lib/mandate.js';
import { decisionRowsOf, roomRowOf, statusWords } from '../lib/requirement.js';
import { editionVotedOn, goalsVotedOn, wordingSheet } from './sheet.js';
import { wear } from './sheets.js';
import { languageNote } from './standing.js';

/** The outcome: the ring, the words, and every group as far as it may be told. */
export function outcomeFace(at, decision) {
  wear('results');
  const { room, workshop } = at;
  const subject = room.records.get(decision.subject);
  const { result: found } = decision;
  const [carried, all] = [carriedCount(found), found.groups.length];
  const rows = decisionRowsOf(room, decision);
  const mine = (keys) => keys.includes(room.me?.group);
  return {
    key: `${decision.id}/result`,
    covers: decision.id,
    main: html`<div class="section">
        <p class="soft">${editionVotedOn(room, decision)}</p>
        <h1 class="ask">${outcomeWord(workshop, found)}</h1>
        <p class="lead">${outcomeWords(room, found)}</p>
        ${subject && decision.subject_version >= subject.base_version ? languageNote(at, subject) : nothing}
      </div>
      <div class="ring">
        ${decisionRing({ seats: seatsOf(room, found), big: t('element.of', { part: carried, whole: all }), small: t('phone.decision.groups', { n: all }), label: t('phone.decision.ring', { part: carried, whole: all }) })}
      </div>
      <section class="section">
        <h2>${t('phone.decision.per_group')}</h2>
        ${anyOpen(decision) ? html`<p class="soft">${heldWords(room, decision)}</p>` : nothing}${rows.map((row, i) => {
          const share = asShare(row);
          return groupBar({
            group: row.groups,
            words: share.words,
            drawn: decisionBar({ ...row, bar: share.bar }),
            status: html`<p class="spread">
                ${statusOf(row)}${mine(found.groups[i].keys) ? html`<span class="soft">${t('phone.decision.your_group')}</span>` : nothing}
              </p>
              <p class="soft">${row.required.words}</p>
              ${stancesByName(found, found.groups[i].keys.join('+'))}`,
          });
        })}${overall(decision)}
        <p class="soft">${perGroupWords(decision)} ${t('element.requires.line')}</p>
        ${found.absent.length ? html`<p class="soft">${t('phone.decision.absent', { groups: names(room, found.absent) })}</p>` : nothing}
      </section>
      ${reasons(t('phone.decision.reservations'), found.reservations)}${reasons(t('phone.decision.dissent'), found.dissent ?? [])}
      ${
        subject
          ? html`<details class="fold">
              <summary>${t('phone.decision.text')}</summary>
              ${wordingSheet(at, subject)}
            </details>`
          : nothing
      }${goalsVotedOn(room, decision)}
      ${turnoutBar({ ...decision.turnout, words: t('phone.ballot.turnout') })}`,
  };
}

const STATUS = { carried: 'pos', not_carried: 'neg', no_quorum: 'warn', no_position: 'warn' };
const statusOf = ({ status, required }) => tag(STATUS[status] ?? 'info', statusWords(status, required));
const names = (room, keys) =>
  list(groupsOf(room, keys).map((group) => group.name[document.documentElement.lang] ?? group.name.da));

function overall(decision) {
  const row = roomRowOf(decision);
  const share = asShare(row);
  return groupBar({
    group: null,
    label: t('element.table.room'),
    words: share.words,
    drawn: decisionBar({ ...row, bar: share.bar }),
    status: html`${statusOf(row)}
      <p class="soft">${row.required.words}</p>`,
  });
}

function outcomeWords(room, found) {
  const keys = found.outcome === 'missing_required_group' ? found.missing_required : found.blocked_by.flat();
  return t(`phone.outcome.${found.outcome}`, { n: found.groups.length, groups: keys.length ? names(room, keys) : '' });
}

const reasons = (title, words) =>
  words.length
    ? html`<section class="section">
        <h2>${title}</h2>
        <ul class="list">
          ${words.map((one) => html`<li class="words" dir="auto">”${one}”</li>`)}
        </ul>
      </section>`
    : nothing;
