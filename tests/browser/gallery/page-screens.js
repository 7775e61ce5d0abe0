/** Whole pages that the server writes as HTML (organiser, login, public record), with the classes their templates use. */
import { html } from '/static/vendor/lit-html/lit-html.js';
import { sample, tag } from '/static/js/elements/basics.js';
import { groupGlyph, groupLabel } from '/static/js/elements/groups.js';
import { icon, mark } from '/static/js/elements/icons.js';
import { field } from '/static/js/elements/texts.js';
import { trail } from '/static/js/elements/cards.js';
import { decisionTable } from '/static/js/elements/results.js';

const off = () => {};

export const pageScreens = ({ groups, rows, ring }) => ({
  'pages-login': () => html`<div class="narrow"><p class="brand">${mark()}Rundbord</p><main class="panel"><h1>Log ind</h1><p class="errors" role="alert">Navn eller kodeord passer ikke. Prøv igen.</p>
    <form class="stack">${field({ id: 'n', label: 'Navn', value: 'mette', onInput: off, autocomplete: 'username' })}${field({ id: 'p', label: 'Kodeord', value: '', type: 'password', onInput: off })}<button class="btn primary wide" type="submit">Log ind</button></form></main></div>`,
  'pages-organiser': () => html`<header class="page-top"><div class="page-wrap"><a class="brand" href="#start">${mark()}Rundbord</a><nav aria-label="Menu"><a href="#w" aria-current="page">Workshopper</a><a href="#k">Skift kodeord</a><button type="button">Log ud</button></nav></div></header>
    <main class="page-wrap page"><div class="page-head"><div><h1>Workshopper</h1><p>To er åbne, én er en kladde.</p></div><div class="row"><a class="btn primary" href="#ny">Ny workshop</a></div></div>
    <p class="notice" role="status">Gemt.</p>
    <ul class="rows">${['Unge i Fjordby', 'Nabohjælp i landsbyerne'].map((title) => html`<li><div><h2><a class="words" href="#a">${title}</a></h2><p class="soft">11. marts 2027 · 69 deltagere · <span class="code">7Q4M0K</span></p></div><div class="acts"><a class="btn secondary small" href="#s">Åbn ordstyrerens side</a><a class="btn secondary small" href="#t">Tavle</a><a class="btn quiet small" href="#r">Ret</a></div></li>`)}</ul>
    <section class="part"><h2>Ny workshop fra en skabelon</h2><div class="cards-pick">${['Mål og aftaler, en halv dag', 'Idéer, en time', 'Tomt program'].map((name) => html`<div class="sheet"><h3>${name}</h3><p class="soft">Idéer, afstemning, mål og aftaler.</p><p><a class="btn secondary small" href="#v">Vælg</a></p></div>`)}</div></section>
    <form class="stack gap-6"><section class="form-part"><header><h2>Spørgsmålet</h2><p>Spørgsmålet vises størst på tavlen og først på hver telefon.</p></header><div class="stack">${field({ id: 'q', label: 'Spørgsmål', value: 'Hvad skal der til, for at færre unge er ensomme?', rows: 2, words: true, onInput: off })}<div class="fields">${field({ id: 'd', label: 'Dato', value: '', type: 'date', onInput: off })}${field({ id: 'm', label: 'Modtager', value: '', error: 'Skriv, hvem der svarer', onInput: off })}</div>
      <label class="check-line"><input type="checkbox" checked /><span>Deltagerne må vælge gruppe selv</span></label><label class="check-line"><input type="radio" name="l" checked /><span>Dansk</span></label></div></section>
      <section class="part"><h2>Links</h2><div class="link-box"><output class="code">https://rundbord.example/f/k3J9</output><button class="btn secondary small" type="button">Nyt link</button></div><p class="notice warn">Et nyt link lukker det gamle med det samme.</p></section>
      <section class="danger-zone"><h2>Slet workshoppen</h2><p>Idéer, stemmer og aftaler slettes for altid.</p><p><button class="btn danger" type="button">Slet</button></p></section>
      <div class="form-end"><button class="btn secondary" type="button">Annuller</button><button class="btn primary" type="submit">Gem</button></div></form></main>`,
  'record-page': () => html`<header class="mast"><div class="disc" aria-hidden="true"></div><div class="wrap"><nav aria-label="Sprog">${mark()}<b>Rundbord</b>${sample()}<a href="#en" lang="en">English</a></nav><h1 class="words">Hvad skal der til, for at færre unge i Fjordby er ensomme?</h1><p class="sub"><span>11. marts 2027, Fjordby Rådhus</span><span>69 deltagere fra syv grupper</span></p></div></header>
    <div class="wrap"><dl class="state"><div><dt>Resultat</dt><dd>3 mål, 1 aftale, 1 hensigt</dd></div><div><dt>Modtagerens svar</dt><dd>Ændrer ét punkt, 29. april 2027</dd></div><div><dt>Status på aftalen</dt><dd>Delvist, målt 1. marts 2028</dd></div></dl></div>
    <div class="wrap body"><nav class="toc" aria-label="Indhold">${['Rammen', 'Mål', 'Aftale', 'Beslutning'].map((name) => html`<a href="#${name}">${name}</a>`)}</nav><main class="doc">
    <section id="Rammen"><h2>Rammen</h2><p class="in">Løftet var <b>samarbejde</b>: ”Vi udformer løsningen sammen med jer.”</p><div class="two-up"><div><h3>Lå fast</h3><p class="soft">Budgettet på 2,4 mio. kr.</p></div><div><h3>Var til forhandling</h3><p class="soft">Hvilke steder, og hvem der har ansvar.</p></div></div></section>
    <section id="Mål"><h2>To mål</h2><ol class="goals">${['6 ud af 10 unge har et åbent sted, de bruger hver måned', 'Svar inden for tre dage til alle unge, der beder om hjælp'].map((words) => html`<li><div><p class="words">${words}</p><p class="soft">Ungeenheden. Frist 31. december 2028.</p></div><div><p>41 % ${icon('next')} 60 %</p><p class="soft">af 15-24-årige</p></div></li>`)}</ol></section>
    <section id="Aftale"><h2>Aftale B</h2><article class="agt"><h3>Åbne skoler for unge <span class="soft">version 4</span></h3><p class="words text">Skolerne i de fire byer står åbne for unge to aftener om ugen, også i skoleferierne.</p><div class="pt">${groups.slice(0, 3).map((group) => html`<div><b>${groupGlyph(group)}${group.name.da}</b><p>Program for hver måned. Må selv beslutte.</p></div>`)}</div></article></section>
    <section id="Beslutning"><h2>Afstemning i hver gruppe</h2><div class="dec"><p>Ikke flertal i <b>alle grupper</b>.</p>${ring}</div><div class="scroll" tabindex="0" role="region" aria-label="Resultat i hver gruppe">${decisionTable({ caption: 'Aftale B', rows })}</div><div class="two-up"><blockquote class="words">Opsynet må ikke tages fra klubbernes timer.</blockquote></div></section>
    <section><h2>Byrådet svarer: ændrer ét punkt</h2><p class="words">Vi følger aftalen og flytter starten til 1. september 2027.</p><p class="soft">Fjordby Byråd, 29. april 2027.</p></section>
    <section><h2>Opfølgning</h2>${trail([{ title: '29. april 2027: Nøgleaftale', text: 'Målt 49 %' }, { title: '31. december 2028: Frist', future: true }])}<p>${tag('pos', 'Nået')}</p></section>
    <section><h2>Hent</h2><div class="files"><a class="btn secondary" href="#pdf">${icon('download')}PDF</a><a class="btn secondary" href="#w">Word</a></div></section></main></div>
    <footer><div class="wrap"><p>Navne blev slettet 11. juni 2027. ${groupLabel(groups[0])}</p></div></footer>`,
});
