/** What is still missing in a goal or an agreement: a list, and how many there are of each kind. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { icon } from './icons.js';

const SEVERITY = { B: 'stop', W: 'warn', H: 'hint', ok: 'check' };

/**
 * One check: the sentence first, then what is missing, then the word Blokerer / Advarsel / Råd. Shape, word and colour.
 * @param {{severity: 'B'|'W'|'H'|'ok', sentence: unknown, missing?: unknown, onGo?: () => void}} o `onGo` takes the reader to the field
 */
export function checkRow({ severity, sentence, missing = nothing, onGo }) {
  const says =
    severity === 'ok'
      ? missing
      : html`${missing === nothing ? nothing : html`${missing} `}${t(`element.check.${severity}`)}`;
  return html`<li class="check ${severity}">
    ${icon(SEVERITY[severity])}${
      onGo
        ? html`<button type="button" class="as-link" @click=${onGo}><b>${sentence}</b></button>`
        : html`<b>${sentence}</b>`
    }<span>${says}</span>
  </li>`;
}

/** All checks, blocking first; a friendly line when there is none. @param {Parameters<typeof checkRow>[0][]} rows */
export function checkList(rows) {
  const order = { B: 0, W: 1, H: 2, ok: 3 };
  const sorted = [...rows].sort((a, b) => order[a.severity] - order[b.severity]);
  const shown = sorted.length
    ? sorted
    : [{ severity: 'ok', sentence: t('element.check.nothing'), missing: t('element.check.ready') }];
  return html`<ul class="checks">
    ${shown.map(checkRow)}
  </ul>`;
}

/** Three counts: blocks, warns, hints. @param {{severity: string}[]} rows */
export function checkSummary(rows) {
  const count = (severity) => rows.filter((row) => row.severity === severity).length;
  return html`<div class="sum">
    ${['B', 'W', 'H'].map((severity) => html`<p class=${severity}>${icon(SEVERITY[severity])}<b>${count(severity)}</b><span>${t(`element.check.count_${severity}`, { n: count(severity) })}</span></p>`)}
  </div>`;
}
