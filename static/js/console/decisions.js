/** Decisions: opened on one version, closed with the outcome told group by group, never a total alone. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, clock, empty, groupName } from '../elements/basics.js';
import { stancesByName } from '../elements/byname.js';
import { confirm } from '../elements/cards.js';
import { field } from '../elements/texts.js';
import { decisionTable } from '../elements/results.js';
import { decisionRing } from '../elements/ring.js';
import { lockedBox, sayAloud } from '../elements/programme.js';
import { has, t } from '../lib/catalogue.js';
import { languageLine } from '../lib/corrected.js';
import { list, time } from '../lib/format.js';
import { carriedCount, decisionOn, decisionRowsOf, groupsOf, inOrder, markOf, newest, seatsOf, wordsOf } from '../lib/reading.js';
import { sentence } from './acting.js';
import { warnings } from './beforevote.js';
import { secondsLeft } from './desk.js';
import { livingDialog } from './dialogs.js';
import { edit } from './drafting.js';
import { closeVote } from './moves.js';
import { countingPart, createPreview } from './preview.js';
import { sheetOf } from './saving.js';
import { boardButton, nameOf } from './shows.js';
import { blocking, stateTag } from './texts.js';
import { moreTime } from './timers.js';
import { groupsOfVote, heldNote, opennessNote, voteTurnout } from './turnout.js';

export function decisionsFace(desk, workshop, step) {
  const { room, ui } = desk;
  const all = room.records.all('decision');
  const chosen = ui.decision && room.records.get(ui.decision);
  const decision = ui.decision === 'list' ? null : chosen ?? newest(all, (one) => one.state === 'open') ?? newest(all, (one) => one.step === step.id);
  if (!decision) return { main: html`${texts(desk, workshop)}${earlier(desk, null)}`, record: step.id };
  const back = button({ label: t('console.decision.all'), sort: 'quiet', icon: 'back', small: true, onClick: () => { ui.decision = 'list'; desk.draw(); } });
  const face = decisionFace(desk, workshop, decision);
  return { ...face, main: html`${face.main}<div class="acts">${decision.state === 'open' ? nothing : back}</div>${earlier(desk, decision)}` };
}

/** One decision: in progress, or its outcome. */
function decisionFace(desk, workshop, decision) {
  const { room } = desk;
  const subject = room.records.get(decision.subject);
  const title = subject ? `${nameOf(desk, subject)}, ${t('console.version', { n: decision.subject_version })}` : '';
  if (decision.state === 'open') return { record: decision.id, about: opennessNote(desk, decision, t('console.decision.nobody_sees')), clock: timeLeft(desk, decision), space: { label: t('console.key.close'), run: () => closeVote(desk, decision) }, main: running(desk, workshop, decision, subject, title) };
  if (!decision.result) return { record: decision.id, main: html`<h2>${t('console.decision.text_changed')}</h2><p>${t('console.decision.text_changed.text')}</p>` };
  return { record: decision.id, main: outcome(desk, workshop, decision, subject, title) };
}

function timeLeft(desk, decision) {
  const left = secondsLeft(desk.room, decision.ends_at);
  return left === null ? undefined : clock({ left, under: t('console.closes', { at: time(decision.ends_at) }) });
}

function running(desk, workshop, decision, subject, title) {
  return html`<h2>${title}</h2><p class="words lead" dir="auto">${wordsOf(subject)}</p>
    ${voteTurnout(desk, decision)}${groupsOfVote(desk, decision, workshop.privacy_minimum)}${lockedBox(t('console.ballot.locked'), ruleRows(desk, decision))}
    <div class="acts push">${moreTime(desk, decision)}${button({ label: t('console.decision.close'), sort: 'danger', onClick: () => closeVote(desk, decision) })}${boardButton(desk, decision, { small: false })}<span class="soft">${t('console.ballot.left', { n: decision.turnout.eligible - decision.turnout.voted })}</span></div>`;
}

function ruleRows(desk, { settings }) {
  const names = (keys) => list(keys.map((key) => groupName(groupsOf(desk.room, key)[0])));
  const rows = [[t('console.decision.group_rule'), t('console.decision.group_rule.text')], [t('console.decision.room_rule'), t('console.decision.room_rule.text')]];
  if (settings.binding_groups?.length) rows.push([t('console.decision.binding'), t('console.decision.binding.text', { groups: names(settings.binding_groups) })]);
  if (settings.required_groups?.length) rows.push([t('console.decision.required'), names(settings.required_groups)]);
  return rows;
}

