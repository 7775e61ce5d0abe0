import assert from 'node:assert/strict';
import { test } from 'node:test';

import { amount, groundWords, perGroupWords, totalWords } from '../../static/js/lib/amounts.js';
import { useCatalogue } from '../../static/js/lib/catalogue.js';

useCatalogue({ language: 'da', messages: {
  'amount.withheld': 'Under {n} stemmer: ingen tal', 'amount.total': '{count} i alt', 'amount.per_group': 'Først ved {n}',
  'amount.positions': '{agree} enige, {pass} springer over, {disagree} uenige', 'amount.ground': 'Fælles grund: {share}',
} });

test('every published number has words', () => {
  assert.equal(amount(0), '0');
  assert.equal(amount({ agree: 7, pass: 0, disagree: 3 }), '7 enige, 0 springer over, 3 uenige');
  assert.equal(totalWords(12, 10), '12 i alt');
  for (const none of [null, undefined]) assert.equal(totalWords(none, 10), 'Under 10 stemmer: ingen tal');
});

test('from when on groups are counted is said where they are not', () => {
  const ballot = (by_group, pools = [['a'], ['b']]) => ({ pools, result: { counts_from: 12, options: [{ by_group }] } });
  assert.equal(perGroupWords(ballot({})), 'Først ved 12');
  assert.equal(perGroupWords(ballot({ a: 3 })), 'Først ved 12');
  assert.equal(perGroupWords(ballot({ a: 12, b: 0 })), '');
  assert.equal(perGroupWords(ballot({}, [['a', 'b']])), '', 'one group is the room');
  const decision = (counts) => ({ pools: [['a'], ['b']], result: { counts_from: 10, groups: [{ counts: {} }, { counts }] } });
  assert.equal(perGroupWords(decision(null)), 'Først ved 10');
  assert.equal(perGroupWords(decision({})), '');
});

test('common ground is a share or nothing', () => {
  assert.equal(groundWords(0.43).replace('\u00a0', ' '), 'Fælles grund: 43 %');
  assert.equal(groundWords(null), '');
});
