/** A decision while it is open: one version of one text, and four equal answers with reasons. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { clock } from '../elements/clocks.js';
import { stanceReason, stanceRows } from '../elements/stances.js';
import { turnoutBar } from '../elements/turnout.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { newest, wordsOf } from '../lib/reading.js';
import { clean, lengthOf } from '../lib/cleaning.js';
import { choose, onItsWay } from './choosing.js';
import { from } from './loader.js';
import { isOpen, keepArgs, keptOf, nameAndKeep, nameFirst, nameMissing, nameRefused, opennessNote } from './openly.js';
import { editionVotedOn, goalsVotedOn, nameOf, wordingSheet } from './sheet.js';
import { waitsFor } from './waits.js';

/** A field that a press opens is there after this long, ms. */
const AFTER_DRAWING = 100;
const WITH_REASON = ['reservation', 'against'];

/** A decision without a result: open, or ended because its text was changed. */
export function decisionFace(at, decision) {
  const subject = at.room.records.get(decision.subject);
  return decision.state === 'open' ? open(at, decision, subject) : textChanged(at, decision, subject);
}

function open(at, decision, subject) {
  const { room } = at;
  const waits = !(decision.id in (room.mine.voted ?? {}));
  const ms = room.clock.remaining(decision.ends_at);
  return {
    key: decision.id,
    covers: decision.id,
    clock: ms !== null,
    main: html`<div class="section">
        <p class="soft">${editionVotedOn(room, decision)}</p>
        ${ms === null ? nothing : clock({ left: Math.ceil(ms / 1000), withIcon: true, under: t('phone.ballot.closes', { at: timeWithDay(decision.ends_at) }) })}
      </div>
      ${askedAgain(at, decision, subject)}${subject ? wordingSheet(at, subject) : nothing}${goalsVotedOn(room, decision)}
      ${
        waits
          ? html`<div class="sheet promise">
              <p><b>${t('phone.decision.waits')}</b></p>
              <p class="soft">${t('phone.decision.waits.text')}</p>
            </div>`
          : stances(at, decision)
      }
      ${waits ? nothing : nameAndKeep(at, decision)}${turnoutBar({ ...decision.turnout, words: t('phone.ballot.turnout') })}
      ${waits ? nothing : html`<p class="soft">${t('phone.decision.version', { n: decision.subject_edition })}</p>`}`,
    act: waits ? undefined : html`${opennessNote(at, decision)}${answers(at, decision)}${sendButton(at, decision)}`,
  };
}

/** I took a stance on an earlier version: asked again on this one, with what has changed since. */
function askedAgain(at, decision, subject) {
  const before = newest(
    at.room.records.all('decision'),
    (one) =>
      one.subject === decision.subject &&
      one.id !== decision.id &&
      one.subject_version < decision.subject_version &&
      at.room.mine.voted?.[one.id],
  );
  if (!before || !subject) return nothing;
  return html`<p>
      <b>${t('phone.decision.asked_again', { n: before.subject_edition, now: decision.subject_edition })}</b>
    </p>
    ${changesSince(at, subject, before)}`;
}

/** What has changed in the text since the version of a vote; fetched only where there is something. */
const changesSince = (at, subject, vote) =>
  vote.subject_version < subject.version ? from('versions', 'sinceVote', at, subject, vote).main : nothing;

/** My stance as it stands here: begun on this phone, else as it was sent. */
function stanceHere(at, decision) {
  const sent = at.room.mine.stances?.[decision.id];
  const begun = at.kept(`stance:${decision.id}`);
  const known = sent ?? at.room.missing(decision.id);
  const stance = begun ?? known?.stance;
  const reason = at.room.drafts.get(`reason:${decision.id}`, known?.reason ?? '');
  return { sent, stance, reason, asked: WITH_REASON.includes(stance) };
}

function stances(at, decision) {
  const { room } = at;
  const { sent, stance, reason } = stanceHere(at, decision);
  const changed = sent && differs(at, decision);
  return html`${sent ? html`<p>${changed ? tag('warn', t('phone.decision.changed')) : tag('pos', t('phone.decision.in'))}</p>` : room.mine.voted?.[decision.id] ? html`<p>${tag('pos', t('phone.decision.in'))}</p>` : room.missing(decision.id) ? html`<p role="status">${tag('warn', t('phone.vote.missing'))}</p>` : stance && !onItsWay(at, 'take_stance', decision.id) ? html`<p role="status">${tag('warn', t('phone.ballot.unsent'))}</p>` : nothing}
  ${stanceReason({
    value: stance,
    reason,
    max: at.page.limits.reason,
    draft: room.drafts.has(`reason:${decision.id}`) ? 'saved' : undefined,
    printed: isOpen(at, decision) ? t('element.stance.printed_named') : undefined,
    onReason: (text) => {
      room.drafts.set(`reason:${decision.id}`, text);
      at.draw();
    },
  })}`;
}

