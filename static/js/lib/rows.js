/**
 * Lists in a text, row by row: which old row a new one goes on from. The twin of `aligned` in `workshop/rules/rows.py`; both are
 * held to `tests/vectors/rows_examples.json`.
 */

/** What a row with fields is known by: a party by its name, what is given or may be decided by its party. */
const nameOfRow = (row) => (row && typeof row === 'object' ? row.name || row.party || null : null);

const empty = (value) => value === null || value === undefined || value === '';

/** Whether two values say the same, whatever the order of their fields; a field with nothing in it is no field. */
export function same(a, b) {
  if (a === b || (empty(a) && empty(b))) return true;
  if (!a || !b || typeof a !== 'object' || typeof b !== 'object') return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => same(a[name], b[name]));
}

const WAYS = [
  (other, row) => same(other, row),
  (other, row) => nameOfRow(row) !== null && nameOfRow(other) === nameOfRow(row),
  (other, row, i, place) =>
    i === place && typeof row === 'object' && typeof other === 'object' && 'name' in row && 'name' in other,
];

/**
 * The rows of two lists as pairs `[before, now]` in the order of the new one; a row that was taken out stands where it stood, with
 * null beside it, and a new one has null before it.
 */
export function aligned(old, now) {
  const [before, after] = [old ?? [], now ?? []];
  const of = new Map();
  for (const way of WAYS) {
    after.forEach((row, place) => {
      if (of.has(place)) return;
      const taken = new Set(of.values());
      const i = before.findIndex((other, at) => !taken.has(at) && way(other, row, at, place));
      if (i >= 0) of.set(place, i);
    });
  }
  const pairs = after.map((row, place) => [of.has(place) ? before[of.get(place)] : null, row]);
  const places = after.map((_row, place) => of.get(place));
  before.forEach((row, i) => {
    if (places.includes(i)) return;
    const at = i > 0 ? places.indexOf(i - 1) + 1 : 0;
    pairs.splice(at, 0, [row, null]);
    places.splice(at, 0, i);
  });
  return pairs;
}

/**
 * A change from `old` to `now`, laid on a list that has become `present` meanwhile; null where somebody else has changed or taken out a
 * row that it changes. The twin of `rebased`.
 */
export function rebased(old, now, present) {
  const rows = [...(present ?? [])];
  const added = [];
  const place = (row) => rows.findIndex((other) => same(other, row));
  for (const [before, after] of aligned(old, now)) {
    if (before === null) {
      if (place(after) < 0) added.push(after);
    } else if (after === null || !same(before, after)) {
      const at = place(before);
      if (at < 0) return null;
      rows.splice(at, 1, ...(after === null ? [] : [after]));
    }
  }
  return [...rows, ...added];
}
