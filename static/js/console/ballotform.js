/** Setting up a ballot: what is voted on, how, for how many seats, with or without a clock; then how the groups are counted. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { chip, chips } from '../elements/buttons.js';
import { choiceRow } from '../elements/stances.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { byTheme, inOrder, openIdeas, wordsOf, workshopOf } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { formOf } from './desk.js';
import { beforehand } from './preview.js';

const METHODS = ['approval', 'dots', 'positions'];
const MOST_APPROVALS = 7;
const DOTS = 5;
const SEATS = 5;
const DOTS_PER_OPTION = 3;
const WHOLE = /^[1-9]\d{0,2}$/;

/** How many approvals the rules propose for so many options: seven, or a quarter if that is fewer. */
const proposedChoices = (options) => Math.min(MOST_APPROVALS, Math.max(1, Math.floor(options / 4)));

const optionsThere = ({ room }, on) =>
  on === 'goals'
    ? inOrder(room.records.all('goal')).filter((goal) => goal.state !== 'dropped')
    : openIdeas(room).filter((idea) => !idea.erased);

function newForm(desk, step) {
  const { settings } = step;
  return {
    title: settings.question || desk.page.ballot_questions[workshopOf(desk.room).language],
    on: 'ideas',
    method: settings.method ?? 'approval',
    left_out: new Set(),
    seats: String(settings.seats ?? Math.max(1, Math.min(SEATS, openIdeas(desk.room).length))),
    shortlist: true,
    choices: settings.choices ? String(settings.choices) : '',
    dots: String(settings.dots ?? DOTS),
    per_option: String(settings.per_option ?? DOTS_PER_OPTION),
    weights: settings.weights ?? 'one_person',
    minutes: String(step.minutes ?? ''),
  };
}

/** The face of a step's next ballot: its form, which stays as it is while the room goes on, and how the groups are counted. */
export function ballotForm(desk, workshop, step) {
  const form = formOf(desk, `ballot:${step.id}`, () => newForm(desk, step));
  const there = optionsThere(desk, form.on);
  if (!there.length && !desk.room.records.all('goal').length)
    return { main: empty({ title: t('console.ballot.nothing'), text: t('console.ballot.nothing.text') }) };
  const chosen = there.filter((one) => !form.left_out.has(one.id));
  const put = (name) => (value) => {
    form[name] = value;
    desk.draw();
  };
  const missing = whatIsMissing(workshop, form, chosen);
  const run = () => missing || open(desk, step, form, chosen);
  return {
    act: { label: t('console.ballot.open'), missing, run },
    main: html`<form
      class="form ballot-form"
      @submit=${(event) => {
        event.preventDefault();
        run();
      }}
    >
      ${field({ id: 'ballot-title', label: t('console.ballot.title'), value: form.title, max: desk.page.limits['workshop.question'], words: true, onInput: put('title') })}
      <fieldset class="choices three-up">
        <legend>${t('console.ballot.method')}</legend>
        ${METHODS.map((value) => choiceRow({ name: 'method', value, chosen: form.method === value, label: t(`console.method.${value}`), hint: t(`console.method.${value}.hint`), onChoose: put('method') }))}
      </fieldset>
      <p class="soft">${t('console.method.why')}</p>
      ${numbers(form, chosen, put)}${beforehand(desk, workshop, 'ballot', { options: chosen.map((one) => one.id) })}${options(desk, form, there, chosen)}
    </form>`,
  };
}

function numbers(form, chosen, put) {
  const number = (name, more = {}) =>
    field({
      id: `ballot-${name}`,
      label: t(`console.ballot.${name}`),
      value: form[name],
      inputmode: 'numeric',
      onInput: put(name),
      ...more,
    });
  const counted = form.method !== 'positions';
  return html`<div class="fields" style="--columns:3">
      ${form.method === 'approval' ? number('choices', { hint: t('console.ballot.choices.hint', { n: proposedChoices(chosen.length) }), placeholder: String(proposedChoices(chosen.length)) }) : nothing}
      ${form.method === 'dots' ? html`${number('dots')}${number('per_option')}` : nothing}
      ${counted && form.shortlist ? number('seats', { hint: t('console.ballot.seats.hint') }) : nothing}
      ${number('minutes', { optional: true, hint: t('console.ballot.minutes.hint') })}
      ${counted && form.shortlist ? html`<div class="two-wide">${selectField({ id: 'ballot-weights', label: t('console.ballot.weights'), value: form.weights, options: ['one_person', 'per_group'].map((value) => ({ value, label: t(`console.weights.${value}`) })), onChoose: put('weights') })}</div>` : nothing}
    </div>
    ${
      counted
        ? html`<label class="tick"
            ><input
              type="checkbox"
              .checked=${form.shortlist}
              @change=${(event) => put('shortlist')(event.target.checked)}
            />
            ${t('console.ballot.shortlist')}</label
          >`
        : nothing
    }`;
}

