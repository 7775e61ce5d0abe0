/** The question to a small group whether it votes openly in the next vote. */

import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';
import { groupOf } from '../lib/reading.js';
import { choose, onItsWay } from './choosing.js';

/** Who learns of the answer: for a seat the helper does, and says so to the person who is asked. */
function toldOf({ acting }, agree) {
  if (acting) return t(agree === null ? 'helper.acting.question' : 'helper.acting.question.said');
  return t(
    agree === null ? 'phone.question.nobody_told' : agree ? 'phone.question.said_yes' : 'phone.question.said_no',
  );
}

/** Whether the own small group votes openly next: each member answers, and nobody is told who said no. */
export function questionFace(at) {
  const { room } = at;
  const { group, agree } = room.mine.open_vote;
  const flying = onItsWay(at, 'answer_open_vote', group);
  const answer = (yes) => choose(at, 'answer_open_vote', { group, agree: yes }, { latest: true });
  const row = (yes, label) =>
    button({
      label,
      icon: yes ? 'eye' : 'lock',
      wide: true,
      pressed: agree === yes,
      busy: flying?.args.agree === yes ? t('element.sending') : '',
      onClick: () => answer(yes),
    });
  return {
    main: html`<section class="sheet question" aria-labelledby="open-question">
      <p class="soft">${groupLabel(groupOf(room, room.me?.group))}</p>
      <h2 id="open-question">${t('phone.question')}</h2>
      <p>${t('phone.question.means')}</p>
      ${row(true, t('phone.question.yes'))}${row(false, t('phone.question.no'))}
      <p class="soft" role="status">${toldOf(at, agree)}</p>
    </section>`,
  };
}
