"""The time after the seminar in the file: what it holds, what never, that every state is computed again on any day, and that
whatever is changed is found."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.conftest import application
from tests.export.promised import NEVER, WITHHELD, acts, day, document, stood
from tests.export.proved import Document, chained, faults, stamped
from tests.export.test_bundle import strings
from tests.rules.follow_up_vectors import day as day_of
from tests.rules.follow_up_vectors import days, examples
from workshop.cli import register_commands
from workshop.export import checker
from workshop.export.checking.core import Report, Story, fingerprint
from workshop.export.checking.look_backs import check_look_backs
from workshop.export.checking.program import check
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
from workshop.export.checking.standing import states_on
from workshop.rules.measures import aim_of, read_value
from workshop.rules.refusal import Refused

GOAL, AGREEMENT, PRIVATE = "goal:1", "agreement:1", "agreement:3"


def items(whole: Document) -> list[Document]:
    found: list[Document] = whole["proof"]["follow_up"]["items"]
    return found


def item(whole: Document, on: str) -> Document:
    return next(one for one in items(whole) if one["id"] == on)


def kinds(whole: Document, kind: str, **known: Any) -> list[tuple[str, Document]]:
    return [(key, facts) for one, key, facts in check(whole, **known).lines if one == kind]


# untouched


@pytest.mark.parametrize("days_after", [210, 420])
@pytest.mark.parametrize("public", [False, True], ids=["organiser", "public"])
def test_an_untouched_file_verifies(days_after: int, public: bool) -> None:
    whole = document(days_after, public)
    assert faults(whole) == set()
    held = dict(kinds(whole, "holds"))
    assert held["follow"] == {"n": 3 if public else 4, "day": day(days_after)}
    hidden = [facts["n"] for key, facts in kinds(whole, "withheld") if key == "follow.hidden"]
    assert hidden == ([3] if public else [])


def test_no_file_names_who_was_given_a_link_nor_an_address() -> None:
    for public in (False, True):
        found = "\n".join(strings(document(public=public)))
        for secret in NEVER:
            assert secret not in found
        assert "Kun en kladde" not in found


def test_a_public_file_and_its_journal_tell_nothing_of_what_is_for_the_parties_only() -> None:
    whole = document(public=True)
    found = "\n".join(strings(whole))
    assert PRIVATE not in [one["id"] for one in items(whole)]
    for words in WITHHELD:
        assert words not in found
        assert any(words in text for text in strings(document()))
    told = [one for one in strings_of_journal(whole) if one.get("on") == PRIVATE]
    assert len(told) == 3 and all(one.keys() == {"id", "on", "sealed"} for one in told)


def strings_of_journal(whole: Document) -> list[Document]:
    """Every act as the journal tells it."""
    found = []
    for entry in whole["proof"]["journal"]["entries"]:
        for told in entry["proof"].values():
            found += [one for one in (told if isinstance(told, list) else [told]) if isinstance(one, dict)]
    return found


def test_everything_that_was_said_is_there_word_for_word() -> None:
    whole = document()
    held = {act: len(rows) for act, rows in whole["proof"]["follow_up"]["acts"].items()}
    assert held == {
        "handover": 1, "answers": 4, "postponed": 2, "corrected": 1, "passed_to": 1, "path_step": 2, "line_report": 3,
        "line_verdict": 2, "report": 3, "ended": 1, "passed_on": 2,
    }  # fmt: skip
    assert acts(whole, "report")[2] | {"at": None} == {
        "id": 3, "on": GOAL, "date": day(200), "exact": "52/1", "value_date": day(190), "status": "partly",
        "next_date": day(280), "corrects": None, "party": "Ungeenheden", "value": "52", "source": "",
        "what_worked": "Klubberne kom med", "what_went_wrong": "Nøglen kom sent", "lesson": "Spørg før", "at": None,
    }  # fmt: skip
    assert [one["words"] for one in acts(whole, "passed_on")] == ["Ny sag, ny hånd", "Ikke mig"]
    assert acts(whole, "passed_to")[0]["due"] == day(59)
    assert whole["proof"]["follow_up"]["rhythm"] == [day(90), day(270)]
    assert item(whole, GOAL)["reached"] == {"state": "moving", "number": "52", "value_date": day(190), "progress": 57}


# on any day


def test_the_checker_says_of_every_day_what_the_program_said_on_it() -> None:
    whole = document(420)
    story = Story(whole["proof"]["journal"]["entries"])
    assert len(stood()) == 10
    for on, said in stood().items():
        states = states_on(whole["proof"], story, date.fromisoformat(on))
        for state, one in zip(states, said, strict=True):
            assert state == {name: one[name] for name in state}, on


def test_on_another_day_each_promise_is_said_as_it_stands_then() -> None:
    said = dict(kinds(document(), "stands", on=day(41)))
    assert said["follow.stands.goal"] == {"id": GOAL, "day": day(41), "reached": "moving", "progress": " (21 %)"}
    answers = {facts["id"]: facts["answer"] for key, facts in kinds(document(), "stands", on=day(41)) if "answer" in facts}
    assert answers == {GOAL: "postponed", AGREEMENT: "answered", PRIVATE: "no_answer", "agreement:2": "postponed"}
    later = {facts["id"]: facts["answer"] for _, facts in kinds(document(), "stands", on=day(900)) if "answer" in facts}
    assert later[GOAL] == "long_without" and later[PRIVATE] == "awaited"


def test_the_one_file_and_the_command_say_it_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / checker.NAME).write_text(checker.source(), encoding="utf-8")
    (tmp_path / "file.json").write_text(json.dumps(document()), encoding="utf-8")
    words = [sys.executable, "-I", "-S", "-X", "utf8", checker.NAME, "file.json", "--full", "--on", day(41)]
    english = subprocess.run([*words, "--lang", "en"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (english.returncode, english.stderr) == (0, "")
    expected = f"STANDS    goal:1 on {day(41)}: the answer is postponed, due {day(120)}. Delivered: 1 of 1."
    assert expected in english.stdout.splitlines()
    with application(tmp_path) as app:
        if "verify" not in app.cli.commands:
            register_commands(app)
        danish = app.test_cli_runner().invoke(args=["verify", str(tmp_path / "file.json"), "--on", day(41)])
    assert danish.exit_code == 0
    assert f"STÅR      goal:1 den {day(41)}: på vej (21 %)." in danish.output.splitlines()


# tampering, by somebody who mends the file's own fingerprint


def _row(whole: Document, act: str, place: int = 0) -> Document:
    return acts(whole, act)[place]


def _entry(whole: Document, name: str) -> int:
    return [entry["name"] for entry in whole["proof"]["journal"]["entries"]].index(name)


def _drop_item(whole: Document) -> None:
    """A promise and all that was said of it."""
    rest = whole["proof"]["follow_up"]
    rest["items"] = [one for one in items(whole) if one["id"] != GOAL]
    for act, rows in rest["acts"].items():
        rest["acts"][act] = [row for row in rows if row.get("on") != GOAL]


def _put_in(whole: Document) -> None:
    acts(whole, "answers").append({**_row(whole, "answers"), "id": 99, "answer": "follows"})


def _left_out(whole: Document) -> None:
    del whole["proof"]["follow_up"]


TOLD = {"follow.told"}
TAMPERINGS: dict[str, tuple[Callable[[Document], Any], set[str]]] = {
    "a word of a report": (lambda d: _row(d, "report", 2).update(what_went_wrong="Intet"), TOLD),
    "a number of a report": (lambda d: _row(d, "report", 2).update(exact="60/1", value="60"), TOLD),
    "the status of a report": (lambda d: _row(d, "report", 2).update(status="reached"), TOLD),
    "the day of a value": (lambda d: _row(d, "report", 2).update(value_date=day(199)), TOLD),
    "which report a report corrects": (lambda d: _row(d, "report", 1).update(corrects=None), TOLD),
    "a dropped report": (lambda d: acts(d, "report").pop(), {"follow.missing"}),
    "a dropped answer": (lambda d: acts(d, "answers").pop(0), {"follow.missing"}),
    "an answer put in": (_put_in, {"follow.unknown"}),
    "an answer": (lambda d: _row(d, "answers", 3).update(answer="follows_partly"), TOLD),
    "the reason of an answer": (lambda d: _row(d, "answers").update(reason="Fordi"), TOLD),
    "the day an answer names": (lambda d: _row(d, "answers", 1).update(date=day(300)), TOLD),
    "who an answer is of": (lambda d: _row(d, "answers", 1).update(by_body="Regionen"), TOLD),
    "an answer to what is for the parties only": (lambda d: _row(d, "answers", 2).update(answer="follows"), TOLD),
    "the salt of what is for the parties only": (lambda d: _row(d, "answers", 2).update(salt="00" * 32), TOLD),
    "the day of the answer at the handover": (lambda d: _row(d, "handover").update(due=day(400)), TOLD),
    "the record that was handed over": (lambda d: _row(d, "handover").update(hash="0" * 64), TOLD),
    "the confirmation": (lambda d: _row(d, "handover").update(confirmed_at=None), {"follow.handover"}),
    "a postponement to another day": (lambda d: _row(d, "postponed").update(to=day(500)), TOLD),
    "a dropped postponement": (lambda d: acts(d, "postponed").pop(), {"follow.missing"}),
    "when a false alarm was cleared": (
        lambda d: _row(d, "corrected").update(at=f"{day(30)}T12:00:00.000Z"),
        {"follow.when"},
    ),
    "when another body got its link": (lambda d: _row(d, "passed_to").update(at=f"{day(9)}T12:00:00.000Z"), {"follow.when"}),
    "a meeting on the path": (lambda d: _row(d, "path_step").update(date=day(31)), TOLD),
    "what a meeting decided": (lambda d: _row(d, "path_step").update(outcome="Afvist"), TOLD),
    "what became of a line": (lambda d: _row(d, "line_report", 1).update(state="delivered"), TOLD),
    "the evidence of a line": (lambda d: _row(d, "line_report").update(evidence=""), TOLD),
    "a verdict on a line": (lambda d: _row(d, "line_verdict").update(verdict="confirmed"), TOLD),
    "a dropped objection": (lambda d: acts(d, "line_verdict").pop(0), {"follow.missing"}),
    "when an agreement ends": (lambda d: _row(d, "ended").update(ends_on=day(900)), TOLD),
    "what was said when work was passed on": (lambda d: _row(d, "passed_on").update(words="Nu"), TOLD),
    "the days for reports": (lambda d: d["proof"]["follow_up"]["rhythm"].pop(), {"follow.rhythm"}),
    "a dropped journal entry": (
        lambda d: d["proof"]["journal"]["entries"].pop(_entry(d, "report_line")),
        {"journal.hash"},
    ),
    "the state of an answer": (lambda d: item(d, GOAL)["answer"].update(state="answered"), {"follow.state"}),
    "a moved date": (lambda d: item(d, GOAL)["answer"].update(due=day(300)), {"follow.state"}),
    "a late line": (lambda d: item(d, AGREEMENT)["lines"][0].update(late_since=None), {"follow.state"}),
    "how a line stands": (lambda d: item(d, AGREEMENT)["lines"][1].update(standing="contested"), {"follow.state"}),
    "what is delivered": (lambda d: item(d, AGREEMENT)["done"].update(delivered=1), {"follow.state"}),
    "whether the goal is reached": (lambda d: item(d, GOAL)["reached"].update(state="reached"), {"follow.state"}),
    "the progress": (lambda d: item(d, GOAL)["reached"].update(progress=58), {"follow.state"}),
    "the figures at the top": (lambda d: d["proof"]["follow_up"]["counts"].update(answered=3), {"follow.counts"}),
    "the day the file was made for": (lambda d: d["proof"]["follow_up"].update(day=day(41)), {"follow.state"}),
    "a dropped promise": (_drop_item, {"follow.items"}),
    "an intention called a promise": (lambda d: item(d, "agreement:2").update(intention=False), {"follow.items"}),
    "another version of a promise": (lambda d: item(d, GOAL).update(version=1), {"follow.item"}),
    "the target as it is read": (
        lambda d: d["proof"]["follow_up"]["readings"][-1].update(target="50/1"),
        {"follow.reading"},
    ),
    "a version that is not read": (
        lambda d: d["proof"]["follow_up"]["readings"].pop(),
        {"follow.readings"},
    ),
    "the deadline as it is read": (
        lambda d: d["proof"]["follow_up"]["readings"][-1].update(deadline=day(800)),
        {"follow.reading"},
    ),
    "everything left out": (_left_out, {"follow.left_out"}),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_found(name: str) -> None:
    tamper, expected = TAMPERINGS[name]
    changed = document()
    tamper(changed)
    keys = faults(stamped(changed))
    assert "file.hash" not in keys
    assert keys & expected, keys


def test_a_report_changed_by_somebody_who_makes_the_journal_anew_still_has_to_add_up() -> None:
    changed = document()
    told = next(one for one in strings_of_journal(changed) if one.get("exact") == "52/1")
    told["exact"] = _row(changed, "report", 2)["exact"] = "60/1"
    keys = faults(chained(changed))
    assert not keys & {"journal.hash", "journal.last", "file.hash"}
    assert {"follow.value", "follow.state"} <= keys


@pytest.mark.parametrize("name", ["acts", "items", "readings", "day", "look_backs", "counts", "rhythm"])
@pytest.mark.parametrize("value", [None, 7, [], {}, [1], "x"])
def test_a_part_that_is_something_else_is_a_fault_and_no_crash(name: str, value: object) -> None:
    changed = document()
    if changed["proof"]["follow_up"][name] == value:
        return
    changed["proof"]["follow_up"][name] = value
    assert faults(stamped(changed))


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


# laws


def _reached_with(whole: Document, on: date) -> Document:
    story = Story(whole["proof"]["journal"]["entries"])
    found = next(state for state in states_on(whole["proof"], story, on) if state["id"] == GOAL)
    return found["reached"]  # type: ignore[no-any-return]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(3)), st.lists(st.sampled_from(["on_track", "reached", "dropped"]), min_size=3, max_size=3))
def test_reached_depends_neither_on_the_order_of_reports_nor_on_what_the_owner_says(
    order: list[int], said: list[str]
) -> None:
    whole = document()
    for on in (day(210), day(420), day(900)):
        expected = _reached_with(document(), date.fromisoformat(on))
        rows = [{**row, "status": status} for row, status in zip(acts(whole, "report"), said, strict=True)]
        whole["proof"]["follow_up"]["acts"]["report"] = [rows[place] for place in order]
        assert _reached_with(whole, date.fromisoformat(on)) == expected


@settings(max_examples=40, deadline=None)
@given(st.integers(-1000, 1000), st.integers(205, 400), st.integers(0, 420))
def test_a_moved_target_changes_nothing_before_its_version(target: int, moved: int, asked: int) -> None:
    before, after = document(420), document(420)
    proof, on = after["proof"], date.fromisoformat(day(asked))
    newest = [row for row in proof["follow_up"]["readings"] if row["subject"] == GOAL][-1]
    version = newest["version"] + 1
    proof["follow_up"]["readings"].append({**newest, "version": version, "target": f"{target}/1"})
    worded = next(one for one in proof["versions"] if (one["subject"], one["version"]) == (GOAL, newest["version"]))
    proof["versions"].append({**worded, "version": version})
    entry = copy.deepcopy(proof["journal"]["entries"][-1])
    entry |= {"seq": 10**6, "at": f"{day(moved)}T12:00:00.000Z", "proof": {"texts": [{"subject": GOAL, "version": version}]}}
    proof["journal"]["entries"].append(entry)
    unchanged = _reached_with(before, on)
    assert on >= date.fromisoformat(day(moved)) or _reached_with(after, on) == unchanged
    at_once = date.fromisoformat(day(moved)) + timedelta(days=1)
    reached = "reached" if target <= 52 else "moving"
    assert _reached_with(after, at_once)["state"] in (reached, "not_reached")


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
