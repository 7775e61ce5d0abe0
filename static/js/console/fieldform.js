/** The fields of a goal or an agreement, laid out by the table of `workshop/rules/fields.py` that the page brings. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { difference, differenceKey } from '../elements/difference.js';
import { field, selectField } from '../elements/texts.js';
import { groupName } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';
import { lengthOf } from '../lib/cleaning.js';
import { inOrder } from '../lib/reading.js';
import { finding } from '../lib/findings.js';
import { partyTable } from './partytable.js';
import { goalsField } from './rows.js';
import { change, save, sheetOf, valueOf } from './saving.js';
import { FIRST_TERM, sameTerms } from './terms.js';

/** Rows of fields; a number is how many stand beside each other. */
const LAYOUT = {
  goal: [
    ['title'],
    ['challenge'],
    ['target_group', 'indicator'],
    ['baseline', 'baseline_date', 'target', 'unit'],
    ['direction', 'deadline', 'data_source'],
    ['owner', 'owner_group'],
    ['first_step', 'first_step_due'],
    ['contributors', 'decision_level'],
  ],
  agreement: [
    ['purpose'],
    ['kind', 'openness'],
    ['goals'],
    ['parties'],
    ['what_we_try'],
    ['how_we_will_know'],
    ['stop_or_widen'],
    ['decision_rule'],
    ['disagreement'],
    ['review_date', 'end_date', 'notice_days'],
    ['exit_terms'],
    ['resources'],
    ['ground_rules'],
  ],
};
/** How wide a field is beside others, where it is not 3: a unit needs less than a date, a sentence more. */
const WIDTH = { unit: 2, direction: 2, notice_days: 2, baseline: 2, target: 2, data_source: 4, first_step: 5 };
/** The start and the target of a goal. */
const FIGURES = ['baseline', 'target'];
const HEAD = { goal: 'title', agreement: 'purpose' };

/** The whole form of a text. */
export function fieldForm(desk, workshop, text) {
  const table = Object.fromEntries(desk.page.fields[text.kind].map((one) => [one.name, one]));
  const kind = valueOf(desk, text, 'kind') ?? 'agreement';
  const has = (name) => table[name] && (!table[name].only_for || table[name].only_for === kind);
  return html`${LAYOUT[text.kind].map((names) => {
    const shown = names.filter(has);
    if (!shown.length) return nothing;
    const parts = shown.map((name) => one(desk, workshop, text, table[name]));
    const wide = `--columns:${shown.length};--tracks:${tracks(shown)}`;
    const row = shown.length === 1 ? parts[0] : html`<div class="fields" style=${wide}>${parts}</div>`;
    return names[0] === FIRST_TERM ? html`${sameTerms(desk, text)}${row}` : row;
  })}`;
}

/** Fields as wide as what is written in them. */
const tracks = (names) => names.map((name) => `minmax(0, ${WIDTH[name] ?? 3}fr)`).join(' ');

/** The first finding of a severity about a field. */
const about = (text, name, severity) =>
  (text.checks ?? []).find((check) => check.field === name && check.severity === severity);

function one(desk, workshop, text, spec) {
  const { name } = spec;
  if (spec.kind === 'list') return name === 'goals' ? goalsField(desk, text) : partyTable(desk, text);
  const value = valueOf(desk, text, name) ?? '';
  const sheet = sheetOf(desk, text);
  const put = (next, now) => {
    change(desk, text, name, next, now);
    if (FIGURES.includes(name)) sayDirection(desk, text);
  };
  const head = HEAD[text.kind] === name;
  const key = `field.${text.kind}.${name}`;
  const [blocks, warns] = [about(text, name, 'B'), about(text, name, 'W')];
  const error = sheet.error?.field === name ? sheet.error.text : blocks ? finding(blocks) : undefined;
  const warning = warns ? finding(warns) : undefined;
  const id = `${text.kind}-${name}`;
  if (spec.kind === 'choice')
    return selectField({
      id,
      label: t(key),
      value,
      error,
      options: [
        { value: '', label: t('console.choose') },
        ...spec.choices.map((choice) => ({ value: choice, label: t(`choice.${name}.${choice}`) })),
      ],
      onChoose: (next) => put(next || null, true),
    });
  if (spec.kind === 'group')
    return selectField({
      id,
      label: t(key),
      value,
      optional: true,
      options: [
        { value: '', label: t('console.choose') },
        ...inOrder(desk.room.records.all('group')).map((group) => ({ value: group.key, label: groupName(group) })),
      ],
      onChoose: (next) => put(next || null, true),
    });
  const input = field({
    id,
    label: head ? t(`${key}.hint`) : t(key),
    hint: head || error || warning || spec.kind === 'date' ? undefined : hintOf(key, value),
    value: String(value),
    rows: spec.kind === 'longtext' || head ? 2 : undefined,
    words: head,
    type: spec.kind === 'date' ? 'date' : undefined,
    inputmode: spec.kind === 'number' ? 'numeric' : undefined,
    error,
    warning,
    max: near(value, spec.limit),
    onInput: (next) => put(spec.kind === 'number' ? asNumber(next) : next || (spec.kind === 'date' ? null : '')),
    onChange: () => save(desk, text.id),
  });
  return head
    ? html`<div class="title">${input}</div>
        ${marked(desk, text, name, String(value))}`
    : input;
}

/** The question that helps, while the field is empty. */
const hintOf = (key, value) => (value === '' || value === null ? t(`${key}.hint`) : undefined);

/** The counter is shown when the text comes near its limit. */
const near = (value, limit) => (limit && lengthOf(String(value)) > limit * 0.8 ? limit : undefined);

/** Which way a goal goes is plain from its two figures; it is said where nobody has said it. */
function sayDirection(desk, text) {
  const [from, to] = FIGURES.map((name) => plainNumber(valueOf(desk, text, name)));
  if (valueOf(desk, text, 'direction') || from === null || to === null || from === to) return;
  change(desk, text, 'direction', to > from ? 'up' : 'down');
}

/** A figure and nothing else, perhaps in per cent; null for anything that has to be read. */
function plainNumber(value) {
  const figure = /^\s*(\d+(?:,\d+)?)\s*%?\s*$/.exec(String(value ?? ''));
  return figure && Number(figure[1].replace(',', '.'));
}

/** A number as it is stored; what is no number is sent as it stands and refused in words. */
function asNumber(text) {
  const clean = text.trim();
  if (!clean) return null;
  return /^\d+$/.test(clean) ? Number(clean) : clean;
}

/** The new wording marked against the old: what stood when the editor was opened, else the version before. */
function marked(desk, text, name, now) {
  const began = sheetOf(desk, text).began;
  const old = began.version < text.version || began[name] !== now ? began[name] : text.previous?.old?.[name];
  const edition = began[name] !== now ? began.edition : text.previous?.edition;
  if (typeof old !== 'string' || !old || old === now) return nothing;
  return html`<div class="diffbox">
    <p class="soft">${edition < text.edition ? t('console.against', { n: edition }) : t('console.against.opened')}</p>
    ${difference(old, now)}${differenceKey()}
  </div>`;
}
