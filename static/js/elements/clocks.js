/** What is left of the time. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { icon } from './icons.js';

/** Minutes and seconds of a number of seconds: "3:10", "1:02:00". @param {number} seconds @returns {string} */
function asClock(seconds) {
  const whole = Math.abs(Math.ceil(seconds));
  const two = (n) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${seconds < 0 ? '+' : ''}${h ? `${h}:${two(m)}` : m}:${two(s)}`;
}

const DAY = 24 * 3600;

/** From two days on a clock counts days: a vote may stay open for weeks. */
const leftWords = (left) => (left >= 2 * DAY ? t('element.clock.days', { n: Math.floor(left / DAY) }) : asClock(left));

/**
 * What is left of the time. Last minute amber, at nought a line and "skriv færdig"; never blinks. Seconds come from the
 * server's clock. Screen readers get it on request, not every second.
 * @param {{left: number, under?: unknown, withIcon?: boolean}} o `under`: a small line ("lukker kl. 11.20"); under nought the time
 *   that has run over, as "+1:20"
 */
export function clock({ left, under = nothing, withIcon = false }) {
  const state = left <= 0 ? 'over' : left <= 60 ? 'last' : '';
  return html`<span class="clock ${state}" role="timer" aria-live="off"
    >${withIcon ? icon('clock') : nothing}<b>${leftWords(left)}</b>${
      left === 0
        ? html`<small>${t('element.clock.over')}</small>`
        : under === nothing
          ? nothing
          : html`<small>${under}</small>`
    }</span
  >`;
}
