/** What a screen reader is told without being asked: a step starts, a vote opens or closes. */

import { t } from '../lib/catalogue.js';
import { currentStep, workshopOf } from '../lib/reading.js';
import { noteChair } from './chair.js';

let known = null;

/** Compare with what was said last, and say what is new. */
export function noteSteps(desk) {
  const workshop = workshopOf(desk.room);
  if (workshop && desk.room.state === 'connected') noteChair(desk, workshop);
  const { room, announce } = desk;
  const step = currentStep(room);
  const votes = [...room.records.all('ballot'), ...room.records.all('decision')];
  const now = { step: step?.id, votes: new Map(votes.map((vote) => [vote.id, vote.state])) };
  if (known) {
    if (step && known.step !== step.id) announce(t('console.spoken.step', { title: step.title }));
    for (const [id, state] of now.votes) {
      if (known.votes.get(id) !== state && state !== 'published') announce(t(`console.spoken.vote_${state}`));
    }
  }
  if (room.state === 'connected') known = now;
}
