/** One idea with everything that can be done to it: the way for keyboards to what dragging does, and more. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { choiceRow } from '../elements/stances.js';
import { comment, ideaCard, sideBySide } from '../elements/cards.js';
import { field, selectField } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { groupOf, inOrder, mergedInto, openIdeas } from '../lib/reading.js';
import { livingDialog } from './dialogs.js';
import { sortChoice } from './merging.js';
import { hide, showAgain } from './review.js';
import { boardButton } from './shows.js';
import { draftFromIdea } from './drafting.js';
import { addTheme, moveIdea } from './themes.js';

const cardOf = (room, idea, more) => ideaCard({ ...idea, state: 'open', group: groupOf(room, idea.group) }, more);

/** Open an idea. */
export function openIdea(desk, id) {
  const { room } = desk;
  livingDialog({
    title: t('console.idea'),
    wide: true,
    body: ({ close }) => {
      const idea = room.records.get(id);
      if (!idea) return html`<p>${t('console.idea.gone')}</p>`;
      const then = (open) => () => {
        close();
        open();
      };
      const merged = mergedInto(room, idea);
      const said = room.records.all('comment').filter((one) => one.on === id);
      return html`${cardOf(room, idea)}${idea.state === 'merged' ? tag('info', t('console.idea.is_merged'), 'merge') : nothing}
        ${idea.state === 'open' ? themeChoice(desk, idea, close) : nothing}
        <div class="acts">
          ${idea.state === 'open' ? html`${button({ label: t('console.merge'), icon: 'side', small: true, onClick: then(() => chooseOther(desk, idea)) })}${boardButton(desk, idea)}${button({ label: t('console.idea.goal'), icon: 'paper', small: true, onClick: then(() => draftFromIdea(desk, idea)) })}${button({ label: t('console.hide'), icon: 'eye-off', small: true, onClick: then(() => hide(desk, idea)) })}` : nothing}
          ${idea.state === 'hidden' ? button({ label: t('console.show_again'), icon: 'eye', small: true, onClick: () => showAgain(desk, idea) }) : nothing}
          ${idea.state === 'merged' || merged.length ? button({ label: idea.state === 'merged' ? t('console.split') : t('console.split.all'), icon: 'split', small: true, onClick: then(() => desk.act('split_idea', { idea: id }, t('console.said.split'))) }) : nothing}
        </div>
        ${
          merged.length
            ? html`<h3>${t('console.idea.holds', { n: merged.length })}</h3>
                <ul class="said-list">
                  ${merged.map(
                    (one) =>
                      html`<li>
                        <p class="words" dir="auto">${one.text}</p>
                        ${button({ label: t('console.split'), icon: 'split', small: true, sort: 'quiet', name: t('console.split.named', { text: one.text }), onClick: () => desk.act('split_idea', { idea: one.id }, t('console.said.split')) })}
                      </li>`,
                  )}
                </ul>`
            : nothing
        }
        ${
          said.length
            ? html`<h3>${t('console.idea.comments', { n: said.length })}</h3>
                ${said.map((one) =>
                  comment(
                    { ...one, group: groupOf(room, one.group) },
                    one.state === 'hidden'
                      ? button({
                          label: t('console.show_again'),
                          icon: 'eye',
                          sort: 'quiet',
                          small: true,
                          onClick: () => showAgain(desk, one),
                        })
                      : button({
                          label: t('console.hide'),
                          icon: 'eye-off',
                          sort: 'quiet',
                          small: true,
                          onClick: () => hide(desk, one),
                        }),
                  ),
                )}`
            : nothing
        }`;
    },
  });
}

function themeChoice(desk, idea, close) {
  const themes = inOrder(desk.room.records.all('theme'));
  const options = [
    ...themes.map((theme) => ({ value: theme.id, label: theme.title })),
    { value: '', label: t('console.themes.loose') },
    { value: 'new', label: t('console.themes.add') },
  ];
  const move = async (event) => {
    event.preventDefault();
    const value = event.target.elements['idea-theme'].value;
    close();
    const theme = value === 'new' ? await addTheme(desk) : value;
    if (value !== 'new' || theme) await moveIdea(desk, idea.id, theme || null);
  };
  return html`<form class="inline" @submit=${move}>
    ${selectField({ id: 'idea-theme', label: t('console.idea.theme'), value: idea.theme ?? '', options, onChoose: () => {} })}${button({ label: t('console.idea.move'), type: 'submit' })}
  </form>`;
}

/** Choose the idea to lay beside this one. */
function chooseOther(desk, idea) {
  let wanted = '';
  const dialog = livingDialog({
    title: t('console.merge.choose'),
    wide: true,
    body: ({ close, again }) => {
      const low = wanted.trim().toLowerCase();
      const others = openIdeas(desk.room).filter((one) => one.id !== idea.id && one.text.toLowerCase().includes(low));
      return html`<p class="words" dir="auto">${idea.text}</p>
        ${field({
          id: 'find-idea',
          label: t('console.merge.find'),
          value: wanted,
          onInput: (text) => {
            wanted = text;
            again();
          },
        })}
        <ul class="pick-list">
          ${others.map((one) => html`<li><button type="button" class="as-row words" dir="auto" @click=${() => close(one.id)}>${one.text}</button></li>`)}
        </ul>`;
    },
  });
  dialog.closed.then((other) => other && openSideBySide(desk, idea.id, other));
}

/** Two ideas beside each other; a person decides which of them the other lies under. */
export function openSideBySide(desk, first, second) {
  const form = { into: first, sort: 'same' };
  livingDialog({
    title: t('console.merge.title'),
    wide: true,
    body: ({ close, again }) => {
      const [a, b] = [first, second].map((id) => desk.room.records.get(id));
      if (!a || !b) return html`<p>${t('console.idea.gone')}</p>`;
      const half = (idea) => ({
        card: html`${cardOf(desk.room, idea)}${choiceRow({
          name: 'into',
          value: idea.id,
          chosen: form.into === idea.id,
          label: t('console.merge.into'),
          onChoose: (value) => {
            form.into = value;
            again();
          },
        })}`,
      });
      const merge = async () => {
        const answer = await desk.act(
          'merge_ideas',
          { into: form.into, ideas: [form.into === first ? second : first], sort: form.sort },
          t('console.said.merged'),
        );
        if (answer.ok) close();
      };
      return sideBySide({
        a: half(a),
        b: half(b),
        actions: html`${sortChoice(form, again)}
          <p class="soft">${t('console.merge.text')}</p>
          ${button({ label: t('console.merge.no'), onClick: () => close() })}${button({ label: t('console.merge.yes'), sort: 'primary', icon: 'merge', onClick: merge })}`,
      });
    },
  });
}
