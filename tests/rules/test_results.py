"""What is published, in the shapes of docs/protocol.md."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.ballots import BallotPaper, checked_settings
from workshop.rules.decisions import Rule, Stance
from workshop.rules.results import ballot_result, decision_result

IDEAS = ["idea:1", "idea:2", "idea:3"]
K = 5


def papers(group, *choices):
    """`papers("citizens", (12, "idea:1"))`: twelve people who approve of idea 1."""
    return [BallotPaper(group, dict.fromkeys(options, 1)) for n, *options in choices for _ in range(n)]


def approval(cast, eligible, seats=None, open_groups=(), **more):
    given_settings = {"choices": 3} | ({"seats": seats} if seats else {}) | more
    return ballot_result(
        "approval", IDEAS, checked_settings("approval", given_settings, 12), cast, eligible, K, "seed", open_groups
    )


def option(result, name="idea:1"):
    return next(entry for entry in result["options"] if entry["id"] == name)


LARGE = papers("citizens", (8, "idea:1"), (6, "idea:2")) + papers("politicians", (6, "idea:1"), (4, "idea:3"))
LARGE_ROOM = {"citizens": 15, "politicians": 10}


def test_an_approval_ballot_publishes_turnout_totals_and_groups():
    result = approval(LARGE, LARGE_ROOM)
    assert (result["turnout"], result["counts_from"]) == ({"voted": 24, "eligible": 25}, 10)
    assert option(result) == {"id": "idea:1", "total": 14, "by_group": {"citizens": 8, "politicians": 6}}
    assert option(result, "idea:3") == {"id": "idea:3", "total": 4, "by_group": {"citizens": 0, "politicians": 4}}
    assert "shortlist" not in result


def test_with_a_group_under_ten_the_room_is_counted_and_no_group():
    result = approval(
        papers("a", (12, "idea:1"), (4, "idea:2")) + papers("b", (4, "idea:1"), (4, "idea:3")), {"a": 16, "b": 12}
    )
    assert option(result) == {"id": "idea:1", "total": 16, "by_group": {}}


def test_under_ten_votes_nothing_is_counted_but_an_outcome_there_is():
    result = approval(papers("a", (6, "idea:1"), (3, "idea:2")), {"a": 20}, seats=1)
    assert option(result) == {"id": "idea:1", "total": None, "by_group": {}}
    assert result["shortlist"]["winners"] == ["idea:1"]
    assert result["shortlist"]["steps"][0]["price"] is None


def test_dots_are_counted_as_dots_and_shown_by_people():
    settings = checked_settings("dots", {"dots": 5, "per_option": 3}, 9)
    cast = [BallotPaper("a", {"idea:1": 2, "idea:2": 3})] * 4 + [BallotPaper("a", {"idea:1": 1})] * 5
    nine, ten = (
        ballot_result("dots", IDEAS, settings, cast + more, {"a": 12}, K, "seed")
        for more in ([], [BallotPaper("a", {"idea:3": 1})])
    )
    assert [entry["total"] for entry in nine["options"]] == [None, None, None]
    assert [entry["total"] for entry in ten["options"]] == [13, 12, 1]


def test_the_shortlist_of_a_large_room_is_shown_with_all_its_reasons():
    shown = approval(LARGE, LARGE_ROOM, seats=2)["shortlist"]
    assert shown["winners"] == ["idea:1", "idea:2"]
    assert shown["steps"][0] == {
        "option": "idea:1",
        "phase": "equal_shares",
        "price": "1/14",
        "tied": ["idea:1"],
        "broken_by": None,
    }
    assert shown["coverage"] == {"citizens": "1/1", "politicians": "3/5"}
    assert shown["heads"] == {"citizens": "3/5", "politicians": "2/5"}
    assert shown["weight"] == {"citizens": 1, "politicians": 1}
    assert shown["uncovered"] == []
    assert shown["other_weights"] == {"weights": "per_group", "winners": ["idea:1", "idea:2"], "differs": False}


def test_without_counts_per_group_only_a_word_is_left_of_their_shares():
    cast = papers("a", (12, "idea:1")) + papers("b", (6, "idea:2"))
    shown = approval(cast, {"a": 14, "b": 8}, seats=1)["shortlist"]
    assert [shown[name] for name in ("coverage", "influence", "heads", "weight")] == [None] * 4
    assert shown["uncovered"] == ["b"]
    assert shown["steps"][0]["price"] is not None, "the room has its count"


def test_of_a_group_under_the_minimum_it_is_not_told_that_nothing_of_its_own_was_chosen():
    shown = approval(papers("a", (4, "idea:1")), {"a": 4}, seats=1)["shortlist"]
    assert (shown["winners"], shown["uncovered"]) == (["idea:1"], [])
    cast = papers("a", (12, "idea:1")) + papers("b", (2, "idea:2"))
    openly = approval(cast, {"a": 14, "b": 2}, seats=1, open_groups=["b"])["shortlist"]
    assert openly["uncovered"] == ["b"], "what an open group chose is known by name"
    assert openly["coverage"] == {"a": "1/1", "b": "0/1"}


def test_with_weights_per_group_a_price_would_tell_the_groups():
    cast = papers("a", (10, "idea:1"), (6, "idea:2")) + papers("b", (2, "idea:1"), (3, "idea:2"), (3, "idea:3"))
    room = {"a": 16, "b": 8}
    equal, weighted = approval(cast, room, seats=2), approval(cast, room, seats=2, weights="per_group")
    assert option(equal)["total"] == option(weighted)["total"] == 12
    assert equal["shortlist"]["steps"][0]["price"] == "1/12"
    step = weighted["shortlist"]["steps"][0]
    assert (step["price"], step["tied"], step["broken_by"]) == (None, None, None)


def test_a_tie_is_told_with_how_it_was_broken():
    shown = approval(papers("a", (6, "idea:1"), (6, "idea:2")), {"a": 12}, seats=1)["shortlist"]
    assert shown["steps"][0]["tied"] == ["idea:1", "idea:2"]
    assert shown["steps"][0]["broken_by"] == "lot"
    assert shown["one_more"] in ("idea:1", "idea:2")


def test_without_counts_per_group_it_is_not_told_that_groups_broke_a_tie():
    cast = papers("a", (6, "idea:1"), (6, "idea:2")) + papers("b", (1, "idea:1"), (1, "idea:2"))
    step = approval(cast, {"a": 12, "b": 6}, seats=1)["shortlist"]["steps"][0]
    assert (step["price"], step["tied"], step["broken_by"]) == ("1/14", ["idea:1", "idea:2"], None)


def test_a_late_group_that_stands_by_itself_gets_the_smallest_of_own_weights():
    weights = {"citizens": 9, "politicians": 3}
    late = LARGE + papers("leaders", (1, "idea:3"))
    shown = approval(late, LARGE_ROOM | {"leaders": 1}, seats=1, weights=weights, open_groups=["leaders"])["shortlist"]
    assert shown["weight"] == {"citizens": 9, "leaders": 3, "politicians": 3}


def test_an_empty_ballot_is_no_ballot():
    cast = papers("a", (12, "idea:1"), (8, "idea:2"), (5,))
    result = approval(cast, {"a": 30})
    assert result["turnout"] == {"voted": 20, "eligible": 30}
    assert result == approval([paper for paper in cast if paper.choices], {"a": 30})


def test_own_weights_bind_within_four_times_the_smallest():
    weights = {"citizens": 9, "politicians": 1}
    shown = approval(LARGE, LARGE_ROOM, seats=1, weights=weights)["shortlist"]
    assert shown["weight"] == {"citizens": 4, "politicians": 1}
    assert shown["other_weights"]["weights"] == "one_person"


def test_a_paper_from_a_group_that_was_not_counted_is_a_mistake():
    with pytest.raises(ValueError, match="not counted"):
        approval(papers("leaders", (1, "idea:1")), LARGE_ROOM)


CHOICES = st.dictionaries(st.sampled_from(IDEAS), st.just(1))
ROOM = st.lists(st.builds(BallotPaper, st.sampled_from("ab"), CHOICES), max_size=30)


@settings(max_examples=60)
@given(ROOM, st.permutations(IDEAS), st.randoms())
def test_the_result_does_not_depend_on_the_order_of_papers_or_options(cast, order, random):
    shuffled = list(cast)
    random.shuffle(shuffled)
    eligible = {"a": 15, "b": 9}
    checked = checked_settings("approval", {"choices": 3, "seats": 2}, 12)
    one = ballot_result("approval", IDEAS, checked, cast, eligible, K, "seed")
    other = ballot_result("approval", order, checked, shuffled, eligible, K, "seed")
    assert sorted(one.pop("options"), key=json.dumps) == sorted(other.pop("options"), key=json.dumps)
    assert one == other


@settings(max_examples=60)
@given(ROOM, st.sampled_from(["one_person", "per_group"]))
def test_a_result_is_plain_json_with_fractions_as_text(cast, weights):
    result = approval(cast, {"a": 15, "b": 9}, seats=2, weights=weights)
    assert json.loads(json.dumps(result)) == result


def positions(group, agree=0, passed=0, disagree=0):
    answers = {"agree": agree, "pass": passed, "disagree": disagree}
    return [BallotPaper(group, {"idea:1": answer}) for answer, n in answers.items() for _ in range(n)]


def asked(cast, eligible):
    return ballot_result("positions", IDEAS, {}, cast, eligible, K, "seed")


def test_positions_publish_three_numbers_and_the_common_ground():
    result = asked(positions("a", 8, 2, 4) + positions("b", 6, 1, 3), {"a": 14, "b": 10})
    assert option(result)["total"] == {"agree": 14, "pass": 3, "disagree": 7}
    assert option(result)["by_group"]["b"] == {"agree": 6, "pass": 1, "disagree": 3}
    assert result["common_ground"] == [
        {"id": "idea:1", "value": (9 / 16 * 7 / 12) ** 0.5, "by_group": {"a": "9/16", "b": "7/12"}}
    ]


def test_without_counts_per_group_the_common_ground_is_an_order_without_figures():
    cast = positions("a", 8, 2, 4) + positions("b", 5, 1, 2)
    cast += [BallotPaper(group, {"idea:2": "agree"}) for group, n in (("a", 14), ("b", 8)) for _ in range(n)]
    result = asked(cast, {"a": 28, "b": 16})
    assert option(result) == {"id": "idea:1", "total": {"agree": 13, "pass": 3, "disagree": 6}, "by_group": {}}
    assert result["common_ground"] == [
        {"id": "idea:2", "value": None, "by_group": {}},
        {"id": "idea:1", "value": None, "by_group": {}},
    ]
    assert result["own_causes"] == {"a": [], "b": []}


def test_each_statement_is_counted_by_how_many_answered_it():
    cast = positions("a", 5, 2, 2) + [BallotPaper("a", {"idea:2": "pass"})] * 10
    result = asked(cast, {"a": 20})
    assert option(result)["total"] is None
    assert option(result, "idea:2")["total"] == {"agree": 0, "pass": 10, "disagree": 0}


def test_a_statement_hardly_seen_by_one_group_is_not_ranked():
    cast = positions("a", 8, 2, 4) + positions("b", 2) + [BallotPaper("b", {"idea:2": "pass"})] * 8
    assert asked(cast, {"a": 14, "b": 10})["common_ground"] == []


def test_a_counted_groups_own_cause_is_named():
    result = asked(positions("a", 16, 0, 3) + positions("b", 3, 0, 16), {"a": 19, "b": 19})
    assert result["own_causes"] == {"a": ["idea:1"], "b": []}


def stances(group, *counts, reason=""):
    names = ("for", "reservation", "against", "blank")
    return [Stance(group, name, reason) for name, n in zip(names, counts, strict=False) for _ in range(n)]


def decided(taken, eligible, **more):
    return decision_result(Rule(), eligible, taken, **more)


def test_a_decision_publishes_outcome_groups_and_room():
    taken = stances("a", 6, 2, 3, 1) + stances("b", 7, 0, 3)
    result = decided(taken, {"a": 12, "b": 10}, absent=["leaders"])
    assert result["outcome"] == "ratified"
    assert result["groups"][0] == {
        "keys": ["a"],
        "status": "carried",
        "counts": {"for": 6, "reservation": 2, "against": 3, "blank": 1, "cast": 12, "eligible": 12},
    }
    assert result["overall"]["counts"]["for"] == 13
    assert (result["absent"], result["missing_required"], result["blocked_by"]) == (["leaders"], [], [])


def test_with_a_group_under_ten_each_group_shows_its_status_and_the_room_its_counts():
    result = decided(stances("a", 9, 0, 3) + stances("b", 6, 0, 3), {"a": 12, "b": 12})
    assert result["groups"] == [
        {"keys": ["a"], "status": "carried", "counts": None},
        {"keys": ["b"], "status": "carried", "counts": None},
    ]
    assert (result["overall"]["counts"]["for"], result["counts_from"]) == (15, 10)


def test_blank_counts_among_the_ten():
    result = decided(stances("a", 2, 0, 0, 8), {"a": 12})
    assert result["groups"][0]["counts"]["for"] == 2
    assert decided(stances("a", 2, 0, 0, 7), {"a": 12})["groups"][0]["counts"] is None


def test_a_pool_is_named_by_all_its_groups():
    result = decided(stances("citizens+leaders", 1, 0, 5), {"citizens+leaders": 6})
    assert result["groups"][0]["keys"] == ["citizens", "leaders"]
    assert result["blocked_by"] == [["citizens", "leaders"]]


def test_a_group_that_votes_openly_is_counted():
    result = decided(stances("a", 12) + stances("b", 1, 0, 2), {"a": 12, "b": 3}, open_groups=["b"])
    assert result["groups"][1]["counts"]["against"] == 2


def test_reservations_and_dissent_are_printed_in_an_order_that_tells_nothing():
    taken = [
        Stance("a", "reservation", "Pengene mangler"),
        Stance("b", "against", "Nej"),
        Stance("a", "reservation", "Kun i år"),
    ]
    result = decided(taken, {"a": 2, "b": 1})
    assert result["reservations"] == ["Kun i år", "Pengene mangler"]
    assert result["dissent"] == ["Nej"]


def test_the_words_of_those_who_voted_openly_are_printed_with_their_names_and_not_here():
    taken = [Stance("a", "reservation", "Kun i år"), Stance("b", "reservation", "Penge"), Stance("b", "against", "Nej")]
    result = decided(taken, {"a": 1, "b": 2}, open_groups=["b"])
    assert (result["reservations"], result["dissent"]) == (["Kun i år"], [])


def test_the_rule_is_printed_with_the_result():
    assert decided([], {})["rule"]["overall_majority"] == "2/3"


def test_with_nobody_in_the_room_there_is_no_quorum():
    result = decided([], {}, absent=["a"], required_groups=["a"])
    assert (result["outcome"], result["missing_required"]) == ("no_quorum", ["a"])
    assert result["overall"] == {"status": "no_quorum", "counts": None}


def test_a_group_of_which_nobody_voted_has_cast_nothing():
    """Nine citizens and nobody else: with one ballot for the silent group the citizens' ten would be reached together."""
    result = approval(papers("citizens", (9, "idea:1")), {"citizens": 15, "politicians": 10})
    assert result["turnout"] == {"voted": 9, "eligible": 25}
    assert option(result)["total"] is None and not option(result)["by_group"]
