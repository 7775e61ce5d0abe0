/** Every element in every state, made by the product's own functions. Opened by test_elements.py. */
import { html, render } from '/static/vendor/lit-html/lit-html.js';
import { loadCatalogue } from '/static/js/lib/catalogue.js';
import { mark } from '/static/js/elements/icons.js';
import { phoneBlocks } from './phone-blocks.js';
import { roomBlocks } from './room-blocks.js';

const state = { stance: 'reservation', reason: 'Ikke fra klubbernes timer', dots: 2, crosses: ['b'], view: 'changes', position: 'pass', chip: 'all', idea: 'Lektiecafé på biblioteket' };

/** Change the state of the gallery and draw it again. */
function set(change) {
  Object.assign(state, change);
  draw();
}

const caseOf = ([cap, body]) => html`<div class="case"><p class="cap">${cap}</p>${body}</div>`;
const block = ({ title, cases, wide }) => html`<section class="block ${wide ? 'wide' : ''}"><h2>${title}</h2>${cases.map(caseOf)}</section>`;

function draw() {
  const blocks = [...phoneBlocks(state, set), ...roomBlocks(state, set)];
  render(html`<header class="gallery-head">${mark()}<h1>Byggeklodser</h1></header><main class="blocks">${blocks.map(block)}</main>`, document.getElementById('gallery'));
}

const language = new URLSearchParams(location.search).get('language') ?? 'da';
await loadCatalogue(`/catalogue.json?language=${language}`);
draw();
document.documentElement.dataset.ready = 'yes';
