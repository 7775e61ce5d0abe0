/** Proposing another wording of one field of a text, whatever the field is; or a correction of its language alone. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { chip, chips } from '../elements/buttons.js';
import { groupName } from '../elements/groups.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { changedWords, mostCorrected } from '../lib/difference.js';
import { carried, fieldsOf, storedIn } from '../lib/fields.js';
import { inOrder } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { agreedWith } from '../lib/served.js';
import { baseOf, listForm } from './listform.js';
import { composer } from './writing.js';

const HEAD = { goal: 'title', agreement: 'purpose' };
/** Agreed, by itself or with an agreement that serves it: only its language can be corrected. */
const settled = (at, record) => ['agreed', 'intention'].includes(record.state) || Boolean(agreedWith(at.room, record));

/** The fields that can be put into other words now: of an agreed text the language only. */
const choices = (at, record) =>
  fieldsOf(record).filter((one) => !settled(at, record) || (one.correctable && storedIn(record, one.name)));

/** The texts that take proposals; of an agreed one the language only, and none while the room votes on it. */
const AMENDED = ['draft', 'proposed', 'not_agreed', 'agreed'];

/** Whether a person may propose anything about a text. */
export const mayAmend = (at, record) =>
  at.workshop.state === 'open' && record.amendments !== 'closed' && AMENDED.includes(record.state);

/** Why nothing can be proposed where one might look for it, in a sentence; nothing where something can. */
export function notAmended(record) {
  if (record.state === 'deciding') return t('phone.amend.deciding');
  return record.amendments === 'closed' && AMENDED.includes(record.state) ? t('phone.amend.closed') : '';
}

/** The form. `{view, button, …}` as of a composer. */
export function amendBox(at, record) {
  const { room, ui } = at;
  const specs = choices(at, record);
  const spec =
    specs.find((one) => one.name === ui.opened[`field ${record.id}`]) ??
    specs.find((one) => one.name === HEAD[record.kind]) ??
    specs[0];
  const present = storedIn(record, spec.name);
  const language =
    Boolean(spec.correctable && present) && (settled(at, record) || ui.opened[`language ${record.id}`] === true);
  const why = `why:${record.id}:${spec.name}`;
  const reason = room.drafts.get(why);
  const open = room.records
    .all('amendment')
    .filter((one) => one.on === record.id && one.state === 'open' && one.id in (room.mine.amendments ?? {})).length;
  const full = open >= at.page.limits['amendment.open'];
  const box = composer(at, {
    name: `amend:${record.id}:${spec.name}`,
    label: t('phone.amend.new'),
    initial: carried(present),
    command: 'propose_amendment',
    arg: 'new',
    max: mostOf(at, spec, carried(present)),
    ...inputOf(spec),
    counted: spec.kind === 'text' || spec.kind === 'longtext',
    oneLine: spec.kind === 'text',
    empties: !language && spec.name !== HEAD[record.kind],
    args: () => ({ on: record.id, field: spec.name, reason: clean(reason), ...(language ? { sort: 'language' } : {}) }),
    also: [why, ...(spec.kind === 'list' ? [baseOf(record, spec)] : [])],
    action: t(language ? 'phone.correct.send' : 'phone.amend.send'),
    missing: full ? t('phone.amend.full', { n: open }) : t('phone.amend.empty'),
    blocked: full,
    done: () => {
      ui.opened[`do ${record.id}`] = 'read';
      at.say(t(language ? 'phone.correct.sent' : 'phone.amend.sent'));
    },
  });
  const choose = (value) => {
    ui.opened[`field ${record.id}`] = value;
    at.draw();
  };
  const sort = (value) => {
    ui.opened[`language ${record.id}`] = value;
    at.draw();
  };
  const view = html`${settled(at, record) ? html`<p class="soft">${t('phone.correct.settled')}</p>` : nothing}${selectField(
    {
      id: 'amend-field',
      label: t('phone.amend.field'),
      value: spec.name,
      options: specs.map((one) => ({ value: one.name, label: t(`field.${record.kind}.${one.name}`) })),
      onChoose: choose,
    },
  )}${
    spec.correctable && present && !settled(at, record)
      ? chips(
          t('phone.amend.sort'),
          [false, true].map((value) =>
            chip({
              label: t(value ? 'phone.correct.only' : 'phone.amend.change'),
              chosen: language === value,
              onClick: () => sort(value),
            }),
          ),
        )
      : nothing
  }
  ${language ? html`<p class="soft">${t('phone.correct.rule')} <b>${t('phone.correct.words', { n: changedWords(present, box.value), most: mostCorrected(present) })}</b></p>` : nothing}
  ${present === null || present === undefined || present === '' ? html`<p class="soft">${t('phone.amend.was_empty')}</p>` : nothing}${input(at, record, spec, present, box)}${field(
    {
      id: 'amend-why',
      label: t('phone.amend.why'),
      value: reason,
      rows: 2,
      max: at.page.limits['amendment.reason'],
      optional: true,
      words: true,
      onInput: (text) => {
        room.drafts.set(why, text);
        at.draw();
      },
    },
  )}`;
  return { ...box, view };
}

/** The most characters the new wording may have. */
function mostOf(at, spec, present) {
  if (spec.kind === 'list') return present.length + at.page.limits['amendment.growth'];
  return spec.limit ?? at.page.limits['field.short'];
}

const inputOf = ({ kind }) =>
  kind === 'longtext'
    ? { rows: 4 }
    : kind === 'text'
      ? { rows: 2 }
      : kind === 'date'
        ? { rows: 0, type: 'date' }
        : { rows: 0, inputmode: 'numeric' };

/** The field itself: words, a date, a number, a choice, or the rows of a list. */
function input(at, record, spec, present, box) {
  if (spec.kind === 'list') return listForm(at, record, spec, present ?? [], box);
  if (spec.kind !== 'choice' && spec.kind !== 'group') return box.view;
  const options =
    spec.kind === 'choice'
      ? spec.choices.map((value) => ({ value, label: t(`choice.${spec.name}.${value}`) }))
      : inOrder(at.room.records.all('group')).map((group) => ({ value: group.key, label: groupName(group) }));
  return selectField({
    id: 'amend-value',
    label: t('phone.amend.new'),
    value: box.value,
    options: [{ value: '', label: t('history.nothing') }, ...options],
    onChoose: box.type,
  });
}
