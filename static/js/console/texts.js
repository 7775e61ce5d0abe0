/** Goals and agreements as lists: where each stands, what is missing, and the way into its editor. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, tag } from '../elements/basics.js';
import { button, iconButton } from '../elements/buttons.js';
import { t } from '../lib/catalogue.js';
import { stateWord } from '../lib/mandate.js';
import { inOrder, markOf, newest, wordsOf } from '../lib/reading.js';
import { draftAgreement, draftButton, draftFromAll, draftGoal, edit } from './drafting.js';

const STATE_TAG = {
  agreed: 'pos',
  not_agreed: 'neg',
  deciding: 'wait',
  proposed: 'info',
  draft: 'wait',
  intention: 'warn',
  dropped: 'neg',
};

/** The state of a text as icon and word. */
export const stateTag = (text, workshop) =>
  tag(STATE_TAG[text.state] ?? 'info', stateWord(workshop, text), text.state === 'draft' ? 'pen' : undefined);

/** The beginning of a text's row: its words, which lead into its editor, and under them where it stands and other `facts`. */
export const textHead = (desk, workshop, text, name, facts) =>
  html`<div>
    <button type="button" class="as-link words" dir="auto" @click=${() => edit(desk, text.id)}>
      ${name} ${wordsOf(text)}
    </button>
    <p class="m facts">${stateTag(text, workshop)}${facts}</p>
  </div>`;

/** The checks that block, not counting the one that a new decision meets. */
export const blocking = (text) => (text.checks ?? []).filter((check) => check.severity === 'B' && check.code !== 'A10');

export function goalsFace(desk, workshop) {
  return {
    main: html`${winners(desk)}${list(desk, workshop, 'goal')}
      <div class="acts push">
        ${button({ label: t('console.goal.new'), icon: 'plus', onClick: () => draftGoal(desk) })}
      </div>`,
  };
}

export function agreementsFace(desk, workshop) {
  return {
    main: html`${list(desk, workshop, 'agreement')}${unserved(desk)}
      <div class="acts push">
        ${button({ label: t('console.agreement.new'), icon: 'plus', onClick: () => draftAgreement(desk) })}
      </div>`,
  };
}

/** Ideas that were chosen by a ballot and have no goal yet. */
function winners(desk) {
  const { room } = desk;
  const ballot = newest(room.records.all('ballot'), (one) => one.state === 'published' && one.result?.shortlist);
  const used = new Set(
    room.records
      .all('goal')
      .filter((goal) => goal.state !== 'dropped')
      .flatMap((goal) => goal.from_ideas ?? []),
  );
  const left = (ballot?.result.shortlist.winners ?? [])
    .filter((id) => id.startsWith('idea:') && !used.has(id))
    .map((id) => room.records.get(id))
    .filter(Boolean);
  if (!left.length) return nothing;
  return html`<section class="stack gap-2">
    <div class="spread">
      <h2>${t('console.goals.chosen', { n: left.length })}</h2>
      ${left.length > 1 ? button({ label: t('console.goals.write_all', { n: left.length }), icon: 'paper', small: true, onClick: () => draftFromAll(desk, left) }) : nothing}
    </div>
    <ul class="text-list">
      ${left.map(
        (idea) =>
          html`<li>
            <p class="words" dir="auto">${idea.text}</p>
            ${draftButton(desk, idea)}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Goals that no agreement serves yet. */
function unserved(desk) {
  const live = (kind) => inOrder(desk.room.records.all(kind)).filter((one) => one.state !== 'dropped');
  const served = new Set(live('agreement').flatMap((one) => one.goals ?? []));
  const left = live('goal').filter((goal) => !served.has(goal.id));
  if (!left.length) return nothing;
  return html`<section class="stack gap-2">
    <h2>${t('console.agreements.unserved', { n: left.length })}</h2>
    <ul class="text-list">
      ${left.map(
        (goal) =>
          html`<li>
            <p class="words" dir="auto">${markOf(desk.room, goal)}. ${goal.title}</p>
            ${button({ label: t('console.agreement.write'), name: t('console.agreement.write_for', { mark: markOf(desk.room, goal) }), icon: 'paper', small: true, onClick: () => draftAgreement(desk, [goal.id]) })}
          </li>`,
      )}
    </ul>
  </section>`;
}

function list(desk, workshop, kind) {
  const all = inOrder(desk.room.records.all(kind));
  if (!all.length) return empty({ title: t(`console.${kind}.none`), text: t(`console.${kind}.none.text`) });
  const live = all.filter((one) => one.state !== 'dropped');
  const dropped = all.filter((one) => one.state === 'dropped');
  return html`<ol class="text-list">
      ${live.map((text, i) => row(desk, workshop, text, i, live))}
    </ol>
    ${
      dropped.length
        ? html`<details>
            <summary>${t('console.dropped', { n: dropped.length })}</summary>
            <ul class="text-list">
              ${dropped.map((text) => html`<li><p class="words" dir="auto">${wordsOf(text)}</p></li>`)}
            </ul>
          </details>`
        : nothing
    }`;
}

function row(desk, workshop, text, place, all) {
  const missing = blocking(text).length;
  const amendments = desk.room.records
    .all('amendment')
    .filter((one) => one.on === text.id && one.state === 'open').length;
  const move = (before) => desk.act('move_text', { on: text.id, before }, t('console.said.text_moved'));
  const facts = html`<span class="soft">${t('console.version', { n: text.edition })}</span
    >${missing ? tag('neg', t('console.blocks', { n: missing }), 'stop') : tag('pos', t('console.ready_to_decide'))}${amendments ? html`<span>${t('console.amendments', { n: amendments })}</span>` : nothing}`;
  return html`<li>
    ${textHead(desk, workshop, text, `${markOf(desk.room, text)}.`, facts)}
    <span class="tools"
      >${iconButton({ icon: 'up', name: t('console.text.up', { mark: markOf(desk.room, text) }), off: place === 0, onClick: () => move(all[place - 1].id) })}
      ${iconButton({ icon: 'down', name: t('console.text.down', { mark: markOf(desk.room, text) }), off: place === all.length - 1, onClick: () => move(all[place + 2]?.id ?? null) })}</span
    >
  </li>`;
}
