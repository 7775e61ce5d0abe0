/** What is marked on a ballot here, what of it the server has, and sending it whole. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { clock } from '../elements/clocks.js';
import { brought } from '../elements/cards.js';
import { turnoutBar } from '../elements/turnout.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { wordsOf } from '../lib/reading.js';
import { shuffled } from '../lib/shuffle.js';
import { choose } from './choosing.js';
import { sameChoices } from './frame.js';
import { isOpen, keepArgs, keptOf, nameFirst, nameRefused, opennessNote } from './openly.js';

export const textOf = (room, id) => wordsOf(room.records.get(id)) || t('phone.ballot.gone');

/** Where an option comes from, if it was brought along: the ballot says what the list of ideas says. */
export const fromOf = (room, id) => brought(room.records.get(id) ?? {});

export const optionsOf = ({ room }, ballot) =>
  shuffled(ballot.options, `${room.me?.id}/${ballot.id}`).map((id) => ({
    id,
    text: textOf(room, id),
    from: fromOf(room, id),
  }));

export const cast = ({ room }, ballot) => room.choices(ballot.id) ?? {};
export const onlyChosen = (chosen) => Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));

/** What is marked here now: half-filled survives a reload and everything that happens in the room. */
export const marked = (at, ballot) =>
  onOptions(
    ballot,
    at.kept(`marks:${ballot.id}`) ??
      (at.room.mine.voted?.[ballot.id] ? cast(at, ballot) : (at.room.missing(ballot.id) ?? {})),
  );

/** What is chosen among the options there are now: one may have been taken out. */
export const onOptions = (ballot, chosen) =>
  onlyChosen(Object.fromEntries(Object.entries(chosen).filter(([id]) => ballot.options.includes(id))));

/** Said where this phone has a vote that the server has not. */
export const lostLine = (at, ballot) =>
  at.room.missing(ballot.id) ? html`<p role="status">${tag('warn', t('phone.vote.missing'))}</p>` : nothing;

export function heading(at, ballot) {
  const ms = at.room.clock.remaining(ballot.ends_at);
  return html`<h1 class="ask" dir="auto">${ballot.title || t('phone.ballot.ask')}</h1>
    ${ms === null ? nothing : clock({ left: Math.ceil(ms / 1000), withIcon: true, under: t('phone.ballot.closes', { at: timeWithDay(ballot.ends_at) }) })}`;
}

export const turnout = (ballot) => turnoutBar({ ...ballot.turnout, words: t('phone.ballot.turnout') });

export const whoSees = (at, ballot) =>
  opennessNote(
    at,
    ballot,
    ballot.ends_at ? t('phone.ballot.until', { at: timeWithDay(ballot.ends_at) }) : t('phone.ballot.change'),
  );

/** Whether my name is to stay was decided anew since the vote was sent. */
export const keepChanged = (at, ballot) =>
  isOpen(at, ballot) && keptOf(at, ballot) !== (at.room.mine.by_name?.[ballot.id] ?? false);

export async function send(at, ballot, now, quiet = false) {
  if (!(await nameFirst(at, ballot))) return;
  const answer = await choose(
    at,
    'cast_ballot',
    { ballot: ballot.id, choices: now, ...keepArgs(at, ballot) },
    { latest: true },
  );
  nameRefused(at, answer);
  if (!answer.ok) return;
  at.keep(`keep:${ballot.id}`, null);
  // What was marked meanwhile is another vote, and stays.
  if (sameChoices(onlyChosen(at.kept(`marks:${ballot.id}`) ?? now), now)) at.keep(`marks:${ballot.id}`, null);
  if (!quiet) at.say(Object.keys(now).length ? t('phone.ballot.thanks') : t('phone.ballot.taken_back'));
}
