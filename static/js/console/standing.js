/** Where the promises of a closed workshop stand, on the console: each goal and agreement in two lines. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';

const LATE = 2;

/** @param {object} told what `GET /api/standing` answers */
export const standingList = (told) =>
  html`<section class="stack gap-2 standing" aria-live="polite">
    <h2>${told.day}</h2>
    <p>${told.sentence}</p>
    ${told.late.length ? late(told) : nothing}
    <ul class="text-list">
      ${told.items.map(
        (one) =>
          html`<li>
            <div>
              <p class="words" dir="auto"><b>${one.label}:</b> ${one.wording}</p>
              ${one.ended || one.carried_by ? html`<p class="soft" dir="auto">${one.ended || one.carried_by}</p>` : nothing}
              <dl class="lines">
                ${line(told, 'answer', one.answer.words)}${line(told, 'done', [one.done.words, one.done.note].filter(Boolean).join('. '))}${line(told, 'reached', one.reached ?? one.see)}${line(told, 'kept', one.kept)}
              </dl>
            </div>
          </li>`,
      )}
    </ul>
    ${told.withheld ? html`<p class="soft">${told.withheld}</p>` : nothing}
  </section>`;

/** The first of what is late; the organiser's page has it all. */
const late = (told) =>
  html`<div class="late-lines">
    <p><b>${told.late_heading}</b></p>
    ${told.late.slice(0, LATE).map((one) => html`<p dir="auto">${one.what} ${one.why}</p>`)}
  </div>`;

const line = (told, key, words) =>
  words
    ? html`<div data-line=${key}>
        <dt>${told.heads[key].name}</dt>
        <dd>${words}</dd>
      </div>`
    : nothing;
