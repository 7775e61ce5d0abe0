/**
 * A text marked against an earlier one. Sign, line and ground say it, and hidden words for screen readers.
 */
import { html } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { difference as compare } from '../lib/difference.js';

/** A first word this long may be broken itself, and then its sign may stand alone. */
const HELD = 20;

/** The sign and the text; at the end of a line the sign stays with its word. */
function signed(sign, text) {
  const mark = html`<span class="sign" aria-hidden="true">${sign}</span>`;
  const [first] = text.match(/^\S*/);
  return first.length > HELD
    ? html`${mark}${text}`
    : html`<span class="held">${mark}${first}</span>${text.slice(first.length)}`;
}

const ELEMENTS = {
  removed: (text) => html`<del><span class="vh"> ${t('element.difference.gone')} </span>${signed('−', text)}</del>`,
  added: (text) => html`<ins><span class="vh"> ${t('element.difference.added')} </span>${signed('+', text)}</ins>`,
};

/** One part of a comparison, marked; the space round it stays outside of its mark. @param {{kind: string, text: string}} part */
export function mark({ kind, text }) {
  if (kind === 'same') return text;
  const [, lead, words, trail] = /^(\s*)(.*?)(\s*)$/su.exec(text);
  return words ? html`${lead}${ELEMENTS[kind](words)}${trail}` : text;
}

/**
 * What was taken out struck, what was put in underlined. The space round a change stays outside of its mark.
 * @param {string} before @param {string} after
 * @returns {import('./basics.js').Template}
 */
export function difference(before, after) {
  return html`<p class="words difference" dir="auto">
    ${compare(before, after).map(({ kind, text }, i, all) => {
      if (kind === 'same') return text;
      const [, lead, words, trail] = /^(\s*)(.*?)(\s*)$/su.exec(text);
      if (!words) return kind === 'added' ? text : '';
      const joined = kind === 'added' && !lead && all[i - 1]?.kind === 'removed' && !/\s$/u.test(all[i - 1].text);
      return html`${joined ? ' ' : lead}${ELEMENTS[kind](words)}${trail}`;
    })}
  </p>`;
}

/** The line that explains the signs. @param {number} [version] compared with */
export const differenceKey = (version) =>
  html`<p class="soft">
    ${version === undefined ? t('element.difference.key') : t('element.difference.key_since', { version })}
  </p>`;
