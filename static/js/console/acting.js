/**
 * Doing something and saying so: every action of the facilitator goes through `act`, which tells what was done (with ten
 * seconds to undo it) or why it was refused.
 */

import { has, t } from '../lib/catalogue.js';
import { fieldName, refusalSentence } from '../lib/refusals.js';

const UNDO_FOR = 10_000;
const SAID_FOR = 6_000;
/** A refusal stays long enough to be read twice. */
const REFUSED_FOR = 20_000;

/**
 * @param {{room: import('../live/room.js').Room, undoable: string[], draw: () => void, announce: (text: string, how?: object) => void, now?: () => number}} o
 *   `undoable`: the commands the server can undo
 */
export function createActing({ room, undoable, draw, announce, now = () => performance.now() }) {
  const kept = new Set(undoable);
  let toast = null;

  function show(text, { seq = null, refused = false } = {}) {
    toast = text ? { text, seq, refused, until: now() + (refused ? REFUSED_FOR : seq ? UNDO_FOR : SAID_FOR) } : null;
    draw();
  }

  /**
   * Send a command. `said` is what is told when it is done; with nothing to say an undoable command still offers undo.
   * @returns {Promise<{ok: boolean, seq?: number, result?: object, error?: object}>}
   */
  async function act(name, args = {}, said = '') {
    const answer = await room.send(name, args);
    if (!answer.ok) show(sentence(answer.error), { refused: true });
    else if (said || kept.has(name)) show(said || t('console.done'), { seq: kept.has(name) ? answer.seq : null });
    return answer;
  }

  async function undo() {
    const seq = toast?.seq;
    if (!seq) return;
    toast = null;
    const answer = await room.send('undo', { seq });
    if (answer.ok) announce(t('console.undone'));
    show(answer.ok ? t('console.undone') : sentence(answer.error), { refused: !answer.ok });
  }

  return {
    act,
    undo,
    /** Tell something that was not a command. */
    tell: (text) => show(text),
    /** Tell a refusal that was met elsewhere. */
    refused: (error) => show(sentence(error), { refused: true }),
    hush: () => show(null),
    /** What to show now: `{text, seconds, undoable, refused}` or null. */
    get toast() {
      if (toast && now() >= toast.until) toast = null;
      return toast && { ...toast, seconds: Math.ceil((toast.until - now()) / 1000), undoable: Boolean(toast.seq) };
    },
  };
}

/** The sentence of an error; a command that got no answer is one of our own, and an undo names what others have gone on with. */
export function sentence(error) {
  if (error.code === 'no_answer') return t('console.no_answer');
  return error.moved ? t('console.undo.moved', { moved: movedNames(error.moved).join(', ') }) : refusalSentence(error);
}

/** The fields that have moved on, by their names; where none of a record has a name, the kind of the record. */
function movedNames(moved) {
  const names = moved.flatMap(({ record, fields }) => {
    const known = fields.map(nameOf).filter(Boolean);
    return known.length ? known : [nameOf(record.split(':')[0])];
  });
  return [...new Set(names)];
}

/** What a field or a kind of record is called; nothing where it has no name. */
function nameOf(name) {
  if (has(`console.undo.of.${name}`)) return t(`console.undo.of.${name}`);
  const called = fieldName(name);
  return called === name ? null : called;
}
