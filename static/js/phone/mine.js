/** What became of what I wrote: my ideas, those I support, and what I proposed. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { ideaCard, trail } from '../elements/cards.js';
import { t } from '../lib/catalogue.js';
import { date } from '../lib/format.js';
import { stateWord } from '../lib/mandate.js';
import { markOf, wordsOf } from '../lib/reading.js';
import { choose } from './choosing.js';
import { from } from './loader.js';

/** My ideas, each with its way: merged, into a goal, into an agreement, where that stands today. */
export function mineFace(at) {
  const { room } = at;
  const own = Object.entries(room.mine.ideas ?? {}).reverse();
  const hidden = Object.entries(room.mine.comments ?? {}).filter(([, one]) => one.state === 'hidden');
  return {
    key: 'mine',
    main: html`<h1 class="ask">${t('phone.more.mine')}</h1>
      ${
        own.length
          ? own.map(
              ([id, idea]) =>
                html`<section class="section">
                  ${ideaCard({ ...idea, supports: room.records.get(id)?.supports, state: idea.state === 'merged' ? 'open' : idea.state, reason: idea.hidden_reason, mine: true }, { id })}${idea.state === 'hidden' ? from('askagain', 'askAgain', at, id, idea).main : trailOf(at, id, idea)}
                </section>`,
            )
          : empty({ title: t('phone.mine.none'), text: t('phone.mine.none.text') })
      }
      ${supported(at)}${proposals(at)}
      ${hidden.map(([, one]) => html`<p class="soft">${t('phone.comment.hidden', { reason: one.hidden_reason ?? '' })}</p>`)}`,
  };
}

/** Ideas of others that I support, and what became of them. */
function supported(at) {
  const all = Object.entries(at.room.mine.supports ?? {});
  if (!all.length) return nothing;
  const stop = (id) =>
    button({
      label: t('phone.supports.stop'),
      sort: 'quiet',
      small: true,
      onClick: () => choose(at, 'support_idea', { idea: id, support: false }),
    });
  return html`<section class="section">
    <h2>${t('phone.supports')}</h2>
    ${all.map(
      ([id, idea]) =>
        html`<section class="section">
          ${ideaCard(
            { text: idea.text ?? t('phone.supports.gone'), supports: at.room.records.get(id)?.supports, state: 'open' },
            { id, actions: idea.became.some((one) => !one.startsWith('idea:')) ? undefined : stop(id) },
          )}${idea.text ? trailOf(at, id, idea, 'phone.trail.supported') : nothing}
        </section>`,
    )}
  </section>`;
}

/** What I have proposed to change, and how it was answered. */
function proposals(at) {
  const all = Object.entries(at.room.mine.amendments ?? {})
    .map(([id, one]) => [id, one, at.room.records.get(one.on)])
    .filter(([, , record]) => record)
    .reverse();
  if (!all.length) return nothing;
  return html`<section class="section">
    <h2>${t('phone.proposals')}</h2>
    <ul class="list">
      ${all.map(
        ([, one, record]) =>
          html`<li>
            <span class="spread"
              ><b>${t(`field.${record.kind}.${one.field}`)}</b>${tag(
                FATE[one.state] ?? 'info',
                t(`phone.amend.state.${one.state}`),
              )}</span
            ><a class="words big-link" href="#${record.id}" dir="auto"
              >${t(`phone.${record.kind}.name`, { mark: markOf(at.room, record) })}: ${wordsOf(record)}</a
            >${
              one.stale ? html`<p class="soft">${t('phone.amend.stale')}</p>` : nothing
            }${one.answer ? html`<p>${t('phone.amend.answer')} <span class="words" dir="auto">”${one.answer}”</span></p>` : nothing}
          </li>`,
      )}
    </ul>
  </section>`;
}

const FATE = { accepted: 'pos', rejected: 'neg', withdrawn: 'wait' };

/** The way of one idea. Every point names where it is now, and the last one what comes. */
function trailOf(at, id, idea, began = 'phone.trail.wrote') {
  const { room, workshop } = at;
  if (['private', 'withdrawn', 'hidden'].includes(idea.state)) return nothing;
  const reached = (idea.became ?? []).map((one) => room.records.get(one)).filter(Boolean);
  const points = reached.map((record) => ({
    title: html`<a href="#${record.id}">${pointTitle(at, record)}</a>`,
    when: pointState(at, record),
    text: record.kind === 'idea' ? record.text : wordsOf(record),
  }));
  if (!reached.some((one) => one.kind !== 'idea'))
    points.push({
      title: workshop.state === 'closed' ? t('phone.trail.stays') : t('phone.trail.waits'),
      future: workshop.state !== 'closed',
    });
  else if (workshop.receiving_body)
    points.push({
      title: workshop.response_due
        ? t('phone.trail.answer', { who: workshop.receiving_body, date: date(workshop.response_due) })
        : t('phone.trail.answers', { who: workshop.receiving_body }),
      future: true,
    });
  return trail([{ title: t(began) }, ...points]);
}

function pointTitle(at, record) {
  if (record.kind === 'idea') return t('phone.trail.merged');
  return t(`phone.trail.${record.kind}`, { mark: markOf(at.room, record) });
}

function pointState(at, record) {
  if (record.kind === 'idea') return undefined;
  return `${t('phone.version', { n: record.edition })} · ${stateWord(at.workshop, record)}`;
}
