"""The moderation log is replayed from what was done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workshop.rules.moderation import Act, counts, log

START = datetime(2027, 3, 11, 9, tzinfo=UTC)


def act(seq: int, name: str, record: str | None = None, role: str = "facilitator", undone: int | None = None) -> Act:
    return Act(seq, START + timedelta(minutes=seq), role, name, record, undone)


def test_a_hiding_tells_when_by_whom_and_why():
    (entry,) = log([act(3, "hide_idea", "idea:1", "organiser")], {3: "Nævner en person"})
    assert (entry.record, entry.at, entry.role) == ("idea:1", START + timedelta(minutes=3), "organiser")
    assert (entry.reason, entry.shown_at) == ("Nævner en person", None)


def test_what_is_shown_again_says_when_and_by_which_role():
    (entry,) = log([act(1, "hide_comment", "comment:4"), act(5, "show_comment", "comment:4", "organiser")], {1: "Hård"})
    assert (entry.shown_at, entry.shown_by, entry.undone) == (START + timedelta(minutes=5), "organiser", False)


def test_each_hiding_of_the_same_idea_keeps_its_own_reason():
    acts = [act(1, "hide_idea", "idea:1"), act(2, "show_idea", "idea:1"), act(3, "hide_idea", "idea:1")]
    entries = log(acts, {1: "Først", 3: "Igen"})
    assert [(entry.reason, entry.shown_at is None) for entry in entries] == [("Først", False), ("Igen", True)]


def test_showing_a_private_idea_is_no_moderation():
    assert log([act(1, "show_idea", "idea:1")], {}) == []


def test_a_hiding_undone_at_once_is_in_the_log_and_not_in_the_counts():
    entries = log([act(1, "hide_idea", "idea:1"), act(2, "undo", undone=1)], {1: "Fejl"})
    assert [(entry.undone, entry.shown_at) for entry in entries] == [(True, START + timedelta(minutes=2))]
    assert counts(entries) == {"ideas": 0, "comments": 0, "hidden_now": 0, "shown_again": 0}


def test_a_showing_that_was_undone_never_was():
    acts = [act(1, "hide_idea", "idea:1"), act(2, "show_idea", "idea:1"), act(3, "undo", undone=2)]
    (entry,) = log(acts, {1: "Nævner en person"})
    assert entry.shown_at is None and counts([entry])["hidden_now"] == 1


def test_a_record_is_counted_once_however_often_it_was_hidden():
    acts = [act(1, "hide_idea", "idea:1"), act(2, "show_idea", "idea:1"), act(3, "hide_idea", "idea:1")]
    acts += [act(4, "hide_comment", "comment:1"), act(5, "show_comment", "comment:1")]
    assert counts(log(acts, {})) == {"ideas": 1, "comments": 1, "hidden_now": 1, "shown_again": 1}


def test_a_reason_that_is_not_kept_is_none():
    assert log([act(1, "hide_idea", "idea:1")], {})[0].reason is None


def test_what_follows_an_undo_is_told_too_whatever_the_order_it_is_read_in():
    acts = [act(3, "hide_idea", "idea:2"), act(1, "show_idea", "idea:1"), act(2, "undo", undone=1)]
    assert [entry.record for entry in log(acts, {})] == ["idea:2"]
