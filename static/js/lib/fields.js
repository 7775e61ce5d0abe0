/** The fields of goals and agreements: the one table of `workshop/rules/fields.py`, brought by the page or fetched. */

let table = { goal: [], agreement: [] };

/** Put the table in use. @param {Record<string, {name: string, kind: string, limit: ?number, choices: string[], only_for: ?string, derived: boolean, correctable: boolean, items: object[]}[]>} given */
export function useFields(given) {
  table = given;
}

/** Fetch the table and put it in use. */
export async function loadFields(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  useFields(await answer.json());
}

/** The fields that a text has and people can change. */
export const fieldsOf = (record) =>
  table[record.kind].filter((one) => !one.derived && (!one.only_for || one.only_for === record.agreement_kind));

/** One field of a noun. */
export const specOf = (noun, name) =>
  table[noun].find((one) => one.name === name) ?? { name, kind: 'text', items: [], choices: [] };

/** What stands in a field of a record: an agreement's own kind has another name there, for `kind` names the record. */
export const storedIn = (record, name) => record[name === 'kind' ? 'agreement_kind' : name];

/** The same value as an amendment carries it: texts as they stand, all else as JSON. */
export function carried(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What an amendment's wording stands for. */
export function readCarried(noun, name, text) {
  const { kind } = specOf(noun, name);
  if (kind !== 'list' && kind !== 'number') return text;
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return text;
  }
}
