/** A nudge on the board: one sentence that invites, in the room's language. A group is named only while it is large enough. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { groupName } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';

/** The parts of `nudge:KEY` or `nudge:KEY:group:3`; null for anything else. */
export function readNudge(shows) {
  const [prefix, key, ...group] = shows.split(':');
  return prefix === 'nudge' && key ? { key, group: group.join(':') || null } : null;
}

/** `{title, main}` of a nudge. */
export function nudgeFace({ room }, { key, group: id }) {
  const group = id ? room.records.get(id) : null;
  const named = group?.joined ? t(`nudge.${key}.group`, { group: groupName(group) }) : null;
  return {
    title: t('board.nudge'),
    main: html`<div class="nudge">
      <h1 class="focus hero">${named ?? t(`nudge.${key}`)}</h1>
      <p class="lead">${t(`nudge.${key}.more`)}</p>
    </div>`,
  };
}
