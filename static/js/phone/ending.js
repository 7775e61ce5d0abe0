/** Commitments, what became of my ideas, and the end. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, chip, chips, empty, groupLabel, linkButton, note, tag } from '../elements/basics.js';
import { ideaCard, trail } from '../elements/cards.js';
import { field } from '../elements/texts.js';
import { has, refusalSentence, t } from '../lib/catalogue.js';
import { date } from '../lib/format.js';
import { decisionOn, groupOf, inOrder, markOf, wordsOf } from '../lib/reading.js';
import { whoAnswers } from './framing.js';
import { askAgain } from './idealist.js';
import { languageNote, stateTag } from './wordings.js';
import { choose, onItsWay, refused } from './writing.js';

const STANDINGS = ['behind', 'abstains', 'not_behind'];

/** Texts one can stand behind: agreements first, those that were carried before the others. */
function toStandBehind(room) {
  const order = { agreed: 0, deciding: 1, proposed: 2 };
  const all = [...inOrder(room.records.all('agreement')), ...inOrder(room.records.all('goal'))].filter((one) => !['dropped', 'not_agreed'].includes(one.state));
  return all.sort((a, b) => (order[a.state] ?? 3) - (order[b.state] ?? 3));
}

/** Who stands behind what, by name where one chooses so. */
export function commitmentsFace(at) {
  const { room, ui } = at;
  const texts = toStandBehind(room);
  if (!texts.length) return { key: 'commitments', main: html`<h1 class="ask">${t('phone.commit')}</h1>${empty({ title: t('phone.commit.none'), text: t('phone.commit.none.text') })}` };
  const on = texts.find((one) => one.id === ui.opened.commit) ?? null;
  return {
    key: `commitments/${on?.id ?? ''}`,
    main: html`<div class="section"><h1 class="ask">${t('phone.commit')}</h1><p class="soft">${t('phone.commit.text')}</p></div>
      ${texts.map((one) => commitCard(at, one, one.id === on?.id))}${refused(at, ['make_commitment'])}`,
    act: on ? html`${note('eye', t(room.me.name && named(at, on.id) ? 'phone.commit.who.named' : 'phone.commit.who.group'))}${commitButton(at, on)}` : undefined,
  };
}

/** By name, unless one has chosen otherwise, now or when it was said last. */
const named = (at, on) => at.ui.opened[`named ${on}`] ?? at.room.mine.commitments?.[on]?.named ?? true;
/** Whether the name stays when the workshop's names are deleted: only for those who ask. */
const kept = (at, on) => at.ui.opened[`kept ${on}`] ?? at.room.mine.commitments?.[on]?.keep ?? false;

function commitCard(at, one, open) {
  const { room, ui } = at;
  const mine = room.mine.commitments?.[one.id];
  const others = room.records.all('commitment').filter((other) => other.on === one.id && other.standing === 'behind');
  return html`<article class="sheet agr"><p class="spread"><b>${t(`phone.${one.kind}.name`, { mark: markOf(room, one) })}</b>${stateTag(at, one)}</p><a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a>
    ${mine && !open ? html`<p>${tag(mine.standing === 'behind' ? 'pos' : 'info', t(`phone.commit.${mine.standing}.is`))}</p>${mine.words ? html`<p class="words" dir="auto">”${mine.words}”</p>` : nothing}` : nothing}
    ${open ? commitForm(at, one, mine) : html`<div class="acts">${button({ label: mine ? t('phone.commit.change') : t('phone.commit.take'), small: true, onClick: () => { ui.opened.commit = one.id; at.draw(); } })}${
      mine ? button({ label: t('phone.commit.withdraw'), small: true, sort: 'quiet', onClick: () => choose(at, 'withdraw_commitment', { on: one.id }) }) : nothing}</div>`}
    ${others.length ? html`<details class="fold"><summary>${t('phone.commit.count', { n: others.length })}</summary><ul class="list">${others.map((other) => html`<li><b dir="auto">${other.name ?? t('phone.commit.unnamed')}</b> ${other.group ? groupLabel(groupOf(room, other.group)) : nothing}${other.words ? html`<br /><span class="words" dir="auto">”${other.words}”</span>` : nothing}</li>`)}</ul></details>` : nothing}</article>`;
}

const standingOf = (at, one, mine) => at.ui.opened[`stands ${one.id}`] ?? mine?.standing;

