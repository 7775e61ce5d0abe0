/** Lists in a text: parties, what each gives, what each may decide; and which goals an agreement serves. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, groupName, iconButton } from '../elements/basics.js';
import { field, selectField } from '../elements/texts.js';
import { icon } from '../elements/basics.js';
import { t } from '../lib/catalogue.js';
import { inOrder, markOf } from '../lib/reading.js';
import { finding } from '../lib/findings.js';
import { change, save, sheetOf, valueOf } from './saving.js';

const NOUN = { parties: 'party', contributions: 'contribution', mandates: 'mandate' };

/** The findings about a list, under it. */
const findings = (text, name) => (text.checks ?? []).filter((check) => check.field === name && check.severity !== 'H').map((check) => html`<p class=${check.severity === 'B' ? 'err' : 'warnline'}>${icon(check.severity === 'B' ? 'stop' : 'warn')}<span>${finding(check)}</span></p>`);

/** Change a list from what it is now: the drawing that was touched may be a moment older, and its rows must not come back. */
const changeRows = (desk, text, name, next, now) => change(desk, text, name, next(valueOf(desk, text, name) ?? []), now);

/** Rows of fields that can be added to and taken from. */
export function rowsField(desk, text, spec) {
  const { name, items } = spec;
  const rows = valueOf(desk, text, name) ?? [];
  const put = (next, now) => changeRows(desk, text, name, next, now);
  const cell = (row, place, item) => cellOf(desk, text, name, row, place, item, (value, now) => put((all) => all.map((one, i) => (i === place ? { ...one, [item.name]: value } : one)), now));
  const problem = sheetOf(desk, text).error?.field === name ? html`<p class="err">${icon('stop')}<span>${sheetOf(desk, text).error.text}</span></p>` : nothing;
  return html`<fieldset class="row-editor"><legend class="label-like">${t(`field.agreement.${name}`)} <span class="soft">${t(`field.agreement.${name}.hint`)}</span></legend>
    ${rows.map((row, place) => html`<div class="row-fields" role="group" aria-label=${t('console.row', { name: t(`field.agreement.${name}`), n: place + 1 })}>${items.map((item) => cell(row, place, item))}
      ${iconButton({ icon: 'cross', name: t('console.row.remove', { name: t(`field.agreement.${name}`), n: place + 1 }), onClick: () => put((all) => all.filter((_one, i) => i !== place), true) })}</div>`)}
    ${findings(text, name)}${problem}${button({ label: t(`console.row.add_${NOUN[name]}`), icon: 'plus', small: true, missing: name !== 'parties' && !partiesOf(desk, text).length ? t('console.row.parties_first') : undefined, onClick: () => put((all) => [...all, newRow(desk, text, name, all)], name !== 'parties') })}</fieldset>`;
}

const partiesOf = (desk, text) => (valueOf(desk, text, 'parties') ?? []).map((party) => party.name).filter(Boolean);

/** A new row; for a contribution or mandate, of the first party that has none yet. */
function newRow(desk, text, name, rows) {
  if (name === 'parties') return { name: '', group: null };
  const parties = partiesOf(desk, text);
  const party = parties.find((one) => !rows.some((row) => row.party === one)) ?? parties[0] ?? null;
  return name === 'mandates' ? { party, kind: 'may_decide', ask_whom: '', by_when: null } : { party, what: '', how_much: '', by_when: null, contact: '' };
}

function cellOf(desk, text, list, row, place, item, put) {
  const noun = NOUN[list];
  const id = `${text.kind}-${list}-${place}-${item.name}`;
  const label = t(`field.${noun}.${item.name}`);
  const value = row[item.name] ?? '';
  const choose = (options) => selectField({ id, label, value, options: [{ value: '', label: t('console.choose') }, ...options], onChoose: (next) => put(next || null, true) });
  if (item.name === 'group') return choose(inOrder(desk.room.records.all('group')).map((group) => ({ value: group.key, label: groupName(group) })));
  if (item.name === 'party') return choose(partiesOf(desk, text).map((name) => ({ value: name, label: name })));
  if (item.kind === 'choice') return choose(item.choices.map((choice) => ({ value: choice, label: t(`choice.${item.name}.${choice}`) })));
  // Whom one must ask, and by when, is a question only to those who must.
  if (list === 'mandates' && row.kind !== 'must_ask') return nothing;
  return field({ id, label, value: String(value), type: item.kind === 'date' ? 'date' : undefined, onInput: (next) => put(item.kind === 'date' ? next || null : next), onChange: () => save(desk, text.id) });
}

/** Which goals an agreement serves. */
export function goalsField(desk, text) {
  const chosen = new Set(valueOf(desk, text, 'goals') ?? []);
  const goals = inOrder(desk.room.records.all('goal')).filter((goal) => goal.state !== 'dropped' || chosen.has(goal.id));
  const toggle = (id) => (event) => changeRows(desk, text, 'goals', (all) => (event.target.checked ? [...new Set([...all, id])] : all.filter((one) => one !== id)), true);
  return html`<fieldset class="row-editor"><legend class="label-like">${t('field.agreement.goals')} <span class="soft">${t('field.agreement.goals.hint')}</span></legend>
    ${goals.length ? html`<ul class="tick-list">${goals.map((goal) => html`<li><label class="tick"><input type="checkbox" .checked=${chosen.has(goal.id)} @change=${toggle(goal.id)} /><span class="words" dir="auto">${markOf(desk.room, goal)}. ${goal.title}</span></label></li>`)}</ul>` : html`<p class="soft">${t('console.agreement.no_goals')}</p>`}${findings(text, 'goals')}</fieldset>`;
}
