/** Goals, agreements, decisions and commitments on the board: the words large, and how the groups stand. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { clock, empty, groupGlyph, groupLabel, tag } from '../elements/basics.js';
import { decisionRows, pages } from '../elements/results.js';
import { decisionRing, turnoutRing } from '../elements/ring.js';
import { difference, differenceKey } from '../elements/difference.js';
import { has, t } from '../lib/catalogue.js';
import { date, list, time } from '../lib/format.js';
import { carriedCount, decisionRowsOf, groupOf, groupsOf, inOrder, markOf, openIdeas, seatsOf, wordsOf } from '../lib/reading.js';
import { ballotFace, turnoutByGroup, turnoutWords } from './ballots.js';
import { pageOf } from './paging.js';

const ROWS_A_PAGE = 6;
/** Characters of a wording that stay large on one page. */
const WORDING_A_PAGE = 300;
const WORDING_BESIDE_RING = 150;
/** A wording this short also fits the rail. */
const SHORT = 70;
const short = (record) => wordsOf(record).length <= SHORT;

/** `{title, main, rail}` of the record the facilitator put on the board, or null where it has no face of its own. */
export function faceOfRecord(at, record) {
  const faces = { ballot: ballotFace, decision: decisionFace, goal: goalFace, agreement: agreementFace, idea: ideaFace, theme: themeFace, amendment: amendmentFace };
  return faces[record.kind]?.(at, record) ?? null;
}

const ideaFace = ({ room }, idea) => ({
  title: t('board.idea'),
  main: html`<p class="words focus wording" dir="auto">${idea.text}</p>${idea.why ? html`<p class="item words soft" dir="auto">${idea.why}</p>` : nothing}
    ${idea.group ? html`<p class="item">${groupLabel(groupOf(room, idea.group))}</p>` : nothing}`,
});

function themeFace({ room, page }, theme) {
  const found = pageOf(openIdeas(room).filter((idea) => idea.theme === theme.id), 6, page);
  return { title: t('board.theme'), main: html`<h1 class="focus" dir="auto">${theme.title}</h1><ul class="sheets">${found.items.map((idea) => html`<li><p class="words" dir="auto">${idea.text}</p></li>`)}</ul>${pages(found)}` };
}

/** A long text on several pages, broken between sentences where possible. */
function wordingPages(text, most = WORDING_A_PAGE) {
  const parts = text.match(/[^.!?\n]+[.!?\n]*\s*/g) ?? [text];
  const found = [''];
  for (const part of parts) {
    const last = found.length - 1;
    if (found[last] && found[last].length + part.length > most) found.push(part);
    else found[last] += part;
  }
  return found.map((words) => words.trim()).filter(Boolean);
}

const readAlong = () => html`<div><p class="item strong">${t('board.text.read')}</p><p class="soft">${t('board.text.amend')}</p></div>`;

function changed(record, field) {
  const old = record.previous?.old?.[field];
  return typeof old === 'string' && old !== record[field] ? old : null;
}

function headOf(at, record, name) {
  return html`<h1 class="lead" dir="auto">${t(`board.${record.kind}.name`, { mark: markOf(at.room, record) })}${name ? html`: ${name}` : nothing} <span class="soft">${t('board.version', { n: record.version })}</span></h1>`;
}

function goalFace(at, goal) {
  const move = [goal.baseline, goal.target].filter(Boolean).join(' → ');
  const facts = [
    ['indicator', goal.indicator],
    ['target', [move, goal.unit].filter(Boolean).join(' ')],
    ['deadline', goal.deadline && date(goal.deadline)],
    ['owner', goal.owner],
    ['first_step', [goal.first_step, goal.first_step_due && date(goal.first_step_due)].filter(Boolean).join(', ')],
  ].filter(([, words]) => words);
  const old = changed(goal, 'title');
  return {
    title: t('board.goals'),
    main: html`${headOf(at, goal)}${old && at.page % 2 ? html`<div class="focus wording words">${difference(old, goal.title)}</div>${differenceKey(goal.version - 1)}` : html`<p class="words focus wording" dir="auto">${goal.title}</p>`}
      <ul class="plain-list">${facts.map(([name, words]) => html`<li><span class="soft">${t(`field.goal.${name}`)}</span><span class="words" dir="auto">${words}</span></li>`)}</ul>`,
    rail: readAlong(),
  };
}

