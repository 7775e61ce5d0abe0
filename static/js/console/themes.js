/** Changing themes and what lies under them. */

import { t } from '../lib/catalogue.js';
import { sentence } from './acting.js';
import { askFor } from './dialogs.js';

/** Lay an idea under a theme; told with the theme's name. */
export function moveIdea(desk, idea, theme, before = null) {
  const title = theme ? desk.room.records.get(theme)?.title : t('console.themes.loose');
  return desk.act('move_idea', { idea, theme, ...(before ? { before } : {}) }, t('console.said.moved', { title }));
}

/** A new theme; answers its id. */
export async function addTheme(desk) {
  let made = null;
  await askFor({
    title: t('console.themes.add'),
    label: t('console.theme.title'),
    max: desk.page.limits['theme.title'],
    yes: t('console.themes.add_yes'),
    send: async (title) => {
      const answer = await desk.act('create_theme', { title }, t('console.said.theme'));
      made = answer.result?.theme ?? null;
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
  return made;
}

/** Another title for a theme; without one the theme goes and its ideas stay. */
export function editTheme(desk, theme) {
  return askFor({
    title: t('console.theme.edit', { title: theme.title }),
    label: t('console.theme.title'),
    hint: t('console.theme.remove_hint'),
    value: theme.title,
    max: desk.page.limits['theme.title'],
    yes: t('common.save'),
    needed: false,
    send: async (title) => {
      const answer = title
        ? await desk.act('edit_theme', { theme: theme.id, title }, t('console.said.saved'))
        : await desk.act('remove_theme', { theme: theme.id }, t('console.said.theme_removed'));
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}
