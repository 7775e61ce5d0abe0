/** A decision on the board: turnout while it is open, then what came of it, group by group. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { clock } from '../elements/clocks.js';
import { decisionRows, pages } from '../elements/results.js';
import { decisionRing, turnoutRing } from '../elements/ring.js';
import { asShare, decisionBar } from '../elements/bars.js';
import { perGroupWords } from '../lib/amounts.js';
import { t } from '../lib/catalogue.js';
import { list, timeWithDay } from '../lib/format.js';
import { carriedCount, groupsOf, heldWords, markOf, opennessWords, seatsOf, wordsOf } from '../lib/reading.js';
import { outcomeWord } from '../lib/mandate.js';
import { decisionRowsOf, roomRowOf, ruleWords } from '../lib/requirement.js';
import { votedGoals } from '../lib/voted.js';
import { wordingPages } from '../lib/wordingpages.js';
import { helperWords, turnoutByGroup, turnoutWords } from './ballots.js';
import { namesBeside, stancePage, stancePages } from './byname.js';
import { chunks, pageOf } from './paging.js';
import { languageNote, sizeOf } from './texts.js';

/** Every group on one page, however much is enlarged: a result is never read in part. */
const ROWS_A_PAGE = 8;
const GOALS_A_PAGE = 3;
/** A wording this short also fits the rail. */
const SHORT = 70;
const short = (record) => wordsOf(record).length <= SHORT;

/** A decision: in progress with turnout, or its outcome carried group by group. */
export function decisionFace(at, decision) {
  const { room, workshop } = at;
  const subject = room.records.get(decision.subject);
  const title = t('board.decision');
  // The code needs its place: where there is something to do next, the words are read on their own page.
  const next = decision.result && decision.result.outcome !== 'ratified';
  const about = html`<div>
    <p class="soft">
      ${subject ? `${t(`board.${subject.kind}.name`, { mark: markOf(room, subject) })},` : ''}
      ${t('board.version', { n: decision.subject_edition })}
    </p>
    ${short(subject) && !next && decision.state !== 'open' ? html`<p class="item words" dir="auto">${wordsOf(subject)}</p>` : nothing}${subject && decision.result && decision.subject_version >= subject.base_version ? languageNote(at, subject) : nothing}
  </div>`;
  if (decision.state === 'open') {
    const ms = room.clock.remaining(decision.ends_at);
    const rule = ruleWords(workshop.decision_level, decision.settings);
    const goals = votedGoals(room, decision, 'board').flatMap((goal) => wordingPages(goalLine(goal)));
    const found = pageOf([...wordingPages(wordsOf(subject)), ...goals], 1, at.page);
    return {
      title,
      timed: ms !== null,
      main: html`<div class="mid">
          <div>
            <p class="item soft">${t('board.decision.ask')} ${rule.asked}</p>
            <p class="words text ${sizeOf(found.items[0])}" dir="auto">${found.items[0]}</p>
          </div>
          ${turnoutRing(decision.turnout)}
        </div>
        ${turnoutByGroup(room, decision)}
        <p class="soft">
          ${rule.more} ${opennessWords(room, decision)} ${t('board.decision.frozen')} ${helperWords(decision.turnout)}
        </p>
        ${pages(found)}`,
      rail: html`${ms === null ? nothing : clock({ left: Math.max(0, Math.ceil(ms / 1000)), under: t('board.ballot.closes', { at: timeWithDay(decision.ends_at) }) })}${about}`,
    };
  }
  if (!decision.result) {
    return {
      title,
      main: html`<h1 class="focus hero">${t('board.decision.text_changed')}</h1>
        <p class="lead">${t('board.decision.text_changed.text')}</p>`,
      rail: about,
    };
  }
  return {
    title,
    main: outcome(at, decision),
    rail: html`${about}${
      !next
        ? nothing
        : html`<div>
            <p class="strong">${t('board.decision.now_what')}</p>
            <p class="soft">${t('board.decision.new_text')}</p>
          </div>`
    }`,
  };
}

/** A goal in a line, as it is voted on with its agreement. */
const goalLine = (goal) => `${goal.name}: ${[goal.title, goal.facts].join(' · ')}`;

/** After the groups: the goals that were voted on with the agreement. */
const goalPages = (room, decision) =>
  chunks(votedGoals(room, decision, 'board'), GOALS_A_PAGE).map((goals) => ({ goals }));

const goalsPage = (sheet, found) =>
  html`<h1 class="lead">${t('board.decision.goals')}</h1>
    <ul class="plain-list">
      ${sheet.goals.map((goal) => html`<li><span class="words" dir="auto">${goalLine(goal)}</span></li>`)}
    </ul>
    ${pages(found)}`;

const groupPages = (rows) =>
  Array.from({ length: Math.ceil(rows.length / ROWS_A_PAGE) }, (_, i) => ({
    items: rows.slice(i * ROWS_A_PAGE, (i + 1) * ROWS_A_PAGE),
  }));

function outcome({ room, workshop, page }, decision) {
  const { result } = decision;
  const carried = carriedCount(result);
  const all = result.groups.length;
  const names = namesBeside(result);
  const rows = decisionRowsOf(room, decision).map((row, i) => ({
    ...row,
    named: names[result.groups[i].keys.join('+')],
  }));
  const found = pageOf([...groupPages(rows), ...stancePages(result), ...goalPages(room, decision)], 1, page);
  const sheet = found.items[0] ?? { items: [] };
  if (sheet.goals) return goalsPage(sheet, found);
  if (sheet.people) return stancePage(room, sheet, found);
  const absent = result.absent.map((key) => groupsOf(room, key)[0].name[workshop.language] ?? key);
  return html`<div class="verdict">
      <div>
        <h1 class="focus hero">${outcomeWord(workshop, result)}</h1>
        <p>${t(`board.outcome.${result.outcome}`, { n: all, groups: blocked(room, workshop, result) })}</p>
      </div>
      ${decisionRing({ seats: seatsOf(room, result), big: t('board.decision.of', { part: carried, whole: all }), small: t('board.decision.groups'), label: t('board.decision.ring', { part: carried, whole: all }) })}
    </div>
    ${decisionRows({ rows: sheet.items })}${wholeRoom(decision)}
    <p class="note">
      ${turnoutWords(decision.turnout)} ${heldWords(room, decision)} ${perGroupWords(decision)}
      ${t('element.requires.line')} ${absent.length ? t('board.decision.absent', { groups: list(absent) }) : ''}
    </p>
    ${reservations(result) ? html`<p class="note">${t('board.decision.reservations', { n: reservations(result) })}</p>` : nothing}${pages(found)}`;
}

/** The room's own count under its groups, with its own line; nothing where it is not published. */
function wholeRoom(decision) {
  const row = roomRowOf(decision);
  if (!row.counts) return nothing;
  const share = asShare(row);
  return html`<p class="whole">
    <b>${share.words}</b>${decisionBar({ ...row, bar: share.bar })}<span
      >${t('board.decision.room')} ${row.required.words}</span
    >
  </p>`;
}

/** How many reservations there are in words, of those who voted secretly and of those who voted by name. */
const reservations = (result) =>
  result.reservations.length +
  (result.by_name ?? []).filter((one) => one.stance === 'reservation' && one.reason).length;

const blocked = (room, workshop, result) =>
  list(
    (result.blocked_by.length ? result.blocked_by : [result.missing_required])
      .flat()
      .map((key) => groupsOf(room, key)[0].name[workshop.language] ?? key),
  );
