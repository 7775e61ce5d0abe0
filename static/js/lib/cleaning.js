/**
 * Text as people paste it, brought to the form the server keeps: the twin of `workshop/rules/cleaning.py`, so that a text looks
 * alike while it is sent and when it comes back, and is counted alike. `tests/vectors/cleaning_examples.json` holds both to it.
 */

const MOST_MARKS = 8;
/** What the bytes 0x80 to 0x9F mean in Windows-1252. */
const WINDOWS =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
const SYMBOLS = {
  '\uf0b7': '•',
  '\uf0a7': '▪',
  '\uf0d8': '→',
  '\uf0fc': '✓',
  '\uf0e0': '→',
  '\uf0df': '←',
  '\uf04a': '☺',
};
const WINDOWS_LETTERS = /[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]/;
const DROPPED =
  /[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffc\ufdd0-\ufdef\ud800-\udfff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0080}-\u{e00ff}\u{e01f0}-\u{e0fff}]|\p{Noncharacter_Code_Point}/gu;
const TAGS = /(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f})|[\u{e0000}-\u{e007f}]/gu;
const JOINER = /[\u200c\u200d]/;
const SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const MARK = /[\p{Mn}\p{Me}]/u;
const SPACE = /\s/;
const NOTHING = /[\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\u2800]/u;

/**
 * The text as it is kept; '' where nothing of it can be seen.
 * @param {string} text @param {{oneLine?: boolean}} [how] @returns {string}
 */
export function clean(text, { oneLine = false } = {}) {
  let kept = withoutControls(text);
  for (let next = bound(kept).normalize('NFC'); next !== kept; next = bound(kept).normalize('NFC')) kept = next;
  kept = kept
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (oneLine) kept = kept.replace(/\s*\n\s*/g, ' ');
  return [...kept].some((letter) => !NOTHING.test(letter)) ? kept : '';
}

/** Lines that a card sets as they were written; a text of more is set as running text. */
const MOST_LINES = 8;

/** The classes of what people wrote on a card: with many short lines it would grow over the screen. @param {string} text */
export const onCard = (text) => ((text ?? '').split('\n').length > MOST_LINES ? 'words run-on' : 'words');

/** Characters of the cleaned text, as a reader and the server count them: an emoji is not two. @param {string} text */
export const lengthOf = (text, how) => [...clean(text, how)].length;

function withoutControls(text) {
  let kept = text.replace(/\r\n?|[\x0b\x0c\u2028\u2029]/g, '\n');
  if (WINDOWS_LETTERS.test(kept)) kept = kept.replace(/[\x80-\x9f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80]);
  kept = kept
    .replace(/\x85/g, '\n')
    .replace(/[\uf04a\uf0a7\uf0b7\uf0d8\uf0df\uf0e0\uf0fc]/g, (letter) => SYMBOLS[letter]);
  kept = kept.replace(DROPPED, '').replace(TAGS, (_, flag) => flag ?? '');
  return kept.replace(
    /[\u2801-\u28ff]/.test(kept) ? /[\u3164\uffa0\u{1d159}]/gu : /[\u3164\uffa0\u{1d159}\u2800]/gu,
    ' ',
  );
}

/** The text without joiners that join nothing, selectors that select nothing, and marks stacked too high. */
function bound(text) {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  const letters = [
    ...text
      .replace(/([\u200c\u200d])[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]+/gu, '$1')
      .replace(/([\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]+/gu, '$1'),
  ];
  const kept = [];
  let marks = 0;
  letters.forEach((letter, place) => {
    const before = kept.at(-1) ?? ' ';
    if (JOINER.test(letter)) {
      if (SPACE.test(before) || JOINER.test(before) || (SPACE.test(letters[place + 1] ?? ' ') && !isMark(before)))
        return;
    } else if (SELECTOR.test(letter)) {
      if (SPACE.test(before) || JOINER.test(before) || SELECTOR.test(before)) return;
    } else if (isMark(letter)) {
      marks += 1;
      if (marks > MOST_MARKS) return;
    } else marks = 0;
    kept.push(letter);
  });
  return kept.join('');
}

const isMark = (letter) => MARK.test(letter) && !SELECTOR.test(letter);
