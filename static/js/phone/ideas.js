/** Ideas: written alone or in the open, the own ones in all their states, and everybody's by theme. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { button, chip, chips, empty, icon, linkButton, note } from '../elements/basics.js';
import { comment, confirm, ideaCard } from '../elements/cards.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { byTheme, groupOf, mergedInto, openIdeas } from '../lib/reading.js';
import { refusalSentence } from '../lib/refusals.js';
import { choose, composer } from './writing.js';

/** `private`, `open`, or null where nothing may be written now. */
export function writingMode({ now, step, workshop }) {
  const running = now ?? step;
  if (workshop.state !== 'open') return null;
  if (running?.step_kind === 'ideas') return running.settings.writing ?? 'private';
  return workshop.ideas_always_open ? 'open' : null;
}

/** The ideas step: alone at first; after the reveal the room's list, with a way to write more. */
export function ideasFace(at) {
  if (at.step.id !== at.now?.id) return late(at);
  return writingMode(at) === 'private' ? writeFace(at) : ideasList(at);
}

/** The step is over, and somebody was writing: the words are kept, and where they can go is said. */
function late(at) {
  const box = writing(at);
  return { key: 'late', main: html`${box.view}<p class="soft">${t('phone.ideas.late')}</p>`, act: writingMode(at) ? box.button() : undefined };
}

function writing(at) {
  const { room, page } = at;
  const why = room.drafts.get('idea-why');
  return composer(at, {
    name: 'idea', label: t('phone.ideas.yours'), max: page.limits['idea.text'], large: true, command: 'post_idea', arg: 'text',
    args: () => (why.trim() ? { why: why.trim() } : {}), also: ['idea-why'],
    action: t('phone.ideas.send'), missing: t('phone.ideas.empty'),
    done: () => at.say(t(writingMode(at) === 'private' ? 'phone.ideas.sent.private' : 'phone.ideas.sent.open')),
  });
}

/** One field, the question over it, and the own ideas under it. */
export function writeFace(at) {
  const { room, step, now, workshop, ui } = at;
  const mode = writingMode(at);
  const running = now ?? step;
  const box = writing(at);
  const why = room.drafts.get('idea-why');
  const open = ui.opened.why || why;
  return {
    key: 'write',
    main: html`<h1 class="ask words" dir="auto">${running?.settings?.question || workshop.question || running?.title || workshop.title}</h1>
      ${running?.step_kind === 'ideas' && running.instruction ? html`<p class="soft" dir="auto">${running.instruction}</p>` : nothing}
      ${mode ? html`<div class="section">${box.view}${open ? field({
        id: 'w-idea-why', label: t('phone.ideas.why'), value: why, rows: 2, max: at.page.limits['idea.why'], optional: true, words: true,
        onInput: (text) => { room.drafts.set('idea-why', text); at.draw(); },
      }) : button({ label: t('phone.ideas.add_why'), sort: 'quiet', small: true, icon: 'plus', onClick: () => { ui.opened.why = true; at.draw(); } })}${
        box.flying ? button({ label: t('phone.ideas.another'), small: true, icon: 'plus', onClick: box.clear }) : nothing}</div>` : html`<p>${t('phone.ideas.closed')}</p>`}
      ${mine(at)}`,
    act: mode ? html`${note(mode === 'private' ? 'eye-off' : 'eye', t(mode === 'private' ? 'phone.ideas.who.private' : 'phone.ideas.who.open'))}${box.button()}` : undefined,
  };
}

/** My ideas, newest first: on their way, saved, refused, hidden, merged. */
export function mine(at) {
  const { room } = at;
  const own = Object.entries(room.mine.ideas ?? {}).reverse();
  const pending = room.pending().filter((item) => item.name === 'post_idea' && !(item.state === 'sent' && item.result?.idea in (room.mine.ideas ?? {}))).reverse();
  const shown = pending.filter((item) => item.state !== 'refused' || room.drafts.get('idea').trim() !== item.args.text);
  if (!own.length && !shown.length) return nothing;
  const n = own.filter(([, idea]) => idea.state !== 'withdrawn').length + shown.length;
  return html`<section class="section"><h2 class="spread"><span>${t('phone.ideas.mine')}</span><span class="soft">${n}</span></h2>${
    repeat(shown, (item) => item.id, (item) => pendingCard(at, item))}${repeat(own, ([id]) => id, ([id, idea]) => ownCard(at, id, idea))}</section>`;
}

function pendingCard(at, item) {
  const idea = { text: item.args.text, why: item.args.why };
  if (item.state === 'refused') {
    return ideaCard({ ...idea, state: 'failed', reason: refusalSentence(item.error) }, {
      onRetry: () => at.room.outbox.retry(item.id),
      actions: button({ label: t('phone.throw_away'), sort: 'quiet', small: true, onClick: () => at.room.outbox.dismiss(item.id) }),
    });
  }
  return ideaCard({ ...idea, state: item.state === 'waiting' ? 'waiting' : 'sending' });
}

