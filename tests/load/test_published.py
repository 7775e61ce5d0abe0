"""The yardstick for published figures lets every true one pass and catches each way of being untrue."""

from fractions import Fraction

import pytest

from tests.load import published

TRUTH = {"agree": 14, "pass": 1, "disagree": 2}
SUPPORTERS = {"a": frozenset("123"), "b": frozenset("34"), "c": frozenset("4")}


@pytest.mark.parametrize(
    "figure",
    [
        None,
        {"agree": 14, "pass": 1, "disagree": 2},
    ],
)
def test_true_figures_pass(figure):
    assert published.fault_in(figure, TRUTH, 20) is None


@pytest.mark.parametrize(
    "figure",
    [
        {"agree": 13, "pass": 1, "disagree": 2},
        {"agree": None, "pass": None, "disagree": 2},
        {"agree": 14, "pass": 1, "disagree": {"at_most": 2}},
        14,
    ],
)
def test_untrue_figures_are_caught(figure):
    assert published.fault_in(figure, TRUTH, 20)


def test_counts_of_fewer_than_ten_votes_are_caught():
    nine = {"agree": 9, "pass": 0, "disagree": 0}
    assert published.fault_in(nine, nine, 9)
    assert published.fault_in(None, nine, 9) is None


@pytest.mark.parametrize(("value", "fits"), [(0.55, True), ("11/20", True), (0.56, False), (None, True)])
def test_a_published_value_is_the_truth_or_withheld(value, fits):
    assert (published.value_fault(value, 0.55) is None) == fits


def step(option, price, tied=None, phase="equal_shares"):
    return {"option": option, "phase": phase, "price": price, "tied": tied or [option]}


def shortlist(*steps, winners=None):
    return {"steps": list(steps), "winners": winners or [step["option"] for step in steps]}


def test_a_right_shortlist_has_no_fault():
    last = step("b", "1/6", phase="phragmen")
    assert published.shortlist_faults(shortlist(step("a", "1/3"), last), SUPPORTERS, 4, 2) == []


def test_a_withheld_price_and_tie_are_no_fault():
    last = {**step("b", None, phase="phragmen"), "tied": None}
    assert published.shortlist_faults(shortlist(step("a", None), last), SUPPORTERS, 4, 2) == []


@pytest.mark.parametrize(
    "wrong",
    [
        shortlist(step("b", "1/2"), step("a", "1/3")),
        shortlist(step("a", "1/4"), step("b", "1/6", phase="phragmen")),
        shortlist(step("a", "1/3"), step("b", "1/6")),
        shortlist(step("a", "1/3", tied=["a", "b"]), step("b", "1/6", phase="phragmen")),
        shortlist(step("a", "1/3")),
        shortlist(step("a", "1/3"), step("b", "1/6", phase="phragmen"), winners=["b", "a"]),
    ],
    ids=["order", "price", "phase", "tie", "too few", "winners"],
)
def test_a_wrong_shortlist_is_caught(wrong):
    assert published.shortlist_faults(wrong, SUPPORTERS, 4, 2)


def test_coverage_is_the_share_of_ballots_with_a_winner():
    ballots = {"x": frozenset("ab"), "y": frozenset("c"), "z": frozenset("a")}
    assert published.coverage_of(["a"], ballots) == Fraction(2, 3)
