/**
 * One key, one action: the facilitator's keyboard. Off while somebody types, and can be switched off altogether
 * (WCAG 2.1.4: single keys must be).
 */

const TYPING =
  'input:not([type=button], [type=checkbox], [type=radio], [type=submit], [type=reset]), textarea, select, [contenteditable]';
/** Space and Enter press what has the focus; arrows move within these. They keep their own meaning there. */
const PRESSABLE =
  'a[href], button, summary, input, [role=button], [role=switch], [role=option], [role=menuitem], [role=tab]';
const ARROWED =
  '[role=listbox], [role=menu], [role=tablist], [role=radiogroup], [role=slider], input[type=radio], video';

/** What a presenter's clicker sends, and the key it stands for. */
const CLICKER = { PageDown: 'ArrowRight', PageUp: 'ArrowLeft' };

/**
 * @param {Record<string, (event: KeyboardEvent) => void>} actions by `event.key`, letters in lower case: `ArrowRight`, ` `, `t`, `+`, `?`
 * @param {{target?: EventTarget, storage?: object, key?: string}} how `storage` (lib/browser.js) remembers the switch
 */
export function listenToKeys(actions, { target = globalThis.document, storage, key = 'rundbord:keys' } = {}) {
  let on = storage?.get(key) !== 'off';

  function pressed(event) {
    if (!on || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = CLICKER[event.key] ?? event.key;
    const action = actions[name.length === 1 ? name.toLowerCase() : name];
    if (!action || hasOwnMeaning(event)) return;
    event.preventDefault();
    action(event);
  }
  target.addEventListener('keydown', pressed);

  return {
    get on() {
      return on;
    },
    set on(value) {
      on = value;
      storage?.set(key, value ? 'on' : 'off');
    },
    stop: () => target.removeEventListener('keydown', pressed),
  };
}

function hasOwnMeaning(event) {
  const within = (selector) => Boolean(event.target?.closest?.(selector));
  if (within(TYPING)) return true;
  // A dialog has its own buttons; a key for the page behind it would act unseen.
  if (within('dialog[open], [role=dialog]')) return true;
  // What was made a place to scroll in by keys goes on scrolling.
  if (event.key in CLICKER) return Boolean(event.target?.matches?.('[tabindex]'));
  if (event.key === ' ' || event.key === 'Enter') return within(PRESSABLE);
  return event.key.startsWith('Arrow') && within(ARROWED);
}
