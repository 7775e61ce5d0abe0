/** Goals, agreements, decisions and commitments on the board: the words large, and how the groups stand. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { clock, empty, groupGlyph, groupLabel, icon, tag } from '../elements/basics.js';
import { byHelper } from '../elements/cards.js';
import { beside, madeBy } from '../elements/changes.js';
import { handsAbout, handsRows } from '../elements/hands.js';
import { decisionRows, pages } from '../elements/results.js';
import { decisionRing, turnoutRing } from '../elements/ring.js';
import { difference, differenceKey } from '../elements/difference.js';
import { has, t } from '../lib/catalogue.js';
import { languageLine } from '../lib/corrected.js';
import { readCarried, specOf, storedIn } from '../lib/fields.js';
import { date, list, time } from '../lib/format.js';
import { carriedCount, decisionRowsOf, groupOf, groupsOf, heldWords, inOrder, markOf, openIdeas, opennessWords, seatsOf, wordsOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';
import { pagesOfText, wordingPages } from '../lib/wordingpages.js';
import { ballotFace, helperWords, turnoutByGroup, turnoutWords } from './ballots.js';
import { namesBeside, stancePage, stancePages } from './byname.js';
import { chunks, pageOf } from './paging.js';

const ROWS_A_PAGE = 6;
/** Lines of a change that stay large on one page. */
const CHANGES_A_PAGE = 2;
const WORDING_BESIDE_RING = 150;
/** A wording this short also fits the rail. */
const SHORT = 70;
const short = (record) => wordsOf(record).length <= SHORT;
/** Levels at which a room decides nothing: words follow the mandate. */
const ONLY_ADVICE = ['inspiration', 'recommendation'];

/** `{title, main, rail}` of the record the facilitator put on the board, or null where it has no face of its own. */
export function faceOfRecord(at, record) {
  const faces = { ballot: ballotFace, decision: decisionFace, goal: goalFace, agreement: agreementFace, idea: ideaFace, theme: themeFace, amendment: amendmentFace, show_of_hands: handsFace };
  return faces[record.kind]?.(at, record) ?? null;
}

const ideaFace = ({ room }, idea) => ({
  title: t('board.idea'),
  main: html`<p class="words focus wording" dir="auto">${idea.text}</p>${idea.why ? html`<p class="item words soft" dir="auto">${idea.why}</p>` : nothing}
    ${idea.group ? html`<p class="item">${groupLabel(groupOf(room, idea.group))}</p>` : nothing}${idea.by_helper ? html`<p class="m item">${byHelper(idea)}</p>` : nothing}`,
});

function themeFace({ room, page }, theme) {
  const found = pageOf(openIdeas(room).filter((idea) => idea.theme === theme.id), 6, page);
  return { title: t('board.theme'), main: html`<h1 class="focus" dir="auto">${theme.title}</h1><ul class="sheets">${found.items.map((idea) => html`<li><p class="words" dir="auto">${idea.text}</p></li>`)}</ul>${pages(found)}` };
}

/** Characters of a question that stays large above the hands; under a longer one fewer answers fit. */
const HANDS_QUESTION = 120;

/** Counted in the room, and so called: no ring and no shares, for it is no vote. */
function handsFace({ room, page }, hands) {
  const long = hands.question.length > HANDS_QUESTION;
  const found = pageOf(hands.rows, long ? 3 : 5, page);
  const nameOf = (record) => (record.kind === 'idea' ? t('board.idea') : t(`board.${record.kind}.name`, { mark: markOf(room, record) }));
  return {
    title: t('hands.title'),
    main: html`<h1 class="words ${long ? 'item' : 'focus'}" dir="auto">${hands.question}</h1>${handsRows({ rows: found.items })}<p class="note">${t('hands.note')}</p>${pages(found)}`,
    rail: html`<div><p class="item strong">${t('hands.title')}</p><p class="soft">${handsAbout(hands, nameOf, room)}</p></div>`,
  };
}

