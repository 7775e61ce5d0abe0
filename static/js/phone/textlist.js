/** All goals, or all agreements, with where each stands. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { t } from '../lib/catalogue.js';
import { chosenIdeas } from '../lib/chosen.js';
import { inOrder, markOf, wordsOf } from '../lib/reading.js';
import { stateTag } from './standing.js';

/** All goals, or all agreements, with where each stands. */
export function listFace(at, kind) {
  const { room, step, now, view } = at;
  const rows = inOrder(room.records.all(kind)).filter((one) => one.state !== 'dropped');
  const running = !view && step?.id === now?.id ? step : null;
  return {
    key: kind,
    main: html`<div class="section">
        <h1 class="ask" dir="auto">${running?.title ?? t(`phone.more.${kind}s`)}</h1>
        ${running?.instruction ? html`<p class="soft" dir="auto">${running.instruction}</p>` : nothing}
      </div>
      ${kind === 'goal' ? chosen(room) : nothing}${
        rows.length
          ? html`<ul class="list">
              ${rows.map(
                (one) =>
                  html`<li>
                    <span class="spread"
                      ><b>${t(`phone.${kind}.name`, { mark: markOf(room, one) })}</b>${stateTag(at, one)}</span
                    ><a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a>
                  </li>`,
              )}
            </ul>`
          : empty({ title: t(`phone.${kind}.none`), text: t(`phone.${kind}.none.text`) })
      }`,
  };
}

/** The ideas the goals are written from: in view while they are. */
function chosen(room) {
  const ideas = chosenIdeas(room);
  if (!ideas.length) return nothing;
  return html`<section class="section">
    <h2>${t('phone.goals.chosen')}</h2>
    <ol class="list">
      ${ideas.map((idea) => html`<li><a class="words big-link" href="#${idea.id}" dir="auto">${idea.text}</a></li>`)}
    </ol>
  </section>`;
}
