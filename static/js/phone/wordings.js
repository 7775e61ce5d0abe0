/** Goals and agreements to read: the words, the facts, the source ideas, what is still missing, what others propose. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, groupGlyph, groupLabel, icon, note, tag, toggle } from '../elements/basics.js';
import { difference, differenceKey } from '../elements/difference.js';
import { beside, languageLine } from '../elements/changes.js';
import { checkList, checkRow, facts } from '../elements/texts.js';
import { has, t } from '../lib/catalogue.js';
import { storedIn } from '../lib/fields.js';
import { date } from '../lib/format.js';
import { decisionOn, groupOf, inOrder, markOf, newest, wordsOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';
import { amendBox, mayAmend } from './amending.js';
import { amendments, proposed } from './amendments.js';
import { consentBlock } from './consents.js';
import { commentBox, comments } from './idea.js';
import { refused } from './writing.js';

const STATE = { agreed: 'pos', not_agreed: 'neg', deciding: 'info', proposed: 'info', draft: 'wait', intention: 'warn', dropped: 'wait' };
const MAIN = { goal: 'title', agreement: 'purpose' };
const DATES = new Set(['baseline_date', 'deadline', 'first_step_due', 'review_date', 'end_date']);
const CHOICES = new Set(['direction', 'decision_level', 'openness']);
const FACTS = {
  goal: ['challenge', 'target_group', 'indicator', 'data_source', 'deadline', 'owner', 'contributors', 'first_step', 'first_step_due', 'decision_level'],
  agreement: ['what_we_try', 'how_we_will_know', 'stop_or_widen', 'decision_rule', 'ground_rules', 'disagreement', 'resources', 'openness', 'review_date', 'end_date', 'exit_terms', 'notice_days'],
};

/** Where a text stands, in the words of the mandate: only a room that decides has decided. */
export function stateTag(at, record) {
  const own = `phone.state.${record.state}.${at.workshop.decision_level}`;
  return tag(STATE[record.state] ?? 'info', t(has(own) ? own : `phone.state.${record.state}`));
}

/** All goals, or all agreements, with where each stands. */
export function listFace(at, kind) {
  const { room, step, now, view } = at;
  const rows = inOrder(room.records.all(kind)).filter((one) => one.state !== 'dropped');
  const running = !view && step?.id === now?.id ? step : null;
  return {
    key: kind,
    main: html`<div class="section"><h1 class="ask" dir="auto">${running?.title ?? t(`phone.more.${kind}s`)}</h1>${running?.instruction ? html`<p class="soft" dir="auto">${running.instruction}</p>` : nothing}</div>
      ${rows.length ? html`<ul class="list">${rows.map((one) => html`<li><span class="spread"><b>${t(`phone.${kind}.name`, { mark: markOf(room, one) })}</b>${stateTag(at, one)}</span><a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a></li>`)}</ul>`
        : empty({ title: t(`phone.${kind}.none`), text: t(`phone.${kind}.none.text`) })}`,
  };
}

/** One goal or agreement. */
export function wordingFace(at, record) {
  const { room, ui } = at;
  const decision = decisionOn(room, record.id);
  const open = mayAmend(at, record);
  const doing = ui.opened[`do ${record.id}`] ?? 'read';
  const box = doing === 'amend' && open ? amendBox(at, record) : doing === 'comment' ? commentBox(at, record.id) : null;
  const consent = newest(room.records.all('consent'), (one) => one.on === record.id);
  return {
    key: record.id,
    main: html`<p class="spread"><b>${t(`phone.${record.kind}.name`, { mark: markOf(room, record) })} · ${t('phone.version', { n: record.version })}</b>${stateTag(at, record)}</p>
      ${decision ? html`<p><a href="#${decision.id}">${t(decision.state === 'open' ? 'phone.wording.decide' : 'phone.wording.result')}</a></p>` : nothing}
      ${languageNote(at, record)}${wordingSheet(at, record)}
      ${record.version > 1 ? html`<p><a class="big-link" href="#versions/${record.id}">${t('phone.versions.link', { n: record.version })}</a></p>` : nothing}
      ${consent ? consentBlock(at, consent) : nothing}
      ${record.state === 'draft' || record.state === 'proposed' || record.state === 'not_agreed' ? missing(record) : nothing}
      ${sources(at, record)}${amendments(at, record)}${comments(at, record.id)}${refused(at, ['post_comment'])}${refused(at, ['propose_amendment'], (args) => (args.on === record.id ? proposed(at, record, { field: args.field, old: null, new: args.new }) : t(`field.${args.on.split(':')[0]}.${args.field}`)))}
      ${at.workshop.state === 'open' ? html`<section class="section"><h2>${t('phone.wording.say')}</h2>${toggle({
        name: t('phone.wording.say'), value: doing, onChoose: (value) => { ui.opened[`do ${record.id}`] = value; at.draw(); },
        options: ['read', 'comment', ...(open ? ['amend'] : [])].map((value) => ({ value, label: t(value === 'amend' && record.state === 'agreed' ? 'phone.wording.correct' : `phone.wording.${value}`) })),
      })}${box?.view ?? nothing}</section>` : nothing}`,
    act: box ? html`${note('eye', t(doing === 'amend' ? 'phone.amend.who' : 'phone.comment.who'))}${box.button()}` : undefined,
  };
}

/** Where only the language was corrected since: said, with the difference one tap away. */
export function languageNote(at, record) {
  const line = languageLine(record, at.workshop.decision_level);
  return line ? html`<p class="who">${icon('check')}<span>${line} <a href="#versions/${record.id}">${t('phone.versions.see')}</a></span></p>` : nothing;
}