function commitForm(at, one, mine) {
  const { room, ui } = at;
  const standing = standingOf(at, one, mine);
  return html`<div class="section">${chips(t('phone.commit.standing'), STANDINGS.map((value) => chip({ label: t(`phone.commit.${value}`), chosen: standing === value, onClick: () => { ui.opened[`stands ${one.id}`] = value; at.draw(); } })))}
    ${field({ id: 'commit-words', label: t('phone.commit.words'), value: room.drafts.get(`commit:${one.id}`, mine?.words ?? ''), rows: 2, max: at.page.limits['commitment.words'], optional: true, words: true, error: ui.errors[`commit:${one.id}`], hint: t('phone.commit.words.hint'),
      onInput: (text) => { delete ui.errors[`commit:${one.id}`]; room.drafts.set(`commit:${one.id}`, text); at.draw(); } })}
    ${room.me.name ? chips(t('phone.commit.as'), [chip({ label: room.me.name, chosen: named(at, one.id), onClick: () => { ui.opened[`named ${one.id}`] = true; at.draw(); } }), chip({ label: t('phone.commit.as_group'), chosen: !named(at, one.id), onClick: () => { ui.opened[`named ${one.id}`] = false; at.draw(); } })])
      : nothing}${room.me.name && named(at, one.id) ? chips(t('phone.commit.later'), [false, true].map((value) => chip({ label: t(value ? 'phone.commit.kept' : 'phone.commit.deleted', { n: at.workshop.retention_days }), chosen: kept(at, one.id) === value, onClick: () => { ui.opened[`kept ${one.id}`] = value; at.draw(); } }))) : nothing}${room.me.name ? nothing
      : html`<p class="soft">${t('phone.commit.no_name')} <a href="#me">${t('phone.commit.add_name')}</a></p>`}</div>`;
}

function commitButton(at, one) {
  const { room } = at;
  const mine = room.mine.commitments?.[one.id];
  const standing = standingOf(at, one, mine);
  const words = room.drafts.get(`commit:${one.id}`, mine?.words ?? '').trim();
  const over = [...words].length - at.page.limits['commitment.words'];
  const flying = onItsWay(at, 'make_commitment', one.id);
  const waits = flying && (flying.state === 'waiting' || room.state === 'offline');
  const missing = waits ? t('phone.write.waits') : !standing ? t('phone.commit.choose') : over > 0 ? t('phone.write.too_long', { n: over }) : '';
  return button({ label: t('phone.commit.send'), sort: 'primary', wide: true, missing, busy: flying && !waits ? t('element.sending') : '', onClick: () => commit(at, one, standing, words) });
}

async function commit(at, one, standing, words) {
  const name = `commit:${one.id}`;
  const waiting = at.room.drafts.submit(name, () => at.room.send('make_commitment', { on: one.id, standing, words, named: named(at, one.id), keep: kept(at, one.id) }));
  at.draw();
  const answer = await waiting;
  if (answer.ok) {
    at.ui.opened.commit = null;
    at.say(t('phone.commit.thanks'));
  } else {
    at.ui.errors[name] = refusalSentence(answer.error);
    at.draw();
  }
}

/** My ideas, each with its way: merged, into a goal, into an agreement, where that stands today. */
export function mineFace(at) {
  const { room } = at;
  const own = Object.entries(room.mine.ideas ?? {}).reverse();
  const hidden = Object.entries(room.mine.comments ?? {}).filter(([, one]) => one.state === 'hidden');
  return {
    key: 'mine',
    main: html`<h1 class="ask">${t('phone.more.mine')}</h1>${own.length ? own.map(([id, idea]) => html`<section class="section">${ideaCard({ ...idea, state: idea.state === 'merged' ? 'open' : idea.state, reason: idea.hidden_reason, mine: true }, { id })}${idea.state === 'hidden' ? askAgain(at, id, idea) : trailOf(at, id, idea)}</section>`)
      : empty({ title: t('phone.mine.none'), text: t('phone.mine.none.text') })}
      ${supported(at)}${proposals(at)}
      ${hidden.map(([, one]) => html`<p class="soft">${t('phone.comment.hidden', { reason: one.hidden_reason ?? '' })}</p>`)}`,
  };
}

/** Ideas of others that I support, and what became of them. */
function supported(at) {
  const all = Object.entries(at.room.mine.supports ?? {});
  if (!all.length) return nothing;
  const stop = (id) => button({ label: t('phone.supports.stop'), sort: 'quiet', small: true, onClick: () => choose(at, 'support_idea', { idea: id, support: false }) });
  return html`<section class="section"><h2>${t('phone.supports')}</h2>${all.map(([id, idea]) => html`<section class="section">${
    ideaCard({ text: idea.text ?? t('phone.supports.gone'), state: 'open' }, { id, actions: idea.became.some((one) => !one.startsWith('idea:')) ? undefined : stop(id) })}${idea.text ? trailOf(at, id, idea, 'phone.trail.supported') : nothing}</section>`)}</section>`;
}

