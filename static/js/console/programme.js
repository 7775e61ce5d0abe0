/** Changing the programme, also while it runs: order by drag and by buttons, adding, editing, removing. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button, iconButton } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { confirm } from '../elements/cards.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { date } from '../lib/format.js';
import { heldBy, stepsOf, workshopOf } from '../lib/reading.js';
import { whenWords } from '../lib/schedule.js';
import { clean } from '../lib/cleaning.js';
import { formDialog, livingDialog } from './dialogs.js';
import { bindDragging } from './dragging.js';
import { sentence } from './acting.js';
import { startStep } from './moves.js';
import { opennessField, opennessMissing, opennessSettings } from './openness.js';

const NUMBER = /^([1-9]\d{0,4})?$/;
/** The highest number of ideas per person (workshop/rules/limits.py). */
const MOST_IDEAS = 100;
const fits = (most) => NUMBER.test(most.trim()) && Number(most) <= MOST_IDEAS;

/** The programme in a dialog. */
export function editProgramme(desk) {
  desk.dropped = { ...desk.dropped, steps: ({ id, before }) => move(desk, id, before) };
  const dialog = livingDialog({
    title: t('console.programme.edit'),
    wide: true,
    body: () =>
      html`<p class="soft">${t('console.programme.text')}</p>
        <ol class="edit-list" data-sort="steps" data-handle=".handle">
          ${stepsOf(desk.room).map((step, i, all) => row(desk, step, i, all))}
        </ol>
        <p class="soft">${whenWords(desk.room) || t('console.when.none')}</p>
        <div class="acts">
          ${button({ label: t('console.programme.add'), icon: 'plus', onClick: () => addStep(desk) })}${button({ label: t('console.when'), icon: 'clock', onClick: () => editWhen(desk) })}
        </div>`,
  });
  const bind = () => document.querySelectorAll('dialog[open]').forEach((node) => bindDragging(desk, node));
  bind();
  return dialog.closed;
}

