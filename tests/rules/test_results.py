"""What is published, in the shapes of docs/protocol.md."""

import itertools
import json
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.ballots import Paper, checked_settings
from workshop.rules.decisions import Rule, Stance
from workshop.rules.results import ballot_result, decision_result

IDEAS = ["idea:1", "idea:2", "idea:3"]
K = 5


def papers(group, *choices):
    """`papers("citizens", (12, "idea:1"))`: twelve people who approve of idea 1."""
    return [Paper(group, dict.fromkeys(options, 1)) for n, *options in choices for _ in range(n)]


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
    assert result["turnout"] == {"voted": 24, "eligible": 25}
    assert option(result) == {"id": "idea:1", "total": 14, "by_group": {"citizens": 8, "politicians": 6}}
    assert option(result, "idea:2")["by_group"] == {"citizens": 6, "politicians": {"at_most": 2}}
    assert "shortlist" not in result


def test_a_banded_group_bands_the_total():
    result = approval(
        papers("a", (12, "idea:1"), (4, "idea:2")) + papers("b", (4, "idea:1"), (4, "idea:3")), {"a": 16, "b": 8}
    )
    assert option(result)["by_group"] == {"a": 12, "b": {"band": "1/3-1/2"}}
    assert option(result)["total"] == {"band": "1/2-2/3"} or option(result)["total"] is None


def test_under_the_minimum_nothing_is_counted_but_an_outcome_there_is():
    result = approval(papers("a", (3, "idea:1"), (1, "idea:2")), {"a": 4}, seats=1)
    assert option(result) == {"id": "idea:1", "total": None, "by_group": {"a": None}}
    assert result["shortlist"]["winners"] == ["idea:1"]
    assert result["shortlist"]["steps"][0]["price"] is None


def test_nearly_everybody_is_the_highest_band_with_how_many_are_missing_at_most():
    result = approval(papers("a", (11, "idea:1"), (1, "idea:2")), {"a": 12})
    assert option(result)["total"] == {"band": "over 2/3", "all_but": 2}


def test_of_five_or_six_ballots_nearly_everybody_is_not_yet_over_two_thirds():
    for cast, figure in ((5, {"all_but": 2}), (6, {"all_but": 2}), (7, {"band": "over 2/3", "all_but": 2})):
        result = approval(papers("a", (cast - 2, "idea:1"), (2, "idea:2")), {"a": 12})
        assert option(result) == {"id": "idea:1", "total": figure, "by_group": {"a": figure}}


def holds(figure, yes, against):
    """Whether every word of a published figure is true of so many for and against."""
    if not isinstance(figure, dict):
        return figure in (None, yes)
    d = yes + against
    bands = {
        "under 1/3": 3 * yes < d,
        "1/3-1/2": d <= 3 * yes and 2 * yes <= d,
        "1/2-2/3": d < 2 * yes and 3 * yes <= 2 * d,
        "over 2/3": 3 * yes > 2 * d,
    }
    parts = {"band": lambda name: bands[name], "at_most": lambda n: yes <= n, "all_but": lambda n: against <= n}
    return all(parts[part](value) for part, value in figure.items())


def test_every_figure_of_every_small_ballot_is_true():
    told = set()
    for people in range(1, 15):
        for cast in range(1, people + 1):
            for yes in range(cast + 1):
                result = approval(papers("a", (yes, "idea:1"), (cast - yes, "idea:2")), {"a": people})
                for figure in (option(result)["total"], option(result)["by_group"]["a"]):
                    assert holds(figure, yes, cast - yes), (people, cast, yes, figure)
                    told.add(json.dumps(figure) if isinstance(figure, dict) else type(figure).__name__)
    bands = {json.dumps({"band": band}) for band in ("under 1/3", "1/3-1/2", "1/2-2/3", "over 2/3")}
    few = {json.dumps(one) for one in ({"at_most": 2}, {"all_but": 2}, {"band": "over 2/3", "all_but": 2})}
    assert told == {"int", "NoneType"} | bands | few, "every kind of figure has been met"


def test_every_figure_of_every_small_room_of_two_groups_is_true():
    for first, second in itertools.product(range(13), range(8)):
        if not first + second:
            continue
        cast = papers("a", (first, "idea:1"), (12 - first, "idea:2")) + papers("b", (second, "idea:1"), (7 - second, "idea:2"))
        found = option(approval(cast, {"a": 12, "b": 7}))
        assert holds(found["by_group"]["a"], first, 12 - first)
        assert holds(found["by_group"]["b"], second, 7 - second)
        assert holds(found["total"], first + second, 19 - first - second)


