/** Who votes openly in a step: said before any vote in it, and fixed from the first that opens. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel, groupName } from '../elements/groups.js';
import { choiceRow } from '../elements/stances.js';
import { t } from '../lib/catalogue.js';
import { list } from '../lib/format.js';
import { heldBy, inOrder } from '../lib/reading.js';
import { opennessNote } from './turnout.js';

const DECLARED = ['secret', 'some_open', 'open'];
/** The group of the usual case: politicians on record, citizens secret. */
const POLITICIANS = 'politicians';

const groupsIn = ({ room }) => inOrder(room.records.all('group'));
const voted = ({ room }, step) =>
  [...room.records.all('ballot'), ...room.records.all('decision')].some((vote) => vote.step === step.id);

/** The choice in a step's form; a line that it is fixed where a vote has opened. @param {{openness: string, open_groups: string[]}} form */
export function opennessField(desk, step, form, again) {
  if (voted(desk, step))
    return html`<div class="stack gap-2">
      <h3>${t('console.openness')}</h3>
      ${opennessNote(desk, heldBy(step), t('console.openness.fixed'))}
    </div>`;
  const groups = groupsIn(desk);
  const preset = groups.some((group) => group.key === POLITICIANS);
  const choose = (value) => {
    form.openness = value;
    if (value === 'some_open' && !form.open_groups.length && preset) form.open_groups = [POLITICIANS];
    again();
  };
  const toggle = (key) => (event) => {
    form.open_groups = event.target.checked
      ? [...form.open_groups, key]
      : form.open_groups.filter((one) => one !== key);
    again();
  };
  const label = (value) => (value === 'some_open' ? someLabel(groups, form) : t(`console.openness.${value}`));
  return html`<fieldset class="choices">
      <legend>${t('console.openness')}</legend>
      ${DECLARED.map((value) => choiceRow({ name: 'openness', value, chosen: form.openness === value, label: label(value), hint: t(`console.openness.${value}.hint`), onChoose: choose }))}
    </fieldset>
    ${
      form.openness === 'some_open'
        ? html`<fieldset class="stack gap-2">
            <legend>${t('console.openness.groups')}</legend>
            <ul class="tick-list">
              ${groups.map(
                (group) =>
                  html`<li>
                    <label class="tick"
                      ><input
                        type="checkbox"
                        .checked=${form.open_groups.includes(group.key)}
                        @change=${toggle(group.key)}
                      />${groupLabel(group)}</label
                    >
                  </li>`,
              )}
            </ul>
          </fieldset>`
        : nothing
    }`;
}

/** "Politikere åbent ved navn, resten hemmeligt", or of the groups that are ticked. */
function someLabel(groups, form) {
  const keys = form.open_groups.length ? form.open_groups : [POLITICIANS];
  const names = groups.filter((group) => keys.includes(group.key)).map(groupName);
  return names.length
    ? t('console.openness.some_open', { groups: list(names) })
    : t('console.openness.some_open.other');
}

/** What is missing before it can be saved. */
export const opennessMissing = (form) =>
  form.openness === 'some_open' && !form.open_groups.length ? t('console.openness.choose_group') : undefined;

/** The settings to send: nothing where nothing was changed, for it may be fixed. */
export function opennessSettings(desk, step, { openness, open_groups: groups }) {
  const before = heldBy(step);
  const same = openness === before.openness && [...groups].sort().join() === [...before.open_groups].sort().join();
  if (same) return {};
  return openness === 'some_open' ? { openness, open_groups: groups } : { openness };
}
