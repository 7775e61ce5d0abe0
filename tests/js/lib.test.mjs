import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { createAnnouncer, createStorage, createWakeLock, newId } from '../../static/js/lib/browser.js';
import { difference } from '../../static/js/lib/difference.js';
import * as format from '../../static/js/lib/format.js';
import { has, language, loadCatalogue, t, useCatalogue } from '../../static/js/lib/catalogue.js';
import { nextOf } from '../../static/js/lib/reading.js';
import { listenToKeys } from '../../static/js/lib/keys.js';
import { shuffled } from '../../static/js/lib/shuffle.js';
import { Shelf, seeded, settle } from './fakes.mjs';

const danish = {
  language: 'da',
  messages: { 'phone.send': 'Send', 'phone.ideas': ['{n} idé', '{n} idéer'], 'phone.hello': 'Hej {name}, {name}' },
};
beforeEach(() => useCatalogue(danish));

// -- catalogue

test('a text has its facts put in, and one or many by n', () => {
  assert.equal(t('phone.send'), 'Send');
  assert.equal(t('phone.hello', { name: '{n} $& æ' }), 'Hej {n} $& æ, {n} $& æ');
  assert.deepEqual([0, 1, 2, 21].map((n) => t('phone.ideas', { n })), ['0 idéer', '1 idé', '2 idéer', '21 idéer']);
});

test('exactly two have a text of their own where there is one', () => {
  useCatalogue({ language: 'da', messages: { all: 'alle {n}', 'all.two': 'begge', day: ['{n} dag', '{n} dage'] } });
  assert.deepEqual([t('all', { n: 2 }), t('all', { n: 3 }), t('day', { n: 2 })], ['begge', 'alle 3', '2 dage']);
});

test('a missing text is its key, reported once; a missing fact stays in sight', (context) => {
  const warn = context.mock.method(console, 'warn', () => {});
  assert.equal(t('phone.nothing'), 'phone.nothing');
  assert.equal(t('phone.nothing'), 'phone.nothing');
  assert.equal(warn.mock.callCount(), 1);
  assert.equal(t('phone.hello'), 'Hej {name}, {name}');
  assert.equal(has('phone.nothing'), false);
});

test('a person changes language without a reload', async () => {
  const files = { '/catalogue/en.phone.1.json': { language: 'en', messages: { 'phone.send': 'Send it' } } };
  await loadCatalogue('/catalogue/en.phone.1.json', { fetch: async (url) => ({ ok: true, json: async () => files[url] }) });
  assert.equal(t('phone.send'), 'Send it');
  assert.equal(language(), 'en');
  useCatalogue(danish);
  assert.equal(t('phone.send'), 'Send');
});

test('when the texts cannot be fetched the old ones stay, and it was tried three times', async () => {
  let tries = 0;
  const fetch = async () => {
    tries += 1;
    throw new TypeError('Failed to fetch');
  };
  await assert.rejects(loadCatalogue(['/a', '/a'].slice(1), { fetch, wait: async () => {} }));
  assert.equal(tries, 3);
  assert.equal(t('phone.send'), 'Send');
});

test('the language asked for last is the one that stays, whichever arrives first', async () => {
  const arrive = {};
  const fetch = (url) =>
    new Promise((resolve) => {
      arrive[url] = () => resolve({ ok: true, json: async () => ({ language: url, messages: {} }) });
    });
  const first = loadCatalogue('da', { fetch });
  const second = loadCatalogue('en', { fetch });
  arrive.en();
  await second;
  arrive.da();
  await first;
  assert.equal(language(), 'en');
});

// -- storage and ids

test('storage that throws is a memory that says so', () => {
  const shelf = new Shelf();
  const storage = shelf.tab();
  assert.equal(storage.set('a', '1'), true);
  shelf.full = true;
  assert.equal(storage.set('a', '2'), false);
  assert.equal(storage.get('a'), '2', 'the newest value, not the older one that could be stored');
  assert.equal(storage.lasting, false);
  assert.equal(storage.set('b', '3'), false);
  assert.deepEqual(storage.keys(), ['a', 'b']);
  storage.remove('a');
  assert.equal(storage.get('a'), null);
  shelf.full = false;
  assert.equal(storage.set('b', '4'), true);
  assert.equal(storage.lasting, true);
  assert.equal(shelf.map.get('b'), '4');
});

