"""Consent (docs/rules.md section 3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules import consent
from workshop.rules.refusal import Refused


def test_a_text_is_accepted_with_quorum_and_no_open_objection():
    assert consent.outcome(eligible=9, answered=5, open_objections=0) == "accepted"


def test_half_rounded_up_must_have_answered():
    assert consent.outcome(eligible=9, answered=4, open_objections=0) == "no_quorum"
    assert consent.outcome(eligible=10, answered=5, open_objections=0) == "accepted"


def test_one_person_alone_can_accept():
    assert consent.outcome(eligible=1, answered=1, open_objections=0) == "accepted"
    assert consent.outcome(eligible=1, answered=0, open_objections=0) == "no_quorum"


def test_one_open_objection_is_enough_to_stop_it():
    assert consent.outcome(eligible=100, answered=100, open_objections=1) == "objection"


def test_an_empty_room_accepts_nothing():
    assert consent.outcome(eligible=0, answered=0, open_objections=0) == "no_quorum"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 5))
def test_nothing_is_ever_accepted_over_an_open_objection_or_by_fewer_than_half(eligible, answered, objections):
    if consent.outcome(eligible, answered, objections) == "accepted":
        assert objections == 0
        assert 2 * answered >= eligible > 0


def test_an_objection_needs_a_reason():
    assert consent.check_objection("  for dyrt ") == "for dyrt"
    with pytest.raises(Refused) as caught:
        consent.check_objection("   ")
    assert caught.value.as_error() == {"code": "reason_required", "field": "reason"}


def test_only_the_objector_closes_an_objection():
    consent.check_closing("participant:7", "participant:7")
    with pytest.raises(Refused) as caught:
        consent.check_closing("participant:7", "facilitator:1")
    assert caught.value.code == "not_yours"


def test_there_are_two_rounds_and_then_three_ways_on():
    assert consent.next_round(1) == 2
    with pytest.raises(Refused) as caught:
        consent.next_round(2)
    assert caught.value.as_error() == {
        "code": "closed",
        "rounds": 2,
        "instead": ["shrink", "time_box", "decide"],
    }
