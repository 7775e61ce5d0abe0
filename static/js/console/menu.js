/** The menu: language and theme, links, the own name, who is in the room. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button, chip, chips, linkButton } from '../elements/buttons.js';
import { groupLabel, groupName } from '../elements/groups.js';
import { confirm } from '../elements/cards.js';
import { qr } from '../elements/qr.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { currentStep, groupOf, inOrder, workshopOf } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { people } from './desk.js';
import { livingDialog } from './dialogs.js';
import { openHands } from './hands.js';
import { openHelp } from './help.js';
import { finishStep, lock, toggleFullScreen } from './moves.js';
import { editProgramme } from './programme.js';
import { openReview } from './review.js';
import { markButton, openHelpers, seatWords } from './seats.js';
import { openScreens } from './shows.js';
import { organiserPage } from './closing.js';
import { chairPart } from './chair.js';
import { openTimer, timed } from './timers.js';

export function openMenu(desk) {
  let name = desk.room.me?.name ?? '';
  const dialog = livingDialog({
    title: t('common.menu'),
    body: ({ again, close }) => {
      const then = (open) => () => {
        close();
        open();
      };
      const workshop = workshopOf(desk.room);
      return html`<div class="menu">
          ${button({ label: t('console.programme.edit'), icon: 'paper', wide: true, onClick: then(() => editProgramme(desk)) })}
          ${button({ label: t('console.menu.board'), icon: 'board', wide: true, onClick: then(() => openScreens(desk)) })}
          ${timed(desk.room).length ? button({ label: t('console.timer'), icon: 'clock', wide: true, onClick: then(() => openTimer(desk)) }) : nothing}
          ${currentStep(desk.room) ? button({ label: t('console.menu.finish', { title: currentStep(desk.room).title }), icon: 'check', wide: true, onClick: then(() => finishStep(desk)) }) : nothing}
          ${button({ label: t('console.menu.people'), icon: 'people', wide: true, onClick: then(() => openPeople(desk)) })}
          ${button({ label: t('console.helpers'), icon: 'phone', wide: true, onClick: then(() => openHelpers(desk)) })}
          ${button({ label: t('hands.title'), icon: 'people', wide: true, onClick: then(() => openHands(desk)) })}
          ${button({ label: t('console.review'), icon: 'eye', wide: true, onClick: then(() => openReview(desk)) })}
          ${button({ label: t('console.menu.join'), icon: 'phone', wide: true, onClick: then(() => openJoin(desk)) })}
          ${button({ label: workshop.locked ? t('console.menu.unlock') : t('console.menu.lock'), icon: 'lock', wide: true, pressed: workshop.locked, onClick: () => lock(desk) })}
          ${linkButton({ label: t('console.menu.import'), href: desk.page.import_url, icon: 'plus', wide: true })}
          ${linkButton({ label: t('console.menu.organiser'), href: organiserPage(desk), icon: 'paper', wide: true })}
          ${button({ label: t('console.help.title'), icon: 'hint', wide: true, onClick: then(() => openHelp(desk)) })}
          ${button({ label: t('console.menu.full'), icon: 'board', wide: true, onClick: () => toggleFullScreen(desk) })}
        </div>
        ${
          desk.room.me?.role === 'facilitator'
            ? html`<form
                class="inline"
                @submit=${(event) => {
                  event.preventDefault();
                  setName(desk, name);
                }}
              >
                ${field({
                  id: 'own-name',
                  label: t('console.menu.name'),
                  hint: t('console.menu.name.hint'),
                  value: name,
                  max: desk.page.limits['participant.name'],
                  onInput: (value) => {
                    name = value;
                    again();
                  },
                })}${button({ label: t('common.save'), type: 'submit' })}
              </form>`
            : nothing
        }
        ${chairPart(desk, workshop)}
        <div class="stack gap-2">
          <h3>${t('console.menu.language')}</h3>
          ${chips(
            t('console.menu.language'),
            ['da', 'en'].map((value) =>
              chip({
                label: t(`common.language.${value}`),
                chosen: desk.personal.language === value,
                onClick: async () => {
                  await desk.personal.setLanguage(value);
                  close();
                },
              }),
            ),
          )}
        </div>
        <div class="stack gap-2">
          <h3>${t('console.menu.sound')}</h3>
          ${chips(
            t('console.menu.sound'),
            [false, true].map((value) =>
              chip({
                label: t(value ? 'console.sound.on' : 'console.sound.off'),
                chosen: desk.chime.on === value,
                onClick: () => {
                  desk.chime.on = value;
                  again();
                },
              }),
            ),
          )}
          <p class="soft">${t('console.sound.text')}</p>
        </div>
        <div class="stack gap-2">
          <h3>${t('console.menu.theme')}</h3>
          ${chips(
            t('console.menu.theme'),
            ['system', 'light', 'dark'].map((value) =>
              chip({
                label: t(`console.look.${value}`),
                chosen: desk.personal.theme === value,
                onClick: () => {
                  desk.personal.setTheme(value);
                  again();
                },
              }),
            ),
          )}
        </div>`;
    },
  });
  return dialog.closed;
}

async function setName(desk, name) {
  const answer = await desk.act('set_name', { name: clean(name, { oneLine: true }) || null }, t('console.said.name'));
  if (answer.ok) {
    if (desk.room.me) desk.room.me = { ...desk.room.me, name: clean(name, { oneLine: true }) || null };
    desk.draw();
  }
}

/** The way in, large: for showing to somebody, and the codes of the groups. */
function openJoin(desk) {
  const { page, room } = desk;
  livingDialog({
    title: t('console.menu.join'),
    wide: true,
    body: () =>
      html`<div class="join-large">
          <div class="qrs">${qr({ modules: page.join.qr, address: page.join.url })}</div>
          <div class="stack">
            <p>${t('console.join.address')}<br /><b>${page.join.host}</b></p>
            <p>${t('element.qr_code')}<br /><b class="code big">${page.code}</b></p>
            ${page.board_url ? linkButton({ label: t('console.board.open'), href: page.board_url, icon: 'board' }) : html`<p class="soft">${t('console.join.no_board')}</p>`}
          </div>
        </div>
        <h3>${t('console.join.groups')}</h3>
        <p class="soft">${t('console.join.groups.text')}</p>
        <ul class="here">
          ${inOrder(room.records.all('group')).map((group) => html`<li>${groupLabel(group)}<span class="code">${group.code}</span></li>`)}
        </ul>`,
  });
}

