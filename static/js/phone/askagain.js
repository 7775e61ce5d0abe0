/** A hidden idea: its author may ask once to have it shown again. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { t } from '../lib/catalogue.js';
import { composer } from './writing.js';

/** A hidden idea: its author may ask once, in own words, to have it shown again. */
export function askAgain(at, id, idea) {
  const { ui } = at;
  if (idea.asked_again) return { main: html`<p class="soft">${t('phone.ideas.ask.asked')}</p>` };
  if (!ui.opened[`ask ${id}`])
    return {
      main: button({
        label: t('phone.ideas.ask'),
        small: true,
        onClick: () => {
          ui.opened[`ask ${id}`] = true;
          at.draw();
        },
      }),
    };
  const box = composer(at, {
    name: `ask:${id}`,
    label: t('phone.ideas.ask.label'),
    max: at.page.limits.reason,
    command: 'ask_again',
    arg: 'words',
    args: () => ({ idea: id }),
    action: t('phone.ideas.ask.send'),
    missing: t('phone.ideas.ask.empty'),
    done: () => at.say(t('phone.ideas.ask.asked')),
  });
  return { main: html`${box.view}${box.button({ sort: 'secondary' })}` };
}
