import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pagesOfText, wordingPages } from '../../static/js/lib/wordingpages.js';

const SENTENCE = 'Skolerne står åbne for unge tre aftener om ugen, også i skoleferierne. ';
const parties = ['Byrådet', 'Skolerne', 'Ungerådet', 'Idrætsrådet'].map((name) => ({ name }));
const gives = (what) => parties.map(({ name }) => ({ party: name, what, how_much: '640.000 kr. om året' }));
const agreement = (purpose, what = 'Hal, køkken og to lokaler på hver skole') => ({ kind: 'agreement', purpose, parties, contributions: gives(what) });

test('400 characters and four parties are one page', () => {
  const [page, ...more] = pagesOfText(agreement(SENTENCE.repeat(6).slice(0, 400)));
  assert.deepEqual(more, []);
  assert.equal(page.rows.length, 4);
  assert.equal(page.words.length, 400);
});

test('a longer wording has its own pages, and then the table', () => {
  const pages = pagesOfText(agreement(SENTENCE.repeat(8)));
  assert.deepEqual(pages.map((page) => [page.words.length > 0, page.rows.length]), [[true, 0], [true, 0], [false, 4]]);
  assert.equal(pages.map((page) => page.words).join(' ').trim(), SENTENCE.repeat(8).trim());
});

test('no contribution is lost, however many and however long', () => {
  const record = agreement(SENTENCE, 'x'.repeat(300));
  record.contributions = [...record.contributions, ...record.contributions, { party: 'Ukendt', what: 'ingen' }];
  record.parties = [...parties, { name: 'Ny' }];
  const rows = pagesOfText(record).flatMap((page) => page.rows);
  assert.equal(rows.length, 9);
  assert.equal(rows.at(-1).what, undefined);
});

test('one endless word is broken too, and every character is kept', () => {
  const word = 'å'.repeat(950);
  assert.deepEqual(wordingPages(word).map((one) => one.length), [400, 400, 150]);
  assert.equal(wordingPages('Hvad? Ja! Nej.\nOg mere').join(''), 'Hvad? Ja! Nej.\nOg mere');
  assert.deepEqual(wordingPages(''), []);
});
