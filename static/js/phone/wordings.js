/** Goals and agreements to read: the words, the facts, the source ideas, what is still missing, what others propose. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note } from '../elements/basics.js';
import { button, toggle } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { checkList, checkRow } from '../elements/checks.js';
import { has, t } from '../lib/catalogue.js';
import { decisionOn, groupOf, markOf, newest, wordsOf } from '../lib/reading.js';
import { agreedWith } from '../lib/served.js';
import { amendBox, mayAmend, notAmended } from './amending.js';
import { amendments, proposed } from './amendments.js';
import { consentBlock } from './consents.js';
import { wordingSheet } from './sheet.js';
import { languageNote, stateTag } from './standing.js';
import { commentBox, comments } from './talk.js';
import { refused } from './writing.js';

/** The fields that a press opens are there after this long, ms. */
const AFTER_DRAWING = 100;

/** One goal or agreement. */
export function wordingFace(at, record) {
  const { room, ui } = at;
  const decision = decisionOn(room, record.id);
  const open = mayAmend(at, record);
  const wanted = ui.opened[`do ${record.id}`] ?? 'read';
  const doing = wanted === 'amend' && !open ? 'read' : wanted;
  const box = doing === 'amend' ? amendBox(at, record) : doing === 'comment' ? commentBox(at, record.id) : null;
  const consent = newest(room.records.all('consent'), (one) => one.on === record.id);
  return {
    key: record.id,
    main: html`<p class="spread">
        <b
          >${t(`phone.${record.kind}.name`, { mark: markOf(room, record) })},
          ${t('phone.version', { n: record.edition })}</b
        >${stateTag(at, record)}
      </p>
      ${decision ? html`<p><a href="#${decision.id}">${t(decision.state === 'open' ? 'phone.wording.decide' : 'phone.wording.result')}</a></p>` : nothing}
      ${languageNote(at, record)}${wordingSheet(at, record)}
      ${record.edition > 1 ? html`<p><a class="big-link" href="#versions/${record.id}">${t('phone.versions.link', { n: record.edition })}</a></p>` : nothing}
      ${consent ? consentBlock(at, consent) : nothing}
      ${record.state === 'draft' || record.state === 'proposed' || record.state === 'not_agreed' ? missing(record) : nothing}
      ${sources(at, record)}${amendments(at, record)}${comments(at, record.id)}${refused(at, ['post_comment'])}${refused(at, ['propose_amendment'], (args) => (args.on === record.id ? proposed(at, record, { field: args.field, old: null, new: args.new }) : t(`field.${args.on.split(':')[0]}.${args.field}`)))}
      ${
        at.workshop.state === 'open' && (box || notAmended(record))
          ? html`<section class="section" id="say">
              <h2>${t('phone.wording.say')}</h2>
              ${
                box
                  ? toggle({
                      name: t('phone.wording.say'),
                      value: doing,
                      onChoose: (value) => {
                        ui.opened[`do ${record.id}`] = value;
                        at.draw();
                      },
                      options: ['read', 'comment', ...(open ? ['amend'] : [])].map((value) => ({
                        value,
                        label: t(
                          value === 'amend' && (record.state === 'agreed' || agreedWith(room, record))
                            ? 'phone.wording.correct'
                            : `phone.wording.${value}`,
                        ),
                      })),
                    })
                  : nothing
              }${notAmended(record) ? html`<p class="soft">${notAmended(record)}</p>` : nothing}${box?.view ?? nothing}
            </section>`
          : nothing
      }`,
    act: box
      ? html`${note('eye', t(doing === 'amend' ? 'phone.amend.who' : 'phone.comment.who'))}${box.button()}`
      : at.workshop.state === 'open'
        ? sayBar(at, record, open)
        : undefined,
  };
}

/** What one can do about the text, in view while it is read. */
function sayBar(at, record, open) {
  const go = (what) => {
    at.ui.opened[`do ${record.id}`] = what;
    at.draw();
    setTimeout(() => document.getElementById('say')?.scrollIntoView(), AFTER_DRAWING);
  };
  const corrects = record.state === 'agreed' || agreedWith(at.room, record);
  return html`<div class="pair">
    ${open ? button({ label: t(corrects ? 'phone.wording.correct' : 'phone.wording.amend'), sort: 'primary', icon: 'pen', onClick: () => go('amend') }) : nothing}${button({ label: t('phone.wording.comment'), onClick: () => go('comment') })}
  </div>`;
}

/** What the checks say, blocking first: everybody sees what is still open. */
function missing(record) {
  const rows = (record.checks ?? []).map((check) => ({
    severity: check.severity,
    sentence:
      check.about && has(`check.${check.code}.about`)
        ? t(`check.${check.code}.about`, { about: check.about })
        : t(`check.${check.code}`),
    missing: t(`check.${check.code}.why`),
  }));
  return html`<section class="section">
    <h2>${t(`phone.${record.kind}.clear`)}</h2>
    ${
      rows.length
        ? checkList(rows)
        : html`<ul class="checks">
            ${checkRow({ severity: 'ok', sentence: t('element.check.nothing'), missing: t('phone.wording.ready') })}
          </ul>`
    }
  </section>`;
}

/** The ideas a goal builds on, or the goals an agreement serves; the own ones marked. */
function sources(at, record) {
  const { room } = at;
  const ids = record.kind === 'goal' ? record.from_ideas : record.goals;
  const found = (ids ?? []).map((id) => room.records.get(id)).filter(Boolean);
  if (!found.length) return nothing;
  const own = room.mine.ideas ?? {};
  const isMine = (one) =>
    one.id in own || room.records.all('idea').some((other) => other.merged_into === one.id && other.id in own);
  return html`<section class="section">
    <h2>
      ${record.kind === 'goal' ? t('phone.goal.sources', { n: found.length }) : t('phone.agreement.goals', { n: found.length })}
    </h2>
    <ul class="list">
      ${found.map(
        (one) =>
          html`<li>
            <a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a>
            <p class="m facts">
              ${
                one.group ? groupLabel(groupOf(room, one.group)) : nothing
              }${isMine(one) ? html`<b>${t('element.idea.yours')}</b>` : nothing}
            </p>
          </li>`,
      )}
    </ul>
  </section>`;
}