const readAlong = () => html`<div><p class="item strong">${t('board.text.read')}</p><p class="soft">${t('board.text.amend')}</p></div>`;

function headOf(at, record, name) {
  return html`<h1 class="lead" dir="auto">${t(`board.${record.kind}.name`, { mark: markOf(at.room, record) })}${name ? html`: ${name}` : nothing} <span class="soft">${t('board.version', { n: record.version })}</span></h1>`;
}

/** Beside the words: that only the language was corrected since they were decided on. */
function languageNote({ workshop }, record) {
  const line = languageLine(record, workshop.decision_level);
  return line ? html`<p class="note">${icon('check')} ${line}</p>` : nothing;
}

/** The page of a text in view: its words, or after them what the last change has altered. */
function pageOfText(at, record) {
  const before = record.previous;
  const lines = before ? before.changed.flatMap((field) => linesOf(at.room, record.kind, { field, old: before.old[field], new: storedIn(record, field) })) : [];
  const found = pageOf([...pagesOfText(record), ...chunks(lines, CHANGES_A_PAGE).map((part) => ({ lines: part }))], 1, at.page);
  return { ...found.items[0], pages: pages(found) };
}

/** The words large; where they were just put into others and fit a page, what went and what came is marked in them. */
function wordsOn(record, name, shown) {
  if (!shown.words) return nothing;
  const old = record.previous?.cause === 'language' ? null : record.previous?.old[name];
  const marked = typeof old === 'string' && old !== record[name] && shown.words === record[name];
  return marked ? html`<div class="words focus wording">${difference(old, record[name])}</div>${differenceKey(record.previous.version)}` : html`<p class="words focus wording" dir="auto">${shown.words}</p>`;
}

/** What the last change has altered: before and now beside each other. */
const changeFace = (at, record, shown) => html`${headOf(at, record, t('board.change'))}<p class="soft">${madeBy(record.previous)}${record.previous.reason ? html` · <span class="words" dir="auto">”${record.previous.reason}”</span>` : nothing}</p>
  <div class="changes">${beside(shown.lines, { before: t('history.version', { n: record.previous.version }), now: t('history.version', { n: record.version }) })}</div>${differenceKey()}${languageNote(at, record)}${shown.pages}`;

function goalFace(at, goal) {
  const move = [goal.baseline, goal.target].filter(Boolean).join(' → ');
  const facts = [
    ['indicator', goal.indicator],
    ['target', [move, goal.unit].filter(Boolean).join(' ')],
    ['deadline', goal.deadline && date(goal.deadline)],
    ['owner', goal.owner],
    ['first_step', [goal.first_step, goal.first_step_due && date(goal.first_step_due)].filter(Boolean).join(', ')],
  ].filter(([, words]) => words);
  const shown = pageOfText(at, goal);
  return {
    title: t('board.goals'),
    main: shown.lines ? changeFace(at, goal, shown) : html`${headOf(at, goal)}${wordsOn(goal, 'title', shown)}${languageNote(at, goal)}
      ${shown.more ? html`<ul class="plain-list">${facts.map(([name, words]) => html`<li><span class="soft">${t(`field.goal.${name}`)}</span><span class="words" dir="auto">${words}</span></li>`)}</ul>` : nothing}${shown.pages}`,
    rail: readAlong(),
  };
}

function agreementFace(at, agreement) {
  const shown = pageOfText(at, agreement);
  return {
    title: t('board.agreements'),
    main: shown.lines ? changeFace(at, agreement, shown) : html`${headOf(at, agreement)}${wordsOn(agreement, 'purpose', shown)}${languageNote(at, agreement)}
      ${shown.more ? html`<ul class="parties ${shown.words ? '' : 'alone'}">${(agreement.parties ?? []).slice(0, 6).map((party) => partyCell(at.room, agreement, party))}</ul>` : nothing}${shown.pages}`,
    rail: readAlong(),
  };
}