test('where even looking at storage is forbidden, everything still works in memory', () => {
  const storage = createStorage(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  assert.equal(storage.lasting, false);
  storage.set('x:1', 'a');
  assert.equal(storage.get('x:1'), 'a');
  assert.deepEqual(storage.keys('x:'), ['x:1']);
  assert.equal(createStorage(() => undefined).get('x'), null);
});

test('ids need neither HTTPS nor luck', () => {
  const ids = new Set(Array.from({ length: 1000 }, () => newId({ getRandomValues: (a) => crypto.getRandomValues(a) })));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

// -- wake lock

/** A page whose screen can be kept awake; `gives` says whether the browser agrees. */
function wakefulPage() {
  const page = { visible: true, gives: true, locks: [], listeners: [] };
  page.document = {
    get visibilityState() {
      return page.visible ? 'visible' : 'hidden';
    },
    addEventListener: (_name, fn) => page.listeners.push(fn),
  };
  page.navigator = {
    wakeLock: {
      request: async () => {
        if (!page.gives) throw new DOMException('no', 'NotAllowedError');
        const lock = { released: false, on: [], addEventListener: (_n, fn) => lock.on.push(fn) };
        lock.release = async () => {
          lock.released = true;
          lock.on.forEach((fn) => fn());
        };
        page.locks.push(lock);
        return lock;
      },
    },
  };
  page.show = (visible) => {
    page.visible = visible;
    if (!visible) page.locks.filter((lock) => !lock.released).forEach((lock) => lock.release());
    page.listeners.forEach((fn) => fn());
  };
  return page;
}

test('the screen is held, let go with the page, held again when it is seen, and let go in a break', async () => {
  const page = wakefulPage();
  const told = [];
  const lock = createWakeLock({ ...page, changed: (held) => told.push(held) });
  await lock.hold();
  assert.equal(lock.held, true);
  page.show(false);
  assert.equal(lock.held, false);
  page.show(true);
  await settle();
  assert.equal(lock.held, true);
  lock.release();
  assert.equal(lock.held, false);
  page.show(false);
  page.show(true);
  await settle();
  assert.equal(lock.held, false);
  assert.ok(page.locks.every((each) => each.released));
  assert.deepEqual(told, [true, false, true, false]);
});

test('letting go while the browser is still thinking leaves nothing held', async () => {
  const page = wakefulPage();
  const lock = createWakeLock(page);
  const asking = lock.hold();
  lock.release();
  await asking;
  assert.equal(lock.held, false);
  assert.ok(page.locks.every((each) => each.released));
});

test('where there is no wake lock, or it is refused, nothing breaks', async () => {
  const none = createWakeLock({ navigator: {}, document: {} });
  assert.equal(none.supported, false);
  await none.hold();
  none.release();
  const page = wakefulPage();
  page.gives = false;
  const lock = createWakeLock(page);
  await lock.hold();
  assert.equal(lock.held, false);
});

// -- announcements

function speakingPage() {
  const regions = [];
  const timers = [];
  const document = {
    createElement: () => ({ style: {}, attributes: {}, textContent: '', setAttribute(k, v) { this.attributes[k] = v; } }),
    body: { append: (element) => regions.push(element) },
  };
  const announce = createAnnouncer(document, { setTimeout: (fn) => timers.push(fn) });
  return { regions, announce, later: () => timers.splice(0).forEach((fn) => fn()) };
}

test('announcements that come together are one, and the same words twice are said twice', () => {
  const { regions, announce, later } = speakingPage();
  assert.deepEqual(regions.map((region) => region.attributes['aria-live']), ['polite', 'assertive']);
  announce('Nyt trin.');
  announce('Afstemningen er åben.');
  announce('Nyt trin.');
  later();
  assert.equal(regions[0].textContent, 'Nyt trin. Afstemningen er åben.');
  announce('Nyt trin.');
  assert.equal(regions[0].textContent, '', 'emptied first, or screen readers stay silent');
  later();
  assert.equal(regions[0].textContent, 'Nyt trin.');
  announce('Ikke sendt.', { urgent: true });
  later();
  assert.equal(regions[1].textContent, 'Ikke sendt.');
});

// -- keys

function keyboard(storage) {
  const handlers = [];
  const target = { addEventListener: (_n, fn) => handlers.push(fn), removeEventListener: (_n, fn) => handlers.splice(handlers.indexOf(fn), 1) };
  const done = [];
  const act = (name) => () => done.push(name);
  const keys = listenToKeys({ ArrowRight: act('next'), ' ': act('reveal'), t: act('timer'), '+': act('plus') }, { target, storage });
  /** `on` lists selectors the focused element matches. */
  const press = (key, { on = [], scrolls = false, ...facts } = {}) => {
    const event = { key, ...facts, defaultPrevented: false, preventDefault() { this.defaultPrevented = true; } };
    event.target = { matches: () => scrolls, closest: (selector) => (on.some((own) => selector.split(', ').includes(own)) ? {} : null) };
    handlers.forEach((fn) => fn(event));
    return event.defaultPrevented;
  };
  return { keys, press, done };
}

test('keys act, in either case, and say that they did', () => {
  const { press, done } = keyboard();
  assert.equal(press('ArrowRight'), true);
  press('T');
  press('+');
  assert.equal(press('x'), false);
  assert.deepEqual(done, ['next', 'timer', 'plus']);
});

test('a clicker goes on and back, except where the page scrolls', () => {
  const { press, done } = keyboard();
  assert.equal(press('PageDown'), true);
  assert.equal(press('PageUp'), false);
  press('PageDown', { on: ['textarea'] });
  assert.equal(press('PageDown', { scrolls: true }), false);
  assert.deepEqual(done, ['next']);
});

test('keys are off while somebody types, in a dialog, with a modifier, and while a key is held down', () => {
  const { press, done } = keyboard();
  for (const on of ['textarea', 'select', '[contenteditable]', 'dialog[open]']) press('t', { on: [on] });
  for (const held of ['ctrlKey', 'metaKey', 'altKey', 'repeat', 'isComposing']) press('t', { [held]: true });
  assert.deepEqual(done, []);
});

test('space on a button presses the button, and arrows in a list move in the list', () => {
  const { press, done } = keyboard();
  press(' ', { on: ['button'] });
  press('ArrowRight', { on: ['[role=tablist]'] });
  assert.deepEqual(done, []);
  press('t', { on: ['button'] });
  press(' ');
  assert.deepEqual(done, ['timer', 'reveal']);
});

test('keys can be switched off, stay off at the next visit, and can be stopped', () => {
  const storage = createStorage(() => null);
  const { keys, press, done } = keyboard(storage);
  keys.on = false;
  press('t');
  assert.deepEqual(done, []);
  const next = keyboard(storage);
  assert.equal(next.keys.on, false);
  next.keys.on = true;
  next.press('t');
  next.keys.stop();
  next.press('t');
  assert.deepEqual(next.done, ['timer']);
});

// -- order of options

const options = Array.from({ length: 24 }, (_, i) => `idea:${i + 1}`);

test('a phone keeps its order, whatever order the options come in', () => {
  const order = shuffled(options, 'participant:7/ballot:1');
  assert.deepEqual(shuffled([...options].reverse(), 'participant:7/ballot:1'), order);
  assert.deepEqual([...order].sort(), [...options].sort());
  assert.notDeepEqual(order, options);
  assert.notDeepEqual(shuffled(options, 'participant:7/ballot:2'), order);
});

test('an option that comes later slips in and moves none of the others', () => {
  const without = shuffled(options.slice(0, 23), 's');
  assert.deepEqual(shuffled(options, 's').filter((id) => id !== 'idea:24'), without);
});

test('no option is favoured: each is first, and each place is its own, about equally often', () => {
  const phones = 12_000;
  const ids = options.slice(0, 6);
  const counts = ids.map(() => ids.map(() => 0));
  for (let phone = 0; phone < phones; phone += 1) {
    shuffled(ids, `participant:${phone}/ballot:1`).forEach((id, at) => (counts[ids.indexOf(id)][at] += 1));
  }
  // Chi-square with 25 degrees of freedom: over 52.6 once in a thousand.
  const expected = phones / 6;
  const square = counts.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  assert.ok(square < 52.6, `chi-square ${square}`);
});

// -- differences

const side = (parts, without) => parts.filter((part) => part.kind !== without).map((part) => part.text).join('');
const brief = (parts) => parts.map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `[+${text}+]` })[kind]).join('');

