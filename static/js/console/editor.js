/** The editor of one goal or agreement: its fields, what it builds on, its checks, and what the room proposes to change. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { confirm, ideaCard } from '../elements/cards.js';
import { nowTag } from '../elements/programme.js';
import { checkList, checkSummary } from '../elements/checks.js';
import { t } from '../lib/catalogue.js';
import { time } from '../lib/format.js';
import { currentStep, groupOf, inOrder, markOf, openIdeas } from '../lib/reading.js';
import { finding, reasonOf } from '../lib/findings.js';
import { agreedWith, decidedWith } from '../lib/served.js';
import { amendmentsPart } from './amendments.js';
import { conflictPart } from './conflict.js';
import { consentPart } from './consent.js';
import { decisionPart, lastDecision } from './decisions.js';
import { livingDialog } from './dialogs.js';
import { fieldForm } from './fieldform.js';
import { change, save, sheetOf, unsaved, valueOf } from './saving.js';
import { nameOf } from './shows.js';
import { stateTag } from './texts.js';
import { versionsPart } from './versions.js';
import { leaveText, onBoard, openText } from './writing.js';

const FIXED = ['agreed', 'dropped', 'intention'];

export function editorFace(desk, workshop, text) {
  // One stray key must not end a vote: while the room is deciding the text is opened on purpose.
  const voted = text.state === 'deciding' || Boolean(decidedWith(desk.room, text));
  const deciding = voted && sheetOf(desk, text).opened !== text.version;
  const fixed = FIXED.includes(text.state) || Boolean(agreedWith(desk.room, text)) || deciding;
  return {
    editing: true,
    record: text.id,
    main: html`${head(desk, workshop, text)}${conflictPart(desk, text)}
      <div class=${text.kind === 'goal' ? 'split' : 'stack'}>
        ${text.kind === 'goal' ? sources(desk, text) : nothing}
        <form
          class="form"
          aria-label=${nameOf(desk, text)}
          @submit=${(event) => event.preventDefault()}
          @focusout=${() => save(desk, text.id)}
        >
          <fieldset class="form" ?disabled=${fixed}>${fieldForm(desk, workshop, text)}</fieldset>
        </form>
      </div>
      ${amendmentsPart(desk, text)}${consentPart(desk, text)}`,
    side: side(desk, workshop, text),
  };
}

function head(desk, workshop, text) {
  const all = inOrder(desk.room.records.all(text.kind)).filter((one) => one.state !== 'dropped');
  const place = all.findIndex((one) => one.id === text.id);
  const go = (other) => () => openText(desk, other.id);
  const runs = currentStep(desk.room)?.step_kind === `${text.kind}s`;
  return html`<div class="nowh compact">
    <div class="t">
      <h1>${runs ? nowTag() : nothing}${nameOf(desk, text)} <span class="soft">${savedWords(desk, text)}</span></h1>
      <p class="m facts">${stateTag(text, workshop)}${waiting(desk, text)}</p>
    </div>
    <div class="acts">
      ${button({
        label: t(`console.${text.kind}.all`),
        sort: 'quiet',
        icon: 'back',
        small: true,
        onClick: () => leaveText(desk),
      })}
      ${place > 0 ? button({ label: t(`console.${text.kind}.name`, { mark: markOf(desk.room, all[place - 1]) }), sort: 'quiet', icon: 'up', small: true, onClick: go(all[place - 1]) }) : nothing}
      ${place < all.length - 1 ? button({ label: t(`console.${text.kind}.name`, { mark: markOf(desk.room, all[place + 1]) }), sort: 'quiet', iconAfter: 'next', small: true, onClick: go(all[place + 1]) }) : nothing}${onBoard(desk, text)}
    </div>
  </div>`;
}

/** What the room proposes lies under the whole form: said at the top, with the way there. */
function waiting(desk, text) {
  const open = desk.room.records.all('amendment').filter((one) => one.on === text.id && one.state === 'open').length;
  return open
    ? html`<button type="button" class="as-link" @click=${toAmendments}>
        ${t('console.amendments', { n: open })}
      </button>`
    : nothing;
}

/** Only the middle of the console scrolls. */
function toAmendments() {
  const [main, part] = ['now', 'amendments'].map((id) => document.getElementById(id));
  if (part)
    main.scrollTo({ top: main.scrollTop + part.getBoundingClientRect().top - main.getBoundingClientRect().top });
}