/** One of my ideas with what I can do about it. */
export function ownCard(at, id, idea) {
  const { room, ui } = at;
  if (ui.editing === id) return editCard(at, id, idea);
  const record = room.records.get(id);
  const changing = room.pending().some((item) => ['edit_idea', 'withdraw_idea'].includes(item.name) && item.subject === id && item.state !== 'refused' && item.state !== 'sent');
  const merged = record?.state === 'merged' && record.merged_into;
  const own = ['private', 'open'].includes(idea.state) && !changing;
  return ideaCard({ ...idea, state: changing ? 'sending' : idea.state, reason: idea.hidden_reason, merged: merged ? mergedInto(room, { id: merged }).length : 1 }, {
    id,
    onOpenMerged: merged ? () => { location.hash = merged; } : undefined,
    actions: own ? html`${button({ label: t('common.edit'), sort: 'quiet', small: true, icon: 'pen', onClick: () => { ui.editing = id; at.draw(); } })}${
      button({ label: t('phone.ideas.withdraw'), sort: 'quiet', small: true, onClick: () => withdraw(at, id) })}${
      record ? linkButton({ label: t('phone.ideas.open'), href: `#${id}`, sort: 'quiet', small: true }) : nothing}` : undefined,
  });
}

function editCard(at, id, idea) {
  const box = composer(at, {
    name: `edit:${id}`, label: t('phone.ideas.edit'), max: at.page.limits['idea.text'], initial: idea.text, command: 'edit_idea', arg: 'text',
    args: () => ({ idea: id }), action: t('common.save'), missing: t('phone.ideas.empty'),
    done: () => { at.ui.editing = null; },
  });
  const cancel = () => {
    at.ui.editing = null;
    delete at.ui.errors[`edit:${id}`];
    box.clear();
    at.draw();
  };
  return html`<div class="sheet idea yours">${box.view}<div class="acts">${box.button({ wide: false, icon: 'check', sort: 'secondary' })}${button({ label: t('element.cancel'), sort: 'quiet', onClick: cancel })}</div></div>`;
}

async function withdraw(at, id) {
  const yes = await confirm({ title: t('phone.ideas.withdraw.ask'), text: t('phone.ideas.withdraw.text'), yes: t('phone.ideas.withdraw.yes') });
  if (yes && (await choose(at, 'withdraw_idea', { idea: id })).ok) at.say(t('phone.ideas.withdrawn'));
}

/** What the room has on the table, by theme; the own ones marked. */
export function ideasList(at) {
  const { room, ui } = at;
  const all = openIdeas(room);
  const own = new Set(Object.keys(room.mine.ideas ?? {}));
  const wanted = ui.filter ?? 'all';
  const laid = byTheme(room).filter(({ theme, ideas }) => ideas.length || theme);
  const mode = writingMode(at);
  const choice = (value, label, count) => chip({ label, count, chosen: wanted === value, onClick: () => { ui.filter = value; at.draw(); } });
  const themes = laid.filter(({ theme, ideas }) => theme && ideas.length);
  const body = wanted === 'mine' ? mine(at)
    : laid.filter(({ theme }) => wanted === 'all' || theme?.id === wanted).map(({ theme, ideas }) => part(at, theme, ideas, own, themes.length > 0));
  return {
    key: 'list',
    main: html`<h1 class="vh">${t('phone.ideas.all')}</h1>${all.length || own.size ? chips(t('phone.ideas.filter'), [choice('all', t('phone.ideas.filter.all'), all.length), own.size ? choice('mine', t('phone.ideas.filter.mine'), own.size) : nothing,
      ...themes.map(({ theme, ideas }) => choice(theme.id, theme.title, ideas.length))]) : nothing}
      ${all.length || wanted === 'mine' ? body : empty({ title: t('phone.ideas.none'), text: t(mode === 'private' ? 'phone.ideas.none.private' : 'phone.ideas.none.text') })}`,
    act: mode === 'open' ? linkButton({ label: t('phone.ideas.new'), href: '#write', sort: 'primary', wide: true, icon: 'plus' }) : undefined,
  };
}

function part(at, theme, ideas, own, named) {
  if (!ideas.length) return nothing;
  const ids = new Set(ideas.map((idea) => idea.id));
  const first = ideas.filter((idea) => !ids.has(idea.builds_on));
  return html`<section class="section">${named ? html`<h2 dir="auto">${theme?.title ?? t('phone.ideas.no_theme')}</h2>` : nothing}${
    repeat(first, (idea) => idea.id, (idea) => card(at, idea, own))}</section>`;
}

function card(at, idea, own) {
  const { room, ui } = at;
  const builds = room.records.all('idea').filter((other) => other.builds_on === idea.id && other.state === 'open');
  const merged = mergedInto(room, idea).length;
  return ideaCard({ ...idea, group: groupOf(room, idea.group), mine: own.has(idea.id), state: 'open' }, {
    id: idea.id,
    tools: merged ? html`<span class="bn">${icon('merge')}<span>${t('element.idea.merged', { n: merged })}</span></span>` : undefined,
    below: builds.length ? builds.map((other) => comment({ text: other.text, sort: 'builds_on', group: groupOf(room, other.group), mine: own.has(other.id) },
      linkButton({ label: t('phone.ideas.open'), href: `#${other.id}`, sort: 'quiet', small: true }))) : undefined,
    actions: html`${writingMode(at) === 'open' ? button({ label: t('phone.ideas.build'), sort: 'quiet', small: true, icon: 'build', onClick: () => { ui.opened.idea = 'build'; location.hash = idea.id; } }) : nothing}${
      linkButton({ label: idea.comments ? t('phone.ideas.comments', { n: idea.comments }) : t('phone.ideas.say'), href: `#${idea.id}`, sort: 'quiet', small: true, icon: 'talk' })}`,
  });
}
