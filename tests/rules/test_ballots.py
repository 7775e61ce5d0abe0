import pytest

from workshop.rules.ballots import (
    BallotPaper,
    Positions,
    ballots_by_group,
    checked_choices,
    checked_settings,
    is_empty,
    max_approvals,
    tally,
    tally_positions,
)
from workshop.rules.refusal import Refused

IDEAS = ["idea:1", "idea:2", "idea:3"]
APPROVAL = {"choices": 2}
DOTS = {"dots": 5, "per_option": 3}


def refused(*args):
    with pytest.raises(Refused) as caught:
        checked_choices(*args)
    return caught.value.as_error()


@pytest.mark.parametrize(("options", "most"), [(1, 1), (3, 1), (4, 1), (8, 2), (27, 6), (28, 7), (200, 7)])
def test_one_may_approve_seven_or_a_quarter_if_that_is_fewer(options, most):
    assert max_approvals(options) == most


def test_the_settings_of_an_approval_ballot_get_their_defaults():
    assert checked_settings("approval", {}, 12) == {"choices": 3, "weights": "one_person"}


def test_explicit_settings_win():
    settings = {"choices": 9, "seats": 4, "weights": "per_group"}
    assert checked_settings("approval", settings, 12) == settings


def test_dots_get_a_cap_per_option_that_is_never_above_the_budget():
    assert checked_settings("dots", {"dots": 2}, 9) == {"dots": 2, "per_option": 2, "weights": "one_person"}


def test_own_weights_may_be_given_per_group():
    assert checked_settings("approval", {"weights": {"citizens": 2}}, 9)["weights"] == {"citizens": 2}


@pytest.mark.parametrize(
    ("method", "settings", "field"),
    [
        ("approval", {"choices": 0}, "settings.choices"),
        ("approval", {"choices": True}, "settings.choices"),
        ("approval", {"choices": "4"}, "settings.choices"),
        ("approval", {"dots": 4}, "settings.dots"),
        ("approval", {"seats": 0}, "settings.seats"),
        ("dots", {"per_option": -1}, "settings.per_option"),
        ("dots", {"weights": "loudest"}, "settings.weights"),
        ("dots", {"weights": {"citizens": 0}}, "settings.weights"),
        ("positions", {"seats": 3}, "settings.seats"),
        ("lottery", {}, "method"),
    ],
)
def test_settings_the_method_does_not_know_are_refused_by_name(method, settings, field):
    with pytest.raises(Refused) as caught:
        checked_settings(method, settings, 12)
    assert caught.value.code == "malformed"
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("method", "settings", "error"),
    [
        ("lottery", {}, {"field": "method", "known": ["approval", "dots", "positions"]}),
        ("approval", {"choices": 1001}, {"field": "settings.choices", "lowest": 1, "highest": 1000}),
        ("approval", {"seats": True}, {"field": "settings.seats", "lowest": 1, "highest": 1000}),
        ("dots", {"dots": 0}, {"field": "settings.dots", "lowest": 1, "highest": 1000}),
        ("dots", {"choices": 3}, {"field": "settings.choices"}),
        ("dots", {"weights": {"a": 1, "b": 0}}, {"field": "settings.weights", "known": ["one_person", "per_group"]}),
        ("dots", {"weights": {"a": True}}, {"field": "settings.weights", "known": ["one_person", "per_group"]}),
        ("dots", {"weights": {}}, {"field": "settings.weights", "known": ["one_person", "per_group"]}),
        ("dots", {"weights": ["per_group"]}, {"field": "settings.weights", "known": ["one_person", "per_group"]}),
    ],
)
def test_a_refused_setting_says_what_would_be_taken(method, settings, error):
    with pytest.raises(Refused) as caught:
        checked_settings(method, settings, 12)
    assert caught.value.as_error() == {"code": "malformed", **error}


def test_the_highest_settings_and_the_defaults_of_each_method():
    assert checked_settings("approval", {"choices": 1000, "seats": 1}, 12)["choices"] == 1000
    assert checked_settings("dots", {}, 12) == {"dots": 5, "per_option": 3, "weights": "one_person"}
    assert checked_settings("dots", {"seats": 2, "per_option": 4}, 12)["per_option"] == 4
    assert checked_settings("positions", {}, 12) == {}


