/** The rail: the programme, and what the screens show now. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/basics.js';
import { programmeList } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { time } from '../lib/format.js';
import { said, stepsOf } from '../lib/reading.js';
import { secondsLeft } from './desk.js';
import { showsNow } from './shows.js';
import { editProgramme } from './programme.js';
import { leaveText } from './writing.js';

export function rail(desk, workshop) {
  return html`<nav class="prog" aria-label=${t('console.programme')}>
    <h2 class="h">
      ${t('console.programme')}
      ${button({ label: t('common.edit'), sort: 'quiet', small: true, extra: 'tight', onClick: () => editProgramme(desk) })}
    </h2>
    ${programmeList({ steps: planned(desk), onChoose: (id) => look(desk, id) })} ${showsNow(desk, workshop)}
  </nav>`;
}

/** Look at a step without starting it. */
function look(desk, id) {
  const step = said(desk.room.records.get(id));
  desk.ui.looking = step?.state === 'running' ? null : id;
  leaveText(desk);
  document.getElementById('now')?.focus({ preventScroll: true });
}

/** The steps with the time of day they start: as it was for those that have started, as it will be for the rest. */
function planned(desk) {
  const { room } = desk;
  let at = null;
  return stepsOf(room).map((step) => {
    const started = step.started_at && step.state !== 'waiting' ? new Date(step.started_at).getTime() : at;
    if (step.state === 'running')
      at = Math.max(room.clock.now(), step.ends_at ? new Date(step.ends_at).getTime() : room.clock.now());
    else if (at !== null && step.state === 'waiting') at += (step.minutes ?? 0) * 60_000;
    const left = step.state === 'running' ? secondsLeft(room, step.ends_at) : null;
    const minutes = left === null ? step.minutes : Math.ceil(left / 60);
    return {
      id: step.id,
      title: step.title,
      state: step.state,
      at: started ? time(new Date(started).toISOString()) : undefined,
      length: minutes === null || minutes === undefined ? undefined : t('console.minutes', { n: minutes }),
    };
  });
}