/** Everybody who is in, with a way to take somebody out. */
function openPeople(desk) {
  const { room } = desk;
  livingDialog({
    title: t('console.menu.people'),
    wide: true,
    body: () => {
      const rows = room.records.all('participant');
      const found = people(room);
      return html`<p class="soft">${t('console.people.text', { here: found.here, n: found.joined })}</p>
        <div role="status">${done(desk)}</div>
        ${
          rows.length
            ? html`<ul class="people-list">
                ${rows.map(
                  (person) =>
                    html`<li>
                      <span
                        ><b dir="auto">${person.name ?? t('console.people.unnamed')}</b>
                        ${groupLabel(groupOf(room, person.group))}</span
                      ><span class="soft"
                        >${seatWords(person)}${t('console.people.joined', { at: timeWithDay(person.joined_at) })}${person.ready ? html` · ${t('console.people.ready')}` : nothing}</span
                      >
                      <span class="acts end"
                        >${markButton(desk, person)}${button({ label: t('console.people.move'), small: true, name: t('console.people.move_named', { name: whoIs(room, person) }), onClick: () => openMove(desk, person) })}${button({ label: t('common.remove'), small: true, name: t('console.people.remove_named', { name: whoIs(room, person) }), onClick: () => remove(desk, person) })}</span
                      >
                    </li>`,
                )}
              </ul>`
            : html`<p>${t('console.room.nobody')}</p>`
        }`;
    },
  });
}

/** What was just done or refused, said in the dialog too: the head, where it stands, is covered by it. */
function done(desk) {
  const now = desk.doing.toast;
  return now ? tag(now.refused ? 'warn' : 'pos', now.text) : nothing;
}

/** Somebody is in the wrong group: to another one, between two votes. */
function openMove(desk, person) {
  const { room } = desk;
  const dialog = livingDialog({
    title: t('console.people.move_named', { name: whoIs(room, person) }),
    body: ({ close }) => {
      const move = async (group) => {
        close();
        const said = t('console.said.moved_person', { group: groupName(group) });
        await desk.act('change_group', { participant: person.id, group: group.key }, said);
      };
      const others = inOrder(room.records.all('group')).filter((group) => group.key !== person.group);
      return html`<p class="soft">${t('console.people.move.text')}</p>
        <div class="menu">
          ${others.map((group) => button({ label: groupLabel(group), name: groupName(group), wide: true, onClick: () => move(group) }))}
        </div>`;
    },
  });
  return dialog;
}

/** Somebody without a name is one of the group: its name alone would read as if all of them were meant. */
const whoIs = (room, person) =>
  person.name ?? t('console.people.one_of', { group: groupName(groupOf(room, person.group)) });

async function remove(desk, person) {
  const yes = await confirm({
    title: t('console.people.remove', { name: whoIs(desk.room, person) }),
    text: t(person.role === 'helper' ? 'console.people.seat.remove.text' : 'console.people.remove.text'),
    yes: t('common.remove'),
  });
  if (yes) await desk.act('remove_participant', { participant: person.id }, t('console.said.removed'));
}
