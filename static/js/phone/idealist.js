/** Ideas on the table: the own ones in all their states, and everybody's by theme. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { guard } from '../../vendor/lit-html/directives/guard.js';
import { empty, note } from '../elements/basics.js';
import { button, chip, chips, linkButton } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { comment, confirm, ideaCard } from '../elements/cards.js';
import { windowed } from '../elements/windowed.js';
import { language, refusalSentence, t } from '../lib/catalogue.js';
import { buildsOn, byTheme, groupOf, mergedInto, openIdeas } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { choose } from './choosing.js';
import { from } from './loader.js';
import { placesOf, writingMode } from './places.js';
import { noticeViews, seenCounts } from './counts.js';

/** My ideas as a part of another screen. */
export const mineSection = (at) => ({ main: mine(at) });

/** My ideas, newest first: on their way, saved, refused, hidden, merged. */
function mine(at) {
  const { room } = at;
  const own = Object.entries(room.mine.ideas ?? {}).reverse();
  const pending = room
    .pending()
    .filter(
      (item) => item.name === 'post_idea' && !(item.state === 'sent' && item.result?.idea in (room.mine.ideas ?? {})),
    )
    .reverse();
  const shown = pending.filter((item) => item.state !== 'refused' || clean(room.drafts.get('idea')) !== item.args.text);
  if (!own.length && !shown.length) return nothing;
  const n = own.filter(([, idea]) => idea.state !== 'withdrawn').length + shown.length;
  return html`<section class="section">
    <h2 class="spread"><span>${t('phone.ideas.mine')}</span><span class="soft">${n}</span></h2>
    ${shown.map((item) => pendingCard(at, item))}${own.map(([id, idea]) => ownCard(at, id, idea))}
  </section>`;
}

function pendingCard(at, item) {
  const idea = { text: item.args.text, why: item.args.why };
  if (item.state === 'refused') {
    return ideaCard(
      { ...idea, state: 'failed', reason: refusalSentence(item.error) },
      {
        onRetry: () => at.room.outbox.retry(item.id),
        actions: button({
          label: t('phone.throw_away'),
          sort: 'quiet',
          small: true,
          onClick: () => at.room.outbox.dismiss(item.id),
        }),
      },
    );
  }
  return ideaCard({ ...idea, state: item.state === 'waiting' ? 'waiting' : 'sending' });
}

