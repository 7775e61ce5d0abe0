import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { anyOpen, heldBy, heldWords, opennessWords, votesOpenly } from '../../static/js/lib/reading.js';
import { useCatalogue } from '../../static/js/lib/catalogue.js';

const GROUPS = ['citizens:Borgere', 'leaders:Ledere', 'politicians:Politikere'].map((one) => {
  const [key, da] = one.split(':');
  return { kind: 'group', key, name: { da, en: key } };
});
const room = { records: { all: () => GROUPS } };
const WORDS = ['all.secret', 'all.open', 'all.some', 'you.secret', 'you.open', 'you.some', 'past.some', 'past.only', 'past.agreed'];

beforeEach(() => useCatalogue({ language: 'da', messages: Object.fromEntries(WORDS.map((key) => [`element.openness.${key}`, `${key} {groups}`])) }));

const said = (text) => text.replace(' {groups}', '');

test('a step that says nothing is secret, to each and to all', () => {
  const held = heldBy({ settings: { method: 'dots' } });
  assert.deepEqual(held, { openness: 'secret', open_groups: [] });
  assert.equal(anyOpen(held), false);
  assert.equal(said(opennessWords(room, held, 'citizens')), 'you.secret');
  assert.equal(said(opennessWords(room, held)), 'all.secret');
  assert.equal(heldBy(null).openness, 'secret');
});

test('politicians on record, citizens secret: each reads what holds for the own vote', () => {
  const held = heldBy({ settings: { openness: 'some_open', open_groups: ['politicians'] } });
  assert.equal(said(opennessWords(room, held, 'politicians')), 'you.open');
  assert.equal(opennessWords(room, held, 'citizens'), 'you.some Politikere');
  assert.equal(opennessWords(room, held), 'all.some Politikere');
  assert.equal(votesOpenly(held, 'citizens'), false);
});

test('open for all is open for a group nobody has named', () => {
  const held = heldBy({ settings: { openness: 'open' } });
  assert.equal(votesOpenly(held, 'unge'), true);
  assert.equal(said(opennessWords(room, held, 'unge')), 'you.open');
  assert.equal(said(opennessWords(room, held)), 'all.open');
});

test('a result says who voted openly, and who had agreed to it; absent groups did not vote', () => {
  const vote = { openness: 'some_open', open_groups: ['leaders', 'politicians'], agreed_groups: ['leaders'], pools: [['citizens'], ['leaders'], ['politicians']] };
  assert.equal(heldWords(room, vote), 'past.some Ledere og Politikere past.agreed Ledere');
  assert.equal(heldWords(room, { ...vote, pools: [['leaders']] }), 'past.only Ledere past.agreed Ledere');
  assert.equal(heldWords(room, { ...vote, pools: [['citizens']] }), '');
  assert.equal(heldWords(room, { ...vote, openness: 'secret', open_groups: [], agreed_groups: [] }), '');
});

test('a pool is never open, whatever it holds', () => {
  const vote = { openness: 'open', open_groups: [], agreed_groups: [], pools: [['citizens', 'leaders'], ['politicians']] };
  assert.equal(heldWords(room, vote), 'past.some Politikere');
});
