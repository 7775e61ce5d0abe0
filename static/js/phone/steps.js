/** The quiet steps: welcome, frame, pause, and the time between two. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel, icon } from '../elements/basics.js';
import { t } from '../lib/catalogue.js';
import { date } from '../lib/format.js';
import { groupOf, inOrder, stepsOf } from '../lib/reading.js';
import { readyButton } from './frame.js';

const instruction = (step) => (step?.instruction ? html`<p class="lead" dir="auto">${step.instruction}</p>` : nothing);
const question = ({ workshop }) => html`<h1 class="ask words" dir="auto">${workshop.question || workshop.title}</h1>`;

/** In the lobby: the question, who one is here as, who else has come. */
export function welcome(at) {
  return {
    main: html`<div class="section">${question(at)}${instruction(at.step)}</div>${iAm(at)}${arrived(at)}<p class="soft">${t('phone.follows')}</p>`,
    act: readyButton(at, t('phone.ready.welcome')),
  };
}

/** Between two steps, or before the first. */
export function between(at) {
  const next = stepsOf(at.room).find((step) => step.state === 'waiting');
  return {
    main: html`<div class="section">${question(at)}<p class="lead">${at.workshop.state === 'draft' ? t('phone.between.draft') : t('phone.between')}</p>${
      next ? html`<p class="soft">${t('phone.between.next', { title: next.title })}</p>` : nothing}</div>${iAm(at)}${arrived(at)}`,
  };
}

function iAm({ room }) {
  const group = groupOf(room, room.me?.group);
  if (!group) return nothing;
  return html`<p>${t('phone.i_am')} ${groupLabel(group, { strong: true })}${room.me.name ? html` · <b dir="auto">${room.me.name}</b>` : nothing}</p>`;
}

function arrived({ room }) {
  const groups = inOrder(room.records.all('group')).filter((group) => group.joined);
  const joined = room.presence?.joined;
  if (!joined && !groups.length) return nothing;
  return html`<section class="section"><h2>${joined ? t('phone.arrived', { n: joined }) : t('phone.arrived.groups')}</h2>
    ${groups.length ? html`<ul class="list">${groups.map((group) => html`<li>${groupLabel(group, { after: group.joined })}</li>`)}</ul>` : nothing}</section>`;
}

const LEVELS = ['inform', 'consult', 'involve', 'collaborate', 'empower'];

/** What one can count on: the promise, what is fixed, what is open, who answers and when. */
export function frameStep(at) {
  const { workshop, step } = at;
  const level = LEVELS.indexOf(workshop.participation_level) + 1;
  const card = (name, title, words) => (words ? html`<section class="sheet promise">${title ? html`<h2 class="small">${name ? icon(name) : nothing}${title}</h2>` : nothing}<p class="words" dir="auto">${words}</p></section>` : nothing);
  return {
    main: html`<div class="section"><p class="soft">${t('phone.frame.question')}</p>${question(at)}${step?.step_kind === 'frame' ? instruction(step) : nothing}</div>
      <section class="sheet promise strong-edge"><h2 class="small">${t('phone.frame.promise')}</h2><p class="words" dir="auto">${workshop.promise}</p>
        ${level ? html`<div class="levels" aria-hidden="true">${LEVELS.map((_, i) => html`<i class=${i + 1 < level ? 'done' : i + 1 === level ? 'now' : ''}></i>`)}</div>
          <p class="spread"><b>${t(`choice.participation_level.${workshop.participation_level}`)}</b><span class="soft">${t('phone.frame.level', { level })}</span></p>` : nothing}</section>
      ${card('lock', t('field.workshop.fixed_frame'), workshop.fixed_frame)}${card('talk', t('field.workshop.negotiable'), workshop.negotiable)}
      ${whoAnswers(workshop)}`,
    act: step?.step_kind === 'frame' && step.id === at.now?.id && !at.view ? readyButton(at, t('phone.ready.frame')) : undefined,
  };
}

/** Who answers the result, and when, as a list of names and values. */
export function whoAnswers(workshop) {
  const rows = [
    [t('field.workshop.commissioning_body'), workshop.commissioning_body],
    [t('field.workshop.receiving_body'), workshop.receiving_body],
    [t('field.workshop.response_due'), workshop.response_due && date(workshop.response_due)],
    [t('field.workshop.decision_level'), t(`choice.decision_level.${workshop.decision_level}`)],
  ].filter(([, value]) => value);
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>`)}</dl>`;
}

export const pause = (at) => ({ main: html`<div class="section"><h1 class="ask" dir="auto">${at.step.title}</h1>${instruction(at.step)}<p class="soft">${t('phone.break')}</p></div>` });

/** A step without a screen of its own yet: its name and what to do. */
export const plain = (at, soon) => ({ main: html`<div class="section"><h1 class="ask" dir="auto">${at.step.title}</h1>${instruction(at.step)}${soon ? html`<p class="soft">${soon}</p>` : nothing}</div>` });
