/** Ready words in the reader's language, the mandate's words, and `lang` on people's words. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { useCatalogue } from '../../static/js/lib/catalogue.js';
import { outcomeWord, stateWord } from '../../static/js/lib/mandate.js';
import { said } from '../../static/js/lib/reading.js';
import { markWords } from '../../static/js/lib/writtenin.js';

const MESSAGES = {
  'step.ideas.title': 'Ideas',
  'mandate.result.recommendation': 'Recommended',
  'mandate.state.not_agreed': 'Not enough support',
  'mandate.state.draft': 'Draft',
};

test('ready words are said in the language of the reader, own words as they were written', () => {
  useCatalogue({ language: 'en', messages: MESSAGES });
  const step = { title: 'Idéer', title_key: 'step.ideas.title', instruction: 'Skriv', instruction_key: null };
  assert.deepEqual(said(step), { ...step, title: 'Ideas' });
  assert.equal(step.title, 'Idéer');
});

test('a key that these texts do not have leaves the words as they came', () => {
  useCatalogue({ language: 'en', messages: MESSAGES });
  const step = { title: 'Nyt', title_key: 'step.new.title' };
  assert.equal(said(step), step);
  assert.equal(said(undefined), undefined);
});

test('the verb of an outcome follows the level, on a result and on a text', () => {
  useCatalogue({ language: 'en', messages: MESSAGES });
  const workshop = { decision_level: 'recommendation' };
  assert.equal(outcomeWord(workshop, { outcome: 'ratified' }), 'Recommended');
  assert.equal(outcomeWord(workshop, { outcome: 'no_quorum' }), 'Not enough support');
  assert.equal(stateWord(workshop, { state: 'agreed' }), 'Recommended');
  assert.equal(stateWord(workshop, { state: 'draft' }), 'Draft');
});

/** An element as far as `markWords` needs it. */
function element(attributes = {}) {
  const held = new Map(Object.entries(attributes));
  return {
    hasAttribute: (name) => held.has(name),
    setAttribute: (name, value) => held.set(name, value),
    removeAttribute: (name) => held.delete(name),
    lang: () => held.get('lang'),
  };
}

test('people’s words say their language while the page speaks another', () => {
  const [own, said_] = [element(), element({ lang: 'en' })];
  const doc = { documentElement: { lang: 'en' }, body: {}, querySelectorAll: () => [own, said_] };
  let changed;
  const Observer = class {
    constructor(fn) {
      changed = fn;
    }
    observe() {}
  };
  markWords(() => 'da', doc, Observer);
  assert.deepEqual([own.lang(), said_.lang()], ['da', 'en']);
  doc.documentElement.lang = 'da';
  changed();
  assert.deepEqual([own.lang(), said_.lang()], [undefined, 'en']);
});
