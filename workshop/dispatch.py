"""One dispatcher for socket and HTTP: the messages `sync`, `command` and `seen` of docs/protocol.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from workshop import forwarding, identity, screens, store
from workshop.clock import now, stamp, today
from workshop.door import COMMANDS
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Participant, Workshop, kept
from workshop.rules.limits import IDEAS_SEEN, TEXT_LIMITS, WHOLE_NUMBER
from workshop.rules.record_ids import is_record_id, number_of
from workshop.rules.refusal import Refused
from workshop.screens import follow_up as follow_up_screen
from workshop.screens import follow_up_own
from workshop.screens import history as text_history
from workshop.screens import seen as seen_counts
from workshop.screens import similar as similar_ideas

_person = Participant.__table__.c
_MINE_SEQ = select(_person.id, _person.mine_seq).where(_person.id.in_(bindparam("people", expanding=True)))


def refused(refusal: Refused) -> dict[str, Any]:
    """Returns the answer for a refusal."""
    return {"ok": False, "error": refusal.as_error()}


def sync(actor: Actor, payload: Any) -> dict[str, Any]:
    """Returns the answer to `sync {since, epoch}`: changed records, `mine`, `me`, and the server's time.

    Raises `Refused`.
    """
    payload = payload if isinstance(payload, dict) else {}
    since, epoch = payload.get("since", 0), payload.get("epoch")
    if not isinstance(since, int) or isinstance(since, bool) or not 0 <= since <= WHOLE_NUMBER:
        raise Refused("malformed", "since")
    if actor.workshop_id is None:
        raise Refused("not_found", "workshop")
    # A new read transaction: nothing that was read before in this session may be mixed in.
    db.session.rollback()
    identity.check_actor(actor)
    identity.check_in_the_room(actor)
    found = screens.catch_up(actor.workshop_id, since, actor.audience) if since else None
    if found is None or found["from"] == 0 or epoch != found["epoch"]:
        found = screens.snapshot(actor.workshop_id, actor.audience)
    own = screens.mine(actor)
    return {
        "ok": True,
        **found,
        "version": found["to"],
        "mine": own,
        "mine_seq": own.get("seq", 0),
        "me": identity.me(actor),
        "now": stamp(now()),
    }


def similar(actor: Actor, text: str | None) -> dict[str, Any]:
    """Returns similar ideas: with a text those most like it; for a facilitator without a text the most similar pairs.

    Raises `Refused`.
    """
    if actor.workshop_id is None:
        raise Refused("not_found", "workshop")
    db.session.rollback()
    identity.check_actor(actor)
    identity.check_in_the_room(actor)
    if text is None:
        if actor.audience != screens.FACILITATOR:
            raise Refused("not_allowed")
        return {"ok": True, "pairs": similar_ideas.pairs(actor.workshop_id)}
    if len(text) > TEXT_LIMITS["idea.text"]:
        raise Refused("too_long", "text", limit=TEXT_LIMITS["idea.text"])
    return {"ok": True, "ideas": similar_ideas.like(actor.workshop_id, text, actor.participant_id)}


def versions(actor: Actor, on: str, since: str | None = None) -> dict[str, Any]:
    """Returns every version of a goal or agreement, and with `since` the differences from that one. Raises `Refused`."""
    if actor.workshop_id is None:
        raise Refused("not_found", "workshop")
    db.session.rollback()
    identity.check_actor(actor)
    identity.check_in_the_room(actor)
    if since is not None and not (since.isascii() and since.isdigit() and len(since) <= 9):
        raise Refused("malformed", "since")
    number = None if since is None else int(since)
    return {"ok": True, **text_history.history(actor.workshop_id, on, number, actor.audience)}


def command(actor: Actor, payload: Any, told: Callable[[dict[str, Any]], None] | None = None) -> dict[str, Any]:
    """Executes `command {id, name, args}`. Returns the answer, with `mine` if the command changed it; `told` gets it before
    anything else runs.

    Raises `Refused`.
    """
    if not isinstance(payload, dict):
        raise Refused("malformed", "command")
    command_id = payload.get("id")
    if not isinstance(command_id, str):
        raise Refused("malformed", "id")
    name = payload.get("name")
    if not isinstance(name, str) or name not in COMMANDS:
        raise Refused("malformed", "name")
    return forwarding.perform(actor, name, payload.get("args") or {}, command_id, add_own, told)


def add_own(answered: Sequence[tuple[Actor, dict[str, Any]]]) -> None:
    """Adds `mine` to the answers of those whose own things their command has changed, read for all of them at once."""
    people = [actor.participant_id for actor, _ in answered if actor.participant_id is not None]
    newest = dict(map(tuple, kept.rows(_MINE_SEQ, people=people))) if people else {}
    own = [
        (actor, answer)
        for actor, answer in answered
        if (newest.get(actor.participant_id, -1) >= answer["seq"] if actor.participant_id else actor.role == identity.HELPER)
    ]
    for (_, answer), things in zip(own, screens.mine_of([actor for actor, _ in own]), strict=True):
        answer["mine"] = things


def follow_up(actor: Actor) -> dict[str, Any]:
    """Returns where the promises stand now, with what is the actor's own (`GET /api/follow_up`). Raises `Refused`."""
    if actor.workshop_id is None:
        raise Refused("not_found", "workshop")
    db.session.rollback()
    identity.check_actor(actor)
    workshop = db.session.get_one(Workshop, actor.workshop_id)
    found = follow_up_screen.follow_up(workshop, today(), lambda item: follow_up_own.may_see(actor, item))
    return {"ok": True, "now": stamp(now()), **found, "mine": follow_up_own.own(actor)}


def seen(actor: Actor, payload: Any) -> dict[str, Any]:
    """Stores which ideas were on a person's screen (`seen {ideas?, of?}`). Returns how many people have seen each idea
    (`of: "ideas"`) or answered each statement of an open ballot of positions (`of: "ballot:3"`).

    It is not a command: it changes no record, does not move the clock and is not journalled. Raises `Refused`.
    """
    if not isinstance(payload, dict):
        raise Refused("malformed", "seen")
    ideas, of = _ideas_seen(payload.get("ideas", [])), payload.get("of")
    if of is not None and of != "ideas" and not (isinstance(of, str) and is_record_id(of, ("ballot",))):
        raise Refused("malformed", "of")
    if actor.participant_id is None or actor.workshop_id is None:
        raise Refused("not_allowed")
    db.session.rollback()
    identity.check_actor(actor)
    identity.check_in_the_room(actor)
    ballot = seen_counts.ballot_to_tell_of(actor.workshop_id, number_of(of)) if of and of != "ideas" else None
    if ideas and db.session.get_one(Workshop, actor.workshop_id).state == "open":
        store.note_views(actor.workshop_id, actor.participant_id, ideas)
    counts = {}
    if of is not None:
        counts = seen_counts.of_statements(ballot) if ballot else seen_counts.of_ideas(actor.workshop_id)
    return {"ok": True, "seen": counts}


def _ideas_seen(given: Any) -> set[int]:
    """Returns the numbers of the ideas in a message `seen`. Raises `Refused`."""
    if not isinstance(given, list):
        raise Refused("malformed", "ideas")
    if len(given) > IDEAS_SEEN:
        raise Refused("too_many", "ideas", limit=IDEAS_SEEN, given=len(given))
    if not all(isinstance(idea, str) and is_record_id(idea, ("idea",)) for idea in given):
        raise Refused("malformed", "ideas")
    return {number_of(idea) for idea in given}
