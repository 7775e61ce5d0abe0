/** The phone as the console pictures it: of nobody in particular, who may take part in whatever the room does now. */

/** What stands for `mine`: nothing said or done, and a place in every decision that is open. */
function nobody(room) {
  const open = room.records.all('decision').filter((decision) => decision.state === 'open');
  return {
    ideas: {},
    comments: {},
    voted: Object.fromEntries(open.map((decision) => [decision.id, false])),
    ready: false,
  };
}

/** Keep `mine` as that, and send nothing whatever happens. The server would refuse it too. */
export function lookOn(room) {
  const follow = () => {
    room.mine = room.mine && nobody(room);
  };
  room.subscribe(follow);
  room.send = async () => ({ ok: false, error: { code: 'not_allowed' } });
  // What a picture shows, nobody has seen.
  room.ask = async () => null;
  follow();
}
