import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.decisions import (
    OUTCOMES,
    STANCES,
    Rule,
    Stance,
    Tally,
    decide,
    group_status,
    overall_status,
)
from workshop.rules.disclosure import disclosure
from workshop.rules.groups import effective_groups
from workshop.rules.refusal import Refused

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "ratification_examples.json").read_text("utf-8"))
EXAMPLES = pytest.mark.parametrize("example", VECTORS["examples"], ids=lambda example: example["name"])
VECTOR_WORDS = {"for": "for", "reserve": "reservation", "against": "against", "blank": "blank"}
RULE = Rule()


def stances(group, yes=0, against=0, blank=0, reservation=0):
    counts = {"for": yes, "reservation": reservation, "against": against, "blank": blank}
    return [Stance(group, stance) for stance, n in counts.items() for _ in range(n)]


def played(example):
    grouping = effective_groups(example["eligible"], open_groups=example["params"].get("keep_open", ()))
    counted_in = {declared: group.key for group in grouping.groups for declared in group.keys}
    taken = [
        Stance(counted_in[group], VECTOR_WORDS[word])
        for group, votes in example["votes"].items()
        for word, n in votes.items()
        for _ in range(n)
    ]
    return grouping, decide(RULE, grouping.sizes(), taken, absent=grouping.absent)


def as_vector(tally, status):
    return {
        "eligible": tally.eligible,
        "cast": tally.cast,
        "yes": tally.yes,
        "against": tally.against,
        "blank": tally.blank,
        "reservations": tally.reservation,
        "quorum_needed": RULE.quorum_needed(tally.eligible),
        "status": status,
    }


@EXAMPLES
def test_the_outcome_of_every_worked_example(example):
    grouping, decision = played(example)
    expected = example["expected"]
    assert {group.key: list(group.keys) for group in grouping.groups} == expected["effective_groups"]
    assert list(decision.absent) == expected["absent_groups"]
    assert as_vector(decision.overall, decision.overall_status) == expected["overall"]
    assert (decision.outcome, list(decision.missing_required)) == (expected["outcome"], expected["missing_required"])


@EXAMPLES
def test_the_groups_of_every_worked_example(example):
    grouping, decision = played(example)
    cast = {group.key: group.tally.cast for group in decision.groups}
    counted = disclosure(cast, [group.key for group in grouping.groups if group.open], RULE.privacy_minimum).groups
    shown = {
        group.key: as_vector(group.tally, group.status) | {"counts_shown": group.key in counted} for group in decision.groups
    }
    assert shown == example["expected"]["groups"]


def test_the_first_that_fails_is_the_outcome():
    eligible = {"a": 6, "b": 6}
    agreed = stances("a", yes=6)
    assert decide(RULE, eligible, agreed, ["c"], ["c"]).outcome == "no_quorum"
    assert decide(RULE, eligible, agreed + stances("b", blank=6), ["c"], ["c"]).outcome == "missing_required_group"
    assert decide(RULE, eligible, agreed + stances("b", blank=6)).outcome == "no_position"
    assert decide(RULE, eligible, agreed + stances("b", yes=1, against=5)).outcome == "blocked_by_group"
    assert decide(RULE, eligible, agreed + stances("b", yes=4, against=2)).outcome == "ratified"


def test_every_group_just_over_half_may_still_fail_overall():
    taken = stances("a", yes=4, against=3) + stances("b", yes=4, against=3)
    assert decide(RULE, {"a": 7, "b": 7}, taken).outcome == "not_carried_overall"


def test_a_required_group_that_is_only_pooled_is_not_missing():
    grouping = effective_groups({"citizens": 8, "leaders": 1, "researchers": 0})
    taken = stances("citizens+leaders", yes=9)
    decision = decide(RULE, grouping.sizes(), taken, ["leaders", "citizens"], grouping.absent)
    assert (decision.outcome, decision.missing_required) == ("ratified", ())


def test_a_tie_in_one_group_is_not_carried():
    assert group_status(RULE, "a", Tally(8, 4, 0, 4, 0)) == "not_carried"
    assert group_status(RULE, "a", Tally(9, 4, 1, 4, 0)) == "carried"


def test_a_count_of_nobody_is_nought_throughout():
    nobody = Tally()
    assert (nobody.eligible, nobody.yes, nobody.against, nobody.blank, nobody.positions) == (0, 0, 0, 0, 0)


