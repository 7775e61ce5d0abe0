/**
 * The smallest pieces, on every surface: mark, icons, group signs, buttons, chips, tags, states of the connection.
 * Every function answers a lit-html template; none keeps state. Handlers are arguments.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t, language } from '../lib/catalogue.js';

/** @typedef {import('../../vendor/lit-html/lit-html.js').TemplateResult} Template */
/** @typedef {{key: string, glyph?: number, name: {da?: string, en?: string} | string}} Group */

export const ICONS = {
  check: 'M4.5 12.8 9.6 18 19.5 6.5',
  cross: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  next: 'M4 12h15M13 6l6 6-6 6',
  back: 'M20 12H5M11 6l-6 6 6 6',
  send: 'M12 20V5M6 11l6-6 6 6',
  up: 'M12 20V5M6 11l6-6 6 6',
  undo: 'M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-4',
  eye: 'M2.5 12c2.6-4.4 5.8-6.5 9.5-6.5s6.9 2.1 9.5 6.5c-2.6 4.4-5.8 6.5-9.5 6.5S5.1 16.4 2.5 12zM9.3 12a2.7 2.7 0 1 0 5.4 0 2.7 2.7 0 1 0-5.4 0',
  'eye-off':
    'M5.5 8.2A17 17 0 0 0 2.5 12c2.6 4.4 5.8 6.5 9.5 6.5 1.5 0 2.9-.35 4.2-1.05M9.5 5.8c.8-.2 1.65-.3 2.5-.3 3.7 0 6.9 2.1 9.5 6.5a17 17 0 0 1-2.1 2.9M4 3.5l16 17',
  lock: 'M5 11h14v9.5H5zM8 11V8a4 4 0 0 1 8 0v3',
  key: 'M3.5 16a4 4 0 1 0 8 0 4 4 0 1 0-8 0M10.5 13 20 3.8M16 7.8l3 3',
  people:
    'M5.5 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M2.5 20c.4-4 2.9-6 6.5-6s6.1 2 6.5 6M15.5 4.9a3.3 3.3 0 0 1 0 6.2M17.5 14.6c2.3.7 3.7 2.5 4 5.4',
  clock: 'M3.3 12a8.7 8.7 0 1 0 17.4 0 8.7 8.7 0 1 0-17.4 0M12 7v5.3l3.4 2',
  date: 'M4 6h16v14.5H4zM4 10.5h16M8.5 3v4M15.5 3v4',
  pen: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5',
  build: 'M4 5v6.5a3 3 0 0 0 3 3h12M14.5 10l4.5 4.5-4.5 4.5',
  merge: 'M5 4v4c0 4 7 4 7 9v3M19 4v4c0 4-7 4-7 9',
  split: 'M12 20v-4c0-4-7-4-7-9V4M12 16c0-4 7-4 7-9V4',
  side: 'M3.5 5h7v14h-7zM13.5 5h7v14h-7z',
  talk: 'M3.5 5h17v11.5H11L6.5 20.5v-4h-3z',
  board: 'M3 4.5h18v12H3zM12 16.5v2M8 21l4-2.5 4 2.5',
  phone: 'M7 2.8h10v18.4H7zM11 18h2',
  warn: 'M12 3.5 22 20.5H2zM12 10v4.5M12 17.3v.2',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v6M12 16.3v.2',
  hint: 'M9 17.5h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9c.4.3.5.8.5 1.6h6c0-.8.1-1.3.5-1.6A6 6 0 0 0 12 3z',
  off: 'M3 9.5a13.5 13.5 0 0 1 5-2.9M21 9.5a13.5 13.5 0 0 0-8-3.4M6.5 13.5a8.5 8.5 0 0 1 3.5-2.1M17.5 13.5a8 8 0 0 0-2.2-1.5M12 18.3v.2M4 3.5l16 17',
  wait: 'M12 3.3a8.7 8.7 0 0 1 3 .5M18.2 5.8a8.7 8.7 0 0 1 1.8 2.6M20.7 12a8.7 8.7 0 0 1-.6 3M18.2 18.2a8.7 8.7 0 0 1-2.6 1.8M12 20.7a8.7 8.7 0 0 1-3-.6M5.8 18.2A8.7 8.7 0 0 1 4 15.6M3.3 12a8.7 8.7 0 0 1 .5-3',
  download: 'M12 4v12M6.5 11l5.5 5.5L17.5 11M4 20.5h16',
  down: 'M5.5 9l6.5 6.5L18.5 9',
  menu: 'M4 7h16M4 12h16M4 17h16',
  paper: 'M5.5 3h9L18.5 7v14h-13zM14 3v4.5h4.5M9 12h6M9 16h6',
  drag: 'M9 5v.2M15 5v.2M9 12v.2M15 12v.2M9 19v.2M15 19v.2',
};

