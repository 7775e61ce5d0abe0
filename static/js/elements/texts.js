/**
 * Texts: the field people write in, the checks of a goal or an agreement, the difference between two versions, facts.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';
import { icon } from './basics.js';

/** @typedef {import('./basics.js').Template} Template */

/** Characters as a reader and the server count them: an emoji is not two. @param {string} text */
export const lengthOf = (text) => [...text].length;

/**
 * @typedef {Object} FieldOptions
 * @property {string} id  @property {unknown} label  @property {string} value
 * @property {(text: string, event: InputEvent) => void} onInput
 * @property {number} [rows]            more than one line; grows with the text
 * @property {number} [max]             a counter "25 af 280"; text over it is never cut, it is shown as an error
 * @property {boolean} [optional]  @property {unknown} [hint]
 * @property {'saved'|'saving'|'none'} [draft]   "Kladden er gemt på telefonen"
 * @property {unknown} [error]          a sentence saying what to write
 * @property {unknown} [warning]        a check that warns
 * @property {boolean} [words]          what is written here stands in the serif
 * @property {boolean} [large]          the one field of the screen
 * @property {string} [type]  @property {string} [autocomplete]  @property {string} [inputmode]  @property {string} [name]
 * @property {boolean} [required]  @property {string} [placeholder]  @property {(event: Event) => void} [onChange]
 * @property {boolean} [readonly]
 */

/**
 * A field: label above; below left the error, the state of the draft or a hint; below right the counter.
 * @param {FieldOptions} o @returns {Template}
 */
export function field(o) {
  const written = lengthOf(o.value ?? '');
  const over = o.max !== undefined && written > o.max;
  const error = o.error ?? (over ? t('element.field.too_long', { n: written - o.max }) : undefined);
  const below = [error && `${o.id}-error`, o.warning && `${o.id}-warning`, `${o.id}-under`].filter(Boolean).join(' ');
  return html`<div class="field ${o.large ? 'large' : ''}"><label for=${o.id}>${o.label}${o.optional ? html` <span class="opt">${t('element.field.optional')}</span>` : nothing}</label>
    ${o.rows ? area(o, error, below) : line(o, error, below)}
    ${error ? html`<p class="err" id="${o.id}-error">${icon('stop')}<span>${error}</span></p>` : nothing}
    ${o.warning && !error ? html`<p class="warnline" id="${o.id}-warning">${icon('warn')}<span>${o.warning}</span></p>` : nothing}
    ${underField(o, written, over)}</div>`;
}

function area(o, error, below) {
  return html`<textarea class="input ${o.words ? 'words' : ''}" id=${o.id} name=${o.name ?? o.id} rows=${o.rows} dir="auto" .value=${o.value ?? ''}
    aria-invalid=${error ? 'true' : nothing} aria-describedby=${below} placeholder=${o.placeholder ?? nothing} ?required=${o.required ?? false}
    ?readonly=${o.readonly ?? false} @input=${(event) => o.onInput(event.target.value, event)} @change=${(event) => o.onChange?.(event)}></textarea>`;
}

function line(o, error, below) {
  return html`<input class="input ${o.words ? 'words' : ''}" id=${o.id} name=${o.name ?? o.id} type=${o.type ?? 'text'} dir=${o.type === 'date' ? nothing : 'auto'}
    .value=${o.value ?? ''} autocomplete=${o.autocomplete ?? 'off'} inputmode=${o.inputmode ?? nothing} aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${below} placeholder=${o.placeholder ?? nothing} ?required=${o.required ?? false} ?readonly=${o.readonly ?? false}
    @input=${(event) => o.onInput(event.target.value, event)} @change=${(event) => o.onChange?.(event)} />`;
}

function underField(o, written, over) {
  const draft = o.draft && o.draft !== 'none' && written ? t(`element.draft.${o.draft}`) : undefined;
  if (!draft && !o.hint && o.max === undefined) return html`<p class="under" id="${o.id}-under" hidden></p>`;
  return html`<p class="under" id="${o.id}-under"><span>${draft ?? o.hint ?? nothing}</span>${
    o.max === undefined ? nothing : html`<span class=${over ? 'over' : ''}>${t('element.of', { part: written, whole: o.max })}</span>`}</p>`;
}

/**
 * One of a list, in the browser's own way.
 * @param {{id: string, label: unknown, value: string, options: {value: string, label: string}[], onChoose: (value: string) => void, hint?: unknown, error?: unknown, optional?: boolean}} o
 */
export function selectField({ id, label, value, options, onChoose, hint = nothing, error, optional }) {
  return html`<div class="field"><label for=${id}>${label}${optional ? html` <span class="opt">${t('element.field.optional')}</span>` : nothing}</label>
    <span class="select"><select class="input" id=${id} aria-invalid=${error ? 'true' : nothing} aria-describedby="${id}-under"
      @change=${(event) => onChoose(event.target.value)}>${options.map((one) => html`<option value=${one.value} ?selected=${one.value === value} .selected=${one.value === value}>${one.label}</option>`)}</select>${icon('down')}</span>
    ${error ? html`<p class="err">${icon('stop')}<span>${error}</span></p>` : nothing}<p class="under" id="${id}-under" ?hidden=${hint === nothing}>${hint}</p></div>`;
}

