/**
 * Reading the room's records for a screen: which groups a key names, what a result says. Shared by phone, console and board.
 * Nothing here decides what may be seen: the server has.
 */

import { has, language, locale, t } from './catalogue.js';

/** The group records behind a key of an effective group ("citizens+leaders"), or behind a list of keys. */
export function groupsOf(room, keys) {
  const wanted = Array.isArray(keys) ? keys : String(keys).split('+');
  const all = room.records.all('group');
  return wanted.map((key) => all.find((group) => group.key === key) ?? { key, glyph: 0, name: { da: key, en: key } });
}

/** One group by key, or null: words carry no group where it is too small to be named. */
export const groupOf = (room, key) => (key ? (groupsOf(room, [key])[0] ?? null) : null);

/** How a step says that votes in it are held: `{openness, open_groups}`, as a vote carries it frozen. */
export const heldBy = (step) => ({
  openness: step?.settings.openness ?? 'secret',
  open_groups: step?.settings.open_groups ?? [],
});

/** Whether a group votes by name. @param {{openness: string, open_groups: string[]}} held a vote, or what `heldBy` answers */
export const votesOpenly = ({ openness, open_groups: groups }, key) => openness === 'open' || groups.includes(key);

/** Whether anybody does. */
export const anyOpen = ({ openness, open_groups: groups }) => openness === 'open' || groups.length > 0;

/**
 * Who votes openly and who secretly, in one line: to a person of the group `mine`, or to everybody.
 * @param {{openness: string, open_groups: string[]}} held
 */
export function opennessWords(room, held, mine) {
  const who = mine ? 'you' : 'all';
  if (mine && votesOpenly(held, mine)) return t('element.openness.you.open');
  if (!anyOpen(held)) return t(`element.openness.${who}.secret`);
  if (held.openness === 'open') return t('element.openness.all.open');
  return t(`element.openness.${who}.some`, { groups: namesOf(room, held.open_groups) });
}

/** Not by `list` of format.js, which a phone coming in would have to fetch for this alone. */
const namesOf = (room, keys) =>
  new Intl.ListFormat(locale()).format(groupsOf(room, keys).map((group) => group.name[language()] ?? group.name.da));

/** The same of a vote whose result is shown, with why where a group had agreed; nothing where all voted secretly. */
export function heldWords(room, vote) {
  if (!anyOpen(vote)) return '';
  const voted = vote.pools.filter((keys) => keys.length === 1 && votesOpenly(vote, keys[0])).flat();
  const agreed = voted.filter((key) => vote.agreed_groups.includes(key));
  const words = !voted.length
    ? ''
    : t(voted.length === vote.pools.length ? 'element.openness.past.only' : 'element.openness.past.some', {
        groups: namesOf(room, voted),
      });
  return agreed.length ? `${words} ${t('element.openness.past.agreed', { groups: namesOf(room, agreed) })}` : words;
}

const READY = ['title', 'instruction', 'promise'];

/** A record whose ready words are in the reader's language: until somebody edits them they come with the catalogue's key. */
export function said(record) {
  const ready = READY.filter((name) => has(record?.[`${name}_key`] ?? ''));
  return ready.length
    ? { ...record, ...Object.fromEntries(ready.map((name) => [name, t(record[`${name}_key`])])) }
    : record;
}

export const workshopOf = (room) => said(room.records.one('workshop'));

/** The programme in its order. */
export const stepsOf = (room) =>
  room.records
    .all('step')
    .map(said)
    .sort((a, b) => a.position - b.position);

/**
 * The step that comes next: the first that waits after the running one; while none runs, after the last that has run. What was
 * skipped comes next only where nothing else is left and nothing runs.
 */
export const nextStep = (room) => nextOf(stepsOf(room));

/** The same of a list of steps, or null. @param {{state: string}[]} steps */
export function nextOf(steps) {
  const waits = (step) => step.state === 'waiting';
  const runs = steps.findIndex((step) => step.state === 'running');
  if (runs >= 0) return steps.slice(runs + 1).find(waits) ?? null;
  const last = steps.reduce((found, step, place) => (waits(step) ? found : place), -1);
  return steps.slice(last + 1).find(waits) ?? steps.find(waits) ?? null;
}

