/** Ideas that say the same are laid together under one of them; a person decides under which. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { choiceRow } from '../elements/stances.js';
import { t } from '../lib/catalogue.js';
import { livingDialog } from './dialogs.js';

/** How they belong together: they say the same, or one goes with the other. */
export function sortChoice(form, again) {
  return html`<fieldset class="choices">
    <legend>${t('console.merge.how')}</legend>
    ${['same', 'related'].map((value) =>
      choiceRow({
        name: 'sort',
        value,
        chosen: form.sort === value,
        label: t(`console.merge.${value}`),
        hint: t(`console.merge.${value}.hint`),
        onChoose: (chosen) => {
          form.sort = chosen;
          again();
        },
      }),
    )}
  </fieldset>`;
}

/** Lay several ideas together. @param {string[]} ids @returns {Promise<boolean>} whether they were */
export async function openMerge(desk, ids) {
  const form = { into: ids[0], sort: 'same' };
  const dialog = livingDialog({
    title: t('console.merge.title'),
    wide: true,
    body: ({ close, again }) => {
      const ideas = ids.map((id) => desk.room.records.get(id)).filter(Boolean);
      const merge = async () => {
        const others = ids.filter((id) => id !== form.into);
        const answer = await desk.act(
          'merge_ideas',
          { into: form.into, ideas: others, sort: form.sort },
          t('console.said.merged'),
        );
        if (answer.ok) close(true);
      };
      return html`<fieldset class="choices">
          <legend>${t('console.merge.which')}</legend>
          ${ideas.map((idea) =>
            choiceRow({
              name: 'into',
              value: idea.id,
              chosen: form.into === idea.id,
              label: html`<span class="words" dir="auto">${idea.text}</span>`,
              onChoose: (value) => {
                form.into = value;
                again();
              },
            }),
          )}
        </fieldset>
        ${sortChoice(form, again)}
        <p class="soft">${t('console.merge.text')}</p>
        <div class="acts end">
          ${button({ label: t('console.merge.no'), onClick: () => close(false) })}${button({ label: t('console.merge.yes'), sort: 'primary', icon: 'merge', onClick: merge })}
        </div>`;
    },
  });
  return (await dialog.closed) === true;
}
