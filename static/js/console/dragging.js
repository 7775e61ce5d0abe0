/**
 * Dragging in lists that the page draws itself. A list with `data-sort="NAME"` takes cards of lists of the same name; what was
 * dropped is put back at once and told to `desk.dropped[NAME]`, and the answer of the server moves it. Every drag has a button
 * that does the same.
 */

import { default as Sortable } from '../../vendor/sortablejs/sortable.esm.js';

const bound = new WeakSet();

/** Bind the lists under `root` that are new. */
export function bindDragging(desk, root) {
  for (const list of root.querySelectorAll('[data-sort]')) {
    if (bound.has(list)) continue;
    bound.add(list);
    bind(desk, list, list.dataset.sort);
  }
}

function bind(desk, list, name) {
  let home = null;
  Sortable.create(list, {
    group: name,
    draggable: '[data-id]',
    handle: list.dataset.handle || undefined,
    filter: 'button, a, input, select, textarea',
    preventOnFilter: false,
    animation: 0,
    forceFallback: true,
    fallbackTolerance: 5,
    delay: 150,
    delayOnTouchOnly: true,
    onStart: ({ item }) => {
      desk.ui.dragging = true;
      home = null;
      const { parentNode } = item;
      home = { parentNode, next: item.nextSibling };
    },
    onEnd: ({ item, to }) => {
      const follows = item.nextElementSibling?.closest('[data-id]')?.dataset.id ?? null;
      const moved = to !== home.parentNode || item.nextSibling !== home.next;
      // Back to where the template knows it, or the next drawing would find the wrong card.
      home.parentNode.insertBefore(item, home.next);
      desk.ui.dragging = false;
      if (moved) desk.dropped?.[name]?.({ id: item.dataset.id, list: to.dataset.list ?? null, before: follows });
      desk.draw();
    },
  });
}
