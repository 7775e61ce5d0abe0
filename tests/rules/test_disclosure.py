"""One rule: the room from ten votes, groups only when every group has ten (docs/rules.md section 7)."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.ballots import BallotPaper, checked_settings
from workshop.rules.decisions import STANCES, Rule, Stance
from workshop.rules.disclosure import as_published, counts_from, disclosure
from workshop.rules.results import ballot_result, decision_result

K = 5
IDEAS = ["idea:1", "idea:2", "idea:3"]


def shown(cast, openly=(), k=K):
    found = disclosure(cast, openly, k)
    return found.total, sorted(found.groups), found.all_groups


def test_ten_is_twice_the_privacy_minimum():
    assert (counts_from(5), counts_from(3), counts_from(8)) == (10, 6, 16)


@pytest.mark.parametrize(
    ("cast", "openly", "expected"),
    [
        ({"a": 10, "b": 10}, (), (True, ["a", "b"], True)),
        ({"a": 40, "b": 9}, (), (True, [], False)),
        ({"a": 5, "b": 5}, (), (True, [], False)),
        ({"a": 5, "b": 4}, (), (False, [], False)),
        ({"a": 10, "b": 0}, (), (True, [], False)),
        ({"a": 9}, (), (False, [], False)),
        ({"a": 10}, (), (True, ["a"], True)),
        ({}, (), (False, [], False)),
    ],
)
def test_the_room_from_ten_votes_and_groups_when_every_group_has_ten(cast, openly, expected):
    assert shown(cast, openly) == expected


@pytest.mark.parametrize(
    ("cast", "expected"),
    [
        ({"open": 3, "a": 9}, (False, ["open"], False)),
        ({"open": 3, "a": 10}, (True, ["a", "open"], True)),
        ({"open": 3, "a": 7, "b": 3}, (True, ["open"], False)),
        ({"open": 30, "a": 0}, (False, ["open"], False)),
        ({"open": 1}, (True, ["open"], True)),
        ({"open": 0}, (True, ["open"], True)),
    ],
)
def test_an_open_group_is_counted_and_only_secret_votes_make_the_ten(cast, expected):
    assert shown(cast, {"open"}) == expected


CAST = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 25), max_size=5)


@given(CAST, st.sets(st.sampled_from("abcde")), st.integers(3, 8))
def test_what_is_left_after_subtraction_is_never_fewer_than_ten_secret_votes(cast, openly, k):
    found = disclosure(cast, openly, k)
    secret = {group: votes for group, votes in cast.items() if group not in openly}
    assert found.groups >= cast.keys() & openly
    assert found.groups & secret.keys() in (set(), secret.keys()), "all secret groups, or none"
    if found.total and secret:
        assert sum(secret.values()) >= 2 * k
    for group in found.groups & secret.keys():
        assert secret[group] >= 2 * k


# Two rooms alike in all that is always published, and apart in what each group voted.

CHOICE = st.dictionaries(st.sampled_from(IDEAS), st.just(1), min_size=1)
ANSWER = st.dictionaries(st.sampled_from(IDEAS), st.sampled_from(["agree", "pass", "disagree"]), min_size=3)
SIZES = {"a": 14, "b": 9, "c": 6}
OUTCOME = {"winners", "option", "phase", "one_more", "other_weights", "uncovered", "common_ground", "own_causes"}


def rooms(content):
    """Papers of a small group and of others, and the same with papers of different groups exchanged."""
    papers = st.tuples(*(st.lists(content, min_size=1, max_size=size) for size in SIZES.values()))
    return st.tuples(papers, st.randoms())


def exchanged(room):
    """The room as it is, and with all choices dealt out anew: each group has cast as many as before."""
    papers, random = room
    whole = [(group, choice) for group, own in zip(SIZES, papers, strict=True) for choice in own]
    dealt = [choice for _, choice in whole]
    random.shuffle(dealt)
    return whole, [(group, choice) for (group, _), choice in zip(whole, dealt, strict=True)]


def without(names, value):
    """The result without what is always published, whatever it tells."""
    if isinstance(value, dict):
        return {key: without(names, one) for key, one in value.items() if key not in names}
    return [without(names, one) for one in value] if isinstance(value, list) else value


def only(names, value):
    """What is always published of a result: which ideas, in which order, and words."""
    if isinstance(value, dict):
        return {key: one if key in names else only(names, one) for key, one in value.items()}
    return [only(names, one) for one in value] if isinstance(value, list) else None


def written(value):
    return json.dumps(value, sort_keys=True)


def published(room, method, openly=(), **given_settings):
    papers = [BallotPaper(group, choices) for group, choices in room]
    return ballot_result(method, IDEAS, checked_settings(method, given_settings, 12), papers, SIZES, K, "seed", openly)


@settings(max_examples=60)
@given(rooms(CHOICE), st.sampled_from(["one_person", "per_group"]), st.integers(1, 3))
def test_a_ballot_with_a_group_under_ten_tells_no_count_of_any_group(room, weights, seats):
    one, other = (published(papers, "approval", choices=3, seats=seats, weights=weights) for papers in exchanged(room))
    assert [entry["by_group"] for entry in one["options"]] == [{}, {}, {}]
    assert one["shortlist"]["coverage"] is one["shortlist"]["influence"] is None
    assert written(one["options"]) == written(other["options"]), "no number depends on who voted what in which group"
    if written(only(OUTCOME, one)) == written(only(OUTCOME, other)):
        assert written(one) == written(other)


@settings(max_examples=60)
@given(rooms(ANSWER))
def test_statements_answered_by_a_group_under_ten_tell_no_count_of_any_group(room):
    one, other = (published(papers, "positions") for papers in exchanged(room))
    assert written(without(OUTCOME, one)) == written(without(OUTCOME, other))
    assert {entry["value"] for entry in one["common_ground"]} <= {None}
    assert [entry["by_group"] for entry in one["common_ground"]] == [{} for _ in one["common_ground"]]
    if [entry["id"] for entry in one["common_ground"]] == [entry["id"] for entry in other["common_ground"]]:
        assert written(one) == written(other)


@settings(max_examples=60)
@given(rooms(st.sampled_from(STANCES)))
def test_a_decision_with_a_group_under_ten_tells_its_statuses_and_nothing_else_of_its_groups(room):
    one, other = (
        decision_result(Rule(), SIZES, [Stance(group, stance) for group, stance in papers]) for papers in exchanged(room)
    )
    words = {"status", "outcome", "blocked_by"}
    assert [group["counts"] for group in one["groups"]] == [None, None, None]
    assert written(without(words, one)) == written(without(words, other))


@settings(max_examples=60)
@given(rooms(CHOICE), st.sampled_from(["a", "b", "c"]))
def test_beside_an_open_group_the_secret_ones_stay_as_they_were(room, openly):
    for papers in exchanged(room):
        secret = [paper for paper in papers if paper[0] != openly]
        result = published(papers, "approval", openly=(openly,), choices=3)
        assert all(set(entry["by_group"]) in ({openly}, set(SIZES)) for entry in result["options"])
        assert (result["options"][0]["total"] is not None) == (len(secret) >= 10)


# Results of workshops from before the rule.


def test_of_an_earlier_result_only_counts_are_left_and_groups_where_all_have_them():
    earlier = {
        "turnout": {"voted": 24, "eligible": 25},
        "options": [
            {"id": "idea:1", "total": 14, "by_group": {"a": 8, "b": 6}},
            {"id": "idea:2", "total": {"band": "1/2-2/3"}, "by_group": {"a": 12, "b": {"band": "over 2/3", "all_but": 2}}},
            {"id": "idea:3", "total": None, "by_group": {"a": {"at_most": 2}, "b": None}},
        ],
        "shortlist": {
            "winners": ["idea:1"],
            "steps": [{"option": "idea:1", "price": "1/14", "payments": [{"people": 14, "amount": "1/14"}]}],
            "coverage": {"a": "1/1", "b": None},
            "influence": {"a": "3/5", "b": "2/5"},
            "purse": {"a": "1/24", "b": "1/24"},
            "heads": {"a": "3/5", "b": "2/5"},
        },
    }
    assert as_published(earlier) == {
        "turnout": {"voted": 24, "eligible": 25},
        "options": [
            {"id": "idea:1", "total": 14, "by_group": {"a": 8, "b": 6}},
            {"id": "idea:2", "total": None, "by_group": {}},
            {"id": "idea:3", "total": None, "by_group": {}},
        ],
        "shortlist": {
            "winners": ["idea:1"],
            "steps": [{"option": "idea:1", "price": "1/14"}],
            "coverage": None,
            "influence": {"a": "3/5", "b": "2/5"},
            "heads": {"a": "3/5", "b": "2/5"},
        },
        "counts_from": 10,
    }
    assert as_published(earlier, ["a"])["options"][1]["by_group"] == {"a": 12}


def test_of_an_earlier_decision_and_of_earlier_statements_only_counts_are_left():
    exact = {"for": 6, "reservation": 2, "against": 3, "blank": 1, "cast": 12, "eligible": 12}
    few = exact | {"for": None, "reservation": None, "against": {"at_most": 2}, "blank": None}
    decision = {
        "outcome": "ratified",
        "groups": [
            {"keys": ["a"], "status": "carried", "counts": exact},
            {"keys": ["b"], "status": "carried", "counts": few},
            {"keys": ["c"], "status": "carried", "counts": None, "band": "over 2/3"},
        ],
        "overall": {"status": "carried", "counts": None, "band": "over 2/3"},
    }
    read = as_published(decision, ["a"])
    assert as_published(decision)["groups"][0]["counts"] is None, "no group beside others that are withheld"
    assert read["groups"] == [
        {"keys": ["a"], "status": "carried", "counts": exact},
        {"keys": ["b"], "status": "carried", "counts": None},
        {"keys": ["c"], "status": "carried", "counts": None},
    ]
    assert read["overall"] == {"status": "carried", "counts": None}
    answers = {"agree": 6, "pass": 1, "disagree": 3}
    few_answers = {"agree": None, "pass": None, "disagree": {"at_most": 2}}
    statements = {
        "options": [
            {"id": "idea:1", "total": answers, "by_group": {"a": answers, "b": few_answers}},
            {"id": "idea:2", "total": few_answers, "by_group": {"a": {"band": "1/3-1/2"}}},
        ],
        "common_ground": [{"id": "idea:1", "value": {"band": "1/2-2/3"}, "by_group": {"a": "9/16", "b": None}}],
    }
    read = as_published(statements)
    assert read["options"] == [
        {"id": "idea:1", "total": answers, "by_group": {}},
        {"id": "idea:2", "total": None, "by_group": {}},
    ]
    assert read["common_ground"] == [{"id": "idea:1", "value": None, "by_group": {}}]


@given(rooms(CHOICE))
def test_a_result_of_today_is_read_as_it_is(room):
    result = published(exchanged(room)[0], "approval", choices=3, seats=2)
    assert as_published(result) == result
