/**
 * Voting by name, where the own group votes openly: the line that says so beside the vote, the name that is asked for right
 * there, and whether it stays.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note } from '../elements/basics.js';
import { chip, chips } from '../elements/buttons.js';
import { field } from '../elements/texts.js';
import { refusalSentence, t } from '../lib/catalogue.js';
import { opennessWords, votesOpenly } from '../lib/reading.js';
import { clean, lengthOf } from '../lib/cleaning.js';

const mine = ({ room }) => room.me?.group;

/** Whether my own vote stands by name. */
export const isOpen = (at, vote) => votesOpenly(vote, mine(at));

/** Who can see this, in one line, then until when. `more`: what else the line says. */
export function opennessNote(at, vote, more = '') {
  const few = vote.few_in_secret && !isOpen(at, vote) ? ` ${t('phone.openly.few')}` : '';
  return (
    at.acting?.line(vote, few) ??
    note(isOpen(at, vote) ? 'eye' : 'lock', html`${opennessWords(at.room, vote, mine(at))}${few} ${more}`)
  );
}

/** The name that is said, or being written here. */
const nameHere = ({ room }) => room.me.name ?? clean(room.drafts.get('name', ''), { oneLine: true });

/** What the button says while an open vote has no name, or one that is too long; else nothing. */
export function nameMissing(at, vote) {
  if (!isOpen(at, vote)) return '';
  const over = lengthOf(nameHere(at)) - at.page.limits['participant.name'];
  return !nameHere(at) ? t('phone.openly.name_first') : over > 0 ? t('phone.write.too_long', { n: over }) : '';
}

/** Under whose name one votes: the one said before, or a field for it; then whether it stays when names are deleted. */
export function nameAndKeep(at, vote) {
  if (!isOpen(at, vote)) return nothing;
  const { room } = at;
  return html`<section class="section by-own-name">
    <h2>${t('phone.openly')}</h2>
    ${room.me.name ? html`<p>${t('phone.openly.as')} <b dir="auto">${room.me.name}</b>. <a href="#me">${t('phone.openly.change')}</a></p>` : nameField(at)}
    <p class="soft">${t('phone.commit.later')}</p>
    ${chips(
      t('phone.commit.later'),
      [false, true].map((value) =>
        chip({
          label: t(value ? 'phone.commit.kept' : 'phone.commit.deleted', { n: at.workshop.retention_days }),
          chosen: keptOf(at, vote) === value,
          onClick: () => at.keep(`keep:${vote.id}`, value),
        }),
      ),
    )}
  </section>`;
}

function nameField(at) {
  const { room, ui } = at;
  return field({
    id: 'open-name',
    label: t('phone.openly.name'),
    value: room.drafts.get('name', ''),
    max: at.page.limits['participant.name'],
    autocomplete: 'name',
    hint: t('phone.openly.name.hint'),
    error: ui.errors.name,
    onInput: (text) => {
      delete ui.errors.name;
      room.drafts.set('name', text);
      at.draw();
    },
  });
}

/** Whether my name stays: as marked here, else as it was sent. */
export const keptOf = (at, vote) => at.kept(`keep:${vote.id}`) ?? at.room.mine.by_name?.[vote.id] ?? false;

/** The argument that goes with an open vote, and with no other. */
export const keepArgs = (at, vote) => (isOpen(at, vote) ? { keep: keptOf(at, vote) } : {});

/** Say the name, if the vote needs one that was not said yet. False: it was refused, and the reason stands at the field. */
export async function nameFirst(at, vote) {
  if (!isOpen(at, vote) || at.room.me.name) return true;
  const answer = await saveName(at, nameHere(at));
  if (answer.ok) return true;
  at.ui.errors.name = refusalSentence(answer.error);
  at.draw();
  return false;
}

/** Save one's name; what stands in its field stays until the answer is yes. */
export async function saveName(at, name) {
  const { room } = at;
  const waiting = room.drafts.submit('name', () => room.send('set_name', { name: name || null }, { latest: true }));
  at.draw();
  const answer = await waiting;
  if (answer.ok) {
    // `me` comes with a sync, not with an answer.
    room.me = { ...room.me, name: name || null };
    room.refresh();
  }
  return answer;
}

/** A vote was refused because the name is gone (taken back on another device): ask for it here, the choice stays. */
export function nameRefused(at, answer) {
  if (answer.ok || answer.error.code !== 'empty' || answer.error.field !== 'name') return;
  at.room.me = { ...at.room.me, name: null };
  at.draw();
}
