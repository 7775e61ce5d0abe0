/** Whole screens composed of layout classes and elements: `screens.html?screen=phone-ballot`. What static/css/README.md shows in short. */
import { html, nothing, render } from '/static/vendor/lit-html/lit-html.js';
import { loadCatalogue } from '/static/js/lib/catalogue.js';
import { dashes, note, sample, tag, toast } from '/static/js/elements/basics.js';
import { button } from '/static/js/elements/buttons.js';
import { clock } from '/static/js/elements/clocks.js';
import { connection, offlineStrip } from '/static/js/elements/connection.js';
import { groupGlyph, groupLabel } from '/static/js/elements/groups.js';
import { icon, mark } from '/static/js/elements/icons.js';
import { ideaCard } from '/static/js/elements/cards.js';
import { checkList, checkSummary } from '/static/js/elements/checks.js';
import { field, selectField } from '/static/js/elements/texts.js';
import { difference, differenceKey } from '/static/js/elements/difference.js';
import { choiceRow, stanceReason, stanceRows } from '/static/js/elements/stances.js';
import { approvalRow, statement, votesLeft } from '/static/js/elements/votes.js';
import { keyButton, lockedBox, nowTag, preview, programmeList, roomNumbers, sayAloud } from '/static/js/elements/programme.js';
import { qr, qrCard } from '/static/js/elements/qr.js';
import { decisionRows, decisionTable, pages, shortlist, turnoutTable } from '/static/js/elements/results.js';
import { decisionRing, lobbyTable, turnoutRing } from '/static/js/elements/ring.js';
import { GROUPS } from './phone-blocks.js';
import { turnout } from '/static/js/console/turnout.js';
import { pageScreens } from './page-screens.js';

const off = () => {};
const [citizens, council, region, folketing, , professionals, associations, researchers] = GROUPS;
const code = await (await fetch('/qr.json')).json();
const way = { modules: code.modules, address: code.address, host: 'rundbord.example', code: '7Q4M0K' };
const IDEAS = ['En fast kontaktperson, der ikke skifter, når man fylder 18', 'Fællesspisning hver torsdag, hvor unge laver maden', 'Svar inden for tre dage i stedet for en venteliste', 'Foreninger får nøgle til skolen efter kl. 16', 'Gratis bus om aftenen mellem byerne for alle under 25', 'Region og kommune deler én indgang til psykisk hjælp'];
const OVER_HALF = { at: 1 / 2, share: '1/2', own: false, words: 'kræver over 1/2' };
const TWO_THIRDS = { at: 2 / 3, share: '2/3', own: true, words: 'kræver 2/3' };
const ROWS = [
  { groups: [citizens], status: 'carried', counts: { for: 20, reservation: 0, against: 3 }, turnout: '24 af 25' },
  { groups: [council], status: 'not_carried', counts: { for: 5, reservation: 0, against: 6 }, turnout: '12 af 12' },
  { groups: [professionals], status: 'carried', counts: { for: 9, reservation: 0, against: 2 }, turnout: '11 af 12' },
  { groups: [region], status: 'carried', counts: null },
  { groups: [associations], status: 'carried', counts: null },
  { groups: [folketing, researchers], status: 'carried', counts: null },
].map((row) => ({ required: OVER_HALF, ...row }));
const ring = (small) => decisionRing({ seats: ROWS.map((row) => ({ glyphs: row.groups.map((group) => group.glyph), carried: row.status === 'carried' })), big: '5 af 6', small, label: 'Fem af seks grupper har flertal for aftalen.' });

const phoneHead = (step, now, { state = 'on', left } = {}) => html`<header><div class="top">${mark()}<p class="name"><b>Unge i Fjordby ${sample()}</b>${connection(state)}</p><a class="me" href="#mig">${groupGlyph(citizens)}Mig</a></div>
  <div class="stepline">${dashes({ total: 11, now })}<p><span><b>${step}</b> <span class="soft">· trin ${now} af 11</span></span>${left ? clock({ left, withIcon: true }) : nothing}</p></div></header>`;

