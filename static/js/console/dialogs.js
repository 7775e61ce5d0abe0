/** Dialogs with a form in them: drawn again whenever something in them changes, in the same language as the page. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { openDialog } from '../elements/cards.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { clean } from '../lib/cleaning.js';

const open = new Set();

/** Draw the open dialogs again: the room has changed under them. */
export const drawDialogs = () => open.forEach((draw) => draw());

/**
 * A dialog whose body is a function; `again()` draws it.
 * @param {{title: string, body: (o: {close: (answer?: unknown) => void, again: () => void}) => unknown, wide?: boolean}} o
 * @returns {{closed: Promise<unknown>, close: (answer?: unknown) => void, again: () => void}}
 */
export function livingDialog({ title, body, wide }) {
  const hold = {};
  const content = () => body({ close: (answer) => hold.dialog?.close(answer), again });
  function again() {
    hold.dialog?.update(content());
  }
  hold.dialog = openDialog({ title, body: content(), wide });
  open.add(again);
  hold.dialog.closed.then(() => open.delete(again));
  return { closed: hold.dialog.closed, close: hold.dialog.close, again };
}

/**
 * A form in a dialog. `send(form)` answers an error's sentence, or nothing when it is done and the dialog may close.
 * @param {{title: string, form: object, fields: (form: object, again: () => void) => unknown, yes: string, danger?: boolean, wide?: boolean,
 *   missing?: (form: object) => string | undefined, send: (form: object) => Promise<string | void>}} o
 * @returns {Promise<boolean>} whether it was sent
 */
export async function formDialog({ title, form, fields, yes, danger, wide, missing, send }) {
  let error;
  let busy = false;
  const dialog = livingDialog({
    title,
    wide,
    body: ({ close, again }) => {
      const submit = async (event) => {
        event.preventDefault();
        if (busy || missing?.(form)) return;
        busy = true;
        again();
        error = await send(form);
        busy = false;
        if (error) again();
        else close(true);
      };
      return html`<form class="stack" @submit=${submit} novalidate>
        ${fields(form, again)}${error ? html`<p class="err" role="alert">${error}</p>` : nothing}
        <div class="acts end">
          ${button({ label: t('element.cancel'), onClick: () => close(false) })}${button({ label: yes, sort: danger ? 'danger' : 'primary', type: 'submit', busy: busy ? t('element.sending') : undefined, missing: missing?.(form) })}
        </div>
      </form>`;
    },
  });
  return (await dialog.closed) === true;
}

/** A dialog that asks for one text. `send(text)` as in `formDialog`. */
export function askFor({ title, label, hint, value = '', rows, max, yes, danger, needed = true, send }) {
  return formDialog({
    title,
    yes,
    danger,
    form: { text: value },
    fields: (form, again) =>
      field({
        id: 'asked',
        label,
        hint,
        value: form.text,
        rows,
        max,
        words: Boolean(rows),
        onInput: (text) => {
          form.text = text;
          again();
        },
      }),
    missing: (form) => (needed && !clean(form.text) ? t('console.write_first') : undefined),
    send: (form) => send(clean(form.text)),
  });
}
