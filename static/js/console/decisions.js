/** Decisions: opened on one version, closed with the outcome told group by group, never a total alone. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { clock } from '../elements/clocks.js';
import { groupName } from '../elements/groups.js';
import { stancesByName } from '../elements/byname.js';
import { confirm } from '../elements/cards.js';
import { decisionTable } from '../elements/results.js';
import { goalsBesideVote } from '../elements/votedgoals.js';
import { decisionRing } from '../elements/ring.js';
import { lockedBox, sayAloud } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { languageLine } from '../lib/corrected.js';
import { list, timeWithDay } from '../lib/format.js';
import { carriedCount, groupsOf, newest, seatsOf, wordsOf } from '../lib/reading.js';
import { decisionRowsOf, roomRowOf, shareWords } from '../lib/requirement.js';
import { agreedWith, decidedWith } from '../lib/served.js';
import { outcomeWord } from '../lib/mandate.js';
import { votedGoals } from '../lib/voted.js';
import { secondsLeft } from './desk.js';
import { edit } from './drafting.js';
import { closing } from './moves.js';
import { nextAct, nextPart, openButton, seeDecision, texts } from './putting.js';
import { sheetOf } from './saving.js';
import { boardButton, nameOf } from './shows.js';
import { moreTime } from './timers.js';
import { groupsOfVote, heldNote, opennessNote, voteTurnout } from './turnout.js';

export function decisionsFace(desk, workshop, step) {
  const { room, ui } = desk;
  const all = room.records.all('decision');
  const chosen = ui.decision && room.records.get(ui.decision);
  const decision = chosen ?? newest(all, (one) => one.state === 'open') ?? newest(all, (one) => one.step === step.id);
  const face = decision ? decisionFace(desk, workshop, decision) : { main: nothing, record: step.id };
  if (decision?.state === 'open') return { ...face, main: html`${face.main}${earlier(desk, decision)}` };
  return {
    ...face,
    act: nextAct(desk, workshop),
    main: html`${face.main}${nextPart(desk, workshop)}${texts(desk, workshop)}${earlier(desk, decision)}`,
  };
}

/** One decision: in progress, or its outcome. */
function decisionFace(desk, workshop, decision) {
  const { room } = desk;
  const subject = room.records.get(decision.subject);
  const title = subject ? `${nameOf(desk, subject)}, ${t('console.version', { n: decision.subject_edition })}` : '';
  if (decision.state === 'open')
    return {
      record: decision.id,
      about: opennessNote(desk, decision, t('console.decision.nobody_sees')),
      clock: timeLeft(desk, decision),
      act: closing(desk, decision),
      main: running(desk, workshop, decision, subject, title),
    };
  if (!decision.result)
    return {
      record: decision.id,
      main: html`<h2>${t('console.decision.text_changed')}</h2>
        <p>${t('console.decision.text_changed.text')}</p>`,
    };
  return { record: decision.id, main: outcome(desk, workshop, decision, subject, title) };
}

function timeLeft(desk, decision) {
  const left = secondsLeft(desk.room, decision.ends_at);
  return left === null ? undefined : clock({ left, under: t('console.closes', { at: timeWithDay(decision.ends_at) }) });
}

function running(desk, workshop, decision, subject, title) {
  return html`<h2>${title}</h2>
    <p class="words lead" dir="auto">${wordsOf(subject)}</p>
    ${goals(desk.room, decision)}
    ${voteTurnout(desk, decision)}${groupsOfVote(desk, decision, workshop.privacy_minimum)}${lockedBox(t('console.ballot.locked'), ruleRows(desk, decision))}
    <div class="acts push">${moreTime(desk, decision)}${boardButton(desk, decision, { small: false })}</div>`;
}

/** The goals an agreement serves, as they are voted on with it. */
const goals = (room, decision) => goalsBesideVote(t('console.decision.goals'), votedGoals(room, decision, 'console'));

