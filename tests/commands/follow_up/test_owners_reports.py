"""What is kept of an owner's report, what it needs, and the days on which reports are asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import FollowUpDate, FollowUpReport, JournalEntry, Workshop
from workshop.rules import limits
from workshop.rules.refusal import Refused
from workshop.store import writing

BOTH = {"what_worked": "Naboerne", "what_went_wrong": "Regnen"}


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


@pytest.fixture
def owner(room: PromiseRoom) -> Actor:
    return room.steward(room.goal, "Skolechefen")


def report(room: PromiseRoom, actor: Actor, **given: Any) -> str:
    return str(room.do(actor, "report_follow_up", **({"on": room.goal, "status": "on_track"} | given))["follow_up"])


def newest() -> FollowUpReport:
    db.session.rollback()
    found = db.session.query(FollowUpReport).order_by(FollowUpReport.id.desc()).first()
    assert found is not None
    return found


def proof(name: str) -> dict[str, Any]:
    db.session.rollback()
    found = db.session.query(JournalEntry).filter_by(name=name).order_by(JournalEntry.seq.desc()).first()
    assert found is not None
    return dict(found.proof)


def test_a_report_is_kept_as_it_was_given(room: PromiseRoom, owner: Actor):
    words = BOTH | {"source": "Kommunens liste", "lesson": "Plant om foråret"}
    with room.after(30):
        days = {"date": room.day(29), "value_date": room.day(20), "next_date": room.day(90)}
        made = report(room, owner, status="partly", value="350 træer", **words, **days)
        row = newest()
        assert made == f"follow_up:{row.id}"
        assert {name: getattr(row, name) for name in words} == words
        assert {name: getattr(row, name).isoformat() for name in days} == days
        assert (row.on, row.party, row.status, row.value, row.exact) == (
            room.goal, "Skolechefen", "partly", "350 træer", "350/1"
        )  # fmt: skip
        told = proof("report_follow_up")["report"]
        assert {name: told[name] for name in days} == days
        assert (told["id"], told["on"], told["exact"], told["status"], told["corrects"]) == (
            row.id, room.goal, "350/1", "partly", None
        )  # fmt: skip


def test_a_value_is_of_the_day_of_the_report_unless_another_is_given(room: PromiseRoom, owner: Actor):
    with room.after(30):
        for given, day in (({}, 30), ({"date": room.day(12)}, 12), ({"date": room.day(12), "value_date": room.day(5)}, 5)):
            report(room, owner, value="4,5", **given)
            found = newest().value_date
            assert (newest().exact, found and found.isoformat()) == ("9/2", room.day(day))
        report(room, owner, value_date=room.day(5))
        assert (newest().value, newest().exact, newest().value_date) == (None, None, None)
        assert newest().date.isoformat() == room.day(30) and proof("report_follow_up")["report"]["value_date"] is None


@pytest.mark.parametrize("status", ["on_track", "partly", "reached", "not_reached", "dropped"])
def test_an_end_or_a_part_of_one_says_what_worked_and_what_did_not(room: PromiseRoom, owner: Actor, status: str):
    if status == "on_track":
        report(room, owner, status=status)
        return
    for missing in BOTH:
        with refused("empty", missing):
            report(room, owner, status=status, **(BOTH | {missing: ""}))
    report(room, owner, status=status, **BOTH)


def test_a_report_is_neither_of_tomorrow_nor_from_before_the_closing(room: PromiseRoom, owner: Actor):
    with room.after(10):
        for name in ("date", "value_date"):
            with refused("malformed", name, ahead=True):
                report(room, owner, value="4", **{name: room.day(11)})
            with refused("malformed", name, before=room.day(0)):
                report(room, owner, value="4", **{name: room.day(-1)})
            for day in (0, 10):
                report(room, owner, value="4", **{name: room.day(day)})


def test_every_fault_of_a_report_is_told_at_once(room: PromiseRoom, owner: Actor):
    with pytest.raises(Refused, match="value") as caught:
        report(room, owner, status="reached", value="mange", date=room.day(5))
    assert [(one.code, one.field) for one in caught.value.others] == [
        ("empty", "what_worked"),
        ("empty", "what_went_wrong"),
        ("malformed", "date"),
    ]


def test_only_goals_are_measured(room: PromiseRoom):
    with refused("malformed", "value", only_goals=True):
        report(room, room.steward(room.agreement, "Kommunen"), on=room.agreement, value="4")


def test_a_report_corrects_one_of_the_same_item_that_was_not_corrected(room: PromiseRoom, owner: Actor):
    party = room.steward(room.agreement, "Kommunen")
    elsewhere = PromiseRoom(title="Et andet sted")
    foreign = report(elsewhere, elsewhere.steward(elsewhere.goal, "Skolechefen"))
    other, first = report(room, party, on=room.agreement), report(room, owner)
    for unknown in (other, foreign, "follow_up:99"):
        with refused("not_found", "corrects"):
            report(room, owner, corrects=unknown)
    second = report(room, owner, corrects=first)
    assert f"follow_up:{newest().corrects_id}" == first
    assert f"follow_up:{proof('report_follow_up')['report']['corrects']}" == first
    with refused("already", "corrects"):
        report(room, owner, corrects=first)
    report(room, owner, corrects=second)


def test_an_item_has_so_many_reports_and_each_by_itself(room: PromiseRoom, owner: Actor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "REPORTS", 2)
    for _ in range(2):
        report(room, owner)
    with refused("too_many", "on", limit=2):
        report(room, owner)
    report(room, room.steward(room.agreement, "Kommunen"), on=room.agreement)


def test_the_days_of_reports_replace_those_there_were_each_once_in_their_order(room: PromiseRoom):
    elsewhere = PromiseRoom(title="Et andet sted")
    for days in ([200, 100, 200], [300]):
        given = [room.day(day) for day in days]
        made = room.do(room.organiser, "set_rhythm", dates=given)
        assert made == {"dates": sorted(set(given))} and proof("set_rhythm")["rhythm"] == made["dates"]
    kept: dict[int, list[date]] = {room.id: [], elsewhere.id: []}
    for row in db.session.query(FollowUpDate).order_by(FollowUpDate.day):
        kept[row.workshop_id].append(row.day)
    assert [day.isoformat() for day in kept[room.id]] == [room.day(300)]
    assert len(kept[elsewhere.id]) == 4, "closing proposes four"


def test_a_workshop_that_is_open_again_takes_reports_from_the_day_it_was_opened(room: PromiseRoom, owner: Actor):
    with writing(room.id) as write:
        write.workshop.closed_at = None
        write.workshop.state = "open"
    opened = db.session.get_one(Workshop, room.id).opened_at
    assert opened is not None
    with room.after(3):
        report(room, owner, value="4", date=room.day(0))
        with refused("malformed", "date", before=room.day(0)):
            report(room, owner, value="4", date=room.day(-1))
