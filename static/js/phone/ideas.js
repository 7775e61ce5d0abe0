/** Writing ideas: alone at first, or in the open; and changing an own one. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, note } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { openIdeas } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { home } from './frame.js';
import { from } from './loader.js';
import { noPlace, placesOf, writingMode } from './places.js';
import { composer } from './writing.js';

/** How many of the places are used; when all are, what else one can do. */
function placesLine(at, unsent) {
  const places = placesOf(at);
  if (!places) return nothing;
  const count = html`<p class="soft" role="status">
    ${t('phone.ideas.places', { used: Math.min(places.used, places.most), n: places.most })}
  </p>`;
  if (!places.full) return count;
  const open = writingMode(at) === 'open';
  return html`${count}
    <p>
      ${t(open ? 'phone.ideas.full.open' : 'phone.ideas.full.private')}${unsent ? html` ${t('phone.ideas.full.kept')}` : nothing}
    </p>
    ${open && !at.view ? html`<p><a href="#ideas">${t('phone.ideas.shown')}</a></p>` : nothing}`;
}

/** The ideas step: alone at first; after the reveal the room's list, with a way to write more. */
export function ideasFace(at) {
  if (at.step.id !== at.now?.id) return late(at);
  // The reveal comes when it comes: who is in the middle of an idea goes on with it.
  const unsent = clean(at.room.drafts.get('idea')) !== '';
  return writingMode(at) === 'private' || unsent ? writeFace(at) : from('idealist', 'ideasList', at);
}

/** The step is over, and somebody was writing: the words are kept, and where they can go is said. */
function late(at) {
  const box = writing(at);
  return {
    key: 'late',
    main: html`${box.view}
      <p class="soft">${t('phone.ideas.late')}</p>`,
    act: writingMode(at) ? box.button() : undefined,
  };
}

function writing(at, then) {
  const { room, page } = at;
  const why = room.drafts.get('idea-why');
  return composer(at, {
    name: 'idea',
    label: t('phone.ideas.yours'),
    max: page.limits['idea.text'],
    large: true,
    command: 'post_idea',
    arg: 'text',
    args: () => (clean(why) ? { why: clean(why) } : {}),
    also: ['idea-why'],
    action: t('phone.ideas.send'),
    missing: t('phone.ideas.empty'),
    full: noPlace(at),
    done: () => {
      then?.();
      at.say(t(writingMode(at) === 'private' ? 'phone.ideas.sent.private' : 'phone.ideas.sent.open'));
    },
  });
}

/** One field, the question over it, and the own ideas under it. */
export function writeFace(at) {
  const { room, step, now, workshop, ui } = at;
  const mode = writingMode(at);
  const running = now ?? step;
  const box = writing(at);
  const why = room.drafts.get('idea-why');
  const open = ui.opened.why || why;
  const full = placesOf(at)?.full;
  // Nothing is taken from whoever is writing when the last place goes: the words stay in the field.
  const writes = mode && (!full || box.text);
  if (!writes) ui.drawn?.delete('idea');
  return {
    key: 'write',
    main: html`<h1 class="ask words" dir="auto">
        ${running?.settings?.question || workshop.question || running?.title || workshop.title}
      </h1>
      ${running?.step_kind === 'ideas' && running.instruction ? html`<p class="soft" dir="auto">${running.instruction}</p>` : nothing}
      ${mode === 'open' && !at.view && !full ? html`<p><a href="#ideas">${t('phone.ideas.shown')}</a></p>` : nothing}
      ${
        writes
          ? html`<div class="section">
              ${alike(at, box)}${box.view}${
                open
                  ? field({
                      id: 'w-idea-why',
                      label: t('phone.ideas.why'),
                      value: why,
                      rows: 2,
                      max: at.page.limits['idea.why'],
                      optional: true,
                      words: true,
                      onInput: (text) => {
                        room.drafts.set('idea-why', text);
                        at.draw();
                      },
                    })
                  : button({
                      label: t('phone.ideas.add_why'),
                      sort: 'quiet',
                      small: true,
                      icon: 'plus',
                      onClick: () => {
                        ui.opened.why = true;
                        at.draw();
                      },
                    })
              }${
                box.flying && !full
                  ? button({ label: t('phone.ideas.another'), small: true, icon: 'plus', onClick: box.clear })
                  : nothing
              }
            </div>`
          : nothing
      }
      ${mode ? placesLine(at, Boolean(box.text) && !box.flying) : html`<p>${t('phone.ideas.closed')}</p>`}
      ${mine(at)}${mode && Object.keys(room.mine.ideas ?? {}).length ? done(at) : nothing}`,
    act: writes
      ? html`${note(mode === 'private' ? 'eye-off' : 'eye', t(mode === 'private' ? 'phone.ideas.who.private' : 'phone.ideas.who.open'))}${box.button()}`
      : undefined,
  };
}

