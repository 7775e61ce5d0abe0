import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { clean, lengthOf } from '../../static/js/lib/cleaning.js';

const examples = JSON.parse(readFileSync(new URL('../vectors/cleaning_examples.json', import.meta.url), 'utf8'));

for (const { about, text, one_line: oneLine, clean: kept } of examples) {
  test(`a text is kept as on the server: ${about}`, () => {
    assert.equal(clean(text, { oneLine }), kept);
    assert.equal(clean(kept, { oneLine }), kept);
    assert.equal(lengthOf(text, { oneLine }), [...kept].length);
  });
}

test('a counter counts an emoji once, and nothing that goes', () => {
  assert.equal(lengthOf('🌱\u200b\u00ad \n'), 1);
  assert.equal(lengthOf('a\r\nb\r\n\r\n\r\n\r\nc'), 6);
});