def test_every_figure_of_every_small_decision_is_true():
    for people, cast in itertools.product(range(5, 13), range(5, 13)):
        if cast > people:
            continue
        for yes, against in itertools.product(range(cast + 1), repeat=2):
            if yes + against > cast:
                continue
            result = decided(stances("a", yes, 0, against, cast - yes - against), {"a": people})
            for shown in (result["groups"][0], result["overall"]):
                band, counts = shown.get("band"), shown["counts"] or {}
                assert band is None or holds({"band": band}, yes, against)
                assert holds(counts.get("for"), yes, against) and holds(counts.get("against"), against, yes)
                assert counts.get("blank") in (None, cast - yes - against)


def test_dots_are_counted_as_dots_and_hidden_by_people():
    settings = checked_settings("dots", {"dots": 5, "per_option": 3}, 9)
    cast = [Paper("a", {"idea:1": 2, "idea:2": 3})] * 2 + [Paper("a", {"idea:1": 1})] * 5 + [Paper("a", {"idea:3": 1})] * 3
    result = ballot_result("dots", IDEAS, settings, cast, {"a": 10}, K, "seed")
    assert [entry["total"] for entry in result["options"]] == [9, {"at_most": 6}, 3]


def test_the_shortlist_of_a_large_room_is_shown_with_all_its_reasons():
    shown = approval(LARGE, LARGE_ROOM, seats=2)["shortlist"]
    assert shown["winners"] == ["idea:1", "idea:2"]
    assert shown["steps"][0] == {
        "option": "idea:1",
        "phase": "equal_shares",
        "price": "1/14",
        "tied": ["idea:1"],
        "broken_by": None,
        "payments": [{"people": 14, "amount": "1/14"}],
    }
    assert approval(LARGE, LARGE_ROOM, seats=1)["shortlist"]["purse"] == {"citizens": "1/24", "politicians": "1/24"}
    assert shown["heads"] == {"citizens": "3/5", "politicians": "2/5"}
    assert shown["other_weights"] == {"weights": "per_group", "winners": ["idea:1", "idea:2"], "differs": False}


def test_a_price_is_withheld_from_the_first_withheld_total_on():
    shown = approval(LARGE, LARGE_ROOM, seats=2)["shortlist"]
    assert shown["steps"][1]["option"] == "idea:2"
    assert option(approval(LARGE, LARGE_ROOM), "idea:2")["total"] is None
    assert (shown["steps"][1]["price"], shown["steps"][1]["payments"]) == (None, None)
    assert shown["influence"] == {"citizens": None, "politicians": None}


def test_coverage_is_shown_only_for_groups_whose_chosen_ideas_are_counted():
    shown = approval(LARGE, LARGE_ROOM, seats=2)["shortlist"]
    assert shown["coverage"] == {"citizens": "1/1", "politicians": None}


def test_with_weights_per_group_a_price_would_tell_the_groups():
    cast = papers("a", (10, "idea:1"), (6, "idea:2")) + papers("b", (2, "idea:1"), (3, "idea:2"), (3, "idea:3"))
    cast += papers("c", (3, "idea:1"), (1, "idea:2"), (4, "idea:3"))
    room = {"a": 16, "b": 8, "c": 8}
    equal, weighted = approval(cast, room, seats=3), approval(cast, room, seats=3, weights="per_group")
    assert option(equal)["total"] == 15
    assert equal["shortlist"]["steps"][0]["price"] == "1/15"
    assert weighted["shortlist"]["steps"][0]["price"] is None
    assert weighted["shortlist"]["purse"] == {"a": None, "b": None, "c": None}
    assert weighted["shortlist"]["weight"] == {"a": 1, "b": 2, "c": 2}


def test_an_idea_with_a_withheld_total_is_never_named_beside_a_counted_one():
    # Equal prices are equal support: naming idea 2 beside idea 1 would give its total.
    cast = papers("a", (7, "idea:1"), (10, "idea:2")) + papers("b", (4, "idea:1"), (1, "idea:2"), (7, "idea:3"))
    shown = approval(cast, {"a": 20, "b": 12}, seats=3)
    assert [option(shown, idea)["total"] for idea in IDEAS[:2]] == [11, {"band": "1/3-1/2"}]
    step = shown["shortlist"]["steps"][0]
    assert (step["option"], step["price"], step["tied"], step["broken_by"]) == ("idea:1", "1/11", ["idea:1"], None)


