import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { moodWords, moods } from '../../static/js/lib/mood.js';
import { nextStatement, weightOf } from '../../static/js/lib/shuffle.js';
import { groupRows, groupWords, oneMoreWords, otherWords, paidWords, tieWords } from '../../static/js/lib/shortlist.js';
import { useCatalogue } from '../../static/js/lib/catalogue.js';
import { Noticed } from '../../static/js/phone/views.js';
import { World, settle } from './fakes.mjs';

const VECTORS = new URL('../vectors/statement_examples.json', import.meta.url);

test('the next statement is drawn as the rules draw it', () => {
  const { examples } = JSON.parse(readFileSync(VECTORS, 'utf8'));
  assert.ok(examples.length > 50);
  for (const { seen, draw, next } of examples) assert.equal(nextStatement(seen, draw), next, JSON.stringify({ seen, draw }));
});

test('a statement nobody has answered weighs nine times one that all have', () => {
  assert.equal(weightOf(0), 9);
  assert.equal(weightOf(5), 5);
  assert.ok(weightOf(1000) - 1 < 1e-9);
  const hits = Array.from({ length: 1000 }, (_, i) => nextStatement({ new: 0, old: 1000 }, i / 1000)).filter((id) => id === 'new').length;
  assert.ok(Math.abs(hits - 900) <= 1);
});

/** What is noticed, with a world whose time stands in the test's hand. */
function noticing({ known = [], hears = true } = {}) {
  const world = new World();
  const told = [];
  const kept = [];
  const heard = { yes: hears };
  const tell = async (ideas) => {
    told.push(ideas);
    return heard.yes ? { ok: true, seen: {} } : null;
  };
  const noticed = new Noticed({ known, tell, keep: (ideas) => kept.push(ideas), world: { now: () => world.now(), setTimeout: (fn, ms) => world.setTimeout(fn, ms) } });
  return { world, told, kept, heard, noticed };
}

test('what was on the screen is told gathered, once each, and at most every ten seconds', async () => {
  const { world, told, kept, noticed } = noticing();
  for (const id of ['idea:1', 'idea:2', 'idea:1']) noticed.add(id);
  await world.advance(1500);
  assert.deepEqual(told, [['idea:1', 'idea:2']]);
  assert.deepEqual(kept.at(-1), ['idea:1', 'idea:2']);
  noticed.add('idea:3');
  noticed.add('idea:1');
  await world.advance(7000);
  assert.equal(told.length, 1);
  await world.advance(3000);
  assert.deepEqual(told[1], ['idea:3']);
  await world.advance(60_000);
  assert.equal(told.length, 2);
});

test('what nobody heard is told again, and what was told on another day is not', async () => {
  const { world, told, kept, heard, noticed } = noticing({ known: ['idea:9'], hears: false });
  noticed.add('idea:9');
  noticed.add('idea:1');
  await world.advance(1500);
  assert.deepEqual([told, kept], [[['idea:1']], []]);
  heard.yes = true;
  await world.advance(11_000);
  assert.deepEqual(told[1], ['idea:1']);
  assert.deepEqual(kept.at(-1), ['idea:9', 'idea:1']);
});

test('no telling holds more than the server takes', async () => {
  const { world, told, noticed } = noticing();
  for (let n = 1; n <= 250; n += 1) noticed.add(`idea:${n}`);
  await world.advance(40_000);
  assert.deepEqual(told.map((ideas) => ideas.length), [100, 100, 50]);
  await settle();
});

const TEXTS = {
  'mood.withheld': 'vises ikke', 'mood.band.high': 'over 2/3 er enige', 'mood.few.agree': 'højst {n} er enige', 'mood.few.disagree': 'højst {n} er uenige',
  'shortlist.tie.many': 'Stod lige med {n} andre.', 'shortlist.quoted': '”{words}”', 'shortlist.paid': ['{n} betalte {amount}', '{n} betalte hver {amount}'],
  'shortlist.tie': 'Stod lige med {words}.', 'shortlist.broken.lot': 'Loddet satte den forrest.', 'shortlist.broken.rule': 'Efter reglen.',
  'shortlist.other.per_group': 'Ellers {words}', 'shortlist.same.per_group': 'De samme', 'shortlist.one_more': 'Næste: {words}', 'shortlist.withheld': 'for få',
  'shortlist.part.coverage': '{share} dækket', 'shortlist.part.influence': '{share} indflydelse', 'shortlist.part.heads': '{share} af rummet',
};
useCatalogue({ language: 'da', messages: TEXTS });

const room = { records: { get: (id) => ({ text: id }), all: () => [] } };

test('the mood is said in bands, and what is withheld says so', () => {
  assert.equal(moodWords(null), 'vises ikke');
  assert.equal(moodWords({ band: 'over 2/3' }), 'over 2/3 er enige');
  assert.equal(moodWords({ agree: { at_most: 2 }, pass: null, disagree: { at_most: 2 } }), 'højst 2 er enige og højst 2 er uenige');
  assert.deepEqual(moods({ interim: null }), []);
});

test('a shortlist says who paid what, with whom an idea tied, and what else could have been', () => {
  assert.equal(paidWords({ payments: [{ people: 9, amount: '1/10' }, { people: 3, amount: '1/30' }] }), '9 betalte hver 1/10 og 3 betalte hver 1/30');
  for (const payments of [null, undefined, [{ people: 12, amount: '1/12' }]]) assert.equal(paidWords({ payments }), '');
  assert.equal(tieWords(room, { option: 'a', tied: ['a', 'b'], broken_by: 'lot' }), 'Stod lige med ”b”. Loddet satte den forrest.');
  assert.equal(tieWords(room, { option: 'a', tied: ['a', 'b'], broken_by: null }), 'Stod lige med ”b”. Efter reglen.');
  assert.equal(tieWords(room, { option: 'a', tied: ['a', 'b', 'c', 'd'], broken_by: 'lot' }), 'Stod lige med 3 andre. Loddet satte den forrest.');
  for (const tied of [null, ['a']]) assert.equal(tieWords(room, { option: 'a', tied }), '');
  const list = (winners, other) => ({ winners, other_weights: { weights: 'per_group', winners: other, differs: winners.join() !== other.join() } });
  assert.deepEqual(otherWords(room, list(['a', 'b'], ['a', 'c'])), { differs: true, words: 'Ellers ”c”' });
  assert.deepEqual(otherWords(room, list(['a'], ['a'])), { differs: false, words: 'De samme' });
  assert.equal(oneMoreWords(room, { one_more: 'd' }), 'Næste: ”d”');
  assert.equal(oneMoreWords(room, { one_more: null }), '');
});

test('how the list lies for a group is said as far as it is published', () => {
  const [first, second] = groupRows(room, { coverage: { a: '2/5', b: null }, influence: { a: '1/4', b: null }, heads: { a: '1/2', b: '1/2' } });
  assert.equal(first.low, true);
  assert.equal(groupWords(first).replaceAll('\u00a0', ' '), '40 % dækket · 25 % indflydelse · 50 % af rummet');
  assert.equal(groupWords(second).replaceAll('\u00a0', ' '), 'for få · 50 % af rummet');
});
