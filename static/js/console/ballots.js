/** The step of a ballot: open it, see who has voted, close, publish, and read the result. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { clock } from '../elements/clocks.js';
import { icon } from '../elements/icons.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { newest } from '../lib/reading.js';
import { ballotForm } from './ballotform.js';
import { ballotResult } from './ballotresult.js';
import { locked } from './ballotlock.js';
import { secondsLeft } from './desk.js';
import { closing } from './moves.js';
import { boardButton } from './shows.js';
import { moreTime } from './timers.js';
import { groupsOfVote, opennessNote, voteTurnout } from './turnout.js';

/** The ballot in view: the one chosen, else one that is not published, else the step's newest. */
function ballotOf({ room, ui }, step) {
  const all = room.records.all('ballot');
  if (ui.ballot === 'new') return null;
  const chosen = ui.ballot && room.records.get(ui.ballot);
  return (
    chosen ??
    newest(all, (one) => one.state === 'open') ??
    newest(all, (one) => one.state === 'closed') ??
    newest(all, (one) => one.step === step.id)
  );
}

export function ballotFace(desk, workshop, step) {
  const ballot = ballotOf(desk, step);
  const face = ballot ? FACES[ballot.state](desk, workshop, ballot) : ballotForm(desk, workshop, step);
  return {
    ...face,
    record: ballot?.id ?? step.id,
    method: ballot?.method,
    main: html`${face.main}${others(desk, ballot)}`,
  };
}

const publish = (desk, ballot) => desk.act('publish_ballot', { ballot: ballot.id }, t('console.said.published'));
const titled = (ballot) => html`<h2 class="words lead" dir="auto">${ballot.title || t('console.ballot')}</h2>`;

const FACES = {
  open: (desk, workshop, ballot) => ({
    about: opennessNote(desk, ballot, t('console.ballot.nobody_sees')),
    act: closing(desk, ballot),
    clock: timeLeft(desk, ballot),
    main: html`${titled(ballot)}
      ${voteTurnout(desk, ballot)}${ballot.dropped ? html`<p class="soft">${t('console.ballot.dropped', { n: ballot.dropped })}</p>` : nothing}
      ${groupsOfVote(desk, ballot, workshop.privacy_minimum)}${locked(ballot)}
      <div class="acts push">${moreTime(desk, ballot)}${boardButton(desk, ballot, { small: false })}</div>`,
  }),
  closed: (desk, workshop, ballot) => ({
    act: {
      label: t('console.ballot.publish'),
      note: t('console.early.unpublished'),
      space: true,
      run: () => publish(desk, ballot),
    },
    main: html`${titled(ballot)} ${voteTurnout(desk, ballot)}
      <p>${t('console.ballot.closed')}</p>
      ${locked(ballot)}`,
  }),
  published: (desk, workshop, ballot) => ({
    main: html`<div class="spread">${titled(ballot)}${boardButton(desk, ballot)}</div>
      ${ballotResult(desk, workshop, ballot)}${locked(ballot)}`,
  }),
};

function timeLeft({ room }, ballot) {
  const left = secondsLeft(room, ballot.ends_at);
  return left === null ? undefined : clock({ left, under: t('console.closes', { at: timeWithDay(ballot.ends_at) }) });
}

/** The other ballots of the workshop, and a new one. */
function others(desk, current) {
  const { room, ui } = desk;
  const rest = room.records.all('ballot').filter((one) => one.id !== current?.id);
  const view = (id) => () => {
    ui.ballot = id;
    desk.draw();
  };
  if (!rest.length && !current) return nothing;
  return html`<section class="stack gap-2 others">
    ${
      rest.length
        ? html`<h2 class="h">${t('console.ballot.others')}</h2>
            <ul class="rows-plain">
              ${rest.map((one) => html`<li><button type="button" class="as-link" @click=${view(one.id)}>${one.title || t('console.ballot')}</button> <span class="soft">${t(`console.ballot.state.${one.state}`)}</span></li>`)}
            </ul>`
        : nothing
    }
    ${current && current.state !== 'open' ? html`<button type="button" class="as-link" @click=${view('new')}>${icon('plus')} ${t('console.ballot.new')}</button>` : nothing}
  </section>`;
}
