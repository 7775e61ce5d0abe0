/**
 * The console's own pieces: the programme, key caps, the counts of the room, whose voice is heard.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { nextOf } from '../lib/reading.js';
import { groupLabel } from './groups.js';
import { icon } from './icons.js';

/** @typedef {import('./groups.js').Group} Group */

/**
 * @typedef {Object} Step
 * @property {string} id  @property {string} title  @property {'done'|'running'|'waiting'} state
 * @property {string} [at]       time of day it starts ("10.40")
 * @property {unknown} [length]  "25 min", or what is left while it runs
 */

/**
 * The programme in the rail: done = dark bar and tick, now = amber, next = bold, later = soft. On a small laptop the
 * same list becomes a strip of dashes with now and next (console.css).
 * @param {{steps: Step[], onChoose?: (id: string) => void, tools?: (step: Step) => unknown}} o `tools`: what stands at the
 *   end of each row while the programme is edited (handle, menu)
 */
export function programmeList({ steps, onChoose, tools }) {
  const next = nextOf(steps)?.id;
  return html`<ol class="prog-list">
    ${steps.map((step) => row(step, step.id === next, onChoose, tools))}
  </ol>`;
}

function row(step, isNext, onChoose, tools) {
  const state = step.state === 'running' ? 'now' : step.state === 'done' ? 'done' : isNext ? 'nxt' : '';
  const face = html`<span class="at">${step.at ?? nothing}</span
    ><span class="title"
      >${step.title}${
        state === 'done' ? html`<span class="vh"> (${t('element.programme.done')})</span>` : nothing
      }</span
    ><span class="len">${state === 'done' ? icon('check') : (step.length ?? nothing)}</span>`;
  return html`<li class=${state} data-id=${step.id} aria-current=${state === 'now' ? 'step' : nothing}>
    ${
      onChoose
        ? html`<button type="button" class="face" @click=${() => onChoose(step.id)}>${face}</button>`
        : html`<span class="face">${face}</span>`
    }${tools ? html`<span class="tools">${tools(step)}</span>` : nothing}
  </li>`;
}

/** A key as it is printed on a button. @param {string} key */
export const keycap = (key) => html`<kbd>${key}</kbd>`;

/**
 * A button in the foot of the console with its key on it.
 * @param {{keycap: string, label: string, onClick: () => void, off?: boolean, pressed?: boolean, secondary?: boolean}} o
 *   `secondary` ones move into the help on a small laptop
 */
export function keyButton({ keycap: key, label, onClick, off = false, pressed, secondary = false }) {
  return html`<button
    type="button"
    class="k ${secondary ? 'x' : ''}"
    aria-disabled=${off ? 'true' : nothing}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${() => !off && onClick()}
  >
    <kbd aria-hidden="true">${key}</kbd><span>${label}</span>
  </button>`;
}

/** The sign of a step that runs. */
export const nowTag = () => html`<span class="nowtag">${t('element.now')}</span>`;

/**
 * Two by two counts, each with its name. @param {{count: number, words: string, alert?: boolean}[]} cells
 */
export const roomNumbers = (cells) =>
  html`<div class="nums">
    ${cells.map((cell) => html`<div class=${cell.alert ? 'alert' : ''}><b>${cell.count}</b><span>${cell.words}</span></div>`)}
  </div>`;

/**
 * Whose voice is heard: each group's share of the room above its share of what was written.
 * @param {{group: Group, room: number, part: number}[]} rows shares 0 to 1; only groups of the privacy minimum and more
 * @param {{room: string, part: string}} legend
 */
export function voiceRows(rows, legend) {
  const top = Math.max(0.01, ...rows.flatMap((row_) => [row_.room, row_.part]));
  const per = (n) => `${Math.round((100 * n) / top)}%`;
  return html`<p class="legend">
      <span><i></i>${legend.room}</span><span><i></i>${legend.part}</span>
    </p>
    <ul class="voice">
      ${rows.map(
        (one) =>
          html`<li>
            ${groupLabel(one.group)}<span
              class="two"
              role="img"
              aria-label="${Math.round(100 * one.room)} % ${legend.room}, ${Math.round(100 * one.part)} % ${legend.part}"
              ><i style="width:${per(one.room)}"></i><i style="width:${per(one.part)}"></i
            ></span>
          </li>`,
      )}
    </ul>`;
}

/** A sentence worth saying aloud. @param {unknown} words @param {boolean} [warn] */
export const sayAloud = (words, warn = false) => html`<p class="aloud ${warn ? 'w' : ''}">${words}</p>`;

/** What was locked when the vote opened: names and values in a quiet box. @param {unknown} title @param {[unknown, unknown][]} rows */
export const lockedBox = (title, rows) =>
  html`<section class="fix">
    <h2>${icon('lock')}<span>${title}</span></h2>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`;

/**
 * What the board or the phones show now, small.
 * @param {{words: unknown, meta?: unknown, corner?: unknown}} o
 */
export const preview = ({ words, meta = nothing, corner = nothing }) =>
  html`<div class="mini">
    <p class="words" dir="auto">${words}</p>
    <p class="meta">${meta}</p>
    ${corner}
  </div>`;
