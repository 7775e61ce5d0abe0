import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.reference_receipt import purse, receipt
from workshop.rules.ballots import BallotPaper, checked_settings
from workshop.rules.results import ballot_result

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "receipt_examples.json").read_text("utf-8"))
EXAMPLES = pytest.mark.parametrize("example", VECTORS["examples"], ids=lambda example: example["name"])
IDEAS = ["idea:1", "idea:2", "idea:3", "idea:4"]


@EXAMPLES
def test_the_receipt_of_every_worked_example(example):
    held = example["purse"] and Fraction(example["purse"])
    for person in example["people"]:
        lines = receipt(BallotPaper("a", person["choices"]), example["steps"], held)
        assert [line.as_record() for line in lines] == person["receipt"]


def test_the_worked_examples_hold_what_was_counted_by_hand():
    by_name = {example["name"]: example for example in VECTORS["examples"]}
    first = by_name["bought by Equal Shares, then by the completion"]["people"][0]
    assert [(line["option"], line["paid"]) for line in first["receipt"]] == [("idea:3", "1/9"), ("idea:1", "31/297")]
    empty = by_name["an empty purse helps with nothing more"]["people"][0]
    assert [line["paid"] for line in empty["receipt"]] == ["1/7", "1/6", "4/21", "0/1"]
    assert [line["helped"] for line in empty["receipt"]] == [True, True, True, False]


def test_an_empty_ballot_has_no_lines():
    assert receipt(BallotPaper("a", {}), VECTORS["examples"][0]["steps"], Fraction(1, 2)) == []


BALLOT = st.dictionaries(st.sampled_from(IDEAS), st.just(1))


@settings(max_examples=100)
@given(st.lists(BALLOT, min_size=12, max_size=25), st.integers(1, 4), st.sampled_from(["one_person", "per_group"]))
def test_the_receipts_of_the_whole_room_pay_every_priced_idea_exactly(ballots, seats, weights):
    papers = [BallotPaper("ab"[n % 3 == 0], choices) for n, choices in enumerate(ballots)]
    checked = checked_settings("approval", {"choices": 4, "seats": seats, "weights": weights}, 16)
    result = ballot_result("approval", IDEAS, checked, papers, {"a": 20, "b": 12}, 5, "seed")
    steps, held = result["shortlist"]["steps"], purse(result, seats)
    lines = [line for paper in papers for line in receipt(paper, steps, held)]
    for step in steps:
        paid = [line.paid for line in lines if line.option == step["option"]]
        if step["price"] is None or held is None:
            assert set(paid) == {None}
        else:
            assert sum(paid, Fraction(0)) == 1


def test_with_weights_per_group_no_purse_can_be_told():
    result = {"turnout": {"voted": 24}, "shortlist": {"weight": {"a": 1, "b": 2}}}
    assert purse(result, 3) is None
    assert purse(result | {"shortlist": {"weight": None}}, 3) == Fraction(1, 8)
