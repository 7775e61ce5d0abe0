/** The sentence of a refusal, for a person. The twin of `refusal()` in `workshop/catalogue.py`. */

import { has, t } from './catalogue.js';

const NAMES = ['error.field.', 'field.goal.', 'field.agreement.', 'field.workshop.'];

/** What a field is called; the field itself where no name is known. "parties.0.name" has the name of the list. */
export function fieldName(field) {
  const name = String(field).split('.')[0];
  const key = NAMES.map((prefix) => prefix + name).find(has);
  return key ? t(key) : name;
}

/**
 * `error.CODE.FACT` where that text exists and the fact is given (`field` last), else `error.CODE`.
 * @param {{code: string, field?: string}} error as the protocol gives it
 */
export function refusalSentence(error) {
  const code = `error.${error?.code}`;
  const facts = Object.keys(error ?? {}).filter((name) => name !== 'code');
  facts.sort((a, b) => (a === 'field') - (b === 'field') || (a < b ? -1 : 1));
  for (const fact of facts) {
    if (has(`${code}.${fact}`)) return t(`${code}.${fact}`, { [fact]: fact === 'field' ? fieldName(error.field) : error[fact] });
  }
  return t(has(code) ? code : 'error.unknown');
}
