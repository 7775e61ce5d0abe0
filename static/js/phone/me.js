/** "Mig": who I am here, the code that brings me back, language, what others can see, and the way out. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, chip, chips, linkButton } from '../elements/buttons.js';
import { groupLabel, groupName } from '../elements/groups.js';
import { confirm } from '../elements/cards.js';
import { qr } from '../elements/qr.js';
import { field } from '../elements/texts.js';
import { language, refusalSentence, t } from '../lib/catalogue.js';
import { groupOf, inOrder } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { copyText } from '../lib/copying.js';
import { whoAsks } from '../live/connection.js';
import { choose, onItsWay } from './choosing.js';
import { saveName } from './openly.js';
import { waitsFor } from './waits.js';

export function meFace(at) {
  const { room, workshop } = at;
  const group = groupOf(room, room.me.group);
  return {
    key: 'me',
    main: html`<h1 class="ask">${at.acting?.me() ?? t('phone.me')}</h1>
      <section class="section">
        ${group ? html`<p>${t('phone.i_am')} ${groupLabel(group, { strong: true })}</p>` : nothing}${regroup(at, group)}${name(at)}
      </section>
      <section class="section">
        <h2>${t('phone.me.code')}</h2>
        ${code(at)}
      </section>
      <section class="section">
        <h2>${t('phone.me.language')}</h2>
        ${chips(
          t('phone.me.language'),
          ['da', 'en'].map((one) =>
            chip({
              label: t(`common.language.${one}`),
              chosen: language() === one,
              onClick: () => at.setWish('language', one),
            }),
          ),
        )}
      </section>
      <section class="section">
        <h2>${t('phone.me.seen')}</h2>
        <ul class="list">
          ${['ideas', 'votes', 'name', 'deleted'].map((what) => html`<li>${t(`phone.me.seen.${what}`, { n: workshop.retention_days })}</li>`)}
        </ul>
        ${linkButton({ label: t('phone.me.seen.all'), href: `/secrecy?lang=${language()}&back=${at.page.code}`, wide: true })}
      </section>
      <section class="section">
        <h2>${t('phone.me.theme')}</h2>
        ${chips(
          t('phone.me.theme'),
          ['auto', 'light', 'dark'].map((one) =>
            chip({
              label: t(`phone.me.theme.${one}`),
              chosen: (at.wish('theme') ?? 'auto') === one,
              onClick: () => at.setWish('theme', one),
            }),
          ),
        )}
      </section>
      <section class="section">
        <h2>${t('phone.me.awake')}</h2>
        ${awake(at)}
      </section>
      ${
        at.acting
          ? nothing
          : html`<section class="section">
              <h2>${t('phone.me.leave')}</h2>
              <p class="soft">${t('phone.me.leave.text')}</p>
              ${button({ label: t('phone.me.leave.do'), sort: 'danger', wide: true, onClick: () => leave(at) })}
            </section>`
      }
      <section class="section">
        <h2>${t('phone.me.data')}</h2>
        ${linkButton({ label: t('phone.me.data.get'), href: `/api/me/data?${whoAsks(at.page)}`, wide: true, icon: 'download' })}
        <p class="soft">${t('phone.me.erase.text')}</p>
        ${texts(at)}${button({ label: t(keepsTexts(at) ? 'phone.me.erase.do.keep' : 'phone.me.erase.do'), sort: 'danger', wide: true, onClick: () => erase(at) })}
      </section>`,
  };
}

/** Another group, for whoever chose the wrong one: until the first vote by oneself, then by the facilitator. */
function regroup(at, own) {
  const { room, workshop } = at;
  const others = inOrder(room.records.all('group')).filter((one) => one.self_selectable && one.id !== own?.id);
  if (workshop.state !== 'open' || !others.length) return nothing;
  const late = ['ballot', 'decision'].some((kind) => room.records.all(kind).length);
  const busy = room.pending().some((item) => item.name === 'change_group' && !['refused', 'sent'].includes(item.state));
  const row = (group) =>
    button({
      label: html`${groupLabel(group)}`,
      name: t('phone.me.group.to', { group: groupName(group) }),
      wide: true,
      busy: busy ? t('element.sending') : '',
      onClick: () => change(at, group),
    });
  return html`<details class="fold">
    <summary>${t('phone.me.group')}</summary>
    <p class="soft">${t(late ? 'phone.me.group.late' : 'phone.me.group.text')}</p>
    ${late ? nothing : html`<div class="section other-groups">${others.map(row)}</div>`}
  </details>`;
}

async function change(at, group) {
  const yes = await confirm({
    title: t('phone.me.group.to', { group: groupName(group) }),
    text: t('phone.me.group.along'),
    yes: t('phone.me.group.yes'),
    danger: false,
  });
  // That it is done is said like a change by the facilitator (news.js).
  if (yes) await choose(at, 'change_group', { group: group.key });
}

/** The name is saved when one says so; what is being written is never touched. */
function name(at) {
  const { room, ui } = at;
  const present = room.me.name ?? '';
  const value = room.drafts.get('name', present);
  const flying = onItsWay(at, 'set_name', 'set_name');
  const written = clean(value, { oneLine: true });
  const over = [...written].length - at.page.limits['participant.name'];
  const missing =
    flying && (flying.state === 'waiting' || room.state === 'offline')
      ? waitsFor(room)
      : over > 0
        ? t('phone.write.too_long', { n: over })
        : written === present
          ? t('phone.write.unchanged')
          : '';
  return html`${field({
    id: 'me-name',
    label: t('phone.me.name'),
    value,
    optional: true,
    max: at.page.limits['participant.name'],
    autocomplete: 'name',
    hint: t('phone.me.name.hint'),
    error: ui.errors.name,
    onInput: (text) => {
      delete ui.errors.name;
      room.drafts.set('name', text);
      at.draw();
    },
  })}${written === present && !flying ? nothing : button({ label: t('phone.me.name.save'), wide: true, missing, busy: flying && !missing ? t('element.sending') : '', onClick: () => rename(at, written) })}`;
}

