/** People write in the workshop's language: said to a screen reader where the page itself speaks another. */

const WORDS = '.words';

/**
 * Keep `lang` right on people's words, also on those that come later and when the reader changes language. Words of a
 * template that say their own language keep it.
 * @param {() => string|undefined} written the language the workshop is held in
 */
export function markWords(written, doc = document, Observer = MutationObserver) {
  const root = doc.documentElement;
  const marked = new WeakSet();

  function mark() {
    const foreign = written() && written() !== root.lang ? written() : '';
    for (const one of doc.querySelectorAll(WORDS)) {
      if (one.hasAttribute('lang') && !marked.has(one)) continue;
      if (foreign) one.setAttribute('lang', foreign);
      else one.removeAttribute('lang');
      marked.add(one);
    }
  }

  mark();
  const observer = new Observer(mark);
  observer.observe(root, { attributes: true, attributeFilter: ['lang'] });
  observer.observe(doc.body, { childList: true, subtree: true });
}