const SEVERITY = { B: 'stop', W: 'warn', H: 'hint', ok: 'check' };

/**
 * One check: the sentence first, then what is missing, then the word Blokerer / Advarsel / Råd. Shape, word and colour.
 * @param {{severity: 'B'|'W'|'H'|'ok', sentence: unknown, missing?: unknown, onGo?: () => void}} o `onGo` takes the reader to the field
 */
export function checkRow({ severity, sentence, missing = nothing, onGo }) {
  const says = severity === 'ok' ? missing : html`${missing === nothing ? nothing : html`${missing} `}${t(`element.check.${severity}`)}`;
  return html`<li class="check ${severity}">${icon(SEVERITY[severity])}${onGo
    ? html`<button type="button" class="as-link" @click=${onGo}><b>${sentence}</b></button>` : html`<b>${sentence}</b>`}<span>${says}</span></li>`;
}

/** All checks, blocking first; a friendly line when there is none. @param {Parameters<typeof checkRow>[0][]} rows */
export function checkList(rows) {
  const order = { B: 0, W: 1, H: 2, ok: 3 };
  const sorted = [...rows].sort((a, b) => order[a.severity] - order[b.severity]);
  const shown = sorted.length ? sorted : [{ severity: 'ok', sentence: t('element.check.nothing'), missing: t('element.check.ready') }];
  return html`<ul class="checks">${shown.map(checkRow)}</ul>`;
}

/** Three counts: blocks, warns, hints. @param {{severity: string}[]} rows */
export function checkSummary(rows) {
  const count = (severity) => rows.filter((row) => row.severity === severity).length;
  return html`<div class="sum">${['B', 'W', 'H'].map((severity) => html`<p class=${severity}>${icon(SEVERITY[severity])}<b>${count(severity)}</b><span>${t(`element.check.count_${severity}`, { n: count(severity) })}</span></p>`)}</div>`;
}

/** Words and signs, each with the space behind it: "ugen", ". ". @param {string} text */
const wordsOf = (text) => text.match(/(?:[\p{L}\p{N}\p{M}]+(?:['’.,:-](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}]+)*|\S)\s*/gu) ?? [];
const ends = (text) => /\s$/u.test(text);

/**
 * What changed between two texts, word by word (longest common subsequence; very long texts are compared whole).
 * @param {string} before @param {string} after
 * @returns {{same?: string, gone?: string, added?: string}[]} in reading order, what is gone before what came instead
 */
export function differenceParts(before, after) {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.length * b.length > 1_000_000) return before === after ? [{ same: after }] : [{ gone: before }, { same: ' ' }, { added: after }];
  const common = longestCommon(a, b);
  const parts = [];
  let [gone, added, missingSpace, i, j] = ['', '', false, 0, 0];
  const put = (sort, text) => parts.push({ [sort]: text.trimEnd() }, ...(ends(text) ? [{ same: ' ' }] : []));
  const flush = () => {
    if (gone && missingSpace) parts.push({ same: ' ' });
    if (gone) put('gone', gone);
    if (added) put('added', added);
    [gone, added, missingSpace] = ['', '', false];
  };
  while (i < a.length || j < b.length) {
    const both = i < a.length && j < b.length;
    if (both && a[i].trimEnd() === b[j].trimEnd()) {
      flush();
      parts.push({ same: b[j] });
      missingSpace = ends(a[i]) && !ends(b[j]);
      [i, j] = [i + 1, j + 1];
    } else if (j >= b.length || (both && common[i + 1][j] >= common[i][j + 1])) {
      gone += a[i];
      i += 1;
    } else {
      added += b[j];
      j += 1;
    }
  }
  flush();
  return parts;
}

/** The table of how many words two texts have in common from each place on. */
function longestCommon(a, b) {
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = a[i].trimEnd() === b[j].trimEnd() ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

/**
 * A text with what was taken out struck and what was put in underlined; signs and hidden words say it too.
 * @param {string} before @param {string} after
 */
export function difference(before, after) {
  return html`<p class="words difference" dir="auto">${differenceParts(before, after).map((part) => {
    if (part.gone) return html`<del><span class="vh">${t('element.difference.gone')} </span><span class="sign" aria-hidden="true">−</span>${part.gone}</del>`;
    if (part.added) return html`<ins><span class="vh">${t('element.difference.added')} </span><span class="sign" aria-hidden="true">+</span>${part.added}</ins>`;
    return part.same;
  })}</p>`;
}

/** The line that explains the signs. @param {number} [version] compared with */
export const differenceKey = (version) => html`<p class="soft">${version === undefined ? t('element.difference.key') : t('element.difference.key_since', { version })}</p>`;

/** Names and values. @param {[unknown, unknown][]} rows */
export const facts = (rows) => html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>`)}</dl>`;
