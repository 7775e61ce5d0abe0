/** How many have answered, large, of how many: the denominator is always named. And how a vote's groups are counted. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { note } from '../elements/basics.js';
import { groupLabel, groupName } from '../elements/groups.js';
import { icon } from '../elements/icons.js';
import { turnoutTable } from '../elements/results.js';
import { meter } from '../elements/turnout.js';
import { t } from '../lib/catalogue.js';
import { list } from '../lib/format.js';
import { anyOpen, groupsOf, heldWords, opennessWords, votesOpenly } from '../lib/reading.js';
import { people } from './desk.js';

/** @param {{voted: number, eligible: number}} counts @param {string} words "of 63 who may vote have voted" @param {unknown} [more] */
export const turnout = ({ voted, eligible }, words, more = nothing) =>
  html`<div class="bigcount">
    <b>${voted}</b>
    <div>
      ${meter({ exact: eligible ? voted / eligible : 0 })}
      <p><b>${words}</b> <span class="soft">${more}</span></p>
    </div>
  </div>`;

/** For how many of those who voted a helper did, where there are any. */
export const byHelper = (counts) =>
  counts.by_helper ? t('element.turnout.by_helper', { n: counts.by_helper }) : nothing;

/** Turnout of a ballot or a decision. */
export function voteTurnout(desk, vote) {
  const { here, joined } = people(desk.room);
  return turnout(
    vote.turnout,
    t(`console.turnout.${vote.kind}`, { whole: vote.turnout.eligible }),
    html`${t('console.turnout.here', { here, n: joined })} ${byHelper(vote.turnout)}`,
  );
}

/** Who votes openly and who secretly, in a line, and what else is said with it. @param {object} held a vote, or what `heldBy` answers */
export const opennessNote = ({ room }, held, more = nothing) =>
  note(anyOpen(held) ? 'eye' : 'lock', html`${opennessWords(room, held)} ${more}`);

/** The same of a vote whose result is shown; nothing where all voted secretly. */
export const heldNote = ({ room }, vote) => (anyOpen(vote) ? note('eye', heldWords(room, vote)) : nothing);

/** What is said beside a group: that it is counted together with others, or that it votes by name. */
const beside = (keys, open) =>
  html`<span class="soft"
    >${keys.length > 1 ? t('console.pools.pooled') : open ? html`${icon('eye')} ${t(`console.shown.open.${open}`)}` : nothing}</span
  >`;

/** From when on counts per group are shown (docs/rules.md section 7). */
const perGroupLine = (rows, minimum) =>
  rows.length > 1 ? html`<p class="soft">${t('amount.per_group', { n: 2 * minimum })}</p>` : nothing;

/**
 * The effective groups of a vote, before it opens or while it runs.
 * @param {{keys: string[], size?: number, open?: 'declared'|'agreed'|null}[]} rows @param {string[]} absent
 */
export function poolTable(desk, rows, absent, minimum) {
  const { room } = desk;
  const sized = rows.every((row) => row.size !== undefined);
  const after = html`${perGroupLine(rows, minimum)}${absentLine(desk, absent)}`;
  // Names alone would say nothing about how the groups are counted.
  if (!sized && rows.every((row) => row.keys.length === 1 && !row.open)) return after;
  if (!sized)
    return html`<h3>${t('console.pools')}</h3>
      <ul class="here pools">
        ${rows.map((row) => html`<li>${groupLabel(groupsOf(room, row.keys))}${beside(row.keys, row.open)}</li>`)}
      </ul>
      ${after}`;
  return html`<div class="scroll">
      <table class="results">
        <caption class="vh">
          ${t('console.pools')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('element.table.group')}</th>
            <th scope="col">${t('console.pools.size')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${groupLabel(groupsOf(room, row.keys))} ${beside(row.keys, row.open)}</th>
                <td class="n">${row.size}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${after}`;
}

const absentWords = ({ room }, absent) =>
  absent.length
    ? t('console.pools.absent', { groups: list(absent.map((key) => groupName(groupsOf(room, key)[0]))) })
    : '';
const absentLine = (desk, absent) => (absent.length ? html`<p class="soft">${absentWords(desk, absent)}</p>` : nothing);

/** The groups of an open vote: how many of each have voted, once enough have in every one (docs/rules.md section 7). */
export function groupsOfVote(desk, vote, minimum) {
  const { room } = desk;
  const told = vote.turnout_by_group ?? [];
  if (!told.length) return poolTable(desk, poolsOf(desk, vote), vote.absent, minimum);
  const rows = told.map(({ keys, voted, eligible }) => ({
    voted,
    eligible,
    groups: groupsOf(room, keys),
    note: beside(keys, openBecause(vote, keys)),
  }));
  return html`<div class="scroll">${turnoutTable({ caption: t('console.turnout.groups'), rows })}</div>
    <p class="soft">${absentWords(desk, vote.absent)}</p>`;
}

/** The rows of a vote that has opened, of a ballot with the sizes of now. */
function poolsOf(desk, vote) {
  const groups = desk.room.records.all('group');
  const joined = (key) => groups.find((group) => group.key === key)?.joined ?? 0;
  return vote.pools.map((keys) => ({
    keys,
    size: vote.kind === 'ballot' ? keys.reduce((sum, key) => sum + joined(key), 0) : undefined,
    open: openBecause(vote, keys),
  }));
}

/** Why an effective group votes by name, or null. */
function openBecause(vote, keys) {
  if (keys.length > 1 || !votesOpenly(vote, keys[0])) return null;
  return vote.agreed_groups.includes(keys[0]) ? 'agreed' : 'declared';
}
