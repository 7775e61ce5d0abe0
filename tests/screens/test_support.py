"""Nobody sees what others support before giving the own: until it is published, what anybody is sent depends on who has
voted, never on how."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop import dispatch, screens
from workshop.identity import Actor
from workshop.live.connections import Connections
from workshop.live.presence import Presence
from workshop.screens import seen
from workshop.screens.voice import voice

#: fields that only say that something was written, and when
_WHEN = ("seq", "epoch", "clock", "to", "now", "version")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 12, "politicians": 8})


def told(room: Room, *people: Actor) -> str:
    """All that the room, these people, the board and the console are told, but for the counters of changes."""
    presence = Presence(Connections())
    sent: list[Any] = [screens.changes(room.id, 0, audience) for audience in ("room", "facilitator")]
    sent += [dispatch.sync(person, {"since": 0, "epoch": None}) for person in (*people, room.chair)]
    sent += [presence.counts(room.id, set(), 0, audience) for audience in ("room", "facilitator")]
    sent += [voice(room.id), seen.of_ideas(room.id)]
    return json.dumps(_without_counters(sent), ensure_ascii=False, sort_keys=True)


def _without_counters(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_counters(one) for key, one in value.items() if key not in _WHEN and not key.endswith("_at")}
    return [_without_counters(one) for one in value] if isinstance(value, list) else value


def each(room: Room, vote: Callable[[int, Actor], None]) -> str:
    """Everybody but the last votes; what the last one and everybody else is told then."""
    *voters, last = room.everybody
    for place, person in enumerate(voters):
        vote(place, person)
    seen._kept.clear()
    return told(room, last)


APPROVALS = ([{0: 1}, {0: 1, 1: 1}], [{2: 1}, {1: 1, 2: 1}])
DOTS = ([{0: 5}, {1: 4}], [{2: 1}, {0: 2, 1: 3}])
POSITIONS = ([{0: "agree", 1: "agree"}], [{0: "disagree", 1: "pass"}])


@pytest.mark.parametrize(
    ("method", "settings", "ways"),
    [
        ("approval", {"choices": 2}, APPROVALS),
        ("dots", {"dots": 5, "per_option": 5}, DOTS),
        ("positions", {}, POSITIONS),
    ],
)
def test_a_ballot_tells_nothing_of_how_others_vote_until_it_is_published(room, method, settings, ways):
    ideas = room.ideas(3)
    ballot = room.ballot(ideas, method, settings=settings)

    def voting(way: list[dict[int, Any]]) -> Callable[[int, Actor], None]:
        def vote(place: int, person: Actor) -> None:
            choices = way[place % len(way)]
            room.cast(person, ballot, choices={ideas[option]: value for option, value in choices.items()})

        return vote

    one, other = (each(room, voting(way)) for way in ways)
    assert one == other
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["state"] == "closed" and room.record(ballot).get("result") is None
    room.do(room.chair, "publish_ballot", ballot=ballot)
    assert room.record(ballot)["result"] is not None


def test_a_decision_tells_nothing_of_how_others_stand_until_it_is_closed(room):
    decision = room.decision(room.text())

    def taking(stances: tuple[str, ...]) -> str:
        return each(room, lambda place, person: room.stance(person, decision, stances[place % len(stances)]))

    assert taking(("for",)) == taking(("for", "against", "blank"))


def test_ideas_and_comments_look_the_same_whatever_others_think_of_them(room):
    ideas = room.ideas(2)
    writer, *others = room.everybody
    comment = room.do(writer, "post_comment", on=ideas[0], sort="question", text="Hvem betaler?")["comment"]
    before = [room.record(one) for one in (*ideas, comment)]
    for person in others:
        room.do(person, "support_idea", idea=ideas[0], support=True)
    ballot = room.ballot(ideas, "approval", settings={"choices": 1})
    statements = room.ballot(ideas, "positions", settings={})
    for person in others:
        room.cast(person, ballot, choices={ideas[0]: 1})
        room.cast(person, statements, choices={ideas[0]: "agree"})
        dispatch.seen(person, {"ideas": ideas, "of": None})
    assert [room.record(one) for one in (*ideas, comment)] == before


def test_how_far_each_option_has_come_is_never_told_of_approvals_and_dots(room):
    ideas = room.ideas(2)
    reader = room.everybody[0]
    for method in ("approval", "dots"):
        ballot = room.ballot(ideas, method)
        with refused("not_allowed", "of"):
            dispatch.seen(reader, {"ideas": [], "of": ballot})
