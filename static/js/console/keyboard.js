/** The facilitator's keys, printed on the buttons that do the same. Off while somebody types, and can be switched off. */

import { listenToKeys } from '../lib/keys.js';
import { pressSpace, putOnBoard } from './middle.js';
import { goBack, goNext, lock, toggleBoard, toggleFullScreen } from './moves.js';
import { openHelp } from './help.js';
import { goToSearch, pressDigit, pressMerge, unpick } from './picking.js';
import { oneMinute, openTimer } from './timers.js';

/** Listen. The answer's `on` is the switch, remembered on the device. */
export function createKeys(desk) {
  return listenToKeys(
    {
      ArrowRight: () => goNext(desk),
      ArrowLeft: () => goBack(desk),
      ' ': () => pressSpace(desk),
      t: () => openTimer(desk),
      '+': () => oneMinute(desk),
      q: () => toggleBoard(desk, 'qr'),
      f: () => toggleFullScreen(desk),
      b: () => toggleBoard(desk, 'blank'),
      p: () => putOnBoard(desk),
      l: () => lock(desk),
      '?': () => openHelp(desk),
      '/': goToSearch,
      m: () => pressMerge(desk),
      Escape: () => unpick(desk),
      ...Object.fromEntries([...'0123456789'].map((digit) => [digit, () => pressDigit(desk, Number(digit))])),
    },
    { storage: desk.storage },
  );
}
