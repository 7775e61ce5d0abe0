/** Who leads the room: seen by all facilitators, taken when the chair's device is gone, handed over on purpose. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { t } from '../lib/catalogue.js';

const mine = (desk, chair) => Boolean(chair && chair.id === desk.room.me?.id);

/** Whether this device leads, or nobody else does. */
export const leads = (desk, { chair }) => !chair || mine(desk, chair);
const nameOf = (chair) => chair.name ?? t('console.chair.somebody');

/** In the head: who leads. */
export function chairLine(desk, { chair }) {
  if (!chair) return html`<span class="chair"><b>${t('console.chair.none')}</b></span>`;
  return html`<span class="chair" role="status"
    >${mine(desk, chair) ? html`<b>${t('console.chair.you')}</b>` : html`<span><b dir="auto">${nameOf(chair)}</b> ${t('console.chair.leads')}</span>`}</span
  >`;
}

/** In the menu: take the chair, or hand it over to a facilitator who has said their name. */
export function chairPart(desk, workshop) {
  const { chair, facilitators } = workshop;
  if (!mine(desk, chair)) {
    return html`<div class="stack gap-2">
      <h3>${t('console.chair')}</h3>
      <p class="soft">${chair ? t('console.chair.take.text', { name: nameOf(chair) }) : t('console.chair.free')}</p>
      <div class="acts">
        ${button({ label: t('console.chair.take'), icon: 'key', small: true, onClick: () => desk.act('take_chair', {}, t('console.said.chair')) })}
      </div>
    </div>`;
  }
  const others = (facilitators ?? []).filter((one) => one.id !== chair.id);
  return html`<div class="stack gap-2">
    <h3>${t('console.chair')}</h3>
    ${
      others.length
        ? html`<p class="soft">${t('console.chair.give.text')}</p>
            <div class="acts">
              ${others.map((one) => button({ label: t('console.chair.give', { name: one.name }), small: true, onClick: () => desk.act('hand_over', { to: one.id }, t('console.said.handed', { name: one.name })) }))}
            </div>`
        : html`<p class="soft">${t('console.chair.nobody')}</p>`
    }
  </div>`;
}

let known;

/** Tell everybody aloud when somebody else leads. */
export function noteChair(desk, { chair }) {
  if (known !== undefined && known !== (chair?.id ?? null) && chair && !mine(desk, chair)) {
    const words = t('console.chair.now', { name: nameOf(chair) });
    desk.announce(words);
    desk.doing.tell(words);
  }
  known = chair?.id ?? null;
}