/**
 * A line drawing in the colour of its text. Always beside a word, except plus, minus and menu (which need a name).
 * @param {keyof typeof ICONS} name  @param {string} [extra] more classes
 * @returns {Template}
 */
export function icon(name, extra = '') {
  return html`<svg class="i ${extra}" viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[name]} /></svg>`;
}

/** The mark: a table with eight seats, one of them free. @param {string} [extra] @returns {Template} */
export function mark(extra = '') {
  return html`<svg class="mark ${extra}" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="13.5" />
    <path
      class="taken"
      d="M19.8 5.06A19.4 19.4 0 0 1 28.2 5.06M42.94 19.8A19.4 19.4 0 0 1 42.94 28.2M40.36 34.42A19.4 19.4 0
      0 1 34.42 40.36M28.2 42.94A19.4 19.4 0 0 1 19.8 42.94M13.58 40.36A19.4 19.4 0 0 1 7.64 34.42M5.06 28.2A19.4 19.4 0 0 1
      5.06 19.8M7.64 13.58A19.4 19.4 0 0 1 13.58 7.64"
    />
    <path class="free" d="M35.92 5.99A21.6 21.6 0 0 1 42.01 12.08" />
  </svg>`;
}

const SHAPES = [
  'M1.5 8a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0',
  'M2 2h12v12H2z',
  'M8 1.2 15.5 14.5H.5z',
  'M8 .4 15.6 8 8 15.6.4 8z',
  'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 3.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z',
  'M5.6 1h4.8v4.6H15v4.8h-4.6V15H5.6v-4.6H1V5.6h4.6z',
  'M1 4.6h14a7 7 0 0 1-14 0z',
  'M1 2h14v4.6H1zM1 9.4h14V14H1z',
];

/** The outline of glyph 1–8 in a 16 grid, and its number; more groups than eight begin again. @param {number} glyph */
export function glyphShape(glyph) {
  const number = ((glyph - 1) % SHAPES.length) + 1;
  return { number, d: SHAPES[number - 1] };
}

/**
 * A group's sign: one of eight shapes, each with its own colour. Nothing where the group has none (glyph 0).
 * The name must stand beside it, or be given as `label`.
 * @param {Pick<Group, 'glyph'>} group  @param {string} [label] name for screen readers, when no word stands beside it
 * @returns {Template | typeof nothing}
 */
export function groupGlyph(group, label) {
  if (!group?.glyph) return nothing;
  const { number, d } = glyphShape(group.glyph);
  return label
    ? html`<svg class="g g${number}" viewBox="0 0 16 16" role="img" aria-label=${label}>
        <path fill-rule="evenodd" d=${d} />
      </svg>`
    : html`<svg class="g g${number}" viewBox="0 0 16 16" aria-hidden="true"><path fill-rule="evenodd" d=${d} /></svg>`;
}

/** The name of a group, or of several pooled ones, in the language in use. @param {Group | Group[]} group @returns {string} */
export function groupName(group) {
  if (Array.isArray(group)) return group.map(groupName).join(' + ');
  const { name, key } = group;
  if (typeof name === 'string') return name;
  return name?.[language()] ?? name?.da ?? name?.en ?? key;
}

/**
 * Sign and name of a group; of a pool: all signs, then all names with "+".
 * @param {Group | Group[]} group  @param {{after?: unknown, strong?: boolean}} [o] `after`: words behind the name
 * @returns {Template}
 */
export function groupLabel(group, { after = nothing, strong = false } = {}) {
  const groups = [group].flat();
  const signs = groups.map((one) => groupGlyph(one));
  const name = groupName(groups.length === 1 ? groups[0] : groups);
  return html`<span class="grp"
    >${signs}<span class=${strong ? 'strong' : ''}>${name}${after === nothing ? nothing : html` ${after}`}</span></span
  >`;
}

/**
 * @typedef {Object} ButtonOptions
 * @property {unknown} label                 the words on it
 * @property {(event: Event) => void} [onClick]
 * @property {'primary'|'secondary'|'quiet'|'danger'} [sort]  primary: one per screen
 * @property {string} [icon]                 before the words
 * @property {string} [iconAfter]            behind the words
 * @property {string} [busy]                 words while waiting ("Sender …"): same width, not pressable
 * @property {string} [missing]              what is still missing: replaces the label, dashed, not pressable
 * @property {boolean} [wide]  @property {boolean} [small]
 * @property {boolean} [pressed]             for a button that stays down
 * @property {string} [name]                 accessible name, where the words alone do not say it
 * @property {'button'|'submit'} [type]  @property {string} [keycap] the key that does the same, printed on it
 * @property {string} [id]  @property {string} [extra] more classes
 */

