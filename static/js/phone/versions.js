/** How a text came to read as it does: every version, the newest first, and what has changed since a stance was taken. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { beside, drafted, revision } from '../elements/changes.js';
import { differenceKey } from '../elements/difference.js';
import { t } from '../lib/catalogue.js';
import { languageLine } from '../lib/corrected.js';
import { markOf, wordsOf } from '../lib/reading.js';
import { linesOf } from '../lib/values.js';

/** The face of one text's versions. */
export function versionsFace(at, record) {
  const { found, failed } = at.versions(record);
  return {
    key: `versions/${record.id}`,
    main: html`<div class="section">
        <p class="soft">${t(`phone.${record.kind}.name`, { mark: markOf(at.room, record) })}</p>
        <h1 class="ask">${t('phone.versions')}</h1>
        <p><a class="words big-link" href="#${record.id}" dir="auto">${wordsOf(record)}</a></p>
      </div>
      ${found ? list(at, record, found) : html`<p class="soft" aria-busy=${failed ? 'false' : 'true'}>${t(failed ? 'phone.fetch.failed' : 'phone.fetch')}</p>`}`,
  };
}

function list(at, record, found) {
  const corrections = found.stretches
    .filter((one) => one.cause === 'language' && one.first > found.base_version)
    .reverse();
  const line = languageLine(record, at.workshop.decision_level, corrections);
  return html`${line ? note('check', line) : nothing}${found.stretches.length ? differenceKey() : nothing}
    <div class="revisions">
      ${found.stretches.map((one) => revision(one, linesIn(at, record, one.changes)))} ${drafted(found.drafted)}
    </div>`;
}

const linesIn = (at, record, changes) => changes.flatMap((change) => linesOf(at.room, record.kind, change));

/** What differs between the version that a vote was on and the text as it is, word by word. */
export function sinceVote(at, record, { subject_version: version, subject_edition: edition }) {
  const { found } = at.versions(record, version);
  const lines = found?.changes ? linesIn(at, record, found.changes) : [];
  return {
    main: html`<section class="section" aria-label=${t('phone.since', { n: edition })}>
      <h2>${t('phone.since', { n: edition })}</h2>
      ${lines.length ? html`${beside(lines, { before: t('history.version', { n: edition }), now: t('history.version', { n: record.edition }) })}${differenceKey()}` : html`<p class="soft">${t(found ? 'history.unchanged' : 'phone.fetch')}</p>`}
      ${button({
        label: t('phone.versions.all'),
        sort: 'quiet',
        small: true,
        onClick: () => {
          location.hash = `versions/${record.id}`;
        },
      })}
    </section>`,
  };
}
