/** What is worth knowing before a vote opens: groups that are too small, or falling away, and what to do about it. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupName } from '../elements/groups.js';
import { checkList } from '../elements/checks.js';
import { t } from '../lib/catalogue.js';
import { finding } from '../lib/findings.js';
import { groupsOf } from '../lib/reading.js';

/** W01 and W02 (docs/rules.md section 2) as `preview_vote` found them: they warn, and block nothing. @param {object[]} [checks] */
export function warnings({ room }, checks = []) {
  if (!checks.length) return nothing;
  const rows = checks.map((check) => ({
    severity: check.severity,
    sentence: finding({ ...check, about: groupName(groupsOf(room, [check.about])[0]) }),
    missing: t(`check.${check.code}.do`),
  }));
  return html`<section class="stack gap-2" aria-label=${t('console.before')}>
    <h3>${t('console.before')}</h3>
    ${checkList(rows)}
  </section>`;
}
