/** The blocks that console, board and public record use. */
import { html } from '/static/vendor/lit-html/lit-html.js';
import { button } from '/static/js/elements/buttons.js';
import { ideaCard, sideBySide } from '/static/js/elements/cards.js';
import { handsRows } from '/static/js/elements/hands.js';
import { keyButton, lockedBox, nowTag, preview, programmeList, roomNumbers, sayAloud, voiceRows } from '/static/js/elements/programme.js';
import { qr, qrCard } from '/static/js/elements/qr.js';
import { decisionRows, decisionTable, pages, shortlist, turnoutTable } from '/static/js/elements/results.js';
import { decisionRing, lobbyTable, turnoutRing } from '/static/js/elements/ring.js';
import { GROUPS } from './phone-blocks.js';

const nothing = () => {};
const [citizens, council, region, folketing, , professionals, , researchers] = GROUPS;
const code = (await (await fetch('/qr.json')).json());

const STEPS = [
  { id: 's1', title: 'Idéer', state: 'done', at: '10.00' },
  { id: 's2', title: 'Afstemning', state: 'running', at: '11.05', length: '15 min' },
  { id: 's3', title: 'Mål', state: 'waiting', at: '11.20', length: '35 min' },
  { id: 's4', title: 'Aftaler', state: 'waiting', at: '11.55', length: '35 min' },
];

const OVER_HALF = { at: 1 / 2, share: '1/2', own: false, words: 'kræver over 1/2' };
const TWO_THIRDS = { at: 2 / 3, share: '2/3', own: true, words: 'kræver 2/3' };
const ROWS = [
  { groups: [citizens], status: 'carried', counts: { for: 18, reservation: 2, against: 3 }, turnout: '24 af 25' },
  { groups: [council], status: 'not_carried', counts: { for: 5, reservation: 0, against: 6 }, turnout: '12 af 12' },
  { groups: [professionals], status: 'carried', counts: { for: 9, reservation: 0, against: 2 }, turnout: '11 af 12' },
  { groups: [region], status: 'carried', counts: null },
  { groups: [folketing, researchers], status: 'no_quorum', counts: null },
].map((row) => ({ required: OVER_HALF, ...row }));

export function roomBlocks() {
  return [console_(), tables(), rings()];
}

const console_ = () => ({
  title: 'Ordstyrerens skærm',
  cases: [
    ['program: færdig, nu, næste, senere', html`<div class="console-bit">${programmeList({ steps: STEPS, onChoose: nothing })}</div>`],
    ['rummet i tal, stemmer i rummet', html`${roomNumbers([{ count: 69, words: 'er med' }, { count: 63, words: 'forbundet' }, { count: 5, words: 'skriver nu' }, { count: 1, words: 'sidder fast', alert: true }])}${voiceRows([{ group: citizens, room: 0.38, part: 0.25 }, { group: council, room: 0.19, part: 0.29 }], { room: 'af rummet', part: 'af idéerne' })}${sayAloud('Borgerne er 38 % af rummet og 25 % af idéerne. Giv dem et minut mere?', true)}`],
    ['taster', html`<div class="row">${nowTag()}${keyButton({ keycap: '←', label: 'Tilbage', onClick: nothing })}${keyButton({ keycap: 'T', label: 'Ur', onClick: nothing, pressed: true })}</div>`],
    ['det viser tavlen', preview({ words: 'Hvilke idéer skal blive til mål?', meta: '41 af 63 har stemt', corner: qr({ modules: code.modules, address: code.address }) })],
    ['låst, siden der blev åbnet', lockedBox('Låst, siden der blev åbnet', [['Metode', 'Kryds, op til 6 hver'], ['Vægt', 'Én person, én pung']])],
    ['side om side, før et menneske lægger sammen', sideBySide({ a: { title: 'A', card: ideaCard({ text: 'Svar inden for tre dage', state: 'open', group: citizens }) }, b: { title: 'B', card: ideaCard({ text: 'Ring op samme uge', state: 'open', group: region }) }, actions: [button({ label: 'Det samme: læg sammen' }), button({ label: 'Nej', sort: 'quiet' })] })],
  ],
});

const tables = () => ({
  title: 'Resultater',
  wide: true,
  cases: [
    ['beslutning', html`<div class="scroll" tabindex="0" role="region" aria-label="Beslutning">${decisionTable({ caption: 'Aftale B, version 3', rows: ROWS, overall: { status: 'carried', required: TWO_THIRDS, counts: { for: 48, reservation: 0, against: 13 }, turnout: '64 af 67' } })}</div>`],
    ['deltagelse', html`<div class="scroll" tabindex="0" role="region" aria-label="Deltagelse">${turnoutTable({ caption: 'Deltagelse i hver gruppe', rows: [{ groups: [citizens], voted: 17, eligible: 24 }, { groups: [region], note: 'Tælles sammen', voted: 11, eligible: 13 }] })}</div>`],
    ['tavlens rækker', decisionRows({ rows: ROWS })],
    ['de valgte idéer', shortlist([{ text: 'Foreninger får nøgle til skolen efter kl. 16', why: 'Båret af 31 personer, hver med 1/31', groups: [citizens, council] }, { text: 'En fast kontaktperson', why: 'Båret af 27 personer, hver med 1/27' }])],
    ['håndsoprækning', handsRows({ rows: [{ label: 'For', count: 31 }, { label: 'Imod', count: 1 }] })],
    ['side', pages({ page: 1, pages: 3 })],
  ],
});

const rings = () => ({
  title: 'Bordet set oppefra, og vejen ind',
  wide: true,
  cases: [
    ['én plads for hver person; mange personer; ingen endnu', html`<div class="swatches">${turnoutRing({ voted: 41, eligible: 63 })}${turnoutRing({ voted: 212, eligible: 240 })}${turnoutRing({ voted: 0, eligible: 1 })}</div>`],
    ['én plads for hver gruppe', html`<div class="swatches">${decisionRing({ seats: ROWS.map((row) => ({ glyphs: row.groups.map((group) => group.glyph), carried: row.status === 'carried' })), big: '3 af 5', small: 'grupper', label: 'Tre af fem grupper har flertal for aftalen.' })}${decisionRing({ seats: GROUPS.slice(0, 2).map((group) => ({ glyphs: [group.glyph], carried: null })), big: '2', small: 'grupper', label: 'To grupper afgør det.' })}${decisionRing({ seats: GROUPS.map((group, i) => ({ glyphs: [group.glyph], carried: i !== 2 })), big: '7 af 8', small: 'grupper', label: 'Syv af otte grupper har båret aftalen.' })}</div>`],
    ['lobbyens bord; koden, som den står på tavlen; tegnet af serveren', html`<div class="swatches">${lobbyTable(qr({ modules: code.modules, address: code.address }))}${qrCard({ modules: code.modules, address: code.address, host: 'rundbord.example', code: '7Q4M0K' })}${qrCard({ svg: code.svg, address: code.address, host: 'rundbord.example', code: '7Q4M0K' })}</div>`],
  ],
});
