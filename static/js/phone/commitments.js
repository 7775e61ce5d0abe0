/** Who stands behind what, by name where one chooses so; apart from every vote. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, note, tag } from '../elements/basics.js';
import { button, chip, chips } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { field } from '../elements/texts.js';
import { refusalSentence, t } from '../lib/catalogue.js';
import { groupOf, inOrder, markOf, wordsOf } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { choose, onItsWay } from './choosing.js';
import { stateTag } from './standing.js';
import { refused } from './writing.js';
import { waitsFor } from './waits.js';

const STANDINGS = ['behind', 'abstains', 'not_behind'];

/** Texts one can stand behind: agreements first, those that were carried before the others. */
function toStandBehind(room) {
  const order = { agreed: 0, deciding: 1, proposed: 2 };
  const all = [...inOrder(room.records.all('agreement')), ...inOrder(room.records.all('goal'))].filter(
    (one) => !['dropped', 'not_agreed'].includes(one.state),
  );
  return all.sort((a, b) => (order[a.state] ?? 3) - (order[b.state] ?? 3));
}

/** Who stands behind what, by name where one chooses so. */
export function commitmentsFace(at) {
  const { room, ui } = at;
  const texts = toStandBehind(room);
  if (!texts.length)
    return {
      key: 'commitments',
      main: html`<h1 class="ask">${t('phone.commit')}</h1>
        ${empty({ title: t('phone.commit.none'), text: t('phone.commit.none.text') })}`,
    };
  const on = texts.find((one) => one.id === ui.opened.commit) ?? null;
  return {
    key: `commitments/${on?.id ?? ''}`,
    main: html`<div class="section">
        <h1 class="ask">${t('phone.commit')}</h1>
        <p class="soft">${t('phone.commit.text')}</p>
      </div>
      ${texts.map((one) => commitCard(at, one, one.id === on?.id))}${refused(at, ['make_commitment'])}`,
    act: on
      ? html`${note('eye', t(room.me.name && named(at, on.id) ? 'phone.commit.who.named' : 'phone.commit.who.group'))}${commitButton(at, on)}`
      : undefined,
  };
}

/** By name, unless one has chosen otherwise, now or when it was said last. */
const named = (at, on) => at.ui.opened[`named ${on}`] ?? at.room.mine.commitments?.[on]?.named ?? true;

/** Whether the name stays when the workshop's names are deleted: only for those who ask. */
const kept = (at, on) => at.ui.opened[`kept ${on}`] ?? at.room.mine.commitments?.[on]?.keep ?? false;

function commitCard(at, one, open) {
  const { room, ui } = at;
  const mine = room.mine.commitments?.[one.id];
  const others = room.records.all('commitment').filter((other) => other.on === one.id && other.standing === 'behind');
  return html`<article class="sheet agr">
    <p class="spread"><b>${t(`phone.${one.kind}.name`, { mark: markOf(room, one) })}</b>${stateTag(at, one)}</p>
    <a class="words big-link" href="#${one.id}" dir="auto">${wordsOf(one)}</a> ${
      mine && !open
        ? html`<p>${tag(mine.standing === 'behind' ? 'pos' : 'info', t(`phone.commit.${mine.standing}.is`))}</p>
            ${mine.words ? html`<p class="words" dir="auto">”${mine.words}”</p>` : nothing}`
        : nothing
    }
    ${
      open
        ? commitForm(at, one, mine)
        : html`<div class="acts">
            ${button({
              label: mine ? t('phone.commit.change') : t('phone.commit.take'),
              small: true,
              onClick: () => {
                ui.opened.commit = one.id;
                at.draw();
              },
            })}${
              mine
                ? button({
                    label: t('phone.commit.withdraw'),
                    small: true,
                    sort: 'quiet',
                    onClick: () => choose(at, 'withdraw_commitment', { on: one.id }),
                  })
                : nothing
            }
          </div>`
    }
    ${
      others.length
        ? html`<details class="fold">
            <summary>${t('phone.commit.count', { n: others.length })}</summary>
            <ul class="list">
              ${others.map((other) => html`<li><b dir="auto">${other.name ?? t('phone.commit.unnamed')}</b> ${other.group ? groupLabel(groupOf(room, other.group)) : nothing}${other.words ? html`<br /><span class="words" dir="auto">”${other.words}”</span>` : nothing}</li>`)}
            </ul>
          </details>`
        : nothing
    }
  </article>`;
}

