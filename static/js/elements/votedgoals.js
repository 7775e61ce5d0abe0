/** The goals that an agreement serves, beside the vote on it: the room decides on their words too. */

import { html, nothing } from '../../vendor/lit-html/lit-html.js';

/** @param {string} heading @param {{name: string, title: string, facts: string}[]} goals as `votedGoals` gives them */
export const goalsBesideVote = (heading, goals) =>
  goals.length
    ? html`<section class="section stack gap-2">
        <h2>${heading}</h2>
        <ul class="list">
          ${goals.map(
            (goal) =>
              html`<li>
                <p class="soft">${goal.name}</p>
                <p class="words" dir="auto">${goal.title}</p>
                <p class="soft" dir="auto">${goal.facts}</p>
              </li>`,
          )}
        </ul>
      </section>`
    : nothing;
