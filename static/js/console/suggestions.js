/** "Are these alike?": a pair of ideas the server finds alike. Only suggested; a person lays them side by side and decides. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { icon } from '../elements/icons.js';
import { t } from '../lib/catalogue.js';
import { openIdeas } from '../lib/reading.js';
import { openSideBySide } from './idea.js';

/** Asked again at most this often, ms, and only when the ideas have changed. */
const BETWEEN = 5000;
const held = new WeakMap();

const key = (desk) => `rundbord:${desk.page.workshop}:console:unlike`;
const name = (pair) => [pair.first, pair.second].sort().join('+');

function unlike(desk) {
  return new Set((desk.storage.get(key(desk)) ?? '').split(' ').filter(Boolean));
}

/** Ask for the pairs when the ideas on the table are others than last time. */
function look(desk, ideas) {
  const known = held.get(desk) ?? { of: '', at: -Infinity, pairs: [] };
  const of = ideas.map((idea) => idea.id + idea.text.length).join();
  if (of !== known.of && performance.now() - known.at > BETWEEN) {
    held.set(desk, { ...known, of, at: performance.now() });
    fetchPairs(desk);
  }
  return known.pairs;
}

async function fetchPairs(desk) {
  try {
    const answer = await fetch(`/api/similar?as=${desk.page.as}&workshop=${desk.page.workshop}`);
    const found = await answer.json();
    held.set(desk, { ...held.get(desk), pairs: found.pairs ?? [] });
    desk.draw();
  } catch {
    // Without an answer nothing is suggested; the ideas are all there.
  }
}

/** The first likely pair that nobody has said no to. */
export function suggestion(desk) {
  const ideas = openIdeas(desk.room);
  if (ideas.length < 2) return nothing;
  const no = unlike(desk);
  const there = new Map(ideas.map((idea) => [idea.id, idea]));
  const pair = look(desk, ideas).find((one) => there.has(one.first) && there.has(one.second) && !no.has(name(one)));
  if (!pair) return nothing;
  const refuse = () => {
    desk.storage.set(key(desk), [...no, name(pair)].join(' '));
    desk.draw();
  };
  return html`<section class="suggest" aria-label=${t('console.suggest')}>
    ${icon('side')}
    <div>
      <p><b>${t('console.suggest')}</b></p>
      <p class="words" dir="auto">
        ${t('console.suggest.pair', { a: there.get(pair.first).text, b: there.get(pair.second).text })}
      </p>
    </div>
    <div class="acts">
      ${button({ label: t('console.suggest.side'), small: true, onClick: () => openSideBySide(desk, pair.first, pair.second) })}${button({ label: t('console.suggest.no'), sort: 'quiet', small: true, onClick: refuse })}
    </div>
  </section>`;
}
