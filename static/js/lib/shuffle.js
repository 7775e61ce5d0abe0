/**
 * The order of options on one phone, and which statement it shows next.
 *
 * Options: the same at every visit, another one on every phone, so that nobody wins by being
 * first on the list (docs/rules.md section 4).
 *
 * Each option has its own place, drawn from seed and id: an option that comes later slips in and moves none of the others
 * relative to each other.
 */

/** Two rounds of a multiply-xor hash, 53 bits: enough to spread a list, and the same in every browser. */
function place(text) {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const character of text) {
    const code = character.codePointAt(0);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return 0x200000 * (low >>> 0) + ((high >>> 0) & 0x1fffff);
}

/**
 * @template T
 * @param {T[]} items
 * @param {string} seed such as `${me.id}/${ballot.id}`
 * @param {(item: T) => string} idOf
 * @returns {T[]} a new array
 */
export function shuffled(items, seed, idOf = (item) => item.id ?? item) {
  return items
    .map((item) => ({ item, id: idOf(item), at: place(`${seed}/${idOf(item)}`) }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(({ item }) => item);
}

/** How much a statement that so many have answered weighs in the draw: nine for one nobody has, towards one. */
export const weightOf = (seen) => 1 + 8 * 2 ** (-seen / 5);

/**
 * The statement a phone shows next, drawn so that rarely answered ones come sooner (docs/rules.md section 4). The twin of
 * `next_statement` in `workshop/rules/statements.py`; both are held to `tests/vectors/statement_examples.json`.
 *
 * @param {Record<string, number>} seen how many people have answered each statement not answered here yet
 * @param {number} draw a random number from 0 to under 1
 * @returns {string | null}
 */
export function nextStatement(seen, draw) {
  const statements = Object.keys(seen).sort();
  let left = draw * statements.reduce((sum, id) => sum + weightOf(seen[id]), 0);
  for (const id of statements) {
    left -= weightOf(seen[id]);
    if (left < 0) return id;
  }
  return statements.at(-1) ?? null;
}
