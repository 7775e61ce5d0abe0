/** The follow-up card: taken at the end, shown once, kept on this phone, and the way to a look-back that is open. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, linkButton } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { qr } from '../elements/qr.js';
import { keep, keptCard } from '../follow/kept.js';
import { refusalSentence, t } from '../lib/catalogue.js';
import { copyText } from '../lib/copying.js';
import { groupOf } from '../lib/reading.js';
import { whoAsks } from '../live/connection.js';

/** Whether a look-back is open is asked for again after this long, ms. */
const ASK_AGAIN_AFTER = 60_000;
/** What is shown: the code just taken, its drawing, and whether a look-back or a decision on a new version is open. */
const shown = {
  code: null,
  paper: null,
  kept: true,
  open: null,
  decide: false,
  askAgain: 0,
  busy: false,
  again: false,
};

/** The quiet panel of the last screen. */
export function cardPanel(at) {
  const card = keptCard(at.page.workshop);
  if (shown.code) return newCard(at);
  if (at.room.mine?.card) return taken(at, card);
  return html`<section class="section">
    <h2>${t('phone.card')}</h2>
    <p>${t('phone.card.text')}</p>
    ${button({ label: t('phone.card.take'), wide: true, busy: shown.busy ? t('element.sending') : '', onClick: () => take(at) })}
    <p class="soft">${t('phone.card.without')}</p>
  </section>`;
}

async function take(at) {
  shown.busy = true;
  at.draw();
  const answer = await at.room.send('take_follow_up_card', {});
  shown.busy = false;
  if (answer.ok) show(at, answer.result.card, false);
  else at.say(refusalSentence(answer.error));
  at.draw();
}

function show(at, code, again) {
  // A helper's device keeps nothing of the person it acts for.
  shown.kept = !at.acting && keep(at.page.workshop, code, at.workshop.title);
  Object.assign(shown, { code, paper: null, again });
  fetch('/api/card/paper', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  })
    .then((response) => response.json())
    .then((answer) => {
      if (answer.ok && shown.code === code) shown.paper = answer;
      at.draw();
    })
    // Without a network the code and the address stand there all the same.
    .catch(() => {});
}

const addressOf = (code) => shown.paper?.url ?? `${location.origin}/k#${code}`;

function newCard(at) {
  const { code, paper } = shown;
  const group = groupOf(at.room, at.room.me.group);
  const done = () => {
    shown.code = null;
    at.draw();
  };
  return html`<section class="section sheet promise" id="follow-card">
    <h2>${t('phone.card.yours')}</h2>
    ${group ? html`<p>${groupLabel(group)}</p>` : nothing}
    ${paper ? html`<div class="own-qr">${qr({ modules: paper.qr, address: paper.url })}</div>` : nothing}
    <p class="code reentry">${code}</p>
    <p class="own-address" dir="ltr">${addressOf(code)}</p>
    <div class="pair">
      ${button({ label: t('phone.card.copy'), onClick: () => copy(at, addressOf(code)) })}${paperForm(code)}
    </div>
    ${shown.again ? nothing : html`<p><b>${t(shown.kept ? 'phone.card.once' : 'phone.card.not_kept')}</b></p>`}
    <p class="soft">${t('phone.card.nobody')}</p>
    ${button({ label: t('phone.card.saved'), sort: 'primary', wide: true, onClick: done })}
  </section>`;
}

/** The code goes in the body of a form: an address would stay in the history. */
const paperForm = (code) =>
  html`<form method="post" action="/k/paper" target="_blank">
    <input type="hidden" name="code" value=${code} /><button class="btn secondary wide" type="submit">
      <span>${t('phone.card.print')}</span>
    </button>
  </form>`;

async function copy(at, text) {
  at.say(t((await copyText(text)) ? 'phone.card.copied' : 'phone.me.code.not_copied'));
}

function taken(at, card) {
  if (at.acting) return html`<section class="section"><p class="soft">${t('phone.card.taken.elsewhere')}</p></section>`;
  if (card) lookForOpen(at);
  return html`<section class="section">
    ${
      card && (shown.open || shown.decide)
        ? html`<h2>${t(asked())}</h2>
            ${linkButton({ label: t('phone.card.answer'), href: `/k#${card.code}`, sort: 'primary', wide: true })}`
        : nothing
    }
    <p class="soft">${t(card ? 'phone.card.taken' : 'phone.card.taken.elsewhere')}</p>
    ${
      card
        ? button({
            label: t('phone.card.show'),
            wide: true,
            onClick: () => {
              show(at, card.code, true);
              at.draw();
            },
          })
        : nothing
    }
  </section>`;
}

/** What the card is asked about: a look-back, a decision on a new version, or both. */
function asked() {
  if (shown.open && shown.decide) return 'phone.card.both';
  return shown.open ? 'phone.card.open' : 'phone.card.decide';
}

/** Asks whether cards are asked now, at most once a minute while the screen is drawn. */
function lookForOpen(at) {
  if (performance.now() < shown.askAgain) return;
  shown.askAgain = performance.now() + ASK_AGAIN_AFTER;
  fetch(`/api/follow_up?${whoAsks(at.page)}`)
    .then((response) => response.json())
    .then((answer) => {
      const reopened = answer.ok ? answer.items.flatMap((item) => item.reopened) : [];
      shown.decide = reopened.some((one) => one.state === 'deciding');
      shown.open = answer.ok && answer.look_backs.some((one) => one.state === 'open');
      if (shown.open || shown.decide) at.draw();
    })
    .catch(() => {});
}