const phone = {
  'phone-join': () => html`<header><div class="top">${mark()}<p class="name"><b>Rundbord</b></p><button class="chip" type="button">English</button></div></header>
    <main><div><h1 class="ask words">Hvad skal der til, for at færre unge i Fjordby er ensomme?</h1><p class="soft">11. marts 2027 · Fjordby Rådhus</p></div>
    <fieldset class="choices"><legend>Hvilken gruppe kommer du fra?</legend>${[citizens, professionals, associations, researchers].map((group, i) => choiceRow({ name: 'group', value: group.key, chosen: i === 0, label: group.name.da, group, onChoose: off }))}</fieldset>
    ${note('key', 'Politiker? Brug QR-koden på din egen plads.')}${field({ id: 'name', label: 'Navn', optional: true, value: '', onInput: off })}</main>
    <footer class="act">${button({ label: 'Deltag', sort: 'primary', wide: true, iconAfter: 'next' })}<p class="soft">Ingen konto. Navne slettes 11. juni 2027.</p></footer>`,
  'phone-write': () => html`${phoneHead('Idéer', 4, { left: 372 })}<main><h1 class="ask words">Hvad ville få flere unge til at føle sig hjemme i Fjordby?</h1>
    ${field({ id: 'idea', label: 'Din idé', value: 'En fast voksen, der stadig er der, når man fylder 18, og som selv ringer op', rows: 3, max: 280, draft: 'saved', words: true, large: true, onInput: off })}
    <section class="section"><h2 class="spread"><span>Dine idéer</span><span class="soft">2</span></h2>${ideaCard({ text: 'Lektiecafé på biblioteket, hvor der også er noget at spise', state: 'sending' })}${ideaCard({ text: IDEAS[4], state: 'private' }, { actions: button({ label: 'Ret', sort: 'quiet', small: true }) })}</section></main>
    <footer class="act">${note('eye-off', 'Kun du kan se idéen, indtil alle idéer bliver vist.')}${button({ label: 'Send idé', sort: 'primary', wide: true, iconAfter: 'send' })}</footer>`,
  'phone-offline': () => html`${phoneHead('Idéer', 4, { state: 'off' })}${offlineStrip({ seconds: 8, unsent: 1, onRetry: off })}<main>${field({ id: 'idea', label: 'Din idé', value: 'Besøgsven den første måned', rows: 3, max: 280, draft: 'saved', words: true, large: true, onInput: off })}
    ${ideaCard({ text: 'Lektiecafé på biblioteket, hvor der også er noget at spise', state: 'failed' }, { onRetry: off })}</main><footer class="act"><div class="toasts">${toast({ text: 'Trukket tilbage', seconds: 8, onUndo: off })}</div>${button({ label: 'Send, når der er forbindelse', sort: 'primary', wide: true })}</footer>`,
  'phone-ballot': () => html`${phoneHead('Afstemning', 6, { left: 190 })}<main><div class="stick">${votesLeft({ used: 4, total: 6 })}</div><div><h1 class="ask">Hvilke idéer skal blive til mål?</h1><p class="soft">Sæt højst 6 kryds. Rækkefølgen er blandet på hver telefon.</p></div>
    <div class="choices">${IDEAS.map((text, i) => approvalRow({ id: String(i), text, chosen: i % 2 === 0, onToggle: off }))}</div></main>
    <footer class="act">${note('lock', 'Hemmelig. Ingen ser tal, før der er lukket. Du kan ændre dine kryds til kl. 11.20.')}${button({ label: 'Stem med 4 kryds', sort: 'primary', wide: true })}</footer>`,
  'phone-statement': () => html`${phoneHead('Temaer', 5)}<main><h1 class="vh">Er du enig eller uenig?</h1><p class="count"><span><b>Udsagn 6</b> <span class="soft">af 18</span></span></p>${statement({ text: 'Skolerne skal stå åbne for unge om aftenen, også når der ikke er nogen voksne ansat.', onChoose: off })}</main>
    <footer class="act">${note('eye-off', 'Ingen kan se, hvad du svarer.')}${button({ label: 'Ret udsagn 5', sort: 'quiet', icon: 'undo' })}</footer>`,
  'phone-agreement': () => html`${phoneHead('Beslutning', 9)}<main><article class="sheet agr"><p class="spread soft"><span>Aftale B · version 3</span><span>ændret kl. 12.51</span></p><h1 class="ask words">Åbne skoler for unge</h1>
    ${difference('Skolerne står åbne for unge to aftener om ugen. Byrådet betaler lys og varme.', 'Skolerne står åbne for unge tre aftener om ugen, også i ferierne. Byrådet betaler lys og varme.')}${differenceKey(2)}
    <ul class="give"><li>${groupGlyph(council)}<span><b>Fjordby Byråd:</b> 640.000 kr. om året</span></li><li>${groupGlyph(citizens)}<span><b>Ungerådet:</b> program for hver måned</span></li></ul></article>
    ${stanceReason({ value: 'reservation', reason: 'Opsynet må ikke tages fra klubbernes timer.', onReason: off })}${stanceRows({ legend: 'Din stemme om version 3', value: 'reservation', onChoose: off })}</main>
    <footer class="act">${note('lock', 'Hemmelig. Gælder kun version 3: ny tekst, ny afstemning.')}${button({ label: 'Send min stemme', sort: 'primary', wide: true })}</footer>`,
};

