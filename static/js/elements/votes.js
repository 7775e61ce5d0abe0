/**
 * Voting and its outcome: crosses, dots, positions, stances, and the bars that show what came of it.
 * A target is the whole row. Nothing is chosen beforehand. A count never stands without its denominator.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { stancesInWords } from '../lib/stances.js';
import { groupGlyph, groupLabel, icon, iconButton } from './basics.js';
import { field } from './texts.js';

/** @typedef {import('./basics.js').Group} Group */

/**
 * How many votes are left, as words and as places. Sticky above the list.
 * @param {{used: number, total: number, sort?: 'crosses'|'dots'}} o
 */
export function votesLeft({ used, total, sort = 'crosses' }) {
  const places = Array.from(
    { length: total },
    (_, i) => html`<i class=${i < used ? 'used' : ''}>${i < used && sort === 'crosses' ? icon('check') : nothing}</i>`,
  );
  return html`<div class="left-over">
    <p role="status"><b>${t(`element.${sort}.left`, { n: total - used })}</b></p>
    ${total <= 12 ? html`<div class="places" aria-hidden="true">${places}</div>` : nothing}
  </div>`;
}

/**
 * One option of an approval ballot. With no votes left an option that is not chosen says what to do.
 * @param {{id: string, text: string, from?: unknown, chosen: boolean, full?: boolean, onToggle: (chosen: boolean) => boolean, after?: unknown}} o
 *   `onToggle` returns whether the cross is taken: a quick finger may be ahead of the drawing
 */
export function approvalRow({ id, text, from = nothing, chosen, full = false, onToggle, after = nothing }) {
  const off = full && !chosen;
  return html`<label class="choice ${chosen ? 'chosen' : ''} ${off ? 'full' : ''}"
    ><input
      type="checkbox"
      value=${id}
      .checked=${chosen}
      aria-disabled=${off ? 'true' : nothing}
      @click=${(event) => off && event.preventDefault()}
      @change=${({ target }) => {
        target.checked = onToggle(target.checked) && target.checked;
      }}
    />
    <span class="box" aria-hidden="true">${chosen ? icon('check') : nothing}</span
    ><span class="words"><span dir="auto">${text}</span>${from}</span>${after}${
      off ? html`<span class="why">${t('element.crosses.take_one')}</span>` : nothing
    }</label
  >`;
}

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

/**
 * Minus, the dots, plus: minus and plus of equal size. When plus is refused, words say why.
 * @param {{text: string, from?: unknown, value: number, max: number, left: number, onChange: (value: number) => void}} o
 */
export function dotsStepper({ text, from = nothing, value, max, left, onChange }) {
  const full = value >= max;
  const none = !full && left <= 0;
  const why = full ? t('element.dots.cap', { n: max }) : none ? t('element.dots.none_left') : nothing;
  const dots =
    max <= 8
      ? Array.from({ length: max }, (_, i) => html`<i class=${i < value ? '' : 'e'} aria-hidden="true"></i>`)
      : html`<b aria-hidden="true">${value}</b>`;
  return html`<div class="dots sheet" role="group" aria-label=${text}>
    <p class="words" dir="auto">${text}</p>
    ${from}
    <div class="stepper">
      ${iconButton({ icon: 'minus', name: t('element.dots.less'), off: value <= 0, onClick: () => onChange(value - 1) })}
      <output aria-live="polite">${dots}<span class="vh">${t('element.dots.given', { n: value })}</span></output>
      ${iconButton({ icon: 'plus', name: t('element.dots.more'), off: full || none, onClick: () => onChange(value + 1) })}
    </div>
    ${why === nothing ? nothing : html`<p class="why">${why}</p>`}
  </div>`;
}

const POSITIONS = { agree: 'check', pass: 'minus', disagree: 'cross' };

/**
 * One statement on a tall sheet and three equal answers. No colour of approval.
 * @param {{text: string, id?: string, from?: unknown, value?: 'agree'|'pass'|'disagree', onChoose: (value: string) => void}} o
 */
export function statement({ text, id = nothing, from = nothing, value, onChoose }) {
  return html`<section class="sheet say" data-id=${id}>
      <p class="words" dir="auto">${text}</p>
      ${from === nothing ? nothing : html`<p class="soft">${from}</p>`}
    </section>
    ${positionsButtons({ value, onChoose })}`;
}

