/** The end: what the room came to, who answers, and the way back. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { linkButton } from '../elements/buttons.js';
import { t } from '../lib/catalogue.js';
import { decisionOn, inOrder, markOf, wordsOf } from '../lib/reading.js';
import { cardPanel } from './followcard.js';
import { whoAnswers } from './framing.js';
import { languageNote, stateTag } from './standing.js';

/** The end: what the room came to, who answers, the record, and what became of what I wrote. */
export function closingFace(at) {
  const { room, workshop } = at;
  const settled = [...inOrder(room.records.all('agreement')), ...inOrder(room.records.all('goal'))].filter(
    (one) => one.state === 'agreed',
  );
  const rest = [...inOrder(room.records.all('agreement')), ...inOrder(room.records.all('goal'))].filter(
    (one) => !['agreed', 'dropped'].includes(one.state),
  );
  const own = Object.entries(room.mine.ideas ?? {});
  const row = (one) =>
    html`<li>
      <span class="spread"><b>${t(`phone.${one.kind}.name`, { mark: markOf(room, one) })}</b>${stateTag(at, one)}</span
      ><a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a
      >${groupsLine(at, one)}${languageNote(at, one)}
    </li>`;
  return {
    key: 'closing',
    main: html`<div class="section">
        <h1 class="ask">${workshop.state === 'closed' ? t('phone.closing.closed') : t('phone.closing')}</h1>
        <p class="soft">${t('phone.closing.thanks')}</p>
      </div>
      <section class="section">
        <h2>${t(`mandate.result.${workshop.decision_level}`)}</h2>
        ${
          settled.length
            ? html`<ul class="list">
                ${settled.map(row)}
              </ul>`
            : html`<p class="soft">${t('phone.closing.none')}</p>`
        }
      </section>
      ${
        rest.length
          ? html`<section class="section">
              <h2>${t('phone.closing.rest')}</h2>
              <ul class="list">
                ${rest.map(row)}
              </ul>
            </section>`
          : nothing
      }
      <section class="section">
        <h2>${t('phone.closing.next')}</h2>
        ${whoAnswers(workshop)}${workshop.record_slug ? linkButton({ label: t('phone.closing.record'), href: `/record/${workshop.record_slug}`, wide: true, icon: 'paper' }) : html`<p class="soft">${t('phone.closing.no_record')}</p>`}
      </section>
      ${cardPanel(at)}
      ${
        own.length
          ? html`<section class="section">
              <h2>${t('phone.closing.yours')}</h2>
              <p><a href="#mine">${t('phone.closing.yours.see', { n: own.length })}</a></p>
            </section>`
          : nothing
      }
      <section class="section">
        <h2>${t('phone.me.code')}</h2>
        <p class="code reentry">${room.me.reentry_code ?? ''}</p>
        <p class="soft">${t('phone.closing.code')}</p>
      </section>`,
  };
}

function groupsLine(at, one) {
  const decision = decisionOn(at.room, one.id);
  if (!decision?.result) return nothing;
  const carried = decision.result.groups.filter((group) => group.status === 'carried').length;
  return html`<br /><a href="#${decision.id}"
      >${t('phone.closing.groups', { part: carried, n: decision.result.groups.length })}</a
    >`;
}