/** A button. @param {ButtonOptions} o @returns {Template} */
export function button(o) {
  const off = Boolean(o.busy || o.missing);
  const press = (event) => (off ? event.preventDefault() : o.onClick?.(event));
  const classes = `btn ${o.sort ?? 'secondary'} ${o.wide ? 'wide' : ''} ${o.small ? 'small' : ''} ${o.extra ?? ''}`;
  return html`<button
    class=${classes}
    type=${o.type ?? 'button'}
    id=${o.id ?? nothing}
    aria-label=${o.name ?? nothing}
    aria-disabled=${off ? 'true' : nothing}
    aria-busy=${o.busy ? 'true' : nothing}
    aria-pressed=${o.pressed === undefined ? nothing : String(o.pressed)}
    @click=${press}
  >
    ${buttonFace(o)}
  </button>`;
}

function buttonFace(o) {
  if (o.missing) return html`<span>${o.missing}</span>`;
  const face = html`${o.icon ? icon(o.icon) : nothing}<span>${o.label}</span>${o.iconAfter ? icon(o.iconAfter) : nothing}${
    o.keycap ? html`<kbd>${o.keycap}</kbd>` : nothing
  }`;
  if (!o.busy) return face;
  return html`<span class="was" aria-hidden="true">${face}</span
    ><span class="busy">${icon('wait')}<span>${o.busy}</span></span>`;
}

/** A link that looks like a button. @param {{label: unknown, href: string, sort?: string, icon?: string, small?: boolean, wide?: boolean, download?: boolean}} o */
export function linkButton(o) {
  return html`<a
    class="btn ${o.sort ?? 'secondary'} ${o.wide ? 'wide' : ''} ${o.small ? 'small' : ''}"
    href=${o.href}
    ?download=${o.download ?? false}
    >${o.icon ? icon(o.icon) : nothing}<span>${o.label}</span></a
  >`;
}

/** A square button with an icon and no words; the name is for screen readers. @param {{icon: string, name: string, onClick?: (e: Event) => void, off?: boolean, expanded?: boolean}} o */
export function iconButton(o) {
  return html`<button
    class="btn secondary square"
    type="button"
    aria-label=${o.name}
    title=${o.name}
    aria-disabled=${o.off ? 'true' : nothing}
    aria-expanded=${o.expanded === undefined ? nothing : String(o.expanded)}
    @click=${(event) => (o.off ? event.preventDefault() : o.onClick?.(event))}
  >
    ${icon(o.icon)}
  </button>`;
}

/**
 * A choice among few, as pills that wrap. Chosen is filled and heavier.
 * @param {{label: unknown, chosen: boolean, onClick: (e: Event) => void, group?: Group, count?: number}} o
 */
export function chip(o) {
  return html`<button class="chip" type="button" aria-pressed=${String(o.chosen)} @click=${o.onClick}>
    ${o.group ? groupGlyph(o.group) : nothing}<span
      >${o.label}${o.count === undefined ? nothing : html` ${o.count}`}</span
    >
  </button>`;
}

/** A row of chips under one name. @param {string} name @param {Template[]} chips */
export const chips = (name, chips_) => html`<div class="row" role="group" aria-label=${name}>${chips_}</div>`;

/**
 * Two or three views of one thing, side by side.
 * @param {{name: string, value: string, options: {value: string, label: string}[], onChoose: (value: string) => void}} o
 */
export function toggle(o) {
  return html`<div class="toggle" role="group" aria-label=${o.name}>
    ${o.options.map(
      (one) =>
        html`<button type="button" aria-pressed=${String(one.value === o.value)} @click=${() => o.onChoose(one.value)}>
          ${one.label}
        </button>`,
    )}
  </div>`;
}

const TAGS = { pos: 'check', neg: 'cross', warn: 'warn', wait: 'wait', info: 'hint' };

/** A state as icon + word. @param {'pos'|'neg'|'warn'|'wait'|'info'} sort @param {unknown} words @param {string} [iconName] */
export const tag = (sort, words, iconName) =>
  html`<span class="tag ${sort}">${icon(iconName ?? TAGS[sort])}<span>${words}</span></span>`;

/** One quiet line with an icon: who can see this, what happens next. @param {string} iconName @param {unknown} words */
export const note = (iconName, words) => html`<p class="who">${icon(iconName)}<span>${words}</span></p>`;

/** Marks sample text. */
export const sample = () => html`<span class="eks">${t('element.sample')}</span>`;

/**
 * The state of the connection, in words; announced when it changes.
 * @param {'on'|'connecting'|'off'} state
 */
export const connection = (state) =>
  html`<span class="link ${state}" role="status">${t(`element.connection.${state}`)}</span>`;

