/** The list of seats: who of them is present, who has voted in what is open, and what stands round it. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, sample, tag, toast } from '../elements/basics.js';
import { button, chip, chips, linkButton } from '../elements/buttons.js';
import { connection, lineStrip } from '../elements/connection.js';
import { groupLabel } from '../elements/groups.js';
import { icon, mark } from '../elements/icons.js';
import { language, refusalSentence, t } from '../lib/catalogue.js';
import { groupOf, wordsOf } from '../lib/reading.js';

const STATES = { connected: 'on', connecting: 'connecting', offline: 'off', closed: 'off' };
const HANDS = { own_phone: 'pos', other: 'info', gone: 'wait' };
const KNOW = ['words', 'mark', 'vote', 'phone'];

/** The whole page round a face: `{main, act?}`. */
export function frame(at, face, view) {
  const { room, ui, page } = at;
  const unsent = room.pending().filter((item) => item.state !== 'sent').length;
  return html`<a class="skip" href="#main" @click=${toMain}>${t('common.skip')}</a>${head(at)}
    ${lineStrip(room, { unsent })}
    <main id="main" tabindex="-1">
      ${
        view
          ? html`<nav class="way-back" aria-label=${t('common.back')}>
              <a class="btn quiet small" href=${page.home} @click=${home}
                >${icon('back')}<span>${t('helper.back')}</span></a
              >
            </nav>`
          : nothing
      }${face.main}
    </main>
    ${
      face.act || ui.toast
        ? html`<footer class="act">
            <div class="toasts">
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
            </div>
            ${face.act ?? nothing}
          </footer>`
        : nothing
    }`;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

/** To the list, without a # left in the address. */
export function home(event) {
  event?.preventDefault();
  history.pushState(null, '', location.pathname);
  dispatchEvent(new Event('hashchange'));
}

const head = ({ page, room, workshop }) =>
  html`<header>
    <div class="top">
      ${mark()}
      <p class="name">
        <b dir="auto">${workshop?.title ?? page.title}${page.example ? html` ${sample()}` : nothing}</b
        >${connection(STATES[room.state])}
      </p>
    </div>
  </header>`;

/** Before anything has come. */
export const loading = (at) =>
  html`${head(at)}
    <main id="main" tabindex="-1">
      <h1 class="ask">${t('helper.title')}</h1>
      <p class="soft" aria-busy="true">${t('helper.lead')}</p>
    </main>`;

/** The link that let this device in was replaced. */
export const over = (at) =>
  html`${head(at)}
    <main id="main" tabindex="-1">
      <div class="section">
        <h1 class="ask">${t('helper.over')}</h1>
        <p>${t('helper.over.text')}</p>
      </div>
    </main>`;

export function listFace(at) {
  const held = at.seats.filter((seat) => seat.hands === 'mine');
  const others = at.seats.filter((seat) => seat.hands !== 'mine');
  const votes = openVotes(at);
  return {
    main: html`<div class="section">
        <h1 class="ask">${t('helper.title')}</h1>
        <p>${t('helper.lead')}</p>
      </div>
      ${closedLine(at)}${votes.map((vote) => voteLine(vote, held))}
      ${
        held.length
          ? html`<section class="section">
              <h2 class="vh">${t('helper.yours')}</h2>
              <ul class="seat-list">
                ${held.map((seat) => row(at, seat, votes))}
              </ul>
              ${at.workshop.state === 'open' ? html`<p class="soft">${t('helper.present.text')}</p>` : nothing}
            </section>`
          : empty({ title: t('helper.none'), text: t('helper.none.text') })
      }
      <div class="section">
        ${held.length ? linkButton({ label: t('helper.cards'), href: `${at.page.home}/cards?lang=${language()}`, wide: true, icon: 'paper' }) : nothing}${
          at.workshop.state === 'open'
            ? linkButton({ label: t('helper.take'), href: '#take', wide: true, icon: 'key' })
            : nothing
        }
      </div>
      ${
        others.length
          ? html`<section class="section">
              <h2>${t('helper.others')}</h2>
              <ul class="list">
                ${others.map((seat) => html`<li class="spread"><b>${t('helper.seat', { number: seat.number })}</b>${tag(HANDS[seat.hands], t(`helper.hands.${seat.hands}`), seat.hands === 'own_phone' ? 'phone' : 'people')}</li>`)}
              </ul>
            </section>`
          : nothing
      }
      ${know(at)}`,
    act:
      at.workshop.state === 'open'
        ? linkButton({ label: t('helper.new'), href: '#new', sort: 'primary', wide: true, icon: 'plus' })
        : undefined,
  };
}

function closedLine({ workshop }) {
  if (workshop.state === 'open') return nothing;
  return html`<p class="sheet promise">${t(workshop.state === 'draft' ? 'helper.draft' : 'helper.closed')}</p>`;
}

/** The votes that are open now, newest first. */
function openVotes({ room }) {
  const open = (kind) =>
    room.records
      .all(kind)
      .filter((one) => one.state === 'open')
      .reverse();
  return [
    ...open('decision').map((vote) => ({ vote, kind: 'decision', words: wordsOf(room.records.get(vote.subject)) })),
    ...open('ballot').map((vote) => ({ vote, kind: 'ballot', words: vote.title })),
  ];
}

const mayVote = (seat, { vote, kind }) => kind === 'ballot' || vote.id in seat.voted;
const hasVoted = (seat, { vote }) => seat.voted[vote.id] === true;

function voteLine(one, held) {
  const able = held.filter((seat) => mayVote(seat, one));
  if (!held.length) return nothing;
  const voted = able.filter((seat) => hasVoted(seat, one)).length;
  return html`<section class="sheet open-vote">
    <p><b>${t(`helper.vote.${one.kind}`)}</b></p>
    ${one.words ? html`<p class=${one.kind === 'decision' ? 'words' : ''} dir="auto">${one.words}</p>` : nothing}
    <p class="soft">${t('helper.vote.count', { voted, n: able.length })}</p>
  </section>`;
}

function row(at, seat, votes) {
  const { unsent, refused } = at.leftovers.of(seat.number);
  const group = groupOf(at.room, seat.group);
  return html`<li>
    <a class="seat" href="${at.page.home}/${seat.number}"
      ><span class="vh">${t('helper.write', seat)}</span><b class="number" aria-hidden="true">${seat.number}</b
      ><span class="whose"
        ><b dir="auto" class=${seat.name ? '' : 'soft'}>${seat.name ?? t('helper.unnamed')}</b>${
          group ? groupLabel(group) : nothing
        }${votes.map((one) => votedTag(seat, one, votes.length > 1))}${unsent ? tag('wait', t('helper.unsent', { n: unsent })) : nothing}${refused ? tag('neg', t('helper.refused', { n: refused })) : nothing}</span
      >${icon('next')}</a
    >
    ${at.workshop.state === 'open' ? presentButton(at, seat) : nothing}
  </li>`;
}

function votedTag(seat, one, several) {
  const name = several && one.words ? html`: ${one.words}` : nothing;
  if (!mayVote(seat, one)) return html`<span class="soft">${t('helper.voted.waits')}${name}</span>`;
  return hasVoted(seat, one)
    ? tag('pos', html`${t('helper.voted.yes')}${name}`)
    : tag('wait', html`${t('helper.voted.no')}${name}`);
}

/** Present or not, as it will be when what was pressed has arrived. */
function presentButton(at, seat) {
  const sent = at.room
    .pending()
    .filter((item) => item.name === 'mark_seat' && item.subject === seat.id && item.state !== 'refused')
    .at(-1);
  const present = sent ? sent.args.present : seat.present;
  const press = async () => {
    const answer = await at.room.send('mark_seat', { seat: seat.id, present: !present }, { latest: true });
    if (!answer.ok && answer.error.code !== 'dismissed') at.say(refusalSentence(answer.error));
  };
  return button({
    label: html`<span class="vh">${t('helper.seat', seat)}: </span>${t(present ? 'helper.present' : 'helper.absent')}`,
    icon: present ? 'check' : undefined,
    small: true,
    extra: present ? 'present on' : 'present',
    onClick: press,
  });
}

/** What a helper must know, and the language. */
const know = (at) =>
  html`<section class="section know">
      <h2>${t('helper.know')}</h2>
      <ul class="list">
        ${KNOW.map((what) => html`<li>${t(`helper.know.${what}`)}</li>`)}
      </ul>
      ${linkButton({ label: t('helper.know.who'), href: `/secrecy?lang=${language()}`, wide: true })}
    </section>
    <section class="section">
      <h2>${t('helper.language')}</h2>
      ${chips(
        t('helper.language'),
        ['da', 'en'].map((one) =>
          chip({ label: t(`common.language.${one}`), chosen: language() === one, onClick: () => at.speak(one) }),
        ),
      )}
    </section>`;
