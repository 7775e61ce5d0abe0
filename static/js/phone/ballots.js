/**
 * A ballot while it is open, and while it waits to be published. Whole and absolute: "Stem" sends everything chosen, and
 * until it closes it can be sent again. The order of options is this phone's own.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { clock } from '../elements/clocks.js';
import { brought } from '../elements/cards.js';
import { turnoutBar } from '../elements/turnout.js';
import { approvalRow, dotsStepper, positionsButtons, statement, votesLeft } from '../elements/votes.js';
import { refusalSentence, t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { wordsOf } from '../lib/reading.js';
import { nextStatement, shuffled } from '../lib/shuffle.js';
import { clean } from '../lib/cleaning.js';
import { choose, onItsWay } from './choosing.js';
import { noticeViews, seenCounts } from './counts.js';
import { sameChoices } from './frame.js';
import {
  isOpen,
  keepArgs,
  keptOf,
  nameAndKeep,
  nameFirst,
  nameMissing,
  nameRefused,
  opennessNote,
  saveName,
} from './openly.js';
import { waitsFor } from './waits.js';

export function ballotFace(at, ballot) {
  if (ballot.state !== 'open') return closed(at, ballot);
  return ballot.method === 'positions' ? positions(at, ballot) : choices(at, ballot);
}

const textOf = (room, id) => wordsOf(room.records.get(id)) || t('phone.ballot.gone');

/** Where an option comes from, if it was brought along: the ballot says what the list of ideas says. */
const fromOf = (room, id) => brought(room.records.get(id) ?? {});

const optionsOf = ({ room }, ballot) =>
  shuffled(ballot.options, `${room.me?.id}/${ballot.id}`).map((id) => ({
    id,
    text: textOf(room, id),
    from: fromOf(room, id),
  }));

const cast = ({ room }, ballot) => room.choices(ballot.id) ?? {};
const onlyChosen = (chosen) => Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));

/** What is marked here now: half-filled survives a reload and everything that happens in the room. */
const marked = (at, ballot) =>
  onOptions(
    ballot,
    at.kept(`marks:${ballot.id}`) ??
      (at.room.mine.voted?.[ballot.id] ? cast(at, ballot) : (at.room.missing(ballot.id) ?? {})),
  );

/** What is chosen among the options there are now: one may have been taken out. */
const onOptions = (ballot, chosen) =>
  onlyChosen(Object.fromEntries(Object.entries(chosen).filter(([id]) => ballot.options.includes(id))));

/** An idea whose author was deleted is on the ballot no longer: what was given to it is free. */
const takenOut = (ballot) =>
  ballot.dropped ? html`<p class="soft">${t('phone.ballot.dropped', { n: ballot.dropped })}</p>` : nothing;

/** Said where this phone has a vote that the server has not. */
const lostLine = (at, ballot) =>
  at.room.missing(ballot.id) ? html`<p role="status">${tag('warn', t('phone.vote.missing'))}</p>` : nothing;

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

function heading(at, ballot) {
  const ms = at.room.clock.remaining(ballot.ends_at);
  return html`<h1 class="ask" dir="auto">${ballot.title || t('phone.ballot.ask')}</h1>
    ${ms === null ? nothing : clock({ left: Math.ceil(ms / 1000), withIcon: true, under: t('phone.ballot.closes', { at: timeWithDay(ballot.ends_at) }) })}`;
}

/** Marking is not voting yet: said where the marks are, until they are sent. */
const unsentLine = (at, ballot, used) =>
  used && !onItsWay(at, 'cast_ballot', ballot.id)
    ? html`<p role="status">${tag('warn', t('phone.ballot.unsent'))}</p>`
    : nothing;

const votedLine = (changed) =>
  html`<p>${changed ? tag('warn', t('phone.ballot.changed')) : tag('pos', t('phone.ballot.in'))}</p>`;

const turnout = (ballot) => turnoutBar({ ...ballot.turnout, words: t('phone.ballot.turnout') });

const whoSees = (at, ballot) =>
  opennessNote(
    at,
    ballot,
    ballot.ends_at ? t('phone.ballot.until', { at: timeWithDay(ballot.ends_at) }) : t('phone.ballot.change'),
  );

/** Whether my name is to stay was decided anew since the vote was sent. */
const keepChanged = (at, ballot) =>
  isOpen(at, ballot) && keptOf(at, ballot) !== (at.room.mine.by_name?.[ballot.id] ?? false);

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

