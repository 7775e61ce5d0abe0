"""Verdicts: what is published of them, and until when a card is valid."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.verdicts import VERDICTS, Verdict, last_day, published

GROUPS = ("citizens", "leaders+politicians")


def said(group: str, **counts: int) -> list[Verdict]:
    return [Verdict(group, verdict) for verdict, number in counts.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("citizens", "others", "total", "by_group"),
    [(9, 0, False, False), (10, 0, True, False), (9, 9, True, False), (10, 9, True, False), (10, 10, True, True)],
)
def test_counts_from_ten_and_by_group_when_every_group_has_ten(citizens, others, total, by_group):
    given_ = said(GROUPS[0], kept=citizens) + said(GROUPS[1], partly=others)
    found = published(given_, {GROUPS[0]: 12, GROUPS[1]: 12}, 5)
    assert found["judged"] == citizens + others and found["cards"] == 24
    assert (found["counts"] is not None) is total
    assert bool(found["by_group"]) is by_group
    if total:
        assert found["counts"] == {"kept": citizens, "partly": others, "not_kept": 0, "cannot_say": 0}


def test_a_larger_privacy_minimum_asks_for_more():
    given_ = said("citizens", kept=19)
    assert published(given_, {"citizens": 20}, 10)["counts"] is None
    assert published([*given_, Verdict("citizens", "kept")], {"citizens": 20}, 10)["counts"]["kept"] == 20


def test_words_come_in_alphabetical_order_with_the_group_of_five_cards_or_more():
    given_ = [Verdict("a", "kept", "To"), Verdict("b", "kept", "En"), Verdict("a", "partly", "")]
    assert published(given_, {"a": 5, "b": 4}, 5)["words"] == [
        {"words": "En", "group": None},
        {"words": "To", "group": "a"},
    ]


votes = st.lists(st.sampled_from(VERDICTS), max_size=24)


@given(st.tuples(votes, votes), st.randoms())
def test_rooms_that_differ_only_in_withheld_counts_publish_the_same(verdicts, random):
    """Whatever is withheld: with other verdicts from the same number of cards nothing of what is published changes."""
    cards = {GROUPS[0]: 24, GROUPS[1]: 24}
    one = [Verdict(group, verdict) for group, given_ in zip(GROUPS, verdicts, strict=True) for verdict in given_]
    first = published(one, cards, 5)
    if first["counts"] is None:
        other = [Verdict(verdict.group, random.choice(VERDICTS)) for verdict in one]
    elif not first["by_group"]:
        # The counts of the room stay, and who in which group said what is exchanged.
        said_ = [verdict.verdict for verdict in one]
        random.shuffle(said_)
        other = [Verdict(verdict.group, word) for verdict, word in zip(one, said_, strict=True)]
    else:
        other = list(one)
    random.shuffle(other)
    assert published(other, cards, 5) == first


@given(st.tuples(votes, votes))
def test_the_counts_of_the_groups_add_up_to_those_of_the_room(verdicts):
    given_ = [Verdict(group, verdict) for group, said_ in zip(GROUPS, verdicts, strict=True) for verdict in said_]
    found = published(given_, {GROUPS[0]: 24, GROUPS[1]: 24}, 5)
    if found["by_group"]:
        for verdict in VERDICTS:
            assert sum(group[verdict] for group in found["by_group"].values()) == found["counts"][verdict]
    if found["counts"]:
        assert sum(found["counts"].values()) == found["judged"]


@pytest.mark.parametrize(
    ("reviews", "last"),
    [
        ([date(2028, 3, 1)], date(2028, 4, 1)),
        ([date(2028, 1, 31), date(2027, 5, 1)], date(2028, 2, 29)),
        ([date(2027, 12, 31)], date(2028, 1, 31)),
        ([], date(2028, 1, 2)),
    ],
)
def test_a_card_ends_a_month_after_the_last_review(reviews, last):
    assert last_day(reviews, date(2026, 12, 2)) == last


def test_groups_come_in_alphabetical_order_whatever_order_they_are_given_in():
    given_ = said("b", kept=12) + said("a", kept=12)
    assert list(published(given_, {"b": 12, "a": 12}, 5)["by_group"]) == ["a", "b"]
