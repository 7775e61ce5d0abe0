/** The texts a phone has: the first, those of each screen when it is first needed, and all, for when the network goes. */

import { loadCatalogue } from '../lib/catalogue.js';

/** @param {{page: object, wish: (name: string) => ?string, draw: () => void}} o `wish`: what a person has chosen on this device */
export function createSpeaking({ page, wish, draw }) {
  const screens = new Set();
  let all = false;
  let last = Promise.resolve();

  /** Put the texts in use in the person's language. */
  async function speak() {
    const wanted = page.texts[wish('language')] ? wish('language') : page.language;
    const more = all ? [page.more[wanted]] : [...screens].map((screen) => page.screens[wanted].replace('*', screen));
    await loadCatalogue([page.texts[wanted], ...more]);
    draw();
  }

  /** Have the texts in use that `add` asks for. One after the other, so that nobody draws before the own texts are in use. */
  function hear(add, undo) {
    add();
    last = last
      .catch(() => {})
      .then(speak)
      .catch((error) => {
        undo();
        throw error;
      });
    return last;
  }

  return {
    speak,
    textsOf: (screen) =>
      all || screens.has(screen)
        ? last
        : hear(
            () => screens.add(screen),
            () => screens.delete(screen),
          ),
    allTexts: () =>
      all
        ? last
        : hear(
            () => {
              all = true;
            },
            () => {
              all = false;
            },
          ),
  };
}