const STEPS = ['Velkommen', 'Rammen', 'Spilleregler', 'Idéer', 'Temaer', 'Afstemning', 'Mål', 'Aftaler', 'Pause', 'Beslutning', 'Tilsagn', 'Afslutning'].map((title, i) => ({ id: `s${i}`, title, at: `${9 + Math.floor(i / 3)}.${i % 3}0`, state: i < 5 ? 'done' : i === 5 ? 'running' : 'waiting', length: i === 5 ? '15 min' : '35 min' }));
const consoleFrame = (now, room, next, withToast) => html`<header class="topbar">${mark()}<b>Unge i Fjordby</b>${sample()}<span class="code soft wide">rundbord.example · 7Q4M0K</span><div class="toasts">${withToast ? toast({ text: 'Flyttet til ”Vejen ind”', seconds: 8, onUndo: off }) : nothing}</div>${connection('on')}<span class="chair"><b>Mette Holm</b> styrer</span><span class="soft wide">Jonas Bak kan tage over</span><button class="k" type="button" aria-label="Menu">${icon('menu')}</button></header>
  <nav class="prog" aria-label="Program"><h2 class="h">Program <a class="soft" href="#ret">Ret</a></h2>${programmeList({ steps: STEPS, onChoose: off })}
    <section class="shows" aria-label="Det viser skærmene nu"><h2 class="h">Vises nu <span class="seg"><button type="button" aria-pressed="true">Tavle</button><button type="button" aria-pressed="false">Telefon</button></span></h2>${preview({ words: 'Hvilke idéer skal blive til mål?', meta: '41 af 63 har stemt', corner: qr(way) })}</section></nav>
  <main tabindex="-1">${now}</main><aside class="room" tabindex="0" aria-label="Rummet">${room}</aside>
  <footer class="foot">${[['←', 'Tilbage'], ['Mellemrum', 'Vis resultat'], ['T', 'Ur'], ['+', '1 min'], ['P', 'På tavlen']].map(([keycap, label]) => keyButton({ keycap, label, onClick: off }))}${[['Q', 'QR'], ['B', 'Sort'], ['L', 'Lås']].map(([keycap, label]) => keyButton({ keycap, label, onClick: off, secondary: true }))}${keyButton({ keycap: '?', label: 'Hjælp', onClick: off })}<span class="ready">22 mangler</span>${button({ label: next, sort: 'primary', keycap: '→' })}</footer>`;
const room = html`<h2 class="h big">Rummet</h2>${roomNumbers([{ count: 69, words: 'er med' }, { count: 63, words: 'forbundet' }, { count: 9, words: 'er i gang' }, { count: 2, words: 'sidder fast', alert: true }])}<section><h3 class="h">Vær opmærksom på</h3>${sayAloud('2 af 6 fra foreninger og virksomheder har stemt. Spørg, om de har net.', true)}${sayAloud('Folketing og Forskere er hver under 5. De vises som én pulje.')}</section>`;

