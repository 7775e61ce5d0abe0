/**
 * Paper: ideas in all their states, what is said about them, the receipt, the personal trail; and the dialog.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { onCard } from '../lib/cleaning.js';
import { render } from '../lib/drawing.js';
import { button, iconButton } from './buttons.js';
import { groupLabel } from './groups.js';
import { icon } from './icons.js';

/** @typedef {import('./basics.js').Template} Template */
/** @typedef {import('./groups.js').Group} Group */

/**
 * @typedef {Object} Idea
 * @property {string} text  @property {string} [why]
 * @property {'sending'|'waiting'|'private'|'open'|'failed'|'hidden'|'merged'|'withdrawn'} state
 * @property {Group} [group]        only where the group is large enough to be named
 * @property {boolean} [mine]
 * @property {string} [reason]      why it was hidden, or why it was not sent
 * @property {number} [merged]      how many others it was put together with
 * @property {number} [builds]      how many build on it
 * @property {?number} [supports]   how many support it, once that is shown
 * @property {boolean} [by_helper]  written by a helper, for somebody without a phone
 * @property {?string} [source]     where it comes from, if it was brought along
 */

const STATE = {
  sending: (idea) => line('wait', '', t('element.sending')),
  waiting: () => line('off', '', t('element.idea.waiting')),
  private: (idea) => line('check', 'pos', t('element.idea.private')),
  failed: (idea) => line('warn', 'neg', idea.reason ?? t('element.idea.failed')),
  hidden: (idea) =>
    line(
      'eye-off',
      '',
      idea.reason ? t('element.idea.hidden_because', { reason: idea.reason }) : t('element.idea.hidden'),
    ),
  withdrawn: (idea) => line('cross', '', t('element.idea.withdrawn')),
  merged: (idea) => line('merge', '', t('element.idea.merged', { n: idea.merged ?? 1 })),
};

const line = (name, sort, words) => html`<p class="m ${sort}">${icon(name)}<span>${words}</span></p>`;

/** Says that a helper wrote it, for somebody without a phone. @param {{by_helper?: boolean}} words */
export const byHelper = (words) =>
  words.by_helper ? html`<span class="bn">${icon('pen')}<span>${t('element.by_helper')}</span></span>` : nothing;

/** Says that nobody here wrote it, and where it comes from. @param {{source?: ?string}} idea */
export const brought = (idea) =>
  idea.source
    ? html`<span class="bn brought"
        >${icon('paper')}<span dir="auto">${t('element.brought', { source: idea.source })}</span></span
      >`
    : nothing;

/**
 * An idea on a sheet. Sending: dashed. Private: a tick and who can see it. Failed: red edge, a sentence, retry, the text
 * stays. Yours: a bar and "Din idé". Hidden: hatched and struck, with the reason. Merged: stacked sheets.
 * @param {Idea} idea
 * @param {{onRetry?: () => void, retryLabel?: string, onOpenMerged?: () => void, actions?: unknown, tools?: unknown, below?: unknown,
 *   id?: string, level?: string}} [o] `actions`: buttons inside, in a row at the bottom; `tools`: at the end of the line of facts; `below`: comments, build-ons
 * @returns {Template}
 */
export function ideaCard(idea, o = {}) {
  const known = STATE[idea.state];
  const facts = idea.group || idea.mine || idea.builds || idea.supports || idea.by_helper || idea.source || o.tools;
  const card = html`<article class="sheet idea ${idea.state} ${idea.mine ? 'yours' : ''}" data-id=${o.id ?? nothing}>
    <p class=${onCard(idea.text)} dir="auto">${idea.text}</p>
    ${idea.why ? html`<p class="${onCard(idea.why)} why" dir="auto">${idea.why}</p>` : nothing}
    ${
      facts
        ? html`<p class="m facts">
            ${idea.group ? groupLabel(idea.group) : nothing}${idea.mine ? html`<b>${t('element.idea.yours')}</b>` : nothing}${
              idea.supports
                ? html`<span class="bn"
                    >${icon('people')}<span>${t('element.idea.supports', { n: idea.supports })}</span></span
                  >`
                : nothing
            }${
              idea.builds
                ? html`<span class="bn"
                    >${icon('build')}<span>${t('element.idea.builds', { n: idea.builds })}</span></span
                  >`
                : nothing
            }${byHelper(idea)}${brought(idea)}${o.tools ?? nothing}
          </p>`
        : nothing
    }
    ${known ? known(idea) : nothing}
    ${idea.state === 'merged' && o.onOpenMerged ? button({ label: t('element.idea.see_all'), sort: 'quiet', onClick: o.onOpenMerged }) : nothing}
    ${idea.state === 'failed' && o.onRetry ? button({ label: o.retryLabel ?? t('element.retry'), wide: true, onClick: o.onRetry }) : nothing}
    ${o.actions ? html`<div class="acts">${o.actions}</div>` : nothing}
  </article>`;
  const paper = idea.state === 'merged' ? html`<div class="stacked">${card}</div>` : card;
  return o.below
    ? html`<div class="thread">
        ${paper}
        <div class="under-idea">${o.below}</div>
      </div>`
    : paper;
}

