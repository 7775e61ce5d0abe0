/** From an idea to a goal, from goals to an agreement. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { inOrder, markOf, wordsOf } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { sentence } from './acting.js';
import { formDialog } from './dialogs.js';
import { openText } from './writing.js';

/** Open a text in its editor, whatever step is in view. */
export function edit(desk, id) {
  openText(desk, id);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.getElementById('now')?.focus({ preventScroll: true })),
  );
}

const goalsFrom = ({ room }, idea) =>
  room.records.all('goal').filter((goal) => goal.state !== 'dropped' && (goal.from_ideas ?? []).includes(idea.id));

/** "Write a goal" on a chosen idea, or a link to the goal it became. */
export function draftButton(desk, idea) {
  if (idea.kind !== 'idea') return html``;
  const [goal] = goalsFrom(desk, idea);
  if (goal)
    return button({
      label: t('console.goal.open', { mark: markOf(desk.room, goal) }),
      sort: 'quiet',
      small: true,
      iconAfter: 'next',
      onClick: () => edit(desk, goal.id),
    });
  return button({
    label: t('console.idea.goal'),
    small: true,
    icon: 'paper',
    onClick: () => draftFromIdea(desk, idea),
  });
}

/** A goal that builds on an idea begins with its words, and the idea stands beside them; where they are too long it is asked for. */
export async function draftFromIdea(desk, idea) {
  if (idea.text.length > desk.page.limits['goal.title']) return draftGoal(desk, '', [idea.id]);
  const goal = await beginGoal(desk, idea);
  if (goal) edit(desk, goal);
  return Boolean(goal);
}

/** A goal for each of these ideas, and the first of them open. */
export async function draftFromAll(desk, ideas) {
  const begun = [];
  for (const idea of ideas) begun.push(await beginGoal(desk, idea));
  const first = begun.find(Boolean);
  if (first) edit(desk, first);
}

/** The id of the goal, or null where it was refused. */
async function beginGoal(desk, idea) {
  const most = desk.page.limits['goal.title'];
  const title = idea.text.length > most ? `${idea.text.slice(0, most - 1)}…` : idea.text;
  const answer = await desk.act(
    'draft_goal',
    { title: clean(title, { oneLine: true }), from_ideas: [idea.id] },
    t('console.said.goal'),
  );
  return answer.ok ? answer.result.goal : null;
}

/** Ask for a goal's title and begin it. */
export function draftGoal(desk, title = '', ideas = []) {
  return formDialog({
    title: t('console.goal.new'),
    yes: t('console.goal.begin'),
    wide: true,
    form: { title },
    fields: (form, again) =>
      html`${
        ideas.length
          ? html`<p class="soft">${t('console.goal.builds')}</p>
              ${ideas.map((id) => html`<p class="words" dir="auto">${t('console.quoted', { words: wordsOf(desk.room.records.get(id)) })}</p>`)}`
          : ''
      }
      ${field({
        id: 'goal-title',
        label: t('field.goal.title.hint'),
        value: form.title,
        rows: 2,
        max: desk.page.limits['goal.title'],
        words: true,
        onInput: (value) => {
          form.title = value;
          again();
        },
      })}`,
    missing: (form) => (clean(form.title) ? undefined : t('console.write_first')),
    send: async (form) => {
      const answer = await desk.act(
        'draft_goal',
        { title: clean(form.title, { oneLine: true }), ...(ideas.length ? { from_ideas: ideas } : {}) },
        t('console.said.goal'),
      );
      if (!answer.ok) return sentence(answer.error);
      edit(desk, answer.result.goal);
      return undefined;
    },
  });
}

/** Ask for an agreement's purpose and its goals, and begin it. @param {string[]} [about] the goals it is begun for */
export function draftAgreement(desk, about = []) {
  const goals = inOrder(desk.room.records.all('goal')).filter((goal) => goal.state !== 'dropped');
  return formDialog({
    title: t('console.agreement.new'),
    yes: t('console.agreement.begin'),
    wide: true,
    form: { purpose: '', goals: new Set(goals.length === 1 ? [goals[0].id] : about) },
    fields: (form, again) =>
      html`${field({
          id: 'agreement-purpose',
          label: t('field.agreement.purpose.hint'),
          value: form.purpose,
          rows: 3,
          max: desk.page.limits['field.long'],
          words: true,
          onInput: (value) => {
            form.purpose = value;
            again();
          },
        })}
        <fieldset class="stack gap-2">
          <legend class="label-like">${t('field.agreement.goals.hint')}</legend>
          ${
            goals.length
              ? html`<ul class="tick-list">
                  ${goals.map(
                    (goal) =>
                      html`<li>
                        <label class="tick"
                          ><input
                            type="checkbox"
                            .checked=${form.goals.has(goal.id)}
                            @change=${(event) => {
                              if (event.target.checked) form.goals.add(goal.id);
                              else form.goals.delete(goal.id);
                              again();
                            }}
                          /><span class="words" dir="auto">${markOf(desk.room, goal)}. ${goal.title}</span></label
                        >
                      </li>`,
                  )}
                </ul>`
              : html`<p class="soft">${t('console.agreement.no_goals')}</p>`
          }
        </fieldset>`,
    missing: (form) => (clean(form.purpose) ? undefined : t('console.write_first')),
    send: async (form) => {
      const answer = await desk.act(
        'draft_agreement',
        { purpose: clean(form.purpose), goals: [...form.goals] },
        t('console.said.agreement'),
      );
      if (!answer.ok) return sentence(answer.error);
      edit(desk, answer.result.agreement);
      return undefined;
    },
  });
}