def test_a_reservation_is_in_favour():
    assert group_status(RULE, "a", Tally(8, 1, 4, 3, 0)) == "carried"


def test_blank_is_present_but_not_a_position():
    assert group_status(RULE, "a", Tally(10, 2, 0, 1, 2)) == "carried"
    assert group_status(RULE, "a", Tally(10, 2, 0, 1, 1)) == "no_quorum"
    assert group_status(RULE, "a", Tally(10, 0, 0, 0, 5)) == "no_position"


@pytest.mark.parametrize(("eligible", "needed"), [(0, 0), (1, 1), (5, 3), (6, 3), (7, 4)])
def test_half_of_the_group_rounded_up_is_a_quorum(eligible, needed):
    assert RULE.quorum_needed(eligible) == needed


def test_overall_exactly_two_thirds_carries():
    assert overall_status(RULE, Tally(9, 6, 0, 3, 0)) == "carried"
    assert overall_status(RULE, Tally(9, 5, 0, 3, 0)) == "not_carried"


def test_parties_that_bind_themselves_need_two_thirds_in_their_groups():
    rule = Rule(binding_groups=frozenset({"leaders"}))
    assert group_status(rule, "citizens+leaders", Tally(9, 5, 0, 3, 0)) == "not_carried"
    assert group_status(rule, "citizens+leaders", Tally(9, 6, 0, 3, 0)) == "carried"
    assert group_status(rule, "politicians", Tally(9, 5, 0, 3, 0)) == "carried"


def test_the_groups_that_said_no_are_named():
    decision = decide(RULE, {"a": 6, "b": 6}, stances("a", yes=6) + stances("b", against=6))
    assert [group.key for group in decision.blocked_by] == ["b"]


def test_a_stance_from_a_group_that_was_not_counted_is_a_mistake():
    with pytest.raises(ValueError, match="leaders"):
        decide(RULE, {"a": 6}, stances("leaders", yes=1))
    with pytest.raises(ValueError, match="maybe"):
        decide(RULE, {"a": 6}, [Stance("a", "maybe")])


def test_the_thresholds_travel_as_settings():
    rule = Rule(quorum=Fraction(2, 5), binding_groups=frozenset({"b", "a"}), privacy_minimum=7)
    assert Rule.from_settings(rule.as_settings()) == rule
    assert rule.as_settings()["quorum"] == "2/5"
    assert Rule.from_settings({}) == Rule()


@pytest.mark.parametrize(
    "settings",
    [
        {"quorum": "0"},
        {"quorum": "3/2"},
        {"quorum": "half"},
        {"quorum": "1/0"},
        {"overall_majority": 0.5},
        {"privacy_minimum": 2},
        {"binding_groups": "leaders"},
        {"loudness": "1/2"},
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused(settings):
    with pytest.raises(Refused) as caught:
        Rule.from_settings(settings)
    assert (caught.value.code, caught.value.field) == ("malformed", f"settings.{next(iter(settings))}")


ROOMS = st.dictionaries(st.sampled_from("abc"), st.integers(1, 9), min_size=1)


@given(ROOMS, st.data())
def test_what_is_ratified_is_carried_in_every_group_and_by_two_thirds_of_all(eligible, data):
    taken = []
    for group, people in eligible.items():
        votes = data.draw(st.lists(st.sampled_from(STANCES), max_size=people))
        taken += [Stance(group, vote) for vote in votes]
    decision = decide(RULE, eligible, taken)
    assert decision.outcome in OUTCOMES
    if decision.outcome == "ratified":
        for group in decision.groups:
            assert 2 * group.tally.yes > group.tally.positions
            assert 2 * group.tally.cast >= group.tally.eligible
        assert 3 * decision.overall.yes >= 2 * decision.overall.positions
    elif decision.outcome == "blocked_by_group":
        assert decision.blocked_by


@given(ROOMS, st.data())
def test_one_more_vote_for_never_turns_a_yes_into_a_no(eligible, data):
    group = data.draw(st.sampled_from(sorted(eligible)))
    n = st.integers(0, eligible[group])
    before = Tally(eligible[group] + 1, data.draw(n), 0, data.draw(n), data.draw(n))
    after = Tally(before.eligible, before.in_favour + 1, 0, before.against, before.blank)
    if group_status(RULE, group, before) == "carried":
        assert group_status(RULE, group, after) == "carried"