async function send(at, ballot, now, quiet = false) {
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

/** The statements in the order they came up on this phone. */
const cameUp = (at, ballot) => (at.kept(`shown:${ballot.id}`) ?? []).filter((id) => ballot.options.includes(id));

/** The statement to answer now: the one that lies here, else another drawn; null while the counts for the draw are on their way. */
function currentStatement(at, ballot, now) {
  const shown = cameUp(at, ballot);
  const last = shown.at(-1);
  if (last && !now[last]) return last;
  const counts = seenCounts(at, ballot.id);
  if (!counts) return null;
  const open = ballot.options.filter((id) => !now[id]);
  const drawn = nextStatement(Object.fromEntries(open.map((id) => [id, counts[id] ?? 0])), Math.random());
  at.keep(`shown:${ballot.id}`, [...shown.filter((id) => id !== drawn), drawn]);
  return drawn;
}

/** One statement at a time; each answer is sent at once, as a whole ballot. */
function positions(at, ballot) {
  const { ui, room } = at;
  if (isOpen(at, ballot) && !room.me.name) return nameBefore(at, ballot);
  const now = marked(at, ballot);
  const chosen = ui.opened[`statement ${ballot.id}`];
  const left = ballot.options.filter((id) => !now[id]).length;
  if (chosen === 'all' || (!left && !chosen)) return answered(at, ballot, now);
  noticeViews(at);
  const id = chosen ?? currentStatement(at, ballot, now);
  if (!id)
    return {
      key: `${ballot.id}/next`,
      covers: ballot.id,
      main: html`<p class="soft" aria-busy="true">${t('phone.fetch')}</p>`,
    };
  const shown = cameUp(at, ballot);
  const place = shown.indexOf(id);
  const done = ballot.options.length - left;
  const previous = place > 0 ? shown[place - 1] : null;
  const go = (to) => {
    ui.opened[`statement ${ballot.id}`] = to;
    at.draw();
  };
  const answer = (value) => {
    const whole = { ...now, [id]: value };
    at.keep(`marks:${ballot.id}`, whole);
    delete ui.opened[`statement ${ballot.id}`];
    send(at, ballot, whole, true);
  };
  return {
    key: `${ballot.id}/${id}`,
    covers: ballot.id,
    main: html`<div class="section">
        <h1 class=${ballot.title ? 'lead' : 'vh'} dir="auto">${ballot.title || t('phone.ballot.positions')}</h1>
        <p class="progress-line">
          <span
            ><b>${t('phone.ballot.statement', { n: now[id] ? place + 1 : done + 1 })}</b>
            <span class="soft">${t('phone.ballot.statement.of', { whole: ballot.options.length })}</span></span
          ><span class="soft" role="status">${t('phone.ballot.left', { n: left })}</span>
        </p>
      </div>
      ${lostLine(at, ballot)}${statement({ id, text: textOf(room, id), from: fromOf(room, id), value: now[id], onChoose: answer })}`,
    act: html`${opennessNote(at, ballot)}${waitsLine(at, ballot)}${
      previous || done
        ? html`<div class="pair">
            ${
              previous
                ? button({
                    label: t('phone.ballot.previous'),
                    sort: 'quiet',
                    icon: 'undo',
                    onClick: () => go(previous),
                  })
                : nothing
            }${done ? button({ label: t('phone.ballot.all'), sort: 'quiet', onClick: () => go('all') }) : nothing}
          </div>`
        : nothing
    }`,
  };
}

/** Statements are answered one by one and sent at once, so an open vote asks for the name before the first. */
function nameBefore(at, ballot) {
  const save = async () => {
    const answer = await saveName(at, clean(at.room.drafts.get('name', ''), { oneLine: true }));
    if (!answer.ok) at.ui.errors.name = refusalSentence(answer.error);
    at.draw();
  };
  return {
    key: `${ballot.id}/name`,
    covers: ballot.id,
    clock: at.room.clock.remaining(ballot.ends_at) !== null,
    main: html`<div class="section">
        ${heading(at, ballot)}
        <p class="soft">${t('phone.openly.positions')}</p>
      </div>
      ${nameAndKeep(at, ballot)}`,
    act: html`${opennessNote(at, ballot)}${button({ label: t('phone.openly.go'), sort: 'primary', wide: true, missing: nameMissing(at, ballot), onClick: save })}`,
  };
}

/** Everything is answered, and only whether the name stays was changed, or the server has lost it: send that too. */
const keepAgain = (at, ballot, now) =>
  keepChanged(at, ballot) || at.room.missing(ballot.id)
    ? button({
        label: t('phone.ballot.send_again'),
        sort: 'secondary',
        wide: true,
        onClick: () => send(at, ballot, now),
      })
    : nothing;
const waitsLine = (at, ballot) => {
  const flying = onItsWay(at, 'cast_ballot', ballot.id);
  return flying?.state === 'waiting' ? html`<p class="soft" role="status">${t('phone.ballot.waits')}</p>` : nothing;
};

/** All statements with my answers, each to be changed. */
function answered(at, ballot, now) {
  const options = optionsOf(at, ballot);
  const left = options.filter((one) => !now[one.id]).length;
  const change = (id, value) => {
    const whole = { ...now, [id]: value };
    at.keep(`marks:${ballot.id}`, whole);
    send(at, ballot, whole, true);
  };
  return {
    key: `${ballot.id}/all`,
    covers: ballot.id,
    clock: at.room.clock.remaining(ballot.ends_at) !== null,
    main: html`<div class="section">
        ${heading(at, ballot)}
        <p>${left ? t('phone.ballot.left', { n: left }) : tag('pos', t('phone.ballot.all_answered'))}</p>
      </div>
      ${lostLine(at, ballot)}${options.map(
        (one) =>
          html`<section class="sheet small-statement">
            <p class="words" dir="auto">${one.text}</p>
            ${one.from}${positionsButtons({ value: now[one.id], onChoose: (value) => change(one.id, value) })}
          </section>`,
      )}${nameAndKeep(at, ballot)}${turnout(ballot)}`,
    act: html`${whoSees(at, ballot)}${keepAgain(at, ballot, now)}${waitsLine(at, ballot)}${
      left
        ? button({
            label: t('phone.ballot.go_on'),
            sort: 'primary',
            wide: true,
            onClick: () => {
              delete at.ui.opened[`statement ${ballot.id}`];
              at.draw();
            },
          })
        : nothing
    }`,
  };
}

/** Closed, not yet published: nobody sees anything but how many. */
function closed(at, ballot) {
  const voted = at.room.mine.voted?.[ballot.id];
  const mine = Object.keys(onlyChosen(cast(at, ballot)));
  const options = optionsOf(at, ballot).filter((one) => mine.includes(one.id));
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
                ${options.map((one) => html`<li class="words" dir="auto">${one.text}</li>`)}
              </ul>
              <p class="soft">${t('phone.ballot.yours.only')}</p>
            </section>`
          : nothing
      }`,
  };
}
