/**
 * The ring: a table seen from above. One cell per person in a vote, one seat per group in a decision, the table of the
 * lobby. Never two on one screen, never beside text as decoration.
 */
import { html, svg, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { glyphShape } from './groups.js';

const TAU = 2 * Math.PI;
const at = (radius, angle) =>
  [200 + radius * Math.sin(angle), 200 - radius * Math.cos(angle)].map((n) => n.toFixed(2)).join(' ');

/** The path of an arc round (200, 200); angles in radians from the top, clockwise. */
const arc = (radius, from, to) =>
  `M${at(radius, from)}A${radius} ${radius} 0 ${to - from > TAU / 2 ? 1 : 0} 1 ${at(radius, to)}`;

/** More people than this and a cell would be thinner than its gap: then the ring is drawn in one piece. */
const MOST_CELLS = 120;

/**
 * Turnout: one cell for each who can vote, filled for each who has. Words in the middle, denominator always.
 * @param {{voted: number, eligible: number, lines?: string[]}} o `lines`: at most two short lines under the number
 */
export function turnoutRing({ voted, eligible, lines }) {
  const words = lines ?? [t('element.turnout.of', { whole: eligible }), t('element.turnout.have_voted')];
  return html`<svg class="people" viewBox="0 0 400 400" role="img" aria-label="${voted} ${words.join(' ')}">
    <circle class="top" cx="200" cy="200" r="142" />
    ${eligible > MOST_CELLS ? whole(voted, eligible) : cells(voted, eligible)}
    <text class="a" x="200" y="215">${voted}</text>
    ${words.map((words_, i) => svg`<text class="b" x="200" y=${252 + 28 * i}>${words_}</text>`)}
  </svg>`;
}

function cells(voted, eligible) {
  const gap = Math.min(0.04, (TAU / Math.max(eligible, 1)) * 0.38);
  return Array.from({ length: eligible }, (_, i) => {
    const [from, to] = [(TAU * i) / eligible + gap / 2, (TAU * (i + 1)) / eligible - gap / 2];
    return svg`<path class=${i < voted ? 'v' : 'n'} d=${eligible === 1 ? arc(172, 0.02, TAU - 0.02) : arc(172, from, to)} />`;
  });
}

function whole(voted, eligible) {
  const split = TAU * Math.min(1, voted / eligible);
  const rest = split < TAU - 0.03 ? svg`<path class="n" d=${arc(172, split + 0.02, TAU - 0.02)} />` : nothing;
  return voted ? svg`<path class="v" d=${arc(172, 0.01, Math.max(0.02, split - 0.01))} />${rest}` : rest;
}

/**
 * A decision: one equal seat per group in the room. A group that did not carry it is a hollow seat, pulled away.
 * @param {{seats: {glyphs: number[], carried: boolean | null}[], big: string, small: string, label: string}} o
 *   `carried` null: not decided yet; `glyphs` of a pool: all; `label`: the whole in one sentence for screen readers
 */
export function decisionRing({ seats, big, small, label }) {
  const step = TAU / Math.max(seats.length, 1);
  const gap = seats.length > 1 ? Math.min(0.16, step * 0.16) : 0.3;
  return html`<svg class="table" viewBox="0 0 400 400" role="img" aria-label=${label}>
    <circle class="top" cx="200" cy="200" r="105" />
    ${seats.map((seat, i) => seatAt(seat, step * i - step / 2 + gap / 2, step * i + step / 2 - gap / 2))}
    <text class="midn" x="200" y="208">${big}</text>
    <text class="midt" x="200" y="236">${small}</text>
  </svg>`;
}

function seatAt({ glyphs, carried }, from, to) {
  const radius = carried === false ? 166 : 140;
  const state = carried === null ? 'open' : carried ? 'ok' : 'no';
  const shown = glyphs.filter(Boolean).slice(0, 4);
  const size = shown.length > 1 ? 17 : 23;
  const spread = (size * 1.35) / radius;
  const middle = (from + to) / 2 - (spread * (shown.length - 1)) / 2;
  const inner = carried
    ? nothing
    : svg`<path class="seat hole" d=${arc(radius, from + 0.019, to - 0.019)} stroke-width="39.6" />`;
  return svg`<path class="seat ${state}" d=${arc(radius, from, to)} stroke-width="46" />${inner}${shown.map((glyph, i) => sign(glyph, state, radius, middle + spread * i, size))}`;
}

function sign(glyph, state, radius, angle, size) {
  const [x, y] = at(radius, angle)
    .split(' ')
    .map((n) => Number(n) - size / 2);
  return svg`<svg x=${x} y=${y} width=${size} height=${size} viewBox="0 0 16 16" class="seatg ${state}"><path fill-rule="evenodd" d=${glyphShape(glyph).d} /></svg>`;
}

/** The lobby: the table with its seats, one of them free, and the code lying on it. @param {unknown} qrCode */
export function lobbyTable(qrCode) {
  const seat = (i) => arc(191.2, (TAU * (i + 0.5)) / 8 - 0.262, (TAU * (i + 0.5)) / 8 + 0.262);
  return html`<div class="tbl">
    <svg viewBox="0 0 400 400" aria-hidden="true">
      <circle cx="200" cy="200" r="181" />
      ${[1, 2, 3, 4, 5, 6, 7].map((i) => svg`<path class="taken" d=${seat(i)} />`)}
      <path class="free" d=${arc(198.4, TAU / 16 - 0.238, TAU / 16 + 0.238)} /></svg
    >${qrCode}
  </div>`;
}
