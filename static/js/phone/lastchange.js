/** What the last change of a goal or an agreement altered: its words marked, and the fields beside them. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { toggle } from '../elements/buttons.js';
import { beside } from '../elements/changes.js';
import { difference, differenceKey } from '../elements/difference.js';
import { t } from '../lib/catalogue.js';
import { storedIn } from '../lib/fields.js';
import { wordsOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';
import { MAIN, plainWords } from './sheet.js';

/** The last change of a record that has one: `main` its words, marked or plain as the reader chooses; `below` what else changed. */
export function lastChange(at, record) {
  const old = record.previous.old[MAIN[record.kind]];
  const changed = typeof old === 'string' && old !== wordsOf(record);
  return { main: changed ? markedWords(at, record, old) : plainWords(record), below: alsoChanged(at, record) };
}

function markedWords(at, record, old) {
  const { ui } = at;
  const plain = ui.opened[`plain ${record.id}`];
  return html`${toggle({
    name: t('phone.wording.view'),
    value: plain ? 'plain' : 'changes',
    onChoose: (value) => {
      ui.opened[`plain ${record.id}`] = value === 'plain';
      at.draw();
    },
    options: [
      { value: 'changes', label: t('phone.wording.changes') },
      { value: 'plain', label: t('phone.wording.plain') },
    ],
  })}
  ${plain ? plainWords(record) : html`${difference(old, wordsOf(record))}${differenceKey(record.previous.edition)}`}`;
}

/** What the last change altered beside the wording itself. */
function alsoChanged(at, record) {
  const names = (record.previous.changed ?? []).filter((name) => name !== MAIN[record.kind]);
  const lines = names.flatMap((field) =>
    linesOf(at.room, record.kind, { field, old: record.previous.old[field], new: storedIn(record, field) }),
  );
  return lines.length
    ? html`<details class="fold">
        <summary>${t('phone.wording.also_changed', { n: lines.length, version: record.edition })}</summary>
        ${beside(lines)}
      </details>`
    : nothing;
}
