/**
 * Loads the modules of screens when they are first needed. `screens.js` provides the table of modules, so that a screen
 * can ask for another one without importing the table that names it.
 */

import { html } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';

/** After a failed attempt a module is asked for again after this long, ms. */
const AGAIN_AFTER = 2000;
const loaded = {};
const failed = {};
let table;

/**
 * Sets the table: `modules` maps a name to a function that imports it; `withoutTexts` names those that draw nothing,
 * `withFields` those that need the table of fields.
 */
export const provide = (given) => {
  table = given;
};

/** Imports a module of the table; returns a promise of it. */
export const load = (name) => table.modules[name]();

/** Returns the face that `name` of a module draws, or a waiting line until the module is here. */
export function from(module, name, at, ...given) {
  if (loaded[module]) return loaded[module][name](at, ...given);
  fetchModule(module, at);
  const says = t(failed[module] ? 'phone.fetch.failed' : 'phone.fetch');
  return { key: `waiting/${module}`, missing: true, main: html`<p class="soft" aria-busy="true">${says}</p>` };
}

function fetchModule(name, at) {
  if (loaded[name] !== undefined) return;
  loaded[name] = null;
  const texts = !table.withoutTexts.includes(name) && at.textsOf(name);
  Promise.all([load(name), texts, table.withFields.includes(name) && at.fields()]).then(
    ([module]) => {
      loaded[name] = module;
      at.draw();
    },
    () => {
      // No network just now: whoever still wants the module asks again after a pause.
      failed[name] = true;
      setTimeout(() => {
        delete loaded[name];
        at.draw();
      }, AGAIN_AFTER);
    },
  );
}

/** Fetches, as soon as somebody begins to write, what shows what was written and what was not sent, network or not. */
export const fetchForWriting = (at) =>
  addEventListener(
    'focusin',
    (event) => event.target.matches?.('textarea') && ['idealist', 'unsent'].forEach((name) => fetchModule(name, at)),
  );

/** Fetches every module that is not here yet, so that it is there when the network is not. */
export async function fetchRest(at) {
  await at.allTexts().catch(() => {});
  for (const name of Object.keys(table.modules)) fetchModule(name, at);
}