function options(desk, form, there, chosen) {
  const only = (ids) => () => {
    form.left_out = new Set(there.filter((one) => !ids.has(one.id)).map((one) => one.id));
    desk.draw();
  };
  const toggle = (id) => (event) => {
    if (event.target.checked) form.left_out.delete(id);
    else form.left_out.add(id);
    desk.draw();
  };
  const all = new Set(there.map((one) => one.id));
  const themes = form.on === 'ideas' ? byTheme(desk.room).filter((one) => one.theme && one.ideas.length) : [];
  const same = (ids) => chosen.length === ids.size && chosen.every((one) => ids.has(one.id));
  return html`<fieldset class="stack gap-3 options">
    <legend>
      ${t('console.ballot.on')}
      <span class="soft">${t('console.ballot.chosen', { n: chosen.length, whole: there.length })}</span>
    </legend>
    ${
      desk.room.records.all('goal').length
        ? chips(
            t('console.ballot.on'),
            ['ideas', 'goals'].map((value) =>
              chip({
                label: t(`console.ballot.on.${value}`),
                chosen: form.on === value,
                onClick: () => {
                  form.on = value;
                  form.left_out = new Set();
                  if (value === 'goals' && form.method === 'dots') form.method = 'approval';
                  desk.draw();
                },
              }),
            ),
          )
        : nothing
    }
    ${chips(t('console.ballot.quick'), [
      chip({ label: t('console.ballot.all'), chosen: same(all), onClick: only(all) }),
      chip({ label: t('console.ballot.none'), chosen: !chosen.length, onClick: only(new Set()) }),
      ...themes.map(({ theme, ideas }) => {
        const ids = new Set(ideas.map((idea) => idea.id));
        return chip({ label: theme.title, chosen: same(ids), onClick: only(ids) });
      }),
    ])}
    <ul class="tick-list">
      ${there.map(
        (one) =>
          html`<li>
            <label class="tick"
              ><input type="checkbox" .checked=${!form.left_out.has(one.id)} @change=${toggle(one.id)} /><span
                class="words"
                dir="auto"
                >${wordsOf(one)}</span
              ></label
            >
          </li>`,
      )}
    </ul>
  </fieldset>`;
}

/** What stands in the way of opening, in words. */
function whatIsMissing(workshop, form, chosen) {
  const wrong = (name) => form[name] !== '' && !WHOLE.test(form[name].trim());
  if (workshop.state !== 'open') return t('console.draft.vote');
  if (!chosen.length) return t('console.ballot.choose_first');
  if (form.method === 'dots' && (!form.dots || !form.per_option)) return t('console.timer.number');
  if (form.method !== 'positions' && form.shortlist && !WHOLE.test(form.seats.trim())) return t('console.timer.number');
  return ['choices', 'dots', 'per_option'].some(wrong) || (form.minutes && !/^[1-9]\d{0,4}$/.test(form.minutes.trim()))
    ? t('console.timer.number')
    : undefined;
}

/** The settings as the command takes them. */
function settingsOf(form, chosen) {
  const shortlist = form.shortlist ? { seats: Number(form.seats), weights: form.weights } : {};
  if (form.method === 'approval')
    return { choices: Number(form.choices) || proposedChoices(chosen.length), ...shortlist };
  if (form.method === 'dots') return { dots: Number(form.dots), per_option: Number(form.per_option), ...shortlist };
  return {};
}

/** Open it with what the form says. */
async function open(desk, step, form, chosen) {
  const done = await desk.act(
    'open_ballot',
    {
      title: clean(form.title) || null,
      method: form.method,
      options: chosen.map((one) => one.id),
      settings: settingsOf(form, chosen),
      ...(form.minutes ? { minutes: Number(form.minutes) } : {}),
    },
    t('console.said.ballot_opened'),
  );
  if (!done.ok) return;
  desk.ui.ballot = null;
  delete desk.ui.forms[`ballot:${step.id}`];
}
