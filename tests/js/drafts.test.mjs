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

/** Two tabs of one person: each with storage of its own beside the one they share, and told what the other removes. */
function tabOf(shelf, { others, own = new Shelf() } = {}) {
  const storage = shelf.tab();
  const drafts = new Drafts({ storage, tab: own.tab(), prefix: 'rundbord:1:7:draft:', others });
  storage.listen((key, value) => drafts.noticed(key, value));
  return { drafts, own, close: storage.close };
}

/** The pages that have copies on the shelf: those that would answer that they are there. */
const pages = (shelf) => [...new Set([...shelf.map.keys()].map((key) => key.split(':')[4]))];

test('a draft belongs to its tab, and a refresh keeps it there', async () => {
  const shelf = new Shelf();
  const one = tabOf(shelf);
  one.drafts.set('idea', 'in the first tab');
  const here = pages(shelf);
  const two = tabOf(shelf, { others: async () => new Set(here) });
  await two.drafts.ready;
  assert.equal(two.drafts.has('idea'), false);
  two.drafts.set('idea', 'in the second');
  assert.equal(one.drafts.get('idea'), 'in the first tab');
  const again = tabOf(shelf, { own: one.own, others: async () => new Set(pages(shelf).slice(1)) });
  await again.drafts.ready;
  assert.equal(again.drafts.get('idea'), 'in the first tab');
});

test('what a closed tab left is taken over once, and never over what is being written', async () => {
  const shelf = new Shelf();
  const gone = tabOf(shelf);
  gone.drafts.set('idea', 'left behind');
  gone.drafts.set('comment:idea:1', 'and this');
  gone.close();
  let answer;
  const next = tabOf(shelf, { others: () => new Promise((resolve) => (answer = resolve)) });
  next.drafts.set('idea', 'already writing');
  answer(new Set());
  await next.drafts.ready;
  assert.equal(next.drafts.get('idea'), 'already writing');
  assert.equal(next.drafts.get('comment:idea:1'), 'and this');
  next.close();
  await next.drafts.submit('idea', async () => ({ ok: true }));
  const later = tabOf(shelf);
  assert.equal(later.drafts.get('idea'), 'left behind', 'the copy that found no place is still there');
  assert.equal(later.drafts.get('comment:idea:1'), 'and this');
});

test('a text that was sent in one tab is gone in the other, and another text is not', async () => {
  const shelf = new Shelf();
  const one = tabOf(shelf);
  one.drafts.set('idea', 'the same words');
  const here = pages(shelf);
  const two = tabOf(shelf, { others: async () => new Set(here) });
  two.drafts.set('idea', 'the same words');
  two.drafts.set('idea-why', 'only here');
  one.drafts.set('idea-why', 'something else');
  await one.drafts.submit(['idea', 'idea-why'], async () => ({ ok: true }));
  assert.equal(two.drafts.has('idea'), false);
  assert.equal(two.drafts.get('idea-why'), 'only here');
});

test('a tab that slept while its draft was taken over and sent notices when it wakes', async () => {
  const shelf = new Shelf();
  const asleep = tabOf(shelf);
  asleep.drafts.set('idea', 'from the pocket');
  asleep.close();
  const next = tabOf(shelf);
  assert.equal(next.drafts.get('idea'), 'from the pocket');
  assert.equal(asleep.drafts.has('idea'), true);
  asleep.drafts.check();
  assert.equal(asleep.drafts.has('idea'), false);
  assert.equal(next.drafts.has('idea'), true);
});

test('forgetting leaves no draft in any storage', () => {
  const [shelf, own] = [new Shelf(), new Shelf()];
  const { drafts } = tabOf(shelf, { own });
  drafts.set('idea', 'a');
  drafts.forget();
  assert.deepEqual([shelf.map.size, own.map.size, drafts.has('idea')], [0, 0, false]);
});
