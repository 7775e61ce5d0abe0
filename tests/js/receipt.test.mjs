import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { purse, receipt } from '../../static/js/lib/receipt.js';

const FILE = process.env.RECEIPT_EXAMPLES ?? new URL('../vectors/receipt_examples.json', import.meta.url);

const steps = [
  { option: 'idea:1', phase: 'equal_shares', price: '1/6' },
  { option: 'idea:2', phase: 'equal_shares', price: '1/4' },
  { option: 'idea:3', phase: 'phragmen', price: '1/12' },
];

test('the receipt pays what the purse has, in the order of choosing', () => {
  const choices = { 'idea:1': 1, 'idea:2': 1, 'idea:3': 1, 'idea:9': 1 };
  assert.deepEqual(receipt(choices, steps, '1/3'), [
    { option: 'idea:1', phase: 'equal_shares', helped: true, paid: '1/6' },
    { option: 'idea:2', phase: 'equal_shares', helped: true, paid: '1/6' },
    { option: 'idea:3', phase: 'phragmen', helped: true, paid: '1/12' },
  ]);
  assert.deepEqual(receipt({ 'idea:9': 1, 'idea:1': 0 }, steps, '1/3'), []);
});

test('an empty purse helps nobody', () => {
  const choices = { 'idea:1': 1, 'idea:2': 1 };
  assert.deepEqual(receipt(choices, steps, '1/6')[1], { option: 'idea:2', phase: 'equal_shares', helped: false, paid: '0/1' });
});

test('everybody held as much, but with weights per group it is not told how much', () => {
  const result = (weight, voted = 24) => ({ shortlist: { weight }, turnout: { voted } });
  assert.equal(purse(result({ a: 1, b: 1 }), 3), '3/24');
  assert.equal(purse(result(null), 3), '3/24');
  assert.equal(purse(result({ a: 1, b: 2 }), 3), null);
  assert.equal(purse(result(null, 0), 3), null);
});

test('a withheld price leaves only the vote certain', () => {
  const withheld = [{ ...steps[0], price: null }, steps[1]];
  const choices = { 'idea:1': 1, 'idea:2': 1 };
  assert.deepEqual(receipt(choices, withheld, '1/3').map(({ helped, paid }) => [helped, paid]), [
    [true, null],
    [null, null],
  ]);
});

test('every example of the rules comes out the same to the last digit', () => {
  const { examples } = JSON.parse(readFileSync(FILE, 'utf8'));
  assert.ok(examples.length > 0);
  for (const { name, steps: published, purse: held, people } of examples) {
    assert.ok(people.length > 0, name);
    for (const { receipt: expected, choices } of people) assert.deepEqual(receipt(choices, published, held), expected, name);
  }
});
