/** Which goals an agreement serves, and the findings about a list. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { icon } from '../elements/icons.js';
import { t } from '../lib/catalogue.js';
import { inOrder, markOf } from '../lib/reading.js';
import { finding } from '../lib/findings.js';
import { change, valueOf } from './saving.js';

/** The findings about a list, under it. */
export const findings = (text, name) =>
  (text.checks ?? [])
    .filter((check) => check.field === name && check.severity !== 'H')
    .map(
      (check) =>
        html`<p class=${check.severity === 'B' ? 'err' : 'warnline'}>
          ${icon(check.severity === 'B' ? 'stop' : 'warn')}<span>${finding(check)}</span>
        </p>`,
    );

const withOrWithout = (all, id, there) => (there ? [...new Set([...all, id])] : all.filter((one) => one !== id));

/** Which goals an agreement serves. */
export function goalsField(desk, text) {
  const chosen = new Set(valueOf(desk, text, 'goals') ?? []);
  const goals = inOrder(desk.room.records.all('goal')).filter(
    (goal) => goal.state !== 'dropped' || chosen.has(goal.id),
  );
  const toggle = (id) => (event) =>
    change(desk, text, 'goals', withOrWithout(valueOf(desk, text, 'goals') ?? [], id, event.target.checked), true);
  return html`<fieldset class="row-editor">
    <legend class="label-like">
      ${t('field.agreement.goals')} <span class="soft">${t('field.agreement.goals.hint')}</span>
    </legend>
    ${
      goals.length
        ? html`<ul class="tick-list">
            ${goals.map(
              (goal) =>
                html`<li>
                  <label class="tick"
                    ><input type="checkbox" .checked=${chosen.has(goal.id)} @change=${toggle(goal.id)} /><span
                      class="words"
                      dir="auto"
                      >${markOf(desk.room, goal)}. ${goal.title}</span
                    ></label
                  >
                </li>`,
            )}
          </ul>`
        : html`<p class="soft">${t('console.agreement.no_goals')}</p>`
    }${findings(text, 'goals')}
  </fieldset>`;
}
