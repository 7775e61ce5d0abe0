/** A bar, and how many have voted. A count never stands without its denominator. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';

/** A share as a style names it. @param {number} n between 0 and 1 */
export const per = (n) => `${(100 * Math.min(1, Math.max(0, n))).toFixed(1)}%`;

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
