/** Amendments from the floor: old and new marked against each other, taken in or answered with a reason. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, groupLabel, tag } from '../elements/basics.js';
import { difference, differenceKey } from '../elements/difference.js';
import { t } from '../lib/catalogue.js';
import { groupOf } from '../lib/reading.js';
import { askFor } from './dialogs.js';
import { sentence } from './acting.js';
import { boardButton } from './shows.js';

const SETTLED = { accepted: 'pos', rejected: 'neg', withdrawn: 'info' };

export function amendmentsPart(desk, text) {
  const all = desk.room.records.all('amendment').filter((one) => one.on === text.id);
  if (!all.length) return nothing;
  const open = all.filter((one) => one.state === 'open');
  const settled = all.filter((one) => one.state !== 'open');
  return html`<section class="stack gap-3" aria-label=${t('console.amendments.title')}><h2>${t('console.amendments', { n: open.length })}</h2>${open.map((one) => card(desk, text, one))}
    ${settled.length ? html`<details><summary>${t('console.amendments.settled', { n: settled.length })}</summary>${settled.map((one) => html`<div class="amendment">${tag(SETTLED[one.state], t(`console.amendment.${one.state}`))} <b>${t(`field.${text.kind}.${one.field}`)}</b>${wording(one)}${one.answer ? html`<p class="soft">${t('console.amendment.answer', { reason: one.answer })}</p>` : nothing}</div>`)}</details>` : nothing}</section>`;
}

function wording(one) {
  return html`<div class="two-texts"><div><p class="soft">${t('console.amendment.old')}</p><p class="words" dir="auto">${one.old || '–'}</p></div><div><p class="soft">${t('console.amendment.new')}</p><p class="words" dir="auto">${one.new}</p></div></div>`;
}

function card(desk, text, one) {
  const accept = () => desk.act('accept_amendment', { amendment: one.id }, t('console.said.accepted'));
  return html`<article class="amendment sheet"><p class="spread"><b>${t(`field.${text.kind}.${one.field}`)}</b>${one.group ? groupLabel(groupOf(desk.room, one.group)) : nothing}</p>${wording(one)}
    <div class="diffbox">${difference(one.old ?? '', one.new)}${differenceKey()}</div>${one.reason ? html`<p class="words" dir="auto">${t('console.quoted', { words: one.reason })}</p>` : nothing}
    ${one.competes ? html`<p class="warnline">${t('console.amendment.competes')}</p>` : nothing}${one.stale ? html`<p class="warnline">${t('console.amendment.stale')}</p>` : nothing}
    <div class="acts">${one.stale ? button({ label: t('console.amendment.renew'), small: true, onClick: () => desk.act('renew_amendment', { amendment: one.id }, t('console.said.renewed')) }) : button({ label: t('console.amendment.accept'), icon: 'check', small: true, onClick: accept })}
    ${button({ label: t('console.amendment.reject'), small: true, onClick: () => reject(desk, one) })}${boardButton(desk, one)}</div></article>`;
}

function reject(desk, one) {
  return askFor({
    title: t('console.amendment.reject'), label: t('console.amendment.why'), hint: t('console.amendment.why.hint'), rows: 3, max: desk.page.limits.reason, yes: t('console.amendment.reject'),
    send: async (reason) => {
      const answer = await desk.act('reject_amendment', { amendment: one.id, reason }, t('console.said.rejected'));
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}
