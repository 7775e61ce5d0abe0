import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Drafts } from '../../static/js/live/drafts.js';
import { Shelf } from './fakes.mjs';

const open = (shelf = new Shelf(), prefix = 'rundbord:1:7:draft:', how = {}) => new Drafts({ storage: shelf.tab(), prefix, ...how });
const type = (box, value) => box.oninput({ target: { value } });

test('a draft is saved at every input and is there after a reload', () => {
  const shelf = new Shelf();
  type(open(shelf).bind('idea'), 'Flere bæn');
  const again = open(shelf);
  assert.equal(again.bind('idea').value, 'Flere bæn');
  assert.equal(again.has('idea'), true);
  assert.deepEqual(again.fields(), ['idea']);
});

test('drafts of another person or workshop on the same device are other drafts', () => {
  const shelf = new Shelf();
  open(shelf).set('idea', 'mine');
  assert.equal(open(shelf, 'rundbord:1:8:draft:').get('idea'), '');
  assert.equal(open(shelf, 'rundbord:2:7:draft:').get('idea'), '');
});

test('an edit begins with what is there, and an emptied box stays empty', () => {
  const drafts = open();
  assert.equal(drafts.bind('edit:idea:1', { initial: 'as it was' }).value, 'as it was');
  type(drafts.bind('edit:idea:1', { initial: 'as it was' }), '');
  assert.equal(drafts.bind('edit:idea:1', { initial: 'as it was' }).value, '');
});

test('a box is cleared by a yes and by nothing else', async () => {
  const drafts = open();
  drafts.set('idea', 'a');
  drafts.set('why', 'b');
  let given;
  const answer = await drafts.submit(['idea', 'why'], async (texts) => ((given = texts), { ok: false, error: { code: 'wrong_step' } }));
  assert.deepEqual(given, { idea: 'a', why: 'b' });
  assert.equal(answer.error.code, 'wrong_step');
  assert.equal(drafts.get('idea'), 'a');
  await drafts.submit(['idea', 'why'], async () => ({ ok: true }));
  assert.equal(drafts.has('idea'), false);
  assert.equal(drafts.has('why'), false);
});

test('while the answer is on its way the box is full, and what is written meanwhile is kept', async () => {
  const drafts = open();
  drafts.set('idea', 'first');
  let answer;
  const sending = drafts.submit('idea', () => new Promise((resolve) => (answer = resolve)));
  assert.equal(drafts.get('idea'), 'first');
  drafts.set('idea', 'first and more');
  answer({ ok: true });
  await sending;
  assert.equal(drafts.get('idea'), 'first and more');
});

test('screens are told when a draft appears or goes, not at every letter', () => {
  let told = 0;
  const drafts = open(new Shelf(), 'p:', { changed: () => (told += 1) });
  for (const text of ['a', 'ab', 'abc']) drafts.set('idea', text);
  assert.equal(told, 1);
  drafts.clear('idea');
  assert.equal(told, 2);
});

test('where nothing can be stored the draft lives as long as the page', () => {
  const shelf = new Shelf();
  shelf.full = true;
  const drafts = open(shelf);
  drafts.set('idea', 'a');
  assert.equal(drafts.get('idea'), 'a');
});
