/** The blocks that phones use. */
import { html } from '/static/vendor/lit-html/lit-html.js';
import { dashes, empty, note, sample, tag, toast } from '/static/js/elements/basics.js';
import { button, chip, chips, iconButton, linkButton, toggle } from '/static/js/elements/buttons.js';
import { clock } from '/static/js/elements/clocks.js';
import { connection, offlineStrip } from '/static/js/elements/connection.js';
import { groupLabel } from '/static/js/elements/groups.js';
import { ICONS, icon } from '/static/js/elements/icons.js';
import { comment, confirm, ideaCard, openDialog, slip, trail } from '/static/js/elements/cards.js';
import { checkList, checkSummary } from '/static/js/elements/checks.js';
import { facts, field, selectField } from '/static/js/elements/texts.js';
import { difference, differenceKey } from '/static/js/elements/difference.js';
import { asShare, groupBar } from '/static/js/elements/bars.js';
import { choiceRow, stanceReason, stanceRows } from '/static/js/elements/stances.js';
import { turnoutBar } from '/static/js/elements/turnout.js';
import * as votes from '/static/js/elements/votes.js';

const NAMES = ['Borgere', 'Byråd', 'Region', 'Folketing', 'Europa-Parlament', 'Fagfolk', 'Foreninger og virksomheder', 'Forskere'];
export const GROUPS = NAMES.map((da, i) => ({ key: `g${i + 1}`, glyph: i + 1, name: { da, en: da } }));
const nothing = () => {};
const IDEA = 'Lektiecafé på biblioteket';

export function phoneBlocks(state, set) {
  return [buttons(), ideas(state, set), crosses(state, set), groups(state, set), fields(state, set), dots(state, set), bars(), checks(state, set), programme(), stance(state, set), messages(), paper(), icons()];
}

const buttons = () => ({
  title: 'Knapper',
  cases: [
    ['primær, sekundær, stille, farlig', html`<div class="row">${button({ label: 'Send idé', sort: 'primary', icon: 'send' })}${button({ label: 'Ret' })}${button({ label: 'Fortryd', sort: 'quiet' })}${button({ label: 'Luk', sort: 'danger', onClick: () => confirm({ title: 'Luk afstemningen?', text: '22 mangler at stemme.', yes: 'Luk' }) })}</div>`],
    ['venter (samme bredde), kan ikke endnu (siger hvorfor)', html`<div class="row">${button({ label: 'Send min stemme', sort: 'primary', busy: 'Sender …' })}${button({ label: 'Sæt til beslutning', missing: 'Mangler frist' })}</div>`],
    ['trykket ned, med tast, kun ikon, henvisning', html`<div class="row">${button({ label: 'Klar', pressed: true, icon: 'check' })}${button({ label: 'Næste: Mål', sort: 'primary', keycap: '→' })}${iconButton({ icon: 'menu', name: 'Menu' })}${linkButton({ label: 'Hent PDF', href: '#hent', icon: 'download' })}</div>`],
  ],
});

const ideas = (state) => ({
  title: 'Idékort',
  cases: [
    ['sender', ideaCard({ text: IDEA, state: 'sending', mine: false })],
    ['gemt, privat', ideaCard({ text: IDEA, state: 'private' }, { actions: button({ label: 'Ret', sort: 'quiet' }) })],
    ['fejlet', ideaCard({ text: IDEA, state: 'failed' }, { onRetry: nothing })],
    ['vist, din, med hvorfor', ideaCard({ text: IDEA, why: 'Hjemme er der larm.', state: 'open', mine: true, group: GROUPS[0], builds: 3 })],
    ['skjult (kun du og ordstyreren)', ideaCard({ text: IDEA, state: 'hidden', reason: 'nævner en person ved navn' })],
    ['skrevet af en hjælper', ideaCard({ text: IDEA, state: 'open', by_helper: true })],
    ['lagt sammen', ideaCard({ text: IDEA, state: 'merged', merged: 2 }, { onOpenMerged: nothing })],
    ['med det, andre siger', ideaCard({ text: IDEA, state: 'open', group: GROUPS[5] }, { below: [comment({ text: 'Og noget at spise', sort: 'builds_on', group: GROUPS[1] }), comment({ text: 'Hvem låser op?', sort: 'question', mine: true })] })],
    ['fra højre, tegn og lange ord', html`${ideaCard({ text: 'مكتبة مفتوحة في المساء للشباب 👩🏽‍🎓', state: 'open', group: GROUPS[0] })}${ideaCard({ text: 'Ungdomsuddannelsesinstitutionernesfællesbestyrelsesformandskab', state: 'open' })}`],
  ],
});

