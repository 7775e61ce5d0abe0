/**
 * Every text a person reads, in that person's language. The twin of `workshop/catalogue.py`.
 *
 * The page names one or more addresses like `/catalogue/da.phone.VERSION.json` (cacheable for ever); each answers
 * `{"language": "da", "messages": {"phone.ideas.send": "Send", "phone.ideas.count": ["{n} idé", "{n} idéer"]}}`.
 */

let current = { language: 'da', messages: {} };
let asked = 0;
const missing = new Set();

/**
 * The text for `key`. `{x}` is replaced by `facts.x`; where a text has a plural, `facts.n` decides: one, and everything
 * else (nought too). Exactly two have a text of their own where there is one, `KEY.two`. A key without a text is shown as itself
 * and reported once in the console.
 */
export function t(key, facts = {}) {
  const found = (facts.n === 2 ? current.messages[`${key}.two`] : undefined) ?? current.messages[key];
  if (found === undefined) {
    if (!missing.has(key)) {
      missing.add(key);
      console.warn(`no text for ${key} in ${current.language}`);
    }
    return key;
  }
  const text = Array.isArray(found) ? found[facts.n === 1 ? 0 : found.length - 1] : found;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/** Whether there is a text for `key`: for choices such as one sentence per refusal code. */
export const has = (key) => key in current.messages;

/** Where the name of a field is looked for. */
const NAMES = ['error.field.', 'field.goal.', 'field.agreement.', 'field.workshop.'];

/** What a field is called; the field itself where no name is known. "parties.0.name" has the name of the list. */
export function fieldName(field) {
  const name = String(field).split('.')[0];
  const key = NAMES.map((prefix) => prefix + name).find((one) => has(one));
  return key ? t(key) : name;
}

/**
 * The sentence of a refusal: `error.CODE.FACT` where that text exists and the fact is given (`field` last), else `error.CODE`.
 * @param {{code: string, field?: string}} error as the protocol gives it
 */
export function refusalSentence(error) {
  const code = `error.${error?.code}`;
  const facts = Object.keys(error ?? {}).filter((name) => name !== 'code');
  facts.sort((a, b) => (a === 'field') - (b === 'field') || (a < b ? -1 : 1));
  for (const fact of facts) {
    if (has(`${code}.${fact}`))
      return t(`${code}.${fact}`, { [fact]: fact === 'field' ? fieldName(error.field) : error[fact] });
  }
  return t(has(code) ? code : 'error.unknown');
}

/** `da` or `en`: the language of the texts now in use. */
export const language = () => current.language;

const LOCALES = { da: 'da-DK', en: 'en-GB' };

/** The same with its country, as `Intl` wants it: the English of these texts writes "a, b and c" and 15 January. */
export const locale = () => LOCALES[current.language] ?? current.language;

/** Puts texts in use. */
export function useCatalogue({ language: name, messages }) {
  current = { language: name, messages };
  missing.clear();
  const root = globalThis.document?.documentElement;
  if (root) root.lang = name;
}

/**
 * Fetch the texts and put them in use, all addresses at once or none. On failure the old texts stay and the error is
 * thrown. A later call overtakes an earlier one that is still on its way.
 *
 * @param {string|string[]} addresses
 */
export async function loadCatalogue(addresses, { fetch = globalThis.fetch, tries = 3, wait = pause } = {}) {
  const turn = (asked += 1);
  const parts = await Promise.all([addresses].flat().map((address) => fetchOne(address, { fetch, tries, wait })));
  if (turn !== asked) return;
  useCatalogue({
    language: parts[0].language,
    messages: Object.assign({}, ...parts.map((part) => part.messages)),
  });
}

async function fetchOne(address, { fetch, tries, wait }) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return await answer.json();
    } catch (error) {
      if (attempt >= tries) throw error;
      await wait(attempt * 700);
    }
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
