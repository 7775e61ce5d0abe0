/** The words of a text on the board, on as many pages as they need to stay large; the console knows how many there are. */

/** Characters of a wording that stay large on one page. */
export const WORDING_A_PAGE = 300;

/** A long text on several pages, broken between sentences where possible. */
export function wordingPages(text, most = WORDING_A_PAGE) {
  const parts = text.match(/[^.!?\n]+[.!?\n]*\s*/g) ?? [text];
  const found = [''];
  for (const part of parts) {
    const last = found.length - 1;
    if (found[last] && found[last].length + part.length > most) found.push(part);
    else found[last] += part;
  }
  return found.map((words) => words.trim()).filter(Boolean);
}

/** The pages of a goal or an agreement; what has changed last comes after them. */
export function pagesOfText(record) {
  if (record.kind === 'goal') return [record.title];
  const pages = [...wordingPages(record.purpose ?? ''), ...wordingPages(record.disagreement ?? '')];
  return pages.length ? pages : [''];
}
