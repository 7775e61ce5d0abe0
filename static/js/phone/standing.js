/** Where a goal or an agreement stands. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { icon } from '../elements/icons.js';
import { languageLine } from '../lib/corrected.js';
import { t } from '../lib/catalogue.js';
import { stateWord } from '../lib/mandate.js';

const STATE = {
  agreed: 'pos',
  not_agreed: 'neg',
  deciding: 'info',
  proposed: 'info',
  draft: 'wait',
  intention: 'warn',
  dropped: 'wait',
};

/** Where a text stands, as icon and word. */
export const stateTag = (at, record) => tag(STATE[record.state] ?? 'info', stateWord(at.workshop, record));

/** Where only the language was corrected since: said, with the difference one tap away. */
export function languageNote(at, record) {
  const line = languageLine(record, at.workshop.decision_level);
  return line
    ? html`<p class="who">
        ${icon('check')}<span>${line} <a href="#versions/${record.id}">${t('phone.versions.see')}</a></span>
      </p>`
    : nothing;
}
