/** Voting on ideas: crosses, dots and positions. A target is the whole row. Nothing is chosen beforehand. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { iconButton } from './buttons.js';
import { icon } from './icons.js';

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
