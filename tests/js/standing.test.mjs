import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// What lit-html asks of a page when it is loaded; nothing is drawn here.
globalThis.document = { createTreeWalker: () => ({}), createComment: () => ({}) };
const { standingList } = await import('../../static/js/console/standing.js');
const css = readFileSync(new URL('../../static/css/console.css', import.meta.url), 'utf8');

/** Which line each name in a drawing belongs to. */
function linesOf(drawn) {
  if (Array.isArray(drawn)) return drawn.flatMap(linesOf);
  if (!drawn?.strings) return [];
  return drawn.strings.join('').includes('data-line=') ? [drawn.values[0]] : drawn.values.flatMap(linesOf);
}

test('where a line is missing, the others stay in their own columns', () => {
  const heads = Object.fromEntries(['answer', 'done', 'reached', 'kept'].map((key) => [key, { name: key }]));
  const item = { label: 'Mål 1', wording: 'Åbne skoler', answer: { words: 'Ja' }, done: { words: 'Nej' }, kept: 'Ja' };
  assert.deepEqual(linesOf(standingList({ heads, late: [], items: [item] })), ['answer', 'done', 'kept']);
  const column = (key) => css.match(new RegExp(`\\[data-line="${key}"\\] \\{ grid-column: (\\d); \\}`))?.[1];
  assert.deepEqual(['done', 'reached', 'kept'].map(column), ['2', '3', '4']);
});
