/**
 * What is being written in a text, field by field, until the server has it. It is saved after a pause, as a draft that phones
 * are not sent, and shown to the room when a field is left, after a longer pause, or when the editor is left. It is saved on the
 * version it was begun on; where somebody else changed the same field meanwhile, both texts are kept and shown.
 */

import { t } from '../lib/catalogue.js';
import { storedIn } from '../lib/fields.js';
import { same } from '../lib/rows.js';
import { sentence } from './acting.js';

const PAUSE = 2000;
/** After so long without a word the draft is shown to the room. */
const QUIET = 20000;
const held = new WeakMap();

/**
 * One text's unsaved fields: `{values, before, base, …}`; `before`: what was saved when each was begun; `kept`: what was saved
 * last, `{version, values}`, for the answer may come before the record does; `waits`: the version that was saved from here and
 * phones are not sent yet; `left`: whether its editor was left while something was on its way.
 */
export function sheetOf(desk, text) {
  if (!held.has(desk)) held.set(desk, new Map());
  const sheets = held.get(desk);
  if (!sheets.has(text.id))
    sheets.set(text.id, {
      values: {},
      before: {},
      base: null,
      timer: null,
      busy: false,
      conflict: null,
      error: null,
      savedAt: null,
      kept: null,
      waits: null,
      left: false,
      began: text,
    });
  return sheets.get(text.id);
}

/** The value of a field as it stands here: what is written, else what is saved. */
export function valueOf(desk, text, name) {
  const { values } = sheetOf(desk, text);
  return name in values ? values[name] : savedValue(desk, text, name);
}

/** The newest saved value: of the record, or of what was saved here while the record is still on its way. */
function savedValue(desk, text, name) {
  const { kept } = sheetOf(desk, text);
  return kept && kept.version > text.version && name in kept.values ? kept.values[name] : storedIn(text, name);
}

/** Whether anything here is not saved. */
export const unsaved = (desk, text) => Object.keys(sheetOf(desk, text).values).length > 0;

/** A field was changed. `now`: save and show at once (a choice, a row taken away), not after a pause. */
export function change(desk, text, name, value, now = false) {
  const sheet = sheetOf(desk, text);
  sheet.base ??= Math.max(text.version, sheet.kept?.version ?? 0);
  if (!(name in sheet.values)) sheet.before[name] = savedValue(desk, text, name);
  sheet.values[name] = value;
  sheet.error = null;
  clearTimeout(sheet.timer);
  sheet.timer = now ? setTimeout(() => save(desk, text.id), 0) : setTimeout(() => saveDraft(desk, text.id), PAUSE);
  desk.draw();
}

/** What is written here while two texts stand against each other: kept, and saved when that is settled. */
export function put(desk, text, name, value) {
  sheetOf(desk, text).values[name] = value;
  desk.draw();
}

/** Save what is not saved, and show the room the text as it stands. */
export async function save(desk, id) {
  const text = desk.room.records.get(id);
  const sheet = text && sheetOf(desk, text);
  if (!sheet || sheet.conflict) return;
  if (sheet.busy) sheet.left = true;
  else if (Object.keys(sheet.values).length) await send(desk, text, sheet, {});
  else await showDraft(desk, id, sheet);
}

/** Save what is not saved while it is being written: phones are not sent it. */
async function saveDraft(desk, id) {
  const text = desk.room.records.get(id);
  const sheet = text && sheetOf(desk, text);
  if (!sheet || sheet.conflict || sheet.busy || !Object.keys(sheet.values).length) return;
  await send(desk, text, sheet, { draft: true });
}

/** Show the room what was saved from here as a draft, unless it has been shown since. */
async function showDraft(desk, id, sheet) {
  const waits = sheet.waits;
  clearTimeout(sheet.timer);
  sheet.waits = null;
  if (waits === null || (desk.room.records.get(id).shown_version ?? 0) >= waits) return;
  await desk.room.send('show_text', { on: id });
}

/** Show what was left: the drafts of every text but the one that is open. */
export function showLeft(desk, open) {
  for (const [id, sheet] of held.get(desk) ?? [])
    if (id !== open && (sheet.waits !== null || Object.keys(sheet.values).length)) save(desk, id);
}

async function send(desk, text, sheet, how) {
  const { id } = text;
  clearTimeout(sheet.timer);
  const sent = { ...sheet.values };
  sheet.busy = true;
  desk.draw();
  const answer = await desk.room.send(`edit_${text.kind}`, { [text.kind]: id, version: sheet.base, ...how, ...sent });
  sheet.busy = false;
  if (answer.ok) {
    saved(desk, sheet, sent, answer);
    sheet.waits = how.draft ? answer.result.version : null;
  } else if (answer.error.code === 'conflict' && answer.error.content) met(desk, id, sheet, answer.error);
  else sheet.error = { text: sentence(answer.error), field: String(answer.error.field ?? '').split('.')[0] };
  desk.draw();
  if (answer.ok) goOn(desk, id, sheet);
}

/** What was written while something was on its way, or the quiet after a draft. */
function goOn(desk, id, sheet) {
  const { left } = sheet;
  sheet.left = false;
  if (left) save(desk, id);
  else if (Object.keys(sheet.values).length) sheet.timer = setTimeout(() => saveDraft(desk, id), PAUSE);
  else if (sheet.waits !== null) sheet.timer = setTimeout(() => save(desk, id), QUIET);
}

function saved(desk, sheet, sent, answer) {
  for (const [name, value] of Object.entries(sent)) {
    if (sheet.values[name] === value) delete sheet.values[name];
    else sheet.before[name] = value;
  }
  const version = answer.result?.version;
  const arrived = desk.room.records.get(sheet.began.id)?.version;
  const onTheWay = sheet.kept && sheet.kept.version > arrived ? sheet.kept.values : {};
  sheet.kept = { version, values: { ...onTheWay, ...sent } };
  sheet.base = Object.keys(sheet.values).length ? version : null;
  sheet.savedAt = desk.room.clock.now();
  sheet.error = null;
}

/** Somebody saved first. Other fields: nothing is in the way, save again on theirs. The same field: show both. */
function met(desk, id, sheet, error) {
  const both = Object.keys(sheet.values).filter(
    (name) => !same(error.content[name], sheet.before[name]) && !same(error.content[name], sheet.values[name]),
  );
  sheet.base = error.version;
  if (!both.length) {
    sheet.timer = setTimeout(() => save(desk, id), 0);
    return;
  }
  sheet.conflict = {
    theirs: Object.fromEntries(both.map((name) => [name, error.content[name]])),
  };
  desk.announce(t('console.conflict'), { urgent: true });
  desk.doing.tell(t('console.conflict'));
  showConflict(desk);
}

/** Both texts stand over the form: whoever is not in the middle of a word is taken there. */
function showConflict(desk) {
  desk.draw();
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (!document.activeElement?.matches('textarea, input, select'))
        document.getElementById('now').scrollTo({ top: 0 });
    }),
  );
}

/** The conflict is settled field by field: `mine` keeps what is written here, `theirs` what is saved. */
export function settle(desk, text, name, whose) {
  const sheet = sheetOf(desk, text);
  if (whose === 'theirs') delete sheet.values[name];
  // What is settled is not asked again, whatever else is saved meanwhile.
  sheet.before[name] = sheet.conflict.theirs[name];
  delete sheet.conflict.theirs[name];
  if (!Object.keys(sheet.conflict.theirs).length) {
    sheet.conflict = null;
    if (Object.keys(sheet.values).length) sheet.timer = setTimeout(() => save(desk, text.id), 0);
    else sheet.base = null;
  }
  desk.draw();
}
