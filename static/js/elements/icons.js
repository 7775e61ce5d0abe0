/** The mark of the product, and line drawings in the colour of their text. */

import { html } from '../../vendor/lit-html/lit-html.js';

/** @typedef {import('../../vendor/lit-html/lit-html.js').TemplateResult} Template */

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
