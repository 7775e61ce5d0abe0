/** A face for each kind of step: what the room sees while it is at work. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { clock } from '../elements/clocks.js';
import { groupLabel } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { pages } from '../elements/results.js';
import { t } from '../lib/catalogue.js';
import { date, timeWithDay } from '../lib/format.js';
import { anyOpen, heldBy, inOrder, newest, nextStep, openIdeas, opennessWords, stepsOf } from '../lib/reading.js';
import { ballotFace } from './ballots.js';
import { ideas, themes } from './ideas.js';
import { clockTime, endWords, schedule, whenWords } from '../lib/schedule.js';
import { pageOf } from './paging.js';
import { closing } from './closing.js';
import { decisionFace } from './decisions.js';
import { agreementsList, commitmentsFace, decidableList, goalsList } from './records.js';

const ROWS_A_PAGE = 8;

/** The face of the running step, or of the pause between two. `at`: `{room, workshop, page}`. */
export function faceOfStep(at, step) {
  if (!step) return at.workshop.state === 'closed' ? closing(at, null) : between(at);
  const face = (FACES[step.step_kind] ?? plain)(at, step);
  // A vote's own clock is the one that closes something: the step's would only be a second number.
  return {
    title: step.title,
    ...face,
    rail: html`${face.timed ? nothing : left(at.room, step)}${face.vote ? nothing : held(at.room, step)}${face.rail ?? nothing}`,
  };
}

/** Steps in which there will be a vote. */
const VOTING = ['ballot', 'decisions'];

/** How votes in the step are held, from its start; beside a vote it stands with that. */
function held(room, step) {
  const said = heldBy(step);
  if (!VOTING.includes(step.step_kind) && !anyOpen(said)) return nothing;
  return html`<p class="how-held">${icon(anyOpen(said) ? 'eye' : 'lock')}<span>${opennessWords(room, said)}</span></p>`;
}

function left(room, step) {
  const ms = room.clock.remaining(step.ends_at);
  if (ms === null) return nothing;
  return clock({ left: Math.max(0, Math.ceil(ms / 1000)), under: t('board.left', { at: timeWithDay(step.ends_at) }) });
}

/** Who has come in, and the groups that are large enough to be named. */
export function arrived(room) {
  const groups = inOrder(room.records.all('group'));
  const joined = room.presence?.joined ?? groups.reduce((sum, group) => sum + (group.joined ?? 0), 0);
  return html`<div class="in">
    <p><b>${joined}</b>${t('board.arrived', { n: joined })}</p>
    <ul>
      ${groups.filter((group) => group.joined).map((group) => html`<li>${groupLabel(group, { after: group.joined })}</li>`)}
    </ul>
  </div>`;
}

export function programme({ room, page }) {
  const planned = schedule(room);
  const found = pageOf(planned.steps, ROWS_A_PAGE, page);
  return {
    title: t('board.programme'),
    main: html`<h1 class="focus">${t('board.programme')}</h1>
      <ul class="plain-list">
        ${found.items.map(
          ({ step, starts }) =>
            html`<li class=${step.state === 'running' ? 'now' : ''}>
              <span dir="auto">${step.title}</span><span>${stepTime(step, starts)}</span>
            </li>`,
        )}
      </ul>
      ${pages(found)}`,
    rail: html`${[whenWords(room), endWords(planned)].filter(Boolean).map((words) => html`<p class="strong" dir="auto">${words}</p>`)}`,
  };
}

/** When a step starts and how long it takes; of one that has begun, that it has. */
function stepTime(step, starts) {
  if (step.state !== 'waiting') return t(step.state === 'done' ? 'board.step.done' : 'board.step.now');
  const at = starts === null ? null : clockTime(starts);
  if (at && step.minutes) return t('board.minutes_at', { at, n: step.minutes });
  if (at) return t('board.at', { at });
  return step.minutes ? t('board.minutes', { n: step.minutes }) : '';
}

function between(at) {
  const next = nextStep(at.room);
  return {
    title: '',
    main: html`<h1 class="focus hero words" dir="auto">${at.workshop.question || at.workshop.title}</h1>
      ${next ? html`<p class="lead">${t('board.next', { title: next.title })}</p>` : nothing}${arrived(at.room)}`,
  };
}

const welcome = (at, step) => ({
  main: html`<h1 class="focus hero words" dir="auto">${at.workshop.question || at.workshop.title}</h1>
    ${instruction(step)}${arrived(at.room)}`,
});

const instruction = (step) => (step.instruction ? html`<p class="lead" dir="auto">${step.instruction}</p>` : nothing);