/** What I have proposed to change, and how it was answered. */
function proposals(at) {
  const all = Object.entries(at.room.mine.amendments ?? {}).map(([id, one]) => [id, one, at.room.records.get(one.on)]).filter(([, , record]) => record).reverse();
  if (!all.length) return nothing;
  return html`<section class="section"><h2>${t('phone.proposals')}</h2><ul class="list">${all.map(([, one, record]) => html`<li><span class="spread"><b>${t(`field.${record.kind}.${one.field}`)}</b>${
    tag(FATE[one.state] ?? 'info', t(`phone.amend.state.${one.state}`))}</span><a class="words big-link" href="#${record.id}" dir="auto">${t(`phone.${record.kind}.name`, { mark: markOf(at.room, record) })}: ${wordsOf(record)}</a>${
    one.stale ? html`<p class="soft">${t('phone.amend.stale')}</p>` : nothing}${one.answer ? html`<p>${t('phone.amend.answer')} <span class="words" dir="auto">”${one.answer}”</span></p>` : nothing}</li>`)}</ul></section>`;
}

const FATE = { accepted: 'pos', rejected: 'neg', withdrawn: 'wait' };

/** The way of one idea. Every point names where it is now, and the last one what comes. */
export function trailOf(at, id, idea, began = 'phone.trail.wrote') {
  const { room, workshop } = at;
  if (['private', 'withdrawn', 'hidden'].includes(idea.state)) return nothing;
  const reached = (idea.became ?? []).map((one) => room.records.get(one)).filter(Boolean);
  const points = reached.map((record) => ({ title: html`<a href="#${record.id}">${pointTitle(at, record)}</a>`, when: pointState(at, record), text: record.kind === 'idea' ? record.text : wordsOf(record) }));
  if (!reached.some((one) => one.kind !== 'idea')) points.push({ title: workshop.state === 'closed' ? t('phone.trail.stays') : t('phone.trail.waits'), future: workshop.state !== 'closed' });
  else if (workshop.receiving_body) points.push({ title: workshop.response_due ? t('phone.trail.answer', { who: workshop.receiving_body, date: date(workshop.response_due) }) : t('phone.trail.answers', { who: workshop.receiving_body }), future: true });
  return trail([{ title: t(began) }, ...points]);
}

function pointTitle(at, record) {
  if (record.kind === 'idea') return t('phone.trail.merged');
  return t(`phone.trail.${record.kind}`, { mark: markOf(at.room, record) });
}

function pointState(at, record) {
  if (record.kind === 'idea') return undefined;
  const own = `phone.state.${record.state}.${at.workshop.decision_level}`;
  return `${t('phone.version', { n: record.version })} · ${t(has(own) ? own : `phone.state.${record.state}`)}`;
}

/** The end: what the room came to, who answers, the record, and what became of what I wrote. */
export function closingFace(at) {
  const { room, workshop } = at;
  const settled = [...inOrder(room.records.all('agreement')), ...inOrder(room.records.all('goal'))].filter((one) => one.state === 'agreed');
  const rest = [...inOrder(room.records.all('agreement')), ...inOrder(room.records.all('goal'))].filter((one) => !['agreed', 'dropped'].includes(one.state));
  const own = Object.entries(room.mine.ideas ?? {});
  const row = (one) => html`<li><span class="spread"><b>${t(`phone.${one.kind}.name`, { mark: markOf(room, one) })}</b>${stateTag(at, one)}</span><a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a>${groupsLine(at, one)}${languageNote(at, one)}</li>`;
  return {
    key: 'closing',
    main: html`<div class="section"><h1 class="ask">${workshop.state === 'closed' ? t('phone.closing.closed') : t('phone.closing')}</h1><p class="soft">${t('phone.closing.thanks')}</p></div>
      <section class="section"><h2>${t(`mandate.result.${workshop.decision_level}`)}</h2>${settled.length ? html`<ul class="list">${settled.map(row)}</ul>` : html`<p class="soft">${t('phone.closing.none')}</p>`}</section>
      ${rest.length ? html`<section class="section"><h2>${t('phone.closing.rest')}</h2><ul class="list">${rest.map(row)}</ul></section>` : nothing}
      <section class="section"><h2>${t('phone.closing.next')}</h2>${whoAnswers(workshop)}${workshop.record_slug ? linkButton({ label: t('phone.closing.record'), href: `/record/${workshop.record_slug}`, wide: true, icon: 'paper' }) : html`<p class="soft">${t('phone.closing.no_record')}</p>`}</section>
      ${own.length ? html`<section class="section"><h2>${t('phone.closing.yours')}</h2><p><a href="#mine">${t('phone.closing.yours.see', { n: own.length })}</a></p></section>` : nothing}
      <section class="section"><h2>${t('phone.me.code')}</h2><p class="code reentry">${room.me.reentry_code ?? ''}</p><p class="soft">${t('phone.closing.code')}</p></section>`,
  };
}

function groupsLine(at, one) {
  const decision = decisionOn(at.room, one.id);
  if (!decision?.result) return nothing;
  const carried = decision.result.groups.filter((group) => group.status === 'carried').length;
  return html`<br /><a href="#${decision.id}">${t('phone.closing.groups', { part: carried, n: decision.result.groups.length })}</a>`;
}
