/**
 * Drawing for pages that the browser translates: `render` of lit-html, with the page's own texts in their places.
 *
 * A translator puts a `<font>` with its words where a text was. lit-html writes into the text that stands, or stood, in
 * that place: what changes would be written where nobody sees it, or beside a text that is gone. So what was replaced is
 * noted, put back before a drawing, and given its translation again after it where the text is the same as before. The
 * translator itself sees what is new and translates that. All of it happens between two paintings: nothing flickers.
 */

import { render as put } from '../../vendor/lit-html/lit-html.js';

/** The texts that each `<font>` stands for, as long as it stands in the page. */
const replaced = new Map();
const TEXT = 3;
let observer = null;

/**
 * Draws a template into a container, as `render` of lit-html does.
 * @param {unknown} template @param {HTMLElement} root
 */
export function render(template, root) {
  if (!observer) watch();
  note(observer.takeRecords());
  const given = restore();
  put(template, root);
  translateAgain(given);
  // What was changed here is no translator's work.
  observer.takeRecords();
}

function watch() {
  observer = new MutationObserver(note);
  observer.observe(document.documentElement, { childList: true, subtree: true });
}

/** Remembers texts that gave way to a `<font>`, beside which they stood or into which they were moved. */
function note(records) {
  for (const { removedNodes, addedNodes, previousSibling, nextSibling } of records) {
    for (const text of removedNodes) {
      if (text.nodeType !== TEXT) continue;
      const font = [...addedNodes, previousSibling, nextSibling].find((one) => one?.nodeName === 'FONT');
      if (font) replaced.set(font, [...(replaced.get(font) ?? []), text]);
    }
  }
}

/** Puts every text back in its place. Returns what stood there: `[{font, texts, words}]`. */
function restore() {
  const found = [];
  for (const [font, texts] of replaced) {
    if (font.isConnected) {
      const holder = font.contains(texts[0]) ? texts[0].parentNode : null;
      font.replaceWith(...texts);
      found.push({ font, texts, holder, words: texts.map((text) => text.data) });
    }
  }
  replaced.clear();
  return found;
}

/** Shows the translation of texts that still stand and say the same. */
function translateAgain(found) {
  for (const { font, texts, holder, words } of found) {
    if (texts.some((text, i) => !text.isConnected || text.data !== words[i])) continue;
    texts[0].before(font);
    if (holder) holder.append(...texts);
    else for (const text of texts) text.remove();
    replaced.set(font, texts);
  }
}
