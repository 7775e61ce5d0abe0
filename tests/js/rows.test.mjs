import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { aligned, rebased, same } from '../../static/js/lib/rows.js';

const examples = JSON.parse(readFileSync(new URL('../vectors/rows_examples.json', import.meta.url), 'utf8'));

for (const { about, old, new: now, pairs } of examples) {
  test(`rows are laid beside those they go on from: ${about}`, () => assert.deepEqual(aligned(old, now), pairs));
}

test('a field with nothing in it is no field', () => {
  assert.ok(same({ party: 'A', contact: '', by_when: null }, { party: 'A' }));
  assert.ok(!same({ party: 'A', what: 'Lys' }, { party: 'A', what: 'Mad' }));
  assert.ok(same([{ a: 1 }], [{ a: 1 }]) && !same([{ a: 1 }], []));
});

test('a change is laid on a list that has moved on, unless both have changed the same row', () => {
  const [a, b] = [{ party: 'A', what: 'Lys' }, { party: 'B', what: 'Mad' }];
  assert.deepEqual(rebased([a, b], [a], [{ ...a, what: 'Varme' }, b]), [{ ...a, what: 'Varme' }]);
  assert.equal(rebased([a], [{ ...a, what: 'Varme' }], [{ ...a, what: 'Opsyn' }]), null);
});
