/** Who is heard: small bars and a sentence or two, in words without blame (docs/rules.md section 10). */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupName } from '../elements/basics.js';
import { sayAloud, voiceRows } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { groupOf } from '../lib/reading.js';

/** Sentences at a time: more are not said aloud anyway. */
const MOST_LINES = 3;

const share = (text) => (text ? text.split('/').reduce((a, b) => a / b) : 0);

/** The part of the room's side that says who is heard; nothing until something is written. */
export function voicePart({ room }) {
  const found = room.presence?.voice;
  const groups = (found?.groups ?? []).filter((group) => group.ideas !== null);
  if (!groups.length) return nothing;
  const rows = groups.map((group) => ({ group: groupOf(room, group.key), room: share(group.head), part: share(group.ideas) }));
  const lines = found.lines.slice(0, MOST_LINES).map((line) => ({ ...line.facts, group: line.facts.group ? groupName(groupOf(room, line.facts.group)) : '', key: line.key }));
  return html`<section><h3 class="h">${t('console.voice')}</h3>${voiceRows(rows, { room: t('console.voice.room'), part: t('console.voice.ideas') })}${lines.map((line) => sayAloud(t(line.key, line)))}</section>`;
}