/** How it stands with saving: said plainly, for nothing else shows it. */
function savedWords(desk, text) {
  const sheet = sheetOf(desk, text);
  const version = t('console.version', { n: text.edition });
  if (sheet.busy) return `${version}, ${t('console.saving')}`;
  if (sheet.error) return html`${version}, <b class="err">${t('console.not_saved')} ${sheet.error.text}</b>`;
  if (unsaved(desk, text)) return `${version}, ${t('console.writing_now')}`;
  const facts = [version];
  if (sheet.savedAt) facts.push(t('console.saved_at', { at: time(new Date(sheet.savedAt).toISOString()) }));
  if (text.shown_version < text.version) facts.push(t('console.not_on_phones'));
  return facts.join(', ');
}

/** The ideas a goal builds on. */
function sources(desk, goal) {
  const ids = valueOf(desk, goal, 'from_ideas') ?? [];
  const ideas = ids.map((id) => desk.room.records.get(id)).filter(Boolean);
  const drop = (id) =>
    change(
      desk,
      goal,
      'from_ideas',
      (valueOf(desk, goal, 'from_ideas') ?? []).filter((one) => one !== id),
      true,
    );
  return html`<section class="src" aria-label=${t('field.goal.from_ideas')}>
    <h2 class="h">${t('console.goal.from', { n: ideas.length })}</h2>
    ${ideas.map((idea) => ideaCard({ text: idea.text, why: idea.why, by_helper: idea.by_helper, source: idea.source, state: 'open', group: groupOf(desk.room, idea.group) }, { actions: button({ label: t('common.remove'), sort: 'quiet', small: true, name: `${t('common.remove')}: ${idea.text}`, onClick: () => drop(idea.id) }) }))}
    ${button({ label: t('console.goal.add_idea'), icon: 'plus', small: true, onClick: () => chooseIdea(desk, goal) })}
  </section>`;
}

function chooseIdea(desk, goal) {
  const ids = valueOf(desk, goal, 'from_ideas') ?? [];
  livingDialog({
    title: t('console.goal.add_idea'),
    wide: true,
    body: ({ close }) => {
      const rest = openIdeas(desk.room).filter((idea) => !idea.erased && !ids.includes(idea.id));
      return rest.length
        ? html`<ul class="pick-list">
            ${rest.map(
              (idea) =>
                html`<li>
                  <button
                    type="button"
                    class="as-row words"
                    dir="auto"
                    @click=${() => {
                      change(
                        desk,
                        goal,
                        'from_ideas',
                        [...new Set([...(valueOf(desk, goal, 'from_ideas') ?? []), idea.id])],
                        true,
                      );
                      close();
                    }}
                  >
                    ${idea.text}
                  </button>
                </li>`,
            )}
          </ul>`
        : html`<p class="soft">${t('console.goal.no_ideas')}</p>`;
    },
  });
}

/** The checks, and what can be done with the text next. */
function side(desk, workshop, text) {
  const rows = (text.checks ?? []).map((check) => ({
    severity: check.severity,
    sentence: finding(check),
    missing: reasonOf(check),
    onGo: () => goTo(text, check.field),
  }));
  return html`<h2 class="h big">${t(`console.${text.kind}.clear`)}</h2>
    ${checkSummary(rows)}${checkList(rows)}${decisionPart(desk, workshop, text)}
    <div class="acts">
      ${text.state === 'draft' ? button({ label: t('console.propose'), icon: 'people', small: true, onClick: () => desk.act('propose_text', { on: text.id }, t('console.said.proposed')) }) : nothing}
      ${['dropped', 'agreed'].includes(text.state) || agreedWith(desk.room, text) ? nothing : button({ label: t('console.drop'), sort: 'quiet', small: true, onClick: () => drop(desk, text) })}
    </div>
    ${lastDecision(desk, text)}${versionsPart(desk, workshop, text)}`;
}

async function drop(desk, text) {
  const open =
    desk.room.records.all('decision').some((one) => one.subject === text.id && one.state === 'open') ||
    decidedWith(desk.room, text);
  if (open && !(await confirm({ title: t('console.drop'), text: t('console.drop.open'), yes: t('console.drop') })))
    return;
  const answer = await desk.act('drop_text', { on: text.id }, t('console.said.dropped'));
  if (answer.ok) leaveText(desk);
}

/** Take the reader to the field a check is about. */
function goTo(text, name) {
  const node =
    document.getElementById(`${text.kind}-${name}`) ?? document.querySelector(`[id^="${text.kind}-${name}-"]`);
  node?.focus();
  node?.scrollIntoView({ block: 'center' });
}
