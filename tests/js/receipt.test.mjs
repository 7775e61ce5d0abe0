import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { effectiveGroup, receipt } from '../../static/js/lib/receipt.js';

const FILE = process.env.RECEIPT_EXAMPLES ?? new URL('../vectors/receipt_examples.json', import.meta.url);

const steps = [
  { option: 'idea:1', phase: 'equal_shares', price: '1/6' },
  { option: 'idea:2', phase: 'equal_shares', price: '1/4' },
  { option: 'idea:3', phase: 'phragmen', price: '1/12' },
];
const shortlist = { steps, purse: { citizens: '1/3' }, weight: { citizens: 1 } };

test('the receipt pays what the purse has, in the order of choosing', () => {
  const choices = { 'idea:1': 1, 'idea:2': 1, 'idea:3': 1, 'idea:9': 1 };
  assert.deepEqual(receipt({ group: 'citizens', choices }, shortlist), [
    { option: 'idea:1', phase: 'equal_shares', helped: true, paid: '1/6' },
    { option: 'idea:2', phase: 'equal_shares', helped: true, paid: '1/6' },
    { option: 'idea:3', phase: 'phragmen', helped: true, paid: '1/12' },
  ]);
  assert.deepEqual(receipt({ group: 'citizens', choices: { 'idea:9': 1, 'idea:1': 0 } }, shortlist), []);
});

test('an empty purse helps nobody, and a heavier one pays by its weight', () => {
  const choices = { 'idea:1': 1, 'idea:2': 1 };
  const empty = { ...shortlist, purse: { citizens: '1/6' } };
  assert.deepEqual(receipt({ group: 'citizens', choices }, empty)[1], { option: 'idea:2', phase: 'equal_shares', helped: false, paid: '0/1' });
  const heavy = { ...shortlist, purse: { leaders: '2/3' }, weight: { leaders: 2 } };
  assert.deepEqual(receipt({ group: 'leaders', choices }, heavy).map((line) => line.paid), ['1/3', '1/3']);
});

test('a withheld price leaves only the vote certain', () => {
  const withheld = { ...shortlist, steps: [{ ...steps[0], price: null }, steps[1]] };
  const choices = { 'idea:1': 1, 'idea:2': 1 };
  assert.deepEqual(receipt({ group: 'citizens', choices }, withheld).map(({ helped, paid }) => [helped, paid]), [
    [true, null],
    [null, null],
  ]);
});

test('my group is found in the pool it was counted in', () => {
  assert.equal(effectiveGroup(['citizens', 'leaders+researchers'], 'researchers'), 'leaders+researchers');
  assert.equal(effectiveGroup(['citizens'], 'citizen'), undefined);
});

test('every example of the rules comes out the same to the last digit', () => {
  const { examples } = JSON.parse(readFileSync(FILE, 'utf8'));
  assert.ok(examples.length > 0);
  for (const { name, shortlist: published, people } of examples) {
    assert.ok(people.length > 0, name);
    for (const { receipt: expected, ...paper } of people) assert.deepEqual(receipt(paper, published), expected, name);
  }
});
