/**
 * Who is heard: small bars and a sentence or two, in words without blame (docs/rules.md section 10). From a sentence the
 * facilitator can put an invitation on the board.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { groupName } from '../elements/groups.js';
import { sayAloud, voiceRows } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { shareOf } from '../lib/format.js';
import { groupOf, openIdeas, stepsOf, workshopOf } from '../lib/reading.js';
import { openNudges } from './nudges.js';

/** Sentences at a time: more are not said aloud anyway. That ideas are unread is said besides. */
const MOST_LINES = 3;
const UNSEEN = 'voice.unseen';
/** Which invitation answers which sentence. */
const NUDGES = {
  'voice.ideas': 'sides',
  'voice.comments': 'sides',
  'voice.silent': 'quiet',
  'voice.top': 'listened',
  [UNSEEN]: 'unseen',
};

const share = (text) => (text ? shareOf(text) : 0);

/** The part of the room's side that says who is heard; nothing until there is something to say. */
export function voicePart(desk) {
  const { room } = desk;
  if (!mayHaveWritten(room)) return nothing;
  const found = room.presence?.voice;
  const groups = (found?.groups ?? []).filter((group) => group.ideas !== null);
  // Nobody can be invited to write once the workshop is closed; who has written is still worth knowing.
  const closed = workshopOf(room).state === 'closed';
  const lines = closed ? [] : (found?.lines ?? []);
  if (!groups.length && !lines.length) return nothing;
  const rows = groups.map((group) => ({
    group: groupOf(room, group.key),
    room: share(group.head),
    part: share(group.ideas),
  }));
  const said = [
    ...lines.filter((line) => line.key !== UNSEEN).slice(0, MOST_LINES),
    ...lines.filter((line) => line.key === UNSEEN),
  ];
  return html`<section aria-label=${t('console.voice')}>
    <h3 class="h">${t('console.voice')}</h3>
    ${rows.length ? voiceRows(rows, { room: t('console.voice.room'), part: t('console.voice.ideas') }) : nothing}
    ${said.map((line) => sentence(desk, line))}
    ${closed ? nothing : button({ label: t('console.nudge.all'), sort: 'quiet', small: true, extra: 'tight', icon: 'board', onClick: () => openNudges(desk) })}
  </section>`;
}

/** Whether the room has come to where people write: before that nobody is silent. */
const mayHaveWritten = (room) =>
  stepsOf(room).some((step) => step.step_kind === 'ideas' && step.state !== 'waiting') || openIdeas(room).length > 0;

function sentence(desk, line) {
  const group = line.facts.group ? groupOf(desk.room, line.facts.group) : null;
  const words = t(line.key, { ...line.facts, group: group ? groupName(group) : '' });
  const nudge = NUDGES[line.key];
  if (!nudge) return sayAloud(words);
  return sayAloud(
    html`${words}
    ${button({ label: t('console.nudge.invite'), name: `${t('console.nudge.invite')}: ${words}`, sort: 'quiet', small: true, extra: 'tight', onClick: () => openNudges(desk, nudge, group) })}`,
  );
}
