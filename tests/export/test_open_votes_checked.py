"""What the checker says of open votes, and of files in which somebody has changed one."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.voting import GOAL, Room
from tests.export.conftest import opened
from tests.export.proved import Document, assert_found, chained, faults, open_document, said, stamped
from workshop.export import checker, export
from workshop.export.checking.named import SEALED
from workshop.extensions import db
from workshop.models import Decision, Workshop


def found(document: Document, record: str) -> Document:
    proof = document["proof"]
    return next(one for one in (*proof["ballots"], *proof["decisions"]) if one["id"] == record)


def read(document: Document, record: str) -> Document:
    """The part of the document that people read."""
    return next(one for one in (*document["ballots"], *document["decisions"]) if one["id"] == record)


def named(document: Document, record: str, place: int = 0) -> Document:
    return found(document, record)["named_papers"][place]


def test_everything_that_was_voted_openly_is_counted_again() -> None:
    assert faults(open_document()) == set()
    holds, withheld = said(open_document(), "holds"), said(open_document(), "withheld")
    # Every group that voted secretly has twice the privacy minimum: its papers are in the file too.
    recounted = {(f"{kind}.recounted", f"{kind}:{number}") for kind in ("ballot", "decision") for number in (1, 2, 3)}
    assert recounted | {("file", "")} <= holds
    assert withheld == {("named.erased", f"{kind}:{number}") for kind in ("ballot", "decision") for number in (1, 2, 3)}


def test_the_file_holds_nobody_who_voted_secretly() -> None:
    whole = json.dumps(open_document(), ensure_ascii=False)
    for record in ("ballot:1", "ballot:2", "decision:1", "decision:2"):
        groups = {paper["group"] for paper in found(open_document(), record)["named_papers"]}
        assert groups == ({"politicians", "researchers"} if record in ("ballot:1", "ballot:2") else {"politicians"})
        assert "Citizens" not in json.dumps(found(open_document(), record))
    assert "Politicians 01" not in whole, "an erased name"


def test_the_one_file_of_plain_python_finds_it_all_by_itself(tmp_path: Path) -> None:
    """Run as an outsider runs it: the parts are joined in an order that works, and no name stands for two things."""
    script, file = tmp_path / checker.NAME, tmp_path / "file.json"
    script.write_text(checker.source(), encoding="utf-8")
    for change, code in ((None, 0), ("Somebody else", 1)):
        changed = open_document()
        if change:
            named(changed, "decision:1", 2)["name"] = change
        file.write_text(json.dumps(stamped(changed)), encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "-I", str(script), str(file), "--full"], capture_output=True, text=True, check=False
        )
        assert run.returncode == code, run.stdout + run.stderr


def _index(document: Document, record: str, **like: Any) -> int:
    """The first paper by name of which all this is true."""
    rows = found(document, record)["named_papers"]
    return next(n for n, row in enumerate(rows) if all(row.get(name) == value for name, value in like.items()))


def _other_stance(document: Document) -> None:
    paper = named(document, "decision:1", _index(document, "decision:1", stance="for"))
    paper["stance"] = "against"


def _other_choice(document: Document) -> None:
    paper = named(document, "ballot:2")
    paper["choices"] = {"idea:2": 3}


def _as_read(document: Document, record: str) -> None:
    """What people read is changed with what is proved: name, choice and words of each paper."""
    shown, papers = read(document, record), found(document, record)["named_papers"]
    shown["by_name"] = [
        {
            "name": paper["name"], "key": paper["group"], "group": paper["group"], "stance": paper.get("stance"),
            "reason": paper["reason"] or "",
            "choices": [{"option": {"id": option}, "value": value} for option, value in paper.get("choices", {}).items()],
        }
        for paper in papers
    ]  # fmt: skip


def _rename(document: Document) -> None:
    named(document, "decision:1", _index(document, "decision:1", reason="Ord 17"))["name"] = "Anders Andersen"


def _reword(document: Document) -> None:
    named(document, "decision:1", _index(document, "decision:1", reason="Ord 15"))["reason"] = "Andre ord"


def _swap_names(document: Document) -> None:
    """Two people exchange their votes."""
    one = named(document, "decision:1", _index(document, "decision:1", name="Politicians 02"))
    other = named(document, "decision:1", _index(document, "decision:1", name="Politicians 03"))
    for name in SEALED[:2]:
        one[name], other[name] = other[name], one[name]


def _drop(document: Document, record: str) -> None:
    del found(document, record)["named_papers"][0]


def _named_citizen(document: Document) -> None:
    named(document, "decision:1")["group"] = "citizens"


def _said_otherwise(document: Document) -> None:
    found(document, "decision:2")["terms"]["openness"]["groups"] = ["citizens"]


def _open_group_forgotten(document: Document) -> None:
    found(document, "decision:2")["terms"]["open_groups"] = []


def _agreed_instead(document: Document) -> None:
    """It is told that the group agreed, where it was only asked to."""
    found(document, "ballot:2")["terms"]["openness"].update(agreed=["citizens", "researchers"])


TAMPERINGS: dict[str, tuple[Callable[[Document], Any], set[str]]] = {
    "an open stance is changed": (_other_stance, {"named.hash", "named.recount"}),
    "an open choice is changed": (_other_choice, {"named.hash", "named.recount"}),
    "a name is changed": (_rename, {"named.name"}),
    "two names are exchanged": (_swap_names, {"named.name"}),
    "the words of an open vote are changed": (_reword, {"named.reason"}),
    "an open vote is dropped": (lambda d: _drop(d, "decision:1"), {"named.hash", "named.recount"}),
    "an open vote on a ballot is dropped": (lambda d: _drop(d, "ballot:2"), {"named.hash", "named.recount"}),
    "an open vote is put in twice": (
        lambda d: found(d, "decision:1")["named_papers"].append(copy.deepcopy(named(d, "decision:1"))),
        {"named.hash", "named.recount"},
    ),
    "an open vote is moved to a secret group": (_named_citizen, {"named.group", "named.hash"}),
    "all open votes are left out": (lambda d: found(d, "decision:2").pop("named_papers"), {"named.hash", "named.recount"}),
    "who votes openly is changed": (_said_otherwise, {"named.openness", "vote.terms"}),
    "that a group votes openly is left out": (_open_group_forgotten, {"named.openness", "named.group"}),
    "a group is said to have agreed": (_agreed_instead, {"named.openness", "vote.terms"}),
    "a name that was erased is written in": (
        lambda d: named(d, "decision:1", _index(d, "decision:1", name=None)).update(name="Gættet Navn"),
        {"named.name"},
    ),
    "a name people read is changed": (
        lambda d: read(d, "decision:1")["by_name"][0].update(name="Anders Andersen"),
        {"file.vote"},
    ),
    "an open stance people read is changed": (
        lambda d: read(d, "decision:1")["by_name"][0].update(stance="blank"),
        {"file.vote"},
    ),
    "an open vote people read is left out": (lambda d: read(d, "ballot:1")["by_name"].pop(), {"file.vote"}),
    "why a group voted openly is changed": (
        lambda d: read(d, "ballot:1")["open_groups"][1].update(why="declared"),
        {"file.vote"},
    ),
    "that a step was open is left out": (lambda d: read(d, "decision:3").update(openness="secret"), {"file.vote"}),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_with_an_open_vote_is_found_though_the_file_is_stamped_anew(name: str) -> None:
    tamper, expected = TAMPERINGS[name]
    changed = open_document()
    tamper(changed)
    assert_found(changed, expected)


def _wrong_count(document: Document) -> None:
    group = next(one for one in found(document, "decision:2")["result"]["groups"] if one["keys"] == ["politicians"])
    group["counts"].update({"for": 8, "against": 0})


DEEP: dict[str, tuple[Callable[[Document], Any], str, set[str]]] = {
    "an open stance is changed": (_other_stance, "decision:1", {"named.recount"}),
    "an open choice is changed": (_other_choice, "ballot:2", {"named.recount"}),
    "an open vote is dropped": (lambda d: _drop(d, "ballot:1"), "ballot:1", {"named.recount", "count.turnout"}),
    "a count of an open group is changed": (_wrong_count, "decision:2", {"named.recount"}),
    "an open choice is over its budget": (
        lambda d: named(d, "ballot:2").update(choices={"idea:1": 5, "idea:2": 5}),
        "ballot:2",
        {"papers.invalid"},
    ),
    "a name is changed": (_rename, "decision:1", {"named.name"}),
    "who votes openly is changed": (_said_otherwise, "decision:2", {"named.openness"}),
}


@pytest.mark.parametrize("name", DEEP)
def test_what_does_not_add_up_is_found_though_the_whole_journal_is_made_anew(name: str) -> None:
    tamper, record, expected = DEEP[name]
    changed = open_document()
    tamper(changed)
    _as_read(changed, record)
    keys = faults(chained(changed))
    assert not keys & {"file.hash", "journal.hash", "journal.last", "vote.result_hash", "named.hash"}
    assert keys & expected, keys


def test_making_the_journal_anew_changes_nothing_where_nothing_was_changed() -> None:
    assert chained(open_document()) == open_document()


def test_a_vote_from_before_votes_could_be_open_still_holds(tmp_path: Path) -> None:
    """Its terms stand in the journal without a word of openness; the columns it never had are empty."""
    with opened(tmp_path):
        room = Room({"citizens": 6, "politicians": 6})
        decision = room.decision(room.do(room.chair, "draft_goal", **GOAL)["goal"])
        row = db.session.get_one(Decision, int(decision.split(":")[1]))
        row.openness_record = {}
        db.session.commit()
        assert "openness" not in row.terms() and "open_groups" not in row.terms()
        workshop = db.session.get_one(Workshop, room.id)
        document = json.loads(export(workshop, "json")[2])
        entry = next(one for one in document["proof"]["journal"]["entries"] if one["name"] == "open_decision")
        for name in ("openness", "open_groups"):
            del entry["proof"]["terms"][name]
        assert faults(chained(document)) == set()
