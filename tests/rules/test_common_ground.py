import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.ballots import Positions
from workshop.rules.common_ground import (
    common_ground,
    may_rank,
    own_cause,
    own_causes,
    share,
    shown_value,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "consensus_examples.json").read_text("utf-8"))
EXAMPLES = pytest.mark.parametrize("example", VECTORS["examples"], ids=lambda example: example["name"])
ANSWERS = st.builds(Positions, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


def by_group(example):
    return {
        group: Positions(n["agree"], n["seen"] - n["agree"] - n["disagree"], n["disagree"])
        for group, n in example["groups"].items()
    }


def highest_possible(groups):
    """The common ground if everybody who has seen the statement had agreed."""
    return common_ground({group: Positions(agree=answers.seen) for group, answers in groups.items()})


@EXAMPLES
def test_the_common_ground_of_every_worked_example(example):
    groups = by_group(example)
    assert common_ground(groups) == Fraction(example["gic_agree"])
    assert common_ground(groups, "disagree") == Fraction(example["gic_disagree"])
    assert highest_possible(groups) == Fraction(example["max_possible_here"])
    assert float(common_ground(groups)) == example["gic_agree_float"]
    assert shown_value(groups) == pytest.approx(example["gic_agree_geometric_mean"], abs=1e-15)


@EXAMPLES
def test_how_each_group_stands_out_in_every_worked_example(example):
    groups = by_group(example)
    for group, expected in example["representativeness"].items():
        agree, disagree = own_cause(groups, group), own_cause(groups, group, "disagree")
        assert (agree.share, agree.ratio) == (Fraction(expected["pa"]), Fraction(expected["ra"]))
        assert disagree.ratio == Fraction(expected["rd"])
        z = (agree.z_own, agree.z_rest, disagree.z_own, disagree.z_rest)
        assert z == pytest.approx([expected[name] for name in ("pat", "rat", "pdt", "rdt")], abs=5e-7)


def test_a_group_that_has_not_answered_counts_as_one_half():
    assert share(Positions()) == Fraction(1, 2)


def test_passing_is_not_agreeing():
    assert share(Positions(agree=3)) > share(Positions(agree=3, passed=2)) == share(Positions(agree=3, disagree=2))


def test_a_statement_is_ranked_when_three_in_every_group_have_seen_it():
    seen = {"a": Positions(agree=3), "b": Positions(passed=2)}
    assert not may_rank(seen, {"a": 9, "b": 8})
    assert may_rank(seen, {"a": 9, "b": 2})
    assert may_rank(seen | {"b": Positions(passed=3)}, {"a": 9, "b": 8})


def test_there_is_no_common_ground_to_show_without_groups():
    assert shown_value({}) == 0.0


def test_a_groups_own_causes_are_at_most_five_and_the_strongest_first():
    strong = {"a": Positions(agree=20), "b": Positions(disagree=20)}
    weaker = {"a": Positions(agree=20), "b": Positions(agree=10, disagree=10)}
    shared = {"a": Positions(agree=20), "b": Positions(agree=20)}
    statements = {"idea:1": weaker, "idea:2": strong, "idea:3": shared}
    assert own_causes(statements, "a") == ["idea:2", "idea:1"]
    assert own_causes(statements, "b") == []
    assert own_causes(statements, "b", "disagree") == ["idea:2"]
    assert len(own_causes({f"idea:{n}": strong for n in range(9)}, "a")) == 5


@given(st.dictionaries(st.sampled_from("abc"), ANSWERS, min_size=1))
def test_common_ground_is_between_nothing_and_the_highest_possible(groups):
    assert 0 < common_ground(groups) <= highest_possible(groups) < 1
    assert 0 < shown_value(groups) < 1


@given(st.dictionaries(st.sampled_from("abc"), ANSWERS, min_size=1), st.sampled_from("abc"))
def test_one_more_who_agrees_never_lowers_it(groups, group):
    before = groups.get(group, Positions())
    more = groups | {group: Positions(before.agree + 1, before.passed, before.disagree)}
    assert common_ground(more) > common_ground(groups | {group: before})
