/**
 * Before and now beside each other, with the words that differ marked in each: by sign, line and ground, and in hidden words for
 * screen readers. Narrow screens lay them under each other.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { confirmer } from '../lib/corrected.js';
import { difference as compare } from '../lib/difference.js';
import { dayAndTime } from '../lib/format.js';
import { mark } from './difference.js';

/** @typedef {import('./basics.js').Template} Template */

/** One of two wordings: what is only in the other is left out. */
function side(parts, kind) {
  const found = parts.filter((part) => part.kind === 'same' || part.kind === kind);
  return found.length ? found.map((part) => mark(part)) : html`<span class="soft">${t('history.nothing')}</span>`;
}

/**
 * Lines of a change. @param {{label: unknown, before: string, now: string}[]} lines
 * @param {{before?: string, now?: string, bare?: boolean}} [names] what the two sides are called; `bare`: without the labels of the lines
 * @returns {Template}
 */
export function beside(lines, { before = t('history.before'), now = t('history.now'), bare = false } = {}) {
  return html`${lines.map((line) => {
    const parts = compare(line.before, line.now);
    return html`<div class="beside">
      ${bare ? nothing : html`<p class="label-like">${line.label}</p>`}
      <div class="half">
        <p class="soft">${before}</p>
        <p class="words" dir="auto">${side(parts, 'removed')}</p>
      </div>
      <div class="half">
        <p class="soft">${now}</p>
        <p class="words" dir="auto">${side(parts, 'added')}</p>
      </div>
    </div>`;
  })}`;
}

/** How a change came about, and whose it was, by role. */
export function madeBy(one) {
  const role = t(`history.role.${one.by_role}`);
  if (one.cause === 'language') return t('history.by.language', { role, confirmed: confirmer(one) });
  return t(one.cause === 'amendment' ? 'history.by.amendment' : 'history.by.editor', { role });
}

/**
 * One change of a text: in which edition, who and when, why, and the lines.
 * @param {object} one as `GET /api/versions` gives it  @param {{label: unknown, before: string, now: string}[]} lines
 */
export const revision = (one, lines) =>
  html`<section class="revision">
    <h3>${t('history.version', { n: one.edition })}</h3>
    <p class="soft">${madeBy(one)}, ${dayAndTime(one.at)}</p>
    ${one.reason ? html`<p class="words" dir="auto">${t('history.reason', { reason: one.reason })}</p>` : nothing}
    ${lines.length ? beside(lines) : html`<p class="soft">${t('history.unchanged')}</p>`}
  </section>`;

/** The first version of a text, by whom and when; nothing where it is not known. @param {{by_role: string, at: string} | null} made */
export const drafted = (made) =>
  made
    ? html`<section class="revision">
        <h3>${t('history.version', { n: 1 })}</h3>
        <p class="soft">${t('history.drafted', { role: t(`history.role.${made.by_role}`) })}, ${dayAndTime(made.at)}</p>
      </section>`
    : nothing;
