import assert from 'node:assert/strict';
import { test } from 'node:test';

import { agreeWords, amount, groundHow, groundWords, nobodyVoted, perGroupWords, totalWords } from '../../static/js/lib/amounts.js';
import { useCatalogue } from '../../static/js/lib/catalogue.js';
import { countOf } from '../../static/js/lib/shortlist.js';

useCatalogue({ language: 'da', messages: {
  'amount.withheld': 'Under {n} stemmer: ingen tal', 'amount.total': '{count} i alt', 'amount.per_group': 'Først ved {n}',
  'amount.per_group.some': 'De andre ved {n}', 'amount.ground.how': 'Sådan er procenten', 'amount.agree': '{part} af {whole} enige',
  'shortlist.count.dots': ['{n} prik', '{n} prikker'], 'shortlist.count.approval': '{n} af {whole} satte kryds',
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
  assert.equal(perGroupWords(ballot({ a: 3 })), 'De andre ved 12');
  assert.equal(perGroupWords(ballot({ a: 12, b: 0 })), '');
  assert.equal(perGroupWords(ballot({}, [['a', 'b']])), '', 'one group is the room');
  const decision = (counts) => ({ pools: [['a'], ['b']], result: { counts_from: 10, groups: [{ counts: {} }, { counts }] } });
  assert.equal(perGroupWords(decision(null)), 'De andre ved 10');
  assert.equal(perGroupWords(decision({})), '');
});

test('it is not said beside options whose groups are all counted', () => {
  const options = [{ id: 'idea:1', by_group: { a: 12, b: 10 } }, { id: 'idea:2', by_group: {} }];
  const ballot = { pools: [['a'], ['b']], result: { counts_from: 10, options } };
  assert.equal(perGroupWords(ballot), 'De andre ved 10');
  assert.equal(perGroupWords(ballot, ['idea:1']), '');
  assert.equal(perGroupWords(ballot, ['idea:2']), 'Først ved 10');
});

test('nobody is said where nothing was counted', () => {
  const ballot = (voted, more) => ({ result: { turnout: { voted }, ...more } });
  assert.deepEqual([ballot(0), ballot(1), ballot(0, { shortlist: {} })].map(nobodyVoted), [true, false, false]);
});

test('a count says what is counted', () => {
  const result = { counts_from: 10, turnout: { voted: 40 }, options: [{ id: 'idea:1', total: 34 }, { id: 'idea:2', total: null }] };
  assert.equal(countOf({ method: 'dots', result }, 'idea:1').words, '34 prikker');
  assert.equal(countOf({ method: 'approval', result }, 'idea:1').words, '34 af 40 satte kryds');
  assert.equal(countOf({ method: 'dots', result }, 'idea:2').words, 'Under 10 stemmer: ingen tal');
});

test('common ground is a share or nothing', () => {
  assert.equal(groundWords(0.43).replace('\u00a0', ' '), 'Fælles grund: 43 %');
  assert.equal(groundWords(null), '');
  assert.equal(groundHow([{ value: null }]), '', 'without a percentage there is nothing to explain');
  assert.equal(groundHow([{ value: 0.92 }, { value: null }]), 'Sådan er procenten');
  assert.equal(agreeWords({ agree: 2, pass: 1, disagree: 9 }), '2 af 12 enige');
});
