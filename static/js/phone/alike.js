/**
 * "3 idéer siger noget i den retning": looked for in a pause of the writing, shown in a strip that is there anyway, so that nothing
 * moves; opened only by whoever wants to. Supporting one is offered, posting one's own never stands in the way.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note, tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { ideaCard, openDialog } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { groupOf } from '../lib/reading.js';
import { whoAsks } from '../live/connection.js';
import { choose } from './choosing.js';

/** So long nothing must have been written, ms. */
const PAUSE = 1000;
const state = { text: '', found: [], timer: null };

/** The strip under the field. @param {object} box the composer of the idea */
export function alikeStrip(at, box) {
  look(at, box.text);
  const ideas = shown(at);
  if (!ideas.length) return { main: nothing };
  return {
    main: html`<button type="button" class="as-link alike-link" @click=${() => open(at, box)}>
      ${icon('side')}<span>${t('phone.alike', { n: ideas.length })}</span>
    </button>`,
  };
}

/** Ask once the writing rests; without an answer nothing is said. */
function look(at, text) {
  if (text === state.text) return;
  state.text = text;
  clearTimeout(state.timer);
  state.timer = setTimeout(async () => {
    try {
      const answer = await fetch(`/api/similar?${whoAsks(at.page)}&text=${encodeURIComponent(text)}`);
      const { ideas } = await answer.json();
      if (state.text !== text) return;
      state.found = (ideas ?? []).map((one) => one.idea);
      at.draw();
    } catch {
      // No network just now: the idea can be written and sent all the same.
    }
  }, PAUSE);
}

/** What was found and is still there: ideas of the room, and own ones that the room does not see. */
function shown({ room }) {
  const own = room.mine.ideas ?? {};
  return state.found
    .map((id) => {
      const record = room.records.get(id);
      if (record?.state === 'open') return { ...record, mine: id in own };
      return own[id]?.state === 'private' ? { id, ...own[id], mine: true } : null;
    })
    .filter(Boolean);
}

function open(at, box) {
  const dialog = openDialog({ title: t('phone.alike.title'), body: nothing });
  let chosen = null;
  const draw = () => dialog.update(chosen ? after(chosen) : choices());
  const stop = at.room.subscribe(draw);
  dialog.closed.then(stop);
  draw();

  function choices() {
    return html`<div class="alike-own">
        <p class="soft">${t('phone.alike.yours')}</p>
        <p class="words" dir="auto">${box.text}</p>
      </div>
      ${shown(at).map((idea) => ideaCard({ ...idea, state: 'open', group: groupOf(at.room, idea.group) }, { id: idea.id, actions: actions(idea) }))}
      ${note('eye-off', t('phone.alike.who'))}
      <div class="acts">
        ${button({
          label: t('phone.alike.anyway'),
          sort: 'primary',
          iconAfter: 'send',
          wide: true,
          missing: box.full,
          onClick: () => {
            dialog.close();
            box.send();
          },
        })}${button({ label: t('phone.alike.on'), sort: 'quiet', wide: true, onClick: () => dialog.close() })}
      </div>`;
  }

  function actions(idea) {
    if (idea.mine) return nothing;
    if (idea.id in (at.room.mine.supports ?? {})) return tag('pos', t('phone.alike.supported'));
    return button({
      label: t('phone.alike.support'),
      name: `${t('phone.alike.support')}: ${idea.text}`,
      small: true,
      icon: 'check',
      onClick: () => support(idea),
    });
  }

  async function support(idea) {
    if (!(await choose(at, 'support_idea', { idea: idea.id, support: true })).ok) return;
    chosen = idea;
    draw();
  }

  function after(idea) {
    const drop = () => {
      box.clear();
      dialog.close();
      at.say(t('phone.alike.dropped'));
    };
    return html`<p>${tag('pos', t('phone.alike.supported'))}</p>
      <p class="words" dir="auto">${idea.text}</p>
      <p>${t('phone.alike.then')}</p>
      <div class="acts">
        ${button({ label: t('phone.alike.drop'), sort: 'primary', wide: true, onClick: drop })}${button({ label: t('phone.alike.keep'), wide: true, onClick: () => dialog.close() })}
      </div>`;
  }
}
