/** A goal, an agreement or a change to one on the board: what we want under its label, then who gives what in one table. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupGlyph } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { beside, madeBy } from '../elements/changes.js';
import { difference, differenceKey } from '../elements/difference.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { languageLine } from '../lib/corrected.js';
import { readCarried, specOf, storedIn } from '../lib/fields.js';
import { date } from '../lib/format.js';
import { groupOf, markOf, wordsOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';
import { pagesOfText, WORDING_A_PAGE } from '../lib/wordingpages.js';
import { chunks, pageOf } from './paging.js';

/** Lines of a change that stay large on one page. */
const CHANGES_A_PAGE = 2;
/** Up to so many characters a wording is set in the largest size, and in the one between. */
const SIZES = { short: 120, middle: 240 };

/** The class of a wording's size: the fewer words, the larger. */
export const sizeOf = (words) => Object.keys(SIZES).find((name) => words.length <= SIZES[name]) ?? '';

const readAlong = () =>
  html`<div>
    <p class="item strong">${t('board.text.read')}</p>
    <p class="soft">${t('board.text.amend')}</p>
  </div>`;

function headOf(at, record, name) {
  return html`<h1 class="lead" dir="auto">
    ${t(`board.${record.kind}.name`, { mark: markOf(at.room, record) })}${name ? html`: ${name}` : ','}
    <span class="soft">${t('board.version', { n: record.edition })}</span>
  </h1>`;
}

/** Beside the words: that only the language was corrected since they were decided on. */
export function languageNote({ workshop }, record) {
  const line = languageLine(record, workshop.decision_level);
  return line ? html`<p class="note">${icon('check')} ${line}</p>` : nothing;
}

const isFilled = (value) => (Array.isArray(value) ? value.length > 0 : ![null, undefined, ''].includes(value));

/** The page of a text in view: its words and rows, or after them what the last change has altered. */
function pageOfText(at, record) {
  const before = record.previous;
  // A field that is filled for the first time is read in the text itself.
  const changed = (before?.changed ?? []).filter((field) => isFilled(before.old[field]));
  const lines = changed.flatMap((field) =>
    linesOf(at.room, record.kind, { field, old: before.old[field], new: storedIn(record, field) }),
  );
  const changes = chunks(lines, CHANGES_A_PAGE).map((part) => ({ lines: part }));
  const found = pageOf([...pagesOfText(record), ...changes], 1, at.page);
  return { ...found.items[0], pages: pages(found) };
}

