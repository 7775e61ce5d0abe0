/** More time: for the running step, and for a vote while it is open. A vote whose clock runs is what the minute key is about. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, chip, chips } from '../elements/buttons.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { timeWithDay } from '../lib/format.js';
import { currentStep } from '../lib/reading.js';
import { sentence } from './acting.js';
import { formDialog } from './dialogs.js';
import { nameOf } from './shows.js';

const QUICK_MINUTES = [1, 3, 5, 10, 15, 30];
const WHOLE = /^[1-9]\d{0,4}$/;

const openVotes = ({ records }) =>
  [...records.all('ballot'), ...records.all('decision')].filter((vote) => vote.state === 'open');

/** The open vote that the clock closes first, or null where none has a clock. */
export function clockedVote(room) {
  return (
    openVotes(room)
      .filter((vote) => vote.ends_at)
      .sort((a, b) => (a.ends_at < b.ends_at ? -1 : 1))[0] ?? null
  );
}

/** What can be given time now: the votes that are open, those with a clock first, then the running step. */
export function timed(room) {
  const first = clockedVote(room);
  const votes = openVotes(room);
  const step = currentStep(room);
  return [first, ...votes.filter((vote) => vote !== first), step].filter(Boolean);
}

function give(desk, record, minutes) {
  const said =
    record.kind === 'step'
      ? t('console.said.extended', { n: minutes })
      : t('console.said.vote_extended', { n: minutes });
  return desk.act(`extend_${record.kind}`, { [record.kind]: record.id, minutes }, said);
}

/** The minute key: a minute for the vote whose clock runs, else for the running step. */
export function oneMinute(desk) {
  const record = clockedVote(desk.room) ?? currentStep(desk.room);
  if (record) give(desk, record, 1);
}

/** What is printed on that key. */
export const minuteLabel = (desk) => t(clockedVote(desk.room) ? 'console.key.minute_vote' : 'console.key.minute');

/** Ask how many minutes more, and for what where there is more than one thing: a vote may run beside the step's own clock. */
export function openTimer(desk, wanted = null) {
  const { room } = desk;
  const all = timed(room);
  const first = wanted ?? clockedVote(room) ?? currentStep(room) ?? all[0];
  if (!first) return;
  formDialog({
    title: t('console.timer'),
    yes: t('console.timer.yes'),
    form: { minutes: '5', on: first.id },
    fields: (form, again) => {
      const put = (name) => (value) => {
        form[name] = String(value);
        again();
      };
      const record = room.records.get(form.on);
      return html`${
          all.length > 1
            ? chips(
                t('console.timer.what'),
                all.map((one) =>
                  chip({ label: titleOf(desk, one), chosen: one.id === form.on, onClick: () => put('on')(one.id) }),
                ),
              )
            : nothing
        }
        <p class="soft">
          ${record?.ends_at ? t('console.timer.until', { at: timeWithDay(record.ends_at) }) : t(record?.kind === 'step' ? 'console.timer.none' : 'console.timer.none_vote')}
        </p>
        ${chips(
          t('console.timer.minutes'),
          QUICK_MINUTES.map((n) =>
            chip({ label: n, chosen: form.minutes === String(n), onClick: () => put('minutes')(n) }),
          ),
        )}
        ${field({ id: 'minutes', label: t('console.timer.minutes'), value: form.minutes, inputmode: 'numeric', onInput: put('minutes') })}`;
    },
    missing: (form) => (WHOLE.test(form.minutes.trim()) ? undefined : t('console.timer.number')),
    send: async (form) => {
      const answer = await give(desk, room.records.get(form.on) ?? first, Number(form.minutes));
      return answer.ok ? undefined : sentence(answer.error);
    },
  });
}

function titleOf(desk, record) {
  if (record.kind === 'step') return t('console.timer.step', { title: record.title });
  return record.title || nameOf(desk, desk.room.records.get(record.subject) ?? record);
}

/** In the face of an open vote: a minute more where its clock runs, else a clock. */
export function moreTime(desk, vote) {
  if (!vote.ends_at)
    return button({ label: t('console.vote.set_clock'), icon: 'clock', onClick: () => openTimer(desk, vote) });
  return button({ label: t('console.vote.minute'), icon: 'clock', onClick: () => give(desk, vote, 1) });
}
