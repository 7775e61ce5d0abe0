/** The ideas that the room has chosen to make goals of. */

import { newest } from './reading.js';

/** The ideas of the newest published shortlist, in its order; none where there is no such list. */
export function chosenIdeas(room) {
  const ballot = newest(room.records.all('ballot'), (one) => one.state === 'published' && one.result?.shortlist);
  return (ballot?.result.shortlist.winners ?? [])
    .map((id) => room.records.get(id))
    .filter((one) => one?.kind === 'idea');
}