export function currentStep(room) {
  const id = workshopOf(room)?.current_step;
  const step = id ? room.records.get(id) : null;
  return step?.state === 'running' ? said(step) : null;
}

/** Records in their own order. */
export const inOrder = (records) => [...records].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));

/** What is worked out of the list of ideas, once as long as that is the same list: a hall has two thousand. */
function ofIdeas(workOut) {
  const kept = new WeakMap();
  return (room) => {
    const all = room.records.all('idea');
    if (!kept.has(all)) kept.set(all, workOut(all));
    return kept.get(all);
  };
}

/** Records by the value of a field; those without one are left out. */
function grouped(records, name) {
  const found = new Map();
  for (const record of records) {
    if (!record[name]) continue;
    if (found.has(record[name])) found.get(record[name]).push(record);
    else found.set(record[name], [record]);
  }
  return found;
}

const isOpen = (idea) => idea.state === 'open';
const NONE = Object.freeze([]);

/** Ideas on the table, in the order they are laid; merged ones lie under another. The same array until an idea changes. */
export const openIdeas = ofIdeas((all) => Object.freeze(inOrder(all.filter(isOpen))));

const merged = ofIdeas((all) => grouped(all, 'merged_into'));
const builds = ofIdeas((all) => grouped(all.filter(isOpen), 'builds_on'));

/** The ideas merged into one. */
export const mergedInto = (room, idea) => merged(room).get(idea.id) ?? NONE;

/** The ideas on the table that build on one. */
export const buildsOn = (room, idea) => builds(room).get(idea.id) ?? NONE;

/** `[{theme, ideas}]`: themes in order, then (theme null) what lies under none. Empty themes are kept. */
export function byTheme(room) {
  const ideas = openIdeas(room);
  const themes = inOrder(room.records.all('theme'));
  const known = new Set(themes.map((theme) => theme.id));
  const under = grouped(ideas, 'theme');
  const laid = themes.map((theme) => ({ theme, ideas: under.get(theme.id) ?? [] }));
  const loose = ideas.filter((idea) => !known.has(idea.theme));
  return loose.length || !themes.length ? [...laid, { theme: null, ideas: loose }] : laid;
}

/** The words of whatever an option or a subject is. */
export function wordsOf(record) {
  return record?.text ?? record?.title ?? record?.purpose ?? '';
}

/** Goals are numbered, agreements have letters, by their place on the list: "1", "B". */
export function markOf(room, record) {
  const place = inOrder(room.records.all(record.kind)).findIndex((one) => one.id === record.id);
  return record.kind === 'agreement' ? String.fromCharCode(65 + (place % 26)) : String(place + 1);
}

/** The newest ballot or decision that fits; those that were closed because their text changed come last. */
export function newest(records, fits = () => true) {
  return [...records].filter(fits).sort((a, b) => number(b) - number(a))[0] ?? null;
}

const number = (record) => Number(record.id.split(':')[1]);

/** The decision on a text as it stands: the open one, else the latest. */
export const decisionOn = (room, subject) =>
  newest(
    room.records.all('decision'),
    (decision) => decision.subject === subject && decision.closed_because !== 'text_changed',
  );

/** The seats of the ring for a decision: one for each effective group. */
export const seatsOf = (room, result) =>
  result.groups.map((group) => ({
    glyphs: groupsOf(room, group.keys).map((one) => one.glyph),
    carried: group.status === 'carried',
  }));

export const carriedCount = (result) => result.groups.filter((group) => group.status === 'carried').length;

/** The options of a published ballot, most support first; those whose total is withheld keep their order at the end. */
export function rankedOptions(result) {
  const weight = (option) => (typeof option.total === 'number' ? option.total : (option.total?.agree ?? -1));
  return [...(result.options ?? [])].sort((a, b) => weight(b) - weight(a));
}
