/**
 * Open a room from a page: fetch Socket.IO, connect, and follow what happens to the page and its network.
 *
 * `openRoom` answers at once, with the drafts and unsent commands of last time, so that the page can draw before there is
 * a connection.
 */

import { createStorage } from '../lib/browser.js';
import { Room } from './room.js';
import { othersHere } from './tabs.js';
import { Transports } from './transports.js';

const LIBRARY = new URL('../../vendor/socket.io-client/socket.io.esm.min.js', import.meta.url).href;
/** A connection that is not made by then, ms, will not be. */
const CONNECT_WITHIN = 6000;
/** A page hidden for less than this, ms, has missed nothing that the open line did not bring. */
const SHORT_ABSENCE = 10_000;
/** Never reload more often than this, ms, whatever the server says. */
const BETWEEN_RELOADS = 30_000;
const RELOADED = 'rundbord:reloaded';

/**
 * @param {object} how as for `Room`, and:
 * @param {string} [how.token] where there is no cookie
 * @param {string} [how.seat] record id of the seat a helper's device acts for
 * @param {boolean} [how.preview] look on as the room does, say nothing and keep nothing
 * @param {string[]} [how.transports] default: websocket first, long polling when it cannot be opened
 * @returns {Room}
 */
export function openRoom({ token, seat, preview = false, transports = ['websocket', 'polling'], ...how }) {
  const room = new Room({ ...how, ...(preview ? { storage: createStorage(() => null) } : keptInTab(how)) });
  const auth = {
    as: how.as ?? 'participant',
    workshop: how.workshop,
    ...(token ? { token } : {}),
    ...(seat ? { seat } : {}),
    ...(preview ? { preview } : {}),
  };
  followPage(room);
  load(LIBRARY).then(({ io }) => {
    // One transport for each attempt, chosen by `Transports`, and no change of it while the line is open.
    const socket = io({
      auth,
      transports,
      upgrade: false,
      timeout: CONNECT_WITHIN,
      autoConnect: false,
      reconnection: false,
    });
    if (room.state !== 'closed') room.attach(socket, new Transports(transports));
  });
  return room;
}

/** A page's drafts are its tab's; those of tabs that are gone are taken over. */
const keptInTab = ({ workshop, person }) => ({
  tab: createStorage(() => globalThis.sessionStorage),
  others: (page) => othersHere(`rundbord:${workshop}:${person}`, page),
});

/** Who asks, in the address of a question: the page's own person, or the seat a helper acts for. */
export const whoAsks = (page) => `as=${page.as}&workshop=${page.workshop}${page.seat ? `&seat=${page.seat}` : ''}`;

/** Fetch a module however long it takes: a phone may open the page at the edge of the network. */
async function load(address) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      // A browser may remember a failed address, so each new attempt has its own.
      return await import(attempt ? `${address}?attempt=${attempt}` : address);
    } catch {
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(15_000, 1000 * 2 ** attempt) * (0.5 + Math.random())),
      );
    }
  }
}

/** Tell the room what the page goes through. Returns a function that stops it. */
export function followPage(room, page = globalThis) {
  const { document, navigator } = page;
  let hiddenAt = null;
  const shown = () => {
    if (document.visibilityState !== 'visible') {
      hiddenAt ??= Date.now();
      return;
    }
    const away = hiddenAt === null ? 0 : Date.now() - hiddenAt;
    hiddenAt = null;
    room.drafts.check();
    if (away > SHORT_ABSENCE || away < 0 || room.state !== 'connected') room.refresh();
  };
  const restored = (event) => {
    if (!event.persisted) return;
    room.drafts.check();
    room.refresh();
  };
  const online = () => room.refresh();
  const offline = () => room.lineDown();
  const stored = (event) => {
    room.outbox.noticed(event.key, event.newValue);
    room.drafts.noticed(event.key, event.newValue);
  };
  document.addEventListener('visibilitychange', shown);
  page.addEventListener('pageshow', restored);
  page.addEventListener('online', online);
  page.addEventListener('offline', offline);
  page.addEventListener('storage', stored);
  if (navigator?.onLine === false) room.lineDown();
  const stopReloading = room.subscribe(() => room.closed?.reason === 'reload' && reload(page));

  return () => {
    document.removeEventListener('visibilitychange', shown);
    page.removeEventListener('pageshow', restored);
    page.removeEventListener('online', online);
    page.removeEventListener('offline', offline);
    page.removeEventListener('storage', stored);
    stopReloading();
  };
}

/** Load the page anew (a new version, another role), not all phones at once and never in a loop. Drafts are in storage. */
function reload(page) {
  if (page.rundbordReloading) return;
  page.rundbordReloading = true;
  let last = Date.now();
  try {
    last = Number(page.sessionStorage.getItem(RELOADED)) || 0;
    page.sessionStorage.setItem(RELOADED, String(Date.now()));
  } catch {
    // Without session storage we cannot know, and wait as if we had just done it.
  }
  const since = Math.abs(Date.now() - last);
  const pause = since < BETWEEN_RELOADS ? BETWEEN_RELOADS - since : 0;
  page.setTimeout(() => page.location.reload(), pause + Math.random() * 3000);
}
