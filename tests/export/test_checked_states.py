"""The states that the checker computes after the seminar: the examples the rules are held to, figures and days as they are
read, and look-backs counted again."""

from __future__ import annotations

import copy
import random
from datetime import date
from fractions import Fraction

import pytest

from tests.export.promised import day
from tests.export.proved import Document
from tests.rules.follow_up_vectors import day as day_of
from tests.rules.follow_up_vectors import days, examples
from workshop.export.checking.core import Report, Story, fingerprint
from workshop.export.checking.look_backs import check_look_backs
from workshop.export.checking.promises import (
    Clock,
    GoalAim,
    done_of,
    due_of_another,
    in_decimals,
    newest_of,
    state_of_answer,
    state_of_goal,
    state_of_line,
)
from workshop.export.checking.readings import danish_day, plain_figure
from workshop.rules.measures import aim_of, read_value
from workshop.rules.refusal import Refused

GOAL = "goal:1"

# the same examples as the rules are held to


@pytest.mark.parametrize("example", examples("answers"))
def test_the_checker_gives_the_state_of_an_answer(example: Document) -> None:
    given_clock = example["clock"]
    clock = given_clock and Clock(
        *days([given_clock["handed_over"], given_clock["due"]]),
        days(given_clock["postponed_to"]),
        days(given_clock["corrected_on"]),
        given_clock["never_late"],
    )
    assert state_of_answer(clock, example["newest"], date.fromisoformat(example["on"])) == example["expected"]


@pytest.mark.parametrize("example", examples("another_body"))
def test_the_checker_gives_another_body_its_days(example: Document) -> None:
    given_days = days([example["handed_over"], example["due"], example["passed_on"]])
    assert due_of_another(*given_days).isoformat() == example["expected"]


@pytest.mark.parametrize("example", examples("lines"))
def test_the_checker_gives_the_state_of_a_line(example: Document) -> None:
    on = date.fromisoformat(example["on"])
    assert state_of_line(day_of(example["by_when"]), example["report"], on) == example["expected"]


@pytest.mark.parametrize("example", examples("done"))
def test_the_checker_counts_what_is_delivered(example: Document) -> None:
    lines = [(day_of(one["by_when"]), one["report"]) for one in example["lines"]]
    assert done_of(lines, date.fromisoformat(example["on"])) == example["expected"]


@pytest.mark.parametrize("example", examples("measures"))
def test_the_checker_gives_the_state_of_a_goal(example: Document) -> None:
    goal = example["goal"]
    exact = {name: text and Fraction(text) for name, text in example["aim"].items()}
    deadline = aim_of(goal, example["language"]).deadline
    values = [
        (read_value(one["value"], goal, example["language"]), date.fromisoformat(one["on"])) for one in example["values"]
    ]
    newest = newest_of(values)
    found = state_of_goal(GoalAim(goal["direction"], **exact, deadline=deadline), newest, date.fromisoformat(example["on"]))
    assert found | {"number": newest and in_decimals(newest[0])} == example["expected"]


def test_what_the_checker_reads_of_a_figure_is_what_the_program_reads() -> None:
    draw = random.Random("figures")
    read = 0
    for _ in range(4000):
        danish, unit = draw.random() < 0.5, draw.choice(["", "%", "træer", "procent", "kr.", "børn i skolen"])
        figure = str(draw.randint(0, draw.choice([12, 3000, 10**6])))
        if draw.random() < 0.5:
            figure += draw.choice(".,") + str(draw.randint(0, draw.choice([9, 99, 999, 99999])))
        text = draw.choice(["", "", "-"]) + figure + draw.choice(["", " "]) + draw.choice(["", unit, "%"])
        own, language = plain_figure(text, unit, danish), "da" if danish else "en"
        if own is None:
            continue
        read += 1
        aim = aim_of({"unit": unit, "baseline": text, "target": text, "direction": "up"}, language)
        assert (aim.baseline, aim.target) == (own, own), (text, unit, language)
        try:
            assert read_value(text, {"unit": unit}, language) == own, (text, unit, language)
        except Refused:
            assert "%" in text and unit in ("", "træer", "kr.", "børn i skolen"), (text, unit)
    assert read > 1500


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-03-27T22:59:59.000Z", "2027-03-27"),
        ("2027-03-27T23:00:00.000Z", "2027-03-28"),
        ("2027-03-28T22:00:00.000Z", "2027-03-29"),
        ("2027-10-30T22:00:00.000Z", "2027-10-31"),
        ("2027-10-31T22:30:00.000Z", "2027-10-31"),
        ("2027-12-31T23:00:00.000Z", "2028-01-01"),
    ],
)
def test_the_checker_knows_the_day_in_denmark(at: str, expected: str) -> None:
    assert danish_day(at).isoformat() == expected


