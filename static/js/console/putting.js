/** Putting a text to a decision: which can be decided on, which comes next, and what is seen before it opens. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { decisionOn, inOrder, markOf, wordsOf } from '../lib/reading.js';
import { agreedWith } from '../lib/served.js';
import { sentence } from './acting.js';
import { livingDialog } from './dialogs.js';
import { formOf } from './desk.js';
import { draftAgreement, draftGoal } from './drafting.js';
import { beforehand, previewOf } from './preview.js';
import { nameOf } from './shows.js';
import { blocking, textHead } from './texts.js';

const UNDECIDED = ['draft', 'proposed', 'not_agreed'];
const MINUTES = /^[1-9]\d{0,4}$/;

/** The texts of the workshop, agreements first. */
const candidates = ({ room }) =>
  inOrder([...room.records.all('agreement'), ...room.records.all('goal')]).filter(
    (one) => !['dropped', 'intention'].includes(one.state),
  );

/** The texts that can be decided on. */
export function texts(desk, workshop) {
  const rows = candidates(desk);
  if (!rows.length)
    return html`${empty({ title: t('console.decision.none'), text: t('console.decision.none.text') })}
      <div class="acts">
        ${button({ label: t('console.goal.new'), icon: 'plus', onClick: () => draftGoal(desk) })}${button({ label: t('console.agreement.new'), icon: 'plus', onClick: () => draftAgreement(desk) })}
      </div>`;
  return html`<ul class="text-list">
    ${rows.map(
      (text) =>
        html`<li>
          ${textHead(desk, workshop, text, `${nameOf(desk, text)}:`, html`<span class="soft">${t('console.version', { n: text.edition })}</span>`)}
          ${openButton(desk, workshop, text)}
        </li>`,
    )}
  </ul>`;
}

/** The text that comes next: nothing blocks it, this wording has not been decided on, and no agreement carries it. */
function nextText(desk) {
  const asked = (text) =>
    desk.room.records
      .all('decision')
      .some((one) => one.subject === text.id && one.result && one.subject_version >= text.base_version);
  return candidates(desk).find(
    (text) => UNDECIDED.includes(text.state) && !blocking(text).length && !agreedWith(desk.room, text) && !asked(text),
  );
}

/** What the step needs: the next text to be put to a decision. */
export function nextAct(desk, workshop) {
  const text = nextText(desk);
  if (!text || workshop.state !== 'open') return undefined;
  const missing = notYet(desk, text, text.version);
  return {
    label: t('console.decision.open_on', { name: nameOf(desk, text) }),
    missing,
    run: () => missing || openOn(desk, text, text.version),
  };
}

/** The text that the dark button puts to a decision, word for word, and how the groups would be counted. */
export function nextPart(desk, workshop) {
  const text = nextText(desk);
  if (!text || workshop.state !== 'open') return nothing;
  return html`<section class="stack gap-3 next-text">
    <h2>${t('console.decision.next', { name: nameOf(desk, text) })}</h2>
    ${asIs(desk, workshop, text)}
  </section>`;
}

/** A version as it would be decided on: the words, the groups, and a clock if one is wanted. */
function asIs(desk, workshop, text, id = 'decision-minutes') {
  const form = formOf(desk, `decision:${text.id}`, () => ({ minutes: '' }));
  return html`<p class="soft">${nameOf(desk, text)}, ${t('console.version', { n: text.edition })}</p>
    <p class="words lead" dir="auto">${wordsOf(text)}</p>
    ${beforehand(desk, workshop, 'decision', { on: text.id })}
    <p class="soft">${t('console.decision.text')}</p>
    ${field({
      id,
      label: t('console.ballot.minutes'),
      optional: true,
      hint: t('console.ballot.minutes.hint'),
      value: form.minutes,
      inputmode: 'numeric',
      onInput: (value) => {
        form.minutes = value.trim();
        desk.draw();
      },
    })}`;
}

/** Why it cannot be opened on this version now, in words. */
function notYet(desk, text, version) {
  const { minutes } = formOf(desk, `decision:${text.id}`, () => ({ minutes: '' }));
  const { result, error } = previewOf(desk, 'decision', { on: text.id });
  if (error) return sentence(error);
  if (!result) return t('console.pools.counting');
  if (text.version !== version) return t('console.decision.moved_on');
  if (minutes && !MINUTES.test(minutes)) return t('console.timer.number');
  return !result.effective.length ? t('console.pools.nobody') : undefined;
}

async function openOn(desk, text, version) {
  const { minutes } = formOf(desk, `decision:${text.id}`, () => ({ minutes: '' }));
  const done = await desk.act(
    'open_decision',
    { on: text.id, version, ...(minutes ? { minutes: Number(minutes) } : {}) },
    t('console.said.decision_opened'),
  );
  if (!done.ok) return false;
  desk.ui.decision = done.result.decision;
  desk.ui.text = null;
  delete desk.ui.forms[`decision:${text.id}`];
  desk.draw();
  return true;
}

/** Look at a decision in its step. */
export function seeDecision(desk, decision) {
  desk.ui.text = null;
  desk.ui.decision = decision.id;
  desk.ui.looking = decision.step ?? desk.ui.looking;
  desk.draw();
}

/** A text's own way to its decision. */
export function openButton(desk, workshop, text) {
  const missing = blocking(text).length;
  if (text.state === 'agreed') return nothing;
  if (text.state === 'deciding')
    return button({
      label: t('console.decision.see'),
      small: true,
      onClick: () => seeDecision(desk, decisionOn(desk.room, text.id)),
    });
  return button({
    label: t('console.decision.put'),
    id: `decide-${text.kind}-${markOf(desk.room, text)}`,
    icon: 'lock',
    small: true,
    missing: missing ? t('console.decision.missing', { n: missing }) : undefined,
    onClick: () => lookFirst(desk, workshop, text),
  });
}

/** Before it opens: on which version, and how the groups are counted. */
function lookFirst(desk, workshop, { id, version }) {
  livingDialog({
    title: t('console.decision.put'),
    wide: true,
    body: ({ close }) => {
      const now = desk.room.records.get(id);
      const open = async () => (await openOn(desk, now, version)) && close();
      return html`${asIs(desk, workshop, now, 'dialog-minutes')}
        <div class="acts end">
          ${button({ label: t('element.cancel'), onClick: () => close() })}${button({ label: t('console.decision.open'), sort: 'primary', icon: 'lock', id: 'open-decision', missing: notYet(desk, now, version), onClick: open })}
        </div>`;
    },
  });
}