/** A pause: until when, to be read from the coffee, and what comes then. */
function pause({ room }, step) {
  const next = nextStep(room);
  const counted = left(room, step);
  return {
    timed: counted !== nothing,
    main: html`<div class="pause">
      <h1 class="focus hero" dir="auto">${step.title}</h1>
      ${counted}${instruction(step)}${next ? html`<p class="lead soft">${t('board.next', { title: next.title })}</p>` : nothing}
    </div>`,
  };
}

const plain = (_at, step) => ({
  main: html`<h1 class="focus hero" dir="auto">${step.title}</h1>
    ${instruction(step)}`,
});

/** The frame in two pages: what we are asked and promised, then what is fixed and what is open. */
function frame({ workshop, page }, step) {
  const level = workshop.participation_level;
  const first = html`<h1 class="focus hero words" dir="auto">${workshop.question || workshop.title}</h1>
    <ul class="plain-list">
      ${[
        [t('board.frame.from'), workshop.commissioning_body],
        [t('board.frame.level'), t(`choice.participation_level.${level}`)],
        [t('board.frame.promise'), workshop.promise],
        [t('board.frame.answer'), answerLine(workshop)],
      ]
        .filter(([, words]) => words)
        .map(([name, words]) => html`<li><span class="soft">${name}</span><span dir="auto">${words}</span></li>`)}
    </ul>`;
  const second = html`<h1 class="focus" dir="auto">${step.title}</h1>
    <div class="two-up">
      ${[
        [t('board.frame.fixed'), workshop.fixed_frame],
        [t('board.frame.negotiable'), workshop.negotiable],
      ].map(
        ([name, words]) =>
          html`<section>
            <h2 class="lead">${name}</h2>
            <p class="words item" dir="auto">${words || '–'}</p>
          </section>`,
      )}
    </div>`;
  const faces = workshop.fixed_frame || workshop.negotiable ? [first, second] : [first];
  const found = pageOf(faces, 1, page);
  return { main: html`${found.items[0]}${pages(found)}` };
}

function answerLine(workshop) {
  if (!workshop.receiving_body) return '';
  return workshop.response_due
    ? t('board.frame.answers_by', { who: workshop.receiving_body, date: date(workshop.response_due) })
    : workshop.receiving_body;
}

function rules({ room, workshop }, step) {
  const round = newest(room.records.all('consent'), (one) => one.on === workshop.id);
  const objections = room.records.all('objection').filter((one) => one.consent === round?.id && one.state === 'open');
  return {
    main: html`<h1 class="lead">${step.title}</h1>
      ${workshop.ground_rules ? html`<p class="words focus wording" dir="auto">${workshop.ground_rules}</p>` : empty({ title: t('board.rules.none'), text: t('board.rules.none.text') })}
      ${
        objections.length
          ? html`<ul class="plain-list">
              ${objections.slice(0, 3).map((one) => html`<li><span class="words" dir="auto">”${one.reason}”</span></li>`)}
            </ul>`
          : nothing
      }`,
    rail: round ? consentRail(round) : html`<p class="item strong">${t('board.rules.ask')}</p>`,
  };
}

function consentRail(round) {
  const words = round.state === 'closed' ? t(`consent.outcome.${round.outcome}`) : t('board.rules.ask');
  return html`<div>
    <p class="item strong">${words}</p>
    <p class="soft">${t('board.rules.answered', { voted: round.turnout.voted, whole: round.turnout.eligible })}</p>
    <p class="soft">${t('board.rules.objections', { n: round.objections })}</p>
  </div>`;
}

function ballot(at, step) {
  const own =
    newest(at.room.records.all('ballot'), (one) => one.step === step.id) ?? newest(at.room.records.all('ballot'));
  return own
    ? { ...ballotFace(at, own), vote: true }
    : {
        main: html`<h1 class="focus hero" dir="auto">${step.title}</h1>
          ${instruction(step)}
          <p class="item soft">${t(anythingToVoteOn(at.room) ? 'board.ballot.soon' : 'board.ballot.nothing')}</p>`,
      };
}

const anythingToVoteOn = (room) =>
  openIdeas(room).length > 0 || room.records.all('goal').some((goal) => goal.state !== 'dropped');

function decisions(at, step) {
  const open = newest(at.room.records.all('decision'), (one) => one.state === 'open');
  const last = open ?? newest(at.room.records.all('decision'), (one) => one.closed_because !== 'text_changed');
  return last ? { ...decisionFace(at, last), vote: true } : decidableList(at, step);
}

const FACES = {
  welcome,
  frame,
  rules,
  ideas,
  themes,
  ballot,
  goals: goalsList,
  agreements: agreementsList,
  decisions,
  commitments: commitmentsFace,
  closing,
  break: pause,
};