function agreementFace(at, agreement) {
  const old = changed(agreement, 'purpose');
  const texts = [...wordingPages(agreement.purpose ?? ''), ...wordingPages(agreement.disagreement ?? '')];
  const found = pageOf(texts.length ? texts : [''], 1, at.page);
  return {
    title: t('board.agreements'),
    main: html`${headOf(at, agreement)}${old && found.page === 1 ? html`<div class="words focus wording">${difference(old, agreement.purpose)}</div>` : html`<p class="words focus wording" dir="auto">${found.items[0]}</p>`}
      <ul class="parties">${(agreement.parties ?? []).slice(0, 6).map((party) => partyCell(at.room, agreement, party))}</ul>${pages(found)}`,
    rail: readAlong(),
  };
}

function partyCell(room, agreement, party) {
  const gives = (agreement.contributions ?? []).filter((one) => one.party === party.name);
  return html`<li><b>${party.group ? groupGlyph(groupOf(room, party.group)) : nothing}<span dir="auto">${party.name}</span></b><span dir="auto">${gives.map((one) => [one.what, one.how_much].filter(Boolean).join(', ')).join('; ')}</span></li>`;
}

function amendmentFace(at, amendment) {
  const subject = at.room.records.get(amendment.on);
  return {
    title: t('board.amendment'),
    main: html`${subject ? headOf(at, subject) : nothing}<p class="lead soft">${t(`field.${amendment.on.split(':')[0]}.${amendment.field}`)}</p><div class="words focus wording">${difference(amendment.old, amendment.new)}</div>
      ${differenceKey(amendment.on_version)}${amendment.reason ? html`<p class="item words" dir="auto">”${amendment.reason}”</p>` : nothing}`,
    rail: amendment.competes ? html`<p class="item strong">${t('board.amendment.competes')}</p>` : nothing,
  };
}

const STATE_TAG = { agreed: 'pos', not_agreed: 'neg', deciding: 'info', proposed: 'info', draft: 'wait', intention: 'warn' };

function textsList(at, step, kind) {
  const rows = inOrder(at.room.records.all(kind)).filter((one) => one.state !== 'dropped');
  if (!rows.length) return { main: html`<h1 class="focus">${step.title}</h1>${empty({ title: t(`board.${kind}.none`), text: t(`board.${kind}.none.text`) })}` };
  const found = pageOf(rows, ROWS_A_PAGE, at.page);
  return {
    main: html`<h1 class="focus" dir="auto">${step.title}</h1><ul class="plain-list">${found.items.map((one) => html`<li><span class="words" dir="auto">${markOf(at.room, one)}. ${wordsOf(one)}</span>${tag(STATE_TAG[one.state] ?? 'info', t(`board.state.${one.state}`))}</li>`)}</ul>${pages(found)}`,
  };
}

export const goalsList = (at, step) => textsList(at, step, 'goal');

export const agreementsList = (at, step) => textsList(at, step, 'agreement');