test('only the words that changed are marked', () => {
  assert.equal(brief(difference('Flere bænke i parken', 'Flere bænke i byens parker')), 'Flere bænke i [-parken-][+byens parker+]');
  assert.equal(brief(difference('Senest 31/12-2027 i alt', 'Senest 31/12-2028 i alt')), 'Senest [-31/12-2027-][+31/12-2028+] i alt');
  assert.equal(brief(difference('Vi måler det.', 'Vi måler det hvert år.')), 'Vi måler det[+ hvert år+].');
  assert.deepEqual(difference('ens', 'ens'), [{ kind: 'same', text: 'ens' }]);
  assert.deepEqual(difference('', ''), []);
  assert.deepEqual(difference('', 'ny'), [{ kind: 'added', text: 'ny' }]);
  assert.deepEqual(difference('væk', ''), [{ kind: 'removed', text: 'væk' }]);
});

test('a rewritten phrase reads as one phrase, not as a hedge of single words', () => {
  assert.equal(brief(difference('ingen unge føler sig utrygge', 'alle børn kan sove roligt')), '[-ingen unge føler sig utrygge-][+alle børn kan sove roligt+]');
});

test('both texts can be read back from any difference, to the letter', () => {
  const random = seeded(7);
  const words = ['vi', 'vil', 'Ærø', 'have', ' ', '  ', '\n', ', ', '.', '1.000', '👩‍👧', 'e\u0301', 'مرحبا', '-', '_'];
  const text = () => Array.from({ length: Math.floor(random() * 14) }, () => words[Math.floor(random() * words.length)]).join('');
  for (let i = 0; i < 3000; i += 1) {
    const [before, after] = [text(), text()];
    const parts = difference(before, after);
    assert.equal(side(parts, 'added'), before);
    assert.equal(side(parts, 'removed'), after);
    parts.forEach((part, at) => {
      assert.ok(part.text && part.kind !== parts[at - 1]?.kind, 'neighbours are of different kinds');
      if (part.kind === 'removed') assert.notEqual(parts[at - 1]?.kind, 'added', 'removed comes before added');
    });
  }
});

