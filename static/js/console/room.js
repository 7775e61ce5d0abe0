/** The right side: who is here, what is worth saying aloud, what waits to be looked through. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { groupLabel, groupName } from '../elements/groups.js';
import { roomNumbers, sayAloud } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { list } from '../lib/format.js';
import { finding } from '../lib/findings.js';
import { inOrder } from '../lib/reading.js';
import { openAttendance } from './attendance.js';
import { people } from './desk.js';
import { openReview, unseen } from './review.js';
import { voicePart } from './voice.js';

/** @param {boolean} short beside an editor: only the counts in one line */
export function roomSide(desk, workshop, step, short) {
  const found = people(desk.room);
  if (short) {
    return html`<section class="last">
      <h2 class="h">${t('console.room')}</h2>
      <p>${t('console.room.line', { here: found.here, whole: found.joined })}</p>
      ${reviewLine(desk)}
    </section>`;
  }
  return html`<h2 class="h big">${t('console.room')}</h2>
    ${roomNumbers([
      { count: found.joined, words: t('console.room.joined') },
      { count: found.here, words: t('console.room.here') },
      { count: found.writing, words: t('console.room.writing') },
      { count: found.stuck, words: t('console.room.stuck'), alert: found.stuck > 0 },
    ])}
    ${groupsHere(desk, found)}${workshop.state === 'closed' ? nothing : aloud(desk, workshop, found)}${voicePart(desk)}
    <section>
      <h3 class="h">${t('console.review')} <span class="soft">${t('console.review.where')}</span></h3>
      ${reviewLine(desk)}
    </section>`;
}

function reviewLine(desk) {
  const { fresh, hidden } = unseen(desk);
  return html`<p>
    ${button({ label: fresh ? t('console.review.new', { n: fresh }) : t('console.review.open'), sort: 'quiet', small: true, extra: 'tight', onClick: () => openReview(desk) })}
    ${hidden ? html`<span class="soft">${t('console.review.hidden', { n: hidden })}</span>` : nothing}
  </p>`;
}

function groupsHere(desk, found) {
  const { room } = desk;
  const groups = inOrder(room.records.all('group')).filter((group) => group.joined);
  if (!groups.length) return html`<p class="soft">${t('console.room.nobody')}</p>`;
  return html`<section>
    <h3 class="h">${t('console.room.groups')}</h3>
    <ul class="here">
      ${groups.map((group) => html`<li>${groupLabel(group)}<span>${t('console.room.group', { here: found.byGroup[group.key] ?? 0, whole: group.joined })}</span></li>`)}
    </ul>
    ${button({ label: t('console.attendance.open'), sort: 'quiet', small: true, extra: 'tight', icon: 'clock', onClick: () => openAttendance(desk) })}
  </section>`;
}

/** Sentences for the facilitator to say or to know: who is missing, who is falling away, who is too few. */
function aloud({ room }, workshop, found) {
  const groups = inOrder(room.records.all('group'));
  const said = [];
  // The server says who is too few and who is falling away: the same as before a vote opens.
  const about = (code) =>
    (room.presence?.voice?.checks ?? []).filter((check) => check.code === code).map((check) => check.about);
  const [few, fallen] = [about('W01'), about('W02')];
  for (const group of groups) {
    const name = groupName(group);
    if (group.required && !group.joined && found.joined) said.push([t('console.aloud.missing', { group: name }), true]);
    else if (group.joined && few.includes(group.key)) said.push([finding({ code: 'W01', about: name }), true]);
  }
  const falling = groups.filter((group) => fallen.includes(group.key)).map(groupName);
  if (falling.length) said.push([finding({ code: 'W02', about: list(falling) }), true]);
  const small = groups.filter((group) => group.joined && group.joined < workshop.privacy_minimum);
  if (small.length)
    said.push([
      t(small.length > 1 ? 'console.aloud.pool' : 'console.aloud.pool_one', { groups: small.map(groupName).join(' + '), n: workshop.privacy_minimum }),
      false,
    ]);
  if (!said.length) return nothing;
  return html`<section>
    <h3 class="h">${t('console.aloud')}</h3>
    ${said.map(([words, warn]) => sayAloud(words, warn))}
  </section>`;
}
