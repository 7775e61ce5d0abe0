"""The time after the seminar in the file: what it holds, what never, that every state is computed again on any day, and that
whatever is changed is found."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.export.conftest import opened
from tests.export.promised import NEVER, WITHHELD, acts, day, document, stood
from tests.export.proved import Document, assert_found, chained, faults, stamped
from tests.export.test_bundle import strings
from workshop.cli import register_commands
from workshop.export import checker, export
from workshop.export.checking.core import Story
from workshop.export.checking.program import check
from workshop.export.checking.standing import states_on
from workshop.extensions import db
from workshop.models import Workshop

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
    assert hidden == ([4] if public else [])


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
    assert len(told) == 4 and all(one.keys() == {"id", "on", "sealed"} for one in told)


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
        "line_verdict": 2, "report": 3, "ended": 1, "passed_on": 2, "question": 1, "question_answered": 1, "statement": 2,
        "reopened_agreement": 0, "party_word": 0,
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
    assert len(stood()) == 11
    for on, said in stood().items():
        states = states_on(whole["proof"], story, date.fromisoformat(on))
        for state, one in zip(states, said, strict=True):
            assert state == {name: one[name] for name in state}, on


def test_the_checker_counts_no_answer_of_a_body_that_nothing_was_passed_to(app: Flask) -> None:
    room = PromiseRoom()
    room.handed_over()
    body = room.link("receiver", on=room.agreement, body="Regionen")
    for answer in ("follows", "not_ours"):
        room.do(body, "answer_item", on=room.agreement, answer=answer, reason="Ja", body="Regionen")
        room.do(body, "publish_answers")
        proof = json.loads(export(db.session.get_one(Workshop, room.id), "json", public=False)[2])["proof"]
        # The room's texts were put there by hand: of its versions the file tells nothing that a goal could be measured by.
        (said,) = proof["follow_up"]["items"] = [one for one in proof["follow_up"]["items"] if one["id"] == room.agreement]
        assert said["answer"]["state"] == "awaited"
        for on, expected in ((day(0), "awaited"), (day(131), "long_without")):
            (state,) = states_on(proof, Story(proof["journal"]["entries"]), date.fromisoformat(on))
            assert state["answer"]["state"] == expected


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
    with opened(tmp_path) as app:
        if "verify" not in app.cli.commands:
            register_commands(app)
        danish = app.test_cli_runner().invoke(args=["verify", str(tmp_path / "file.json"), "--on", day(41)])
    assert danish.exit_code == 0
    assert f"STÅR      goal:1 den {day(41)}: på vej (21 %)." in danish.output.splitlines()


def test_a_day_that_is_none_is_said_to_be_none() -> None:
    assert faults(document(), on="1. maj") == {"follow.on"}


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
    assert_found(changed, expected)


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