test('two very long and different texts take no time', () => {
  const many = (word) => Array.from({ length: 4000 }, (_, i) => `${word}${i}`).join(' ');
  const start = performance.now();
  const parts = difference(many('a'), many('b'));
  assert.ok(performance.now() - start < 1000);
  assert.equal(side(parts, 'removed'), many('b'));
});

// -- numbers and dates

test('numbers and dates follow the language', () => {
  assert.equal(format.number(1234.5), '1.234,5');
  assert.equal(format.percent('2/3').replace(/\s/g, ' '), '67 %');
  assert.equal(format.date('2027-01-15'), '15. januar 2027');
  assert.equal(format.list(['borgere', 'byråd', 'region']), 'borgere, byråd og region');
  useCatalogue({ language: 'en', messages: {} });
  assert.equal(format.number(1234.5), '1,234.5');
  assert.equal(format.percent(0.25), '25%');
  assert.equal(format.date('2027-01-15'), '15 January 2027');
  assert.equal(format.list(['citizens', 'council', 'region']), 'citizens, council and region');
});

test('times are those of the room, and a day is itself, wherever the device is', () => {
  assert.equal(format.time('2027-01-15T12:05:00Z'), '13.05');
  assert.equal(format.time('2027-07-15T12:05:00Z'), '14.05');
  assert.equal(format.dayAndTime('2027-01-15T23:05:00Z').replace(/\s/g, ' '), '16. jan., 00.05');
  assert.equal(format.date('2027-12-31'), '31. december 2027');
  assert.equal(format.date('inden sommer'), 'inden sommer');
});

test('a time of another day is said with its day', () => {
  useCatalogue({ language: 'da', messages: { 'common.time_on_day': '{time} den {day}' } });
  const today = new Date();
  today.setHours(14, 5, 0, 0);
  const later = new Date(today);
  later.setDate(today.getDate() + 3);
  assert.equal(format.timeWithDay(today.toISOString()), '14.05');
  assert.equal(format.timeWithDay(later.toISOString()), `14.05 den ${format.date(later, { day: 'numeric', month: 'long' })}`);
});

test('a countdown reaches 0:00 at the end and not a second before', () => {
  assert.deepEqual([0, 1, 1000, 59_001, 65_000, 3_600_000, 3_725_000].map(format.countdown), [
    '0:00', '0:01', '0:01', '1:00', '1:05', '1:00:00', '1:02:05',
  ]);
});

// -- the programme

test('what was skipped is not the next step, unless nothing else is left and nothing runs', () => {
  const next = (...states) => nextOf(states.map((state, id) => ({ id, state })))?.id ?? null;
  assert.equal(next('waiting', 'waiting'), 0);
  assert.equal(next('done', 'waiting', 'running', 'waiting'), 3);
  assert.equal(next('done', 'waiting', 'running', 'done'), null);
  assert.equal(next('done', 'waiting', 'done', 'waiting'), 3, 'between two steps');
  assert.equal(next('done', 'waiting', 'done'), 1);
  assert.equal(next(), null);
});