/** Day, time and place, as they are planned. */
function editWhen(desk) {
  const workshop = workshopOf(desk.room);
  const before = { day: workshop.day ? date(workshop.day) : '', begins: workshop.begins ?? '', place: workshop.place };
  return formDialog({
    title: t('console.when'),
    yes: t('common.save'),
    form: { ...before },
    fields: (form, again) => {
      const one = (name, more) =>
        field({
          id: `when-${name}`,
          label: t(`field.workshop.${name}`),
          optional: true,
          value: form[name],
          onInput: (value) => {
            form[name] = value;
            again();
          },
          ...more,
        });
      return html`${one('day', { hint: t('console.when.day.hint') })}
      ${one('begins', { hint: t('console.when.begins.hint') })}
      ${one('place', { max: desk.page.limits['workshop.place'] })}`;
    },
    send: async (form) => {
      const changed = Object.fromEntries(Object.entries(form).filter(([name, value]) => value !== before[name]));
      if (!Object.keys(changed).length) return undefined;
      const answer = await desk.act('edit_workshop', changed, t('console.said.saved'));
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}

function row(desk, step, place, all) {
  const runs = step.state === 'running';
  const about = [
    t(`step.state.${step.state}`),
    step.minutes ? t('console.minutes', { n: step.minutes }) : t('console.no_clock'),
  ].join(' · ');
  return html`<li data-id=${step.id} class=${runs ? 'now' : ''}>
    <span class="handle" aria-hidden="true">${icon('drag')}</span>
    <p><b dir="auto">${step.title}</b><span class="soft">${about}</span></p>
    <span class="tools"
      >${iconButton({ icon: 'up', name: t('console.step.up', { title: step.title }), off: place === 0, onClick: () => moveAndStay(desk, step, all[place - 1].id) })}
      ${iconButton({ icon: 'down', name: t('console.step.down', { title: step.title }), off: place === all.length - 1, onClick: () => moveAndStay(desk, step, all[place + 2]?.id ?? null) })}
      ${iconButton({ icon: 'pen', name: t('console.step.edit', { title: step.title }), onClick: () => editStep(desk, step) })}
      ${iconButton({ icon: 'cross', name: t('console.step.remove', { title: step.title }), off: runs, onClick: () => removeStep(desk, step) })}</span
    >
  </li>`;
}

const move = (desk, step, before) => desk.act('move_step', { step, before }, t('console.said.step_moved'));

/** Move by button: the focus follows the step to its new place. */
async function moveAndStay(desk, step, before) {
  const name = document.activeElement?.getAttribute('aria-label');
  await move(desk, step.id, before);
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      document.querySelector(`dialog[open] [aria-label="${CSS.escape(name ?? '')}"]`)?.focus(),
    ),
  );
}

/** Take a step out; what was written in it stays. */
async function removeStep(desk, step) {
  if (
    step.state === 'done' &&
    !(await confirm({
      title: t('console.step.remove', { title: step.title }),
      text: t('console.step.remove.text'),
      yes: t('common.remove'),
    }))
  )
    return;
  await desk.act('remove_step', { step: step.id }, t('console.said.step_removed', { title: step.title }));
}

const KINDS = [
  'welcome',
  'frame',
  'rules',
  'ideas',
  'themes',
  'ballot',
  'goals',
  'agreements',
  'decisions',
  'commitments',
  'closing',
  'break',
];

/** A new step, at the end or before another. */
export function addStep(desk) {
  const steps = stepsOf(desk.room);
  return formDialog({
    title: t('console.programme.add'),
    yes: t('console.step.add_yes'),
    form: { kind: 'ideas', title: '', minutes: '', before: steps.find((step) => step.state === 'waiting')?.id ?? '' },
    fields: (form, again) => {
      const put = (name) => (value) => {
        form[name] = value;
        again();
      };
      return html`${selectField({ id: 'kind', label: t('console.step.kind'), value: form.kind, options: KINDS.map((value) => ({ value, label: t(`step.${value}.title`) })), onChoose: put('kind') })}
      ${field({ id: 'step-title', label: t('console.step.title'), optional: true, value: form.title, max: desk.page.limits['step.title'], hint: t('console.step.title.hint'), onInput: put('title') })}
      ${field({ id: 'step-minutes', label: t('console.step.minutes'), optional: true, value: form.minutes, inputmode: 'numeric', onInput: put('minutes') })}
      ${selectField({ id: 'step-before', label: t('console.step.before'), value: form.before, options: [...steps.map((step) => ({ value: step.id, label: step.title })), { value: '', label: t('console.step.last') }], onChoose: put('before') })}`;
    },
    missing: (form) => (NUMBER.test(form.minutes.trim()) ? undefined : t('console.timer.number')),
    send: async ({ kind, title, minutes, before }) => {
      const answer = await desk.act(
        'add_step',
        { kind, title: clean(title) || null, minutes: minutes ? Number(minutes) : null, before: before || null },
        t('console.said.step_added'),
      );
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}

/** Title, instruction, planned minutes and the settings of a step. */
export function editStep(desk, step) {
  const ideas = step.step_kind === 'ideas';
  return formDialog({
    title: t('console.step.edit', { title: step.title }),
    yes: t('common.save'),
    form: {
      title: step.title,
      instruction: step.instruction ?? '',
      minutes: String(step.minutes ?? ''),
      writing: step.settings.writing ?? 'private',
      most: String(step.settings.ideas_per_person ?? ''),
      question: step.settings.question ?? '',
      ...heldBy(step),
    },
    fields: (form, again) => {
      const put = (name) => (value) => {
        form[name] = value;
        again();
      };
      return html`${field({ id: 'step-title', label: t('console.step.title'), value: form.title, max: desk.page.limits['step.title'], onInput: put('title') })}
      ${field({ id: 'step-instruction', label: t('console.step.instruction'), value: form.instruction, rows: 3, max: desk.page.limits['step.instruction'], hint: t('console.step.instruction.hint'), onInput: put('instruction') })}
      ${field({ id: 'step-minutes', label: t('console.step.minutes'), optional: true, value: form.minutes, inputmode: 'numeric', onInput: put('minutes') })}
      ${
        ideas
          ? html`${selectField({ id: 'step-writing', label: t('console.writing'), value: form.writing, options: ['private', 'open'].map((value) => ({ value, label: t(`console.writing.${value}`) })), onChoose: put('writing') })}
            ${field({ id: 'step-most', label: t('console.step.most'), optional: true, value: form.most, inputmode: 'numeric', hint: t('console.step.most.hint', { n: MOST_IDEAS }), onInput: put('most') })}
            ${field({ id: 'step-question', label: t('console.step.question'), optional: true, value: form.question, rows: 2, hint: t('console.step.question.hint'), onInput: put('question') })}`
          : ''
      }
      ${opennessField(desk, step, form, again)}`;
    },
    missing: (form) =>
      !clean(form.title)
        ? t('console.write_first')
        : !NUMBER.test(form.minutes.trim())
          ? t('console.timer.number')
          : !fits(form.most)
            ? t('console.step.most.number', { n: MOST_IDEAS })
            : opennessMissing(form),
    send: async (form) => {
      const settings = {
        ...(ideas
          ? { writing: form.writing, ideas_per_person: Number(form.most) || null, question: clean(form.question) }
          : {}),
        ...opennessSettings(desk, step, form),
      };
      const given = Object.keys(settings).length ? { settings } : {};
      const answer = await desk.act(
        'edit_step',
        {
          step: step.id,
          // Only what was edited: ready words stay in every reader's language.
          ...(clean(form.title) === step.title ? {} : { title: clean(form.title) }),
          ...(form.instruction === step.instruction ? {} : { instruction: form.instruction }),
          minutes: form.minutes ? Number(form.minutes) : null,
          ...given,
        },
        t('console.said.saved'),
      );
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}

/** The head of a step that is looked at but does not run: start it. */
export const startButton = (desk, step) =>
  button({ label: t('console.start_now', { title: step.title }), icon: 'next', onClick: () => startStep(desk, step) });
