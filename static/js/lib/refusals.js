/** The sentences of refusals and of checks. The twin of `refusal()` and `finding()` in `workshop/catalogue.py`. */

import { has, t } from './catalogue.js';

const NAMES = ['error.field.', 'field.goal.', 'field.agreement.', 'field.workshop.'];

/**
 * The sentence of a refusal: `error.CODE.FACT` where that text exists and the fact is given (`field` last), else `error.CODE`.
 * @param {{code: string, field?: string}} error the protocol's error, with its facts
 */
export function refusal(error) {
  const code = `error.${error.code}`;
  const facts = Object.keys(error).filter((name) => name !== 'code').sort((a, b) => (a === 'field') - (b === 'field') || (a < b ? -1 : 1));
  for (const fact of facts) {
    const key = `${code}.${fact}`;
    if (has(key)) return t(key, { [fact]: fact === 'field' ? fieldName(error.field) : error[fact] });
  }
  return t(has(code) ? code : 'error.unknown');
}

/** What a field is called; a place inside a list ("parties.0.name") has the name of the list. */
export function fieldName(field) {
  const [name] = String(field).split('.');
  const prefix = NAMES.find((start) => has(start + name));
  return prefix ? t(prefix + name) : name;
}

/**
 * The sentence of a check. Where it is about one party or group, that is named.
 * @param {{code: string, about?: string}} check @param {(about: string) => string} [nameOf] a group's name from its key
 */
export function finding(check, nameOf = (about) => about) {
  const key = `check.${check.code}`;
  return check.about && has(`${key}.about`) ? t(`${key}.about`, { about: nameOf(check.about) }) : t(key);
}

/** Why a check is asked. */
export const reasonOf = (check) => t(`check.${check.code}.why`);