/** A decision: in progress with turnout, or its outcome carried group by group. */
export function decisionFace(at, decision) {
  const { room } = at;
  const subject = room.records.get(decision.subject);
  const about = html`<div><p class="soft">${subject ? t(`board.${subject.kind}.name`, { mark: markOf(room, subject) }) : ''} ${t('board.version', { n: decision.subject_version })}</p>${short(subject) ? html`<p class="item words" dir="auto">${wordsOf(subject)}</p>` : nothing}</div>`;
  if (decision.state === 'open') {
    const ms = room.clock.remaining(decision.ends_at);
    const found = pageOf(wordingPages(wordsOf(subject), WORDING_BESIDE_RING), 1, at.page);
    return {
      title: t('board.decision'),
      timed: ms !== null,
      main: html`<div class="mid"><div><p class="item soft">${t('board.decision.ask')}</p><p class="words focus" dir="auto">${found.items[0]}</p></div>${turnoutRing(decision.turnout)}</div>${turnoutByGroup(room, decision)}<p class="soft">${t('board.decision.frozen')}</p>${pages(found)}`,
      rail: html`${ms === null ? nothing : clock({ left: Math.max(0, Math.ceil(ms / 1000)), under: t('board.ballot.closes', { at: time(decision.ends_at) }) })}${about}`,
    };
  }
  if (!decision.result) {
    return { title: t('board.decision'), main: html`<h1 class="focus hero">${t('board.decision.text_changed')}</h1><p class="lead">${t('board.decision.text_changed.text')}</p>`, rail: about };
  }
  return { title: t('board.decision'), main: outcome(at, decision), rail: html`${about}${decision.result.outcome === 'ratified' ? nothing : html`<div><p class="strong">${t('board.decision.now_what')}</p><p class="soft">${t('board.decision.new_text')}</p></div>`}` };
}

function outcome({ room, workshop, page }, decision) {
  const { result } = decision;
  const carried = carriedCount(result);
  const all = result.groups.length;
  const found = pageOf(decisionRowsOf(room, result), ROWS_A_PAGE, page);
  const absent = result.absent.map((key) => groupsOf(room, key)[0].name[workshop.language] ?? key);
  return html`<div class="verdict"><div><h1 class="focus hero">${headline(workshop, result)}</h1><p>${t(`board.outcome.${result.outcome}`, { n: all, groups: blocked(room, workshop, result) })}</p></div>
    ${decisionRing({ seats: seatsOf(room, result), big: t('board.decision.of', { part: carried, whole: all }), small: t('board.decision.groups'), label: t('board.decision.ring', { part: carried, whole: all }) })}</div>
    ${decisionRows({ rows: found.items })}<p class="note">${turnoutWords(decision.turnout)} ${t('board.decision.line')} ${absent.length ? t('board.decision.absent', { groups: list(absent) }) : ''}</p>
    ${result.reservations.length ? html`<p class="note">${t('board.decision.reservations', { n: result.reservations.length })}</p>` : nothing}${pages(found)}`;
}

function headline(workshop, result) {
  const key = `board.headline.${result.outcome === 'ratified' ? 'carried' : 'not_carried'}`;
  const own = `${key}.${workshop.decision_level}`;
  return has(own) ? t(own) : t(key);
}

const blocked = (room, workshop, result) =>
  list((result.blocked_by.length ? result.blocked_by : [result.missing_required]).flat().map((key) => groupsOf(room, key)[0].name[workshop.language] ?? key));

/** Who stands behind what, by name or as a member of a group. */
export function commitmentsFace(at, step) {
  const rows = at.room.records.all('commitment').filter((one) => one.standing === 'behind');
  if (!rows.length) return { main: html`<h1 class="focus">${step.title}</h1>${empty({ title: t('board.commitments.none'), text: t('board.commitments.none.text') })}` };
  const found = pageOf(rows, ROWS_A_PAGE, at.page);
  return {
    main: html`<h1 class="focus" dir="auto">${step.title}</h1><ul class="plain-list">${found.items.map((one) => html`<li><span><b dir="auto">${one.name ?? t('board.commitments.unnamed')}</b> ${one.group ? groupLabel(groupOf(at.room, one.group)) : nothing}</span><span class="words" dir="auto">${one.words || wordsOf(at.room.records.get(one.on))}</span></li>`)}</ul>${pages(found)}`,
    rail: html`<p class="item strong">${t('board.commitments.count', { n: rows.length })}</p>`,
  };
}
