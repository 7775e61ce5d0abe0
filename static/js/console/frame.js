/** The head and the foot of the console. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { sample, tag, toast } from '../elements/basics.js';
import { button } from '../elements/buttons.js';
import { connection } from '../elements/connection.js';
import { icon, mark } from '../elements/icons.js';
import { keyButton } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { currentStep, nextStep } from '../lib/reading.js';
import { people, previousStep } from './desk.js';
import { CAPS, openHelp } from './help.js';
import { openMenu } from './menu.js';
import { chairLine } from './chair.js';
import { putOnBoard } from './middle.js';
import { asking, early, goBack, goNext, shown, toggleBoard } from './moves.js';
import { clockedVote, minuteLabel, oneMinute, openTimer, timed } from './timers.js';

const CONNECTION = { connected: 'on', connecting: 'connecting', offline: 'off', closed: 'off' };

/** Who we are, what was just done, who leads. */
export function topbar(desk, workshop) {
  return html`<header class="topbar">
    ${mark()}<b dir="auto">${workshop.title}</b>${workshop.example ? sample() : nothing}
    ${workshop.locked ? tag('warn', t('console.locked'), 'lock') : nothing}
    <span class="code soft wide">${desk.page.join.host} · ${workshop.code}</span>
    <div class="toasts">${said(desk)}</div>
    ${connection(CONNECTION[desk.room.state])}${chairLine(desk, workshop)}
    <button class="k" type="button" id="menu" aria-haspopup="dialog" @click=${() => openMenu(desk)}>
      ${icon('menu')}<span>${t('common.menu')}</span>
    </button>
  </header>`;
}

function said(desk) {
  const now = desk.doing.toast;
  if (!now) return nothing;
  return toast({
    text: now.refused ? html`${icon('warn')} ${now.text}` : now.text,
    seconds: now.undoable ? now.seconds : undefined,
    onUndo: now.undoable ? () => desk.doing.undo() : undefined,
    onClose: now.refused ? () => desk.doing.hush() : undefined,
  });
}

/** The keys, who is ready, the way on and what the step needs. */
export function foot(desk, workshop, step, face) {
  const key = (name, onClick, more = {}) =>
    keyButton({
      keycap: CAPS[name],
      label: more.label ?? t(`console.key.${name}`),
      onClick,
      ...more,
    });
  const running = currentStep(desk.room);
  return html`<footer class="foot">
    ${key('back', () => goBack(desk), { off: !previousStep(desk.room) })}
    ${key('timer', () => openTimer(desk), { off: !timed(desk.room).length })}${key('minute', () => oneMinute(desk), { off: !running && !clockedVote(desk.room), label: minuteLabel(desk) })}
    ${key('put', () => putOnBoard(desk))}${key('qr', () => toggleBoard(desk, 'qr'), { secondary: true, pressed: shown(desk) === 'qr' })}
    ${key('blank', () => toggleBoard(desk, 'blank'), { secondary: true, pressed: shown(desk) === 'blank' })}
    ${key('help', () => openHelp(desk))}${readyLine(desk, running, face.act)}${onwards(desk, workshop, running, face.act)}
  </footer>`;
}

/** What stands beside the buttons: the question whether to go on, what the step says of its own action, or who is ready. */
function readyLine(desk, running, act) {
  if (asking(desk)) return html`<span class="ready strong" role="status">${early(desk)}</span>`;
  if (act?.note) return html`<span class="ready">${act.note}</span>`;
  if (!running) return html`<span class="ready"></span>`;
  return html`<span class="ready"
    >${t('console.ready', { ready: running.ready ?? 0, whole: people(desk.room).joined })}</span
  >`;
}

/** The way on, and last what the step needs first: one of them is dark. */
function onwards(desk, workshop, running, act) {
  if (workshop.state === 'draft') return openingButton(desk, 'console.open', 'primary');
  if (workshop.state === 'closed') return html`${openingButton(desk, 'console.reopen')}${act && actButton(act)}`;
  if (!act) return nextButton(desk, running, 'primary');
  return html`${nextButton(desk, running, 'secondary')}${actButton(act)}`;
}

const openingButton = (desk, label, sort) =>
  button({
    label: t(label),
    sort,
    id: 'next',
    onClick: () => desk.act('open_workshop', {}, t('console.said.opened')),
  });

const actButton = (act) =>
  button({
    label: act.label,
    missing: act.missing,
    sort: 'primary',
    id: 'act',
    keycap: act.space ? t('console.key.space_cap') : undefined,
    onClick: once(act.run),
  });

/** A double click is one press. */
const once = (run) => (event) => event.detail > 1 || run(event);

function nextButton(desk, running, sort) {
  const next = nextStep(desk.room);
  const way = { sort, id: 'next', keycap: '→', onClick: once(() => goNext(desk)) };
  if (asking(desk) && early(desk)) return button({ ...way, label: t('console.next.anyway') });
  if (next) return button({ ...way, label: t(running ? 'console.next' : 'console.start', { title: next.title }) });
  if (running) return button({ ...way, label: t('console.finish') });
  return button({ label: t('console.next'), missing: t('console.next.none'), id: 'next' });
}