/** The headline of a result; nothing says "decided" where the mandate is advice. */
function headline(workshop, result) {
  const key = `console.headline.${result.outcome === 'ratified' ? 'carried' : 'not_carried'}`;
  const own = `${key}.${workshop.decision_level}`;
  return has(own) ? t(own) : t(key);
}

function outcome(desk, workshop, decision, subject, title) {
  const { room } = desk;
  const { result } = decision;
  const [carried, all] = [carriedCount(result), result.groups.length];
  const names = (keys) => list(keys.map((key) => groupName(groupsOf(room, key)[0])));
  const held = (result.blocked_by?.length ? result.blocked_by : [result.missing_required ?? []]).flat();
  return html`<div class="verdict"><div><p class="soft">${title} · ${t('console.decision.closed_at', { at: time(decision.closed_at) })}</p><h2 class="verdict-words">${headline(workshop, result)}</h2><p>${t(`console.outcome.${result.outcome}`, { n: all, groups: names(held) })}</p>${subject && decision.subject_version >= subject.base_version ? html`<p class="soft">${languageLine(subject, workshop.decision_level)}</p>` : nothing}</div>
    ${decisionRing({ seats: seatsOf(room, result), big: t('element.of', { part: carried, whole: all }), small: t('console.decision.groups'), label: t('console.decision.ring', { part: carried, whole: all }) })}</div>
    <div class="scroll">${decisionTable({ caption: title, rows: decisionRowsOf(room, result, (part, whole) => t('element.of', { part, whole })), overall: { ...result.overall, turnout: t('element.of', { part: decision.turnout.voted, whole: decision.turnout.eligible }) } })}</div>
    ${heldNote(desk, decision)}${namesOf(desk, result)}<p class="soft">${t('console.decision.blank')} ${result.absent.length ? t('console.pools.absent', { groups: names(result.absent) }) : ''}</p>
    ${quoted(t('console.decision.reservations', { n: result.reservations.length }), result.reservations)}${quoted(t('console.decision.dissent'), result.dissent ?? [])}
    <div class="acts push">${subject && result.outcome !== 'ratified' ? button({ label: t('console.decision.edit', { n: subject.version + 1 }), icon: 'pen', onClick: () => edit(desk, subject.id) }) : nothing}${boardButton(desk, decision, { small: false })}</div>`;
}

/** How the members of the open groups have voted, group by group. */
const namesOf = ({ room }, result) => result.groups.map(({ keys: [key] }) => (result.by_name?.some((one) => one.group === key)
  ? html`<section class="stack gap-2"><h3>${t('console.open.names', { group: groupName(groupsOf(room, key)[0]) })}</h3>${stancesByName(result, key)}</section>` : nothing));

const quoted = (title, words) => (words.length ? html`<section class="stack gap-2"><h3>${title}</h3>${words.map((one) => sayAloud(html`<span class="words" dir="auto">${typeof one === 'string' ? one : (one.reason ?? '')}</span>`))}</section>` : nothing);

/** The texts that can be decided on. */
function texts(desk, workshop) {
  const rows = inOrder([...desk.room.records.all('agreement'), ...desk.room.records.all('goal')]).filter((one) => !['dropped', 'intention'].includes(one.state));
  if (!rows.length) return empty({ title: t('console.decision.none'), text: t('console.decision.none.text') });
  return html`<ul class="text-list">${rows.map((text) => html`<li><div><button type="button" class="as-link words" dir="auto" @click=${() => edit(desk, text.id)}>${nameOf(desk, text)}: ${wordsOf(text)}</button><p class="m facts">${stateTag(text, workshop)}<span class="soft">${t('console.version', { n: text.version })}</span></p></div>${openButton(desk, workshop, text)}</li>`)}</ul>`;
}

function earlier(desk, current) {
  const rest = desk.room.records.all('decision').filter((one) => one.id !== current?.id);
  if (!rest.length) return nothing;
  return html`<section class="stack gap-2 others"><h2 class="h">${t('console.decision.earlier')}</h2><ul class="rows-plain">${rest.map((one) => {
    const subject = desk.room.records.get(one.subject);
    return html`<li><button type="button" class="as-link" @click=${() => { desk.ui.decision = one.id; desk.draw(); }}>${subject ? nameOf(desk, subject) : one.subject}, ${t('console.version', { n: one.subject_version })}</button> <span class="soft">${one.state === 'open' ? t('console.ballot.state.open') : one.result ? t(`console.outcome_short.${one.result.outcome}`) : t('console.decision.text_changed')}</span></li>`;
  })}</ul></section>`;
}

