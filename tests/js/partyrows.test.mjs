import assert from 'node:assert/strict';
import { test } from 'node:test';

import { blankGift, blankRow, listsOf, rowsOf } from '../../static/js/lib/partyrows.js';

const gift = (party, what) => ({ party, what, how_much: '', by_when: null, contact: '' });
const LISTS = {
  parties: [{ name: 'Byrådet', group: 'politicians' }, { name: 'Ungerådet', group: null }],
  contributions: [gift('Byrådet', 'Lys'), gift('Byrådet', 'Opsyn'), gift('Ungerådet', 'Program')],
  mandates: [{ party: 'Ungerådet', kind: 'must_ask', ask_whom: 'bestyrelsen', by_when: '2030-01-01' }],
};

test('the lists come back from the table as they went in', () => {
  assert.deepEqual(listsOf(rowsOf(LISTS)), LISTS);
});

test('whether a party may say yes is unset until somebody says it', () => {
  const [first] = rowsOf(LISTS);
  assert.equal(first.kind, null);
  assert.deepEqual(listsOf([first]).mandates, []);
});

test('a row that is only begun is in no list, and what a nameless party gives is kept', () => {
  assert.deepEqual(listsOf([blankRow()]), { parties: [], contributions: [], mandates: [] });
  const begun = { ...blankRow(), gives: [{ ...blankGift(), what: 'Lys' }] };
  const lists = listsOf([begun]);
  assert.deepEqual(lists.contributions, [gift(null, 'Lys')]);
  assert.equal(rowsOf(lists)[0].gives[0].what, 'Lys');
});

test('whom to ask belongs to those who must ask', () => {
  const row = { ...rowsOf(LISTS)[1], kind: 'may_decide' };
  assert.deepEqual(listsOf([row]).mandates, [{ party: 'Ungerådet', kind: 'may_decide', ask_whom: '', by_when: null }]);
});
