import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { nextStatement, weightOf } from '../../static/js/lib/shuffle.js';
import { groupRows, groupWords, oneMoreWords, otherWords, plainWords, tiesOf, uncoveredWords, countOf } from '../../static/js/lib/shortlist.js';
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
  'shortlist.tie.many': 'Stod lige med {n} andre.', 'shortlist.quoted': '”{words}”',
  'shortlist.tie': 'Stod lige med {words}.', 'shortlist.broken.lot': 'Den blev valgt først ved lodtrækning.', 'shortlist.broken.rule': 'Efter reglen.',
  'shortlist.other.per_group': 'Ellers {words}', 'shortlist.same.per_group': 'De samme', 'shortlist.one_more': 'Næste: {words}', 'shortlist.covered': 'Alle', 'shortlist.uncovered': 'Ikke {groups}',
  'shortlist.count.approval': '{n} af {whole}', 'shortlist.plain.approval': 'Nr. {place} var {words} med {n}', 'amount.withheld': 'under {n}',
  'shortlist.part.coverage': '{share} dækket', 'shortlist.part.influence': '{share} indflydelse', 'shortlist.part.heads': '{share} af rummet',
};
useCatalogue({ language: 'da', messages: TEXTS });

const room = { records: { get: (id) => ({ text: id }), all: () => [] } };

test('a shortlist says with which ideas one tied, and what else could have been', () => {
  const tie = (step) => tiesOf(room, { steps: [{ option: 'z' }, { option: 'a', ...step }] });
  assert.deepEqual(tie({ tied: ['a', 'b'], broken_by: 'lot' }), [[2, 'Stod lige med ”b”. Den blev valgt først ved lodtrækning.']]);
  assert.deepEqual(tie({ tied: ['a', 'b'], broken_by: null }), [[2, 'Stod lige med ”b”. Efter reglen.']]);
  assert.deepEqual(tie({ tied: ['a', 'b', 'c', 'd'], broken_by: 'lot' }), [[2, 'Stod lige med 3 andre. Den blev valgt først ved lodtrækning.']]);
  for (const tied of [null, ['a']]) assert.deepEqual(tie({ tied }), []);
  const list = (winners, other) => ({ winners, other_weights: { weights: 'per_group', winners: other, differs: winners.join() !== other.join() } });
  assert.deepEqual(otherWords(room, list(['a', 'b'], ['a', 'c'])), { differs: true, words: 'Ellers ”c”' });
  assert.deepEqual(otherWords(room, list(['a'], ['a'])), { differs: false, words: 'De samme' });
  assert.equal(oneMoreWords(room, { one_more: 'd' }), 'Næste: ”d”');
  assert.equal(oneMoreWords(room, { one_more: null }), '');
});

const ballot = (totals, places, more = {}) => ({
  method: 'approval',
  turnout: { voted: 42, eligible: 45 },
  result: { options: Object.entries(totals).map(([id, total]) => ({ id, total })), counts_from: 10, shortlist: { steps: places.map((option) => ({ option })) } },
  ...more,
});

test('an idea says how many of the voters chose it, and nothing where that is not published', () => {
  assert.deepEqual(countOf(ballot({ a: 21 }, ['a']), 'a'), { exact: 0.5, words: '21 af 42' });
  assert.deepEqual(countOf(ballot({ a: 0 }, ['a'], { turnout: { voted: 0, eligible: 3 } }), 'a'), { exact: 0, words: '0 af 0' });
  assert.deepEqual(countOf(ballot({ a: null }, ['a']), 'a'), { exact: undefined, words: 'under 10' });
});

test('the plain order names the strongest idea that is out, and the place of the weakest that is in', () => {
  assert.equal(plainWords(room, ballot({ a: 28, b: 14, c: 17, d: 15 }, ['a', 'b'])), 'Nr. 2 var ”c” med 17');
  assert.equal(plainWords(room, ballot({ a: 14, b: 28, c: 17 }, ['a', 'b'])), 'Nr. 1 var ”c” med 17');
  assert.equal(plainWords(room, ballot({ a: 28, b: 17, c: 17 }, ['a', 'b'])), '', 'a tie is no other order');
  assert.equal(plainWords(room, ballot({ a: 28 }, ['a'])), '', 'nothing is out');
  assert.equal(plainWords(room, ballot({ a: 3 }, [])), '', 'nothing is in');
  assert.equal(plainWords(room, ballot({ a: null, b: null }, ['a'])), '', 'not published');
});

test('how the list lies for a group is said where shares are published, otherwise in words', () => {
  const shown = { coverage: { a: '2/5' }, influence: { a: '1/4' }, heads: { a: '1/2' }, uncovered: [] };
  const [row] = groupRows(room, shown);
  assert.equal(row.low, true);
  assert.equal(groupWords(row).replaceAll('\u00a0', ' '), '40 % dækket · 25 % indflydelse · 50 % af rummet');
  assert.equal(uncoveredWords(room, shown), '');
  const none = { coverage: null, influence: null, heads: null };
  assert.deepEqual(groupRows(room, none), []);
  assert.equal(uncoveredWords(room, { ...none, uncovered: [] }), 'Alle');
  assert.equal(uncoveredWords(room, none), '', 'a result from before it was told');
});