def test_where_the_price_is_withheld_a_tie_is_too():
    shown = approval(papers("a", (2, "idea:1"), (2, "idea:2")), {"a": 4}, seats=1)
    assert shown["shortlist"]["steps"][0]["tied"] is None


def test_a_tie_between_counted_ideas_is_told_with_how_it_was_broken():
    shown = approval(papers("a", (6, "idea:1"), (6, "idea:2")), {"a": 12}, seats=1)["shortlist"]
    assert shown["steps"][0]["tied"] == ["idea:1", "idea:2"]
    assert shown["steps"][0]["broken_by"] == "lot"
    assert shown["one_more"] in ("idea:1", "idea:2")


def test_one_or_two_people_who_paid_another_amount_are_not_told():
    cast = papers("a", (6, "idea:1"), (4, "idea:2"), (1, "idea:1", "idea:2"))
    shown = approval(cast, {"a": 12}, seats=3)["shortlist"]
    assert shown["steps"][0]["payments"] == [{"people": 7, "amount": "1/7"}]
    assert shown["steps"][1]["price"] is not None
    assert shown["steps"][1]["payments"] is None


def test_who_voted_openly_hides_nobody_in_a_payment():
    secret = papers("a", (6, "idea:1"), (5, "idea:2"), (1, "idea:1", "idea:2"))
    cast = secret + papers("b", (2, "idea:1", "idea:2"), (1, "idea:1"))
    room = {"a": 12, "b": 3}
    steps = approval(cast, room, seats=2, open_groups=["b"])["shortlist"]["steps"]
    assert [step["price"] is not None for step in steps] == [True, True]
    # Three people paid the lower amount for the second idea: two of them are known by name, so one would stand alone.
    assert steps[1]["payments"] is None
    assert sum(1 for paper in cast if len(paper.choices) == 2) == 3
    all_open = approval(cast, room, seats=2, open_groups=["a", "b"])["shortlist"]["steps"]
    assert [payment["people"] for payment in all_open[1]["payments"]] == [5, 3]


def test_a_late_group_that_stands_by_itself_gets_the_smallest_of_own_weights():
    weights = {"citizens": 9, "politicians": 3}
    late = LARGE + papers("leaders", (1, "idea:3"))
    shown = approval(late, LARGE_ROOM | {"leaders": 1}, seats=1, weights=weights, open_groups=["leaders"])["shortlist"]
    assert shown["weight"] == {"citizens": 9, "leaders": 3, "politicians": 3}


def test_a_group_that_supported_nothing_is_not_told_by_a_missing_purse():
    cast, room = papers("a", (8, "idea:1"), (4, "idea:2")), {"a": 12, "b": 5}
    assert approval(cast, room, seats=1)["shortlist"]["purse"] == {"a": None, "b": None}
    with_b_open = approval(cast, room, seats=1, open_groups=["b"])["shortlist"]
    assert with_b_open["purse"] == {"a": "1/12", "b": "1/12"}


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
ROOM = st.lists(st.builds(Paper, st.sampled_from("ab"), CHOICES), max_size=30)


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
    return [Paper(group, {"idea:1": answer}) for answer, n in answers.items() for _ in range(n)]


def asked(cast, eligible):
    return ballot_result("positions", IDEAS, {}, cast, eligible, K, "seed")


def test_positions_publish_three_numbers_and_the_common_ground():
    result = asked(positions("a", 8, 2, 4) + positions("b", 6, 1, 3), {"a": 14, "b": 10})
    assert option(result)["total"] == {"agree": 14, "pass": 3, "disagree": 7}
    assert option(result)["by_group"]["b"] == {"agree": 6, "pass": 1, "disagree": 3}
    assert result["common_ground"] == [
        {"id": "idea:1", "value": (9 / 16 * 7 / 12) ** 0.5, "by_group": {"a": "9/16", "b": "7/12"}}
    ]


