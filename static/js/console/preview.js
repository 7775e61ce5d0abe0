/**
 * Before a vote opens: who votes openly, how the groups will be counted, and asking a small group whether it votes openly.
 * It follows the room while it is looked at: somebody answers, somebody joins, the step says something else.
 */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, groupLabel, groupName, tag } from '../elements/basics.js';
import { t } from '../lib/catalogue.js';
import { currentStep, heldBy, inOrder, votesOpenly } from '../lib/reading.js';
import { opennessNote, poolTable } from './turnout.js';

/** What the counting depends on. */
const signature = ({ room }) => JSON.stringify([room.records.all('group').map((group) => [group.key, group.joined, group.open_vote]), currentStep(room)?.settings]);

/**
 * How a vote of this kind would be held and counted now. @param {'ballot'|'decision'} kind
 * @returns {Promise<{result: object, follow: (again: () => void) => void} | null>} null where it was refused, which is told
 */
export async function createPreview(desk, kind) {
  const ask = () => desk.room.send('preview_vote', { for: kind });
  let seen = signature(desk);
  let asking = false;
  const answer = await ask();
  if (!answer.ok) {
    desk.doing.refused(answer.error);
    return null;
  }
  const preview = { result: answer.result, follow };
  /** Look again when the room has changed, and draw when the answer is here. */
  async function follow(again) {
    const now = signature(desk);
    if (asking || now === seen) return;
    [asking, seen] = [true, now];
    const next = await ask();
    asking = false;
    if (next.ok) preview.result = next.result;
    again();
  }
  return preview;
}

/** The part of a dialog that says all this. */
export function countingPart(desk, workshop, { result }) {
  const said = heldBy(currentStep(desk.room));
  const held = { openness: result.openness, open_groups: [...said.open_groups, ...result.agreed] };
  const secret = result.effective.filter((row) => !row.open);
  const few = !secret.length ? '' : result.too_few ? t('console.pools.too_few') : result.few_in_secret ? t('console.open.few') : '';
  return html`${opennessNote(desk, held, html`<span class="soft">${t('console.open.said')}</span>`)}
    ${result.effective.length ? poolTable(desk, result.effective, result.absent, workshop.privacy_minimum) : html`<p>${t('console.pools.nobody')}</p>`}
    ${secret.length ? html`<p class=${few ? 'warnline' : 'soft'}>${few || t('console.pools.text', { n: workshop.privacy_minimum })}</p>` : nothing}
    ${askPart(desk, workshop, said, result)}`;
}

/** The small groups that would be counted with others, each with a way to ask it. */
function askPart(desk, workshop, said, result) {
  const small = inOrder(desk.room.records.all('group')).filter((group) => group.joined && group.joined < workshop.privacy_minimum && !votesOpenly(said, group.key));
  if (!small.length) return nothing;
  return html`<section class="stack gap-2 ask-open"><h3>${t('console.ask')}</h3><p class="soft">${t('console.ask.text', { n: workshop.privacy_minimum })}</p>
    <ul class="here">${small.map((group) => askRow(desk, group, result.agreed.includes(group.key)))}</ul></section>`;
}

function askRow(desk, group, agreed) {
  const asked = group.open_vote;
  const say = (value) => desk.act('ask_open_vote', { group: group.id, ...(value ? {} : { asked: false }) }, t(value ? 'console.said.asked' : 'console.said.not_asked', { group: groupName(group) }));
  if (!asked) {
    return html`<li>${groupLabel(group, { after: group.joined })}${button({ label: t('console.ask.do'), small: true, icon: 'talk', name: `${t('console.ask.do')}: ${groupName(group)}`, onClick: () => say(true) })}</li>`;
  }
  return html`<li><span class="asked">${groupLabel(group)}<span role="status">${t('console.ask.count', { n: asked.agreed, whole: asked.of })} ${agreed ? tag('pos', t('console.ask.all')) : html`<span class="soft">· ${t('console.ask.not_all')}</span>`}</span></span>
    ${button({ label: t('console.ask.take_back'), small: true, sort: 'quiet', name: `${t('console.ask.take_back')}: ${groupName(group)}`, onClick: () => say(false) })}</li>`;
}
