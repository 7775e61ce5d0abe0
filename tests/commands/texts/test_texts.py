"""Goals and agreements as they are proposed and ordered."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop.models import Agreement, Goal
from workshop.rules import limits


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2})


def order(room: Room, *texts: str) -> list[str]:
    """The texts in the order the room sees."""
    return sorted(texts, key=lambda text: room.record(text)["position"])


def goals(room: Room, number: int) -> list[str]:
    return [room.do(room.chair, "draft_goal", title=f"Mål {n}")["goal"] for n in range(number)]


@pytest.mark.parametrize(("noun", "limit"), [("goal", "GOALS"), ("agreement", "AGREEMENTS")])
def test_a_workshop_has_room_for_so_many_texts_whatever_others_have(
    room: Room, monkeypatch: pytest.MonkeyPatch, noun: str, limit: str
):
    monkeypatch.setattr(limits, limit, 2)
    given = {"title": "Et mål"} if noun == "goal" else {"purpose": "En aftale"}
    for here in (Room({"citizens": 1}, title="Et andet sted"), room):
        for _ in range(2):
            here.do(here.chair, f"draft_{noun}", **given)
        with refused("too_many", noun, limit=2):
            here.do(here.chair, f"draft_{noun}", **given)


@pytest.mark.parametrize("model", [Goal, Agreement])
def test_a_draft_is_proposed_once(room: Room, model: type[Goal] | type[Agreement]):
    text = room.text(model)
    assert room.record(text)["state"] == "draft"
    room.do(room.chair, "propose_text", on=text)
    assert room.record(text)["state"] == "proposed"
    with refused("already", "on", state="proposed"):
        room.do(room.chair, "propose_text", on=text)


@pytest.mark.parametrize("state", ["agreed", "not_agreed", "deciding", "dropped"])
@pytest.mark.parametrize("model", [Goal, Agreement])
def test_a_text_that_is_no_draft_stays_what_it_is(room: Room, model: type[Goal] | type[Agreement], state: str):
    text = room.text(model, state=state)
    with refused("already", "on", state=state):
        room.do(room.chair, "propose_text", on=text)
    assert room.record(text)["state"] == state


def test_a_text_is_put_before_another_or_last(room: Room):
    a, b, c = goals(room, 3)
    room.do(room.chair, "move_text", on=c, before=a)
    assert order(room, a, b, c) == [c, a, b]
    room.do(room.chair, "move_text", on=a, before=None)
    assert order(room, a, b, c) == [c, b, a]
    room.do(room.chair, "move_text", on=c, before=a)
    assert order(room, a, b, c) == [b, c, a]


def test_a_text_moves_among_those_of_its_kind_only(room: Room):
    first, second = goals(room, 2)
    agreement = room.do(room.chair, "draft_agreement", purpose="Bedre mad")["agreement"]
    with refused("not_found", "before"):
        room.do(room.chair, "move_text", on=second, before=agreement)
    assert order(room, first, second) == [first, second]


def test_a_text_put_before_itself_stays_where_it_is(room: Room):
    a, b, c = goals(room, 3)
    room.do(room.chair, "move_text", on=b, before=b)
    assert order(room, a, b, c) == [a, b, c]
