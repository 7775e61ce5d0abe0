/** Who stands behind what, by name where they chose so. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, tag } from '../elements/basics.js';
import { groupLabel } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';
import { groupOf, inOrder, wordsOf } from '../lib/reading.js';
import { boardButton, nameOf } from './shows.js';

const STANDING = { behind: 'pos', not_behind: 'neg', abstains: 'info' };

export function commitmentsFace(desk) {
  const { room } = desk;
  const texts = inOrder(
    [...room.records.all('agreement'), ...room.records.all('goal')].filter((one) => one.state !== 'dropped'),
  );
  const all = room.records.all('commitment');
  if (!all.length)
    return { main: empty({ title: t('console.commitments.none'), text: t('console.commitments.none.text') }) };
  return {
    main: html`${texts
      .filter((text) => all.some((one) => one.on === text.id))
      .map((text) =>
        part(
          desk,
          text,
          all.filter((one) => one.on === text.id),
        ),
      )}`,
  };
}

function part(desk, text, rows) {
  const behind = rows.filter((one) => one.standing === 'behind').length;
  return html`<section class="stack gap-2">
    <h2 class="spread">
      <span>${nameOf(desk, text)}: <span class="words" dir="auto">${wordsOf(text)}</span></span
      >${boardButton(desk, text)}
    </h2>
    <p class="soft">${t('console.commitments.count', { n: behind, whole: rows.length })}</p>
    <ul class="said-list">
      ${rows.map(
        (one) =>
          html`<li>
            <p>
              <b dir="auto">${one.name ?? t('console.commitments.unnamed')}</b>
              ${one.group ? groupLabel(groupOf(desk.room, one.group)) : nothing}
              ${tag(STANDING[one.standing], t(`console.standing.${one.standing}`))}
            </p>
            ${one.words ? html`<p class="words" dir="auto">${t('console.quoted', { words: one.words })}</p>` : nothing}
          </li>`,
      )}
    </ul>
  </section>`;
}
