/** The wording of a goal or agreement on paper: words, from where to where, who gives what, and the facts. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupGlyph } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { facts } from '../elements/texts.js';
import { goalsBesideVote } from '../elements/votedgoals.js';
import { t } from '../lib/catalogue.js';
import { date } from '../lib/format.js';
import { groupOf, markOf, wordsOf } from '../lib/reading.js';
import { votedGoals } from '../lib/voted.js';
import { from } from './loader.js';

/** The field that holds the words of a text. */
export const MAIN = { goal: 'title', agreement: 'purpose' };
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

/** "Aftale A": what a text is called; '' where it is not shown. */
export const nameOf = (room, record) => (record ? t(`phone.${record.kind}.name`, { mark: markOf(room, record) }) : '');

/** "Aftale A, version 2": the text and the edition that a decision is on. */
export const editionVotedOn = (room, decision) =>
  `${nameOf(room, room.records.get(decision.subject))}, ${t('phone.version', { n: decision.subject_edition })}`;

/** The goals an agreement serves, as they are voted on with it. */
export const goalsVotedOn = (room, decision) =>
  goalsBesideVote(t('phone.decision.goals'), votedGoals(room, decision, 'phone'));

/** The words of a goal or an agreement as they are, without marks. */
export const plainWords = (record) => html`<p class="words text" dir="auto">${wordsOf(record)}</p>`;

/** The wording on paper: what changed last, from where to where, who gives what, and the facts. */
export function wordingSheet(at, record) {
  const { main, below } = words(at, record);
  return html`<article class="sheet agr">
      ${main}${record.kind === 'goal' ? move(record) : gives(at, record)}${factList(record)}
    </article>
    ${below}`;
}

/** The words, marked where they have changed. They are there to be read while what marks them is fetched. */
function words(at, record) {
  const change = record.previous && from('lastchange', 'lastChange', at, record);
  return change && !change.missing ? change : { main: plainWords(record), below: nothing };
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
