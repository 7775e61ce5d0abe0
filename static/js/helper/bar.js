/**
 * Acting for a seat: the bar over every screen of the phone that says for whom one writes, and the way to another seat.
 * Nothing of a vote stays on a helper's device after it has closed.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note } from '../elements/basics.js';
import { linkButton } from '../elements/buttons.js';
import { icon, mark } from '../elements/icons.js';
import { t } from '../lib/catalogue.js';
import { anyOpen, opennessWords, votesOpenly } from '../lib/reading.js';
import { forgetClosedVotes } from './leftovers.js';

/** @param {object} page facts of the page: `number` of the seat, `home` of the helper */
export function createActing(page, room) {
  document.body.classList.add('acting');
  /** Without a network the list cannot come, and the browser would show its own page instead. */
  const stayOffline = (event, at) => {
    if (room.state !== 'offline') return;
    event.preventDefault();
    at.say(t('helper.acting.offline'));
  };
  room.subscribe(() => room.state === 'connected' && forgetClosedVotes(room, page, page.number));
  return {
    bar: (at) =>
      html`<aside class="for-seat" aria-label=${`${t('helper.acting.you')} ${t('helper.acting.seat', page)}`}>
        <p>
          <span>${t('helper.acting.you')}</span>
          <b>${t('helper.acting.seat', page)}</b
          >${room.me?.name ? html`<span class="who-for" dir="auto">${room.me.name}</span>` : nothing}
        </p>
        <a class="switch" href=${page.home} @click=${(event) => stayOffline(event, at)}
          >${icon('people')}<span>${t('helper.acting.switch')}</span></a
        >
      </aside>`,
    /** How a vote is held, and that the helper sees it: from the start of the step, and beside the way to vote. `few`: a warning. */
    line: (held, few = '') =>
      note(
        'eye',
        html`${anyOpen(held) ? opennessWords(room, held, room.me?.group) : nothing}
        ${t(votesOpenly(held, room.me?.group) ? 'helper.acting.vote.open' : 'helper.acting.vote')}${few}`,
      ),
    me: () => t('helper.acting.me', page),
    over: () =>
      html`<header>
          <div class="top">
            ${mark()}
            <p class="name"><b dir="auto">${page.title}</b></p>
          </div>
        </header>
        <main id="main" tabindex="-1">
          <div class="section">
            <h1 class="ask">${t('helper.acting.over', page)}</h1>
            <p>${t('helper.acting.over.text')}</p>
          </div>
        </main>
        <footer class="act">
          ${linkButton({ label: t('helper.acting.switch'), href: page.home, sort: 'primary', wide: true })}
        </footer>`,
  };
}
