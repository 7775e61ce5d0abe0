/** One choice out of several, and the four answers to a decision. A target is the whole row. Nothing is chosen beforehand. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { groupGlyph } from './groups.js';
import { icon } from './icons.js';
import { field } from './texts.js';

/** @typedef {import('./groups.js').Group} Group */

/**
 * One choice out of several, as rows (which group, which method).
 * @param {{name: string, value: string, chosen: boolean, label: unknown, onChoose: (value: string) => void, group?: Group, iconName?: string, hint?: unknown}} o
 */
export function choiceRow({ name, value, chosen, label, onChoose, group, iconName, hint = nothing }) {
  return html`<label class="choice ${chosen ? 'chosen' : ''}"
    ><input
      type="radio"
      name=${name}
      value=${value}
      .checked=${chosen}
      @change=${() => onChoose(value)} />${group ? groupGlyph(group) : nothing}${iconName ? icon(iconName) : nothing}<span
      class="label"
      >${label}${hint === nothing ? nothing : html`<small>${hint}</small>`}</span
    ><span class="dot" aria-hidden="true"></span
  ></label>`;
}

const STANCES = { for: 'check', reservation: 'pen', against: 'cross', blank: 'minus' };

/**
 * For, for with reservation, against, blank: four equal answers, two beside two, so that all are in view at once.
 * @param {{legend: string, value?: keyof typeof STANCES, onChoose: (stance: string) => void}} o
 */
export function stanceRows({ legend, value, onChoose }) {
  const row = (key) =>
    choiceRow({
      name: 'stance',
      value: key,
      chosen: value === key,
      label: t(`element.stance.${key}`),
      iconName: STANCES[key],
      onChoose,
    });
  return html`<fieldset class="stance">
    <legend class="vh">${legend}</legend>
    ${Object.keys(STANCES).map(row)}
  </fieldset>`;
}

/**
 * The field for the words with a reservation or a vote against; nothing for the other answers.
 * @param {{value?: keyof typeof STANCES, reason?: string, max?: number, draft?: string, error?: string, printed?: string,
 *   onReason: (text: string) => void}} o
 */
export function stanceReason({
  value,
  reason = '',
  max = 400,
  draft,
  error,
  printed = t('element.stance.printed'),
  onReason,
}) {
  if (value !== 'reservation' && value !== 'against') return nothing;
  return html`<div class="opened">
    ${field({
      id: `stance-${value}`,
      label: t(`element.stance.${value}_why`),
      value: reason,
      rows: 3,
      max,
      draft,
      error,
      optional: value === 'against',
      hint: printed,
      words: true,
      onInput: onReason,
    })}
  </div>`;
}
