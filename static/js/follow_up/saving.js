/** Saves the receiver's drafts while they are typed, an item at a time, and tells when another computer saved meanwhile. */

const PAUSE = 1200;

/** @param {HTMLFormElement} form the form of all items; its items are `[data-on]` */
export function createSaving(form) {
  for (const item of form.querySelectorAll('[data-on]')) {
    let timer;
    item.addEventListener('input', (event) => {
      // A postponement is public at once: it is sent by its own button alone.
      if (event.target.closest('.postpone')) return;
      clearTimeout(timer);
      timer = setTimeout(() => save(form, item), PAUSE);
    });
    form.addEventListener('submit', () => clearTimeout(timer));
  }
}

function part(item, name) {
  return item.querySelector(`[name="${item.id}-${name}"]`);
}

async function save(form, item) {
  const state = item.querySelector('[data-state]');
  const isReady = item.querySelector(`[name="${item.id}-answer"]:checked`) && part(item, 'reason').value.trim();
  if (!isReady) {
    state.textContent = form.dataset.kept;
    return;
  }
  const body = new FormData(form);
  body.set('on', item.dataset.on);
  body.set('once', crypto.getRandomValues(new Uint32Array(4)).join(''));
  try {
    const answer = await fetch(form.dataset.draft, { method: 'POST', body });
    show(form, item, await answer.json());
  } catch {
    state.textContent = form.dataset.kept;
  }
}

function show(form, item, answer) {
  const state = item.querySelector('[data-state]');
  if (answer.ok) {
    part(item, 'revision').value = answer.revision;
    state.textContent = form.dataset.saved.replace('{time}', answer.time);
    document.querySelector('[data-drafts]').textContent = answer.drafts;
    document.querySelector('[data-publish]').textContent = answer.publish;
    return;
  }
  state.textContent = answer.words;
  if (!answer.kept) return;
  // What is typed stays in the form; saving it again is the choice for it.
  part(item, 'revision').value = answer.revision;
  const clash = item.querySelector('[data-clash]');
  clash.querySelector('[data-clash-answer]').textContent = answer.kept.answer;
  clash.querySelector('[data-clash-reason]').textContent = answer.kept.reason;
  clash.hidden = false;
  clash.scrollIntoView({ block: 'nearest' });
}