const SORTS = { builds_on: 'build', question: 'hint', concern: 'warn', experience: 'talk' };

/**
 * What somebody said about an idea: builds on it, asks, worries, has seen it.
 * @param {{text: string, sort: keyof typeof SORTS, group?: Group, mine?: boolean, by_helper?: boolean}} comment @param {unknown} [tools]
 */
export function comment(comment_, tools = nothing) {
  return html`<div class="said">
    <p class="m">
      ${icon(SORTS[comment_.sort] ?? 'talk')}<b>${t(`element.comment.${comment_.sort}`)}</b>${
        comment_.group ? groupLabel(comment_.group) : nothing
      }${comment_.mine ? html`<b>${t('element.yours')}</b>` : nothing}${byHelper(comment_)}
    </p>
    <p class=${onCard(comment_.text)} dir="auto">${comment_.text}</p>
    ${tools}
  </div>`;
}

/** A slip with a torn edge: the voter's receipt. @param {{title: string, body: unknown}} o */
export const slip = ({ title, body }) =>
  html`<section class="slip">
    <h2>${title}</h2>
    ${body}
  </section>`;

/**
 * What became of something: a line with dots, filled when it has happened.
 * @param {{title: unknown, text?: unknown, when?: unknown, future?: boolean}[]} points
 */
export function trail(points) {
  return html`<ol class="trail">
    ${points.map(
      (one) =>
        html`<li class=${one.future ? 'future' : ''}>
          <b>${one.title}</b>${
            one.when ? html`<span class="soft">${one.when}</span>` : nothing
          }${one.text ? html`<span class="words" dir="auto">${one.text}</span>` : nothing}
        </li>`,
    )}
  </ol>`;
}

/**
 * Two texts beside each other, before a person merges them. Under them the choice and the ways out.
 * @param {{a: {title?: string, card: unknown}, b: {title?: string, card: unknown}, actions: unknown, name?: string}} o
 */
export function sideBySide({ a, b, actions, name = t('element.side_by_side') }) {
  const half = (one) => html`<div class="half">${one.title ? html`<h3>${one.title}</h3>` : nothing}${one.card}</div>`;
  return html`<section class="side" aria-label=${name}>
    ${half(a)}${half(b)}
    <div class="acts">${actions}</div>
  </section>`;
}

/**
 * Open a dialog over the page. The focus goes in, stays in, and comes back to where it was; Escape closes it.
 * @param {{title: string, body: unknown, actions?: (close: (answer?: unknown) => void) => unknown, wide?: boolean, closable?: boolean}} o
 * @returns {{closed: Promise<unknown>, close: (answer?: unknown) => void, update: (body: unknown) => void}}
 */
export function openDialog(o) {
  const node = document.createElement('dialog');
  const opener = document.activeElement;
  node.className = `dialog ${o.wide ? 'broad' : ''}`;
  node.setAttribute('aria-labelledby', 'dialog-title');
  let answer;
  const close = (given) => {
    answer = given;
    node.close();
  };
  const draw = (body) =>
    render(
      html`<header>
          <h2 id="dialog-title" tabindex="-1" autofocus>${o.title}</h2>
          ${
            o.closable === false
              ? nothing
              : iconButton({ icon: 'cross', name: t('element.close'), onClick: () => close() })
          }
        </header>
        <div class="body">${body}</div>
        ${o.actions ? html`<footer class="acts">${o.actions(close)}</footer>` : nothing}`,
      node,
    );
  draw(o.body);
  document.body.append(node);
  const closed = new Promise((resolve) => {
    node.addEventListener('close', () => {
      node.remove();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      resolve(answer);
    });
  });
  if (o.closable === false) node.addEventListener('cancel', (event) => event.preventDefault());
  node.showModal();
  return { closed, close, update: draw };
}

/**
 * Ask once before something that cannot be undone. Answers true or false.
 * @param {{title: string, text?: unknown, yes: string, no?: string, danger?: boolean}} o @returns {Promise<boolean>}
 */
export async function confirm({ title, text = nothing, yes, no = t('element.cancel'), danger = true }) {
  const dialog = openDialog({
    title,
    body: text === nothing ? nothing : html`<p>${text}</p>`,
    actions: (close) => [
      button({ label: no, onClick: () => close(false) }),
      button({ label: yes, sort: danger ? 'danger' : 'primary', onClick: () => close(true) }),
    ],
  });
  return (await dialog.closed) === true;
}