/** In the editor: put the text to a decision, or see the one that runs. */
export function decisionPart(desk, workshop, text) {
  const open = desk.room.records.all('decision').find((one) => one.subject === text.id && one.state === 'open');
  if (open) return html`<p class="warnline">${t('console.decision.open_now')}</p>${button({ label: t('console.decision.see'), onClick: () => seeDecision(desk, open) })}${sheetOf(desk, text).opened === text.version ? nothing : button({ label: t('console.decision.unlock'), sort: 'danger', small: true, onClick: () => unlock(desk, text) })}`;
  if (['agreed', 'dropped', 'intention'].includes(text.state)) return html`<p class="soft">${t('console.fixed')}</p>`;
  return openButton(desk, workshop, text);
}

/** Open the text for editing although the room is deciding on it. */
async function unlock(desk, text) {
  const yes = await confirm({ title: t('console.decision.unlock'), text: t('console.decision.open_now'), yes: t('console.decision.unlock') });
  if (yes) sheetOf(desk, text).opened = text.version;
  desk.draw();
}

function seeDecision(desk, decision) {
  desk.ui.text = null;
  desk.ui.decision = decision.id;
  desk.ui.looking = decision.step ?? desk.ui.looking;
  desk.draw();
}

function openButton(desk, workshop, text) {
  const missing = blocking(text).length;
  if (text.state === 'agreed') return nothing;
  if (text.state === 'deciding') return button({ label: t('console.decision.see'), small: true, onClick: () => seeDecision(desk, decisionOn(desk.room, text.id)) });
  return button({ label: t('console.decision.put'), id: `decide-${text.kind}-${markOf(desk.room, text)}`, icon: 'lock', small: true, missing: missing ? t('console.decision.missing', { n: missing }) : undefined, onClick: () => lookFirst(desk, workshop, text) });
}

/** Before it opens: on which version, and how the groups are counted. */
async function lookFirst(desk, workshop, text) {
  const preview = await createPreview(desk, 'decision');
  if (!preview) return;
  let minutes = '';
  let error;
  livingDialog({
    title: t('console.decision.put'), wide: true,
    body: ({ close, again }) => {
      preview.follow(again);
      const now = desk.room.records.get(text.id);
      const open = async () => {
        const done = await desk.act('open_decision', { on: text.id, version: text.version, ...(minutes ? { minutes: Number(minutes) } : {}) }, t('console.said.decision_opened'));
        if (!done.ok) { error = sentence(done.error); again(); return; }
        close();
        desk.ui.decision = done.result.decision;
        desk.ui.text = null;
        desk.draw();
      };
      const wrong = now.version !== text.version ? t('console.decision.moved_on') : minutes && !/^[1-9]\d{0,4}$/.test(minutes) ? t('console.timer.number') : preview.result.effective.length ? undefined : t('console.pools.nobody');
      return html`<p class="soft">${nameOf(desk, now)}, ${t('console.version', { n: text.version })}</p><p class="words lead" dir="auto">${wordsOf(now)}</p>
        ${countingPart(desk, workshop, preview)}${warnings(desk, preview.result.checks)}<p class="soft">${t('console.decision.text')}</p>
        ${field({ id: 'decision-minutes', label: t('console.ballot.minutes'), optional: true, hint: t('console.ballot.minutes.hint'), value: minutes, inputmode: 'numeric', onInput: (value) => { minutes = value.trim(); again(); } })}
        ${error ? html`<p class="err" role="alert">${error}</p>` : nothing}<div class="acts end">${button({ label: t('element.cancel'), onClick: () => close() })}${button({ label: t('console.decision.open'), sort: 'primary', icon: 'lock', id: 'open-decision', missing: wrong, onClick: open })}</div>`;
    },
  });
}

/** In the editor: what came of the last decision on this text. */
export function lastDecision(desk, text) {
  const last = newest(desk.room.records.all('decision'), (one) => one.subject === text.id && one.state === 'closed');
  if (!last) return nothing;
  const words = last.result ? t(`console.outcome_short.${last.result.outcome}`) : t('console.decision.text_changed');
  return html`<section><h3 class="h">${t('console.decision.last')}</h3><p>${t('console.version', { n: last.subject_version })}: ${words}</p>${button({ label: t('console.decision.see'), sort: 'quiet', small: true, onClick: () => seeDecision(desk, last) })}</section>`;
}
