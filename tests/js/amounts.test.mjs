import assert from 'node:assert/strict';
import { test } from 'node:test';

import { amount, groundWords } from '../../static/js/lib/amounts.js';
import { useCatalogue } from '../../static/js/lib/catalogue.js';

useCatalogue({ language: 'da', messages: {
  'amount.all_but': 'alle på nær højst {n}', 'amount.at_most': 'højst {n}', 'amount.withheld': 'for få til tal', 'amount.band.low': 'under 1/3',
  'amount.band.below_half': '1/3 til 1/2', 'amount.band.above_half': '1/2 til 2/3', 'amount.band.high': 'over 2/3',
  'amount.positions': '{agree} enige, {pass} springer over, {disagree} uenige', 'amount.agree': '{n} enige', 'amount.pass': '{n} springer over',
  'amount.disagree': '{n} uenige', 'amount.ground': 'Fælles grund: {share}',
} });

const SAID = [
  [null, 'for få til tal'], [undefined, 'for få til tal'], [0, '0'], [12, '12'], [{ at_most: 2 }, 'højst 2'], [{ all_but: 2 }, 'alle på nær højst 2'],
  [{ band: 'under 1/3' }, 'under 1/3'], [{ band: '1/3-1/2' }, '1/3 til 1/2'], [{ band: '1/2-2/3' }, '1/2 til 2/3'], [{ band: 'over 2/3' }, 'over 2/3'],
  [{ agree: 7, pass: 0, disagree: 3 }, '7 enige, 0 springer over, 3 uenige'],
  [{ agree: { at_most: 2 }, pass: null, disagree: null }, 'højst 2 enige'],
  [{ agree: null, pass: null, disagree: { at_most: 2 } }, 'højst 2 uenige'],
  [{ agree: null, pass: null, disagree: null }, 'for få til tal'],
];

test('every published number has words, and never more than was disclosed', () => {
  for (const [value, words] of SAID) assert.equal(amount(value), words);
});

test('common ground is a share, a band where groups are small, or nothing', () => {
  assert.equal(groundWords(0.43).replace('\u00a0', ' '), 'Fælles grund: 43 %');
  assert.equal(groundWords({ band: '1/3-1/2' }), 'Fælles grund: 1/3 til 1/2');
  assert.equal(groundWords(null), '');
});
