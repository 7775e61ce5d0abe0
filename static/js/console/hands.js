/** Shows of hands: written down as counted in the room, shown beside the votes and called what they are. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note } from '../elements/basics.js';
import { button, iconButton } from '../elements/buttons.js';
import { handsAbout, handsRows } from '../elements/hands.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { inOrder, wordsOf } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { sentence } from './acting.js';
import { formDialog, livingDialog } from './dialogs.js';
import { boardButton, nameOf } from './shows.js';

const WHOLE = /^\d{1,9}$/;

/** Those that were recorded in this step, under everything else it shows. */
export function handsPart(desk, step) {
  const shown = desk.room.records.all('show_of_hands').filter((one) => one.step === step.id);
  if (!shown.length) return nothing;
  return html`<section class="stack gap-2 hands-part">
    <h2 class="h">${t('hands.title')}</h2>
    ${shown.map((one) => card(desk, one))}
  </section>`;
}

function card(desk, hands) {
  return html`<article class="sheet hands">
    <p class="lead words" dir="auto">${hands.question}</p>
    ${handsRows(hands)}
    <p class="soft">${handsAbout(hands, nameOf.bind(null, desk), desk.room)}</p>
    ${note('people', t('hands.note'))}
    <div class="acts">
      ${boardButton(desk, hands)}${button({ label: t('common.remove'), small: true, name: t('hands.remove', hands), onClick: () => desk.act('remove_hands', { show_of_hands: hands.id }, t('hands.said.removed')) })}
    </div>
  </article>`;
}

/** All of them, and a new one. */
export function openHands(desk) {
  livingDialog({
    title: t('hands.title'),
    wide: true,
    body: ({ close }) => {
      const all = [...desk.room.records.all('show_of_hands')].reverse();
      return html`<p class="soft">${t('hands.lead')}</p>
        ${button({
          label: t('hands.record'),
          sort: 'primary',
          icon: 'plus',
          onClick: () => {
            close();
            record(desk);
          },
        })}
        ${all.length ? all.map((one) => card(desk, one)) : html`<p>${t('hands.none')}</p>`}`;
    },
  });
}

/** The form: what was asked, and what was counted for each answer. */
function record(desk) {
  const form = {
    question: '',
    on: '',
    rows: [
      { label: t('hands.for'), count: '' },
      { label: t('hands.against'), count: '' },
    ],
  };
  return formDialog({
    title: t('hands.record'),
    yes: t('hands.save'),
    wide: true,
    form,
    fields: (_, again) =>
      html`${field({
          id: 'hands-question',
          label: t('hands.question'),
          value: form.question,
          max: desk.page.limits['hands.question'],
          onInput: (text) => {
            form.question = text;
            again();
          },
        })}
        <div class="hands-rows">${form.rows.map((row, i) => rowFields(desk, form, row, i, again))}</div>
        ${
          form.rows.length < desk.page.hands.rows
            ? button({
                label: t('hands.add'),
                small: true,
                icon: 'plus',
                onClick: () => {
                  form.rows.push({ label: '', count: '' });
                  again();
                },
              })
            : html`<p class="soft">${t('hands.most', { n: desk.page.hands.rows })}</p>`
        }
        ${selectField({
          id: 'hands-on',
          label: t('hands.on'),
          value: form.on,
          options: [{ value: '', label: t('hands.on.none') }, ...subjects(desk)],
          onChoose: (value) => {
            form.on = value;
            again();
          },
        })}
        ${note('people', t('hands.note'))}`,
    missing: () => missing(form, desk.page.hands.count),
    send: async () => {
      const rows = form.rows.map((row) => ({ label: clean(row.label), count: Number(row.count) }));
      const answer = await desk.act(
        'record_hands',
        { question: clean(form.question), rows, ...(form.on ? { on: form.on } : {}) },
        t('hands.said'),
      );
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}

function rowFields(desk, form, row, i, again) {
  const n = i + 1;
  return html`<div class="hands-row">
    ${field({
      id: `hands-label-${n}`,
      label: t('hands.label', { n }),
      value: row.label,
      max: desk.page.limits['hands.label'],
      onInput: (text) => {
        row.label = text;
        again();
      },
    })}
    ${field({
      id: `hands-count-${n}`,
      label: html`<span aria-hidden="true">${t('hands.count.short')}</span
        ><span class="vh">${t('hands.count', { n })}</span>`,
      value: row.count,
      inputmode: 'numeric',
      onInput: (text) => {
        row.count = text.trim();
        again();
      },
    })}
    ${
      form.rows.length > 1
        ? iconButton({
            icon: 'cross',
            name: t('hands.row.remove', { n }),
            onClick: () => {
              form.rows.splice(i, 1);
              again();
            },
          })
        : nothing
    }
  </div>`;
}

function missing(form, most) {
  if (!clean(form.question)) return t('hands.missing.question');
  if (form.rows.some((row) => !clean(row.label))) return t('hands.missing.label');
  if (form.rows.some((row) => !WHOLE.test(row.count) || Number(row.count) > most))
    return t('hands.missing.count', { most });
  return undefined;
}

/** Texts it may have been about. */
function subjects(desk) {
  const texts = [...inOrder(desk.room.records.all('agreement')), ...inOrder(desk.room.records.all('goal'))];
  return texts
    .filter((one) => one.state !== 'dropped')
    .map((one) => ({ value: one.id, label: `${nameOf(desk, one)}: ${wordsOf(one)}` }));
}
