/** The head and the foot of the console. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, connection, icon, mark, sample, toast } from '../elements/basics.js';
import { keyButton } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';
import { currentStep } from '../lib/reading.js';
import { nextStep, people, previousStep } from './desk.js';
import { CAPS, openHelp } from './help.js';
import { openMenu } from './menu.js';
import { chairLine } from './chair.js';
import { pressSpace, putOnBoard } from './middle.js';
import { asking, early, goBack, goNext, lock, shown, toggleBoard } from './moves.js';
import { clockedVote, minuteLabel, oneMinute, openTimer, timed } from './timers.js';

const CONNECTION = { connected: 'on', connecting: 'connecting', offline: 'off', closed: 'off' };

/** Who we are, what was just done, who leads. */
export function topbar(desk, workshop) {
  return html`<header class="topbar">${mark()}<b dir="auto">${workshop.title}</b>${workshop.example ? sample() : nothing}
    <span class="code soft wide">${desk.page.join.host} · ${workshop.code}</span>
    <div class="toasts">${said(desk)}</div>${connection(CONNECTION[desk.room.state])}${chairLine(desk, workshop)}
    <button class="k" type="button" id="menu" aria-haspopup="dialog" @click=${() => openMenu(desk)}>${icon('menu')}<span>${t('common.menu')}</span></button></header>`;
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

/** The keys, who is ready, and the one way on. */
export function foot(desk, workshop, step, face) {
  const key = (name, onClick, more = {}) => keyButton({ keycap: name === 'space' ? t('console.key.space_cap') : CAPS[name], label: more.label ?? t(`console.key.${name}`), onClick, ...more });
  const running = currentStep(desk.room);
  return html`<footer class="foot">${key('back', () => goBack(desk), { off: !previousStep(desk.room) })}
    ${key('space', () => pressSpace(desk), { off: !face.space, label: face.space?.label ?? t('console.key.space') })}
    ${key('timer', () => openTimer(desk), { off: !timed(desk.room).length })}${key('minute', () => oneMinute(desk), { off: !running && !clockedVote(desk.room), label: minuteLabel(desk) })}
    ${key('put', () => putOnBoard(desk))}${key('qr', () => toggleBoard(desk, 'qr'), { secondary: true, pressed: shown(desk) === 'qr' })}
    ${key('blank', () => toggleBoard(desk, 'blank'), { secondary: true, pressed: shown(desk) === 'blank' })}
    ${key('lock', () => lock(desk), { secondary: true, pressed: workshop.locked, label: workshop.locked ? t('console.key.unlock') : t('console.key.lock') })}
    ${key('help', () => openHelp(desk))}${readyLine(desk, running)}${onwards(desk, workshop, running)}</footer>`;
}

function readyLine(desk, running) {
  if (asking(desk)) return html`<span class="ready strong" role="status">${early(desk)}</span>`;
  if (!running) return html`<span class="ready"></span>`;
  return html`<span class="ready">${t('console.ready', { ready: running.ready ?? 0, whole: people(desk.room).joined })}</span>`;
}

/** One big button, whatever comes next. */
function onwards(desk, workshop, running) {
  if (workshop.state === 'draft') return button({ label: t('console.open'), sort: 'primary', id: 'next', onClick: () => desk.act('open_workshop', {}, t('console.said.opened')) });
  if (workshop.state === 'closed') return button({ label: t('console.reopen'), id: 'next', onClick: () => desk.act('open_workshop', {}, t('console.said.opened')) });
  const next = nextStep(desk.room);
  const onClick = () => goNext(desk);
  if (asking(desk) && early(desk)) return button({ label: t('console.next.anyway'), sort: 'primary', id: 'next', keycap: '→', onClick });
  if (next) return button({ label: t(running ? 'console.next' : 'console.start', { title: next.title }), sort: 'primary', id: 'next', keycap: '→', onClick });
  if (running) return button({ label: t('console.finish', { title: running.title }), sort: 'primary', id: 'next', keycap: '→', onClick });
  return button({ label: t('console.next'), missing: t('console.next.none'), id: 'next' });
}
