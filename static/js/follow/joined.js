/** The door of a closed workshop: a phone that keeps a card of it is shown the way to answer. */

import { keptCard } from './kept.js';

const panel = document.getElementById('kept-card');
const card = panel && keptCard(panel.dataset.workshop);
if (card) {
  panel.querySelector('a').href = `/k#${card.code}`;
  panel.hidden = false;
}
