/**
 * What changed between two wordings, word by word and readable as a whole: for marking a new text against the old one while
 * somebody types. It cuts texts into words and joins small islands as `workshop/rules/difference.py` does.
 */

/** Beyond this many comparisons the middle is shown as replaced whole: nobody reads such a difference anyway. */
const LARGEST = 4_000_000;
/** An island of so few words between two changes is read faster as part of one change. */
const TINY_WORDS = 2;

/** Stretches of space, words (a number with its separators, "1.000" or "31/12", is one), single marks. */
const TOKEN = /\s+|[\p{L}\p{N}_]+(?:[-'’.,:/][\p{L}\p{N}_]+)*|[^\p{L}\p{N}_\s]/gu;
const WORD = /[\p{L}\p{N}_]/u;

const tokens = (text) => text.match(TOKEN) ?? [];

/**
 * @param {string} before @param {string} after
 * @returns {{kind: 'same'|'removed'|'added', text: string}[]} joined, everything but `added` is `before`, and everything
 *   but `removed` is `after`, to the letter; removed comes before added
 */
export function difference(before, after) {
  return parts(merged(runs(tokens(before), tokens(after))));
}

/** How many words change: those of the longer text that the other has not, in their order; marks and spaces are free (docs/rules.md section 1). */
export function changedWords(before, after) {
  const words = (text) => tokens(text).filter((token) => WORD.test(token));
  const [old, now] = [words(before), words(after)];
  let kept = 0;
  compare(
    old,
    now,
    () => {
      kept += 1;
    },
    () => {},
  );
  return Math.max(old.length, now.length) - kept;
}

/** How many words of a text a correction of its language may change: one in five, at least one. */
export const mostCorrected = (text) =>
  Math.max(1, Math.ceil(tokens(text).filter((token) => WORD.test(token)).length / 5));

/** Alternating stretches, equal or changed: `{same, removed, added}`, where both texts are the same for an equal one. */
function runs(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const list = [];
  const add = (same, removed, added) => {
    const last = list.at(-1);
    if (last?.same === same) {
      last.removed += removed;
      last.added += added;
    } else if (removed || added) {
      list.push({ same, removed, added });
    }
  };
  const equal = (text) => add(true, text, text);
  a.slice(0, start).forEach(equal);
  compare(a.slice(start, a.length - end), b.slice(start, b.length - end), equal, (old, now) => add(false, old, now));
  a.slice(a.length - end).forEach(equal);
  return list;
}

/** Longest common subsequence, by the table; calls `equal(token)` and `changed(removed, added)` along the way. */
function compare(a, b, equal, changed) {
  if (a.length * b.length > LARGEST) {
    changed(a.join(''), b.join(''));
    return;
  }
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      length[at] = a[i] === b[j] ? length[at + width + 1] + 1 : Math.max(length[at + width], length[at + 1]);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const at = i * width + j;
    if (i < a.length && j < b.length && a[i] === b[j]) {
      equal(a[i]);
      i += 1;
      j += 1;
    } else if (j === b.length || (i < a.length && length[at + width] >= length[at + 1])) {
      changed(a[i], '');
      i += 1;
    } else {
      changed('', b[j]);
      j += 1;
    }
  }
}

/** Takes in islands, from the left, until each equal run between two changes is worth its own reading. */
function merged(list) {
  const result = [];
  for (const run of list) {
    if (!run.same && result.length > 1 && isTiny(result.at(-1), result.at(-2), run)) {
      const island = result.pop();
      const left = result.pop();
      result.push({
        same: false,
        removed: left.removed + island.removed + run.removed,
        added: left.added + island.added + run.added,
      });
    } else {
      result.push(run);
    }
  }
  return result;
}

/** Nothing but space and marks; or at most two words, no longer than the changes on both sides of it. */
function isTiny(island, left, right) {
  const words = tokens(island.added).filter((token) => WORD.test(token));
  if (words.length === 0) return true;
  const weight = (run) => Math.max(run.removed.trim().length, run.added.trim().length);
  return words.length <= TINY_WORDS && island.added.trim().length <= Math.min(weight(left), weight(right));
}

function parts(list) {
  const result = [];
  for (const { same, removed, added } of list) {
    if (same) result.push({ kind: 'same', text: added });
    if (!same && removed) result.push({ kind: 'removed', text: removed });
    if (!same && added) result.push({ kind: 'added', text: added });
  }
  return result;
}