function ruleRows(desk, { settings }) {
  const names = (keys) => list(keys.map((key) => groupName(groupsOf(desk.room, key)[0])));
  const rows = [
    [
      t('console.decision.group_rule'),
      t('console.decision.group_rule.text', { share: shareWords(settings.group_majority), quorum: shareWords(settings.quorum) }),
    ],
    [t('console.decision.room_rule'), t('console.decision.room_rule.text', { share: shareWords(settings.overall_majority) })],
  ];
  if (settings.binding_groups?.length)
    rows.push([
      t('console.decision.binding'),
      t('console.decision.binding.text', {
        share: shareWords(settings.binding_majority),
        groups: names(settings.binding_groups),
      }),
    ]);
  if (settings.required_groups?.length) rows.push([t('console.decision.required'), names(settings.required_groups)]);
  return rows;
}

function outcome(desk, workshop, decision, subject, title) {
  const { room } = desk;
  const { result } = decision;
  const [carried, all] = [carriedCount(result), result.groups.length];
  const names = (keys) => list(keys.map((key) => groupName(groupsOf(room, key)[0])));
  const held = (result.blocked_by?.length ? result.blocked_by : [result.missing_required ?? []]).flat();
  return html`<div class="verdict">
      <div>
        <p class="soft">${title} · ${t('console.decision.closed_at', { at: timeWithDay(decision.closed_at) })}</p>
        <h2 class="verdict-words">${outcomeWord(workshop, result)}</h2>
        <p>${t(`console.outcome.${result.outcome}`, { n: all, groups: names(held) })}</p>
        ${subject && decision.subject_version >= subject.base_version ? html`<p class="soft">${languageLine(subject, workshop.decision_level)}</p>` : nothing}
      </div>
      ${decisionRing({ seats: seatsOf(room, result), big: t('element.of', { part: carried, whole: all }), small: t('console.decision.groups'), label: t('console.decision.ring', { part: carried, whole: all }) })}
    </div>
    <div class="scroll">
      ${decisionTable({ caption: title, rows: decisionRowsOf(room, decision, (part, whole) => t('element.of', { part, whole })), overall: { ...roomRowOf(decision), turnout: t('element.of', { part: decision.turnout.voted, whole: decision.turnout.eligible }) } })}
    </div>
    ${heldNote(desk, decision)}${namesOf(desk, result)}
    <p class="soft">
      ${t('console.decision.blank')}
      ${result.absent.length ? t('console.pools.absent', { groups: names(result.absent) }) : ''}
    </p>
    ${goals(room, decision)}
    ${quoted(t('console.decision.reservations', { n: result.reservations.length }), result.reservations)}${quoted(t('console.decision.dissent'), result.dissent ?? [])}
    <div class="acts push">
      ${subject && result.outcome !== 'ratified' ? button({ label: t('console.decision.edit'), icon: 'pen', onClick: () => edit(desk, subject.id) }) : nothing}${boardButton(desk, decision, { small: false })}
    </div>`;
}

/** How the members of the open groups have voted, group by group. */
const namesOf = ({ room }, result) =>
  result.groups.map(({ keys: [key] }) =>
    result.by_name?.some((one) => one.group === key)
      ? html`<section class="stack gap-2">
          <h3>${t('console.open.names', { group: groupName(groupsOf(room, key)[0]) })}</h3>
          ${stancesByName(result, key)}
        </section>`
      : nothing,
  );

const quoted = (title, words) =>
  words.length
    ? html`<section class="stack gap-2">
        <h3>${title}</h3>
        ${words.map((one) => sayAloud(html`<span class="words" dir="auto">${typeof one === 'string' ? one : (one.reason ?? '')}</span>`))}
      </section>`
    : nothing;

