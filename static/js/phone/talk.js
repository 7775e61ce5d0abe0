/** What people say about a record: their comments, and room for one's own. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { chip, chips } from '../elements/buttons.js';
import { comment } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { groupOf } from '../lib/reading.js';
import { composer } from './writing.js';

const SORTS = ['question', 'concern', 'experience', 'builds_on'];

/** What people said about a record, oldest first; hidden ones of my own with the reason. */
export function comments(at, on) {
  const { room } = at;
  const own = room.mine.comments ?? {};
  const said = room.records.all('comment').filter((one) => one.on === on && one.state === 'open');
  const flying = room
    .pending()
    .filter(
      (item) => item.name === 'post_comment' && item.args.on === on && ['sending', 'waiting'].includes(item.state),
    );
  if (!said.length && !flying.length) return nothing;
  return html`<section class="section">
    <h2>${t('phone.comments', { n: said.length })}</h2>
    ${said.map((one) => comment({ ...one, group: groupOf(room, one.group), mine: one.id in own }))}${flying.map(
      (item) =>
        comment(
          { text: item.args.text, sort: item.args.sort, mine: true },
          html`<p class="soft">${t(item.state === 'waiting' ? 'phone.write.waits' : 'element.sending')}</p>`,
        ),
    )}
  </section>`;
}

/** Say something, with its sort: chosen first, for a question reads differently from a worry. */
export function commentBox(at, on) {
  const { ui } = at;
  const sort = ui.opened[`sort ${on}`] ?? 'question';
  const box = composer(at, {
    name: `comment:${on}`,
    label: t(`phone.comment.label.${sort}`),
    max: at.page.limits['comment.text'],
    command: 'post_comment',
    arg: 'text',
    args: () => ({ on, sort }),
    action: t('phone.comment.send'),
    missing: t('phone.comment.empty'),
  });
  const view = html`${chips(
    t('phone.comment.sort'),
    SORTS.map((one) =>
      chip({
        label: t(`element.comment.${one}`),
        chosen: one === sort,
        onClick: () => {
          ui.opened[`sort ${on}`] = one;
          at.draw();
        },
      }),
    ),
  )}${box.view}`;
  return { ...box, view };
}
