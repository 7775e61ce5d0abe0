/**
 * Voting and its outcome: crosses, dots, positions, stances, and the bars that show what came of it.
 * A target is the whole row. Nothing is chosen beforehand. A count never stands without its denominator.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { groupGlyph, groupLabel, icon, iconButton } from './basics.js';
import { field } from './texts.js';

/** @typedef {import('./basics.js').Group} Group */

/**
 * How many votes are left, as words and as places. Sticky above the list.
 * @param {{used: number, total: number, sort?: 'crosses'|'dots'}} o
 */
export function votesLeft({ used, total, sort = 'crosses' }) {
  const places = Array.from({ length: total }, (_, i) => html`<i class=${i < used ? 'used' : ''}>${i < used && sort === 'crosses' ? icon('check') : nothing}</i>`);
  return html`<div class="left-over"><p role="status"><b>${t(`element.${sort}.left`, { n: total - used })}</b></p>
    ${total <= 12 ? html`<div class="places" aria-hidden="true">${places}</div>` : nothing}</div>`;
}

/**
 * One option of an approval ballot. With no votes left an option that is not chosen says what to do.
 * @param {{id: string, text: string, chosen: boolean, full?: boolean, onToggle: (chosen: boolean) => void, after?: unknown}} o
 */
export function approvalRow({ id, text, chosen, full = false, onToggle, after = nothing }) {
  const off = full && !chosen;
  return html`<label class="choice ${chosen ? 'chosen' : ''} ${off ? 'full' : ''}"><input type="checkbox" value=${id} .checked=${chosen}
    aria-disabled=${off ? 'true' : nothing} @click=${(event) => off && event.preventDefault()} @change=${(event) => onToggle(event.target.checked)} />
    <span class="box" aria-hidden="true">${chosen ? icon('check') : nothing}</span><span class="words" dir="auto">${text}</span>${after}${
      off ? html`<span class="why">${t('element.crosses.take_one')}</span>` : nothing}</label>`;
}

/**
 * One choice out of several, as rows (which group, which method).
 * @param {{name: string, value: string, chosen: boolean, label: unknown, onChoose: (value: string) => void, group?: Group, iconName?: string, hint?: unknown}} o
 */
export function choiceRow({ name, value, chosen, label, onChoose, group, iconName, hint = nothing }) {
  return html`<label class="choice ${chosen ? 'chosen' : ''}"><input type="radio" name=${name} value=${value} .checked=${chosen}
    @change=${() => onChoose(value)} />${group ? groupGlyph(group) : nothing}${iconName ? icon(iconName) : nothing}<span class="label">${label}${
      hint === nothing ? nothing : html`<small>${hint}</small>`}</span><span class="dot" aria-hidden="true"></span></label>`;
}

/**
 * Minus, the dots, plus: minus and plus of equal size. When plus is refused, words say why.
 * @param {{text: string, value: number, max: number, left: number, onChange: (value: number) => void}} o
 */
export function dotsStepper({ text, value, max, left, onChange }) {
  const full = value >= max;
  const none = !full && left <= 0;
  const why = full ? t('element.dots.cap', { n: max }) : none ? t('element.dots.none_left') : nothing;
  const dots = max <= 8
    ? Array.from({ length: max }, (_, i) => html`<i class=${i < value ? '' : 'e'} aria-hidden="true"></i>`)
    : html`<b aria-hidden="true">${value}</b>`;
  return html`<div class="dots sheet" role="group" aria-label=${text}><p class="words" dir="auto">${text}</p><div class="stepper">
    ${iconButton({ icon: 'minus', name: t('element.dots.less'), off: value <= 0, onClick: () => onChange(value - 1) })}
    <output aria-live="polite">${dots}<span class="vh">${t('element.dots.given', { n: value })}</span></output>
    ${iconButton({ icon: 'plus', name: t('element.dots.more'), off: full || none, onClick: () => onChange(value + 1) })}
    </div>${why === nothing ? nothing : html`<p class="why">${why}</p>`}</div>`;
}

const POSITIONS = { agree: 'check', pass: 'minus', disagree: 'cross' };

/**
 * One statement on a tall sheet and three equal answers. No colour of approval.
 * @param {{text: string, id?: string, from?: unknown, value?: 'agree'|'pass'|'disagree', onChoose: (value: string) => void}} o
 */
export function statement({ text, id = nothing, from = nothing, value, onChoose }) {
  return html`<section class="sheet say" data-id=${id}><p class="words" dir="auto">${text}</p>${from === nothing ? nothing : html`<p class="soft">${from}</p>`}</section>
    ${positionsButtons({ value, onChoose })}`;
}

/** The three answers alone. @param {{value?: string, onChoose: (value: string) => void}} o */
export function positionsButtons({ value, onChoose }) {
  return html`<div class="three" role="group" aria-label=${t('element.positions.name')}>${Object.entries(POSITIONS).map(([key, sign]) => html`<button
    type="button" class="btn secondary ${value === key ? 'chosen' : ''}" aria-pressed=${String(value === key)} @click=${() => onChoose(key)}
    >${icon(sign)}<span>${t(`element.positions.${key}`)}</span></button>`)}</div>`;
}

const STANCES = { for: 'check', reservation: 'pen', against: 'cross', blank: 'minus' };

/**
 * For, for with reservation, against, blank: four equal rows. Reservation and against open a field.
 * @param {{legend: string, value?: keyof typeof STANCES, reason?: string, max?: number, draft?: string, error?: string, printed?: string,
 *   onChoose: (stance: string) => void, onReason: (text: string) => void}} o
 */
