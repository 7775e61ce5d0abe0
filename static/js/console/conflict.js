/** Somebody else has changed the same words: both texts stand here, with what differs marked, until one is chosen or both are put together. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { beside } from '../elements/changes.js';
import { differenceKey } from '../elements/difference.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { specOf } from '../lib/fields.js';
import { rebased } from '../lib/rows.js';
import { linesOf } from '../lib/values.js';
import { put, settle, sheetOf } from './saving.js';

export function conflictPart(desk, text) {
  const sheet = sheetOf(desk, text);
  if (!sheet.conflict) return nothing;
  return html`<section class="conflict" role="alert">
    <h2>${icon('warn')} ${t('console.conflict')}</h2>
    <p>${t('console.conflict.text')}</p>
    ${Object.entries(sheet.conflict.theirs).map(([name, theirs]) => one(desk, text, sheet, name, theirs))}
  </section>`;
}

function one(desk, text, sheet, name, theirs) {
  const mine = sheet.values[name];
  const { kind } = specOf(text.kind, name);
  const lines = linesOf(desk.room, text.kind, { field: name, old: theirs, new: mine });
  const use = (whose) => () => settle(desk, text, name, whose);
  return html`<div class="stack gap-2">
    <h3>${t(`field.${text.kind}.${name}`)}</h3>
    ${beside(lines, { bare: true, before: t('console.conflict.theirs'), now: t('console.conflict.mine') })}${differenceKey()}
    ${kind === 'text' || kind === 'longtext' ? field({ id: `merge-${name}`, label: t('console.conflict.together'), hint: t('console.conflict.together.hint'), value: String(mine ?? ''), rows: 3, words: true, onInput: (words) => put(desk, text, name, words) }) : nothing}
    <div class="acts">
      ${button({ label: t('console.conflict.keep_theirs'), small: true, onClick: use('theirs') })}${button({ label: t('console.conflict.keep_mine'), small: true, onClick: use('mine') })}${kind === 'list' ? both(desk, text, sheet, name, theirs) : nothing}
    </div>
  </div>`;
}

/** A list: my rows laid on theirs, where we have changed different ones. */
function both(desk, text, sheet, name, theirs) {
  const laid = rebased(sheet.before[name], sheet.values[name], theirs);
  if (!laid) return nothing;
  return button({
    label: t('console.conflict.both'),
    small: true,
    icon: 'merge',
    onClick: () => {
      put(desk, text, name, laid);
      settle(desk, text, name, 'mine');
    },
  });
}
