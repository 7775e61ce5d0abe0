/**
 * What a script adds to the organiser's pages, which work without it: copying an address, printing, counting characters.
 */

import { lengthOf } from '../lib/cleaning.js';

/** Copy a text; over plain HTTP, where browsers keep the clipboard shut, by way of a selected field. @param {string} text */
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement('textarea'), { value: text, className: 'vh' });
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (!done) throw new Error('the browser does not copy');
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const words = button.textContent;
    try {
      await copy(button.dataset.copy);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = words), 2000);
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
    }
    button.focus();
  });
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

/** A file that is too large is named before it is sent. */
for (const field of document.querySelectorAll('[data-most-bytes]')) {
  const look = () => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.mostBytes));
    field.setCustomValidity(large ? field.dataset.tooLarge : '');
    field.reportValidity();
  };
  field.addEventListener('change', look);
  // It may have been chosen before this script came.
  if (field.files.length) look();
}

/** "25 af 300" under a field, counted as the server counts: an emoji is one. */
for (const field of document.querySelectorAll('[data-limit]')) {
  const counter = document.getElementById(`${field.id}-under`)?.querySelector('[data-count]');
  if (!counter) continue;
  const show = () => {
    const written = lengthOf(field.value, { oneLine: field.tagName === 'INPUT' });
    counter.textContent = counter.dataset.count.replace('{part}', written);
    counter.classList.toggle('over', written > Number(field.dataset.limit));
  };
  field.addEventListener('input', show);
  show();
}
