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

/** Characters of a wording that leave room for its facts or parties under it. */
const WORDING_WITH_MORE = 140;
const FACTS = ['indicator', 'target', 'deadline', 'owner', 'first_step'];
const hasMore = (record) => (record.kind === 'goal' ? FACTS.some((name) => record[name]) : Boolean(record.parties?.length));

/**
 * The pages of a goal or an agreement: `[{words, more}]`, where `more` says that its facts or parties stand there. What has changed
 * last comes after them.
 */
export function pagesOfText(record) {
  const words = record.kind === 'goal' ? [record.title] : [...wordingPages(record.purpose ?? ''), ...wordingPages(record.disagreement ?? '')];
  if (words.length < 2 && (words[0] ?? '').length <= WORDING_WITH_MORE) return [{ words: words[0] ?? '', more: true }];
  return [...words.map((one) => ({ words: one, more: false })), ...(hasMore(record) ? [{ words: '', more: true }] : [])];
}
