/** Who was there over the day, per group: a table of the steps' starts, and a small line of the whole day beside each group. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { groupLabel } from '../elements/groups.js';
import { t } from '../lib/catalogue.js';
import { time } from '../lib/format.js';
import { groupsOf, inOrder, said } from '../lib/reading.js';
import { livingDialog } from './dialogs.js';

/** Columns at most; the newest are the ones that matter. */
const MOST_COLUMNS = 8;
const [WIDTH, HEIGHT] = [120, 28];

/** Open the table; it is fetched when it is opened, for it changes every five minutes only. */
export function openAttendance(desk) {
  let found = null;
  let failed = false;
  const dialog = livingDialog({
    title: t('console.attendance'),
    wide: true,
    body: ({ again }) => {
      if (failed)
        return html`<p>${t('console.attendance.failed')}</p>
          ${button({
            label: t('element.retry'),
            onClick: () => {
              failed = false;
              again();
              fetchIt();
            },
          })}`;
      if (!found) return html`<p class="soft" aria-busy="true">${t('console.attendance.fetch')}</p>`;
      return found.looks.length
        ? table(desk, found)
        : empty({ title: t('console.attendance.none'), text: t('console.attendance.none.text') });
    },
  });
  async function fetchIt() {
    try {
      const answer = await (await fetch(`/api/workshops/${desk.page.workshop}/attendance?as=${desk.page.as}`)).json();
      found = answer.ok ? answer : null;
      failed = !answer.ok;
    } catch {
      failed = true;
    }
    dialog.again();
  }
  fetchIt();
  return dialog.closed;
}

function table(desk, { looks, minimum }) {
  const { room } = desk;
  const keys = inOrder(room.records.all('group'))
    .map((group) => group.key)
    .filter((key) => looks.some((look) => at(look, key)));
  const columns = columnsOf(looks);
  const head = (look) =>
    html`<th scope="col">
      ${time(look.at)}<span class="soft"
        >${said(room.records.get(look.step))?.title ?? (look === looks.at(-1) ? t('console.attendance.latest') : nothing)}</span
      >
    </th>`;
  return html`<p class="soft">${t('console.attendance.text')}</p>
    <div class="scroll">
      <table class="results attendance">
        <caption class="vh">
          ${t('console.attendance')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('element.table.group')}</th>
            <th scope="col">${t('console.attendance.day')}</th>
            ${columns.map(head)}
          </tr>
        </thead>
        <tbody>
          ${keys.map(
            (key) =>
              html`<tr>
                <th scope="row">${groupLabel(groupsOf(room, [key])[0])}</th>
                <td>${dayLine(looks, key)}</td>
                ${columns.map((look) => html`<td>${cell(at(look, key), minimum)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="soft">${t('console.attendance.small', { n: minimum })}</p>`;
}

const at = (look, key) => look.groups.find((group) => group.key === key);

/** The starts of the steps and the newest look; without steps the newest looks. */
function columnsOf(looks) {
  const steps = looks.filter((look) => look.step);
  const last = looks.at(-1);
  const chosen = steps.length ? steps : looks;
  return (chosen.includes(last) ? chosen : [...chosen, last]).slice(-MOST_COLUMNS);
}

/** "11 af 12"; a group under the privacy minimum has no number. */
function cell(group, minimum) {
  if (!group) return '–';
  const number = (value) => (value === null ? t('console.attendance.under', { n: minimum }) : value);
  return group.joined === null
    ? number(null)
    : t('console.attendance.of', { here: number(group.present), whole: group.joined });
}

/** Up and down over the day, as a line of steps: the numbers beside it say the same. A group without numbers has none. */
function dayLine(looks, key) {
  if (!looks.some((look) => at(look, key)?.present)) return nothing;
  const times = looks.map((look) => Date.parse(look.at));
  const [first, last] = [times[0], times.at(-1)];
  const top = Math.max(1, ...looks.map((look) => at(look, key)?.joined ?? 0));
  const x = (i) => (last === first ? WIDTH : ((times[i] - first) / (last - first)) * WIDTH);
  const y = (i) => HEIGHT - 2 - ((at(looks[i], key)?.present ?? 0) / top) * (HEIGHT - 4);
  const path = looks.map((_, i) => (i ? `H${x(i).toFixed(1)}V${y(i).toFixed(1)}` : `M0 ${y(0).toFixed(1)}`)).join('');
  return html`<svg class="day-line" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
    <path d="${path}H${WIDTH}" />
  </svg>`;
}