const crosses = (state, set) => ({
  title: 'Kryds',
  cases: [
    ['stemmer tilbage', votes.votesLeft({ used: 4, total: 6 })],
    ['valgt, ikke valgt, ingen tilbage', html`<div class="choices">${[['a', IDEA], ['b', 'Nøgle til skolen efter kl. 16']].map(([id, text]) => votes.approvalRow({ id, text, chosen: state.crosses.includes(id), onToggle: (on) => { set({ crosses: on ? [...state.crosses, id] : state.crosses.filter((x) => x !== id) }); return true; } }))}${votes.approvalRow({ id: 'c', text: 'Gratis bus om aftenen', chosen: false, full: true, onToggle: nothing })}</div>`],
  ],
});

const groups = (state, set) => ({
  title: 'Grupper: farve og form',
  cases: [
    ['otte grupper, samme tegn overalt', html`<ul class="groups">${GROUPS.map((group) => html`<li>${groupLabel(group)}</li>`)}</ul>`],
    ['chips: valgt og ikke valgt', chips('Vis idéer fra', [chip({ label: 'Alle', count: 24, chosen: state.chip === 'all', onClick: () => set({ chip: 'all' }) }), chip({ label: 'Borgere', count: 9, group: GROUPS[0], chosen: state.chip === 'g1', onClick: () => set({ chip: 'g1' }) })])],
    ['pulje af to små grupper', groupLabel([GROUPS[3], GROUPS[7]])],
    ['vælg gruppe', html`<fieldset class="choices"><legend class="strong">Hvilken gruppe kommer du fra?</legend>${[0, 6].map((i) => choiceRow({ name: 'group', value: GROUPS[i].key, chosen: i === 0, label: NAMES[i], group: GROUPS[i], onChoose: nothing }))}</fieldset>`],
  ],
});

const fields = (state, set) => ({
  title: 'Felt',
  cases: [
    ['med tæller og kladde', field({ id: 'f1', label: 'Din idé', value: state.idea, rows: 3, max: 280, draft: 'saved', words: true, large: true, onInput: (idea) => set({ idea }) })],
    ['for langt: intet klippes', field({ id: 'f2', label: 'Titel', value: 'En titel, der fylder for meget', max: 20, onInput: nothing })],
    ['med fejl, med advarsel', html`${field({ id: 'f3', label: 'Frist', value: 'inden sommer', error: 'Skriv en dato, fx 31. december 2028', onInput: nothing })}${field({ id: 'f4', label: 'Datakilde', value: '', warning: 'Hvem har tallet?', optional: true, onInput: nothing })}`],
    ['en af flere', selectField({ id: 'f5', label: 'Beslutningsniveau', value: 'b', options: [{ value: 'a', label: 'Anbefaling' }, { value: 'b', label: 'Aftale mellem parterne' }], onChoose: nothing, hint: 'Låses, når den første beslutning åbner' })],
  ],
});

const dots = (state, set) => ({
  title: 'Prikker og svar',
  cases: [
    ['prikker: plus og minus er lige store', votes.dotsStepper({ text: IDEA, value: state.dots, max: 3, left: 4, onChange: (value) => set({ dots: value }) })],
    ['ingen tilbage: plus siger hvorfor', html`${votes.votesLeft({ used: 10, total: 10, sort: 'dots' })}${votes.dotsStepper({ text: 'Gratis bus', value: 1, max: 3, left: 0, onChange: nothing })}`],
    ['udsagn, ét ad gangen', votes.statement({ text: 'Skolerne skal stå åbne for unge om aftenen.', value: state.position, onChoose: (position) => set({ position }) })],
  ],
});

const bars = () => ({
  title: 'Bjælker',
  cases: [
    ['deltagelse: altid med nævner', turnoutBar({ voted: 41, eligible: 63, by_helper: 3, here: '69 er med i dag.' })],
    ['alle grupper har mindst ti: tal', groupRow(GROUPS[0], { counts: { for: 18, reservation: 2, against: 3 } })],
    ['ellers kun status', html`${groupRow(GROUPS[2], {}, tag('pos', 'Flertal'))}${groupRow([GROUPS[3], GROUPS[7]], {}, tag('warn', 'For få stemmer'))}`],
    ['rummet under ti', groupBar({ label: 'Hele rummet', ...asShare({ counts: null, from: 10 }) })],
  ],
});