const standingOf = (at, one, mine) => at.ui.opened[`stands ${one.id}`] ?? mine?.standing;

function commitForm(at, one, mine) {
  const { room, ui } = at;
  const standing = standingOf(at, one, mine);
  return html`<div class="section">
    ${chips(
      t('phone.commit.standing'),
      STANDINGS.map((value) =>
        chip({
          label: t(`phone.commit.${value}`),
          chosen: standing === value,
          onClick: () => {
            ui.opened[`stands ${one.id}`] = value;
            at.draw();
          },
        }),
      ),
    )}
    ${field({
      id: 'commit-words',
      label: t('phone.commit.words'),
      value: room.drafts.get(`commit:${one.id}`, mine?.words ?? ''),
      rows: 2,
      max: at.page.limits['commitment.words'],
      optional: true,
      words: true,
      error: ui.errors[`commit:${one.id}`],
      hint: t('phone.commit.words.hint'),
      onInput: (text) => {
        delete ui.errors[`commit:${one.id}`];
        room.drafts.set(`commit:${one.id}`, text);
        at.draw();
      },
    })}
    ${
      room.me.name
        ? chips(t('phone.commit.as'), [
            chip({
              label: room.me.name,
              chosen: named(at, one.id),
              onClick: () => {
                ui.opened[`named ${one.id}`] = true;
                at.draw();
              },
            }),
            chip({
              label: t('phone.commit.as_group'),
              chosen: !named(at, one.id),
              onClick: () => {
                ui.opened[`named ${one.id}`] = false;
                at.draw();
              },
            }),
          ])
        : nothing
    }${
      room.me.name && named(at, one.id)
        ? chips(
            t('phone.commit.later'),
            [false, true].map((value) =>
              chip({
                label: t(value ? 'phone.commit.kept' : 'phone.commit.deleted', { n: at.workshop.retention_days }),
                chosen: kept(at, one.id) === value,
                onClick: () => {
                  ui.opened[`kept ${one.id}`] = value;
                  at.draw();
                },
              }),
            ),
          )
        : nothing
    }${
      room.me.name
        ? nothing
        : html`<p class="soft">${t('phone.commit.no_name')} <a href="#me">${t('phone.commit.add_name')}</a></p>`
    }
  </div>`;
}

function commitButton(at, one) {
  const { room } = at;
  const mine = room.mine.commitments?.[one.id];
  const standing = standingOf(at, one, mine);
  const words = clean(room.drafts.get(`commit:${one.id}`, mine?.words ?? ''));
  const over = [...words].length - at.page.limits['commitment.words'];
  const flying = onItsWay(at, 'make_commitment', one.id);
  const waits = flying && (flying.state === 'waiting' || room.state === 'offline');
  const missing = waits
    ? waitsFor(room)
    : !standing
      ? t('phone.commit.choose')
      : over > 0
        ? t('phone.write.too_long', { n: over })
        : '';
  return button({
    label: t('phone.commit.send'),
    sort: 'primary',
    wide: true,
    missing,
    busy: flying && !waits ? t('element.sending') : '',
    onClick: () => commit(at, one, standing, words),
  });
}

async function commit(at, one, standing, words) {
  const name = `commit:${one.id}`;
  const waiting = at.room.drafts.submit(name, () =>
    at.room.send('make_commitment', { on: one.id, standing, words, named: named(at, one.id), keep: kept(at, one.id) }),
  );
  at.draw();
  const answer = await waiting;
  if (answer.ok) {
    at.ui.opened.commit = null;
    at.say(t('phone.commit.thanks'));
  } else {
    at.ui.errors[name] = refusalSentence(answer.error);
    at.draw();
  }
}
