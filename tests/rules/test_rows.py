"""Lists row by row: which old row a new one goes on from, and a change laid on a list that has moved on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.rows import aligned, rebased, renamed

EXAMPLES = json.loads((Path(__file__).parents[1] / "vectors" / "rows_examples.json").read_text(encoding="utf-8"))
A, B, C = ({"party": name, "what": what} for name, what in (("A", "Lys"), ("B", "Mad"), ("C", "Rum")))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["about"])
def test_rows_are_laid_beside_the_rows_they_go_on_from(example: dict[str, Any]):
    assert [list(pair) for pair in aligned(example["old"], example["new"])] == example["pairs"]


def test_a_change_of_one_row_is_laid_on_a_list_in_which_another_has_changed():
    changed = {**B, "what": "Mad og drikke"}
    assert rebased([A, B], [A, changed], [{**A, "what": "Lys og varme"}, B, C]) == [
        {**A, "what": "Lys og varme"},
        changed,
        C,
    ]
    assert rebased([A, B], [B], [A, B, C]) == [B, C]
    assert rebased([A], [A, C], [B, A]) == [B, A, C]
    assert rebased(None, [A], [B]) == [B, A]
    assert rebased(["idea:1"], ["idea:1", "idea:2"], ["idea:2"]) == ["idea:2"]


def test_where_both_have_changed_the_same_row_nothing_is_laid():
    assert rebased([A], [{**A, "what": "Varme"}], [{**A, "what": "Opsyn"}]) is None
    assert rebased([A, B], [B], [B]) is None


def test_a_party_with_another_name_is_known_by_its_place():
    old = [{"name": "Byrådet", "group": "p"}, {"name": "Ungerådet", "group": "c"}]
    assert renamed(old, [{**old[0], "name": "Fjordby Byråd"}, old[1]]) == {"Byrådet": "Fjordby Byråd"}
    assert renamed(old, old[:1]) == {}
    assert renamed(old, [old[1], old[0]]) == {}
    assert renamed(None, old) == {}


ROWS = st.lists(
    st.fixed_dictionaries({"party": st.sampled_from("ABC"), "what": st.sampled_from(["Lys", "Mad", "Rum"])}), max_size=5
)


@given(ROWS, ROWS)
def test_every_row_of_both_lists_stands_in_the_pairs_once_and_in_its_order(old: list[Any], new: list[Any]):
    pairs = aligned(old, new)
    assert [now for _, now in pairs if now is not None] == new
    assert sorted(map(str, (before for before, _ in pairs if before is not None))) == sorted(map(str, old))


@given(ROWS)
def test_a_list_laid_beside_itself_shows_no_difference(rows: list[Any]):
    assert aligned(rows, rows) == [(row, row) for row in rows]


UNLIKE = st.lists(st.integers(0, 8).map(lambda number: f"idea:{number}"), max_size=6, unique=True)


@given(UNLIKE, UNLIKE, UNLIKE)
def test_laid_anew_a_change_takes_out_and_puts_in_just_what_it_did_and_leaves_the_rest(
    old: list[str], new: list[str], present: list[str]
):
    laid = rebased(old, new, present)
    gone, come = set(old) - set(new), set(new) - set(old)
    if laid is None:
        assert gone - set(present), "only a row that is no longer there stands in the way"
    else:
        assert set(laid) == (set(present) - gone) | come
        assert len(laid) == len(set(laid))


@given(UNLIKE, UNLIKE)
def test_laid_on_the_list_it_was_made_on_it_is_what_it_was(old: list[str], new: list[str]):
    assert set(rebased(old, new, old) or []) == set(new)