async function rename(at, name_) {
  const answer = await saveName(at, name_);
  if (answer.ok) at.say(t(name_ ? 'phone.me.name.saved' : 'phone.me.name.gone'));
  else at.ui.errors.name = refusalSentence(answer.error);
  at.draw();
}

function code(at) {
  const own = at.room.me.reentry_code;
  if (at.acting) return html`<p class="soft">${t('helper.acting.code')}</p>`;
  if (!own) return html`<p class="soft">${t('phone.me.code.none')}</p>`;
  const back = wayBack(at, own);
  const address = back?.url ?? `${location.origin}/j/${at.page.code}/back#${own}`;
  const share = () => navigator.share({ title: at.workshop.title, url: address }).catch(() => {});
  return html`<p class="code reentry">${own}</p>
    <p>${t('phone.me.code.text', { host: at.page.join.host })}</p>
    <p class="own-address" dir="ltr">${address}</p>
    ${back ? html`<div class="own-qr">${qr({ modules: back.qr, address })}</div>` : nothing}
    <div class="pair">
      ${button({ label: t('phone.me.code.copy'), onClick: () => copy(at, address) })}${
        navigator.share ? button({ label: t('phone.me.code.share'), icon: 'send', onClick: share }) : nothing
      }
    </div>
    <p class="soft">${t('phone.me.code.kept')}</p>`;
}

/** Without an answer the own address is asked for again after this long, ms. */
const ASK_AGAIN_AFTER = 10_000;
const asked = { code: null, answer: null };

/** The own address as other phones reach it, and its QR code; asked for when the page is opened, null until it is here. */
function wayBack(at, own) {
  if (asked.code !== own) {
    Object.assign(asked, { code: own, answer: null });
    fetch(`/api/me/return?${whoAsks(at.page)}`)
      .then((response) => response.json())
      .then((answer) => {
        if (!answer.ok) return;
        asked.answer = answer;
        at.draw();
      })
      // Without a network the code and the address stand there all the same; it is asked again a while later.
      .catch(() => setTimeout(() => Object.assign(asked, { code: null }), ASK_AGAIN_AFTER));
  }
  return asked.answer;
}

async function copy(at, text) {
  at.say(t((await copyText(text)) ? 'phone.me.code.copied' : 'phone.me.code.not_copied'));
}

function awake(at) {
  if (!at.wake.supported) return html`<p class="soft">${t('phone.me.awake.cannot')}</p>`;
  const on = at.wish('awake') !== 'no';
  return chips(t('phone.me.awake'), [
    chip({ label: t('phone.me.awake.on'), chosen: on, onClick: () => at.setWish('awake', 'yes') }),
    chip({ label: t('phone.me.awake.off'), chosen: !on, onClick: () => at.setWish('awake', 'no') }),
  ]);
}

/** Leave: this phone forgets. What was sent stays in the room, and the code brings one back. */
async function leave(at) {
  const { room } = at;
  const unsent = room.pending().filter((item) => item.state !== 'sent').length;
  const yes = await confirm({
    title: t('phone.me.leave.ask'),
    yes: t('phone.me.leave.do'),
    text: html`${unsent ? html`<b>${t('phone.me.leave.unsent', { n: unsent })}</b> ` : nothing}${t('phone.me.leave.keep')}
      <span class="code">${room.me.reentry_code ?? ''}</span>`,
  });
  if (!yes) return;
  room.leave();
  room.forget();
  const form = Object.assign(document.createElement('form'), { method: 'post', action: `/j/${at.page.code}/leave` });
  document.body.append(form);
  form.submit();
}

const keepsTexts = (at) => at.ui.opened['erase: texts'] === true;

/** What becomes of what I wrote when I am erased: the words go, or stand on as nobody's. */
function texts(at) {
  const choose = (value) => {
    at.ui.opened['erase: texts'] = value;
    at.draw();
  };
  return chips(
    t('phone.me.erase.texts'),
    [false, true].map((value) =>
      chip({
        label: t(value ? 'phone.me.erase.texts.keep' : 'phone.me.erase.texts.remove'),
        chosen: keepsTexts(at) === value,
        onClick: () => choose(value),
      }),
    ),
  );
}

/** Be erased: the name and the words go for everybody, and this is the last this person does here. */
async function erase(at) {
  const { room } = at;
  const keep = keepsTexts(at);
  const yes = await confirm({
    title: t(keep ? 'phone.me.erase.ask.keep' : 'phone.me.erase.ask'),
    yes: t(keep ? 'phone.me.erase.do.keep' : 'phone.me.erase.do'),
    text: html`${t(keep ? 'phone.me.erase.what.keep' : 'phone.me.erase.what')}
    ${room.mine.card ? t('phone.card.erased') : nothing}`,
  });
  if (!yes) return;
  const answer = await room.send('erase_me', { keep_texts: keep });
  if (!answer.ok) {
    at.say(refusalSentence(answer.error));
    return;
  }
  room.leave();
  room.forget();
  location.assign(at.page.home ?? `/?lang=${language()}`);
}