/** The three answers alone. @param {{value?: string, onChoose: (value: string) => void}} o */
export function positionsButtons({ value, onChoose }) {
  return html`<div class="three" role="group" aria-label=${t('element.positions.name')}>
    ${Object.entries(POSITIONS).map(
      ([key, sign]) =>
        html`<button
          type="button"
          class="btn secondary ${value === key ? 'chosen' : ''}"
          aria-pressed=${String(value === key)}
          @click=${() => onChoose(key)}
        >
          ${icon(sign)}<span>${t(`element.positions.${key}`)}</span>
        </button>`,
    )}
  </div>`;
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

/**
 * How many have voted, always of how many. @param {{voted: number, eligible: number, by_helper?: number, words?: string, here?: unknown}} o
 * `words`: what the eligible are and have done ("forbundne har stemt"); `by_helper`: for how many of them a helper did
 */
export function turnoutBar({
  voted,
  eligible,
  by_helper: byHelper = 0,
  words = t('element.turnout.voted'),
  here = nothing,
}) {
  return html`<div class="turnout">
    <p>
      <b>${t('element.of', { part: voted, whole: eligible })}</b>
      ${words}${here === nothing ? nothing : html` <span class="soft">${here}</span>`}
    </p>
    ${byHelper ? html`<p class="soft">${t('element.turnout.by_helper', { n: byHelper })}</p>` : nothing}
    ${meter({ exact: eligible ? voted / eligible : 0 })}
  </div>`;
}

const per = (n) => `${(100 * Math.min(1, Math.max(0, n))).toFixed(1)}%`;

/**
 * A bar; dashed and empty without a share. A tick is the threshold. The words beside it say the same; the bar is hidden from
 * screen readers.
 * @param {{exact?: number, threshold?: number}} o shares between 0 and 1
 */
export function meter({ exact, threshold }) {
  if (exact === undefined) return html`<span class="bar none" aria-hidden="true"></span>`;
  const tick = threshold === undefined ? nothing : html`<s style="left:${per(threshold)}"></s>`;
  return html`<span class="bar" aria-hidden="true"><i style="width:${per(exact)}"></i>${tick}</span>`;
}

/**
 * Yes and no of one group, or of the room, as words and as the share of a bar. Without counts a group has its status alone, and
 * of the room it is said that fewer than `from` have voted (docs/rules.md section 7).
 * @param {{counts?: {for: number, reservation: number, against: number} | null, from?: number}} shown
 * @returns {{words: string, bar: {exact?: number}}}
 */
export function asShare({ counts = null, from }) {
  if (!counts) return { words: from === undefined ? '' : t('amount.withheld', { n: from }), bar: {} };
  const [yes, no] = [counts.for + counts.reservation, counts.against];
  return { words: stancesInWords(counts), bar: yes + no ? { exact: yes / (yes + no) } : {} };
}

/** How many chose an idea: a bar, where the counts are published, and the words. */
export const counted = ({ exact, words }) =>
  html`<p class="count">${exact === undefined ? nothing : meter({ exact })}<span>${words}</span></p>`;

const SIDES = { carried: 'check', not_carried: 'cross' };

/**
 * The bar of a group in a decision, with the line of its own requirement. Where its counts are not shown, a tick or a cross
 * stands on its side of the line and says no more than the status.
 * @param {{bar: {exact?: number}, status: string, required: {at: number}}} o
 */
export function decisionBar({ bar, status, required: { at } }) {
  if (bar.exact !== undefined) return meter({ ...bar, threshold: at });
  const [left, width] = status === 'carried' ? [at, 1 - at] : [0, at];
  return html`<span class="bar none" aria-hidden="true"
    >${SIDES[status] ? html`<i class="on-side ${status}" style="left:${per(left)};width:${per(width)}">${icon(SIDES[status])}</i>` : nothing}<s
      style="left:${per(at)}"
    ></s
  ></span>`;
}

/**
 * A group (or a pool) with its bar and its words.
 * @param {{group: Group | Group[] | null, label?: unknown, words: unknown, bar?: {exact?: number}, threshold?: number, drawn?: unknown, status?: unknown}} o
 *   `drawn`: a bar of its own kind
 */
export function groupBar({
  group,
  label,
  words,
  bar = {},
  threshold,
  drawn = meter({ ...bar, threshold }),
  status = nothing,
}) {
  return html`<div class="group-bar">
    <p class="spread">${group ? groupLabel(group) : html`<span>${label}</span>`}<b>${words}</b></p>
    ${drawn}${status}
  </div>`;
}