export function stanceRows({ legend, value, reason = '', max = 400, draft, error, printed = t('element.stance.printed'), onChoose, onReason }) {
  const row = (key) => html`${choiceRow({ name: 'stance', value: key, chosen: value === key, label: t(`element.stance.${key}`), iconName: STANCES[key], onChoose })}${
    value === key && (key === 'reservation' || key === 'against') ? html`<div class="opened">${field({
      id: `stance-${key}`, label: t(`element.stance.${key}_why`), value: reason, rows: 3, max, draft, error,
      optional: key === 'against', hint: printed, words: true, onInput: onReason,
    })}</div>` : nothing}`;
  return html`<fieldset class="stance"><legend>${legend}</legend>${Object.keys(STANCES).map(row)}</fieldset>`;
}

/**
 * How many have voted, always of how many. @param {{voted: number, eligible: number, by_helper?: number, words?: string, here?: unknown}} o
 * `words`: what the eligible are and have done ("forbundne har stemt"); `by_helper`: for how many of them a helper did
 */
export function turnoutBar({ voted, eligible, by_helper: byHelper = 0, words = t('element.turnout.voted'), here = nothing }) {
  return html`<div class="turnout"><p><b>${t('element.of', { part: voted, whole: eligible })}</b> ${words}${here === nothing ? nothing : html` <span class="soft">${here}</span>`}</p>${byHelper ? html`<p class="soft">${t('element.turnout.by_helper', { n: byHelper })}</p>` : nothing}
    ${meter({ exact: eligible ? voted / eligible : 0 })}</div>`;
}

/**
 * A bar. Exact: solid. From–to: hatched. Neither: dashed and empty (status only). A tick is the threshold.
 * The words beside it say the same; the bar is hidden from screen readers.
 * @param {{exact?: number, from?: number, to?: number, threshold?: number}} o shares between 0 and 1
 */
export function meter({ exact, from, to, threshold }) {
  const per = (n) => `${(100 * Math.min(1, Math.max(0, n))).toFixed(1)}%`;
  const tick = threshold === undefined ? nothing : html`<s style="left:${per(threshold)}"></s>`;
  if (exact !== undefined) return html`<span class="bar" aria-hidden="true"><i style="width:${per(exact)}"></i>${tick}</span>`;
  if (from === undefined) return html`<span class="bar none" aria-hidden="true"></span>`;
  return html`<span class="bar" aria-hidden="true"><i class="band" style="left:${per(from)};width:${per(to - from)}"></i>${tick}</span>`;
}

const BANDS = {
  'under 1/3': { key: 'under', part: '1/3', from: 0, to: 1 / 3 },
  '1/3-1/2': { key: 'between', low: '1/3', high: '1/2', from: 1 / 3, to: 1 / 2 },
  '1/2-2/3': { key: 'between', low: '1/2', high: '2/3', from: 1 / 2, to: 2 / 3 },
  'over 2/3': { key: 'over', part: '2/3', from: 2 / 3, to: 1 },
};

/** Where at most 2 are against and more than 2 for, the share for is three of five or more, whatever the counts are. */
const NEARLY_ALL = 3 / 5;

const few = (value) => value !== null && typeof value === 'object';

/**
 * What may be said of one group's yes and no, as words and as the numbers of a bar. Only what the server disclosed
 * (docs/rules.md section 7): counts, "at most 2" on one side or both, one of four bands, or nothing.
 * @param {{counts?: {for?: number | {at_most: number} | null, reservation?: number | null, against?: number | {at_most: number} | null} | null,
 *   band?: string | {band: string} | null}} disclosed
 * @returns {{words: string, bar: {exact?: number, from?: number, to?: number}}}
 */
export function asShare({ counts = null, band = null }) {
  if (counts && (few(counts.for ?? null) || few(counts.against ?? null))) return asFew(counts);
  if (Number.isInteger(counts?.for) && Number.isInteger(counts.against)) {
    const [yes, no] = [counts.for + (counts.reservation ?? 0), counts.against];
    return { words: t('element.share.counts', { yes, no }), bar: yes + no ? { exact: yes / (yes + no) } : {} };
  }
  const found = BANDS[typeof band === 'string' ? band : band?.band];
  if (!found) return { words: t('element.share.too_few'), bar: {} };
  return { words: t(`element.share.${found.key}`, found), bar: { from: found.from, to: found.to } };
}

function asFew(counts) {
  const [yes, no] = [few(counts.for) && counts.for.at_most, few(counts.against) && counts.against.at_most];
  if (yes && no) return { words: t('element.share.at_most_both', { yes, no }), bar: {} };
  if (no) return { words: t('element.share.at_most_against', { n: no }), bar: { from: NEARLY_ALL, to: 1 } };
  return { words: t('element.share.at_most_for', { n: yes }), bar: { from: 0, to: 1 - NEARLY_ALL } };
}

/**
 * A group (or a pool) with its bar and its words.
 * @param {{group: Group | Group[] | null, label?: unknown, words: unknown, bar: {exact?: number, from?: number, to?: number}, threshold?: number, status?: unknown}} o
 */
export function groupBar({ group, label, words, bar, threshold, status = nothing }) {
  return html`<div class="group-bar"><p class="spread">${group ? groupLabel(group) : html`<span>${label}</span>`}<b>${words}</b></p>${meter({ ...bar, threshold })}${status}</div>`;
}
