/** The follow-up cards that this browser keeps: `{code, title}` by workshop. A browser may refuse to keep anything. */

const PREFIX = 'rundbord:card:';

/** Keeps a card of a workshop; returns whether it is kept. */
export function keep(workshop, code, title) {
  try {
    localStorage.setItem(PREFIX + workshop, JSON.stringify({ code, title }));
    return true;
  } catch {
    return false;
  }
}

/** Returns the card of a workshop, or null. */
export function keptCard(workshop) {
  try {
    const card = JSON.parse(localStorage.getItem(PREFIX + workshop));
    return typeof card?.code === 'string' ? card : null;
  } catch {
    return null;
  }
}

/** Returns every card, `{workshop, code, title}`. */
export function keptCards() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    const cards = names.map((name) => ({
      workshop: name.slice(PREFIX.length),
      ...keptCard(name.slice(PREFIX.length)),
    }));
    return cards.filter((card) => card.code);
  } catch {
    return [];
  }
}
