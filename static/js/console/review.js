/** Looking through what was written: hide with a reason the author is told, show again. Never on a projected window. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { button, chip, chips } from '../elements/buttons.js';
import { comment, ideaCard } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { groupOf, wordsOf } from '../lib/reading.js';
import { askFor, livingDialog } from './dialogs.js';
import { sentence } from './acting.js';

const number = (record) => Number(record.id.split(':')[1]);
const key = (desk) => `rundbord:${desk.page.workshop}:console:seen`;

function seen(desk) {
  try {
    return JSON.parse(desk.storage.get(key(desk)) ?? '{}');
  } catch {
    return {};
  }
}

const written = ({ room }) => [...room.records.all('idea'), ...room.records.all('comment')];

/** How many ideas and comments came since the facilitator last looked, and how many are hidden. */
export function unseen(desk) {
  const last = seen(desk);
  const all = written(desk);
  return {
    fresh: all.filter((record) => record.state === 'open' && number(record) > (last[record.kind] ?? 0)).length,
    hidden: all.filter((record) => record.state === 'hidden').length,
  };
}

function noteSeen(desk) {
  const newest = (kind) => Math.max(0, ...desk.room.records.all(kind).map(number));
  desk.storage.set(key(desk), JSON.stringify({ idea: newest('idea'), comment: newest('comment') }));
  desk.draw();
}

/** Everything that was written, newest first. */
export async function openReview(desk) {
  const last = seen(desk);
  let only = 'new';
  const fits = {
    new: (r) => r.state === 'open' && number(r) > (last[r.kind] ?? 0),
    all: (r) => r.state !== 'merged',
    hidden: (r) => r.state === 'hidden',
  };
  const dialog = livingDialog({
    title: t('console.review'),
    wide: true,
    body: ({ again }) => {
      const rows = written(desk)
        .filter(fits[only])
        .sort((a, b) => number(b) - number(a));
      const choose = (value) => () => {
        only = value;
        again();
      };
      return html`<p class="soft">${t('console.review.text')}</p>
        ${chips(
          t('console.review'),
          ['new', 'all', 'hidden'].map((value) =>
            chip({
              label: t(`console.review.only_${value}`),
              chosen: only === value,
              count: written(desk).filter(fits[value]).length,
              onClick: choose(value),
            }),
          ),
        )}
        ${rows.length ? html`<div class="review">${rows.map((record) => card(desk, record))}</div>` : empty({ title: t('console.review.none'), text: t('console.review.none.text') })}`;
    },
  });
  await dialog.closed;
  noteSeen(desk);
}

function card(desk, record) {
  const actions =
    record.state === 'hidden'
      ? button({ label: t('console.show_again'), icon: 'eye', small: true, onClick: () => showAgain(desk, record) })
      : button({ label: t('console.hide'), icon: 'eye-off', small: true, onClick: () => hide(desk, record) });
  if (record.kind === 'idea')
    return ideaCard(
      { ...record, group: groupOf(desk.room, record.group), reason: record.hidden_reason },
      {
        actions: html`${record.asked_again ? html`<p><b>${t('console.review.asked')}</b>${record.asked_words ? html` <span class="words" dir="auto">${record.asked_words}</span>` : nothing}</p>` : nothing}${actions}`,
      },
    );
  const on = desk.room.records.get(record.on);
  return html`<article class="sheet idea ${record.state === 'hidden' ? 'hidden' : ''}">
    ${comment({ ...record, group: groupOf(desk.room, record.group) })}
    ${on ? html`<p class="soft">${t('console.review.on', { words: wordsOf(on) })}</p>` : nothing}${record.hidden_reason ? html`<p class="soft">${t('element.idea.hidden_because', { reason: record.hidden_reason })}</p>` : nothing}
    <div class="acts">${actions}</div>
  </article>`;
}

/** Hide an idea or a comment, with the reason its author is told. */
export function hide(desk, record) {
  return askFor({
    title: t('console.hide.title'),
    label: t('console.hide.reason'),
    hint: t('console.hide.hint'),
    rows: 3,
    max: desk.page.limits.reason,
    yes: t('console.hide'),
    send: async (reason) => {
      const answer = await desk.act(
        `hide_${record.kind}`,
        { [record.kind]: record.id, reason },
        t('console.said.hidden'),
      );
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}

/** Hide several ideas for one reason. */
export function hideAll(desk, ids) {
  return askFor({
    title: t('console.hide.title'),
    label: t('console.hide.reason'),
    hint: t('console.hide.hint'),
    rows: 3,
    max: desk.page.limits.reason,
    yes: t('console.hide'),
    send: async (reason) => {
      for (const idea of ids) {
        const answer = await desk.room.send('hide_idea', { idea, reason });
        if (!answer.ok) return sentence(answer.error);
      }
      desk.doing.tell(t('console.said.hidden_all', { n: ids.length }));
      return undefined;
    },
  });
}

export const showAgain = (desk, record) =>
  desk.act(`show_${record.kind}`, { [record.kind]: record.id }, t('console.said.shown'));
