/** A long list: its first items at first, and a way to the others that a keyboard and a screen reader have too. */

import { nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { button } from './buttons.js';

/** So many items are drawn at first, and with each press so many more. */
const STEP = 100;

/**
 * The part of a list that is drawn, and the button for more of it. After a press the focus stands on the first new item, so
 * that nobody has to look for where the list went on.
 * @param {{ui: {drawnOf?: Map<string, number>}, draw: () => void}} screen `ui.drawnOf` keeps how many of each list are drawn
 * @param {string} name of the list on this screen @param {{id: string}[]} list each drawn as an element with `data-id`
 * @param {number} [step] @returns {{items: {id: string}[], more: unknown}}
 */
export function windowed({ ui, draw }, name, list, step = STEP) {
  const drawn = ui.drawnOf?.get(name) ?? step;
  const rest = list.length - drawn;
  if (rest <= 0) return { items: list, more: nothing };
  const show = () => {
    (ui.drawnOf ??= new Map()).set(name, drawn + step);
    draw();
    requestAnimationFrame(() => focusOn(list[drawn].id));
  };
  return {
    items: list.slice(0, drawn),
    more: button({
      label: t('element.more_of_list', { n: Math.min(step, rest), rest }),
      wide: true,
      onClick: show,
    }),
  };
}

function focusOn(id) {
  const node = document.querySelector(`[data-id="${CSS.escape(id)}"]`);
  if (!node) return;
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
}
