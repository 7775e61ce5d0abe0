"""The way of an item through committees, its handover, and how an agreement ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop.extensions import db
from workshop.models import Agreement, EndedAgreement, Goal, Handover, JournalEntry, PathStep, Workshop
from workshop.rules import limits
from workshop.store import writing

MEETING = {"body": "Teknisk Udvalg", "title": "Punkt 7"}


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def newest(model: Any) -> Any:
    db.session.rollback()
    return db.session.query(model).order_by(model.id.desc()).first()


def proof(name: str) -> dict[str, Any]:
    """The proof of the newest entry of a command."""
    db.session.rollback()
    return db.session.query(JournalEntry).filter_by(name=name).order_by(JournalEntry.seq.desc()).first().proof


def test_a_meeting_is_kept_as_it_was_given_and_only_what_is_given_changes(room: PromiseRoom):
    whole = MEETING | {"link": "https://example.org/7", "case_number": "24-1", "outcome": "Anbefalet"}
    step = room.do(room.organiser, "add_path_step", on=room.goal, date=room.day(3), **whole)["path_step"]

    def kept() -> dict[str, Any]:
        row = newest(PathStep)
        assert row.on == room.goal
        return {name: getattr(row, name) for name in whole} | {"date": row.date.isoformat(), "edited": bool(row.edited_at)}

    assert kept() == whole | {"date": room.day(3), "edited": False}
    before = proof("add_path_step")["path_step"]
    assert (before["on"], before["date"]) == (room.goal, room.day(3))
    room.do(room.organiser, "edit_path_step", path_step=step, date=room.day(9), title=None, outcome="")
    assert kept() == whole | {"date": room.day(9), "outcome": "", "edited": True}
    after = proof("edit_path_step")["path_step"]
    assert (after["id"], after["date"]) == (before["id"], room.day(9)) and after["words"] != before["words"]
    room.do(room.organiser, "edit_path_step", path_step=step, body="Byrådet", title="Punkt 8", link="", case_number="24-2")
    changed = {"body": "Byrådet", "title": "Punkt 8", "link": "", "case_number": "24-2", "outcome": ""}
    assert kept() == changed | {"date": room.day(9), "edited": True}


@pytest.mark.parametrize("name", ["body", "title"])
def test_a_meeting_has_a_body_and_a_title(room: PromiseRoom, name: str):
    with refused("empty", name):
        room.do(room.organiser, "add_path_step", date=room.day(3), **(MEETING | {name: " "}))
    step = room.do(room.organiser, "add_path_step", date=room.day(3), **MEETING)["path_step"]
    with refused("empty", name):
        room.do(room.organiser, "edit_path_step", path_step=step, **{name: " "})
    for command, given in (("add_path_step", MEETING | {"date": room.day(3)}), ("edit_path_step", {"path_step": step})):
        with refused("malformed", "link", web_address=True):
            room.do(room.organiser, command, **given, link="javascript:alert(1)")


def test_a_body_that_one_item_was_passed_to_writes_the_way_of_that_item_alone(room: PromiseRoom):
    receiver, other = room.link("receiver"), room.link("receiver", on=room.goal, body="Regionen")
    elsewhere = PromiseRoom(title="Et andet sted")
    given = MEETING | {"date": room.day(3)}
    step = room.do(receiver, "add_path_step", **given)["path_step"]
    own = room.do(other, "add_path_step", on=room.goal, **given)["path_step"]
    for on in ({}, {"on": room.agreement}):
        with refused("not_yours", "on"):
            room.do(other, "add_path_step", **on, **given)
    with refused("not_yours", "on"):
        room.do(other, "edit_path_step", path_step=step, title="Andet")
    room.do(other, "edit_path_step", path_step=own, title="Andet")
    for actor in (receiver, room.organiser):
        with refused("not_found", "on"):
            room.do(actor, "add_path_step", on="goal:99", **given)
    for unknown in (step, "path_step:99"):
        with refused("not_found", "path_step"):
            elsewhere.do(elsewhere.organiser, "edit_path_step", path_step=unknown, title="Andet")


def test_a_workshop_has_so_many_meetings_and_each_by_itself(room: PromiseRoom, monkeypatch: pytest.MonkeyPatch):
    elsewhere = PromiseRoom(title="Et andet sted")
    monkeypatch.setattr(limits, "PATH_STEPS", 2)
    given = MEETING | {"date": room.day(3)}
    for _ in range(2):
        room.do(room.organiser, "add_path_step", **given)
    with refused("too_many", "path_step", limit=2):
        room.do(room.organiser, "add_path_step", **given)
    elsewhere.do(elsewhere.organiser, "add_path_step", **given)


@pytest.mark.parametrize(
    ("of_workshop", "given", "due"),
    [(40, None, 40), (40, 0, 0), (40, 70, 70), (None, None, 60), (-5, None, 0)],
)
def test_an_answer_is_due_on_the_day_given_or_the_workshops_or_in_sixty_days(
    room: PromiseRoom, of_workshop: int | None, given: int | None, due: int
):
    with writing(room.id) as write:
        write.workshop.response_due = None if of_workshop is None else date.fromisoformat(room.day(of_workshop))
    said = {} if given is None else {"due": room.day(given)}
    made = room.do(room.chair, "hand_over_result", to="Mette", note="Tak", **said)
    row = newest(Handover)
    assert made == {"handover": row.id, "due": room.day(due), "hash": row.hash}
    assert (row.to, row.note, row.by_role, row.due.isoformat()) == ("Mette", "Tak", "facilitator", room.day(due))
    assert proof("hand_over_result")["handover"] == {"id": row.id, "due": room.day(due), "hash": row.hash}


def test_what_was_handed_over_is_the_record_of_that_moment_and_is_confirmed_once(room: PromiseRoom):
    receiver, other = room.link("receiver"), room.link("receiver", on=room.goal, body="Regionen")
    with refused("wrong_step", "workshop", handed_over=False):
        room.do(receiver, "confirm_handover")
    before = db.session.get_one(Workshop, room.id).journal_hash
    assert room.do(room.chair, "hand_over_result")["hash"] == before
    with refused("malformed", "due", past=True):
        room.do(room.chair, "hand_over_result", due=room.day(-1))
    with refused("not_yours", "on"):
        room.do(other, "confirm_handover")
    room.do(receiver, "confirm_handover")
    assert newest(Handover).confirmed_at is not None and proof("confirm_handover") == {"handover_confirmed": True}
    with refused("already", "handover"):
        room.do(receiver, "confirm_handover")
    room.do(room.chair, "hand_over_result")
    room.do(receiver, "confirm_handover")


def test_where_nothing_was_agreed_nothing_is_handed_over(app):
    room = PromiseRoom()
    with writing(room.id):
        for model in (Goal, Agreement):
            db.session.query(model).update({"state": "draft"})
    with refused("empty", "workshop", items=0):
        room.do(room.chair, "hand_over_result")


@pytest.mark.parametrize(
    ("notice", "by", "said", "ends"),
    [
        ({"notice_days": 30}, "organiser", None, 50),
        ({"notice_days": 30}, "organiser", 10, 40),
        ({"notice_days": 30}, "organiser", 0, 30),
        ({"notice_days": 30}, "Kommunen", None, 50),
        ({"notice_days": 30}, "Kommunen", 10, 50),
        ({"notice_days": None}, "organiser", None, 20),
    ],
)
def test_an_agreement_ends_so_many_days_after_it_was_said(app, notice: dict[str, Any], by: str, said: int | None, ends: int):
    """A party cannot shorten its notice by the day it names."""
    room = PromiseRoom(agreement=notice)
    actor = room.organiser if by == "organiser" else room.steward(room.agreement, by)
    given, said = {} if said is None else {"date": room.day(said)}, 20 if said is None else said
    with room.after(20):
        made = room.do(actor, "end_agreement", agreement=room.agreement, reason="Slut", **given)
    row = newest(EndedAgreement)
    assert made == {"ends_on": room.day(ends)}
    assert (row.on, row.by, row.reason) == (room.agreement, by, "Slut")
    assert (row.said_on.isoformat(), row.ends_on.isoformat()) == (room.day(said), room.day(ends))
    told = proof("end_agreement")["ended"]
    assert (told["id"], told["on"], told["said_on"], told["ends_on"]) == (row.id, row.on, room.day(said), room.day(ends))


def test_what_is_refused_of_who_ends_an_agreement(room: PromiseRoom):
    with refused("reason_required", "reason"):
        room.do(room.organiser, "end_agreement", agreement=room.agreement)
    with refused("malformed", "date", ahead=True):
        room.do(room.organiser, "end_agreement", agreement=room.agreement, reason="Slut", date=room.day(1))
    for actor in (room.organiser, room.steward(room.agreement, "Kommunen")):
        with refused("malformed", "date", before=room.day(0)):
            room.do(actor, "end_agreement", agreement=room.agreement, reason="Slut", date=room.day(-1))
    with refused("not_found", "agreement"):
        room.do(room.organiser, "end_agreement", agreement="agreement:99", reason="Slut")
    with refused("not_yours", "on"):
        room.do(room.steward(room.goal, "Skolechefen"), "end_agreement", agreement=room.agreement, reason="Slut")
    room.do(room.steward(room.agreement, "Kommunen"), "end_agreement", agreement=room.agreement, reason="Slut")
    assert newest(EndedAgreement).by == "Kommunen"
    with refused("already", "agreement"):
        room.do(room.organiser, "end_agreement", agreement=room.agreement, reason="Slut")
    with refused("closed", "agreement", ended=room.day(30)):
        room.do(room.organiser, "reopen_agreement", agreement=room.agreement, reason="Igen")
