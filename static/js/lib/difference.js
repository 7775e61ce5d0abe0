/**
 * What changed between two wordings, word by word: for marking a new text against the old one while somebody types.
 */

/** Beyond this many comparisons the middle is shown as replaced whole: nobody reads such a difference anyway. */
const LARGEST = 4_000_000;

/**
 * @param {string} before @param {string} after
 * @returns {{kind: 'same'|'removed'|'added', text: string}[]} joined, everything but `added` is `before`, and everything
 *   but `removed` is `after`, to the letter
 */
export function difference(before, after) {
  const a = words(before);
  const b = words(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;

  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return joined([
    ...a.slice(0, start).map((text) => ({ kind: 'same', text })),
    ...middle,
    ...a.slice(a.length - end).map((text) => ({ kind: 'same', text })),
  ]);
}

/** Words, single marks and stretches of space. A number with its separators ("1.000", "31/12") is one word. */
function words(text) {
  return text.match(/\s+|[\p{L}\p{N}\p{M}]+(?:[.,/:'’-][\p{L}\p{N}\p{M}]+)*|./gsu) ?? [];
}

/** Longest common subsequence, by the table. */
function compare(a, b) {
  if (a.length * b.length > LARGEST) return [...marked('removed', a), ...marked('added', b)];
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1] + 1
          : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const parts = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      parts.push({ kind: 'same', text: a[i] });
      i += 1;
      j += 1;
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
      parts.push({ kind: 'removed', text: a[i] });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: b[j] });
      j += 1;
    }
  }
  return [...parts, ...marked('removed', a.slice(i)), ...marked('added', b.slice(j))];
}

const marked = (kind, list) => list.map((text) => ({ kind, text }));
const isSpace = (part) => part.kind === 'same' && /^\s+$/.test(part.text);
const isChange = (part) => part !== undefined && part.kind !== 'same';

/**
 * Neighbours of one kind become one part, removed before added. A space that only happens to be the same between two
 * changes joins them, so that a rewritten phrase reads as one phrase.
 */
function joined(parts) {
  const result = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed) result.push({ kind: 'removed', text: removed });
    if (added) result.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  parts.forEach((part, index) => {
    if (part.kind === 'removed') removed += part.text;
    else if (part.kind === 'added') added += part.text;
    else if (isSpace(part) && removed && added && isChange(parts[index + 1])) {
      removed += part.text;
      added += part.text;
    } else {
      flush();
      const last = result.at(-1);
      if (last?.kind === 'same') last.text += part.text;
      else result.push({ ...part });
    }
  });
  flush();
  return result;
}
