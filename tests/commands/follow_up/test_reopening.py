"""An agreement reopened after the seminar: the one in force stays, until cards and parties have carried a new version."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.follow_up.reopened_room import ReopenedRoom
from tests.commands.voting import refused
from workshop import clock
from workshop.commands.follow_up import clockwork
from workshop.extensions import db
from workshop.models import Agreement, BallotPaper, Decision
from workshop.models.reopening import under_way
from workshop.rules import limits
from workshop.store import writing


@pytest.fixture
def room(app) -> ReopenedRoom:
    return ReopenedRoom({"citizens": 6, "politicians": 6})


def test_the_new_version_is_in_force_when_the_cards_and_every_party_have_carried_it(room: ReopenedRoom):
    cards = room.take_all()
    decision = room.decide()
    before = room.in_force()
    assert (before.version, before.content.get("resources")) == (1, before.content.get("resources"))
    for code in (*cards["citizens"], *cards["politicians"]):
        room.stance(code, decision)
    assert room.newest()["cards"] is None and room.in_force().version == 1
    room.accept("Foreningen", "Kommunen")
    assert room.finish() == {"outcome": "ratified", "carried": True}
    now = room.in_force()
    assert (now.version, now.state, now.content["resources"]) == (2, "agreed", "1.200 timer")
    seen = room.newest()
    assert (seen["state"], seen["cards"], seen["voted"]) == ("carried", 12, 12)
    assert seen["result"]["overall"]["counts"]["for"] == 12
    assert [(one["party"], one["accepted"]) for one in seen["parties"]] == [("Foreningen", True), ("Kommunen", True)]
    assert room.item(room.agreement)["version"] == 2


@pytest.mark.parametrize(
    ("stance", "parties", "outcome"),
    [("against", ("Foreningen", "Kommunen"), "blocked_by_group"), ("for", ("Foreningen",), "ratified")],
)
def test_the_earlier_version_stays_in_force_without_the_cards_or_without_a_party(
    room: ReopenedRoom, stance: str, parties: tuple[str, ...], outcome: str
):
    cards = room.take_all()
    decision = room.decide()
    for code in cards["citizens"]:
        room.stance(code, decision)
    for code in cards["politicians"]:
        room.stance(code, decision, stance)
    room.accept(*parties)
    assert room.finish() == {"outcome": outcome, "carried": False}
    assert (room.in_force().version, room.newest()["state"]) == (1, "not_carried")
    # The next version has a number of its own, and the earlier decision on the agreement still holds.
    again = room.decide(what_we_try="Noget andet")
    assert db.session.get_one(Decision, int(again.split(":")[1])).text_version == 3


def test_a_stance_is_changed_until_the_last_day_is_over_and_the_clock_closes(room: ReopenedRoom):
    cards = room.take_all()
    decision = room.decide(ahead=3)
    code = cards["citizens"][0]
    room.stance(code, decision, "against", reason="For lidt")
    room.stance(code, decision, "reservation", reason="Kun i to år")
    assert room.mine(code)["stances"] == {decision: {"stance": "reservation", "reason": "Kun i to år"}}
    assert db.session.query(BallotPaper).filter_by(vote_id=decision).count() == 1
    assert clockwork.close_reopened() == 0
    with room.after(4):
        with refused("closed", "decision"):
            room.stance(code, decision)
        assert clockwork.close_reopened(clock.now()) == 1
        assert clockwork.close_reopened(clock.now() + timedelta(days=1)) == 0
        assert room.newest()["state"] == "not_carried" and room.newest()["result"]["outcome"] == "no_quorum"
        assert room.mine(code)["stances"] == {}


def test_what_cannot_be_reopened_or_decided_on(room: ReopenedRoom):
    organiser, agreement = room.organiser, room.agreement
    with refused("reason_required", "reason"):
        room.do(organiser, "reopen_agreement", agreement=agreement)
    with refused("not_found", "agreement"):
        room.do(organiser, "edit_reopened", agreement=agreement, revision=1)
    room.begin()
    with refused("already", "agreement", reopened=True):
        room.begin()
    with refused("already", "agreement", unchanged=True):
        room.do(organiser, "decide_reopened", agreement=agreement, until=room.day(5))
    with refused("closed", "parties", fixed=True):
        room.edit(parties=[{"name": "En anden", "group": "citizens"}])
    with refused("malformed", "contributions", kept=2):
        room.edit(contributions=[])
    with refused("empty", "purpose"):
        room.edit(purpose="")
    room.edit(resources="1.200 timer")
    with refused("conflict", "revision", revision=2):
        room.edit(resources="900 timer")
    with refused("empty", "card", no_cards=True):
        room.do(organiser, "decide_reopened", agreement=agreement, until=room.day(5))
    room.take(room.everybody[0])
    for until in (room.day(-1), room.day(61)):
        with refused("malformed", "until"):
            room.do(organiser, "decide_reopened", agreement=agreement, until=until)
    with refused("not_open", "agreement", state="draft"):
        room.finish()
    room.do(organiser, "withdraw_reopened", agreement=agreement)
    assert room.newest()["state"] == "withdrawn" and room.newest()["changes"] == []
    room.do(organiser, "end_agreement", agreement=agreement, reason="Foreningen er lukket")
    with refused("closed", "agreement", ended=room.day(30)):
        room.begin()


def test_what_was_no_agreement_when_the_workshop_closed_is_not_reopened(app: Flask):
    room = PromiseRoom(closed=False)
    loose = room.text(Agreement)
    room.do(room.chair, "close_workshop")
    with refused("not_open", "agreement", intention=True):
        room.do(room.organiser, "reopen_agreement", agreement=loose, reason="Vi vil mere.")


def test_the_draft_is_the_organisers_until_it_is_decided_on(room: ReopenedRoom):
    room.take_all()
    party = room.party("Kommunen")
    room.begin()
    room.edit(resources="1.200 timer")
    assert room.seen_by(room.organiser)["mine"]["reopened"][room.agreement]["content"]["resources"] == "1.200 timer"
    for actor in (party, room.chair):
        assert "1.200 timer" not in str(room.seen_by(actor))
    with refused("not_found", "on"):
        room.do(party, "accept_reopened", on=room.agreement, accepted=True)
    decision = room.do(room.organiser, "decide_reopened", agreement=room.agreement, until=room.day(14))["decision"]
    (change,) = room.item(room.agreement, party)["reopened"][-1]["changes"]
    assert (change["field"], change["now"]) == ("resources", "1.200 timer")
    with refused("reason_required", "words"):
        room.do(party, "accept_reopened", on=room.agreement, accepted=False)
    for name in ("close_decision", "extend_decision"):
        more = {"minutes": 5} if name == "extend_decision" else {}
        with refused("not_found" if not more else "closed", "decision" if not more else "workshop"):
            room.do(room.chair, name, decision=decision, **more)


def test_a_form_that_sends_empty_texts_changes_only_what_was_written(room: ReopenedRoom):
    """A field without a value is stored as None; the form sends an empty text for it, in a row of a list too."""
    room.take_all()
    lines = [dict.fromkeys(("how_much", "contact"), "") | line for line in room.in_force().content["contributions"]]
    empty = {"ground_rules": "", "resources": "", "contributions": lines}
    room.begin()
    room.edit(**empty)
    with refused("already", "agreement", unchanged=True):
        room.do(room.organiser, "decide_reopened", agreement=room.agreement, until=room.day(14))
    room.edit(2, **empty | {"resources": "1.200 timer"})
    room.edit(3, **empty | {"what_we_try": "Noget andet"})
    room.do(room.organiser, "decide_reopened", agreement=room.agreement, until=room.day(14))
    assert [one["field"] for one in room.newest()["changes"]] == ["what_we_try"]


def test_a_version_stored_with_empty_texts_shows_no_change_in_them(room: ReopenedRoom):
    room.take_all()
    room.decide()
    with writing(room.id):
        row = under_way(room.agreement)
        assert row is not None
        row.content = row.content | {"ground_rules": "", "contributions": list(row.content["contributions"])}
    assert [one["field"] for one in room.newest()["changes"]] == ["resources"]


def test_a_new_version_keeps_what_was_reported_on_each_line(room: ReopenedRoom):
    cards = room.take_all()
    room.do(room.party("Foreningen"), "report_line", on=room.agreement, line=0, state="delivered", evidence="Set af skolen")
    lines = [dict(line) for line in room.in_force().content["contributions"]]
    decision = room.decide(contributions=[*lines, {"party": "Kommunen", "what": "En ny hane", "by_when": room.day(60)}])
    for code in (*cards["citizens"], *cards["politicians"]):
        room.stance(code, decision)
    room.accept("Foreningen", "Kommunen")
    assert room.finish()["carried"]
    found = room.item(room.agreement)["lines"]
    assert len(found) == len(lines) + 1
    assert (found[0]["state"], found[-1]["what"], found[-1]["state"]) == ("delivered", "En ny hane", "none")


def test_more_time_is_not_given_to_the_cards_also_where_the_workshop_is_open_again(room: ReopenedRoom):
    room.take_all()
    decision = room.decide()
    room.do(room.chair, "open_workshop")
    with refused("not_found", "decision"):
        room.do(room.chair, "extend_decision", decision=decision, minutes=5)


def test_an_agreement_is_reopened_so_many_times_and_no_more(room: ReopenedRoom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "REOPENINGS", 2)
    for _ in range(2):
        room.begin()
        room.do(room.organiser, "withdraw_reopened", agreement=room.agreement)
    with refused("too_many", "agreement", limit=2):
        room.begin()


def test_a_draft_keeps_what_it_is_of_and_who_owes_each_line(room: ReopenedRoom):
    room.begin()
    content = room.in_force().content
    for name in ("kind", "goals", "parties", "openness"):
        with refused("closed", name, fixed=True):
            room.edit(**{name: {"kind": "experiment", "goals": [], "parties": [], "openness": "parties_only"}[name]})
    room.edit(parties=content["parties"], goals=content["goals"])
    lines = [dict(line) for line in content["contributions"]]
    with refused("malformed", "contributions", kept=2):
        room.edit(2, contributions=lines[::-1])
    with refused("malformed", "contributions", kept=2):
        room.edit(2, contributions=lines[:1])
    with refused("conflict", "revision", revision=2):
        room.edit(1, resources="900 timer")
    room.edit(2, resources="900 timer")
    assert room.seen_by(room.organiser)["mine"]["reopened"][room.agreement]["revision"] == 3
