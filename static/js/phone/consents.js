/** Consent: is there a reasoned objection? No objection, or one with its reason; only the objector takes it back. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, note, tag } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { difference, differenceKey } from '../elements/difference.js';
import { turnoutBar } from '../elements/turnout.js';
import { t } from '../lib/catalogue.js';
import { newest } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { choose, onItsWay } from './choosing.js';
import { ownObjection } from './frame.js';
import { composer, refused } from './writing.js';
import { waitsFor } from './waits.js';

/** The ground rules, and the room's consent to them. An answer names its round: one to old words is none to the new. */
export function rulesFace(at) {
  const { room, workshop, now } = at;
  const round = newest(room.records.all('consent'), (one) => one.on === workshop.id);
  const again = round?.state === 'open' && round.words_before ? changedRules(at, round) : null;
  const body = html`<h1 class="ask">${t(again ? 'phone.rules.changed' : 'phone.rules')}</h1>
    ${again ?? nothing}
    ${
      workshop.ground_rules
        ? html`<article class="sheet agr"><p class="words text" dir="auto">${workshop.ground_rules}</p></article>`
        : empty({ title: t('phone.rules.none'), text: t('phone.rules.none.text') })
    }`;
  // The first round opens by itself with the first answer, while the rules are on the table.
  const first = !round && now?.step_kind === 'rules' && workshop.ground_rules;
  if (!round && !first) return { key: 'rules', main: body };
  return {
    key: 'rules',
    covers: round?.id,
    main: html`${body}${block(at, round, round?.id ?? workshop.id)}`,
    act: bar(at, round, round?.id ?? workshop.id),
  };
}

/** The rules were changed while the room answered: what changed, and that an earlier answer was to the old words. */
function changedRules(at, round) {
  const { room, workshop } = at;
  const before = room.records.all('consent').filter((one) => one.on === round.on && one.id !== round.id);
  const consented = before.some((one) => (room.mine.consents ?? []).includes(one.id));
  const objected = before.some((one) => ownObjection(room, one));
  return html`<p role="status">${t('phone.rules.changed.text')}</p>
    <article class="sheet agr changed-rules">
      ${difference(round.words_before, workshop.ground_rules)} ${differenceKey()}
    </article>
    ${consented || objected ? note('undo', t(objected ? 'phone.rules.changed.objected' : 'phone.rules.changed.consented')) : nothing}`;
}

/** A round of its own, on whatever it is about. */
export function consentFace(at, consent) {
  if (consent.on === at.workshop.id) return rulesFace(at);
  const subject = at.room.records.get(consent.on);
  return {
    key: consent.id,
    covers: consent.id,
    main: html`<h1 class="ask">${t('consent.question')}</h1>
      ${
        subject
          ? html`<article class="sheet agr">
              <p class="words text" dir="auto">${subject.title ?? subject.purpose}</p>
              <p><a href="#${subject.id}">${t('phone.consent.read')}</a></p>
            </article>`
          : nothing
      }${block(at, consent, consent.on)}`,
    act: bar(at, consent, consent.on),
  };
}

/** What a round came to; one that was about other words than those that stand there says so. */
function outcome(round) {
  const found = round.words_changed ? 'text_changed' : round.outcome;
  return tag(found === 'accepted' ? 'pos' : 'warn', t(`consent.outcome.${found}`));
}

/** A round as it is told beside its text. */
export const consentBlock = (at, consent) =>
  html`<p>
    ${consent.state === 'open' ? html`<a href="#${consent.id}">${t('phone.waiting.consent')}</a>` : outcome(consent)}
  </p>`;

function block(at, round, on) {
  const { room, ui } = at;
  const mine = round && ownObjection(room, round);
  const others = round
    ? room.records
        .all('objection')
        .filter((one) => one.consent === round.id && one.state === 'open' && one.id !== mine?.id)
    : [];
  const open = !round || round.state === 'open';
  return html`<section class="section">
    ${
      open
        ? html`<h2>${t('consent.question')}</h2>
            <p class="soft">${t('phone.consent.how')}</p>`
        : html`<p class="lead">${outcome(round)}</p>`
    }
    ${
      mine
        ? html`<div class="sheet idea yours">
            <p><b>${t('phone.consent.yours')}</b></p>
            <p class="words" dir="auto">${mine.reason}</p>
            ${open ? html`<div class="acts">${button({ label: t('phone.consent.resolve'), small: true, onClick: () => choose(at, 'resolve_objection', { objection: mine.id }) })}</div>` : nothing}
          </div>`
        : nothing
    }
    ${
      others.length
        ? html`<h2>${t('phone.consent.objections', { n: others.length })}</h2>
            <ul class="list">
              ${others.map((one) => html`<li class="words" dir="auto">”${one.reason}”</li>`)}
            </ul>`
        : nothing
    }
    ${open && ui.opened.object ? objectionBox(at, on).view : nothing}${refused(at, ['object'])}
    ${round ? turnoutBar({ ...round.turnout, words: t('phone.consent.turnout') }) : nothing}
  </section>`;
}

function objectionBox(at, on) {
  return composer(at, {
    name: `object:${on}`,
    label: t('phone.consent.reason'),
    max: at.page.limits['objection.reason'],
    command: 'object',
    arg: 'reason',
    args: () => ({ on }),
    action: t('phone.consent.object.send'),
    missing: t('phone.consent.reason.missing'),
    done: () => {
      at.ui.opened.object = false;
      at.say(t('phone.consent.objected'));
    },
  });
}

function bar(at, round, on) {
  const { room, ui } = at;
  if (round && round.state !== 'open') return undefined;
  if (round && ownObjection(room, round)) return undefined;
  const given = round && (room.mine.consents ?? []).includes(round.id);
  const flying = onItsWay(at, 'consent', on);
  const waits = flying && (flying.state === 'waiting' || room.state === 'offline');
  const objecting = ui.opened.object || clean(room.drafts.get(`object:${on}`)) !== '';
  if (objecting) {
    ui.opened.object = true;
    return html`${note('eye', t('phone.consent.who'))}${objectionBox(at, on).button()}${button({
      label: t('element.cancel'),
      sort: 'quiet',
      wide: true,
      onClick: () => {
        ui.opened.object = false;
        room.drafts.clear(`object:${on}`);
        at.draw();
      },
    })}`;
  }
  const object = button({
    label: t('phone.consent.object'),
    sort: given ? 'quiet' : 'secondary',
    wide: true,
    onClick: () => {
      ui.opened.object = true;
      at.draw();
    },
  });
  if (given) return html`${note('check', t('phone.consent.given'))}${object}`;
  return html`${note('eye-off', t('phone.consent.who_consents'))}
    <div class="pair">
      ${button({ label: t('phone.consent.give'), sort: 'primary', wide: true, missing: waits ? waitsFor(room) : '', busy: flying && !waits ? t('element.sending') : '', onClick: () => choose(at, 'consent', { on }) })}${object}
    </div>`;
}
