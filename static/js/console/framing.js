/** Welcome and frame: who comes in, what we are asked, what is fixed and who answers. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { qr } from '../elements/qr.js';
import { field, selectField } from '../elements/texts.js';
import { language, t } from '../lib/catalogue.js';
import { date } from '../lib/format.js';
import { inOrder } from '../lib/reading.js';
import { sentence } from './acting.js';
import { people } from './desk.js';
import { formDialog } from './dialogs.js';
import { show } from './moves.js';

export function welcomeFace(desk, workshop) {
  const { page, room } = desk;
  const groups = inOrder(room.records.all('group'));
  return {
    main: html`<div class="arrive">
        <div class="qrs">
          ${qr({ modules: page.join.qr, address: page.join.url })}
          <p>${page.join.host}<br />${t('element.qr_code')} <span class="code">${page.code}</span></p>
        </div>
        <div class="stack">
          <p class="words lead" dir="auto">${workshop.question || t('console.frame.no_question')}</p>
          <p><b class="big">${people(room).joined}</b> ${t('console.welcome.in', { n: people(room).joined })}</p>
          <ul class="here">
            ${groups.map((group) => html`<li>${groupLabel(group)}<span>${group.joined ?? 0}${group.required ? html` <span class="soft">· ${t('console.welcome.required')}</span>` : nothing}</span></li>`)}
          </ul>
        </div>
      </div>
      <div class="acts push">
        ${button({ label: t('console.welcome.lobby'), icon: 'board', onClick: () => show(desk, 'lobby') })}${button({ label: t('console.frame.edit'), icon: 'pen', onClick: () => editFrame(desk, workshop) })}
      </div>`,
  };
}

const FACTS = [
  'commissioning_body',
  'participation_level',
  'promise',
  'decision_level',
  'fixed_frame',
  'negotiable',
  'receiving_body',
  'response_due',
];

/** What a setting of the frame says, in words. */
function said(workshop, name) {
  const value = workshop[name];
  if (!value) return null;
  if (name.endsWith('_level')) return t(`choice.${name}.${value}`);
  return name === 'response_due' ? date(value) : value;
}

export function frameFace(desk, workshop) {
  return {
    main: html`<p class="words lead" dir="auto">${workshop.question || t('console.frame.no_question')}</p>
      <dl class="facts frame-facts">
        ${FACTS.map(
          (name) =>
            html`<div>
              <dt>${t(`field.workshop.${name}`)}</dt>
              <dd
                class=${['fixed_frame', 'negotiable', 'promise'].includes(name) ? 'words' : ''}
                dir="auto"
                lang=${name === 'promise' && workshop.promise_key ? language() : nothing}
              >
                ${said(workshop, name) ?? html`<span class="soft">${t('console.frame.missing')}</span>`}
              </dd>
            </div>`,
        )}
      </dl>
      <div class="acts push">
        ${button({ label: t('console.frame.edit'), icon: 'pen', onClick: () => editFrame(desk, workshop) })}
      </div>`,
  };
}

const PARTICIPATION = ['inform', 'consult', 'involve', 'collaborate', 'empower'];
const DECISION = ['inspiration', 'recommendation', 'proposal', 'agreement', 'decision'];

/** Change what the room is asked and promised; for organisers it is the same as on their page. */
function editFrame(desk, workshop) {
  const names = ['question', ...FACTS];
  const limits = desk.page.limits;
  return formDialog({
    title: t('console.frame.edit'),
    yes: t('common.save'),
    wide: true,
    form: Object.fromEntries(names.map((name) => [name, workshop[name] ?? ''])),
    fields: (form, again) => {
      const put = (name) => (value) => {
        form[name] = value;
        again();
      };
      const text = (name, rows) =>
        field({
          id: `frame-${name}`,
          label: t(`field.workshop.${name}`),
          value: form[name],
          rows,
          max: limits[`workshop.${name}`],
          words: Boolean(rows),
          onInput: put(name),
        });
      const choice = (name, keys) =>
        selectField({
          id: `frame-${name}`,
          label: t(`field.workshop.${name}`),
          value: form[name],
          options: keys.map((value) => ({ value, label: t(`choice.${name}.${value}`) })),
          onChoose: put(name),
        });
      return html`${text('question', 2)}
        <div class="fields">
          ${text('fixed_frame', 3)}${text('negotiable', 3)}${choice('participation_level', PARTICIPATION)}${choice('decision_level', DECISION)}
        </div>
        ${text('promise', 2)}
        <div class="fields">
          ${text('commissioning_body')}${text('receiving_body')}${field({ id: 'frame-response_due', label: t('field.workshop.response_due'), type: 'date', value: form.response_due, onInput: put('response_due') })}
        </div>`;
    },
    send: async (form) => {
      const changed = Object.fromEntries(
        names.filter((name) => form[name] !== (workshop[name] ?? '')).map((name) => [name, form[name]]),
      );
      if (!Object.keys(changed).length) return undefined;
      const answer = await desk.act('edit_workshop', changed, t('console.said.saved'));
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}