/** One of my ideas with what I can do about it. */
export function ownCard(at, id, idea) {
  const { room } = at;
  const record = room.records.get(id);
  const changing = room
    .pending()
    .some(
      (item) =>
        ['edit_idea', 'withdraw_idea'].includes(item.name) &&
        item.subject === id &&
        item.state !== 'refused' &&
        item.state !== 'sent',
    );
  const merged = record?.state === 'merged' && record.merged_into;
  const own = ['private', 'open'].includes(idea.state) && !changing;
  const card = ideaCard(
    {
      ...idea,
      supports: record?.supports,
      state: changing ? 'sending' : idea.state,
      reason: idea.hidden_reason,
      merged: merged ? mergedInto(room, { id: merged }).length : 1,
    },
    {
      id,
      onOpenMerged: merged
        ? () => {
            location.hash = merged;
          }
        : undefined,
      actions: own
        ? html`${linkButton({ label: t('common.edit'), href: `#edit/${id}`, sort: 'quiet', small: true, icon: 'pen' })}${button(
            { label: t('phone.ideas.withdraw'), sort: 'quiet', small: true, onClick: () => withdraw(at, id) },
          )}${
            record ? linkButton({ label: t('phone.ideas.open'), href: `#${id}`, sort: 'quiet', small: true }) : nothing
          }`
        : undefined,
    },
  );
  return idea.state === 'hidden' ? html`${card}${from('askagain', 'askAgain', at, id, idea).main}` : card;
}

async function withdraw(at, id) {
  const yes = await confirm({
    title: t('phone.ideas.withdraw.ask'),
    text: t('phone.ideas.withdraw.text'),
    yes: t('phone.ideas.withdraw.yes'),
  });
  if (yes && (await choose(at, 'withdraw_idea', { idea: id })).ok) at.say(t('phone.ideas.withdrawn'));
}

/**
 * The order of the list on this phone, as a function for sorting: what few have seen comes first, and what as many have seen
 * lies on every phone in another order. It is made when the list is entered and stays; what comes later lies at the end.
 * Null while the counts are on their way.
 */
function orderOf(at, ideas) {
  const { ui } = at;
  const seen = ui.list ? {} : seenCounts(at, 'ideas');
  if (!seen) return null;
  // An empty table has no order yet.
  if (ideas.length)
    ui.list ??= new Map(
      ideas
        .map(({ id }) => ({ id, seen: seen[id] ?? 0, lot: Math.random() }))
        .sort((a, b) => a.seen - b.seen || a.lot - b.lot)
        .map(({ id }, place) => [id, place]),
    );
  const place = (idea) => ui.list?.get(idea.id) ?? Infinity;
  return {
    isNew: (idea) => !ui.list?.has(idea.id),
    sorted: (some) => [...some].sort((a, b) => place(a) - place(b) || 0),
  };
}

/** What the room has on the table, by theme; the own ones marked. */
export function ideasList(at) {
  const { room, ui } = at;
  const all = openIdeas(room);
  const own = new Set(Object.keys(room.mine.ideas ?? {}));
  const wanted = ui.filter ?? 'all';
  const laid = byTheme(room).filter(({ theme, ideas }) => ideas.length || theme);
  const mode = writingMode(at);
  const choice = (value, label, count) =>
    chip({
      label,
      count,
      chosen: wanted === value,
      onClick: () => {
        ui.filter = value;
        at.draw();
      },
    });
  const themes = laid.filter(({ theme, ideas }) => theme && ideas.length);
  const order = orderOf(at, all);
  noticeViews(at);
  const body =
    wanted === 'mine'
      ? mine(at)
      : !order
        ? html`<p class="soft" aria-busy="true">${t('phone.fetch')}</p>`
        : parts(
            at,
            order,
            laid.filter(({ theme }) => wanted === 'all' || theme?.id === wanted),
            own,
            themes.length > 0,
          );
  return {
    key: 'list',
    main: html`<h1 class="vh">${t('phone.ideas.all')}</h1>
      ${
        all.length || own.size
          ? chips(t('phone.ideas.filter'), [
              choice('all', t('phone.ideas.filter.all'), all.length),
              own.size ? choice('mine', t('phone.ideas.filter.mine'), own.size) : nothing,
              ...themes.map(({ theme, ideas }) => choice(theme.id, theme.title, ideas.length)),
            ])
          : nothing
      }
      ${all.length || wanted === 'mine' ? body : empty({ title: t('phone.ideas.none'), text: noneWords(mode) })}`,
    act: mode === 'open' ? newIdea(at) : undefined,
  };
}

/** Under an empty list: to write, to wait, or that nobody can write now. */
const noneWords = (mode) =>
  t(mode === 'open' ? 'phone.ideas.none.text' : mode ? 'phone.ideas.none.private' : 'phone.ideas.none.later');

/** The way to write another, or that the places are used. */
function newIdea(at) {
  const places = placesOf(at);
  if (places?.full) return note('pen', `${t('phone.ideas.full', { n: places.most })}. ${t('phone.ideas.full.open')}`);
  return html`${places ? note('pen', t('phone.ideas.places', { used: places.used, n: places.most })) : nothing}${linkButton(
    { label: t('phone.ideas.new'), href: '#write', sort: 'primary', wide: true, icon: 'plus' },
  )}`;
}

/** The themes one after another; of a long list the first ideas, whichever theme they lie under, and a way to the others. */
function parts(at, order, laid, own, named) {
  const whole = laid.map(({ theme, ideas }) => ({ theme, ideas: order.sorted(inFront(ideas)) }));
  const { items, more } = windowed(
    at,
    'ideas',
    whole.flatMap(({ ideas }) => ideas),
  );
  const drawn = new Set(items);
  return html`${whole.map((one) => part(at, one, { order, drawn, own, named }))}${more}`;
}

/** The ideas that stand for themselves: what builds on another of them stands under that one. */
function inFront(ideas) {
  const ids = new Set(ideas.map((idea) => idea.id));
  return ideas.filter((idea) => !ids.has(idea.builds_on));
}

function part(at, { theme, ideas }, { order, drawn, own, named }) {
  const shown = ideas.filter((idea) => drawn.has(idea));
  if (!shown.length) return nothing;
  const later = shown.filter(order.isNew);
  return html`<section class="section">
    ${named ? html`<h2 dir="auto">${theme?.title ?? t('phone.ideas.no_theme')}</h2>` : nothing}${shown
      .slice(0, shown.length - later.length)
      .map((idea) => card(at, idea, own))}${
      later.length
        ? html`<p class="soft new-line" role="status">${t('phone.ideas.later', { n: later.length })}</p>
            ${later.map((idea) => card(at, idea, own))}`
        : nothing
    }
  </section>`;
}

/** An idea with what builds on it; while nothing of it changes, the card stands as it is. */
function card(at, idea, own) {
  const { room } = at;
  const builds = buildsOn(room, idea);
  const merged = mergedInto(room, idea).length;
  const group = groupOf(room, idea.group);
  const mine = [idea, ...builds].map(({ id }) => own.has(id)).join();
  const from = [idea, group, merged, mine, writingMode(at), language(), ...builds];
  return guard(from, () => cardView(at, idea, { builds, merged, group, own }));
}

function cardView(at, idea, { builds, merged, group, own }) {
  const { room, ui } = at;
  return ideaCard(
    { ...idea, group, mine: own.has(idea.id), state: 'open' },
    {
      id: idea.id,
      tools: merged
        ? html`<span class="bn">${icon('merge')}<span>${t('element.idea.merged', { n: merged })}</span></span>`
        : undefined,
      below: builds.length
        ? builds.map((other) =>
            comment(
              {
                text: other.text,
                by_helper: other.by_helper,
                sort: 'builds_on',
                group: groupOf(room, other.group),
                mine: own.has(other.id),
              },
              linkButton({ label: t('phone.ideas.open'), href: `#${other.id}`, sort: 'quiet', small: true }),
            ),
          )
        : undefined,
      actions: html`${
        writingMode(at) === 'open'
          ? button({
              label: t('phone.ideas.build'),
              sort: 'quiet',
              small: true,
              icon: 'build',
              onClick: () => {
                ui.opened.idea = 'build';
                location.hash = idea.id;
              },
            })
          : nothing
      }${linkButton({
        label: idea.comments ? t('phone.ideas.comments', { n: idea.comments }) : t('phone.ideas.say'),
        href: `#${idea.id}`,
        sort: 'quiet',
        small: true,
        icon: 'talk',
      })}`,
    },
  );
}
