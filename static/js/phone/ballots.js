/**
 * A ballot while it is open, and while it waits to be published. Whole and absolute: "Stem" sends everything chosen, and
 * until it closes it can be sent again. The order of options is this phone's own.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { approvalRow, dotsStepper, votesLeft } from '../elements/votes.js';
import { t } from '../lib/catalogue.js';
import { onItsWay } from './choosing.js';
import { sameChoices } from './frame.js';
import {
  cast,
  heading,
  keepChanged,
  lostLine,
  marked,
  onOptions,
  onlyChosen,
  optionsOf,
  send,
  turnout,
  whoSees,
} from './marks.js';
import { nameAndKeep, nameMissing } from './openly.js';
import { positions } from './statements.js';
import { waitsFor } from './waits.js';

export function ballotFace(at, ballot) {
  if (ballot.state !== 'open') return closed(at, ballot);
  return ballot.method === 'positions' ? positions(at, ballot) : choices(at, ballot);
}

/** An idea whose author was deleted is on the ballot no longer: what was given to it is free. */
const takenOut = (ballot) =>
  ballot.dropped ? html`<p class="soft">${t('phone.ballot.dropped', { n: ballot.dropped })}</p>` : nothing;

const sumOf = (marks) => Object.values(marks).reduce((sum, value) => sum + value, 0);

function choices(at, ballot) {
  const { method, settings } = ballot;
  const now = marked(at, ballot);
  const voted = Boolean(at.room.mine.voted?.[ballot.id]);
  const total = method === 'dots' ? settings.dots : settings.choices;
  const used = sumOf(now);
  // On what is marked by now: of two quick taps the second comes before the first is drawn.
  const mark = (id, value) => {
    const marks = onlyChosen({ ...marked(at, ballot), [id]: value });
    if (sumOf(marks) > total) return false;
    at.keep(`marks:${ballot.id}`, marks);
    return true;
  };
  const changed =
    !sameChoices(now, voted ? onOptions(ballot, cast(at, ballot)) : {}) || (voted && keepChanged(at, ballot));
  const row = ({ id, text, from }) =>
    method === 'dots'
      ? dotsStepper({
          text,
          from,
          value: now[id] ?? 0,
          max: settings.per_option,
          left: total - used,
          onChange: (value) => mark(id, value),
        })
      : approvalRow({
          id,
          text,
          from,
          chosen: Boolean(now[id]),
          full: used >= total,
          onToggle: (on) => mark(id, on ? 1 : 0),
        });
  return {
    key: ballot.id,
    covers: ballot.id,
    clock: at.room.clock.remaining(ballot.ends_at) !== null,
    main: html`<div class="stick">${votesLeft({ used, total, sort: method === 'dots' ? 'dots' : 'crosses' })}</div>
      <div class="section">
        ${heading(at, ballot)}
        <p class="soft">
          ${method === 'dots' ? t('phone.ballot.how.dots', { n: total, per: settings.per_option }) : t('phone.ballot.how.approval', { n: total })}
          ${t('phone.ballot.shuffled')}
        </p>
      </div>
      ${takenOut(ballot)}${voted ? votedLine(changed) : at.room.missing(ballot.id) ? lostLine(at, ballot) : unsentLine(at, ballot, used)}
      <div class="choices" role="group" aria-label=${ballot.title || t('phone.ballot')}>
        ${optionsOf(at, ballot).map(row)}
      </div>
      ${nameAndKeep(at, ballot)}${turnout(ballot)}`,
    act: html`${whoSees(at, ballot)}${sendButton(at, ballot, { now, used, voted, changed })}`,
  };
}

/** Marking is not voting yet: said where the marks are, until they are sent. */
const unsentLine = (at, ballot, used) =>
  used && !onItsWay(at, 'cast_ballot', ballot.id)
    ? html`<p role="status">${tag('warn', t('phone.ballot.unsent'))}</p>`
    : nothing;

const votedLine = (changed) =>
  html`<p>${changed ? tag('warn', t('phone.ballot.changed')) : tag('pos', t('phone.ballot.in'))}</p>`;

function sendButton(at, ballot, { now, used, voted, changed }) {
  const flying = onItsWay(at, 'cast_ballot', ballot.id);
  const offline = at.room.state === 'offline';
  const missing = flying
    ? offline || flying.state === 'waiting'
      ? waitsFor(at.room)
      : ''
    : !used && !voted
      ? t('phone.ballot.none_yet')
      : voted && !changed
        ? t('phone.ballot.is_in')
        : nameMissing(at, ballot);
  const n = used;
  const label =
    voted && !used
      ? t('phone.ballot.take_back')
      : voted
        ? t('phone.ballot.send_again')
        : ballot.method === 'dots'
          ? t('phone.ballot.send.dots', { n })
          : t('phone.ballot.send.approval', { n });
  return button({
    label,
    sort: 'primary',
    wide: true,
    missing,
    busy: flying && !missing ? t('element.sending') : '',
    onClick: () => send(at, ballot, now),
  });
}

/** Closed, not yet published: nobody sees anything but how many. */
function closed(at, ballot) {
  const voted = at.room.mine.voted?.[ballot.id];
  const mine = onlyChosen(cast(at, ballot));
  const options = optionsOf(at, ballot).filter(({ id }) => mine[id]);
  const given = ({ id }) =>
    ballot.method === 'dots' ? html`<p class="soft">${t('element.dots.given', { n: mine[id] })}</p>` : nothing;
  return {
    key: `${ballot.id}/closed`,
    covers: ballot.id,
    main: html`<div class="section">
        <h1 class="ask" dir="auto">${ballot.title || t('phone.ballot')}</h1>
        <p class="lead">${t('phone.ballot.closed')}</p>
        <p>${voted ? tag('pos', t('phone.ballot.counted')) : t('phone.ballot.not_voted')}</p>
      </div>
      ${turnout(ballot)}${
        options.length && ballot.method !== 'positions'
          ? html`<section class="section">
              <h2>${t('phone.ballot.yours')}</h2>
              <ul class="list">
                ${options.map(
                  (one) =>
                    html`<li>
                      <p class="words" dir="auto">${one.text}</p>
                      ${given(one)}
                    </li>`,
                )}
              </ul>
              <p class="soft">${t('phone.ballot.yours.only')}</p>
            </section>`
          : nothing
      }`,
  };
}
