/**
 * A place to write: the field, its counter, its draft, and what the button may say. The text stays in the field until the
 * server has answered yes; a refusal leaves it there with the reason.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { field } from '../elements/texts.js';
import { refusalSentence, t } from '../lib/catalogue.js';
import { clean, lengthOf } from '../lib/cleaning.js';
import { waitsFor } from './waits.js';

/**
 * @param {object} at
 * @param {object} o
 * @param {string} o.name of the draft  @param {string} o.label  @param {number} o.max
 * @param {string} o.command  @param {string} o.arg which argument of the command the text is
 * @param {(text: string) => object} [o.args] the rest of the arguments
 * @param {string} o.action what the button says  @param {string} o.missing what it says while nothing is written
 * @param {boolean} [o.oneLine] a line break in it becomes a space, as on the server
 * @param {string} [o.initial] what stands there from the start (an edit)
 * @param {boolean} [o.empties] whether nothing is something one can send  @param {boolean} [o.blocked] whether nothing can be sent now
 * @param {string} [o.type] @param {string} [o.inputmode] of a field that is one line (`rows` 0)
 * @param {boolean} [o.counted] false: no counter of characters under the field
 * @param {string[]} [o.also] further drafts that go with it, cleared together
 * @param {string} [o.full] what the button says when there is no room for another; what is written stays
 * @param {() => void} [o.done] after the answer
 */
export function composer(at, o) {
  const { room, ui } = at;
  const value = room.drafts.get(o.name, o.initial ?? '');
  const how = { oneLine: o.oneLine };
  const text = clean(value, how);
  const flying =
    (text !== '' || o.empties) &&
    room
      .pending()
      .find(
        (item) => item.name === o.command && item.args[o.arg] === text && !['refused', 'sent'].includes(item.state),
      );
  const type = (words) => {
    delete ui.errors[o.name];
    room.drafts.set(o.name, words);
    at.draw();
  };
  const over = lengthOf(value, how) - o.max;
  // The strip about an unsent idea asks which fields stand on the screen (unsent.js).
  ui.drawn?.add(o.name);
  return {
    value,
    text,
    flying,
    over,
    type,
    full: o.full,
    view: field({
      id: idOf(o.name),
      label: o.label,
      value,
      rows: o.rows ?? 3,
      type: o.type,
      inputmode: o.inputmode,
      max: o.counted === false ? undefined : o.max,
      large: o.large,
      optional: o.optional,
      hint: o.hint,
      words: true,
      draft: room.drafts.has(o.name) ? (room.storage.lasting ? 'saved' : 'none') : undefined,
      error: ui.errors[o.name],
      readonly: Boolean(flying),
      onInput: type,
    }),
    send: (event) => send(at, o, event),
    button: (how = {}) => sendButton(at, o, { text, over, flying, ...how }),
    keep: (words) => room.drafts.set(o.name, words),
    clear: () => room.drafts.clear(o.name),
  };
}

const idOf = (name) => `w-${name.replace(/[^a-z0-9]+/gi, '-')}`;

function sendButton(at, o, { text, over, flying, wide = true, sort = 'primary', icon = 'send' }) {
  const offline = at.room.state === 'offline';
  const unchanged = o.initial !== undefined && text === clean(o.initial, { oneLine: o.oneLine });
  const missing = flying
    ? offline || flying.state === 'waiting'
      ? waitsFor(at.room)
      : ''
    : o.blocked
      ? o.missing
      : o.full
        ? o.full
        : over > 0
          ? t('phone.write.too_long', { n: over })
          : !text && !(o.empties && o.initial)
            ? o.missing
            : unchanged
              ? t('phone.write.unchanged')
              : '';
  return button({
    label: offline ? t('phone.write.offline') : o.action,
    sort,
    wide,
    iconAfter: icon,
    missing,
    busy: flying && !missing ? t('element.sending') : '',
    onClick: () => send(at, o),
  });
}

async function send(at, o) {
  const { room, ui } = at;
  const text = clean(room.drafts.get(o.name, o.initial ?? ''), { oneLine: o.oneLine });
  if (!text && !o.empties) return;
  // A text that was only begun with and not changed has no draft of its own yet.
  if (!room.drafts.has(o.name)) room.drafts.set(o.name, text);
  const waiting = room.drafts.submit([o.name, ...(o.also ?? [])], () =>
    room.send(o.command, { ...o.args?.(text), [o.arg]: text }, { keep: true }),
  );
  at.draw();
  const answer = await waiting;
  if (answer.ok) {
    o.done?.(answer);
  } else if (answer.error.code !== 'dismissed') {
    ui.errors[o.name] = refusalSentence(answer.error);
    // The words still stand in the field, with the reason: no second copy among the cards.
    if (clean(room.drafts.get(o.name), { oneLine: o.oneLine }) === text) dismiss(room, o, text);
  }
  at.draw();
}

function dismiss(room, o, text) {
  const item = room
    .pending()
    .find((one) => one.state === 'refused' && one.name === o.command && one.args[o.arg] === text);
  if (item) room.outbox.dismiss(item.id);
}

/** What was refused and stands in no field any more: the words (`shown`), the reason, try again, throw away. */
export function refused(
  at,
  commands,
  shown = (args) => html`<p class="words" dir="auto">${args.text ?? args.new ?? args.reason ?? args.words}</p>`,
) {
  const items = at.room.pending().filter((item) => item.state === 'refused' && commands.includes(item.name));
  if (!items.length) return nothing;
  return html`${items.map(
    (item) =>
      html`<div class="sheet not-sent">
        ${shown(item.args)}
        <p class="err">${refusalSentence(item.error)}</p>
        <div class="acts">
          ${button({ label: t('element.retry'), small: true, onClick: () => at.room.outbox.retry(item.id) })}${button({
            label: t('phone.throw_away'),
            small: true,
            sort: 'quiet',
            onClick: () => at.room.outbox.dismiss(item.id),
          })}
        </div>
      </div>`,
  )}`;
}