function partyCell(room, agreement, party) {
  const gives = (agreement.contributions ?? []).filter((one) => one.party === party.name);
  return html`<li><b>${party.group ? groupGlyph(groupOf(room, party.group)) : nothing}<span dir="auto">${party.name}</span></b><span dir="auto">${gives.map((one) => [one.what, one.how_much].filter(Boolean).join(', ')).join('; ') || t('board.party.nothing')}</span></li>`;
}

function amendmentFace(at, amendment) {
  const subject = at.room.records.get(amendment.on);
  const noun = amendment.on.split(':')[0];
  const [old, now] = [amendment.old, amendment.new].map((text) => readCarried(noun, amendment.field, text));
  const { kind } = specOf(noun, amendment.field);
  const lines = linesOf(at.room, noun, { field: amendment.field, old, new: now });
  const found = pageOf(lines, CHANGES_A_PAGE, at.page);
  return {
    title: t(amendment.sort === 'language' ? 'board.correction' : 'board.amendment'),
    main: html`${subject ? headOf(at, subject) : nothing}<p class="lead soft">${t(`field.${noun}.${amendment.field}`)}</p>${kind === 'text' || kind === 'longtext'
      ? html`<div class="words focus wording">${difference(amendment.old, amendment.new)}</div>`
      : html`<div class="changes">${beside(found.items, { bare: true, now: t('history.proposed') })}</div>${pages(found)}`}
      ${differenceKey(amendment.on_version)}${amendment.reason ? html`<p class="item words" dir="auto">”${amendment.reason}”</p>` : nothing}`,
    rail: amendmentRail(amendment),
  };
}

/** How it stands: what it competes with, what was said to it. */
function amendmentRail(amendment) {
  const state = amendment.state === 'open' && amendment.stale ? 'stale' : amendment.state;
  return html`<div><p class="item strong">${amendment.competes ? t('board.amendment.competes') : t(`board.amendment.${amendment.sort === 'language' && state === 'open' ? 'waits' : state}`)}</p>${
    amendment.answer ? html`<p class="soft words" dir="auto">”${amendment.answer}”</p>` : nothing}</div>`;
}

const STATE_TAG = { agreed: 'pos', not_agreed: 'neg', deciding: 'info', proposed: 'info', draft: 'wait', intention: 'warn' };

function textsList(at, step, kind, { more = [], about } = {}) {
  const rows = [...inOrder(at.room.records.all(kind)), ...more].filter((one) => one.state !== 'dropped');
  if (!rows.length) return { main: html`<h1 class="focus">${step.title}</h1>${empty({ title: t(`board.${kind}.none`), text: t(`board.${kind}.none.text`) })}` };
  const found = pageOf(rows, ROWS_A_PAGE, at.page);
  return {
    main: html`<h1 class="focus" dir="auto">${step.title}</h1>${about ? html`<p class="item soft">${about}</p>` : nothing}<ul class="plain-list">${found.items.map((one) => html`<li><span class="words" dir="auto">${more.length ? t(`board.${one.kind}.name`, { mark: markOf(at.room, one) }) : markOf(at.room, one)}${more.length ? ': ' : '. '}${wordsOf(one)}</span>${tag(STATE_TAG[one.state] ?? 'info', t(`board.state.${one.state}`))}</li>`)}</ul>${pages(found)}`,
  };
}

export const goalsList = (at, step) => textsList(at, step, 'goal');

export const agreementsList = (at, step) => textsList(at, step, 'agreement');

/** What a decision may be taken on, agreements and goals, before the first is taken or where none was carried. @param {string} [about] a line above the list */
export const decidableList = (at, step, about) => textsList(at, step, 'agreement', { more: inOrder(at.room.records.all('goal')), about });

