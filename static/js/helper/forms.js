/** Making a seat, and taking one on with a card. What was typed stays until the server has said yes. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { button, linkButton } from '../elements/buttons.js';
import { field } from '../elements/texts.js';
import { choiceRow } from '../elements/stances.js';
import { language, refusalSentence, t } from '../lib/catalogue.js';
import { inOrder } from '../lib/reading.js';
import { clean } from '../lib/cleaning.js';
import { home } from './list.js';

/** Who the seat is for: the group, a name if the person likes, and whether they sit there now. */
export function newFace(at) {
  const { room, ui, page, workshop } = at;
  const form = (ui.form.seat ??= { group: null, name: '', present: true });
  const set = (name) => (value) => {
    form[name] = value;
    delete ui.errors.seat;
    at.draw();
  };
  const groups = inOrder(room.records.all('group'));
  const made = room.mine.made ?? 0;
  const missing =
    made >= page.most_seats ? t('helper.new.full', { limit: page.most_seats }) : form.group ? '' : t('helper.new.pick');
  if (workshop.locked)
    return {
      main: html`<h1 class="ask">${t('helper.new.title')}</h1>
        <p>${t('helper.locked')}</p>`,
    };
  return {
    main: html`<h1 class="ask">${t('helper.new.title')}</h1>
      ${ui.errors.seat ? html`<p class="err" role="alert">${ui.errors.seat}</p>` : nothing}
      <fieldset class="choices">
        <legend>${t('helper.new.group')}</legend>
        ${groups.map((group) => choiceRow({ name: 'group', value: group.key, chosen: form.group === group.key, label: group.name[language()] ?? group.name.da, group, onChoose: set('group') }))}
      </fieldset>
      ${field({ id: 'seat-name', label: t('helper.new.name'), value: form.name, optional: true, max: page.limits['participant.name'], hint: t('helper.new.name.hint'), onInput: set('name') })}
      <fieldset class="choices">
        <legend>${t('helper.new.present')}</legend>
        ${[true, false].map((value) => choiceRow({ name: 'present', value: String(value), chosen: form.present === value, label: t(`helper.new.present.${value ? 'yes' : 'no'}`), onChoose: () => set('present')(value) }))}
      </fieldset>
      <p class="soft">${t('helper.new.limit', { made, limit: page.most_seats })}</p>`,
    act: button({
      label: t('helper.new.make'),
      sort: 'primary',
      wide: true,
      missing,
      busy: ui.busy ? t('element.sending') : '',
      onClick: () => make(at, form),
    }),
  };
}

async function make(at, form) {
  const args = {
    group: form.group,
    present: form.present,
    ...(clean(form.name, { oneLine: true }) ? { name: clean(form.name, { oneLine: true }) } : {}),
  };
  const answer = await busyWith(at, at.room.send('create_seat', args));
  if (!answer.ok) {
    at.ui.errors.seat = refusalSentence(answer.error);
    at.draw();
    return;
  }
  at.ui.form.seat = null;
  // Who has turned to something else meanwhile finds the seat in the list.
  if (location.hash === '#new') location.hash = `made:${answer.result.number}`;
}

async function busyWith(at, waiting) {
  at.ui.busy = true;
  at.draw();
  const answer = await waiting;
  at.ui.busy = false;
  return answer;
}

/** The seat is there: its card, and on to writing. */
export function madeFace(at, number) {
  const seat = at.seats.find((one) => String(one.number) === number && one.hands === 'mine');
  if (!seat) return { main: empty({ title: t('helper.none'), text: t('helper.none.text') }) };
  return {
    main: html`<div class="section">
        <h1 class="ask">${t('helper.made.title', seat)}</h1>
        <p>${t('helper.made.text')}</p>
      </div>
      <div class="section">
        ${linkButton({ label: t('helper.made.card'), href: `${at.page.home}/cards?seat=${seat.number}&lang=${language()}`, wide: true, icon: 'paper' })}${linkButton(
          { label: t('helper.made.another'), href: '#new', wide: true, icon: 'plus' },
        )}
      </div>`,
    act: linkButton({
      label: t('helper.write', seat),
      href: `${at.page.home}/${seat.number}`,
      sort: 'primary',
      wide: true,
      icon: 'pen',
    }),
  };
}

/** The code on a card: this device acts for the seat from now on. */
export function takeFace(at) {
  const { ui } = at;
  const form = (ui.form.take ??= { code: '' });
  const missing = form.code.trim() ? '' : t('helper.take.missing');
  const type = (value) => {
    form.code = value;
    delete ui.errors.take;
    at.draw();
  };
  return {
    main: html`<div class="section">
        <h1 class="ask">${t('helper.take')}</h1>
        <p>${t('helper.take.text')}</p>
      </div>
      <div class="code-entry">
        ${field({ id: 'card-code', label: t('helper.take.code'), value: form.code, hint: t('helper.take.hint'), error: ui.errors.take, onInput: type })}
      </div>`,
    act: button({
      label: t('helper.take.do'),
      sort: 'primary',
      wide: true,
      missing,
      busy: ui.busy ? t('element.sending') : '',
      onClick: () => take(at, form),
    }),
  };
}

async function take(at, form) {
  const answer = await busyWith(at, at.room.send('take_on_seat', { reentry_code: form.code.trim() }));
  if (!answer.ok) {
    at.ui.errors.take = refusalSentence(answer.error);
    at.draw();
    return;
  }
  at.ui.form.take = null;
  if (location.hash === '#take') home();
  at.say(t('helper.taken', answer.result));
}
