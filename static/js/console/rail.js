/** The rail: the programme, and what the screens show now. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { programmeList } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { said } from '../lib/reading.js';
import { clockTime, endWords, schedule } from '../lib/schedule.js';
import { secondsLeft } from './desk.js';
import { showsNow } from './shows.js';
import { editProgramme } from './programme.js';
import { leaveText } from './writing.js';

export function rail(desk, workshop) {
  const found = schedule(desk.room);
  const ends = endWords(found);
  return html`<nav class="prog" aria-label=${t('console.programme')}>
    <h2 class="h">
      ${t('console.programme')}
      ${button({ label: t('common.edit'), sort: 'quiet', small: true, extra: 'tight', onClick: () => editProgramme(desk) })}
    </h2>
    ${programmeList({ steps: planned(desk, found), onChoose: (id) => look(desk, id) })}
    ${ends ? html`<p class="soft prog-ends">${ends}</p>` : nothing} ${showsNow(desk, workshop)}
  </nav>`;
}

/** Look at a step without starting it. */
function look(desk, id) {
  const step = said(desk.room.records.get(id));
  desk.ui.looking = step?.state === 'running' ? null : id;
  leaveText(desk);
  document.getElementById('now')?.focus({ preventScroll: true });
}

/** The steps with the time of day they start: as it was for those that have started, as planned for the rest. */
function planned(desk, found) {
  const { room } = desk;
  return found.steps.map(({ step, starts }) => {
    const left = step.state === 'running' ? secondsLeft(room, step.ends_at) : null;
    const minutes = left === null ? step.minutes : Math.ceil(left / 60);
    return {
      id: step.id,
      title: step.title,
      state: step.state,
      at: starts === null ? undefined : clockTime(starts),
      length: minutes === null || minutes === undefined ? undefined : t('console.minutes', { n: minutes }),
    };
  });
}
