/** Seats for people without a phone: the helpers' link, and who of the seats is present. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { confirm } from '../elements/cards.js';
import { qr } from '../elements/qr.js';
import { t } from '../lib/catalogue.js';
import { livingDialog } from './dialogs.js';

const seatsOf = ({ room }) => room.records.all('participant').filter((person) => person.role === 'helper');

/** The way in for helpers: a code to scan, the link, and a new one instead. */
export function openHelpers(desk) {
  const { helper } = desk.page;
  livingDialog({
    title: t('console.helpers'),
    wide: true,
    body: () => {
      const seats = seatsOf(desk);
      return html`<p>${t('console.helpers.text')}</p>
        ${seats.length ? html`<p class="soft">${t('console.helpers.seats', { n: seats.length, present: seats.filter((seat) => seat.present).length })}</p>` : nothing}
        ${
          helper
            ? html`<div class="join-large">
                <div class="qrs">${qr({ modules: helper.qr, address: helper.url })}</div>
                <div class="stack">
                  <p class="helper-link">${helper.url}</p>
                  <p class="soft">${t('console.helpers.secret')}</p>
                  ${button({ label: t('console.helpers.replace'), sort: 'danger', onClick: () => replace(desk) })}
                </div>
              </div>`
            : html`<p>${t('console.helpers.none')}</p>
                ${button({ label: t('console.helpers.make'), onClick: () => newLink(desk) })}`
        }`;
    },
  });
}

async function replace(desk) {
  const yes = await confirm({
    title: t('console.helpers.replace.ask'),
    text: t('console.helpers.replace.text'),
    yes: t('console.helpers.replace'),
  });
  if (yes) await newLink(desk);
}

/** The page itself brings the new link: it is never sent over the live connection. */
async function newLink(desk) {
  const answer = await desk.act('replace_link', { role: 'helper' });
  if (answer.ok) location.reload();
}

/** What the list of people says of a seat: the number, and who speaks for it. */
export function seatWords(person) {
  if (!person.seat) return nothing;
  const how =
    person.role === 'helper'
      ? [t('console.people.helper'), t(person.present ? 'console.people.present' : 'console.people.absent')]
      : [t('console.people.own_phone')];
  return html`<b>${t('console.people.seat', { number: person.seat })}</b> · ${how.join(' · ')} · `;
}

/** Mark a seat as present or not; who has an own phone is followed there. */
export function markButton(desk, person) {
  if (person.role !== 'helper') return nothing;
  const key = person.present ? 'unmark' : 'mark';
  return button({
    label: t(`console.people.${key}`),
    small: true,
    name: t(`console.people.${key}_named`, { number: person.seat }),
    onClick: () => desk.act('mark_seat', { seat: person.id, present: !person.present }, t('console.said.marked')),
  });
}