function groupRow(group, disclosed, status) {
  return groupBar({ group, ...asShare(disclosed), threshold: 1 / 2, status });
}

const CHECKS = [
  { severity: 'W', sentence: 'Hvad sker først?', missing: 'Første skridt mangler.' },
  { severity: 'B', sentence: 'Hvornår?', missing: 'Frist mangler.', onGo: nothing },
  { severity: 'H', sentence: 'Er det to mål?', missing: '”Og” står to gange.' },
];

const checks = (state, set) => ({
  title: 'Kontrol og forskel',
  cases: [
    ['B blokerer, W advarer, H råder: form, ord og farve', html`${checkSummary(CHECKS)}${checkList(CHECKS)}`],
    ['intet mangler', checkList([])],
    ['forskel mellem versioner', html`${toggle({ name: 'Vis teksten', value: state.view, options: [{ value: 'changes', label: 'Med ændringer' }, { value: 'plain', label: 'Uden ændringer' }], onChoose: (view) => set({ view }) })}${state.view === 'changes' ? difference('åbne for unge to aftener om ugen, når det er muligt', 'åbne for unge tre aftener om ugen, også i ferierne') : html`<p class="words">åbne for unge tre aftener om ugen, også i ferierne</p>`}${differenceKey(2)}`],
  ],
});

const programme = () => ({
  title: 'Trin, ur, forbindelse',
  cases: [
    ['på telefonen: pladser i en række', dashes({ total: 11, now: 6 })],
    ['ur: roligt, sidste minut, tid gået', html`<div class="row" style="font-size:1.75rem;gap:1.5rem">${clock({ left: 190 })}${clock({ left: 45 })}${clock({ left: 0 })}</div><p class="row">${clock({ left: 3600, withIcon: true, under: 'lukker kl. 11.20' })}</p>`],
    ['forbindelse', html`<div class="row" style="gap:1.5rem">${['on', 'connecting', 'off'].map(connection)}</div>`],
    ['uden net', offlineStrip({ seconds: 8, unsent: 2, onRetry: nothing })],
    ['hvem kan se det', note('eye-off', 'Kun du kan se idéen, indtil alle idéer bliver vist.')],
  ],
});

const stance = (state, set) => ({
  title: 'Stilling',
  cases: [['fire svar, lige store; forbehold folder ud', html`${stanceRows({ legend: 'Din stemme om version 3', value: state.stance, onChoose: (value) => set({ stance: value }) })}${stanceReason({ value: state.stance, reason: state.reason, onReason: (reason) => set({ reason }) })}`]],
});

const messages = () => ({
  title: 'Besked, tom, spørg én gang',
  cases: [
    ['besked med fortryd, 10 sekunder', toast({ text: 'Flyttet til ”Vejen ind”', seconds: 8, onUndo: nothing })],
    ['tom tilstand: siger, hvad der kommer', empty({ title: 'Ingen idéer endnu', text: 'De første dukker op, når ordstyreren viser dem for alle.' })],
    ['dialog', button({ label: 'Vis min genkode', icon: 'key', onClick: () => openDialog({ title: 'Din genkode', body: html`<p class="code">7Q4M0-K2T9X</p>`, actions: (close) => button({ label: 'Luk', onClick: () => close() }) }) })],
    ['mærker', html`<div class="row">${sample()}${tag('pos', 'Flertal')}${tag('neg', 'Ikke flertal')}${tag('warn', 'Mange er gået')}</div>`],
  ],
});

const paper = () => ({
  title: 'Kvittering og spor',
  cases: [
    ['kvittering', slip({ title: 'Din kvittering', body: html`<p>Dine kryds hjalp <b>3 af de 5</b> idéer frem. Regnet ud på din telefon; ingen andre kan se det.</p>` })],
    ['hvad blev min idé til?', trail([{ title: 'Du skrev', text: IDEA, when: 'kl. 10.04' }, { title: 'Lagt sammen til mål 3' }, { title: 'Byrådet svarer', when: '3. maj 2027', future: true }])],
    ['fakta', facts([['Frist', '31. december 2028'], ['Ansvarlig', 'Ungeenheden, Fjordby Kommune']])],
  ],
});

const icons = () => ({ title: 'Ikoner', cases: [['altid med et ord', html`<ul class="icons">${Object.keys(ICONS).map((name) => html`<li>${icon(name)}${name}</li>`)}</ul>`]] });