function earlier(desk, current) {
  const rest = desk.room.records.all('decision').filter((one) => one.id !== current?.id);
  if (!rest.length) return nothing;
  return html`<section class="stack gap-2 others">
    <h2 class="h">${t('console.decision.earlier')}</h2>
    <ul class="rows-plain">
      ${rest.map((one) => {
        const subject = desk.room.records.get(one.subject);
        return html`<li>
          <button
            type="button"
            class="as-link"
            @click=${() => {
              desk.ui.decision = one.id;
              desk.draw();
            }}
          >
            ${subject ? nameOf(desk, subject) : one.subject}, ${t('console.version', { n: one.subject_edition })}
          </button>
          <span class="soft"
            >${one.state === 'open' ? t('console.ballot.state.open') : one.result ? t(`console.outcome_short.${one.result.outcome}`) : t('console.decision.text_changed')}</span
          >
        </li>`;
      })}
    </ul>
  </section>`;
}

/** In the editor: put the text to a decision, or see the one that runs. */
export function decisionPart(desk, workshop, text) {
  const open = desk.room.records.all('decision').find((one) => one.subject === text.id && one.state === 'open');
  if (open)
    return html`<p class="warnline">${t('console.decision.open_now')}</p>
      ${button({ label: t('console.decision.see'), onClick: () => seeDecision(desk, open) })}${sheetOf(desk, text).opened === text.version ? nothing : button({ label: t('console.decision.unlock'), sort: 'danger', small: true, onClick: () => unlock(desk, text) })}`;
  if (['agreed', 'dropped', 'intention'].includes(text.state))
    return html`<p class="soft">${t('console.fixed')}</p>
      ${text.state === 'agreed' && workshop.state === 'open' ? button({ label: t('console.text.reopen'), sort: 'quiet', small: true, onClick: () => reopen(desk, text) }) : nothing}`;
  return html`${boundTo(desk, text)}${openButton(desk, workshop, text)}`;
}

/** A goal that is decided on with an agreement: what holds it, and the way there. */
function boundTo(desk, text) {
  const [agreed, decided] = [agreedWith(desk.room, text), decidedWith(desk.room, text)];
  const agreement = agreed ?? decided;
  if (!agreement) return nothing;
  return html`<p class="warnline">
      ${t(agreed ? 'console.goal.agreed_with' : 'console.goal.decided_with', { agreement: nameOf(desk, agreement) })}
    </p>
    ${button({ label: nameOf(desk, agreement), sort: 'quiet', small: true, onClick: () => edit(desk, agreement.id) })}
    ${agreed || sheetOf(desk, text).opened === text.version ? nothing : button({ label: t('console.decision.unlock'), sort: 'danger', small: true, onClick: () => unlock(desk, text) })}`;
}

/** Open an agreed text for changes: asked once, for it is agreed no longer. */
async function reopen(desk, text) {
  const yes = await confirm({
    title: t('console.text.reopen'),
    text: t('console.text.reopen.text'),
    yes: t('console.text.reopen'),
  });
  if (yes) await desk.act('reopen_text', { on: text.id }, t('console.said.reopened'));
}

/** Open the text for editing although the room is deciding on it. */
async function unlock(desk, text) {
  const yes = await confirm({
    title: t('console.decision.unlock'),
    text: t('console.decision.open_now'),
    yes: t('console.decision.unlock'),
  });
  if (yes) sheetOf(desk, text).opened = text.version;
  desk.draw();
}

/** In the editor: what came of the last decision on this text. */
export function lastDecision(desk, text) {
  const last = newest(desk.room.records.all('decision'), (one) => one.subject === text.id && one.state === 'closed');
  if (!last) return nothing;
  const words = last.result ? t(`console.outcome_short.${last.result.outcome}`) : t('console.decision.text_changed');
  return html`<section>
    <h3 class="h">${t('console.decision.last')}</h3>
    <p>${t('console.version', { n: last.subject_edition })}: ${words}</p>
    ${button({ label: t('console.decision.see'), sort: 'quiet', small: true, onClick: () => seeDecision(desk, last) })}
  </section>`;
}