const console_ = {
  'console-ballot': () => consoleFrame(html`<div class="nowh"><div class="t">${nowTag()}<h1>Afstemning: idéer til mål</h1>${note('lock', 'Ingen, heller ikke du, kan se tal, før der er lukket.')}</div>${clock({ left: 190, under: 'lukker kl. 11.20' })}</div>
    ${turnout({ voted: 41, eligible: 63 }, 'af 63 har stemt.', '69 er med i dag.')}
    ${turnoutTable({ caption: 'Deltagelse i hver gruppe', rows: ROWS.map((row, i) => ({ groups: row.groups, note: i === 4 ? tag('warn', 'Mange er gået') : nothing, voted: 17 - 2 * i, eligible: 24 - 2 * i })) })}
    ${lockedBox('Låst, siden der blev åbnet', [['Metode', 'Kryds, op til 6 hver'], ['Idéer og pladser', '24 idéer, 5 bliver til mål'], ['Vægt', 'Én person, én pung']])}
    <div class="acts push">${button({ label: 'Giv 1 minut mere', icon: 'clock' })}${button({ label: 'Luk afstemningen', sort: 'danger' })}<span class="soft">Lukker du nu, mangler 22 at stemme.</span></div>`, room, 'Næste: Mål'),
  'console-ideas': () => consoleFrame(html`<div class="nowh"><div class="t">${nowTag()}<h1>Idéer</h1><p class="soft">24 idéer vist for alle kl. 10.16.</p></div>${clock({ left: 220, under: 'tilbage, til kl. 10.40' })}</div>
    <section class="suggest" aria-label="Forslag">${icon('side')}<div><p><b>Ligner de to idéer hinanden?</b></p><p class="words">”Svar inden for tre dage …” og ”Ring-op samme uge”</p></div><div class="acts">${button({ label: 'Vis side om side', small: true })}${button({ label: 'Nej', sort: 'quiet', small: true })}</div></section>
    <div class="cols">${['Steder at være', 'Voksne, der bliver', 'Vejen ind'].map((title) => html`<section class="col"><h2>${title} <span class="soft">9</span></h2><ul>${IDEAS.slice(0, 4).map((text, i) => html`<li class="card"><p class="words" dir="auto">${text}</p><p class="m">${groupLabel(GROUPS[i])}<span class="bn">${icon('build')}${i + 1}</span></p></li>`)}</ul></section>`)}</div>`, room, 'Næste: Temaer', true),
  'console-goal': () => consoleFrame(html`<div class="nowh compact"><div class="t"><h1>${nowTag()}Mål 1 af 5 <span class="soft">version 3, gemt 11.34</span></h1></div>${button({ label: 'Forrige mål', sort: 'quiet', icon: 'back', small: true })}${button({ label: 'Næste mål', sort: 'quiet', iconAfter: 'next', small: true })}</div>
    <div class="split"><section class="src" aria-label="Bygger på"><h2 class="h">Bygger på 2 idéer</h2>${ideaCard({ text: IDEAS[3], state: 'open', group: associations })}${ideaCard({ text: IDEAS[1], state: 'open', group: citizens })}${button({ label: 'Tilføj en idé', icon: 'plus', small: true })}</section>
    <form class="form" aria-label="Mål 1"><div class="title">${field({ id: 'a', label: 'Hvad er anderledes, og for hvem?', value: '6 ud af 10 unge har et åbent sted og en fast voksen og bruger stedet hver måned', rows: 2, onInput: off })}</div><div class="diffbox">${difference('Flere unge har et åbent sted', '6 ud af 10 unge har et åbent sted og bruger det')}</div>
    <div class="fields" style="--columns:4">${[['b', 'Udgangspunkt', '41 %'], ['c', 'Målt', 'nov. 2026'], ['d', 'Målværdi', 'mindst 60 %'], ['e', 'Frist', '31.12.2028']].map(([id, label, value]) => field({ id, label, value, onInput: off }))}</div>
    <div class="fields">${field({ id: 'f', label: 'Ansvarlig', value: 'Kommunen', error: 'Ét navn eller én enhed', onInput: off })}${field({ id: 'g', label: 'Datakilde', value: '', warning: 'Hvem har tallet?', onInput: off })}${selectField({ id: 'h', label: 'Beslutningsniveau', value: 'a', options: [{ value: 'a', label: 'Aftale mellem parterne' }], onChoose: off })}</div></form></div>`,
  html`<h2 class="h big">Er målet klart?</h2>${checkSummary([{ severity: 'B' }, { severity: 'W' }, { severity: 'H' }])}${checkList([{ severity: 'B', sentence: 'Ét navn eller én enhed', missing: 'Ansvarlig er ”Kommunen”.' }, { severity: 'W', sentence: 'Hvem har tallet?', missing: 'Datakilde mangler.' }, { severity: 'H', sentence: 'Er det to mål?', missing: '”Og” står to gange.' }])}${button({ label: 'Sæt til beslutning', missing: 'Sæt til beslutning: 1 mangler' })}`, 'Næste: Aftaler'),
  'console-result': () => consoleFrame(html`<div class="verdict"><div><p class="soft">Aftale B, version 3 · lukket kl. 13.02</p><h1>Ikke tilslutning</h1><p>Byrådet nåede ikke over halvdelen. <b>48 af 61</b> i rummet er for, men der skal være flertal i <b>hver</b> gruppe.</p></div>${ring('har båret den')}</div>
    ${decisionTable({ caption: 'Aftale B, version 3', rows: ROWS, overall: { status: 'carried', required: TWO_THIRDS, counts: { for: 48, reservation: 0, against: 13 }, turnout: '64 af 67' } })}<p class="soft">3 stemte blankt; blanke tæller ikke med i andelen. Ikke til stede: Europa-Parlamentet.</p>
    <div class="acts push">${button({ label: 'Ret teksten: version 4', sort: 'primary', icon: 'pen' })}${button({ label: 'Del i to aftaler' })}${button({ label: 'Skriv uenigheden ned', sort: 'quiet' })}</div>`, room, 'Næste: Tilsagn'),
};

