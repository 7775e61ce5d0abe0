/** The programme by the clock, in the lobby: when and where, when each step starts, and when it ends. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { clockTime, endWords, schedule, whenWords } from '../lib/schedule.js';

export function programmePart({ room }) {
  const planned = schedule(room);
  const ends = endWords(planned);
  return {
    main: html`<section class="section">
      <h2>${t('phone.programme')}</h2>
      <p dir="auto">${whenWords(room)}</p>
      <ol class="list programme">
        ${planned.steps.map(
          ({ step, starts }) =>
            html`<li aria-current=${step.state === 'running' ? 'step' : nothing}>
              <span class="soft">${starts === null ? nothing : clockTime(starts)}</span
              ><span dir="auto">${step.title}</span
              ><span class="soft">${step.minutes ? t('phone.programme.minutes', { n: step.minutes }) : nothing}</span>
            </li>`,
        )}
      </ol>
      ${ends ? html`<p class="soft">${ends}</p>` : nothing}
    </section>`,
  };
}
