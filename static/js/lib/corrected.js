/** That only the language of a text was corrected since its words were settled, in words. */

import { t } from './catalogue.js';
import { list } from './format.js';

/** Who confirmed a correction of the language: somebody other than who proposed it. */
export function confirmer({ by_role: by, confirmed_by: confirmed }) {
  const another = confirmed === 'facilitator' && ['facilitator', 'organiser'].includes(by);
  return t(`history.confirmed.${another ? 'another' : confirmed}`);
}

/**
 * "Indgået i version 2. I version 3 er kun stavning og sprog rettet. …": where a text has had its language corrected since the version
 * whose words it has. Needs the corrections themselves for who confirmed them; without them the last one is told.
 * @param {object} record a goal or an agreement  @param {string} level the workshop's decision level
 * @param {object[]} [corrections] those after that version, oldest first
 */
export function languageLine(record, level, corrections) {
  if (record.base_version === record.version) return '';
  const made = corrections ?? (record.previous?.cause === 'language' ? [record.previous] : []);
  const who = list([...new Set(made.map(confirmer))]);
  const began =
    record.state === 'agreed'
      ? t('history.settled_in', { state: t(`mandate.result.${level}`), n: record.base_edition })
      : t('history.same_words', { n: record.base_edition });
  const first = record.base_edition + 1;
  const said =
    first === record.edition
      ? t('history.language.one', { n: first, who })
      : t('history.language.many', { first, last: record.edition, who });
  return `${began} ${said}`;
}
