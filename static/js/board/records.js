/** What the facilitator puts on the board, and the lists of texts and commitments. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, tag } from '../elements/basics.js';
import { groupLabel } from '../elements/groups.js';
import { brought, byHelper } from '../elements/cards.js';
import { handsAbout, handsRows } from '../elements/hands.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { chosenIdeas } from '../lib/chosen.js';
import { stateWord } from '../lib/mandate.js';
import { groupOf, inOrder, markOf, openIdeas, wordsOf } from '../lib/reading.js';
import { ballotFace } from './ballots.js';
import { decisionFace } from './decisions.js';
import { ideaGrid } from './ideas.js';
import { pageOf } from './paging.js';
import { agreementFace, amendmentFace, goalFace } from './texts.js';

const ROWS_A_PAGE = 6;

/** `{title, main, rail}` of the record the facilitator put on the board, or null where it has no face of its own. */
export function faceOfRecord(at, record) {
  const faces = {
    ballot: ballotFace,
    decision: decisionFace,
    goal: goalFace,
    agreement: agreementFace,
    idea: ideaFace,
    theme: themeFace,
    amendment: amendmentFace,
    show_of_hands: handsFace,
  };
  return faces[record.kind]?.(at, record) ?? null;
}

const ideaFace = ({ room }, idea) => ({
  title: t('board.idea'),
  main: html`<p class="words focus wording" dir="auto">${idea.text}</p>
    ${idea.why ? html`<p class="item words soft" dir="auto">${idea.why}</p>` : nothing}
    ${idea.group ? html`<p class="item">${groupLabel(groupOf(room, idea.group))}</p>` : nothing}${idea.by_helper || idea.source ? html`<p class="m item">${byHelper(idea)}${brought(idea)}</p>` : nothing}`,
});

const themeFace = ({ room, page }, theme) => ({
  title: t('board.theme'),
  main: html`<h1 class="focus asked" dir="auto">${theme.title}</h1>
    ${ideaGrid(
      room,
      openIdeas(room).filter((idea) => idea.theme === theme.id),
      page,
    )}`,
});

/** Characters of a question that stays large above the hands; under a longer one fewer answers fit. */
const HANDS_QUESTION = 120;

/** Counted in the room, and so called: no ring and no shares, for it is no vote. */
function handsFace({ room, page }, hands) {
  const long = hands.question.length > HANDS_QUESTION;
  const found = pageOf(hands.rows, long ? 3 : 5, page);
  const nameOf = (record) =>
    record.kind === 'idea' ? t('board.idea') : t(`board.${record.kind}.name`, { mark: markOf(room, record) });
  return {
    title: t('hands.title'),
    main: html`<h1 class="words ${long ? 'item' : 'focus'}" dir="auto">${hands.question}</h1>
      ${handsRows({ rows: found.items })}
      <p class="note">${t('hands.note')}</p>
      ${pages(found)}`,
    rail: html`<div>
      <p class="item strong">${t('hands.title')}</p>
      <p class="soft">${handsAbout(hands, nameOf, room)}</p>
    </div>`,
  };
}

/** The tone of the sign beside where a text stands. */
export const STATE_TAG = {
  agreed: 'pos',
  not_agreed: 'neg',
  deciding: 'info',
  proposed: 'info',
  draft: 'wait',
  intention: 'warn',
};

const stateTag = (workshop, one) => tag(STATE_TAG[one.state] ?? 'info', stateWord(workshop, one));

/** Texts in a list with where each stands, of both kinds with their full names. */
function textsList(at, rows, both = false) {
  const found = pageOf(rows, ROWS_A_PAGE, at.page);
  const named = (one) =>
    both ? `${t(`board.${one.kind}.name`, { mark: markOf(at.room, one) })}: ` : `${markOf(at.room, one)}. `;
  return html`<ul class="plain-list">
      ${found.items.map((one) => html`<li><span class="words" dir="auto">${named(one)}${wordsOf(one)}</span>${stateTag(at.workshop, one)}</li>`)}
    </ul>
    ${pages(found)}`;
}

const kept = (room, kind) => inOrder(room.records.all(kind)).filter((one) => one.state !== 'dropped');

const stepFace = (step, main) => ({
  main: html`<h1 class="focus" dir="auto">${step.title}</h1>
    ${main}`,
});

const noTexts = () => empty({ title: t('board.closing.none'), text: t('board.decision.none.text') });
const noneYet = (kind) => empty({ title: t(`board.${kind}.none`), text: t(`board.${kind}.none.text`) });

/** The goals, and beside them the ideas they are written from. */
export function goalsList(at, step) {
  const rows = kept(at.room, 'goal');
  const chosen = chosenIdeas(at.room);
  if (!chosen.length) return stepFace(step, rows.length ? textsList(at, rows) : noneYet('goal'));
  const ideas = html`<section class="chosen-ideas">
    <h2>${t('board.goals.chosen')}</h2>
    <ol>
      ${chosen.map((idea) => html`<li><p class="words" dir="auto">${idea.text}</p></li>`)}
    </ol>
  </section>`;
  return stepFace(
    step,
    rows.length
      ? html`<div class="from-ideas">
          <div>${textsList(at, rows)}</div>
          ${ideas}
        </div>`
      : ideas,
  );
}

export function agreementsList(at, step) {
  const rows = kept(at.room, 'agreement');
  return stepFace(step, rows.length ? textsList(at, rows) : noneYet('agreement'));
}

/** What a decision may be taken on, agreements and goals, before the first is taken. */
export function decidableList(at, step) {
  const rows = [...kept(at.room, 'agreement'), ...kept(at.room, 'goal')];
  return stepFace(step, rows.length ? textsList(at, rows, true) : noTexts());
}

/** Who stands behind what, by name or as a member of a group. */
export function commitmentsFace(at, step) {
  const rows = at.room.records.all('commitment').filter((one) => one.standing === 'behind');
  if (!rows.length)
    return {
      main: html`<h1 class="focus">${step.title}</h1>
        ${empty({ title: t('board.commitments.none'), text: t('board.commitments.none.text') })}`,
    };
  const found = pageOf(rows, ROWS_A_PAGE, at.page);
  return {
    main: html`<h1 class="focus" dir="auto">${step.title}</h1>
      <ul class="plain-list">
        ${found.items.map(
          (one) =>
            html`<li>
              <span
                ><b dir="auto">${one.name ?? t('board.commitments.unnamed')}</b>
                ${one.group ? groupLabel(groupOf(at.room, one.group)) : nothing}</span
              ><span class="words" dir="auto">${one.words || wordsOf(at.room.records.get(one.on))}</span>
            </li>`,
        )}
      </ul>
      ${pages(found)}`,
    rail: html`<p class="item strong">${t('board.commitments.count', { n: rows.length })}</p>`,
  };
}
