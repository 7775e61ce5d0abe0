import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useCatalogue } from '../../static/js/lib/catalogue.js';
import { sentence } from '../../static/js/console/acting.js';

test('an undo that is refused names what moved on, each thing once', () => {
  useCatalogue({
    language: 'en',
    messages: { 'error.conflict': 'No.', 'console.undo.moved': 'Others went on with: {moved}.', 'error.field.theme': 'The theme', 'console.undo.of.turnout': 'The votes', 'field.workshop.title': 'The title' },
  });
  const moved = [{ record: 'theme:3', fields: [] }, { record: 'theme:4', fields: ['colour'] }, { record: 'workshop:1', fields: ['title'] }, { record: 'decision:1', fields: ['turnout'] }];
  assert.equal(sentence({ code: 'conflict', field: 'seq', moved }), 'Others went on with: The theme, The title, The votes.');
  assert.equal(sentence({ code: 'conflict', field: 'seq', last: 4 }), 'No.');
});
