/** The keys in words, and their switch. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { keycap } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { livingDialog } from './dialogs.js';

const KEYS = [
  'next',
  'back',
  'space',
  'timer',
  'minute',
  'qr',
  'full',
  'blank',
  'put',
  'lock',
  'search',
  'theme',
  'merge',
  'help',
];

/** How each key is printed. */
export const CAPS = {
  next: '→',
  back: '←',
  space: '␣',
  timer: 'T',
  minute: '+',
  qr: 'Q',
  full: 'F',
  blank: 'B',
  put: 'P',
  lock: 'L',
  search: '/',
  theme: '1–9',
  merge: 'M',
  help: '?',
};

export function openHelp(desk) {
  livingDialog({
    title: t('console.help.title'),
    body: ({ again }) =>
      html`<p>${t('console.help.text')}</p>
        <dl class="keys">
          ${KEYS.map(
            (key) =>
              html`<div>
                <dt>${keycap(key === 'space' ? t('console.key.space_cap') : CAPS[key])}</dt>
                <dd>${t(`console.help.${key}`)}</dd>
              </div>`,
          )}
        </dl>
        ${button({
          label: desk.keys.on ? t('console.help.off') : t('console.help.on'),
          pressed: !desk.keys.on,
          onClick: () => {
            desk.keys.on = !desk.keys.on;
            again();
            desk.draw();
          },
        })}`,
  });
}