/** The wording on paper: what changed last, from where to where, who gives what, and the facts. */
export function wordingSheet(at, record) {
  const { ui } = at;
  const words = wordsOf(record);
  const old = record.previous?.old?.[MAIN[record.kind]];
  const changed = typeof old === 'string' && old !== words;
  const plain = ui.opened[`plain ${record.id}`];
  return html`<article class="sheet agr">
    ${changed ? toggle({ name: t('phone.wording.view'), value: plain ? 'plain' : 'changes', onChoose: (value) => { ui.opened[`plain ${record.id}`] = value === 'plain'; at.draw(); },
      options: [{ value: 'changes', label: t('phone.wording.changes') }, { value: 'plain', label: t('phone.wording.plain') }] }) : nothing}
    ${changed && !plain ? html`${difference(old, words)}${differenceKey(record.previous.version)}` : html`<p class="words text" dir="auto">${words}</p>`}
    ${record.kind === 'goal' ? move(record) : gives(at, record)}${factList(record)}</article>${alsoChanged(at, record)}`;
}

/** What the last change altered beside the wording itself. */
function alsoChanged(at, record) {
  const names = (record.previous?.changed ?? []).filter((name) => name !== MAIN[record.kind]);
  const lines = names.flatMap((field) => linesOf(at.room, record.kind, { field, old: record.previous.old[field], new: storedIn(record, field) }));
  return lines.length ? html`<details class="fold"><summary>${t('phone.wording.also_changed', { n: lines.length, version: record.version })}</summary>${beside(lines)}</details>` : nothing;
}

/** A number stands large, its unit small under it; a value in words is no number and keeps the size of words. */
const LARGE = 8;

function move(goal) {
  if (!goal.baseline && !goal.target) return nothing;
  const value = (number) => html`<b class=${number && number.length > LARGE ? 'long' : ''} dir="auto">${number || '?'}${number && goal.unit ? html` <small>${goal.unit}</small>` : nothing}</b>`;
  return html`<div class="move"><p>${value(goal.baseline)}<span>${goal.baseline_date ? date(goal.baseline_date) : t('field.goal.baseline')}</span></p>${icon('next')}<p>${value(goal.target)}<span>${
    goal.deadline ? date(goal.deadline) : t('field.goal.target')}</span></p></div>`;
}

function gives(at, agreement) {
  const parties = agreement.parties ?? [];
  if (!parties.length) return nothing;
  const mandate = (name) => (agreement.mandates ?? []).find((one) => one.party === name);
  return html`<ul class="give">${parties.map((party) => {
    const given = (agreement.contributions ?? []).filter((one) => one.party === party.name);
    const may = mandate(party.name);
    return html`<li><span>${party.group ? groupGlyph(groupOf(at.room, party.group)) : nothing}</span><span><b dir="auto">${party.name}:</b> <span class="words" dir="auto">${
      given.length ? given.map((one) => [one.what, one.how_much, one.by_when && date(one.by_when)].filter(Boolean).join(', ')).join('; ') : t('phone.wording.gives_nothing')}</span>${
      may?.kind ? html`<br /><span class="soft">${t(`choice.kind.${may.kind}`)}${may.ask_whom ? ` ${may.ask_whom}` : ''}${may.by_when ? `, ${date(may.by_when)}` : ''}</span>` : nothing}</span></li>`;
  })}</ul>`;
}

function factList(record) {
  const rows = FACTS[record.kind].filter((name) => record[name] !== null && record[name] !== undefined && record[name] !== '')
    .map((name) => [t(`field.${record.kind}.${name}`), html`<span class="words">${shown(name, record[name])}</span>`]);
  return rows.length ? facts(rows) : nothing;
}

function shown(name, value) {
  if (DATES.has(name)) return date(value);
  return CHOICES.has(name) ? t(`choice.${name}.${value}`) : String(value);
}

/** What the checks say, blocking first: everybody sees what is still open. */
function missing(record) {
  const rows = (record.checks ?? []).map((check) => ({
    severity: check.severity,
    sentence: check.about && has(`check.${check.code}.about`) ? t(`check.${check.code}.about`, { about: check.about }) : t(`check.${check.code}`),
    missing: t(`check.${check.code}.why`),
  }));
  return html`<section class="section"><h2>${t(`phone.${record.kind}.clear`)}</h2>${rows.length ? checkList(rows) : html`<ul class="checks">${checkRow({ severity: 'ok', sentence: t('element.check.nothing'), missing: t('phone.wording.ready') })}</ul>`}</section>`;
}

/** The ideas a goal builds on, or the goals an agreement serves; the own ones marked. */
function sources(at, record) {
  const { room } = at;
  const ids = record.kind === 'goal' ? record.from_ideas : record.goals;
  const found = (ids ?? []).map((id) => room.records.get(id)).filter(Boolean);
  if (!found.length) return nothing;
  const own = room.mine.ideas ?? {};
  const isMine = (one) => one.id in own || room.records.all('idea').some((other) => other.merged_into === one.id && other.id in own);
  return html`<section class="section"><h2>${record.kind === 'goal' ? t('phone.goal.sources', { n: found.length }) : t('phone.agreement.goals', { n: found.length })}</h2><ul class="list">${found.map((one) => html`<li><a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a><p class="m facts">${
    one.group ? groupLabel(groupOf(room, one.group)) : nothing}${isMine(one) ? html`<b>${t('element.idea.yours')}</b>` : nothing}</p></li>`)}</ul></section>`;
}
