/** The middle of the console: a face for each kind of step. `{main, side?, editing?, act?, record?}`. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { clock } from '../elements/clocks.js';
import { nowTag } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { anyOpen, heldBy, nextStep } from '../lib/reading.js';
import { agreementsFace, goalsFace } from './texts.js';
import { ballotFace } from './ballots.js';
import { editorFace } from './editor.js';
import { closingFace } from './closing.js';
import { commitmentsFace } from './commitments.js';
import { decisionsFace } from './decisions.js';
import { secondsToGo } from './desk.js';
import { frameFace, welcomeFace } from './framing.js';
import { handsPart } from './hands.js';
import { ideasFace, themesFace } from './ideas.js';
import { addStep, editStep, startButton } from './programme.js';
import { rulesFace } from './consent.js';
import { opennessNote } from './turnout.js';

/** Steps in which there will be a vote. */
const VOTING = ['ballot', 'decisions'];
/** The method of which the ready words of a ballot's step speak. */
const READY_METHOD = 'approval';
const plain = () => ({ main: nothing });

const FACES = {
  welcome: welcomeFace,
  frame: frameFace,
  rules: rulesFace,
  ideas: ideasFace,
  themes: themesFace,
  ballot: ballotFace,
  goals: goalsFace,
  agreements: agreementsFace,
  decisions: decisionsFace,
  commitments: commitmentsFace,
  closing: closingFace,
  break: plain,
};

/**
 * What the middle shows for a step.
 * @returns {{main: unknown, side?: unknown, editing?: boolean, act?: {label: string, run: () => void, missing?: string, note?: unknown, space?: boolean}, record?: string, method?: string}}
 *   `side`: what stands beside it instead of the room; `act`: what the step needs next, the dark button (`space`: it only shows
 *   something, so the space key may do it; `note`: said beside it); `record`: what P puts on the board; `method`: of the ballot it shows
 */
export function faceOf(desk, workshop, step) {
  if (workshop.state === 'closed') return closingFace(desk, workshop, step);
  const text = desk.ui.text && desk.room.records.get(desk.ui.text);
  if (text) return editorFace(desk, workshop, text);
  if (!step) return { main: noProgramme(desk) };
  const face = (FACES[step.step_kind] ?? plain)(desk, workshop, step);
  return { ...face, main: html`${head(desk, workshop, step, face)}${face.main}${handsPart(desk, step)}` };
}

function head(desk, workshop, step, face) {
  const runs = step.state === 'running';
  return html`<div class="nowh">
    <div class="t">
      ${runs ? nowTag() : html`<p class="soft">${t(`console.looking.${step.state}`)}</p>`}
      <h1 dir="auto">${step.title}</h1>
      <div class="soft about">
        <span>${face.about ?? instructionOf(step, face)}</span>
        <button
          type="button"
          class="as-link edit-step"
          aria-label="${t('common.edit')} ${step.title}"
          @click=${() => editStep(desk, step)}
        >
          ${t('common.edit')}
        </button>
      </div>
      ${face.about ? nothing : howHeld(desk, step)}
    </div>
    ${runs ? (face.clock ?? timeLeft(desk, step)) : nothing}${runs || step.id === nextStep(desk.room)?.id ? nothing : workshop.state === 'open' ? startButton(desk, step) : html`<p class="soft">${t('console.draft')}</p>`}
  </div>`;
}

/** What a step asks people to do; nothing where a vote was held by another method than its ready words speak of. */
const instructionOf = (step, { method = READY_METHOD }) =>
  step.instruction_key && method !== READY_METHOD ? nothing : step.instruction;

/** How votes in a step are held, where there will be one or something else than secret was said. */
function howHeld(desk, step) {
  const held = heldBy(step);
  return VOTING.includes(step.step_kind) || anyOpen(held) ? opennessNote(desk, held) : nothing;
}

/** The clock of a running step, which runs on when the time is over; for a vote with its own clock that is shown in its face. */
function timeLeft({ room }, step) {
  const left = secondsToGo(room, step.ends_at);
  if (left === null) return nothing;
  return clock({ left, under: t(left < 0 ? 'console.over_time' : 'console.left', { at: timeWithDay(step.ends_at) }) });
}

const noProgramme = (desk) =>
  empty({
    title: t('console.empty'),
    text: t('console.empty.text'),
    action: button({ label: t('console.programme.add'), icon: 'plus', sort: 'primary', onClick: () => addStep(desk) }),
  });
