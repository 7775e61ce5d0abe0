/** Amendments from the floor and corrections of the language: before and now marked against each other, and what can be said to each. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { beside } from '../elements/changes.js';
import { differenceKey } from '../elements/difference.js';
import { t } from '../lib/catalogue.js';
import { readCarried } from '../lib/fields.js';
import { groupOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';
import { askFor } from './dialogs.js';
import { sentence } from './acting.js';
import { boardButton } from './shows.js';

const SETTLED = { accepted: 'pos', rejected: 'neg', withdrawn: 'info' };

/** Texts the room cannot propose to change any more, whatever the switch says; of an agreed one it may correct the language. */
const SETTLED_TEXTS = ['dropped', 'intention'];

export function amendmentsPart(desk, text) {
  const all = desk.room.records.all('amendment').filter((one) => one.on === text.id);
  if (!all.length && SETTLED_TEXTS.includes(text.state)) return nothing;
  const open = all.filter((one) => one.state === 'open');
  const settled = all.filter((one) => one.state !== 'open');
  return html`<section class="stack gap-3" id="amendments" aria-label=${t('console.amendments.title')}>
    <h2>${t('console.amendments', { n: open.length })}</h2>
    ${amendmentSwitch(desk, text)}${open.map((one) => card(desk, text, one))}
    ${
      settled.length
        ? html`<details>
            <summary>${t('console.amendments.settled', { n: settled.length })}</summary>
            ${settled.map(
              (one) =>
                html`<div class="amendment">
                  ${tag(SETTLED[one.state], t(`console.amendment.${one.state}`))}${head(desk, text, one)}${wording(desk, text, one)}${
                    one.answer
                      ? html`<p class="soft">${t('console.amendment.answer', { reason: one.answer })}</p>`
                      : nothing
                  }
                </div>`,
            )}
          </details>`
        : nothing
    }
  </section>`;
}

/** Whether the room may propose changes, and the switch for it. */
function amendmentSwitch(desk, text) {
  if (SETTLED_TEXTS.includes(text.state)) return nothing;
  const open = text.amendments !== 'closed';
  const flip = () =>
    desk.act(
      'set_amendments',
      { on: text.id, open: !open },
      t(open ? 'console.said.amendments.closed' : 'console.said.amendments.open'),
    );
  return html`<div class="acts">
    <p class="soft">${t(open ? 'console.amendments.open' : 'console.amendments.closed')}</p>
    ${button({ label: t(open ? 'console.amendments.close_it' : 'console.amendments.open_it'), small: true, icon: open ? 'lock' : 'people', onClick: flip })}
  </div>`;
}

const head = (desk, text, one) =>
  html`<p class="spread">
    <b
      >${t(`field.${text.kind}.${one.field}`)}${one.sort === 'language' ? html` · ${icon('pen')} ${t('console.correction')}` : nothing}</b
    >${one.group ? groupLabel(groupOf(desk.room, one.group)) : nothing}
  </p>`;

/** Before and after beside each other; a list row by row. */
function wording(desk, text, one) {
  const [old, now] = [one.old, one.new].map((words) => readCarried(text.kind, one.field, words));
  const lines = linesOf(desk.room, text.kind, { field: one.field, old, new: now });
  return beside(lines, { bare: true, before: t('console.amendment.old'), now: t('console.amendment.new') });
}

function card(desk, text, one) {
  return html`<article class="amendment sheet">
    ${head(desk, text, one)}${wording(desk, text, one)}${differenceKey()}${one.reason ? html`<p class="words" dir="auto">${t('console.quoted', { words: one.reason })}</p>` : nothing}
    ${one.competes ? html`<p class="warnline">${t('console.amendment.competes')}</p>` : nothing}${one.stale ? html`<p class="warnline">${t('console.amendment.stale')}</p>` : nothing}
    ${
      one.sort === 'language'
        ? correction(desk, one)
        : html`<div class="acts">
            ${one.stale ? renew(desk, one) : button({ label: t('console.amendment.accept'), icon: 'check', small: true, onClick: () => desk.act('accept_amendment', { amendment: one.id }, t('console.said.accepted')) })}
            ${reject(desk, one)}${boardButton(desk, one)}
          </div>`
    }
  </article>`;
}

const renew = (desk, one) =>
  button({
    label: t('console.amendment.renew'),
    small: true,
    onClick: () => desk.act('renew_amendment', { amendment: one.id }, t('console.said.renewed')),
  });

/** A correction is confirmed by somebody else; who proposed it can take it back. */
function correction(desk, one) {
  const own = one.proposed_by !== null && one.proposed_by === desk.room.me?.actor;
  const confirm = () => desk.act('confirm_correction', { amendment: one.id }, t('console.said.confirmed'));
  return html`<p class="soft">${t(own ? 'console.correction.waits' : 'console.correction.asks')}</p>
    <div class="acts">
      ${
        own
          ? button({
              label: t('console.correction.withdraw'),
              small: true,
              icon: 'undo',
              onClick: () => desk.act('withdraw_amendment', { amendment: one.id }, t('console.said.withdrawn')),
            })
          : html`${one.stale ? renew(desk, one) : button({ label: t('console.correction.confirm'), icon: 'check', small: true, onClick: confirm })}${reject(desk, one)}`
      }${boardButton(desk, one)}
    </div>`;
}

const reject = (desk, one) =>
  button({
    label: t('console.amendment.reject'),
    small: true,
    onClick: () =>
      askFor({
        title: t('console.amendment.reject'),
        label: t('console.amendment.why'),
        hint: t('console.amendment.why.hint'),
        rows: 3,
        max: desk.page.limits.reason,
        yes: t('console.amendment.reject'),
        send: async (reason) => {
          const answer = await desk.act('reject_amendment', { amendment: one.id, reason }, t('console.said.rejected'));
          return answer.ok ? undefined : sentence(answer.error);
        },
      }),
  });
