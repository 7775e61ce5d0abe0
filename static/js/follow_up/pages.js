/**
 * What a script adds to the pages by link, which work without it: words that were typed and not sent stay on this
 * computer, and the receiver's drafts are saved while they are typed.
 *
 * Words are kept in `localStorage` by page, form and tab: two tabs do not take each other's. A tab that comes back has its
 * own again; words of a tab that is gone are put in where the form is still as the server sent it.
 */

import { createSaving } from './saving.js';
import { createKept } from './kept.js';

const page = document.getElementById('main');
const kept = createKept(page.dataset.link);

/** The parts of the page whose words are kept: a form, or one item of a form. */
const parts = [...document.querySelectorAll('[data-keep]')];

/** The draft the words were typed on: with it the server notices that another computer saved a newer one. */
const isRevision = (name) => name.endsWith('-revision');

function fieldsOf(part) {
  const found = part.matches('form') ? [...part.elements] : [...part.querySelectorAll('input, textarea, select')];
  return found.filter(
    (field) => field.name && field.type !== 'submit' && (field.type !== 'hidden' || isRevision(field.name)),
  );
}

function valuesOf(part) {
  const values = {};
  for (const field of fieldsOf(part)) {
    if (field.type !== 'radio') values[field.name] = field.value;
    else if (field.checked) values[field.name] = field.value;
  }
  return values;
}

function fill(part, values) {
  for (const field of fieldsOf(part)) {
    if (!(field.name in values)) continue;
    if (field.type === 'radio') field.checked = field.value === values[field.name];
    else field.value = values[field.name];
  }
}

const isSame = (one, other) => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isRevision(name) || (one[name] ?? '') === (other[name] ?? ''));
};

let restored = false;
for (const part of parts) {
  const name = part.dataset.keep;
  const done = (part.dataset.done ?? '').split(' ');
  if (page.dataset.said && done.includes(page.dataset.said)) kept.clear(name);
  const asSent = valuesOf(part);
  const found = kept.take(name);
  // A page that shows a refusal holds what was typed already.
  if (found && !part.querySelector('[aria-invalid], .errors, .err') && !isSame(found, asSent)) {
    fill(part, found);
    restored = true;
    for (let at = part; at; at = at.parentElement?.closest('details')) if (at.matches('details')) at.open = true;
    part.querySelectorAll('details').forEach((inner) => {
      const inside = fieldsOf(part).filter((field) => inner.contains(field) && field.type !== 'radio');
      if (inside.some((field) => field.value !== field.defaultValue)) inner.open = true;
    });
  }
  part.addEventListener('input', () => {
    const now = valuesOf(part);
    if (isSame(now, asSent)) kept.clear(name);
    else kept.put(name, now);
  });
}

if (restored) {
  const note = Object.assign(document.createElement('p'), { className: 'notice', textContent: page.dataset.restored });
  note.setAttribute('role', 'status');
  page.querySelector('.follow-head').after(note);
}

// The address is the page's own again, so that a reload does not tell the same once more.
if (page.dataset.said) {
  const address = new URL(location.href);
  address.searchParams.delete('said');
  history.replaceState(null, '', address);
}

const answers = document.querySelector('form[data-draft]');
if (answers) createSaving(answers);