/** A decision: in progress with turnout, or its outcome carried group by group. */
export function decisionFace(at, decision) {
  const { room } = at;
  const subject = room.records.get(decision.subject);
  const title = t(ONLY_ADVICE.includes(at.workshop.decision_level) ? 'board.decision.advice' : 'board.decision');
  // The code needs its place: where there is something to do next, the words are read on their own page.
  const next = decision.result && decision.result.outcome !== 'ratified';
  const about = html`<div><p class="soft">${subject ? t(`board.${subject.kind}.name`, { mark: markOf(room, subject) }) : ''} ${t('board.version', { n: decision.subject_version })}</p>${short(subject) && !next && decision.state !== 'open' ? html`<p class="item words" dir="auto">${wordsOf(subject)}</p>` : nothing}${subject && decision.result && decision.subject_version >= subject.base_version ? languageNote(at, subject) : nothing}</div>`;
  if (decision.state === 'open') {
    const ms = room.clock.remaining(decision.ends_at);
    const found = pageOf(wordingPages(wordsOf(subject), WORDING_BESIDE_RING), 1, at.page);
    return {
      title,
      timed: ms !== null,
      main: html`<div class="mid"><div><p class="item soft">${t('board.decision.ask')}</p><p class="words focus" dir="auto">${found.items[0]}</p></div>${turnoutRing(decision.turnout)}</div>${turnoutByGroup(room, decision)}<p class="soft">${opennessWords(room, decision)} ${t('board.decision.frozen')} ${helperWords(decision.turnout)}</p>${pages(found)}`,
      rail: html`${ms === null ? nothing : clock({ left: Math.max(0, Math.ceil(ms / 1000)), under: t('board.ballot.closes', { at: time(decision.ends_at) }) })}${about}`,
    };
  }
  if (!decision.result) {
    return { title, main: html`<h1 class="focus hero">${t('board.decision.text_changed')}</h1><p class="lead">${t('board.decision.text_changed.text')}</p>`, rail: about };
  }
  return { title, main: outcome(at, decision), rail: html`${about}${!next ? nothing : html`<div><p class="strong">${t('board.decision.now_what')}</p><p class="soft">${t('board.decision.new_text')}</p></div>`}` };
}

function outcome({ room, workshop, page }, decision) {
  const { result } = decision;
  const carried = carriedCount(result);
  const all = result.groups.length;
  const names = namesBeside(result);
  const rows = decisionRowsOf(room, result).map((row, i) => ({ ...row, named: names[result.groups[i].keys.join('+')] }));
  const found = pageOf([...chunks(rows, ROWS_A_PAGE).map((items) => ({ items })), ...stancePages(result)], 1, page);
  const sheet = found.items[0] ?? { items: [] };
  if (sheet.people) return stancePage(room, sheet, found);
  const absent = result.absent.map((key) => groupsOf(room, key)[0].name[workshop.language] ?? key);
  return html`<div class="verdict"><div><h1 class="focus hero">${headline(workshop, result)}</h1><p>${t(`board.outcome.${result.outcome}`, { n: all, groups: blocked(room, workshop, result) })}</p></div>
    ${decisionRing({ seats: seatsOf(room, result), big: t('board.decision.of', { part: carried, whole: all }), small: t('board.decision.groups'), label: t('board.decision.ring', { part: carried, whole: all }) })}</div>
    ${decisionRows({ rows: sheet.items })}<p class="note">${turnoutWords(decision.turnout)} ${heldWords(room, decision)} ${t('board.decision.line')} ${absent.length ? t('board.decision.absent', { groups: list(absent) }) : ''}</p>
    ${reservations(result) ? html`<p class="note">${t('board.decision.reservations', { n: reservations(result) })}</p>` : nothing}${pages(found)}`;
}

/** How many reservations there are in words, of those who voted secretly and of those who voted by name. */
const reservations = (result) => result.reservations.length + (result.by_name ?? []).filter((one) => one.stance === 'reservation' && one.reason).length;

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
