/**
 * What a page asks the browser for: to remember, to make an id, to stay awake, to speak to screen readers.
 *
 * They live in one module because every request of a phone's first visit counts. Each works, or degrades quietly, on
 * plain HTTP, in private windows and in old browsers.
 */

/**
 * Local storage that never throws. What the browser will not keep (private window, full, blocked by policy) is kept in
 * memory for as long as the page lives; `lasting` says which it is, so that a screen can be honest about it.
 *
 * @param {() => Storage} open gives the browser's storage; reading `localStorage` itself may throw
 */
export function createStorage(open = () => globalThis.localStorage) {
  const memory = new Map();
  let area = null;
  let lasting = true;
  try {
    area = open() ?? null;
  } catch {
    area = null;
  }
  if (!area) lasting = false;

  return {
    /** @returns {string|null} the newest value, whether it could be stored or only remembered */
    get(key) {
      if (memory.has(key)) return memory.get(key);
      try {
        return area?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },

    /** @returns {boolean} true when the value will survive a reload */
    set(key, value) {
      try {
        if (!area) throw new Error('no storage');
        area.setItem(key, value);
        memory.delete(key);
        lasting = true;
      } catch {
        memory.set(key, value);
        lasting = false;
      }
      return lasting;
    },

    remove(key) {
      memory.delete(key);
      try {
        area?.removeItem(key);
      } catch {
        // It could not be written either, so there is nothing to remove.
      }
    },

    /** All keys that start with `prefix`, from storage and from memory, each once. */
    keys(prefix = '') {
      const found = new Set(memory.keys());
      try {
        for (let i = 0; area && i < area.length; i += 1) found.add(area.key(i));
      } catch {
        // Unreadable storage holds nothing for us.
      }
      return [...found].filter((key) => key.startsWith(prefix)).sort();
    },

    /** False once the last write could only be kept in memory. */
    get lasting() {
      return lasting;
    },
  };
}

/** 16 random bytes as hex. `crypto.randomUUID` exists only on HTTPS; a hall's own network has plain HTTP. */
export function newId(crypto = globalThis.crypto) {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Keep the screen lit while a step runs. Browsers give this only over HTTPS and only to a visible page, and take it away
 * whenever the page is hidden; it is taken again when the page is seen again. Where it does not exist, `supported` is
 * false and everything else does nothing.
 *
 * @param {{navigator?: Navigator, document?: Document, changed?: (held: boolean) => void}} where
 */
export function createWakeLock({ navigator = globalThis.navigator, document = globalThis.document, changed } = {}) {
  const supported = Boolean(navigator?.wakeLock?.request);
  let wanted = false;
  let lock = null;
  let asking = false;

  async function take() {
    if (!supported || !wanted || lock || asking || document.visibilityState !== 'visible') return;
    asking = true;
    try {
      const taken = await navigator.wakeLock.request('screen');
      taken.addEventListener('release', () => {
        if (lock === taken) lock = null;
        changed?.(false);
      });
      lock = taken;
      changed?.(true);
    } catch {
      // Refused (low battery, power saving, a policy): the screen dims as it always did.
    } finally {
      asking = false;
    }
    if (!wanted) drop();
  }

  function drop() {
    const held = lock;
    lock = null;
    held?.release?.().catch?.(() => {});
  }

  if (supported) document.addEventListener('visibilitychange', take);

  return {
    supported,
    get held() {
      return lock !== null;
    },
    /** Call from a tap: some browsers give the first lock only then. */
    hold() {
      wanted = true;
      return take();
    },
    release() {
      wanted = false;
      drop();
    },
  };
}

const HIDDEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
};

/**
 * Say something to screen readers. Messages that come close together are read as one; the same words twice are read
 * twice. Call it once per page, early: a live region must be in the page before it is filled.
 *
 * @returns {(text: string, how?: {urgent?: boolean}) => void}
 */
export function createAnnouncer(document = globalThis.document, { setTimeout = globalThis.setTimeout } = {}) {
  const region = (politeness) => {
    const element = document.createElement('div');
    element.setAttribute('aria-live', politeness);
    element.setAttribute('aria-atomic', 'true');
    Object.assign(element.style, HIDDEN);
    document.body.append(element);
    return { element, words: [], timer: null };
  };
  const quiet = region('polite');
  const loud = region('assertive');

  const speak = (where) => {
    where.timer = null;
    where.element.textContent = where.words.join(' ');
    where.words = [];
  };

  return (text, { urgent = false } = {}) => {
    const where = urgent ? loud : quiet;
    if (!text || where.words.includes(text)) return;
    where.words.push(text);
    // Emptied first and filled a moment later: otherwise the same sentence again is no change, and stays unsaid.
    where.element.textContent = '';
    where.timer ??= setTimeout(() => speak(where), 120);
  };
}