/**
 * Under the head while there is no connection: says that the text is kept and when we try again.
 * @param {{seconds?: number | null, unsent?: number, onRetry?: () => void}} o
 */
export function offlineStrip({ seconds = null, unsent = 0, onRetry }) {
  const kept = unsent ? t('element.offline.unsent', { n: unsent }) : t('element.offline.kept');
  return html`<section class="offline" role="status">
    ${icon('off')}
    <div>
      <p><b>${t('element.offline.title')}</b></p>
      <p>
        ${kept}
        ${seconds === null ? t('element.offline.trying') : html`<span aria-hidden="true">${t('element.offline.again', { n: seconds })}</span>`}
      </p>
    </div>
    ${onRetry ? button({ label: t('element.offline.now'), onClick: onRetry, small: true }) : nothing}
  </section>`;
}

/** Under the head while the server cannot save: what is sent waits. @param {{unsent?: number, why?: unknown}} o */
const troubleStrip = ({ unsent = 0, why = t('element.trouble.kept') }) =>
  html`<section class="offline" role="status">
    ${icon('warn')}
    <div>
      <p><b>${t('element.trouble.title')}</b></p>
      <p>${unsent ? t('element.offline.unsent', { n: unsent }) : nothing} ${why}</p>
    </div>
  </section>`;

/** The strip that the connection needs, if any: no network, or a server that cannot save. `o` as for both. */
export function lineStrip(room, o) {
  if (room.state === 'offline') return offlineStrip({ ...o, onRetry: () => room.refresh() });
  return room.trouble ? troubleStrip(o) : nothing;
}

/**
 * One sentence about what was done, with undo. Put it in the toast's own strip (`.toasts`), where it covers nothing.
 * @param {{text: unknown, seconds?: number, onUndo?: () => void, onClose?: () => void}} o
 */
export function toast({ text, seconds, onUndo, onClose }) {
  return html`<div class="toast">
    <p role="status">${text}</p>
    ${
      onUndo
        ? html`<button type="button" @click=${onUndo}>
            ${icon('undo')}<span
              >${t('element.undo')}<span aria-hidden="true"
                >${seconds === undefined ? nothing : ` · ${seconds}`}</span
              ></span
            >
          </button>`
        : nothing
    }${onClose ? html`<button type="button" aria-label=${t('element.close')} @click=${onClose}>${icon('cross')}</button>` : nothing}
  </div>`;
}

/** Nothing here yet: what comes, and what makes it come. @param {{title: string, text?: unknown, action?: unknown}} o */
export function empty({ title, text = nothing, action = nothing }) {
  return html`<div class="empty">
    ${mark('big')}
    <p><b>${title}</b></p>
    ${text === nothing ? nothing : html`<p class="soft">${text}</p>`}${action}
  </div>`;
}

/** Minutes and seconds of a number of seconds: "3:10", "1:02:00". @param {number} seconds @returns {string} */
function asClock(seconds) {
  const whole = Math.abs(Math.ceil(seconds));
  const two = (n) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${seconds < 0 ? '+' : ''}${h ? `${h}:${two(m)}` : m}:${two(s)}`;
}

const DAY = 24 * 3600;

/** From two days on a clock counts days: a vote may stay open for weeks. */
const leftWords = (left) => (left >= 2 * DAY ? t('element.clock.days', { n: Math.floor(left / DAY) }) : asClock(left));

/**
 * What is left of the time. Last minute amber, at nought a line and "skriv færdig"; never blinks. Seconds come from the
 * server's clock. Screen readers get it on request, not every second.
 * @param {{left: number, under?: unknown, withIcon?: boolean}} o `under`: a small line ("lukker kl. 11.20"); under nought the time
 *   that has run over, as "+1:20"
 */
export function clock({ left, under = nothing, withIcon = false }) {
  const state = left <= 0 ? 'over' : left <= 60 ? 'last' : '';
  return html`<span class="clock ${state}" role="timer" aria-live="off"
    >${withIcon ? icon('clock') : nothing}<b>${leftWords(left)}</b>${
      left === 0
        ? html`<small>${t('element.clock.over')}</small>`
        : under === nothing
          ? nothing
          : html`<small>${under}</small>`
    }</span
  >`;
}

/** The programme as a row of seats: done, now, later. @param {{total: number, now: number}} o `now` counts from 1; 0 before the start */
export function dashes({ total, now }) {
  const seats = Array.from(
    { length: total },
    (_, i) => html`<i class=${i + 1 < now ? 'done' : i + 1 === now ? 'now' : ''}></i>`,
  );
  return html`<div class="seats" role="img" aria-label=${t('element.step_of', { step: now, total })}>${seats}</div>`;
}
