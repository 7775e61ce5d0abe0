/** The door of a follow-up card: the code behind the # goes into the field, and cards that are kept here are offered. */

import { keptCards } from './kept.js';

const field = document.getElementById('code');
const form = document.getElementById('card-form');
const brought = location.hash.slice(1).replace(/[^a-z0-9]/gi, '');
if (field && brought && !field.value) {
  field.value = brought.length === 10 ? `${brought.slice(0, 5)}-${brought.slice(5)}` : brought;
  // Whoever gets the phone next does not find it in the address.
  history.replaceState(null, '', location.pathname + location.search);
}

const offered = document.getElementById('kept-cards');
for (const { code, title } of keptCards()) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn secondary wide' });
  button.textContent = title || code;
  button.dir = 'auto';
  button.addEventListener('click', () => {
    field.value = code;
    form.submit();
  });
  offered.append(button);
  offered.hidden = false;
}