def test_where_a_group_is_banded_the_common_ground_is_a_band_without_its_figures():
    result = asked(positions("a", 8, 2, 4) + positions("b", 5, 1, 2), {"a": 14, "b": 8})
    assert option(result)["by_group"]["b"] == {"band": "over 2/3"}
    entry = result["common_ground"][0]
    assert entry["by_group"] == {"a": "9/16", "b": None}
    assert entry["value"] is None or set(entry["value"]) == {"band"}


def test_with_at_most_two_who_disagree_the_passes_are_held_back_too():
    result = asked(positions("a", 9, 2, 1), {"a": 12})
    assert option(result)["total"] == {"agree": None, "pass": None, "disagree": {"at_most": 2}}


def test_a_statement_hardly_seen_by_one_group_is_not_ranked():
    cast = positions("a", 8, 2, 4) + positions("b", 2) + [Paper("b", {"idea:2": "pass"})] * 8
    assert asked(cast, {"a": 14, "b": 10})["common_ground"] == []


def test_a_counted_groups_own_cause_is_named():
    result = asked(positions("a", 16, 0, 3) + positions("b", 3, 0, 16), {"a": 19, "b": 19})
    assert result["own_causes"] == {"a": ["idea:1"], "b": []}


def three_way(size):
    return [(y, b, size - y - b) for y in range(size + 1) for b in range(size - y + 1)]


@pytest.mark.parametrize("sizes", [(8,), (5, 6), (5, 10)])
def test_nothing_published_of_a_statement_gives_a_withheld_answer_away(sizes):
    """Every way to answer, sorted by what is published: options, common ground and all."""
    worlds = defaultdict(list)
    for answers in itertools.product(*map(three_way, sizes)):
        cast = [paper for group, n in zip("ab", answers, strict=False) for paper in positions(group, *n)]
        worlds[json.dumps(asked(cast, dict(zip("ab", sizes, strict=False))))].append(answers)
    for published, possible in worlds.items():
        by_group = json.loads(published)["options"][0]["by_group"]
        for place, group in enumerate(sorted(by_group)):
            shown = by_group[group]
            if isinstance(shown, dict) and isinstance(shown.get("agree"), int):
                continue
            # Without any position there is no band: everybody passed, and that is all there is to say.
            everybody_passed = {answers[place] for answers in possible} == {(0, sizes[place], 0)}
            for side in (0, 2):
                assert len({answers[place][side] for answers in possible}) > 1 or everybody_passed, published


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


def test_a_banded_group_shows_its_status_and_its_band():
    result = decided(stances("a", 9, 0, 3) + stances("b", 6, 0, 2), {"a": 12, "b": 8})
    assert result["groups"][1] == {"keys": ["b"], "status": "carried", "counts": None, "band": "over 2/3"}
    assert result["overall"]["counts"] is None


def test_a_group_under_the_minimum_shows_its_status_only():
    result = decided(stances("a", 9, 0, 3) + stances("b", 3), {"a": 12, "b": 6})
    assert result["groups"][1] == {"keys": ["b"], "status": "carried", "counts": None}


def test_at_most_two_against_is_said_in_these_words():
    result = decided(stances("a", 9, 1, 1, 1), {"a": 12})
    assert result["groups"][0]["counts"] == {
        "for": None,
        "reservation": None,
        "against": {"at_most": 2},
        "blank": None,
        "cast": 12,
        "eligible": 12,
    }


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


@pytest.mark.parametrize("sizes", [(8,), (5, 6), (5, 10)])
def test_nothing_published_of_a_decision_gives_a_withheld_count_away(sizes):
    worlds, statuses_only = defaultdict(list), defaultdict(list)
    for votes in itertools.product(*map(three_way, sizes)):
        taken = [stance for group, (y, b, a) in zip("ab", votes, strict=False) for stance in stances(group, y, 0, a, b)]
        result = decided(taken, dict(zip("ab", sizes, strict=False)))
        groups = json.dumps([result["groups"], result["overall"]["status"]])
        worlds[json.dumps(result)].append((votes, groups))
        statuses_only[groups].append(votes)
    for published, possible in worlds.items():
        for place, group in enumerate(json.loads(published)["groups"]):
            if group["counts"] is not None and group["counts"]["for"] is not None:
                continue
            for side in (0, 2):
                left = {votes[place][side] for votes, _ in possible}
                without_total = {votes[place][side] for votes in statuses_only[possible[0][1]]}
                assert len(left) > 1 or len(without_total) == 1, published
