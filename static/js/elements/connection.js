/** The state of the connection in words, and the strip that says what is wrong with it or with the server. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { button } from './buttons.js';
import { icon } from './icons.js';

/**
 * The state of the connection, in words; announced when it changes.
 * @param {'on'|'connecting'|'off'} state
 */
export const connection = (state) =>
  html`<span class="link ${state}" role="status">${t(`element.connection.${state}`)}</span>`;

/**
 * Under the head while there is no connection: what is missing, what becomes of what is written or done, and when we
 * try again.
 * @param {{seconds?: number | null, unsent?: number, kept?: string, onRetry?: () => void}} o
 */
export function offlineStrip({ seconds = null, unsent = 0, kept = t('element.offline.waits'), onRetry }) {
  return html`<section class="offline" role="status">
    ${icon('off')}
    <div>
      <p><b>${t(`element.offline.${navigator.onLine ? 'server' : 'title'}`)}</b></p>
      <p>
        ${unsent ? t('element.offline.unsent', { n: unsent }) : kept}
        ${seconds === null ? t('element.offline.trying') : html`<span aria-hidden="true">${t('element.offline.again', { n: seconds })}</span>`}
      </p>
    </div>
    ${onRetry ? button({ label: t('element.offline.now'), onClick: onRetry, small: true }) : nothing}
  </section>`;
}

/** Under the head while the server cannot save: what is sent waits. @param {{unsent?: number, why?: unknown}} o */
const troubleStrip = ({ unsent = 0, why = t('element.trouble.kept') }) =>
  html`<section class="offline" role="status">
    ${icon('warn')}
    <div>
      <p><b>${t('element.trouble.title')}</b></p>
      <p>${unsent ? t('element.offline.unsent', { n: unsent }) : nothing} ${why}</p>
    </div>
  </section>`;

/** The strip that the connection needs, if any: no network, or a server that cannot save. `o` as for both. */
export function lineStrip(room, o) {
  if (room.state === 'offline') return offlineStrip({ ...o, onRetry: () => room.refresh() });
  return room.trouble ? troubleStrip(o) : nothing;
}