# look-backs: what those who hold a card said

CARDS = {"citizens": 12, "politicians": 11}


def _counts(kept: int, partly: int, not_kept: int, cannot_say: int) -> Document:
    return {"kept": kept, "partly": partly, "not_kept": not_kept, "cannot_say": cannot_say}


def looked_back(by_group: dict[str, Document], papers: bool = True) -> tuple[Document, list[Document]]:
    """A closed look-back on the goal as the file holds it, and what the journal tells of it."""
    given_papers = [
        {"key": f"{group}{verdict}{number}", "on": GOAL, "group": group, "verdict": verdict}
        for group, counts in by_group.items()
        for verdict, people in counts.items()
        for number in range(people)
    ]
    total = {verdict: sum(counts[verdict] for counts in by_group.values()) for verdict in _counts(0, 0, 0, 0)}
    said = {"words": "Nøglen kom sent", "group": "citizens"}
    result = {"cards": 23, "judged": len(given_papers), "counts": total, "by_group": by_group, "words": [said]}
    terms = {"id": 1, "on": [GOAL], "cards": CARDS, "effective": {group: group for group in CARDS}, "privacy_minimum": 5}
    terms["until"] = day(320)
    row = terms | {"question": "Holdt vi det?", "state": "closed", "opened_at": "", "closed_at": "", "withheld": None}
    row |= {"result": {GOAL: result | {"counts_from": 10}}, "papers": given_papers if papers else None}
    told = {GOAL: row["result"][GOAL] | {"words": [fingerprint(said)]}}
    entries = [
        {
            "seq": 1,
            "name": "open_look_back",
            "proof": {"look_back": terms | {"words": fingerprint({"question": row["question"]})}},
        },
        {
            "seq": 2,
            "name": "close_look_back",
            "proof": {"look_back": terms | {"papers_hash": fingerprint(given_papers), "result": told}},
        },
    ]
    return copy.deepcopy(row), copy.deepcopy(entries)


def look_back_faults(row: Document, entries: list[Document]) -> set[str]:
    report = Report()
    check_look_backs([row], Story(entries), report)
    return {key for kind, key, _ in report.lines if kind == "fault"}


COUNTED = {"citizens": _counts(6, 3, 2, 0), "politicians": _counts(10, 0, 0, 0)}


def test_a_look_back_is_counted_again_from_its_papers() -> None:
    for papers in (True, False):
        assert look_back_faults(*looked_back(COUNTED, papers)) == set()
    row, entries = looked_back(COUNTED)
    row["papers"][0]["verdict"] = "not_kept"
    assert look_back_faults(row, entries) == {"follow.look_back", "follow.verdicts"}


@pytest.mark.parametrize(
    "change",
    [
        {"judged": 20},
        {"counts": _counts(17, 3, 1, 0)},
        {"words": []},
        {"cards": 30},
        {"by_group": {"citizens": _counts(6, 3, 2, 0)}},
    ],
)
def test_a_figure_or_word_of_a_look_back_that_is_changed_is_found(change: Document) -> None:
    row, entries = looked_back(COUNTED, papers=False)
    row["result"][GOAL].update(change)
    assert "follow.look_back" in look_back_faults(row, entries)


@pytest.mark.parametrize(
    "by_group",
    [
        {"citizens": _counts(6, 3, 2, 0), "politicians": _counts(9, 0, 0, 0)},
        {"citizens": _counts(10, 3, 2, 0), "politicians": _counts(10, 0, 0, 0)},
    ],
    ids=["a group under ten", "more than there are cards"],
)
def test_a_look_back_that_shows_more_than_the_rule_allows_is_a_fault(by_group: dict[str, Document]) -> None:
    assert look_back_faults(*looked_back(by_group)) == {"follow.verdicts"}


def test_a_look_back_that_is_left_out_or_shown_too_early_is_a_fault() -> None:
    row, entries = looked_back(COUNTED)
    report = Report()
    check_look_backs([], Story(entries), report)
    assert [key for _, key, _ in report.lines] == ["follow.look_backs"]
    assert look_back_faults(row, entries[:1]) == {"follow.look_back"}
