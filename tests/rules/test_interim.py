"""The interim mood (docs/rules.md section 7): in batches, in bands, one batch late; and what a reader of all of it can tell."""

from __future__ import annotations

import itertools
from collections import defaultdict
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.ballots import POSITIONS, Paper, Positions
from workshop.rules.disclosure import FEW_AT_MOST
from workshop.rules.interim import advance, due, picture, published
from workshop.rules.positions_result import positions_result

STATEMENT = "idea:1"
K = 5


def papers(group: str, agree: int, passed: int = 0, disagree: int = 0, statement: str = STATEMENT) -> list[Paper]:
    answers = ["agree"] * agree + ["pass"] * passed + ["disagree"] * disagree
    return [Paper(group, {statement: answer}) for answer in answers]


def refreshed(kept: dict, box: list[Paper], eligible: dict[str, int], statements: list[str] | None = None, k: int = K) -> dict:
    answers = due(kept, statements or [STATEMENT], box, eligible, k)
    return advance(kept, answers, eligible, len(box), k) if answers else kept


def shown(kept: dict, statements: list[str] | None = None) -> dict[str, Any] | None:
    return published(kept, statements or [STATEMENT])


# When there is a picture


def test_nothing_is_shown_before_the_second_batch_is_in():
    eligible = {"citizens": 40}
    first = refreshed({}, papers("citizens", 6, 0, 6), eligible)
    assert shown(first) is None
    assert refreshed(first, papers("citizens", 8, 0, 8), eligible) == first
    second = refreshed(first, papers("citizens", 9, 0, 9), eligible)
    found = shown(second)
    assert found is not None and found["ballots"] == 12 and found["result"]["options"][0]["answers"] == 12


def test_every_group_must_have_its_batch():
    eligible = {"citizens": 20, "politicians": 20}
    box = papers("citizens", 10, 0, 10) + papers("politicians", 2, 0, 2)
    assert due({}, [STATEMENT], box, eligible, K) == {}
    assert STATEMENT in due({}, [STATEMENT], [*box, *papers("politicians", 1)], eligible, K)


def test_a_group_in_which_nobody_answers_holds_every_picture_back():
    assert due({}, [STATEMENT], papers("citizens", 10, 0, 10), {"citizens": 20, "leaders": 5}, K) == {}


def test_changed_answers_alone_make_no_new_picture():
    eligible = {"citizens": 40}
    kept = refreshed({}, papers("citizens", 6, 0, 6), eligible)
    assert refreshed(kept, papers("citizens", 12), eligible) == kept


def test_each_statement_goes_by_its_own_answers():
    both = ["idea:1", "idea:2"]
    first = papers("citizens", 6, 0, 6)
    eligible = {"citizens": 40}
    kept = refreshed({}, first, eligible, both)
    assert set(kept) == {"idea:1"}
    more = [Paper("citizens", {"idea:1": "agree", "idea:2": "pass"}) for _ in range(5)]
    kept = refreshed(kept, first + more, eligible, both)
    found = shown(kept, both)
    assert found is not None and [one["id"] for one in found["result"]["options"]] == ["idea:1"]


def test_a_group_that_takes_in_another_keeps_what_was_counted():
    kept = refreshed({}, papers("citizens", 3, 0, 3), {"citizens": 20})
    assert due(kept, [STATEMENT], papers("citizens+leaders", 5, 0, 5), {"citizens+leaders": 22}, K) == {}
    assert due(kept, [STATEMENT], papers("citizens+leaders", 6, 0, 5), {"citizens+leaders": 22}, K)


# What a picture tells


def test_a_picture_is_told_in_bands_and_never_in_numbers():
    found = picture({"citizens": Positions(6, 2, 4)}, {"citizens": 20}, K)
    assert found == {"answers": 12, "total": {"band": "1/2-2/3"}, "by_group": {"citizens": {"band": "1/2-2/3"}}}


def test_of_a_group_it_tells_something_only_from_ten_answers_on():
    found = picture({"citizens": Positions(5, 0, 4)}, {"citizens": 20}, K)
    assert found["by_group"] == {"citizens": None} and found["total"] is None


def test_where_at_most_two_are_on_one_side_it_says_just_that():
    found = picture({"citizens": Positions(11, 0, 1)}, {"citizens": 20}, K)
    assert found["by_group"]["citizens"] == {"agree": None, "pass": None, "disagree": {"at_most": FEW_AT_MOST}}


def numbers_in(value: Any) -> set[int]:
    if isinstance(value, dict):
        inner = (numbers_in(one) for name, one in value.items() if name not in ("answers", "ballots"))
        return set().union(*inner) if value else set()
    return {value} if isinstance(value, int) else set()


ANSWERS = st.builds(Positions, st.integers(0, 12), st.integers(0, 4), st.integers(0, 12))


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), ANSWERS, min_size=1), st.integers(3, 7))
def test_no_number_of_answers_is_ever_told_but_how_many_there_were(by_group, k):
    eligible = {group: max(k, answers.seen) for group, answers in by_group.items()}
    assert numbers_in(picture(by_group, eligible, k)) <= {FEW_AT_MOST}