@pytest.mark.parametrize("settings", [{"choices": True}, {"choices": "2"}])
def test_a_ballot_whose_settings_were_never_checked_is_a_fault_of_ours(settings):
    with pytest.raises(ValueError, match="without checked settings: choices"):
        checked_choices("approval", settings, IDEAS, {"idea:1": 1})


def test_zeros_are_not_kept():
    assert checked_choices("approval", APPROVAL, IDEAS, {"idea:3": 1, "idea:1": 0}) == {"idea:3": 1}


@pytest.mark.parametrize(("method", "value"), [("approval", 1), ("dots", 1), ("positions", "agree")])
def test_choices_are_kept_in_the_order_of_their_options_and_not_in_that_of_choosing(method, value):
    settings = {"choices": 3, "dots": 3, "per_option": 3}
    assert list(checked_choices(method, settings, IDEAS, dict.fromkeys(reversed(IDEAS), value))) == IDEAS


def test_an_option_that_is_not_on_the_ballot_is_refused():
    assert refused("approval", APPROVAL, IDEAS, {"idea:9": 1})["code"] == "unknown_option"


def test_one_approval_too_many_is_over_budget():
    error = refused("approval", APPROVAL, IDEAS, dict.fromkeys(IDEAS, 1))
    assert error == {"code": "over_budget", "field": "choices", "limit": 2, "given": 3}


def test_one_dot_too_many_is_over_budget():
    assert checked_choices("dots", DOTS, IDEAS, {"idea:1": 3, "idea:2": 2}) == {"idea:1": 3, "idea:2": 2}
    error = refused("dots", DOTS, IDEAS, {"idea:1": 3, "idea:2": 3})
    assert (error["code"], error["limit"], error["given"]) == ("over_budget", 5, 6)


def test_too_many_dots_on_one_option_are_over_budget():
    error = refused("dots", DOTS, IDEAS, {"idea:1": 4})
    assert (error["code"], error["option"], error["limit"]) == ("over_budget", "idea:1", 3)


@pytest.mark.parametrize("value", [2, -1, True, "1", None, 1.0])
def test_an_approval_is_one_or_nothing(value):
    assert refused("approval", APPROVAL, IDEAS, {"idea:1": value})["code"] == "malformed"


@pytest.mark.parametrize("value", ["yes", 1, None, ["agree"]])
def test_a_position_is_one_of_three(value):
    assert refused("positions", {}, IDEAS, {"idea:1": value})["code"] == "malformed"


def test_a_ballot_of_positions_keeps_a_pass():
    assert checked_choices("positions", {}, IDEAS, {"idea:1": "pass"}) == {"idea:1": "pass"}
    assert not is_empty({"idea:1": "pass"})


def test_a_ballot_with_nothing_on_it_is_empty():
    assert is_empty({})
    assert is_empty({"idea:1": 0})
    assert not is_empty({"idea:1": 1})


def test_dots_are_added_up_per_option_and_group():
    papers = [BallotPaper("a", {"idea:1": 3}), BallotPaper("a", {"idea:1": 1, "idea:2": 1}), BallotPaper("b", {"idea:2": 2})]
    assert tally(IDEAS, papers, ["a", "b"]) == {
        "idea:1": {"a": 4, "b": 0},
        "idea:2": {"a": 1, "b": 2},
        "idea:3": {"a": 0, "b": 0},
    }


def test_positions_are_counted_with_pass_among_the_seen():
    papers = [
        BallotPaper("a", {"idea:1": "agree"}),
        BallotPaper("a", {"idea:1": "pass"}),
        BallotPaper("a", {"idea:2": "disagree"}),
    ]
    counts = tally_positions(IDEAS, papers, ["a"])
    assert counts["idea:1"]["a"] == Positions(agree=1, passed=1)
    assert counts["idea:1"]["a"].seen == 2
    assert counts["idea:2"]["a"] == Positions(disagree=1)


def test_ballots_are_counted_per_group():
    papers = [BallotPaper("a", {"idea:1": 1}), BallotPaper("b", {}), BallotPaper("a", {"idea:2": 1})]
    assert ballots_by_group(papers) == {"a": 2, "b": 1}


def test_a_ballot_supports_what_it_gives_something():
    paper = BallotPaper("a", {"idea:1": 2, "idea:2": 0, "idea:3": "agree"})
    given = [(paper.supports(option), paper.amount(option)) for option in (*IDEAS, "idea:4")]
    assert given == [(True, 2), (False, 0), (False, 0), (False, 0)]
    assert Positions(agree=1, passed=2, disagree=4).seen == 7
