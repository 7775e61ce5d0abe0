/** The goals that an agreement serves, in the words they are voted on with it. */

import { t } from './catalogue.js';
import { date } from './format.js';
import { markOf } from './reading.js';

/**
 * The goals of a decision, `[{name, title, facts}]`, in the words they are voted on: those that came with a closed
 * decision, and while it is open the goals as they stand, for a changed goal ends it. `screen` has the words for its name.
 */
export const votedGoals = (room, decision, screen) =>
  (decision.goals ?? []).map(({ goal, edition, words }) => {
    const said = words ?? room.records.get(goal) ?? {};
    const move = [said.baseline, said.target].filter(Boolean).join(' → ');
    return {
      name: `${t(`${screen}.goal.name`, { mark: markOf(room, { id: goal, kind: 'goal' }) })} ${t(`${screen}.version`, { n: edition })}`,
      title: said.title,
      facts: [`${move} ${said.unit ?? ''}`.trim(), said.deadline && date(said.deadline), said.owner]
        .filter(Boolean)
        .join(' · '),
    };
  });
