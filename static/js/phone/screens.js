/** Which screen shows what. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { groupLabel } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';
import { groupOf, inOrder, newest, nextStep } from '../lib/reading.js';
import { readyButton } from './frame.js';
import { from, provide } from './loader.js';

provide({
  modules: {
    framing: () => import('./framing.js'),
    ideas: () => import('./ideas.js'),
    idealist: () => import('./idealist.js'),
    idea: () => import('./idea.js'),
    askagain: () => import('./askagain.js'),
    ballots: () => import('./ballots.js'),
    published: () => import('./published.js'),
    decisions: () => import('./decisions.js'),
    outcome: () => import('./outcome.js'),
    wordings: () => import('./wordings.js'),
    versions: () => import('./versions.js'),
    lastchange: () => import('./lastchange.js'),
    alike: () => import('./alike.js'),
    consents: () => import('./consents.js'),
    textlist: () => import('./textlist.js'),
    commitments: () => import('./commitments.js'),
    mine: () => import('./mine.js'),
    ending: () => import('./ending.js'),
    question: () => import('./question.js'),
    programme: () => import('./programme.js'),
    me: () => import('./me.js'),
    unsent: () => import('./unsent.js'),
    views: () => import('./views.js'),
  },
  withoutTexts: ['views'],
  withFields: ['wordings', 'versions', 'lastchange'],
});

/** The question to the own small group whether it votes openly next; nothing while it is not asked. */
export const askedFace = (at) => (at.room.mine.open_vote ? from('question', 'questionFace', at).main : nothing);

/** The strip about an idea that was begun and not sent; nothing while there is none. */
export function unsentStrip(at) {
  const { room } = at;
  const begun =
    room.drafts.fields().some((field) => /^(idea$|build:|edit:idea:)/.test(field)) ||
    room.pending().some((item) => item.name === 'post_idea' && item.state === 'refused');
  const strip = begun && from('unsent', 'unsentStrip', at);
  return strip && !strip.missing ? strip.main : nothing;
}

/** What the room looks at now, or what a person has chosen. `{key?, title?, main, act?, covers?}` */
export function faceOf(at) {
  if (at.view.startsWith('edit/')) return from('ideas', 'editFace', at, at.view.slice(5));
  if (at.view.startsWith('versions/')) return versionsFace(at, at.room.records.get(at.view.slice(9)));
  const record = at.view.includes(':') ? at.room.records.get(at.view) : null;
  if (record) return faceOfRecord(at, record);
  const view = VIEWS[at.view];
  if (view) return view(at);
  if (at.view && !view) return { main: empty({ title: t('phone.gone'), text: t('phone.gone.text') }) };
  return faceOfStep(at);
}

const versionsFace = (at, record) =>
  record
    ? from('versions', 'versionsFace', at, record)
    : { main: empty({ title: t('phone.gone'), text: t('phone.gone.text') }) };

const VIEWS = {
  me: (at) => from('me', 'meFace', at),
  ideas: (at) => from('idealist', 'ideasList', at),
  write: (at) => from('ideas', 'writeFace', at),
  unsent: (at) => from('ideas', 'unsentFace', at),
  mine: (at) => from('mine', 'mineFace', at),
  frame: (at) => from('framing', 'frameFace', at),
  rules: (at) => from('consents', 'rulesFace', at),
  goals: (at) => from('textlist', 'listFace', at, 'goal'),
  agreements: (at) => from('textlist', 'listFace', at, 'agreement'),
  results: (at) => from('published', 'resultsList', at),
  commitments: (at) => from('commitments', 'commitmentsFace', at),
  closing: (at) => from('ending', 'closingFace', at),
};

function faceOfRecord(at, record) {
  switch (record.kind) {
    case 'ballot':
      return ballotFace(at, record);
    case 'decision':
      return decisionFace(at, record);
    case 'consent':
      return from('consents', 'consentFace', at, record);
    case 'goal':
    case 'agreement':
      return from('wordings', 'wordingFace', at, record);
    case 'idea':
      return from('idea', 'ideaFace', at, record);
    default:
      return { main: empty({ title: t('phone.gone'), text: t('phone.gone.text') }) };
  }
}

const ballotFace = (at, ballot) => ({
  covers: ballot.id,
  ...(ballot.state === 'published'
    ? from('published', 'resultFace', at, ballot)
    : from('ballots', 'ballotFace', at, ballot)),
});

const decisionFace = (at, decision) =>
  decision.result ? from('outcome', 'outcomeFace', at, decision) : from('decisions', 'decisionFace', at, decision);

