/** How many have answered, large, of how many: the denominator is always named. And how a vote's groups are counted. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { groupLabel, groupName, icon, note } from '../elements/basics.js';
import { turnoutTable } from '../elements/results.js';
import { meter } from '../elements/votes.js';
import { t } from '../lib/catalogue.js';
import { list } from '../lib/format.js';
import { anyOpen, groupsOf, heldWords, opennessWords, votesOpenly } from '../lib/reading.js';
import { people } from './desk.js';

/** Counts are published in full from so many people on, and as a band from the privacy minimum on (docs/rules.md section 7). */
const EXACT_FROM = 10;

/** @param {{voted: number, eligible: number}} counts @param {string} words "of 63 who may vote have voted" @param {unknown} [more] */
export const turnout = ({ voted, eligible }, words, more = nothing) => html`<div class="bigcount"><b>${voted}</b><div>${meter({ exact: eligible ? voted / eligible : 0 })}<p><b>${words}</b> <span class="soft">${more}</span></p></div></div>`;

/** For how many of those who voted a helper did, where there are any. */
export const byHelper = (counts) => (counts.by_helper ? t('element.turnout.by_helper', { n: counts.by_helper }) : nothing);

/** Turnout of a ballot or a decision. */
export function voteTurnout(desk, vote) {
  const { here, joined } = people(desk.room);
  return turnout(vote.turnout, t(`console.turnout.${vote.kind}`, { whole: vote.turnout.eligible }), html`${t('console.turnout.here', { here, n: joined })} ${byHelper(vote.turnout)}`);
}

/** Who votes openly and who secretly, in a line, and what else is said with it. @param {object} held a vote, or what `heldBy` answers */
export const opennessNote = ({ room }, held, more = nothing) => note(anyOpen(held) ? 'eye' : 'lock', html`${opennessWords(room, held)} ${more}`);

/** The same of a vote whose result is shown; nothing where all voted secretly. */
export const heldNote = ({ room }, vote) => (anyOpen(vote) ? note('eye', heldWords(room, vote)) : nothing);

/** How a group of this size is shown; one that votes by name, as `open` says, with all its figures. */
export function shownAs(size, minimum, open = null) {
  if (open) return html`${icon('eye')} ${t(`console.shown.open.${open}`)}`;
  if (size >= EXACT_FROM) return t('console.shown.exact');
  return size >= minimum ? t('console.shown.band') : t('console.shown.status');
}

/**
 * The effective groups of a vote, before it opens or while it runs.
 * @param {{keys: string[], size?: number, open?: 'declared'|'agreed'|null}[]} rows @param {string[]} absent
 */
export function poolTable(desk, rows, absent, minimum) {
  const { room } = desk;
  const sized = rows.every((row) => row.size !== undefined);
  if (!sized) return html`<h3>${t('console.pools')}</h3><ul class="here pools">${rows.map((row) => html`<li>${groupLabel(groupsOf(room, row.keys))}<span class="soft">${row.keys.length > 1 ? t('console.pools.pooled') : row.open ? t(`console.shown.open.${row.open}`) : nothing}</span></li>`)}</ul>${absentLine(desk, absent)}`;
  return html`<div class="scroll"><table class="results"><caption class="vh">${t('console.pools')}</caption><thead><tr><th scope="col">${t('element.table.group')}</th><th scope="col">${t('console.pools.size')}</th><th scope="col">${t('element.table.shown_as')}</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row">${groupLabel(groupsOf(room, row.keys))}</th><td class="n">${row.size}</td><td>${row.keys.length > 1 ? html`${t('console.pools.pooled')} ` : nothing}${shownAs(row.size, minimum, row.open)}</td></tr>`)}</tbody></table></div>${absentLine(desk, absent)}`;
}

const absentWords = ({ room }, absent) => (absent.length ? t('console.pools.absent', { groups: list(absent.map((key) => groupName(groupsOf(room, key)[0]))) }) : '');
const absentLine = (desk, absent) => (absent.length ? html`<p class="soft">${absentWords(desk, absent)}</p>` : nothing);

/**
 * The groups of an open vote: how many of each have voted, as far as that is told, and how their result will be shown. Groups
 * under ten people are told together (docs/rules.md section 7).
 */
export function groupsOfVote(desk, vote, minimum) {
  const { room } = desk;
  const told = vote.turnout_by_group ?? [];
  const pools = poolsOf(desk, vote);
  if (!told.length) return html`${poolTable(desk, pools, vote.absent, minimum)}<p class="soft">${t('console.turnout.room_only')}</p>`;
  const part = (pool) => ({ groups: groupsOf(room, pool.keys), shown: pool.size === undefined && !pool.open ? undefined : html`${pool.keys.length > 1 ? html`${t('console.pools.pooled')} ` : nothing}${shownAs(pool.size, minimum, pool.open)}` });
  const rows = told.map(({ keys, voted, eligible }) => ({ voted, eligible, parts: pools.filter((pool) => keys.includes(pool.keys[0])).map(part) }));
  const pooled = rows.some((row) => row.parts.length > 1) ? t('console.turnout.together') : '';
  return html`<div class="scroll">${turnoutTable({ caption: t('console.turnout.groups'), rows })}</div><p class="soft">${pooled} ${absentWords(desk, vote.absent)}</p>`;
}

/** The rows of a vote that has opened, of a ballot with the sizes of now. */
function poolsOf(desk, vote) {
  const groups = desk.room.records.all('group');
  const joined = (key) => groups.find((group) => group.key === key)?.joined ?? 0;
  return vote.pools.map((keys) => ({ keys, size: vote.kind === 'ballot' ? keys.reduce((sum, key) => sum + joined(key), 0) : undefined, open: openBecause(vote, keys) }));
}

/** Why an effective group votes by name, or null. */
function openBecause(vote, keys) {
  if (keys.length > 1 || !votesOpenly(vote, keys[0])) return null;
  return vote.agreed_groups.includes(keys[0]) ? 'agreed' : 'declared';
}
