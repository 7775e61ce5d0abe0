/**
 * The keys of a presenter's clicker on the board's own page: they turn its pages. A board may change nothing in the room, so it
 * turns for itself, until the facilitator next changes what it shows; the page of an organiser turns it for everybody.
 */

import { listenToKeys } from '../lib/keys.js';
import { workshopOf } from '../lib/reading.js';

const NEW = { shows: 'lobby', page: 0, zoom: 100 };

/**
 * @param {{room: object, leads: boolean, draw: () => void}} o `leads`: whoever looks may change the board
 * @returns {{page: () => number}} the page to draw
 */
export function createTurning({ room, leads, draw }) {
  let turned = { of: null, by: 0 };
  const board = () => ({ ...NEW, ...room.records.one('board') });

  /** What the facilitator has put there last: a step that begins is something new too. */
  function by() {
    const of = JSON.stringify([board(), workshopOf(room)?.current_step]);
    if (turned.of !== of) turned = { of, by: 0 };
    return turned.by;
  }

  function turn(step) {
    const { shows, page } = board();
    const wanted = by() + step;
    if (leads && page + wanted < 0) return;
    turned.by = wanted;
    if (leads) room.send('show_on_board', { shows, page: page + wanted });
    draw();
  }

  listenToKeys({ ArrowRight: () => turn(1), ArrowLeft: () => turn(-1) });
  return { page: () => board().page + by() };
}
