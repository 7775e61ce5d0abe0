/** Ground rules by consent: write them, ask for reasoned objections, work on those, close the round. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { newest } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { people } from './desk.js';
import { turnout } from './turnout.js';

const MOST_ROUNDS = 2;
const OUTCOME = { accepted: 'pos', objection: 'neg', no_quorum: 'warn' };

export function rulesFace(desk, workshop) {
  const round = newest(desk.room.records.all('consent'), (one) => one.on === workshop.id);
  const open = round?.state === 'open';
  const written = Boolean(workshop.ground_rules);
  return {
    act: written ? roundAct(desk, workshop.id, round) : undefined,
    main: html`${writing(desk, workshop, open)}${round ? roundPart(desk, round) : nothing}
    ${written ? askedAgain(desk, workshop.id, round) : empty({ title: t('console.rules.none'), text: t('console.rules.none.text') })}`,
  };
}

/** The rules as a draft of this device until they are saved. */
function writing(desk, workshop, open) {
  const drafts = desk.room.drafts;
  const draft = drafts.get('ground_rules');
  const value = draft || workshop.ground_rules || '';
  const changed = value !== (workshop.ground_rules || '');
  const save = async () => {
    const answer = await desk.act('edit_workshop', { ground_rules: clean(value) }, t('console.said.saved'));
    if (answer.ok) drafts.clear('ground_rules');
    desk.draw();
  };
  return html`<div class="stack gap-2">
    ${field({
      id: 'ground-rules',
      label: t('console.rules.text'),
      value,
      rows: 4,
      max: desk.page.limits['workshop.ground_rules'],
      words: true,
      hint: open ? t('console.rules.open') : t('console.rules.hint'),
      onInput: (text) => {
        drafts.set('ground_rules', text);
        desk.draw();
      },
    })}
    ${
      changed
        ? html`<div class="acts">
            ${button({ label: t('common.save'), small: true, onClick: save })}${button({
              label: t('console.rules.drop'),
              sort: 'quiet',
              small: true,
              onClick: () => {
                drafts.clear('ground_rules');
                desk.draw();
              },
            })}
          </div>`
        : nothing
    }
  </div>`;
}

/** What a round came to; one that was about other words than those that stand there says so. */
const outcomeOf = (round) => (round.words_changed ? 'text_changed' : round.outcome);

function roundPart(desk, round) {
  const objections = desk.room.records.all('objection').filter((one) => one.consent === round.id);
  const state =
    round.state === 'open' ? t('console.consent.round', { n: round.round }) : t(`consent.outcome.${outcomeOf(round)}`);
  return html`<section class="stack gap-3">
    <h2>${round.state === 'open' ? state : tag(OUTCOME[outcomeOf(round)] ?? 'info', state)}</h2>
    ${round.state === 'open' ? turnout(round.turnout, t('console.consent.of', { whole: round.turnout.eligible })) : html`<p>${t('console.consent.answered', { voted: round.turnout.voted, whole: round.turnout.eligible })}</p>`}
    <p class="soft">${t('console.consent.quorum', { n: round.quorum })}</p>
    ${
      objections.length
        ? html`<ul class="said-list">
            ${objections.map(
              (one) =>
                html`<li class=${one.state}>
                  <p class="words" dir="auto">${t('console.quoted', { words: one.reason })}</p>
                  <p class="soft">
                    ${one.state === 'open' ? t('console.objection.open') : t('console.objection.resolved')}
                  </p>
                </li>`,
            )}
          </ul>`
        : html`<p class="soft">${t('console.objection.none')}</p>`
    }
    ${
      round.outcome === 'objection' && round.round >= MOST_ROUNDS
        ? html`<p><b>${t('console.consent.instead')}</b></p>
            <ul class="plain">
              ${['shrink', 'time_box', 'decide'].map((way) => html`<li>${t(`consent.instead.${way}`)}</li>`)}
            </ul>`
        : nothing
    }
  </section>`;
}

const closeRound = (desk, round) => desk.act('close_consent', { consent: round.id }, t('console.said.consent_closed'));

/** Consent on a small draft, in its editor: quicker than a decision where nobody objects. */
export function consentPart(desk, text) {
  if (!['draft', 'proposed'].includes(text.state)) return nothing;
  const round = newest(desk.room.records.all('consent'), (one) => one.on === text.id);
  return html`<details class="consent" ?open=${Boolean(round)}>
    <summary>${t('console.consent.small')}</summary>
    <div class="stack gap-3">
      <p class="soft">${t('console.consent.small.text')}</p>
      ${round ? roundPart(desk, round) : nothing}
      <div class="acts">${askAbout(desk, text.id, round)}</div>
    </div>
  </details>`;
}

/** What a round about these words needs: to be opened, to be closed. Nothing once it has an answer. */
function roundAct(desk, on, round) {
  if (round?.state === 'open') return { label: t('console.consent.close'), run: () => closeRound(desk, round) };
  if (round && !(round.words_changed && askable(round))) return undefined;
  return {
    label: t('console.consent.open'),
    note: t('console.consent.who', { n: people(desk.room).joined }),
    run: () => openRound(desk, on),
  };
}

/** Another round about what was objected to. */
const askedAgain = (desk, on, round) =>
  round && round.state !== 'open' && !(round.words_changed && askable(round))
    ? html`<div class="acts push">${askAbout(desk, on, round)}</div>`
    : nothing;

const askable = (round) => !round || round.round < MOST_ROUNDS;
const openRound = (desk, on) => desk.act('open_consent', { on }, t('console.said.consent_opened'));

function askAbout(desk, on, round) {
  if (round?.state === 'open')
    return button({ label: t('console.consent.close'), sort: 'primary', onClick: () => closeRound(desk, round) });
  if (!askable(round))
    return round.outcome === 'accepted' ? nothing : html`<p class="soft">${t('console.consent.no_more')}</p>`;
  const label = round ? t('console.consent.again') : t('console.consent.open');
  return html`${button({ label, icon: 'talk', onClick: () => openRound(desk, on) })}
    <span class="soft">${t('console.consent.who', { n: people(desk.room).joined })}</span>`;
}
