/** How a text came to read as it does, and correcting its language without changing anything else. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { drafted, revision } from '../elements/changes.js';
import { difference, differenceKey } from '../elements/difference.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { languageLine } from '../lib/corrected.js';
import { changedWords, mostCorrected } from '../lib/difference.js';
import { fieldsOf, storedIn } from '../lib/fields.js';
import { linesOf } from '../lib/values.js';
import { clean } from '../lib/cleaning.js';
import { formDialog, livingDialog } from './dialogs.js';
import { sentence } from './acting.js';
import { changeButton, nameOf } from './shows.js';

/** In the editor: the way to all versions, to the board, and to a correction of the language. */
export function versionsPart(desk, workshop, text) {
  const line = languageLine(text, workshop.decision_level);
  const gone = ['dropped', 'intention'].includes(text.state);
  return html`${line ? html`<p class="who">${icon('check')}<span>${line}</span></p>` : nothing}
    <div class="acts">
      ${text.edition > 1 ? html`${button({ label: t('console.versions', { n: text.edition }), small: true, icon: 'side', onClick: () => openVersions(desk, workshop, text.id) })}${changeButton(desk, text)}` : nothing}
      ${gone || workshop.state === 'closed' ? nothing : button({ label: t('console.correct'), small: true, icon: 'pen', onClick: () => correct(desk, text.id) })}
    </div>`;
}

function openVersions(desk, workshop, id) {
  livingDialog({
    title: t('console.versions.title'),
    wide: true,
    body: () => {
      const text = desk.room.records.get(id);
      const { found, failed } = desk.versions(text);
      if (!found) return html`<p class="soft">${t(failed ? 'console.versions.failed' : 'console.connecting')}</p>`;
      const corrections = found.stretches
        .filter((one) => one.cause === 'language' && one.first > found.base_version)
        .reverse();
      const line = languageLine(text, workshop.decision_level, corrections);
      return html`<p class="soft">${nameOf(desk, text)}</p>
        ${line ? html`<p class="who">${icon('check')}<span>${line}</span></p>` : nothing}${differenceKey()}
        <div class="revisions">
          ${found.stretches.map((one) =>
            revision(
              one,
              one.changes.flatMap((change) => linesOf(desk.room, text.kind, change)),
            ),
          )}
          ${drafted(found.drafted)}
        </div>`;
    },
  });
}

/** Propose a correction; what it may change is said before it is sent, and the words are counted while it is written. */
function correct(desk, id) {
  const began = desk.room.records.get(id);
  const specs = fieldsOf(began).filter((one) => one.correctable && storedIn(began, one.name));
  const form = { name: specs[0]?.name, new: specs[0] ? storedIn(began, specs[0].name) : '', reason: '' };
  return formDialog({
    title: t('console.correct'),
    yes: t('console.correct.send'),
    wide: true,
    form,
    fields: (_form, again) => {
      const old = storedIn(began, form.name) ?? '';
      const choose = (name) => {
        form.name = name;
        form.new = storedIn(began, name);
        again();
      };
      return html`<p class="soft">${t('console.correct.rule')}</p>
        ${selectField({ id: 'correct-field', label: t('console.correct.field'), value: form.name, options: specs.map((one) => ({ value: one.name, label: t(`field.${began.kind}.${one.name}`) })), onChoose: choose })}
        ${field({
          id: 'correct-new',
          label: t('console.correct.new'),
          value: form.new,
          rows: 3,
          words: true,
          max: specs.find((one) => one.name === form.name)?.limit,
          hint: t('console.correct.words', { n: changedWords(old, form.new), most: mostCorrected(old) }),
          onInput: (text) => {
            form.new = text;
            again();
          },
        })}
        ${form.new !== old ? html`<div class="diffbox">${difference(old, form.new)}${differenceKey()}</div>` : nothing}
        ${field({
          id: 'correct-why',
          label: t('console.correct.why'),
          value: form.reason,
          optional: true,
          max: desk.page.limits['amendment.reason'],
          onInput: (text) => {
            form.reason = text;
            again();
          },
        })}`;
    },
    missing: () =>
      !clean(form.new)
        ? t('console.write_first')
        : form.new === storedIn(began, form.name)
          ? t('console.correct.unchanged')
          : undefined,
    send: async () => {
      const answer = await desk.act(
        'correct_language',
        { on: id, version: began.version, field: form.name, new: form.new, reason: form.reason },
        t('console.said.correction'),
      );
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}
