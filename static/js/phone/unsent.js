/** "Din idé er ikke sendt": a strip over every screen as long as an idea that was begun stands on no field of that screen. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, linkButton } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { confirm } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { clean } from '../lib/cleaning.js';
import { home } from './frame.js';
import { writingMode } from './places.js';

/** The strip: its first line, a way to it, and "later", which leaves one line until something more is written. */
export function unsentStrip(at) {
  const found = unsentIdeas(at).filter(({ field }) => !at.ui.drawn.has(field));
  if (!found.length) return { main: nothing };
  const [{ text, href }] = found;
  // After the end there is nothing more to ask for: one line stays, with the way to the words.
  const folded = over(at) || at.ui.unsentLater === text;
  const later = () => {
    at.ui.unsentLater = text;
    at.draw();
  };
  return {
    main: html`<section class="unsent ${folded ? 'folded' : ''}" aria-labelledby="unsent">
      ${icon('pen')}
      <div>
        <h2 id="unsent">${t('phone.unsent')}</h2>
        <p class="words" dir="auto">${text}</p>
      </div>
      <div class="acts">
        ${linkButton({ label: t(writingMode(at) ? 'phone.unsent.send' : 'phone.unsent.see'), href, sort: folded ? 'secondary' : 'primary', small: true })}${
          folded ? nothing : button({ label: t('phone.unsent.later'), small: true, onClick: later })
        }
      </div>
    </section>`,
  };
}

/** Whether no idea can be sent any more. */
const over = ({ workshop }) => workshop.state === 'closed';

/** Ideas that were begun and not sent, and those that were refused and stand in no field: `[{field, text, href}]`. */
function unsentIdeas({ room }) {
  const posts = room.pending().filter((item) => item.name === 'post_idea');
  const flying = (text) => posts.some((item) => item.state !== 'refused' && item.args.text === text);
  const begun = room.drafts
    .fields()
    .map((field) => ({ field, text: clean(room.drafts.get(field)), href: hrefOf(field) }))
    .filter(({ field, text, href }) => href && text && !flying(text) && text !== writtenIn(room, field));
  const refused = posts
    .filter((item) => item.state === 'refused' && !begun.some(({ text }) => text === item.args.text))
    .map((item) => ({ field: 'idea', text: item.args.text, href: '#unsent' }));
  return [...begun, ...refused];
}

/** Where the field of a draft is; null for a draft that is no idea. */
function hrefOf(field) {
  if (field === 'idea') return '#unsent';
  if (field.startsWith('build:')) return `#${field.slice(6)}`;
  return field.startsWith('edit:idea:') ? `#edit/${field.slice(5)}` : null;
}

/** What an own idea says already: a draft that says the same has nothing to send. */
const writtenIn = (room, field) => room.mine.ideas?.[field.slice(5)]?.text;

/** What stands over and under the field of an idea that was begun in a step that is over. */
export function unsentParts(at, box) {
  const { now } = at;
  const drop = async () => {
    const yes = await confirm({ title: t('phone.unsent.drop.ask'), text: box.text, yes: t('phone.unsent.drop') });
    if (!yes) return;
    box.clear();
    at.room.drafts.clear('idea-why');
    home();
  };
  return {
    over: html`<div>
      <h1 class="ask">${t('phone.unsent')}</h1>
      <p>
        ${now ? t('phone.unsent.moved', { title: now.title }) : nothing}
        ${t(over(at) ? 'phone.unsent.over' : writingMode(at) ? 'phone.unsent.can' : 'phone.ideas.late')}
      </p>
    </div>`,
    under: html`${button({ label: t('phone.unsent.keep'), wide: true, onClick: home })}${button({ label: t('phone.unsent.drop'), sort: 'danger', wide: true, onClick: drop })}`,
  };
}
