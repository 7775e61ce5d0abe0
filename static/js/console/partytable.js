/**
 * Who gives what in an agreement: a row per party with what it gives, how much, by when, and whether it may say yes itself.
 * The text keeps three lists (parties, contributions, mandates); the table is one view of them (lib/partyrows.js).
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { button, iconButton } from '../elements/buttons.js';
import { groupGlyph, groupName } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { t } from '../lib/catalogue.js';
import { blankGift, blankRow, listsOf, rowsOf } from '../lib/partyrows.js';
import { inOrder } from '../lib/reading.js';
import { findings } from './rows.js';
import { change, save, sheetOf, valueOf } from './saving.js';

const LISTS = ['parties', 'contributions', 'mandates'];
const KINDS = ['may_decide', 'must_ask'];
/** What the cells of a contribution are called. */
const NAMED = { what: 'gives', how_much: 'how_much', by_when: 'by_when', contact: 'contact' };
/** What is given takes a row of its own from so many letters on. */
const LONG = 60;
const isLong = ({ what }) => (what ?? '').length > LONG;

/** The rows as they stand here: as they are written, and built anew where the lists have changed without this table. */
function tableOf(desk, text) {
  const sheet = sheetOf(desk, text);
  const lists = Object.fromEntries(LISTS.map((name) => [name, valueOf(desk, text, name) ?? []]));
  const key = JSON.stringify(lists);
  if (sheet.table?.key !== key) {
    const begun = (sheet.table?.rows ?? []).filter((row) => !row.name && !listsOf([row]).contributions.length);
    const rows = [...rowsOf(lists), ...begun];
    sheet.table = { key, rows: rows.length ? rows : [blankRow(), blankRow()] };
  }
  return sheet.table;
}

/** Lay changed rows down in the three lists; what only this table knows, such as a row without a name, stays here. */
function put(desk, text, rows, now) {
  const lists = listsOf(rows);
  const was = (name) => JSON.stringify(valueOf(desk, text, name) ?? []);
  const changed = LISTS.filter((name) => JSON.stringify(lists[name]) !== was(name));
  sheetOf(desk, text).table = { key: JSON.stringify(lists), rows };
  changed.forEach((name) => change(desk, text, name, lists[name], now));
  if (!changed.length) desk.draw();
}

/** Change one row as it is now: the drawing that was touched may be a moment older. */
const changeRow = (desk, text, place, values, now) =>
  put(
    desk,
    text,
    tableOf(desk, text).rows.map((row, i) => (i === place ? { ...row, ...values } : row)),
    now,
  );

function changeGift(desk, text, place, nth, values) {
  const { gives } = tableOf(desk, text).rows[place];
  changeRow(desk, text, place, { gives: gives.map((gift, i) => (i === nth ? { ...gift, ...values } : gift)) });
}

/** The whole table. */
export function partyTable(desk, text) {
  const { rows } = tableOf(desk, text);
  const { error } = sheetOf(desk, text);
  const add = () => {
    put(desk, text, [...tableOf(desk, text).rows, blankRow()]);
    requestAnimationFrame(() => requestAnimationFrame(() => focusOn(`agreement-parties-${rows.length}-name`)));
  };
  return html`<fieldset class="party-table">
    <legend class="vh">${t('console.parties')}</legend>
    <div class="party-head" aria-hidden="true">
      ${['who', 'gives', 'how_much', 'by_when', 'may'].map((name) => html`<span>${t(`console.parties.${name}`)}</span>`)}
    </div>
    ${rows.map((row, place) => partyRow(desk, text, row, place))}
    ${LISTS.map((name) => findings(text, name))}${LISTS.includes(error?.field) ? html`<p class="err">${icon('stop')}<span>${error.text}</span></p>` : nothing}
    ${button({ label: t('console.parties.add'), icon: 'plus', sort: 'quiet', small: true, onClick: add })}
  </fieldset>`;
}

const focusOn = (id) => document.getElementById(id)?.focus();

function partyRow(desk, text, row, place) {
  const called = row.name || t('console.parties.nth', { n: place + 1 });
  const remove = () =>
    put(
      desk,
      text,
      tableOf(desk, text).rows.filter((_one, i) => i !== place),
      true,
    );
  return html`<div class="party ${isLong(row.gives[0]) ? 'wide' : ''}" role="group" aria-label=${called}>
    <div class="who">${groupChoice(desk, text, row, place, called)}${nameCell(desk, text, row, place)}</div>
    ${row.gives.map((gift, nth) => giftCells(desk, text, row, place, nth, called))}
    ${mandate(desk, text, row, place, called)}
    <span class="out"
      >${iconButton({ icon: 'cross', name: t('console.parties.remove', { name: called }), onClick: remove })}</span
    >
    ${row.kind === 'must_ask' ? asks(desk, text, row, place, called) : nothing} ${more(desk, text, row, place, called)}
  </div>`;
}

/** What a row seldom needs, named in words under it. */
function more(desk, text, row, place, called) {
  const link = (name, values, now) =>
    html`<button
      type="button"
      class="as-link"
      aria-label="${t(`console.parties.${name}`)}, ${called}"
      @click=${() => changeRow(desk, text, place, values, now)}
    >
      ${t(`console.parties.${name}`)}
    </button>`;
  if (!row.name) return nothing;
  return html`<p class="more-party">
    ${link('more', { gives: [...row.gives, blankGift()] })}
    ${row.contacts || row.gives.some((gift) => gift.contact) ? nothing : link('contact', { contacts: true })}
    ${row.kind === 'personal' ? nothing : link('personal', { kind: 'personal' }, true)}
  </p>`;
}

