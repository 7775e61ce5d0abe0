/** What is sent by a press instead of being written. */

import { refusalSentence } from '../lib/catalogue.js';

/** Send something that is a choice, not words, and say so when it was refused. */
export async function choose(at, name, args, how) {
  const waiting = at.room.send(name, args, how);
  at.draw();
  const answer = await waiting;
  if (!answer.ok && answer.error.code !== 'dismissed') at.say(refusalSentence(answer.error));
  return answer;
}

/** Whether a command about this record is on its way, and in which state. */
export const onItsWay = (at, name, subject) =>
  at.room
    .pending()
    .find((item) => item.name === name && item.subject === subject && !['refused', 'sent'].includes(item.state));
