/** The frame: what one can count on, what is fixed, what is open, who answers and when. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { icon } from '../elements/icons.js';
import { language, t } from '../lib/catalogue.js';
import { date } from '../lib/format.js';
import { readyButton } from './frame.js';

const LEVELS = ['inform', 'consult', 'involve', 'collaborate', 'empower'];

/** What one can count on: the promise, what is fixed, what is open, who answers and when. */
export function frameFace(at) {
  const { workshop, step } = at;
  const level = LEVELS.indexOf(workshop.participation_level) + 1;
  const card = (name, title, words) =>
    words
      ? html`<section class="sheet promise">
          ${title ? html`<h2 class="small">${name ? icon(name) : nothing}${title}</h2>` : nothing}
          <p class="words" dir="auto">${words}</p>
        </section>`
      : nothing;
  return {
    main: html`<div class="section">
        <p class="soft">${t('phone.frame.question')}</p>
        <h1 class="ask words" dir="auto">${workshop.question || workshop.title}</h1>
        ${step?.step_kind === 'frame' && step.instruction ? html`<p class="lead" dir="auto">${step.instruction}</p>` : nothing}
      </div>
      <section class="sheet promise strong-edge">
        <h2 class="small">${t('phone.frame.promise')}</h2>
        <p class="words" dir="auto" lang=${workshop.promise_key ? language() : workshop.language}>
          ${workshop.promise}
        </p>
        ${
          level
            ? html`<div class="levels" aria-hidden="true">
                  ${LEVELS.map((_, i) => html`<i class=${i + 1 < level ? 'done' : i + 1 === level ? 'now' : ''}></i>`)}
                </div>
                <p class="spread">
                  <b>${t(`choice.participation_level.${workshop.participation_level}`)}</b
                  ><span class="soft">${t('phone.frame.level', { level })}</span>
                </p>`
            : nothing
        }
      </section>
      ${card('lock', t('field.workshop.fixed_frame'), workshop.fixed_frame)}${card('talk', t('field.workshop.negotiable'), workshop.negotiable)}
      ${whoAnswers(workshop)}`,
    act:
      step?.step_kind === 'frame' && step.id === at.now?.id && !at.view
        ? readyButton(at, t('phone.ready.frame'))
        : undefined,
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
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd dir="auto">${value}</dd>
        </div>`,
    )}
  </dl>`;
}
