/** One idea with what was said about it: its originals, what builds on it, comments, and room to add. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note, tag } from '../elements/basics.js';
import { button, chip, chips } from '../elements/buttons.js';
import { ideaCard } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { clean } from '../lib/cleaning.js';
import { buildsOn, groupOf, mergedInto } from '../lib/reading.js';
import { choose, onItsWay } from './choosing.js';
import { ownCard } from './idealist.js';
import { noPlace, writingMode } from './places.js';
import { commentBox, comments } from './talk.js';
import { composer, refused } from './writing.js';

export function ideaFace(at, idea) {
  const { room, ui } = at;
  const own = room.mine.ideas?.[idea.id];
  const originals = mergedInto(room, idea);
  const builds = buildsOn(room, idea);
  const parent = idea.builds_on ? room.records.get(idea.builds_on) : null;
  const open = writingMode(at) === 'open';
  const begun = clean(room.drafts.get(`build:${idea.id}`)) !== '';
  // What was begun stays in sight, also when no idea can be sent just now.
  const what = ui.opened.idea ?? (begun ? 'build' : 'comment');
  const talk = what === 'build' && (open || begun) ? buildBox(at, idea) : commentBox(at, idea.id);
  const late = what === 'build' && begun && !open;
  return {
    key: 'idea',
    main: html`<h1 class="vh">${t('phone.idea')}</h1>
      ${parent ? html`<p class="soft">${t('phone.idea.builds_on')} <a href="#${parent.id}" class="as-link words" dir="auto">${parent.text}</a></p>` : nothing}
      ${own ? ownCard(at, idea.id, own) : ideaCard({ ...idea, group: groupOf(room, idea.group), state: 'open' }, { id: idea.id })}${own ? nothing : supportPart(at, idea)}
      ${
        originals.length
          ? html`<section class="section">
              <h2>${t('phone.idea.originals')}</h2>
              ${originals.map((one) => ideaCard({ ...one, group: groupOf(room, one.group), mine: one.id in (room.mine.ideas ?? {}), state: 'open' }))}
            </section>`
          : nothing
      }
      ${
        builds.length
          ? html`<section class="section">
              <h2>${t('phone.idea.builds')}</h2>
              ${builds.map((one) => html`<a class="plain-card" href="#${one.id}">${ideaCard({ ...one, group: groupOf(room, one.group), mine: one.id in (room.mine.ideas ?? {}), state: 'open' })}</a>`)}
            </section>`
          : nothing
      }
      ${comments(at, idea.id)}${refused(at, ['post_comment'])}
      <section class="section">
        ${
          open || begun
            ? chips(
                t('phone.idea.what'),
                ['comment', 'build'].map((one) =>
                  chip({
                    label: t(`phone.idea.what.${one}`),
                    chosen: what === one,
                    onClick: () => {
                      ui.opened.idea = one;
                      at.draw();
                    },
                  }),
                ),
              )
            : nothing
        }${talk.view}${late ? html`<p class="soft">${t('phone.ideas.late')}</p>` : nothing}
      </section>`,
    act: late ? undefined : html`${note('eye', t('phone.comment.who'))}${talk.button()}`,
  };
}

/** Standing behind somebody else's idea, until a ballot is about it. Nobody is shown how many do before that is published. */
function supportPart(at, idea) {
  const { room, workshop } = at;
  const mine = idea.id in (room.mine.supports ?? {});
  const settled =
    idea.state !== 'open' ||
    workshop.state !== 'open' ||
    room.records.all('ballot').some((ballot) => ballot.options.includes(idea.id));
  if (settled) return mine ? html`<p>${tag('pos', t('phone.alike.supported'))}</p>` : nothing;
  const busy = onItsWay(at, 'support_idea', idea.id) ? t('element.sending') : '';
  const set = (support) => choose(at, 'support_idea', { idea: idea.id, support }, { latest: true });
  return html`<div class="row">
      ${
        mine
          ? html`${tag('pos', t('phone.alike.supported'))}${button({ label: t('phone.supports.stop'), sort: 'quiet', small: true, busy, onClick: () => set(false) })}`
          : button({ label: t('phone.idea.support'), small: true, icon: 'check', busy, onClick: () => set(true) })
      }
    </div>
    ${note('eye-off', t('phone.alike.who'))}`;
}

function buildBox(at, idea) {
  const box = composer(at, {
    name: `build:${idea.id}`,
    label: t('phone.idea.build.label'),
    max: at.page.limits['idea.text'],
    command: 'post_idea',
    arg: 'text',
    args: () => ({ builds_on: idea.id }),
    action: t('phone.idea.build.send'),
    missing: t('phone.ideas.empty'),
    full: noPlace(at),
    done: () => at.say(t('phone.ideas.sent.open')),
  });
  return box;
}
