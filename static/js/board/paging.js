/** Pages instead of shrinking: what does not fit goes to a next page. */

/** One page of a list; the presenter turns the pages, and after the last comes the first. */
export function pageOf(list, size, wanted) {
  const count = Math.max(1, Math.ceil(list.length / size));
  const page = ((wanted % count) + count) % count;
  return { items: list.slice(page * size, (page + 1) * size), page: page + 1, pages: count };
}

/** A list in parts of at most so many. */
export const chunks = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
