/** Statements to answer one at a time: each answer is sent at once, as a whole ballot. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { positionsButtons, statement } from '../elements/votes.js';
import { refusalSentence, t } from '../lib/catalogue.js';
import { nextStatement } from '../lib/shuffle.js';
import { clean } from '../lib/cleaning.js';
import { onItsWay } from './choosing.js';
import { noticeViews, seenCounts } from './counts.js';
import { fromOf, heading, keepChanged, lostLine, marked, optionsOf, send, textOf, turnout, whoSees } from './marks.js';
import { isOpen, nameAndKeep, nameMissing, opennessNote, saveName } from './openly.js';

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
export function positions(at, ballot) {
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