/** Characters of a wording with what went and what came marked in it. */
function markedLength(old, now) {
  let same = 0;
  while (same < old.length && old[same] === now[same]) same += 1;
  let end = 0;
  while (end < old.length - same && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return now.length + old.length - same - end;
}

/** The words under their label; where they were just put into others and fit a page, what went and what came is marked in them. */
function wordsOn(record, name, shown) {
  if (!shown.words) return nothing;
  const old = record.previous?.cause === 'language' ? null : record.previous?.old[name];
  const marked =
    typeof old === 'string' &&
    old !== record[name] &&
    shown.words === record[name] &&
    markedLength(old, record[name]) <= WORDING_A_PAGE;
  return html`<p class="label">${t('board.text.will')}</p>
    ${
      marked
        ? html`<div class="words text ${sizeOf(old + record[name])}">${difference(old, record[name])}</div>
            ${differenceKey(record.previous.edition)}`
        : html`<p class="words text ${sizeOf(shown.words)}" dir="auto">${shown.words}</p>`
    }`;
}

/** What the last change has altered: before and now beside each other. */
const changeFace = (at, record, shown) =>
  html`${headOf(at, record, t('board.change'))}
    <p class="soft">
      ${madeBy(record.previous)}${record.previous.reason ? html` · <span class="words" dir="auto">”${record.previous.reason}”</span>` : nothing}
    </p>
    <div class="changes">
      ${beside(shown.lines, { before: t('history.version', { n: record.previous.edition }), now: t('history.version', { n: record.edition }) })}
    </div>
    ${differenceKey()}${languageNote(at, record)}${shown.pages}`;

/** The face of a text: its words and its table as far as this page has them, or what was changed last. */
const textFace = (at, record, { title, words, table }) => {
  const shown = pageOfText(at, record);
  return {
    title,
    main: shown.lines
      ? changeFace(at, record, shown)
      : html`${headOf(at, record)}${wordsOn(record, words, shown)}${languageNote(at, record)}${table(shown)}${shown.pages}`,
    rail: readAlong(),
  };
};

export const goalFace = (at, goal) =>
  textFace(at, goal, {
    title: t('board.goals'),
    words: 'title',
    table: ({ words }) => (words ? goalFacts(at.room, goal) : nothing),
  });

function goalFacts(room, goal) {
  const move = [goal.baseline, goal.target].filter(Boolean).join(' → ');
  const facts = [
    ['indicator', goal.indicator],
    ['target', [move, goal.unit].filter(Boolean).join(' ')],
    ['deadline', goal.deadline && date(goal.deadline)],
    ['owner', goal.owner],
    ['first_step', [goal.first_step, goal.first_step_due && date(goal.first_step_due)].filter(Boolean).join(', ')],
    ['from_ideas', (goal.from_ideas ?? []).map((id) => wordsOf(room.records.get(id))).join(' · ')],
  ].filter(([, words]) => words);
  if (!facts.length) return nothing;
  return html`<table class="given facts">
    <tbody>
      ${facts.map(
        ([name, words]) =>
          html`<tr>
            <th scope="row">${t(`field.goal.${name}`)}</th>
            <td class="words" dir="auto">${words}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export const agreementFace = (at, agreement) =>
  textFace(at, agreement, {
    title: t('board.agreements'),
    words: 'purpose',
    table: ({ rows, words }) => (rows.length ? givenTable(at.room, rows, !words) : nothing),
  });

/** Who gives what, how much, by when. */
const givenTable = (room, rows, alone) =>
  html`<table class="given ${alone ? 'alone' : ''}">
    <caption class="vh">
      ${t('board.given')}
    </caption>
    <thead>
      <tr>
        <th scope="col" class="who">${t('board.given.who')}</th>
        <th scope="col">${t('board.given.what')}</th>
        <th scope="col" class="amount">${t('board.given.how_much')}</th>
        <th scope="col" class="day">${t('board.given.by_when')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => givenRow(room, row))}
    </tbody>
  </table>`;

const givenRow = (room, { party, what, how_much: howMuch, by_when: byWhen }) =>
  html`<tr>
    <th scope="row">
      <span
        >${party.group ? groupGlyph(groupOf(room, party.group)) : nothing}<span dir="auto">${party.name}</span></span
      >
    </th>
    <td class=${what ? 'words' : 'soft'} dir="auto">${what || t('board.party.nothing')}</td>
    <td dir="auto">${howMuch || '–'}</td>
    <td>${byWhen ? date(byWhen) : '–'}</td>
  </tr>`;

export function amendmentFace(at, amendment) {
  const subject = at.room.records.get(amendment.on);
  const noun = amendment.on.split(':')[0];
  const [old, now] = [amendment.old, amendment.new].map((text) => readCarried(noun, amendment.field, text));
  const { kind } = specOf(noun, amendment.field);
  const lines = linesOf(at.room, noun, { field: amendment.field, old, new: now });
  const found = pageOf(lines, CHANGES_A_PAGE, at.page);
  return {
    title: t(amendment.sort === 'language' ? 'board.correction' : 'board.amendment'),
    main: html`${subject ? headOf(at, subject) : nothing}
      <p class="lead soft">${t(`field.${noun}.${amendment.field}`)}</p>
      ${
        kind === 'text' || kind === 'longtext'
          ? html`<div class="words focus wording">${difference(amendment.old, amendment.new)}</div>`
          : html`<div class="changes">${beside(found.items, { bare: true, now: t('history.proposed') })}</div>
              ${pages(found)}`
      }
      ${differenceKey(amendment.on_edition)}${amendment.reason ? html`<p class="item words" dir="auto">”${amendment.reason}”</p>` : nothing}`,
    rail: amendmentRail(amendment),
  };
}

/** How it stands: what it competes with, what was said to it. */
function amendmentRail(amendment) {
  const state = amendment.state === 'open' && amendment.stale ? 'stale' : amendment.state;
  return html`<div>
    <p class="item strong">
      ${amendment.competes ? t('board.amendment.competes') : t(`board.amendment.${amendment.sort === 'language' && state === 'open' ? 'waits' : state}`)}
    </p>
    ${amendment.answer ? html`<p class="soft words" dir="auto">”${amendment.answer}”</p>` : nothing}
  </div>`;
}