/** A cell of the table. `name`: where the column alone has a label, what the cell is called and whose it is. */
function cell(desk, text, { id, name, placeholder, value, onInput, type, wide = false }) {
  if (wide)
    return html`<textarea
      class="input words"
      id=${id}
      rows="1"
      dir="auto"
      aria-label=${name ?? nothing}
      placeholder=${placeholder ?? nothing}
      .value=${live(value)}
      @input=${(event) => onInput(event.target.value)}
      @change=${() => save(desk, text.id)}
    ></textarea>`;
  return html`<input
    class="input"
    id=${id}
    type=${type ?? 'text'}
    dir=${type === 'date' ? nothing : 'auto'}
    autocomplete="off"
    aria-label=${name ?? nothing}
    placeholder=${placeholder ?? nothing}
    .value=${live(value)}
    @input=${(event) => onInput(event.target.value)}
    @change=${() => save(desk, text.id)}
  />`;
}

/** The name; a party that is a group of the room, or is known from another agreement, brings its group. */
function nameCell(desk, text, row, place) {
  return cell(desk, text, {
    id: `agreement-parties-${place}-name`,
    name: t('console.parties.who_nth', { n: place + 1 }),
    placeholder: t('console.parties.who'),
    value: row.name,
    onInput: (name) => changeRow(desk, text, place, { name, group: row.group ?? knownGroup(desk, name) }),
  });
}

/** The group that a name is known to belong to, or null. */
function knownGroup({ room }, name) {
  const low = name.trim().toLowerCase();
  const group = room.records.all('group').find((one) => groupName(one).toLowerCase() === low);
  const parties = room.records.all('agreement').flatMap((one) => one.parties ?? []);
  return group?.key ?? parties.find((one) => one.name.toLowerCase() === low)?.group ?? null;
}

/** The party's group as its sign; the list opens on it. */
function groupChoice(desk, text, row, place, called) {
  const groups = inOrder(desk.room.records.all('group'));
  const chosen = groups.find((one) => one.key === row.group);
  return html`<span class="group-choice ${chosen ? '' : 'unset'}"
    >${chosen ? groupGlyph(chosen) : icon('people')}<select
      id="agreement-parties-${place}-group"
      aria-label=${t('console.parties.group', { name: called })}
      title=${chosen ? groupName(chosen) : t('console.parties.group', { name: called })}
      @change=${(event) => changeRow(desk, text, place, { group: event.target.value || null }, true)}
    >
      <option value="" ?selected=${!chosen}>${t('console.choose')}</option>
      ${groups.map((one) => html`<option value=${one.key} .selected=${one.key === row.group}>${groupName(one)}</option>`)}
    </select></span
  >`;
}

/** What the party gives, how much and by when; and where it is wanted, whom to ask about it. */
function giftCells(desk, text, row, place, nth, called) {
  const gift = row.gives[nth];
  const set = (name) => (value) => changeGift(desk, text, place, nth, { [name]: value });
  const id = `agreement-contributions-${place}${nth ? `.${nth}` : ''}`;
  const one = (name, more = {}) =>
    cell(desk, text, {
      id: `${id}-${name}`,
      name: `${t(`console.parties.${NAMED[name]}`)}, ${called}`,
      placeholder: t(`console.parties.${NAMED[name]}`),
      value: gift[name] ?? '',
      onInput: set(name),
      ...more,
    });
  return html`<div class="gift ${isLong(gift) ? 'long' : ''} ${nth ? 'again' : ''}">
    ${one('what', { wide: true })}${one('how_much')}${one('by_when', { type: 'date', onInput: (value) => set('by_when')(value || null) })}
    ${row.contacts || gift.contact ? html`<label class="contact"><span>${t('field.contribution.contact')}</span>${one('contact', { name: undefined })}</label>` : nothing}
  </div>`;
}

/** Whether the party may say yes itself: neither is chosen until somebody says it. */
function mandate(desk, text, row, place, called) {
  const unset = row.name && !row.kind;
  const choose = (kind) => () => changeRow(desk, text, place, { kind: row.kind === kind ? null : kind }, true);
  return html`<div class="may">
    <div
      class="may-choice ${unset ? 'unset' : ''}"
      role="group"
      id="agreement-mandates-${place}"
      aria-label="${t('console.parties.may')}, ${called}"
    >
      ${[...KINDS, ...(row.kind === 'personal' ? ['personal'] : [])].map((kind) => html`<button type="button" aria-pressed=${String(row.kind === kind)} @click=${choose(kind)}>${t(`console.parties.may.${kind}`)}</button>`)}
    </div>
    ${unset ? html`<p class="err">${icon('stop')}<span>${t('console.parties.ask_them')}</span></p>` : nothing}
  </div>`;
}

/** Whom it must ask, and by when. */
function asks(desk, text, row, place, called) {
  const one = (name, label, more) =>
    html`<label
      ><span>${label}</span>${cell(desk, text, {
        id: `agreement-mandates-${place}-${name}`,
        value: row[name] ?? '',
        onInput: (value) => changeRow(desk, text, place, { [name]: value || null }),
        ...more,
      })}</label
    >`;
  return html`<div class="asks">
    ${one('ask_whom', t('console.parties.asks', { name: called }))}${one('answer_by', t('console.parties.answer_by'), { type: 'date' })}
  </div>`;
}
