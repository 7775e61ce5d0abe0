/** What stands round every screen: the head, the line of steps, the strip without a network, ways on, the bar at the bottom. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { dashes, note, sample, toast } from '../elements/basics.js';
import { button, linkButton } from '../elements/buttons.js';
import { clock } from '../elements/clocks.js';
import { connection, lineStrip } from '../elements/connection.js';
import { groupGlyph } from '../elements/groups.js';
import { icon, mark } from '../elements/icons.js';
import { t } from '../lib/catalogue.js';
import { clean } from '../lib/cleaning.js';
import { anyOpen, groupOf, heldBy, newest, openIdeas, opennessWords, stepsOf, votesOpenly } from '../lib/reading.js';

const STATES = { connected: 'on', connecting: 'connecting', offline: 'off', closed: 'off' };
/** Steps in which there will be a vote. */
const VOTING = new Set(['ballot', 'decisions']);
const ICONS = { ballot: 'check', decision: 'people', consent: 'talk' };

/** The whole page. `face`: what the screen answered; `body`: its main part, keyed; `asked`: what the own group is
 * asked; `unsent`: the strip about an idea that is not sent. */
export function frame(at, { face, view, step, now, body, asked = nothing, unsent = nothing }) {
  return html`<a class="skip" href="#main" @click=${toMain}>${t('common.skip')}</a>
    ${at.acting?.bar(at) ?? nothing}${head(at, now, face)}${strip(at)}${unsent}
    <main id="main" tabindex="-1">
      ${view ? wayBack(at, view, now) : step?.id !== now?.id ? movedOn(at, now) : nothing}${asked}${waiting(at, face, view)}${openness(at, face, view, now)}${toAnswer(at, face)}${body}
    </main>
    ${bottom(at, face)}${view === 'me' ? nothing : more(at, view)}`;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

/** A vote that closes by itself has a clock of its own beside it: then the step's is left out, for there is one clock. */
function head(at, now, face) {
  const { room, workshop, page } = at;
  const group = groupOf(room, room.me?.group);
  const steps = stepsOf(room);
  const place = steps.findIndex((one) => one.id === now?.id) + 1;
  const ms = now && !face?.clock ? room.clock.remaining(now.ends_at) : null;
  return html`<header>
    <div class="top">
      ${mark()}
      <p class="name">
        <b dir="auto">${workshop?.title ?? page.title}${page.example ? html` ${sample()}` : nothing}</b
        >${connection(STATES[room.state])}
      </p>
      <a class="me" href="#me">${group ? groupGlyph(group) : nothing}${at.acting?.me() ?? t('common.me')}</a>
    </div>
    ${
      steps.length && place
        ? html`<div class="stepline">
            ${dashes({ total: steps.length, now: place })}
            <p>
              <span
                ><b dir="auto">${now.title}</b>
                <span class="soft">· ${t('phone.step_of', { step: place, total: steps.length })}</span></span
              >${ms === null ? nothing : clock({ left: Math.ceil(ms / 1000), withIcon: true })}
            </p>
          </div>`
        : nothing
    }
  </header>`;
}

function strip(at) {
  const unsent = at.room.pending().filter((item) => item.state === 'waiting' || item.state === 'sending').length;
  const { drafts } = at.room;
  const begun = drafts.fields().some((field) => clean(drafts.get(field)));
  return lineStrip(at.room, { unsent, kept: begun ? t('element.offline.kept') : undefined });
}

/** How votes in the running step are held, from its start; beside an open vote it stands with that. */
function openness({ acting, room }, face, view, now) {
  const held = heldBy(now);
  if (view || !now || (!VOTING.has(now.step_kind) && !anyOpen(held))) return nothing;
  const shown = /^(ballot|decision):/.test(face.covers ?? '');
  return shown
    ? nothing
    : (acting?.line(held) ??
        note(votesOpenly(held, room.me?.group) ? 'eye' : 'lock', opennessWords(room, held, room.me?.group)));
}

/** With large text the answer stands after all there is to read: that there is one, and the way to it, stands before. */
function toAnswer({ room }, { covers, act }) {
  if (!act || room.records.get(covers)?.state !== 'open') return nothing;
  const go = () => document.querySelector('.act :is(input, button)').focus();
  return html`<button type="button" class="as-link to-answer" @click=${go}>
    ${icon('check')}<span>${t('phone.to_answer')}</span>
  </button>`;
}

/** Back to what the room does now. */
const wayBack = (at, view, now) =>
  html`<nav class="way-back" aria-label=${t('phone.back')}>
    <a class="btn quiet small" href="#" @click=${home}
      >${icon('back')}<span>${now ? t('phone.back.to', { title: now.title }) : t('phone.back.room')}</span></a
    >
  </nav>`;

/** To the running step, without a # left in the address. */
export function home(event) {
  event?.preventDefault();
  history.pushState(null, '', location.pathname);
  dispatchEvent(new Event('hashchange'));
}

/** The person leaves the screen; the next drawing shows another. */
export function goElsewhere(ui) {
  ui.moved = true;
  // Not once the next screen is drawn: "sent" is said of a text whose screen is left in the same moment.
  ui.toast = null;
  ui.stay = null;
}

const movedOn = (at, now) =>
  html`<div class="sheet moved-on">
    <p>${now ? t('phone.moved_on', { title: now.title }) : t('phone.moved_on.pause')}</p>
    ${button({
      label: t('phone.moved_on.go'),
      wide: true,
      iconAfter: 'next',
      onClick: () => {
        goElsewhere(at.ui);
        at.draw();
      },
    })}
  </div>`;

/** Votes that wait, whatever step runs; what this screen shows anyway is left out. */
function waiting(at, face, view) {
  const open = openVotes(at.room)
    .map((one) => ({ ...one, unsent: unsent(at, one) }))
    .filter((one) => one.record.id !== face.covers && one.record.id !== view && (view !== 'me' || one.unsent));
  if (!open.length) return nothing;
  const rows = [...open].sort((a, b) => Number(b.unsent) - Number(a.unsent) || Number(a.done) - Number(b.done));
  return html`<nav class="waiting" aria-label=${t('phone.waiting')}>
    ${rows.map(
      ({ kind, record, done, waits, unsent: marked }) =>
        html`<a class="wait-row ${(done || waits) && !marked ? 'done' : ''}" href="#${record.id}"
          >${icon(done && !marked ? 'check' : ICONS[kind])}<span
            ><b>${t(`phone.waiting.${kind}`)}</b
            ><small
              >${t(marked ? 'phone.waiting.unsent' : waits ? 'phone.waiting.not_you' : done ? 'phone.waiting.done' : 'phone.waiting.todo')}</small
            ></span
          >${icon('next')}</a
        >`,
    )}
  </nav>`;
}

/** Whether something is marked on this phone that was never sent: whoever goes to another screen is told. */
function unsent(at, { kind, record }) {
  const marked = at.kept(`${kind === 'decision' ? 'stance' : 'marks'}:${record.id}`);
  if (
    marked === null ||
    at.room.pending().some((item) => item.subject === record.id && !['refused', 'sent'].includes(item.state))
  )
    return false;
  if (kind === 'decision') return marked !== at.room.mine.stances?.[record.id]?.stance;
  return !sameChoices(marked, at.room.mine.voted?.[record.id] ? (at.room.choices(record.id) ?? {}) : {});
}

/** Whether two ballots hold the same; what nothing was given to is left out. */
export function sameChoices(one, other) {
  const chosen = (of) =>
    JSON.stringify(
      Object.entries(of)
        .filter(([, value]) => value)
        .sort(),
    );
  return chosen(one) === chosen(other);
}

/** Everything that waits for this person's answer, the newest first: `[{kind, record, done}]`. */
function openVotes(room) {
  const mine = room.mine ?? {};
  const ballots = room.records.all('ballot').filter((one) => one.state === 'open');
  const decisions = room.records.all('decision').filter((one) => one.state === 'open');
  const consents = room.records.all('consent').filter((one) => one.state === 'open');
  return [
    ...ballots.map((record) => ({ kind: 'ballot', record, done: Boolean(mine.voted?.[record.id]) })),
    ...decisions.map((record) => ({
      kind: 'decision',
      record,
      done: mine.voted?.[record.id] === true,
      waits: !(record.id in (mine.voted ?? {})),
    })),
    ...consents.map((record) => ({
      kind: 'consent',
      record,
      done: (mine.consents ?? []).includes(record.id) || ownObjection(room, record) !== null,
    })),
  ];
}

/** My open objection in a round of consent, or null. */
export function ownObjection(room, consent) {
  const own = new Set(room.mine?.objections ?? []);
  return newest(
    room.records.all('objection'),
    (one) => own.has(one.id) && one.consent === consent.id && one.state === 'open',
  );
}

/** The rest of the room, one tap away. */
function more(at, view) {
  const { room, workshop } = at;
  const count = (kind) => room.records.all(kind).filter((one) => one.state !== 'dropped').length;
  const rows = [
    ['ideas', openIdeas(room).length, openIdeas(room).length],
    ['mine', ['ideas', 'supports', 'amendments'].some((name) => Object.keys(room.mine?.[name] ?? {}).length), null],
    [
      'results',
      room.records.all('ballot').filter((one) => one.state === 'published').length +
        room.records.all('decision').filter((one) => one.result).length +
        room.records.all('show_of_hands').length,
      null,
    ],
    ['goals', count('goal'), count('goal')],
    ['agreements', count('agreement'), count('agreement')],
    ['frame', workshop.promise || workshop.fixed_frame || workshop.negotiable, null],
    ['rules', workshop.ground_rules, null],
  ].filter(([name, shown]) => shown && name !== (view || at.step?.step_kind));
  if (!rows.length) return awakeLine(at);
  return html`<nav class="more section" aria-label=${t('phone.more')}>
      <h2>${t('phone.more')}</h2>
      <ul class="list">
        ${rows.map(
          ([name, , n]) =>
            html`<li>
              <a href="#${name}"
                >${t(`phone.more.${name}`)}${n === null ? nothing : html` <span class="soft">${n}</span>`}</a
              >
            </li>`,
        )}
      </ul>
    </nav>
    ${awakeLine(at)}`;
}

const awakeLine = (at) => (at.wake.held ? html`<p class="soft small-line">${t('phone.awake')}</p>` : nothing);

function bottom(at, face) {
  const { ui } = at;
  const said = html`<div class="toasts">
    ${
      ui.toast
        ? toast({
            text: ui.toast,
            onClose: () => {
              ui.toast = null;
              at.draw();
            },
          })
        : nothing
    }
  </div>`;
  if (!face.act && !ui.toast) return nothing;
  return html`<footer class="act">${said}${face.act ?? nothing}</footer>`;
}

/** Before anything has come: where one is, and that it is on its way. */
export const loading = (at) =>
  html`${head(at, null)}${strip(at)}
    <main id="main" tabindex="-1">
      <h1 class="vh">${at.page.title}</h1>
      <p class="soft" aria-busy="true">${t('phone.fetch')}</p>
    </main>`;

/** The room is closed to this phone: why, and the way back in. */
export function over(at) {
  const reason = at.room.closed?.reason;
  const known = ['removed', 'left', 'reload'].includes(reason) ? reason : 'ended';
  return html`<header>
      <div class="top">
        ${mark()}
        <p class="name"><b dir="auto">${at.page.title}</b></p>
      </div>
    </header>
    <main id="main" tabindex="-1">
      <div class="section">
        <h1 class="ask">${t(`phone.over.${known}`)}</h1>
        <p>${t(`phone.over.${known}.text`)}</p>
      </div>
    </main>
    <footer class="act">
      ${linkButton({ label: t('phone.over.again'), href: `/j/${at.page.code}`, sort: 'primary', wide: true })}
    </footer>`;
}

/** "I am ready": the facilitator sees how many are. */
export function readyButton(at, label) {
  const ready = Boolean(at.room.mine.ready);
  const flying = at.room.pending().some((item) => item.name === 'set_ready' && item.state !== 'sent');
  const press = () => at.room.send('set_ready', { ready: !ready }, { latest: true });
  if (ready)
    return html`${note('check', t('phone.ready.is'))}${button({ label: t('phone.ready.undo'), sort: 'secondary', wide: true, busy: flying ? t('element.sending') : '', onClick: press })}`;
  return button({
    label,
    sort: 'primary',
    wide: true,
    iconAfter: 'next',
    busy: flying ? t('element.sending') : '',
    onClick: press,
  });
}