/** The four answers stand in the bar, in view however long the text is; a field that opens is brought into view too. */
function answers(at, decision) {
  return stanceRows({
    legend: t('phone.decision.legend', { n: decision.subject_edition }),
    value: stanceHere(at, decision).stance,
    onChoose: (value) => {
      at.keep(`stance:${decision.id}`, value);
      setTimeout(() => bringIntoView(`stance-${value}`), AFTER_DRAWING);
    },
  });
}

function differs(at, decision) {
  const { sent, stance, reason, asked } = stanceHere(at, decision);
  const keep = isOpen(at, decision) && keptOf(at, decision) !== (at.room.mine.by_name?.[decision.id] ?? false);
  return keep || stance !== sent?.stance || (asked && clean(reason) !== (sent?.reason ?? ''));
}

function sendButton(at, decision) {
  const { room } = at;
  const { sent, stance, reason, asked } = stanceHere(at, decision);
  const flying = onItsWay(at, 'take_stance', decision.id);
  const offline = room.state === 'offline';
  const over = lengthOf(reason) - at.page.limits.reason;
  const missing = flying
    ? offline || flying.state === 'waiting'
      ? waitsFor(room)
      : ''
    : !stance
      ? t('phone.decision.choose')
      : stance === 'reservation' && !clean(reason)
        ? t('phone.decision.needs_reason')
        : asked && over > 0
          ? t('phone.write.too_long', { n: over })
          : sent && !differs(at, decision)
            ? t('phone.decision.is_in')
            : nameMissing(at, decision);
  return button({
    label: sent ? t('phone.decision.send_again') : t('phone.decision.send'),
    sort: 'primary',
    wide: true,
    missing,
    busy: flying && !missing ? t('element.sending') : '',
    onClick: () => send(at, decision),
  });
}

async function send(at, decision) {
  const { stance, reason, asked } = stanceHere(at, decision);
  if (!(await nameFirst(at, decision))) return;
  const args = {
    decision: decision.id,
    stance,
    ...(asked && clean(reason) ? { reason: clean(reason) } : {}),
    ...keepArgs(at, decision),
  };
  const answer = await choose(at, 'take_stance', args, { latest: true, keep: false });
  nameRefused(at, answer);
  if (!answer.ok) return;
  at.keep(`keep:${decision.id}`, null);
  if (at.kept(`stance:${decision.id}`) === stance) at.keep(`stance:${decision.id}`, null);
  if (asked && clean(at.room.drafts.get(`reason:${decision.id}`)) === clean(reason))
    at.room.drafts.clear(`reason:${decision.id}`);
  at.say(t('phone.decision.thanks'));
}

const textChanged = (at, decision, subject) => ({
  key: `${decision.id}/changed`,
  covers: decision.id,
  main: html`<div class="section">
      <h1 class="ask">${t('phone.decision.text_changed')}</h1>
      <p>${t('phone.decision.text_changed.text')}</p>
      ${at.room.mine.voted?.[decision.id] ? html`<p><b>${t('phone.decision.yours_was_on', { n: decision.subject_edition })}</b></p>` : nothing}
    </div>
    ${subject ? html`${changesSince(at, subject, decision)}${wordingSheet(at, subject)}` : nothing}`,
});

/** Several decisions at once: which. */
export function decisionsList(at, open_) {
  const { room } = at;
  return {
    key: 'decisions',
    covers: null,
    main: html`<div class="section">
        <h1 class="ask" dir="auto">${at.step?.title}</h1>
        <p class="soft">${t('phone.decisions.several')}</p>
      </div>
      <ul class="list">
        ${open_.map((one) => {
          const subject = room.records.get(one.subject);
          return html`<li>
            <span class="soft">${nameOf(room, subject)}</span><br /><a href="#${one.id}" dir="auto"
              >${wordsOf(subject)}</a
            ><br />${room.mine.voted?.[one.id] ? tag('pos', t('phone.decision.in')) : html`<span class="soft">${t('phone.waiting.todo')}</span>`}
          </li>`;
        })}
      </ul>`,
  };
}

/** Scroll to a field that is about to be drawn; a slow phone draws it later. */
function bringIntoView(id, tries = 20) {
  const field = document.getElementById(id);
  if (field) field.scrollIntoView({ block: 'center' });
  else if (tries) setTimeout(() => bringIntoView(id, tries - 1), AFTER_DRAWING);
}
