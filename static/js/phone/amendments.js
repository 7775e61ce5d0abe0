/** Amendments on the table: old and new in words, how they compete, what was answered; and corrections that wait for a yes. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { beside } from '../elements/changes.js';
import { difference } from '../elements/difference.js';
import { t } from '../lib/catalogue.js';
import { readCarried, specOf } from '../lib/fields.js';
import { groupOf } from '../lib/reading.js';
import { linesOf, valueWords } from '../lib/values.js';
import { choose, onItsWay } from './choosing.js';

const STATE = { open: 'info', accepted: 'pos', rejected: 'neg', withdrawn: 'wait' };

/** Those on the table first, then how the others ended. */
export function amendments(at, record) {
  const { room } = at;
  const all = room.records.all('amendment').filter((one) => one.on === record.id);
  const flying = room
    .pending()
    .filter(
      (item) =>
        item.name === 'propose_amendment' && item.args.on === record.id && ['sending', 'waiting'].includes(item.state),
    );
  if (!all.length && !flying.length) return nothing;
  const sorted = [...all].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
  return html`<section class="section">
    <h2>${t('phone.amendments', { n: all.length })}</h2>
    ${flying.map(
      (item) =>
        html`<div class="sheet idea sending">
          <p><b>${t(`field.${record.kind}.${item.args.field}`)}</b></p>
          ${proposed(at, record, { field: item.args.field, old: null, new: item.args.new })}
          <p class="soft">${t(item.state === 'waiting' ? 'phone.write.waits' : 'element.sending')}</p>
        </div>`,
    )}${sorted.map((one) => card(at, record, one))}
  </section>`;
}

/** What an amendment would change. */
export function proposed(at, record, one) {
  const { kind } = specOf(record.kind, one.field);
  const [old, now] = [one.old ?? '', one.new].map((text) => readCarried(record.kind, one.field, text));
  if (kind === 'text' || kind === 'longtext') return difference(old ?? '', now ?? '');
  if (kind !== 'list')
    return difference(
      valueWords(at.room, record.kind, one.field, old),
      valueWords(at.room, record.kind, one.field, now),
    );
  const list = Array.isArray(now) ? now : [];
  return beside(
    linesOf(at.room, record.kind, { field: one.field, old: one.old === null ? null : old || [], new: list }),
    { bare: true, now: t('history.proposed') },
  );
}

function card(at, record, one) {
  const { room } = at;
  const own = one.id in (room.mine.amendments ?? {});
  const state =
    one.sort === 'language' && one.state === 'open' ? 'phone.correct.state.open' : `phone.amend.state.${one.state}`;
  return html`<article class="sheet idea ${own ? 'yours' : ''}">
    <p class="spread"><b>${t(`field.${record.kind}.${one.field}`)}</b>${tag(STATE[one.state] ?? 'info', t(state))}</p>
    ${one.sort === 'language' ? html`<p class="m">${icon('pen')}<span>${t('phone.correct.only')}</span></p>` : nothing}
    ${proposed(at, record, one)}${one.reason ? html`<p class="words soft" dir="auto">”${one.reason}”</p>` : nothing}
    <p class="m facts">
      ${one.by_role === 'participant' || one.by_role === 'helper' ? nothing : html`<span>${t('phone.correct.by_chair')}</span>`}${one.group ? groupLabel(groupOf(room, one.group)) : nothing}${own ? html`<b>${t('element.yours')}</b>` : nothing}${
        one.competes ? html`<span>${t('phone.amend.competes')}</span>` : nothing
      }${one.stale && one.state === 'open' ? html`<span>${t('phone.amend.stale')}</span>` : nothing}${
        one.in_edition
          ? html`<a href="#versions/${record.id}">${t('phone.amend.in_version', { n: one.in_edition })}</a>`
          : nothing
      }
    </p>
    ${one.answer ? html`<p>${t('phone.amend.answer')} <span class="words" dir="auto">”${one.answer}”</span></p>` : nothing}
    ${(room.mine.may_confirm ?? []).includes(one.id) ? confirmation(at, one) : nothing}
    ${own && one.state === 'open' ? html`<div class="acts">${button({ label: t('phone.ideas.withdraw'), sort: 'quiet', small: true, onClick: () => choose(at, 'withdraw_amendment', { amendment: one.id }) })}</div>` : nothing}
  </article>`;
}

/** The words are mine: I may say that only their language is corrected. */
function confirmation(at, one) {
  const flying = onItsWay(at, 'confirm_correction', one.id);
  const confirm = async () =>
    (await choose(at, 'confirm_correction', { amendment: one.id })).ok && at.say(t('phone.correct.confirmed'));
  return html`<div class="section">
    <p>${t('phone.correct.yours')}</p>
    ${button({ label: t('phone.correct.confirm'), icon: 'check', wide: true, busy: flying ? t('element.sending') : '', onClick: confirm })}
  </div>`;
}
