/** Groups: a sign with its own shape and colour, and the name that stands beside it. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { language } from '../lib/catalogue.js';

/** @typedef {import('../../vendor/lit-html/lit-html.js').TemplateResult} Template */
/** @typedef {{key: string, glyph?: number, name: {da?: string, en?: string} | string}} Group */

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
