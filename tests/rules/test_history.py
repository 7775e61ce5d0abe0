"""How a text came to read as it does (docs/rules.md section 1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.history import ONE_GO, Change, Version, changes, editions, stretches

START = datetime(2027, 3, 11, 10, 0, tzinfo=UTC)


def made(*how: tuple[Any, ...]) -> list[Version]:
    """A first version, then one for each `(seconds after the last, cause, content)`."""
    at, content = START, {"title": "Mad"}
    versions = [Version(1, at, "facilitator", "drafted", content)]
    for number, (seconds, cause, changed) in enumerate(how, 2):
        at += timedelta(seconds=seconds)
        content = {**content, **changed}
        versions.append(Version(number, at, "facilitator", cause, content))
    return versions


def spans(versions: list[Version], decided_on: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in stretches("goal", versions, decided_on)]


def test_what_an_editor_saves_while_writing_is_read_as_one_change():
    versions = made(
        (60, "editor", {"title": "Ma"}), (3, "editor", {"title": "Mad t"}), (3, "editor", {"title": "Mad til", "unit": "%"}),
        (3, "editor", {"title": "Mad til alle"}),
    )  # fmt: skip
    (one,) = stretches("goal", versions)
    assert (one.first, one.last, one.at) == (2, 5, versions[-1].at)
    assert one.changes == (Change("title", "Mad", "Mad til alle"), Change("unit", None, "%"))


def test_an_amendment_and_a_correction_stand_by_themselves_and_so_does_what_follows_a_pause_or_a_decision():
    versions = made(
        (9, "editor", {"title": "A"}), (1, "amendment", {"title": "B"}), (1, "language", {"title": "C"}),
        (1, "editor", {"title": "D"}), (1, "editor", {"title": "E"}), (ONE_GO.seconds + 1, "editor", {"title": "F"}),
    )  # fmt: skip
    assert spans(versions) == [(2, 2), (3, 3), (4, 4), (5, 6), (7, 7)]
    assert spans(versions, (5,)) == [(2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7)]


def test_people_count_what_stood_and_not_what_was_saved_on_the_way():
    """Drafted and filled in at once is the first; what is written after a pause, from the floor or after a vote is another."""
    versions = made(
        (9, "editor", {"title": "A"}), (9, "editor", {"title": "B"}), (ONE_GO.seconds + 1, "editor", {"title": "C"}),
        (1, "editor", {"title": "D"}), (1, "amendment", {"title": "E"}), (1, "editor", {"title": "F"}),
    )  # fmt: skip
    assert list(editions(versions).values()) == [1, 1, 1, 2, 2, 3, 4]
    assert list(editions(versions, {2, 4}).values()) == [1, 1, 2, 3, 4, 5, 6]
    assert [one.edition for one in stretches("goal", versions)] == [1, 2, 3, 4]
    another = [*versions[:2], replace(versions[2], by_role="organiser")]
    assert editions(another) == {1: 1, 2: 1, 3: 2}


def test_written_and_taken_back_changes_nothing_and_nothing_is_nothing_however_it_is_written():
    (one,) = stretches("goal", made((9, "editor", {"title": "Mere mad"}), (9, "editor", {"title": "Mad"})))
    assert one.changes == ()
    assert changes("goal", {"unit": ""}, {"unit": None}) == []
    assert changes("agreement", {"notice_days": None}, {"notice_days": 0}) == [Change("notice_days", None, 0)]


def test_changes_stand_in_the_order_of_the_fields_and_dissent_is_nobodys_edit():
    found = changes("agreement", {}, {"resources": "Lys", "purpose": "Mad", "dissent": ["Nej"]})
    assert [one.field for one in found] == ["purpose", "resources"]


HOW = st.lists(
    st.tuples(
        st.integers(0, 900), st.sampled_from(["editor", "amendment", "language"]),
        st.fixed_dictionaries({"title": st.sampled_from(["Mad", "Te", "Kaffe"])}),
    ),
    max_size=8,
)  # fmt: skip


@given(HOW, st.sets(st.integers(1, 9)))
def test_every_version_is_told_once_and_in_order_and_the_changes_lead_from_first_to_last(how: Any, decided_on: set[int]):
    versions = made(*how)
    found = stretches("goal", versions, decided_on)
    assert [number for one in found for number in range(one.first, one.last + 1)] == list(range(2, len(versions) + 1))
    numbers = list(editions(versions, decided_on).values())
    assert numbers[0] == 1 and all(now - before in (0, 1) for before, now in pairwise(numbers))
    assert all(len({numbers[number - 1] for number in range(one.first, one.last + 1)}) == 1 for one in found)
    title = "Mad"
    for one in found:
        for change in one.changes:
            assert change.old == title
            title = change.new
        assert not any(number in decided_on for number in range(one.first, one.last))
    assert title == versions[-1].content["title"]