const boardHead = (step, now) => html`<header class="hd">${mark()}<span><b>Unge i Fjordby</b> ${sample()}</span><span>·</span><span>${step}</span>${dashes({ total: 11, now })}</header>`;
const rail = (top) => html`<aside class="side-rail" aria-label="Deltag">${top}${qrCard(way)}</aside>`;
const board = {
  'board-lobby': () => html`<main class="stack-none" style="display:flex;flex-direction:column;min-width:0"><p class="brand">${mark()}Rundbord ${sample()}</p><h1 class="words">Hvad skal der til, for at færre unge i Fjordby er ensomme?</h1><p class="how">Ret kameraet mod koden, eller gå til <b>rundbord.example</b>, kode <b class="code">7Q4M0K</b>.<br />Ingen konto. Du vælger selv, om du skriver dit navn.</p>
    <div class="in"><p><b>43</b>er kommet ind</p><ul>${[citizens, council, professionals, region].map((group, i) => html`<li>${groupLabel(group, { after: 18 - 3 * i })}</li>`)}</ul></div></main><aside aria-label="Deltag">${lobbyTable(qr(way))}</aside>`,
  'board-ideas': () => html`${boardHead('Idéer', 4)}<main><h1 class="focus">Steder at være</h1><ul class="sheets few" style="--rows: 3">${IDEAS.map((text, i) => html`<li><span class="sign">${groupGlyph(GROUPS[i], GROUPS[i].name.da)}</span><p class="words" dir="auto">${text}</p><span class="m"><span class="bn">${icon('build')}${i + 1}</span></span></li>`)}</ul>${pages({ page: 1, pages: 2 })}</main>${rail(html`${clock({ left: 220, under: 'tilbage' })}<p class="soft">24 idéer i alt. Byg videre på telefonen.</p>`)}`,
  'board-ballot': () => html`${boardHead('Afstemning', 6)}<main><div class="mid"><div><h1 class="focus hero">Hvilke idéer skal blive til mål?</h1><ul class="how">${[['check', 'Sæt højst 6 kryds på telefonen'], ['lock', 'Hemmeligt. Ingen ser tal, før der er lukket'], ['undo', 'Du kan ændre til kl. 11.20']].map(([name, words]) => html`<li>${icon(name)}<span>${words}</span></li>`)}</ul></div>${turnoutRing({ voted: 41, eligible: 63 })}</div><p class="soft">69 er med i dag. Ét felt er én plads ved bordet.</p></main>${rail(clock({ left: 190, under: 'tilbage, lukker kl. 11.20' }))}`,
  'board-shortlist': () => html`${boardHead('Afstemning', 6)}<main><h1 class="focus">Fem idéer bliver til mål</h1>${shortlist(IDEAS.slice(0, 5).map((text, i) => ({ text, why: `Båret af ${31 - 4 * i} personer, hver med 1/${31 - 4 * i}`, groups: GROUPS.slice(0, 4 - (i % 3)) })))}<p class="note">60 af 63 forbundne stemte. Din kvittering ligger på din telefon.</p></main>${rail(html`<h2 class="strong">Tegnene: støttet af mindst en tredjedel af gruppen</h2><ul class="legend-list">${GROUPS.slice(0, 5).map((group) => html`<li>${groupLabel(group)}</li>`)}</ul>`)}`,
  'board-agreement': () => html`${boardHead('Aftaler', 8)}<main><h1 class="lead">Aftale B: Åbne skoler for unge <span class="soft">version 3</span></h1><p class="label">Det vil vi</p><p class="words text middle">Skolerne i de fire byer står åbne for unge tre aftener om ugen, også i skoleferierne. Byrådet betaler lys, varme og opsyn.</p>
    <table class="given"><thead><tr><th scope="col" class="who">Hvem</th><th scope="col">Giver</th><th scope="col" class="amount">Hvor meget</th><th scope="col" class="day">Senest</th></tr></thead><tbody>${[[council, 'Fjordby Byråd', 'Lys, varme og opsyn', '640.000 kr. om året'], [citizens, 'Ungerådet', 'Program, som unge selv laver', '1 om måneden'], [associations, 'Idrætsrådet', 'Voksne, der er til stede', '2 hver aften']].map(([group, name, gives, amount]) => html`<tr><th scope="row"><span>${groupGlyph(group)}<span>${name}</span></span></th><td class="words">${gives}</td><td>${amount}</td><td>1. august 2027</td></tr>`)}</tbody></table></main>${rail(html`<div><p class="item strong">Læs med på telefonen</p><p class="soft">Dér kan du se ændringerne og foreslå nye ord.</p></div>`)}`,
  'board-result': () => html`${boardHead('Beslutning', 9)}<main><div class="verdict"><div><h1 class="focus hero">Ikke tilslutning</h1><p>Byrådet nåede ikke over halvdelen. 48 af 61 er for, men der skal være flertal i hver gruppe.</p></div>${ring('grupper')}</div>${decisionRows({ rows: ROWS })}<p class="note">64 af 67 stemte, 3 af dem blankt. Stregen er halvdelen. Ikke til stede: Europa-Parlamentet.</p></main>${rail(html`<div><p class="soft">Aftale B, version 3</p><p class="item words">Åbne skoler for unge</p></div>`)}`,
};

const name = new URLSearchParams(location.search).get('screen') ?? 'phone-write';
const screens = { ...phone, ...console_, ...board, ...pageScreens({ groups: GROUPS, rows: ROWS, ring: ring('grupper') }) };
const surface = name.split('-')[0];
const SHEETS = {
  phone: ['phone'],
  console: ['words', 'results', 'console', 'idea_columns', 'editors', 'dialogs'],
};
for (const file of SHEETS[surface] ?? ['words', 'results', surface]) {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `/static/css/${file}.css` });
  document.head.append(link);
  await new Promise((resolve) => link.addEventListener('load', resolve));
}
await loadCatalogue('/catalogue.json?language=da');
document.body.className = `${surface}${name === 'board-lobby' ? ' lobby' : ''}${name === 'console-goal' ? ' editing' : ''}${name === 'phone-join' ? ' join' : ''}`;
render(screens[name](), document.body);
document.documentElement.dataset.ready = 'yes';
