/**
 * A list in a text, changed row by row: add one, change one, take one out. What is being made is the whole new list, kept as a draft
 * like any other text; under it the rows that differ are shown before and now.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { groupName } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { beside } from '../elements/changes.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { inOrder, openIdeas, wordsOf } from '../lib/reading.js';
import { rebased, same } from '../lib/rows.js';
import { linesOf, rowWords } from '../lib/values.js';

const NOUN = { parties: 'party', contributions: 'contribution', mandates: 'mandate' };
const SOURCES = {
  from_ideas: (room) => openIdeas(room),
  goals: (room) => inOrder(room.records.all('goal')).filter((one) => one.state !== 'dropped'),
};

/** The draft that says which list a list was made from. */
export const baseOf = (record, spec) => `base:${record.id}:${spec.name}`;

/** @param {object} box the composer whose text is the list as JSON */
export function listForm(at, record, spec, present, box) {
  const { drafts } = at.room;
  const base = baseOf(record, spec);
  const rows = laidAnew(drafts, base, present, box);
  const put = (next) => {
    if (!drafts.has(base)) drafts.set(base, JSON.stringify(present));
    box.type(next.length ? JSON.stringify(next) : present.length ? '[]' : '');
  };
  const full = rows.length >= (spec.limit ?? Infinity);
  const lines = linesOf(at.room, record.kind, { field: spec.name, old: present, new: rows });
  return html`<fieldset class="section list-form">
    <legend class="label-like">${t(`field.${record.kind}.${spec.name}`)}</legend>
    ${
      rows.length
        ? html`<ul class="list">
            ${rows.map((row, place) => html`<li>${spec.items.length ? rowItem(at, record, spec, rows, place, put) : idItem(at, spec, rows, place, put)}</li>`)}
          </ul>`
        : html`<p class="soft">${t('phone.list.empty')}</p>`
    }
    ${full ? html`<p class="soft">${t('phone.list.full', { n: spec.limit })}</p>` : spec.items.length ? addRow(at, record, spec, rows, put) : addId(at, spec, rows, put)}
    ${box.over > 0 ? html`<p class="err">${icon('stop')}<span>${t('phone.list.too_much')}</span></p>` : nothing}
    ${
      lines.length
        ? html`<div class="section">
            <h3>${t('phone.list.changes')}</h3>
            ${beside(lines, { bare: true, now: t('history.proposed') })}
          </div>`
        : nothing
    }
  </fieldset>`;
}

/** The rows that are being made. Somebody else has changed the list meanwhile: what is changed here is laid on theirs, where it can be. */
function laidAnew(drafts, base, present, box) {
  const rows = read(box.value, present);
  const began = read(drafts.get(base), present);
  if (!drafts.has(base) || same(began, present)) return rows;
  const laid = rebased(began, rows, present);
  if (!laid) return rows;
  drafts.set(base, JSON.stringify(present));
  box.keep(JSON.stringify(laid));
  return laid;
}

function read(text, present) {
  try {
    return text ? JSON.parse(text) : [];
  } catch {
    return present;
  }
}

const openRow = (at, record, spec) => at.ui.opened[`row ${record.id} ${spec.name}`] ?? null;
function openThe(at, record, spec, place) {
  at.ui.opened[`row ${record.id} ${spec.name}`] = place;
  at.draw();
}

