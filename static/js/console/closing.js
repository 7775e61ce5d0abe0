/** The end: what was reached, who answers and when, the files to take home, and closing. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty, tag } from '../elements/basics.js';
import { button, linkButton } from '../elements/buttons.js';
import { confirm } from '../elements/cards.js';
import { field } from '../elements/texts.js';
import { t } from '../lib/catalogue.js';
import { dayAndTime } from '../lib/format.js';
import { inOrder } from '../lib/reading.js';
import { reasonOf } from '../lib/findings.js';
import { nameOf } from './shows.js';
import { standingList } from './standing.js';
import { blocking, textHead } from './texts.js';

/** The organiser's page of this workshop, or one under it: whoever is not logged in is asked to. */
export const organiserPage = ({ page }, under = '') => `/organiser/workshops/${page.workshop}${under}`;

const FORMATS = ['pdf', 'docx', 'xlsx', 'csv', 'md', 'json', 'ics'];

export function closingFace(desk, workshop) {
  const closed = workshop.state === 'closed';
  const head = closed
    ? html`<div class="nowh">
        <div class="t">
          ${tag('pos', t('console.closed.tag'))}
          <h1>${t('console.closed')}</h1>
          <p class="soft">${t('console.closed.text', { at: dayAndTime(workshop.closed_at) })}</p>
          <div class="acts">
            ${linkButton({ label: t('console.closing.follow_up'), href: organiserPage(desk, '/follow-up'), small: true })}
          </div>
        </div>
      </div>`
    : nothing;
  return {
    act: closed ? publishAct(desk) : closeAct(desk, workshop),
    main: html`${head}${followed(desk, workshop) ?? summary(desk, workshop)}${closed ? nothing : receiver(desk, workshop)}${files(desk, workshop)}`,
  };
}

/** Where the promises stand; null before the result is handed over. */
function followed(desk, workshop) {
  const told = workshop.state === 'closed' ? desk.standing(desk.personal.language) : null;
  return told?.handed_over ? standingList(told) : null;
}

function summary(desk, workshop) {
  const { room } = desk;
  const rows = inOrder([...room.records.all('agreement'), ...room.records.all('goal')]).filter(
    (one) => one.state !== 'dropped',
  );
  if (!rows.length) return empty({ title: t('console.closing.none'), text: t('console.closing.none.text') });
  return html`<section class="stack gap-2">
    <h2>${t('console.closing.reached')}</h2>
    <ul class="text-list">
      ${rows.map(
        (text) =>
          html`<li>
            ${textHead(desk, workshop, text, `${nameOf(desk, text)}:`, text.kind === 'agreement' && ['draft', 'proposed'].includes(text.state) && blocking(text).length ? html`<span class="soft">${t('console.closing.intention')}</span>` : nothing)}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Who answers, and when: nothing can be closed before that is said. */
function receiver(desk, workshop) {
  const { drafts } = desk.room;
  const value = (name) => drafts.get(name) || workshop[name] || '';
  const put = (name) => (text) => {
    drafts.set(name, text);
    desk.draw();
  };
  const changed = ['receiving_body', 'response_due'].filter((name) => value(name) !== (workshop[name] ?? ''));
  const save = async () => {
    const answer = await desk.act(
      'edit_workshop',
      Object.fromEntries(changed.map((name) => [name, value(name)])),
      t('console.said.saved'),
    );
    if (answer.ok) changed.forEach((name) => drafts.clear(name));
    desk.draw();
  };
  const open = !workshop.receiving_body || !workshop.response_due;
  return html`<form
    class="stack gap-3"
    @submit=${(event) => {
      event.preventDefault();
      save();
    }}
  >
    <h2>${t('check.W03')}</h2>
    <div class="fields">
      ${field({ id: 'receiving_body', label: t('field.workshop.receiving_body'), hint: t('field.workshop.receiving_body.hint'), value: value('receiving_body'), max: desk.page.limits['workshop.receiving_body'], error: workshop.receiving_body || value('receiving_body') ? undefined : t('console.closing.receiver_missing'), onInput: put('receiving_body') })}
      ${field({ id: 'response_due', label: t('field.workshop.response_due'), hint: t('field.workshop.response_due.hint'), type: 'date', value: value('response_due'), error: workshop.response_due || value('response_due') ? undefined : t('console.closing.date_missing'), onInput: put('response_due') })}
    </div>
    ${open ? html`<p class="soft">${reasonOf({ code: 'W03' })}</p>` : nothing}${changed.length ? html`<div class="acts">${button({ label: t('common.save'), type: 'submit', small: true })}</div>` : nothing}
  </form>`;
}

function files(desk) {
  const { page } = desk;
  const address = (format) =>
    `/api/workshops/${page.workshop}/export/${format}?as=${page.as}&lang=${desk.personal.language}`;
  return html`<section class="stack gap-2">
    <h2>${t('console.files')}</h2>
    <p class="soft">${t('console.files.text')}</p>
    <div class="acts">
      ${FORMATS.map((format) => linkButton({ label: t(`console.file.${format}`), href: address(format), icon: 'download', small: true, download: true }))}
    </div>
  </section>`;
}

/** After closing: the record is published and the files are fetched on the organiser's page. */
const publishAct = (desk) => ({
  label: t('console.closed.publish'),
  run: () => location.assign(organiserPage(desk, '/export')),
});

function closeAct(desk, workshop) {
  const open = [...desk.room.records.all('ballot'), ...desk.room.records.all('decision')].find(
    (one) => one.state === 'open',
  );
  const missing =
    !workshop.receiving_body || !workshop.response_due
      ? t('console.closing.missing')
      : open
        ? t('console.closing.vote_open')
        : undefined;
  return {
    label: t('console.close_workshop'),
    missing,
    note: t('console.close_workshop.text'),
    run: () => closeWorkshop(desk),
  };
}

async function closeWorkshop(desk) {
  const yes = await confirm({
    title: t('console.close_workshop'),
    text: t('console.close_workshop.ask'),
    yes: t('console.close_workshop'),
  });
  if (yes) await desk.act('close_workshop', {}, t('console.said.workshop_closed'));
}
