/** What a facilitator chooses for the own screen: language and theme, kept on the device. */

import { loadCatalogue } from '../lib/catalogue.js';

const LANGUAGE = 'rundbord:console:language';
const THEME = 'rundbord:console:theme';

/**
 * @param {{page: object, storage: ReturnType<import('../lib/browser.js').createStorage>, changed: () => void}} o
 */
export function createPersonal({ page, storage, changed }) {
  const asked = new URLSearchParams(location.search).get('lang');
  let language = page.texts[asked] ? asked : (storage.get(LANGUAGE) ?? page.language);
  let theme = storage.get(THEME) ?? 'system';
  dress();

  function dress() {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  return {
    get language() {
      return language;
    },
    async setLanguage(value) {
      language = value;
      storage.set(LANGUAGE, value);
      await loadCatalogue(page.texts[value]);
      changed();
    },
    /** `system`, `light` or `dark`. */
    get theme() {
      return theme;
    },
    setTheme(value) {
      theme = value;
      storage.set(THEME, value);
      dress();
      changed();
    },
  };
}
