/** Whether ideas may be written now, who sees them, and how many more a person may write. */

import { t } from '../lib/catalogue.js';

/** `private`, `open`, or null where nothing may be written now. */
export function writingMode({ now, step, workshop }) {
  const running = now ?? step;
  if (workshop.state !== 'open') return null;
  if (running?.step_kind === 'ideas') return running.settings.writing ?? 'private';
  return workshop.ideas_always_open ? 'open' : null;
}

/**
 * The places a step has for each person, where it has a number: `{used, most, full}`, or null. What is on its way has its
 * place too; what was taken back has left it.
 */
export function placesOf(at) {
  const step = at.now ?? at.step;
  const most = step?.step_kind === 'ideas' ? step.settings.ideas_per_person : null;
  if (!most || !writingMode(at)) return null;
  const mine = at.room.mine.ideas ?? {};
  const here = Object.values(mine).filter((idea) => idea.step === step.id && idea.state !== 'withdrawn').length;
  const flying = at.room
    .pending()
    .filter((item) => item.name === 'post_idea' && item.state !== 'refused' && !(item.result?.idea in mine)).length;
  return { used: here + flying, most, full: here + flying >= most };
}

/** Why another idea cannot be sent, for its button; undefined while it can. */
export function noPlace(at) {
  const places = placesOf(at);
  return places?.full ? t('phone.ideas.full', { n: places.most }) : undefined;
}