@cache
def result_of(by_group: tuple[tuple[str, tuple[int, int, int]], ...], sizes: tuple[tuple[str, int], ...], k: int) -> str:
    box = [paper for group, counts in by_group for paper in papers(group, *counts)]
    return repr(positions_result([STATEMENT], box, dict(sizes), k))


@cache
def picture_of(by_group: tuple[tuple[str, tuple[int, int, int]], ...], sizes: tuple[tuple[str, int], ...], k: int) -> str:
    return repr(picture({group: Positions(*counts) for group, counts in by_group}, dict(sizes), k))


def ways(people: int) -> list[tuple[int, int, int]]:
    """Every way in which so many people can agree, pass and disagree."""
    return [(a, p, people - a - p) for a in range(people + 1) for p in range(people - a + 1)]


@pytest.mark.parametrize("sizes", [(10,), (14,), (5, 6), (10, 5), (12, 3)])
def test_a_picture_tells_no_more_than_a_result_of_the_same_moment(sizes):
    """Rooms in which the result looks the same look the same in the picture: it is made of nothing else."""
    keys = "abc"[: len(sizes)]
    room = tuple(zip(keys, sizes, strict=True))
    seen: dict[str, str] = {}
    for counts in itertools.product(*(ways(size) for size in sizes)):
        by_group = tuple(zip(keys, counts, strict=True))
        told = picture_of(by_group, room, K)
        assert seen.setdefault(result_of(by_group, room, K), told) == told


# What a reader of all pictures and of the result can tell


@st.composite
def happenings(draw: st.DrawFn) -> list[tuple[int, dict[str, str]]]:
    """Who casts which whole ballot, one after another; people come again with other and with more answers."""
    cast = st.tuples(
        st.integers(0, 39),
        st.dictionaries(st.sampled_from(["s1", "s2"]), st.sampled_from(POSITIONS), max_size=2),
    )
    return draw(st.lists(cast, max_size=120))


def group_of(person: int) -> str:
    return "ab"[person % 2]


def played(events: list[tuple[int, dict[str, str]]], k: int) -> tuple[list[dict[str, Any]], dict[int, dict[str, str]]]:
    """All pictures that were ever shown, each with the box it was made from, and the box at the end."""
    eligible = {"a": 20, "b": 20}
    box: dict[int, dict[str, str]] = {}
    kept: dict[str, Any] = {}
    waiting: dict[str, dict[int, str]] = {}
    pictures: list[dict[str, Any]] = []
    for person, choices in events:
        # A ballot holds what was answered before: the phone sends it whole.
        box[person] = box.get(person, {}) | choices
        cast = [Paper(group_of(one), answers) for one, answers in box.items() if answers]
        answers = due(kept, ["s1", "s2"], cast, eligible, k)
        kept = advance(kept, answers, eligible, len(cast), k)
        for statement in answers:
            if statement in waiting:
                pictures.append({"of": statement, "people": waiting[statement], **kept[statement]["shown"]})
            waiting[statement] = {one: found[statement] for one, found in box.items() if statement in found}
    return pictures, box


@given(happenings(), st.integers(3, 6))
@settings(max_examples=300, deadline=None)
def test_between_any_two_pictures_and_the_result_stand_k_people_of_every_group(events, k):
    pictures, box = played(events, k)
    for statement in ("s1", "s2"):
        states = [set(one["people"]) for one in pictures if one["of"] == statement]
        states.append({person for person, answers in box.items() if statement in answers})
        for before, after in itertools.combinations(states, 2):
            for group in "ab":
                new = {person for person in after - before if group_of(person) == group}
                assert len(new) >= k


@given(happenings(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_whether_there_is_a_picture_follows_from_how_many_answered_and_never_from_what(events, dice):
    otherwise = [
        (person, {statement: dice.choice(POSITIONS) for statement in choices}) for person, choices in events
    ]
    schedule = [(one["of"], one["answers"], one["ballots"]) for one in played(events, K)[0]]
    assert schedule == [(one["of"], one["answers"], one["ballots"]) for one in played(otherwise, K)[0]]


def of_one_mind(found: set[tuple[int, int, int]]) -> bool:
    """Whether in every world that fits all of a batch have given the same answer: each of them would be known."""
    return any(all(sum(counts) == counts[answer] for counts in found) for answer in range(3))


@pytest.mark.parametrize(("first", "later"), [(10, 5), (11, 6), (12, 5)])
def test_a_reader_of_the_picture_and_the_result_can_single_out_nobody(first, later):
    """The reader knows who answered when, and this program, and must reckon with people having thought again.

    Every way in which the first batch can have answered, every way in which it can stand at the end, and every way of the
    later ones; sorted by what was shown. No batch is known to be of one mind that the result alone does not show to be.
    """
    sizes = (("a", first + later),)
    by_picture: dict[str, set[tuple[int, int, int]]] = defaultdict(set)
    for counts in ways(first):
        by_picture[picture_of((("a", counts),), sizes, K)].add(counts)
    by_result: dict[str, set[tuple[int, int, int]]] = defaultdict(set)
    for early, late in itertools.product(ways(first), ways(later)):
        whole = tuple(e + n for e, n in zip(early, late, strict=True))
        by_result[result_of((("a", whole),), sizes, K)].add(late)
    assert not any(of_one_mind(found) for found in by_picture.values())
    assert not any(of_one_mind(found) for found in by_result.values())
