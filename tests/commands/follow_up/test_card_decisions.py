"""What is refused of those who ask cards and parties to decide on a new version, and of those who answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.commands.follow_up.reopened_room import ReopenedRoom
from tests.commands.voting import refused
from workshop import clock
from workshop.commands.follow_up import clockwork
from workshop.door import perform
from workshop.extensions import db
from workshop.models import BallotPaper, Decision, PartyWord
from workshop.models.by_kind import by_record_id


@pytest.fixture
def room(app) -> ReopenedRoom:
    return ReopenedRoom({"citizens": 6, "politicians": 6})


def decide(room: ReopenedRoom, ahead: int = 14) -> str:
    return str(room.do(room.organiser, "decide_reopened", agreement=room.agreement, until=room.day(ahead))["decision"])


def row(decision: str) -> Decision:
    db.session.rollback()
    found = by_record_id(decision, (Decision,))
    assert found is not None
    return found


def test_cards_that_happen_on_the_same_command_id_are_both_heard(room: ReopenedRoom):
    cards = room.take_all()["citizens"]
    decision = room.decide()
    same = "0" * 32
    for code, stance in zip(cards, ("reservation", "against"), strict=False):
        for _ in range(2):
            perform(room.card(code), "take_card_stance", {"decision": decision, "stance": stance, "reason": "Fordi"}, same)
    papers = db.session.query(BallotPaper).filter_by(vote_id=decision)
    assert sorted(paper.content["stance"] for paper in papers) == ["against", "reservation"]


def test_a_version_that_changes_nothing_or_says_too_little_is_not_decided_on(room: ReopenedRoom):
    room.take_all()
    room.begin()
    with refused("already", "agreement", unchanged=True):
        decide(room)
    room.edit(disagreement="")
    with refused("checks_open", "agreement", checks=["A05"]):
        decide(room)


@pytest.mark.parametrize(("ahead", "facts"), [(-1, {"past": True}), (61, {"days": 60})])
def test_the_last_day_is_within_sixty_days(room: ReopenedRoom, ahead: int, facts: dict):
    room.take_all()
    room.begin()
    room.edit(resources="1.200 timer")
    with refused("malformed", "until", **facts):
        decide(room, ahead)


@pytest.mark.parametrize("ahead", [0, 60])
def test_the_decision_is_open_until_its_last_day_is_over(room: ReopenedRoom, ahead: int):
    room.take_all()
    found = row(room.decide(ahead))
    assert found.ends_at == clock.moment_of(room.today + timedelta(days=ahead + 1), "00:00")
    assert (found.electorate, found.eligible, found.absent) == ("cards", {"citizens": 6, "politicians": 6}, [])


def test_cards_and_parties_are_heard_two_seconds_after_the_end_and_no_later(room: ReopenedRoom):
    code = room.take_all()["citizens"][0]
    decision = room.decide(3)
    card, party = room.card(code), room.party("Kommunen")
    ends = row(decision).ends_at
    assert ends is not None

    def answer() -> None:
        room.do(card, "take_card_stance", decision=decision, stance="for")
        room.do(party, "accept_reopened", on=room.agreement, accepted=True)

    with clock.frozen(ends + timedelta(seconds=2)):
        answer()
        assert clockwork.close_reopened() == 0
    with clock.frozen(ends + timedelta(seconds=2, microseconds=1)):
        with refused("closed", "decision"):
            room.do(card, "take_card_stance", decision=decision, stance="for")
        with refused("closed", "on"):
            room.do(party, "accept_reopened", on=room.agreement, accepted=True)
        assert clockwork.close_reopened() == 1


def test_what_is_refused_of_a_card(room: ReopenedRoom):
    code = room.take(room.people["citizens"][0])
    room.do(room.chair, "open_workshop")
    by_people = room.decision(room.text(fields={"title": "600 bænke"}))
    room.do(room.chair, "close_decision", decision=by_people)
    room.do(room.chair, "close_workshop")
    decision = room.decide()
    with refused("not_found", "decision"):
        room.stance(code, by_people)
    with refused("reason_required", "reason"):
        room.stance(code, decision, "reservation")
    late = room.take(room.people["politicians"][0])
    with refused("not_open", "decision", late_card=True):
        room.stance(late, decision)
    room.stance(code, decision, "against", reason="For dyrt")
    paper = db.session.query(BallotPaper).filter_by(vote_id=decision).one()
    assert (paper.content, paper.group) == ({"stance": "against", "reason": "For dyrt"}, "citizens")


def test_a_party_says_yes_or_why_not_and_its_last_word_counts(room: ReopenedRoom):
    cards = room.take_all()
    decision = room.decide()
    with refused("reason_required", "words"):
        room.accept("Kommunen", accepted=False)
    room.accept("Kommunen", accepted=False, words="For dyrt")
    room.accept("Foreningen", words="Gerne")
    words = db.session.query(PartyWord).order_by(PartyWord.id)
    assert [(one.on, one.party, one.accepted, one.words) for one in words] == [
        (room.agreement, "Kommunen", False, "For dyrt"),
        (room.agreement, "Foreningen", True, "Gerne"),
    ]
    for code in (*cards["citizens"], *cards["politicians"]):
        room.stance(code, decision)
    assert room.finish() == {"outcome": "ratified", "carried": False}
    with refused("not_found", "on"):
        room.accept("Kommunen")
    with refused("not_found", "agreement"):
        room.finish()


def test_an_agreement_that_ended_meanwhile_gets_no_new_version(room: ReopenedRoom):
    cards = room.take_all()
    decision = room.decide()
    for code in (*cards["citizens"], *cards["politicians"]):
        room.stance(code, decision)
    room.accept("Foreningen", "Kommunen")
    room.do(room.organiser, "end_agreement", agreement=room.agreement, reason="Slut")
    assert room.finish() == {"outcome": "ratified", "carried": False}
    assert room.in_force().version == 1 and room.newest()["state"] == "not_carried"
