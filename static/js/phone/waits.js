/** What a button says while what it sent waits. */

import { t } from '../lib/catalogue.js';

/** In words: for a connection, or for a server that cannot save. */
export const waitsFor = (room) => t(room.trouble ? 'phone.write.server' : 'phone.write.waits');
