/** Words that were typed and not sent, on this computer: by page, form and tab. */

const DAY = 24 * 60 * 60 * 1000;
/** A copy that no tab has touched for so long belongs to a tab that is gone. */
const GONE = 5 * 60 * 1000;

/** A name for this tab that lives as long as it does. */
function tabName() {
  const before = sessionStorage.getItem('rundbord:tab');
  const name = before ?? `${Date.now()}${Math.random().toString(16).slice(2)}`;
  sessionStorage.setItem('rundbord:tab', name);
  return name;
}

/**
 * `take(name)` gives the kept values of a form or null, `put(name, values)` keeps them, `clear(name)` forgets this tab's.
 * A browser that keeps nothing gives nothing.
 * @param {string} link the number of the link the page is for
 */
export function createKept(link) {
  let tab;
  try {
    tab = tabName();
  } catch {
    return { take: () => null, put: () => {}, clear: () => {} };
  }
  const start = (name) => `rundbord:typed:${link}:${name}:`;
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const keysOf = (name) => Object.keys(localStorage).filter((key) => key.startsWith(start(name)));

  function take(name) {
    const own = read(start(name) + tab);
    if (own) return own.values;
    for (const key of keysOf(name)) {
      const copy = read(key);
      const age = Date.now() - (copy?.at ?? 0);
      if (age > 60 * DAY) localStorage.removeItem(key);
      else if (age > GONE) {
        localStorage.removeItem(key);
        put(name, copy.values);
        return copy.values;
      }
    }
    return null;
  }

  function put(name, values) {
    try {
      localStorage.setItem(start(name) + tab, JSON.stringify({ values, at: Date.now() }));
    } catch {
      // A full store keeps what it has; the form itself still holds the words.
    }
  }

  return { take, put, clear: (name) => localStorage.removeItem(start(name) + tab) };
}
