/**
 * Texts: the field people write in, one of a list, facts.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { lengthOf } from '../lib/cleaning.js';
import { icon } from './icons.js';

/** @typedef {import('./basics.js').Template} Template */

/**
 * @typedef {Object} FieldOptions
 * @property {string} id  @property {unknown} label  @property {string} value
 * @property {(text: string, event: InputEvent) => void} onInput
 * @property {number} [rows]            more than one line; grows with the text
 * @property {number} [max]             a counter "25 af 280"; text over it is never cut, it is shown as an error
 * @property {boolean} [optional]  @property {unknown} [hint]
 * @property {'saved'|'saving'|'none'} [draft]   "Kladden er gemt på telefonen"
 * @property {unknown} [error]          a sentence saying what to write
 * @property {unknown} [warning]        a check that warns
 * @property {boolean} [words]          what is written here stands in the serif
 * @property {boolean} [large]          the one field of the screen
 * @property {string} [type]  @property {string} [autocomplete]  @property {string} [inputmode]  @property {string} [name]
 * @property {boolean} [required]  @property {string} [placeholder]  @property {(event: Event) => void} [onChange]
 * @property {boolean} [readonly]
 */

/**
 * A field: label above; below left the error, the state of the draft or a hint; below right the counter.
 * @param {FieldOptions} o @returns {Template}
 */
export function field(o) {
  const written = lengthOf(o.value ?? '');
  const over = o.max !== undefined && written > o.max;
  const error = o.error ?? (over ? t('element.field.too_long', { n: written - o.max }) : undefined);
  const below = [error && `${o.id}-error`, o.warning && `${o.id}-warning`, `${o.id}-under`].filter(Boolean).join(' ');
  return html`<div class="field ${o.large ? 'large' : ''}">
    <label for=${o.id}
      >${o.label}${o.optional ? html` <span class="opt">${t('element.field.optional')}</span>` : nothing}</label
    >
    ${o.rows ? area(o, error, below) : line(o, error, below)}
    ${error ? html`<p class="err" id="${o.id}-error">${icon('stop')}<span>${error}</span></p>` : nothing}
    ${o.warning && !error ? html`<p class="warnline" id="${o.id}-warning">${icon('warn')}<span>${o.warning}</span></p>` : nothing}
    ${underField(o, written, over)}
  </div>`;
}

function area(o, error, below) {
  return html`<textarea
    class="input ${o.words ? 'words' : ''}"
    id=${o.id}
    name=${o.name ?? o.id}
    rows=${o.rows}
    dir="auto"
    .value=${o.value ?? ''}
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${below}
    placeholder=${o.placeholder ?? nothing}
    ?required=${o.required ?? false}
    ?readonly=${o.readonly ?? false}
    @input=${(event) => o.onInput(event.target.value, event)}
    @change=${(event) => o.onChange?.(event)}
  ></textarea>`;
}

function line(o, error, below) {
  return html`<input
    class="input ${o.words ? 'words' : ''}"
    id=${o.id}
    name=${o.name ?? o.id}
    type=${o.type ?? 'text'}
    dir=${o.type === 'date' ? nothing : 'auto'}
    .value=${o.value ?? ''}
    autocomplete=${o.autocomplete ?? 'off'}
    inputmode=${o.inputmode ?? nothing}
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${below}
    placeholder=${o.placeholder ?? nothing}
    ?required=${o.required ?? false}
    ?readonly=${o.readonly ?? false}
    @input=${(event) => o.onInput(event.target.value, event)}
    @change=${(event) => o.onChange?.(event)}
  />`;
}

function underField(o, written, over) {
  const draft = o.draft && o.draft !== 'none' && written ? t(`element.draft.${o.draft}`) : undefined;
  if (!draft && !o.hint && o.max === undefined) return html`<p class="under" id="${o.id}-under" hidden></p>`;
  return html`<p class="under" id="${o.id}-under">
    <span>${draft ?? o.hint ?? nothing}</span>${
      o.max === undefined
        ? nothing
        : html`<span class=${over ? 'over' : ''}>${t('element.of', { part: written, whole: o.max })}</span>`
    }
  </p>`;
}

/**
 * One of a list, in the browser's own way.
 * @param {{id: string, label: unknown, value: string, options: {value: string, label: string}[], onChoose: (value: string) => void, hint?: unknown, error?: unknown, optional?: boolean}} o
 */
export function selectField({ id, label, value, options, onChoose, hint = nothing, error, optional }) {
  return html`<div class="field">
    <label for=${id}
      >${label}${optional ? html` <span class="opt">${t('element.field.optional')}</span>` : nothing}</label
    >
    <span class="select"
      ><select
        class="input"
        id=${id}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby="${id}-under"
        @change=${(event) => onChoose(event.target.value)}
      >
        ${options.map((one) => html`<option value=${one.value} ?selected=${one.value === value} .selected=${one.value === value}>${one.label}</option>`)}</select
      >${icon('down')}</span
    >
    ${error ? html`<p class="err">${icon('stop')}<span>${error}</span></p>` : nothing}
    <p class="under" id="${id}-under" ?hidden=${hint === nothing}>${hint}</p>
  </div>`;
}

/** Names and values. @param {[unknown, unknown][]} rows */
export const facts = (rows) =>
  html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd dir="auto">${value}</dd>
        </div>`,
    )}
  </dl>`;