function faceOfStep(at) {
  const { step, workshop } = at;
  if (workshop.state === 'closed') return from('ending', 'closingFace', at);
  if (!step) return between(at);
  return (FACES[step.step_kind] ?? plain)(at);
}

const FACES = {
  welcome,
  frame: (at) => from('framing', 'frameFace', at),
  break: (at) => pauseFace(at),
  rules: (at) => from('consents', 'rulesFace', at),
  ideas: (at) => from('ideas', 'ideasFace', at),
  themes: (at) => from('idealist', 'ideasList', at),
  ballot: ballotStep,
  goals: (at) => from('textlist', 'listFace', at, 'goal'),
  agreements: (at) => from('textlist', 'listFace', at, 'agreement'),
  decisions: decisionStep,
  commitments: (at) => from('commitments', 'commitmentsFace', at),
  closing: (at) => from('ending', 'closingFace', at),
};

/** The step's own ballot: the open one first, then the newest. */
function ballotStep(at) {
  const all = at.room.records.all('ballot');
  const found = newest(all, (one) => one.state === 'open') ?? newest(all, (one) => one.step === at.step.id);
  return found ? { ...ballotFace(at, found), key: found.id + found.state } : plain(at, t('phone.ballot.soon'));
}

/** One open decision is shown at once; several as a list to choose from; otherwise the latest result. */
function decisionStep(at) {
  const open = at.room.records.all('decision').filter((one) => one.state === 'open');
  if (open.length > 1) return from('decisions', 'decisionsList', at, open);
  const last = open[0] ?? newest(at.room.records.all('decision'), (one) => one.step === at.step.id);
  if (!last) return plain(at, t('phone.decision.soon'));
  return { ...decisionFace(at, last), key: last.id + last.state };
}

const instruction = (step) => (step?.instruction ? html`<p class="lead" dir="auto">${step.instruction}</p>` : nothing);
const question = ({ workshop }) => html`<h1 class="ask words" dir="auto">${workshop.question || workshop.title}</h1>`;

/** In the lobby: the question, who one is here as, who else has come. */
function welcome(at) {
  return {
    main: html`<div class="section">${question(at)}${instruction(at.step)}</div>
      ${iAm(at)}${arrived(at)}${programme(at)}
      <p class="soft">${t('phone.follows')}</p>`,
    act: readyButton(at, t('phone.ready.welcome')),
  };
}

/** Between two steps, or before the first. */
function between(at) {
  const next = nextStep(at.room);
  return {
    main: html`<div class="section">
        ${question(at)}
        <p class="lead">${at.workshop.state === 'draft' ? t('phone.between.draft') : t('phone.between')}</p>
        ${next ? html`<p class="soft">${t('phone.between.next', { title: next.title })}</p>` : nothing}
      </div>
      ${iAm(at)}${arrived(at)}${programme(at)}`,
  };
}

/** The programme with its clock times, where the workshop says when or where it is held. */
const programme = (at) =>
  at.workshop.day || at.workshop.place ? from('programme', 'programmePart', at).main : nothing;

function iAm({ room }) {
  const group = groupOf(room, room.me?.group);
  if (!group) return nothing;
  return html`<p>
    ${t('phone.i_am')}
    ${groupLabel(group, { strong: true })}${room.me.name ? html` · <b dir="auto">${room.me.name}</b>` : nothing}
  </p>`;
}

function arrived({ room }) {
  const groups = inOrder(room.records.all('group')).filter((group) => group.joined);
  const joined = room.presence?.joined;
  if (!joined && !groups.length) return nothing;
  return html`<section class="section">
    <h2>${joined ? t('phone.arrived', { n: joined }) : t('phone.arrived.groups')}</h2>
    ${
      groups.length
        ? html`<ul class="list">
            ${groups.map((group) => html`<li>${groupLabel(group, { after: group.joined })}</li>`)}
          </ul>`
        : nothing
    }
  </section>`;
}

const pauseFace = (at) => ({
  main: html`<div class="section">
    <h1 class="ask" dir="auto">${at.step.title}</h1>
    ${instruction(at.step)}
    <p class="soft">${t('phone.break')}</p>
  </div>`,
});

/** A step without a screen of its own yet: its name and what to do. */
const plain = (at, soon) => ({
  main: html`<div class="section">
    <h1 class="ask" dir="auto">${at.step.title}</h1>
    ${instruction(at.step)}${soon ? html`<p class="soft">${soon}</p>` : nothing}
  </div>`,
});
