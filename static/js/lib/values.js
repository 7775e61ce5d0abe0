/** What stands in a field of a goal or an agreement, in words: never a list as JSON. */

import { groupName } from '../elements/groups.js';
import { t } from './catalogue.js';
import { specOf } from './fields.js';
import { date } from './format.js';
import { groupOf, markOf, wordsOf } from './reading.js';
import { aligned, same } from './rows.js';

/** One value that is not a list. */
export function valueWords(room, noun, name, value) {
  if (value === null || value === undefined || value === '') return '';
  const { kind } = specOf(noun, name);
  if (kind === 'date') return date(value);
  if (kind === 'choice') return t(`choice.${name}.${value}`);
  if (kind === 'group') return nameOfGroup(room, value);
  return String(value);
}

const nameOfGroup = (room, key) => {
  const group = groupOf(room, key);
  return group ? groupName(group) : key;
};
const joined = (parts) => parts.filter(Boolean).join(', ');
const by = (row) => (row.by_when ? t('history.row.by', { day: date(row.by_when) }) : '');

const ROWS = {
  parties: (room, row) => (row.group ? `${row.name} (${nameOfGroup(room, row.group)})` : String(row.name ?? '')),
  contributions: (_room, row) => `${row.party ?? ''}: ${joined([row.what, row.how_much, by(row), row.contact])}`,
  mandates: (_room, row) =>
    `${row.party ?? ''}: ${joined([[row.kind && t(`choice.kind.${row.kind}`), row.ask_whom].filter(Boolean).join(' '), by(row)])}`,
};

/** One row of a list, as a line of text. */
export function rowWords(room, name, row) {
  if (row === null || row === undefined) return '';
  if (ROWS[name]) return ROWS[name](room, row);
  const record = room.records.get(row);
  if (!record) return t('history.row.gone');
  return record.kind === 'goal'
    ? t('history.row.goal', { mark: markOf(room, record), text: wordsOf(record) })
    : wordsOf(record);
}

/**
 * The lines in which a field differs: one for a plain field, one for each row of a list that is another.
 * @returns {{label: string, before: string, now: string}[]}
 */
export function linesOf(room, noun, { field, old, new: now }) {
  const label = t(`field.${noun}.${field}`);
  if (specOf(noun, field).kind !== 'list')
    return [{ label, before: valueWords(room, noun, field, old), now: valueWords(room, noun, field, now) }];
  return aligned(old, now)
    .filter(([before, after]) => !same(before, after))
    .map(([before, after]) => ({ label, before: rowWords(room, field, before), now: rowWords(room, field, after) }));
}