/** One row: in words, or its fields while it is changed. */
function rowItem(at, record, spec, rows, place, put) {
  const row = rows[place];
  const name = rowWords(at.room, spec.name, row);
  const out = button({
    label: t('phone.list.out'),
    name: `${t('phone.list.out')}: ${name}`,
    sort: 'quiet',
    small: true,
    icon: 'cross',
    onClick: () => {
      openThe(at, record, spec, null);
      put(rows.filter((_row, i) => i !== place));
    },
  });
  if (openRow(at, record, spec) !== place) {
    return html`<p class="words" dir="auto">${name}</p>
      <div class="acts">
        ${button({ label: t('common.edit'), name: `${t('common.edit')}: ${name}`, sort: 'quiet', small: true, icon: 'pen', onClick: () => openThe(at, record, spec, place) })}${out}
      </div>`;
  }
  const change = (item, value) => put(rows.map((one, i) => (i === place ? { ...one, [item]: value || null } : one)));
  return html`<div class="section" role="group" aria-label=${t('phone.list.row', { n: place + 1 })}>
    ${spec.items.map((item) => cell(at, record, spec, row, item, place, (value) => change(item.name, value)))}
    <div class="acts">
      ${button({ label: t('phone.list.done'), small: true, icon: 'check', onClick: () => openThe(at, record, spec, null) })}${out}
    </div>
  </div>`;
}

function cell(at, record, spec, row, item, place, put) {
  const id = `row-${spec.name}-${place}-${item.name}`;
  const label = t(`field.${NOUN[spec.name]}.${item.name}`);
  const value = row[item.name] ?? '';
  const choose = (options) =>
    selectField({
      id,
      label,
      value,
      options: [{ value: '', label: t('phone.list.choose') }, ...options],
      onChoose: put,
    });
  if (item.kind === 'group')
    return choose(
      inOrder(at.room.records.all('group')).map((group) => ({ value: group.key, label: groupName(group) })),
    );
  if (item.name === 'party')
    return choose((record.parties ?? []).map((party) => ({ value: party.name, label: party.name })));
  if (item.kind === 'choice')
    return choose(item.choices.map((choice) => ({ value: choice, label: t(`choice.${item.name}.${choice}`) })));
  // Whom one must ask, and by when, is a question only to those who must.
  if (spec.name === 'mandates' && row.kind !== 'must_ask') return nothing;
  return field({
    id,
    label,
    value: String(value),
    type: item.kind === 'date' ? 'date' : undefined,
    rows: item.kind === 'text' && item.name === 'what' ? 2 : undefined,
    max: item.limit ?? undefined,
    words: item.kind === 'text',
    optional: !['name', 'what'].includes(item.name),
    onInput: put,
  });
}

function addRow(at, record, spec, rows, put) {
  const parties = (record.parties ?? []).map((party) => party.name);
  if (spec.name !== 'parties' && !parties.length) return html`<p class="soft">${t('phone.list.parties_first')}</p>`;
  const party = parties.find((one) => !rows.some((row) => row.party === one)) ?? parties[0];
  const made =
    spec.name === 'parties'
      ? { name: null, group: null }
      : spec.name === 'mandates'
        ? { party, kind: 'may_decide' }
        : { party, what: null };
  return button({
    label: t(`phone.list.add.${NOUN[spec.name]}`),
    small: true,
    icon: 'plus',
    onClick: () => {
      put([...rows, made]);
      openThe(at, record, spec, rows.length);
    },
  });
}

function idItem(at, spec, rows, place, put) {
  const name = rowWords(at.room, spec.name, rows[place]);
  return html`<p class="words" dir="auto">${name}</p>
    <div class="acts">
      ${button({ label: t('phone.list.out'), name: `${t('phone.list.out')}: ${name}`, sort: 'quiet', small: true, icon: 'cross', onClick: () => put(rows.filter((_id, i) => i !== place)) })}
    </div>`;
}

function addId(at, spec, rows, put) {
  const rest = SOURCES[spec.name](at.room).filter((one) => !rows.includes(one.id));
  if (!rest.length) return nothing;
  const label = t(spec.name === 'goals' ? 'phone.list.add.goal' : 'phone.list.add.idea');
  return selectField({
    id: `add-${spec.name}`,
    label,
    value: '',
    options: [
      { value: '', label: t('phone.list.choose') },
      ...rest.map((one) => ({ value: one.id, label: wordsOf(one) })),
    ],
    onChoose: (id) => id && put([...rows, id]),
  });
}
