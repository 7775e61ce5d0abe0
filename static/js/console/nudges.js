/** Invitations for the board: the words are seen before they are shown, and no group is named unless that is chosen. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { groupName } from '../elements/groups.js';
import { choiceRow } from '../elements/stances.js';
import { t } from '../lib/catalogue.js';
import { inOrder, workshopOf } from '../lib/reading.js';
import { livingDialog } from './dialogs.js';
import { show, shown } from './moves.js';

/** As in workshop/rules/nudges.py, in the order they are offered. */
const KEYS = ['sides', 'quiet', 'listened', 'unseen', 'build'];
const NAMING = 'sides';

/** The words of a nudge. @param {string} key @param {object | null} group named in it */
const wordsOf = (key, group) => (group ? t(`nudge.${key}.group`, { group: groupName(group) }) : t(`nudge.${key}`));

/** Groups that may be named: nobody can be known in them. */
const nameable = (desk) =>
  inOrder(desk.room.records.all('group')).filter(
    (group) => (group.joined ?? 0) >= workshopOf(desk.room).privacy_minimum,
  );

/** What the board shows now, if it is a nudge: its words. */
export function nudgeWords(desk, shows) {
  const [prefix, key, ...id] = shows.split(':');
  if (prefix !== 'nudge') return null;
  return wordsOf(key, id.length ? desk.room.records.get(id.join(':')) : null);
}

/**
 * Choose an invitation and put it on the board.
 * @param {string} [wanted] the one that is chosen from the start @param {object | null} [about] the group the sentence was about
 */
export function openNudges(desk, wanted = KEYS[0], about = null) {
  let chosen = `nudge:${wanted}`;
  livingDialog({
    title: t('console.nudge.title'),
    wide: true,
    body: ({ close, again }) => {
      const named = about && wanted === NAMING ? nameable(desk).filter((group) => group.key === about.key) : [];
      const naming = named.map((group) => ({ value: `nudge:${NAMING}:${group.id}`, key: NAMING, group }));
      const rows = KEYS.flatMap((key) => [
        { value: `nudge:${key}`, key, group: null },
        ...(key === NAMING ? naming : []),
      ]);
      const choose = (value) => {
        chosen = value;
        again();
      };
      const other = workshopOf(desk.room).language !== desk.personal.language;
      return html`<p class="soft">
          ${t('console.nudge.text')}${other ? html` ${t('console.nudge.language')}` : nothing}
        </p>
        <fieldset class="choices">
          <legend class="vh">${t('console.nudge.title')}</legend>
          ${rows.map((row) =>
            choiceRow({
              name: 'nudge',
              value: row.value,
              chosen: chosen === row.value,
              label: wordsOf(row.key, row.group),
              hint: row.group ? t('console.nudge.names') : t(`nudge.${row.key}.more`),
              onChoose: choose,
            }),
          )}
        </fieldset>
        <div class="acts end">
          ${
            shown(desk).startsWith('nudge:')
              ? button({
                  label: t('console.nudge.away'),
                  onClick: () => {
                    close();
                    show(desk, 'step');
                  },
                })
              : nothing
          }
          ${button({ label: t('element.cancel'), onClick: () => close() })}${button({
            label: t('console.nudge.put'),
            sort: 'primary',
            icon: 'board',
            onClick: () => {
              close();
              show(desk, chosen, t('console.said.nudge'));
            },
          })}
        </div>`;
    },
  });
}
