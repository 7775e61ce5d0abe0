import json
from fractions import Fraction
from pathlib import Path

import pytest

from workshop.rules.shortlist import (
    Voter,
    _Market,
    equal_weight_per_group,
    lot,
    shortlist,
    shortlist_by,
    within_limit,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "shortlist_examples.json").read_text("utf-8"))
EXAMPLES = pytest.mark.parametrize("example", VECTORS["examples"], ids=lambda example: example["name"])
PHASES = {"mes": "equal_shares", "phragmen": "phragmen"}


def voters(*ballots, group="room"):
    return [Voter(group, frozenset(ballot)) for ballot in ballots]


def market(example):
    weights = example.get("weights", [1] * len(example["ballots"]))
    cast = [
        Voter(f"weight {weight}", frozenset(ballot))
        for ballot, weight in zip(example["ballots"], weights, strict=True)
        if ballot
    ]
    by_group = {voter.group: int(voter.group.split()[1]) for voter in cast}
    return cast, by_group, lambda option: (example["candidate_order"].index(option),)


def as_vector(steps):
    names = {phase: name for name, phase in PHASES.items()}
    return [
        {"phase": names[step.phase], "idea": step.option, "value": str(step.price), "tied": set(step.tied)} for step in steps
    ]


def expected(result):
    return [{**step, "tied": set(step["tied"])} for step in result["steps"]]


@EXAMPLES
def test_equal_shares_with_completion_is_exact(example):
    cast, weights, rank = market(example)
    chosen = shortlist_by(cast, example["k"], weights, rank)
    assert len(cast) == example["n_counted_ballots"]
    assert list(chosen.winners) == example["results"]["equal_shares"]["winners"]
    assert as_vector(chosen.steps) == expected(example["results"]["equal_shares"])


@EXAMPLES
def test_without_completion_only_what_can_be_paid_is_chosen(example):
    cast, weights, rank = market(example)
    steps = [step for step in shortlist_by(cast, example["k"], weights, rank).steps if step.phase == "equal_shares"]
    assert as_vector(steps) == expected(example["results"]["equal_shares_no_completion"])


@EXAMPLES
def test_the_completion_alone_is_sequential_phragmen(example):
    cast, weights, rank = market(example)
    empty_purses = _Market(cast, 0, weights, rank)
    steps = [step for _ in range(example["k"]) if (step := empty_purses.complete())]
    assert as_vector(steps) == expected(example["results"]["seqphragmen"])


def test_the_poor_give_what_they_have_and_the_others_share_the_rest():
    # Six of ten buy a at 1/6 and keep 2/15 each; three of them give all of it for b, three others 1/5 each.
    chosen = shortlist(voters(*["ab"] * 3, *["a"] * 3, *["b"] * 3, "c"), 3, "seed")
    assert [(step.option, step.price) for step in chosen.steps[:2]] == [("a", Fraction(1, 6)), ("b", Fraction(1, 5))]


def test_an_idea_nobody_supports_is_never_chosen():
    assert shortlist(voters("a", "", "a"), 5, "seed").winners == ("a",)


def test_without_a_single_vote_the_shortlist_is_empty():
    chosen = shortlist([], 5, "seed")
    assert (chosen.winners, chosen.one_more) == ((), None)


def test_a_tie_goes_to_more_approvals_first():
    # Two votes of weight one and one vote of weight two weigh the same.
    cast = [Voter("x", frozenset("a")), Voter("x", frozenset("a")), Voter("y", frozenset("b"))]
    chosen = shortlist(cast, 1, "seed", {"x": 1, "y": 2})
    assert list(chosen.steps[0].tied) == ["a", "b"]
    assert (chosen.winners, chosen.steps[0].broken_by) == (("a",), "approvals")


def test_then_to_support_in_more_groups():
    cast = [
        Voter("x", frozenset("a")),
        Voter("x", frozenset("a")),
        Voter("x", frozenset("b")),
        Voter("y", frozenset("b")),
    ]
    chosen = shortlist(cast, 1, "seed")
    assert (chosen.winners, chosen.steps[0].broken_by) == (("b",), "groups")


def test_then_to_the_higher_smallest_group_share():
    cast = [
        *[Voter("x", frozenset("a"))] * 3,
        *[Voter("x", frozenset("b"))] * 2,
        *[Voter("y", frozenset("a"))] * 1,
        *[Voter("y", frozenset("b"))] * 2,
    ]
    chosen = shortlist(cast, 1, "seed")
    assert (chosen.winners, chosen.steps[0].broken_by) == (("b",), "smallest_share")


@pytest.mark.parametrize("seed", ["one", "two", "three", "four"])
def test_and_at_last_to_the_lot(seed):
    chosen = shortlist(voters("a", "b"), 1, seed)
    drawn = min("ab", key=lambda option: lot(seed, option))
    assert (chosen.winners, chosen.steps[0].broken_by) == ((drawn,), "lot")


def test_the_lot_is_the_sha_256_of_seed_and_idea():
    assert lot("seed", "idea:12") == "5f3a5749efbe1f4e8d6c13d6f5d74513940e635671f7914e1544de16af6d385e"


def test_a_step_without_a_tie_names_only_itself():
    step = shortlist(voters("a", "a", "b"), 1, "seed").steps[0]
    assert (list(step.tied), step.broken_by) == (["a"], None)


def test_coverage_is_the_share_of_a_groups_voters_with_a_chosen_idea():
    cast = [*voters("a", "a", "b", group="x"), *voters("a", "c", group="y")]
    chosen = shortlist(cast, 1, "seed")
    assert chosen.coverage == {"x": Fraction(2, 3), "y": Fraction(1, 2)}


def test_influence_is_the_share_of_all_payments():
    cast = [*voters("a", "a", "b", group="x"), *voters("a", "c", group="y")]
    chosen = shortlist(cast, 1, "seed")
    assert chosen.influence == {"x": Fraction(2, 3), "y": Fraction(1, 3)}


def test_one_more_goal_is_next_by_phragmen_and_leaves_the_others_as_they_are():
    cast = voters(*["abc"] * 6, *["def"] * 4)
    chosen = shortlist(cast, 3, "seed")
    assert chosen.one_more is not None
    assert chosen.one_more.phase == "phragmen"
    assert chosen.one_more.option not in chosen.winners


def test_there_is_not_one_more_when_nothing_else_is_supported():
    assert shortlist(voters("a", "a"), 1, "seed").one_more is None


def test_with_equal_weight_per_group_each_group_holds_the_same():
    cast = [*voters(*["p"] * 12, group="politicians"), *voters(*["b"] * 3, group="citizens")]
    weights = equal_weight_per_group({"politicians": 12, "citizens": 3})
    assert weights == {"politicians": 1, "citizens": 4}
    chosen = shortlist(cast, 3, "seed", weights)
    assert chosen.influence == {"politicians": Fraction(1, 2), "citizens": Fraction(1, 2)}


def test_no_weight_is_more_than_four_times_another():
    assert equal_weight_per_group({"politicians": 50, "citizens": 5}) == {"politicians": 1, "citizens": 4}
    assert within_limit({"a": 3, "b": 13}) == {"a": 3, "b": 12}


def test_an_empty_group_has_no_weight():
    assert equal_weight_per_group({"a": 4, "b": 0}) == {"a": 1}
    assert equal_weight_per_group({}) == {}


def test_a_weight_of_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="positive"):
        shortlist(voters("a"), 1, "seed", {"room": 0})
