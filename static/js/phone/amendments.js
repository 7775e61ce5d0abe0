/** Amendments: a proposed new wording of one field, old and new side by side, and what was answered. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, groupLabel, tag } from '../elements/basics.js';
import { difference } from '../elements/difference.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { groupOf, newest } from '../lib/reading.js';
import { choose, composer } from './writing.js';

const STATE = { open: 'info', accepted: 'pos', rejected: 'neg', withdrawn: 'wait' };
/** The fields a person can put into other words; lists are talked about in comments. */
const FIELDS = {
  goal: ['title', 'challenge', 'target_group', 'indicator', 'unit', 'data_source', 'baseline', 'baseline_date', 'target', 'deadline', 'owner', 'contributors', 'first_step', 'first_step_due'],
  agreement: ['purpose', 'decision_rule', 'ground_rules', 'disagreement', 'resources', 'review_date', 'end_date', 'exit_terms', 'notice_days'],
};
const EXPERIMENT = ['what_we_try', 'how_we_will_know', 'stop_or_widen'];

const fieldsOf = (record) => [...FIELDS[record.kind], ...(record.agreement_kind === 'experiment' ? EXPERIMENT : [])];

/** Propose another wording of one field. */
export function amendBox(at, record) {
  const { room, ui } = at;
  const name = ui.opened[`field ${record.id}`] ?? fieldsOf(record)[0];
  const present = String(record[name] ?? '');
  const why = `why:${record.id}:${name}`;
  const reason = room.drafts.get(why);
  const box = composer(at, {
    name: `amend:${record.id}:${name}`, label: t('phone.amend.new'), max: at.page.limits['amendment.new'], initial: present, command: 'propose_amendment', arg: 'new',
    args: () => ({ on: record.id, field: name, reason: reason.trim() }), also: [why], action: t('phone.amend.send'), missing: t('phone.amend.empty'),
    done: () => { ui.opened[`do ${record.id}`] = 'read'; at.say(t('phone.amend.sent')); },
  });
  const view = html`${selectField({
    id: 'amend-field', label: t('phone.amend.field'), value: name, options: fieldsOf(record).map((value) => ({ value, label: t(`field.${record.kind}.${value}`) })),
    onChoose: (value) => { ui.opened[`field ${record.id}`] = value; at.draw(); },
  })}${present ? nothing : html`<p class="soft">${t('phone.amend.was_empty')}</p>`}${box.view}${field({
    id: 'amend-why', label: t('phone.amend.why'), value: reason, rows: 2, max: at.page.limits['amendment.reason'], optional: true, words: true,
    onInput: (text) => { room.drafts.set(why, text); at.draw(); },
  })}`;
  return { ...box, view };
}

/** Those on the table first, then how the others ended. */
export function amendments(at, record) {
  const { room } = at;
  const all = room.records.all('amendment').filter((one) => one.on === record.id);
  const flying = room.pending().filter((item) => item.name === 'propose_amendment' && item.args.on === record.id && ['sending', 'waiting'].includes(item.state));
  if (!all.length && !flying.length) return nothing;
  const sorted = [...all].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
  return html`<section class="section"><h2>${t('phone.amendments', { n: all.length })}</h2>${flying.map((item) => html`<div class="sheet idea sending"><p class="words" dir="auto">${item.args.new}</p><p class="soft">${
    t(item.state === 'waiting' ? 'phone.write.waits' : 'element.sending')}</p></div>`)}${sorted.map((one) => card(at, record, one))}</section>`;
}

function card(at, record, one) {
  const { room } = at;
  const own = one.id in (room.mine.amendments ?? {});
  const rivals = one.competes && newest(room.records.all('amendment'), (other) => other.id !== one.id);
  return html`<article class="sheet idea ${own ? 'yours' : ''}"><p class="spread"><b>${t(`field.${record.kind}.${one.field}`)}</b>${tag(STATE[one.state] ?? 'info', t(`phone.amend.state.${one.state}`))}</p>
    ${difference(one.old, one.new)}${one.reason ? html`<p class="words soft" dir="auto">”${one.reason}”</p>` : nothing}
    <p class="m facts">${one.group ? groupLabel(groupOf(room, one.group)) : nothing}${own ? html`<b>${t('element.yours')}</b>` : nothing}${rivals ? html`<span>${t('phone.amend.competes')}</span>` : nothing}${one.stale && one.state === 'open' ? html`<span>${t('phone.amend.stale')}</span>` : nothing}</p>
    ${one.answer ? html`<p>${t('phone.amend.answer')} <span class="words" dir="auto">”${one.answer}”</span></p>` : nothing}
    ${own && one.state === 'open' ? html`<div class="acts">${button({ label: t('phone.ideas.withdraw'), sort: 'quiet', small: true, onClick: () => choose(at, 'withdraw_amendment', { amendment: one.id }) })}</div>` : nothing}</article>`;
}
