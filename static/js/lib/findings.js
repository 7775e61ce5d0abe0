/** The sentences of checks (docs/rules.md section 2). The twin of `finding()` in `workshop/catalogue.py`. */

import { has, t } from './catalogue.js';

/**
 * The sentence of a check. Where it is about one party or group, that is named; give a group by its name, not its key.
 * @param {{code: string, about?: string}} check
 */
export function finding(check) {
  const key = `check.${check.code}`;
  return check.about && has(`${key}.about`) ? t(`${key}.about`, { about: check.about }) : t(key);
}

/** Why a check is asked. */
export const reasonOf = (check) => t(`check.${check.code}.why`);
