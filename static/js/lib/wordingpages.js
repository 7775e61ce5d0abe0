/** The words of a text on the board: how many pages they have follows from the text alone, so the console knows it too. */

/** Characters of a wording that one page holds. */
export const WORDING_A_PAGE = 400;

/** A long text on several pages, broken between sentences where possible and at the last word where a sentence is longer. */
export function wordingPages(text, most = WORDING_A_PAGE) {
  const found = [''];
  for (const part of sentences(text, most)) {
    const last = found.length - 1;
    if (found[last] && (found[last] + part).trimEnd().length > most) found.push(part);
    else found[last] += part;
  }
  return found.map((words) => words.trim()).filter(Boolean);
}

const sentences = (text, most) =>
  (text.match(/[^.!?\n]+[.!?\n]*\s*|[.!?\n]+\s*/g) ?? []).flatMap((part) =>
    part.trimEnd().length > most
      ? (part.match(new RegExp(`.{1,${most}}(?:\\s+|$)|\\S{${most}}`, 'gsu')) ?? [part])
      : [part],
  );

/** Characters that a line of the table holds in each of its cells. */
const CELLS = { name: 18, what: 34, how_much: 20 };
/** Lines of the table that stand on a page under a full wording, under a short one, and alone. */
const LINES_UNDER = 12;
const LINES_UNDER_SHORT = 16;
const LINES_ALONE = 18;
const SHORT = 160;

/**
 * The rows of an agreement's table: `[{party, name, what, how_much, by_when}]`, one for each contribution, and one for a party that
 * has given nothing yet.
 */
const rowsOfParties = ({ parties, contributions }) =>
  (parties ?? []).flatMap((party) => {
    const gives = (contributions ?? []).filter((one) => one.party === party.name);
    return (gives.length ? gives : [{}]).map((one) => ({ ...one, party, name: party.name }));
  });

const linesOf = (row) =>
  Math.max(1, ...Object.entries(CELLS).map(([name, width]) => Math.ceil((row[name] ?? '').length / width)));
const linesIn = (rows) => rows.reduce((sum, row) => sum + linesOf(row), 0);

/** The rows in parts that have their place on a page of their own. */
function partsOf(rows) {
  const parts = [];
  for (const row of rows) {
    const last = parts.at(-1);
    if (last && linesIn(last) + linesOf(row) <= LINES_ALONE) last.push(row);
    else parts.push([row]);
  }
  return parts;
}

/**
 * The pages of a goal or an agreement: `[{words, rows}]`. A page has its words, the rows of its table, or both; what has changed last
 * comes after them.
 */
export function pagesOfText(record) {
  const words = wordingPages(record.title ?? record.purpose ?? '');
  const rows = record.kind === 'goal' ? [] : rowsOfParties(record);
  const under = (words[0] ?? '').length <= SHORT ? LINES_UNDER_SHORT : LINES_UNDER;
  if (words.length < 2 && linesIn(rows) <= under) return [{ words: words[0] ?? '', rows }];
  return [
    ...words.map((one) => ({ words: one, rows: [] })),
    ...partsOf(rows).map((part) => ({ words: '', rows: part })),
  ];
}
