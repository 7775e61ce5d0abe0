/** What is told without being asked: a step starts, a vote opens or closes, the floor proposes a change. */

import { t } from '../lib/catalogue.js';
import { currentStep, workshopOf } from '../lib/reading.js';
import { noteChair } from './chair.js';
import { nameOf } from './shows.js';

let known = null;

/** Compare with what was said last, and say what is new. */
export function noteSteps(desk) {
  const workshop = workshopOf(desk.room);
  if (workshop && desk.room.state === 'connected') noteChair(desk, workshop);
  const { room, announce } = desk;
  const step = currentStep(room);
  const votes = [...room.records.all('ballot'), ...room.records.all('decision')];
  const amendments = room.records.all('amendment');
  const now = {
    step: step?.id,
    votes: new Map(votes.map((vote) => [vote.id, vote.state])),
    amendments: new Set(amendments.map((one) => one.id)),
  };
  if (known) {
    if (step && known.step !== step.id) announce(t('console.spoken.step', { title: step.title }));
    for (const [id, state] of now.votes) {
      if (known.votes.get(id) !== state && state !== 'published') announce(t(`console.spoken.vote_${state}`));
    }
    tellAmendment(
      desk,
      amendments.find((one) => one.state === 'open' && !known.amendments.has(one.id)),
    );
  }
  if (room.state === 'connected') known = now;
}

/** A change proposed from the floor is told to whoever listens, and to whoever looks where no undo is on offer there. */
function tellAmendment(desk, amendment) {
  const text = amendment && desk.room.records.get(amendment.on);
  if (!text) return;
  const words = t('console.spoken.amendment', { name: nameOf(desk, text) });
  desk.announce(words);
  if (!desk.doing.toast?.undoable) desk.doing.tell(words);
}
