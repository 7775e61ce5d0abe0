/**
 * Before a vote opens: who votes openly, how the groups will be counted, and asking a small group whether it votes openly.
 * It follows the room while it is looked at: somebody answers, somebody joins, the step says something else.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { groupLabel, groupName } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';
import { currentStep, heldBy, inOrder, votesOpenly } from '../lib/reading.js';
import { sentence } from './acting.js';
import { warnings } from './beforevote.js';
import { opennessNote, poolTable } from './turnout.js';

/** What the counting depends on. */
const signature = ({ room }) =>
  JSON.stringify([
    room.records.all('group').map((group) => [group.key, group.joined, group.open_vote]),
    currentStep(room)?.settings,
  ]);

const asked = new WeakMap();

/**
 * How a vote of this kind would be held and counted now: asked of the server, and again when the question or the room has changed.
 * @param {'ballot'|'decision'} kind @param {{options?: string[], on?: string}} about what would be asked
 * @returns {{result?: object, error?: object}} neither until the first answer is here
 */
export function previewOf(desk, kind, about) {
  if (!asked.has(desk)) asked.set(desk, new Map());
  const kept = asked.get(desk);
  const question = kind === 'ballot' ? kind : `${kind} ${about.on}`;
  const found = kept.get(question) ?? {};
  kept.set(question, found);
  const key = JSON.stringify([about, signature(desk)]);
  if (!found.busy && found.key !== key) ask(desk, found, { for: kind, ...about }, key);
  return found;
}

/** One question at a time; what changed meanwhile is asked when the answer is drawn. */
async function ask(desk, found, args, key) {
  Object.assign(found, { busy: true, key });
  const answer = await desk.room.send('preview_vote', args);
  Object.assign(found, { busy: false, result: answer.result ?? found.result, error: answer.error });
  desk.draw();
}

/** Under what is about to be voted on: how the groups would be counted, and what is worth knowing first. */
export function beforehand(desk, workshop, kind, about) {
  if (workshop.state !== 'open' || about.options?.length === 0) return nothing;
  const { result, error } = previewOf(desk, kind, about);
  if (error) return html`<p class="soft">${sentence(error)}</p>`;
  if (!result) return nothing;
  return html`<section class="stack gap-2 beforehand">
    <h2 class="h">${t('console.pools')}</h2>
    ${countingPart(desk, workshop, result)}${warnings(desk, result.checks)}
  </section>`;
}

/** Who votes openly, how the groups are counted, and which small groups could be asked. */
function countingPart(desk, workshop, result) {
  const said = heldBy(currentStep(desk.room));
  const held = { openness: result.openness, open_groups: [...said.open_groups, ...result.agreed] };
  const secret = result.effective.filter((row) => !row.open);
  const few = !secret.length
    ? ''
    : result.too_few
      ? t('console.pools.too_few')
      : result.few_in_secret
        ? t('console.open.few')
        : '';
  return html`${opennessNote(desk, held, html`<span class="soft">${t('console.open.said')}</span>`)}
  ${result.effective.length ? poolTable(desk, result.effective, result.absent, workshop.privacy_minimum) : html`<p>${t('console.pools.nobody')}</p>`}
  ${secret.length ? html`<p class=${few ? 'warnline' : 'soft'}>${few || t('console.pools.text', { n: workshop.privacy_minimum })}</p>` : nothing}
  ${askedAgain(result.again)}${askPart(desk, workshop, said, result)}`;
}

/** The same was asked before: the two results together may tell what those voted who came or left between them. */
function askedAgain(again) {
  if (!again) return nothing;
  const { came, left } = again;
  return html`<p class=${came || left ? 'warnline' : 'soft'}>
    ${t('console.again')} ${came || left ? t('console.again.moved', { came, left }) : t('console.again.same')}
  </p>`;
}

/** The small groups that would be counted with others, each with a way to ask it. */
function askPart(desk, workshop, said, result) {
  const small = inOrder(desk.room.records.all('group')).filter(
    (group) => group.joined && group.joined < workshop.privacy_minimum && !votesOpenly(said, group.key),
  );
  if (!small.length) return nothing;
  return html`<section class="stack gap-2 ask-open">
    <h3>${t('console.ask')}</h3>
    <p class="soft">${t('console.ask.text', { n: workshop.privacy_minimum })}</p>
    <ul class="here">
      ${small.map((group) => askRow(desk, group, result.agreed.includes(group.key)))}
    </ul>
  </section>`;
}

function askRow(desk, group, agreed) {
  const asked = group.open_vote;
  const say = (value) =>
    desk.act(
      'ask_open_vote',
      { group: group.id, ...(value ? {} : { asked: false }) },
      t(value ? 'console.said.asked' : 'console.said.not_asked', { group: groupName(group) }),
    );
  if (!asked) {
    return html`<li>
      ${groupLabel(group, { after: group.joined })}${button({ label: t('console.ask.do'), small: true, icon: 'talk', name: `${t('console.ask.do')}: ${groupName(group)}`, onClick: () => say(true) })}
    </li>`;
  }
  return html`<li>
    <span class="asked"
      >${groupLabel(group)}<span role="status"
        >${t('console.ask.count', { n: asked.agreed, whole: asked.of })}
        ${agreed ? tag('pos', t('console.ask.all')) : html`<span class="soft">· ${t('console.ask.not_all')}</span>`}</span
      ></span
    >
    ${button({ label: t('console.ask.take_back'), small: true, sort: 'quiet', name: `${t('console.ask.take_back')}: ${groupName(group)}`, onClick: () => say(false) })}
  </li>`;
}
