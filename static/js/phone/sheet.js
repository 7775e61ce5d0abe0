/** The wording of a goal or agreement on paper: words, from where to where, who gives what, and the facts. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupGlyph, icon, toggle } from '../elements/basics.js';
import { beside } from '../elements/changes.js';
import { difference, differenceKey } from '../elements/difference.js';
import { facts } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { storedIn } from '../lib/fields.js';
import { date } from '../lib/format.js';
import { groupOf, wordsOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';

const MAIN = { goal: 'title', agreement: 'purpose' };
const DATES = new Set(['baseline_date', 'deadline', 'first_step_due', 'review_date', 'end_date']);
const CHOICES = new Set(['direction', 'decision_level', 'openness']);
const FACTS = {
  goal: [
    'challenge',
    'target_group',
    'indicator',
    'data_source',
    'deadline',
    'owner',
    'contributors',
    'first_step',
    'first_step_due',
    'decision_level',
  ],
  agreement: [
    'what_we_try',
    'how_we_will_know',
    'stop_or_widen',
    'decision_rule',
    'ground_rules',
    'disagreement',
    'resources',
    'openness',
    'review_date',
    'end_date',
    'exit_terms',
    'notice_days',
  ],
};

/** The wording on paper: what changed last, from where to where, who gives what, and the facts. */
export function wordingSheet(at, record) {
  const { ui } = at;
  const words = wordsOf(record);
  const old = record.previous?.old?.[MAIN[record.kind]];
  const changed = typeof old === 'string' && old !== words;
  const plain = ui.opened[`plain ${record.id}`];
  return html`<article class="sheet agr">
      ${
        changed
          ? toggle({
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
            })
          : nothing
      }
      ${changed && !plain ? html`${difference(old, words)}${differenceKey(record.previous.edition)}` : html`<p class="words text" dir="auto">${words}</p>`}
      ${record.kind === 'goal' ? move(record) : gives(at, record)}${factList(record)}
    </article>
    ${alsoChanged(at, record)}`;
}

/** What the last change altered beside the wording itself. */
function alsoChanged(at, record) {
  const names = (record.previous?.changed ?? []).filter((name) => name !== MAIN[record.kind]);
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

/** A number stands large, its unit small under it; a value in words is no number and keeps the size of words. */
const LARGE = 8;

function move(goal) {
  if (!goal.baseline && !goal.target) return nothing;
  const value = (number) =>
    html`<b class=${number && number.length > LARGE ? 'long' : ''} dir="auto"
      >${number || '?'}${number && goal.unit ? html` <small>${goal.unit}</small>` : nothing}</b
    >`;
  return html`<div class="move">
    <p>
      ${value(goal.baseline)}<span>${goal.baseline_date ? date(goal.baseline_date) : t('field.goal.baseline')}</span>
    </p>
    ${icon('next')}
    <p>${value(goal.target)}<span>${goal.deadline ? date(goal.deadline) : t('field.goal.target')}</span></p>
  </div>`;
}

function gives(at, agreement) {
  const parties = agreement.parties ?? [];
  if (!parties.length) return nothing;
  const mandate = (name) => (agreement.mandates ?? []).find((one) => one.party === name);
  return html`<ul class="give">
    ${parties.map((party) => {
      const given = (agreement.contributions ?? []).filter((one) => one.party === party.name);
      const may = mandate(party.name);
      return html`<li>
        <span>${party.group ? groupGlyph(groupOf(at.room, party.group)) : nothing}</span
        ><span
          ><b dir="auto">${party.name}:</b>
          <span class="words" dir="auto"
            >${
              given.length
                ? given
                    .map((one) => [one.what, one.how_much, one.by_when && date(one.by_when)].filter(Boolean).join(', '))
                    .join('; ')
                : t('phone.wording.gives_nothing')
            }</span
          >${
            may?.kind
              ? html`<br /><span class="soft"
                    >${t(`choice.kind.${may.kind}`)}${may.ask_whom ? ` ${may.ask_whom}` : ''}${may.by_when ? `, ${date(may.by_when)}` : ''}</span
                  >`
              : nothing
          }</span
        >
      </li>`;
    })}
  </ul>`;
}

function factList(record) {
  const rows = FACTS[record.kind]
    .filter((name) => record[name] !== null && record[name] !== undefined && record[name] !== '')
    .map((name) => [t(`field.${record.kind}.${name}`), html`<span class="words">${shown(name, record[name])}</span>`]);
  return rows.length ? facts(rows) : nothing;
}

function shown(name, value) {
  if (DATES.has(name)) return date(value);
  return CHOICES.has(name) ? t(`choice.${name}.${value}`) : String(value);
}