/** An idea that was begun while ideas were gathered, in a later step: to be sent where that can be, kept, or thrown away. */
export function unsentFace(at) {
  const mode = writingMode(at);
  const box = writing(at, home);
  const parts = from('unsent', 'unsentParts', at, box);
  return {
    key: 'unsent',
    main: html`${parts.over ?? nothing}${box.view}${parts.under ?? nothing}${mine(at)}`,
    act: mode
      ? html`${note(mode === 'private' ? 'eye-off' : 'eye', t(`phone.ideas.who.${mode}`))}${box.button()}`
      : undefined,
  };
}

/** Words from which a text says enough to be compared. */
const ENOUGH_WORDS = 3;

/** Whether others have said something like it. The strip stands over the field, in sight with the
 * keyboard open, and is there before there is anything in it: nothing moves when it comes. */
function alike(at, box) {
  const { room } = at;
  if (!openIdeas(room).length && !Object.keys(room.mine.ideas ?? {}).length) return nothing;
  const enough =
    room.state === 'connected' && !box.flying && box.over <= 0 && box.text.split(/\s+/).length >= ENOUGH_WORDS;
  const part = enough ? from('alike', 'alikeStrip', at, box) : null;
  return html`<div class="alike" role="status">${part && !part.missing ? part.main : nothing}</div>`;
}

/** "I have no more": the facilitator sees how many are done, and can move on without asking. */
function done({ room }) {
  const ready = Boolean(room.mine.ready);
  return button({
    label: t(ready ? 'phone.ready.done_is' : 'phone.ready.done'),
    pressed: ready,
    icon: ready ? 'check' : undefined,
    wide: true,
    onClick: () => room.send('set_ready', { ready: !ready }, { latest: true }),
  });
}

/** My ideas; their screen is fetched when there is one. Without a network yet, what waits is shown all the same. */
function mine(at) {
  const sent = at.room.pending().filter((item) => item.name === 'post_idea');
  if (!Object.keys(at.room.mine.ideas ?? {}).length && !sent.length) return nothing;
  const part = from('idealist', 'mineSection', at);
  if (!part.missing) return part.main;
  return html`${sent.map(
    (item) =>
      html`<div class="sheet idea waiting">
        <p class="words" dir="auto">${item.args.text}</p>
        <p class="m">
          ${icon(item.state === 'waiting' ? 'off' : 'wait')}<span
            >${t(item.state === 'waiting' ? 'element.idea.waiting' : 'element.sending')}</span
          >
        </p>
      </div>`,
  )}`;
}

/** Changing one's own idea, on a screen of its own: nothing that happens in the room moves the field. */
export function editFace(at, id) {
  const idea = at.room.mine.ideas?.[id];
  if (!idea || !['private', 'open'].includes(idea.state))
    return { main: empty({ title: t('phone.gone'), text: t('phone.gone.text') }) };
  const box = composer(at, {
    name: `edit:${id}`,
    label: t('phone.ideas.edit'),
    max: at.page.limits['idea.text'],
    initial: idea.text,
    large: true,
    command: 'edit_idea',
    arg: 'text',
    args: () => ({ idea: id }),
    action: t('common.save'),
    missing: t('phone.ideas.empty'),
    done: () => {
      home();
      at.say(t('phone.ideas.changed'));
    },
  });
  const cancel = () => {
    box.clear();
    history.back();
  };
  return {
    key: 'edit',
    main: html`<h1 class="vh">${t('phone.ideas.edit')}</h1>
      ${box.view}`,
    act: html`${box.button({ icon: 'check' })}${button({ label: t('element.cancel'), sort: 'quiet', wide: true, onClick: cancel })}`,
  };
}
