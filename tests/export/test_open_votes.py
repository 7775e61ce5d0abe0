"""What people read of open votes in the files of a workshop."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.voting import GOAL, Room
from tests.export.conftest import opened
from tests.export.proved import faults, open_room
from tests.export.reading import csv_rows, docx_text, markdown_text, pdf_text, sheet_rows
from workshop.commands.privacy import retention
from workshop.door import perform
from workshop.export import export
from workshop.export.checking.program import check
from workshop.extensions import db
from workshop.models import Workshop


@pytest.fixture(scope="module")
def kept() -> Iterator[Room]:
    with open_room() as room:
        yield room


READERS: dict[str, Callable[[bytes], str]] = {
    "pdf": pdf_text,
    "docx": docx_text,
    "md": markdown_text,
    "csv": lambda content: json.dumps(csv_rows(content), ensure_ascii=False),
}


def text_of(room: Room, key: str, language: str = "da", public: bool = False) -> str:
    db.session.rollback()
    return READERS[key](export(db.session.get_one(Workshop, room.id), key, language, public=public)[2])


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("key", ["pdf", "docx", "md"])
def test_the_document_says_which_groups_voted_openly_and_why(kept: Room, key: str, public: bool) -> None:
    text = text_of(kept, key, public=public)
    assert "Byråd stemte åbent med navn. Det stod på telefonerne, før afstemningen åbnede." in text
    assert "Forskere stemte åbent med navn. Alle i gruppen, der kunne stemme, sagde ja til det" in text
    assert "Borgere stemte hemmeligt." in text
    assert "Borgere, Byråd og Forskere stemte åbent med navn." in text
    assert "Ved hver afstemning står, hvem der stemte åbent med navn, og hvorfor." in text


@pytest.mark.parametrize("key", READERS)
def test_the_names_stand_with_what_they_voted_and_no_other_name_does(kept: Room, key: str) -> None:
    text = text_of(kept, key)
    assert "Politicians 03" in text and "Researchers 02" in text and "Navnet er slettet" in text
    assert "Politicians 01" not in text


def test_citizens_are_named_only_where_everybody_voted_openly(kept: Room) -> None:
    db.session.rollback()
    rows = csv_rows(export(db.session.get_one(Workshop, kept.id), "csv")[2])
    named_in = {row["Afstemning"] for row in rows if row["Person"].startswith("Citizens")}
    assert named_in == {"ballot:3", "decision:3"}


def test_the_spreadsheet_has_a_sheet_of_open_votes(kept: Room) -> None:
    db.session.rollback()
    content = export(db.session.get_one(Workshop, kept.id), "xlsx")[2]
    rows = sheet_rows(content, "Åbne stemmer")
    mine = [row for row in rows if row["Person"] == "Politicians 03"]
    decided = next(row for row in mine if row["Afstemning"] == "decision:1")
    assert (decided["Stemte"], decided["Tekst"]) == ("Imod", "Ord 15")
    assert decided["Åbent eller hemmeligt"] == "Åbent: stod på telefonerne"
    agreed = {
        row["Åbent eller hemmeligt"] for row in rows if row["Afstemning"] == "ballot:1" and row["Gruppe"] == "Forskere"
    }
    assert agreed == {"Åbent: alle i gruppen sagde ja"}
    counted = [row for row in sheet_rows(content, "Stemmer i grupperne") if row["Id"] == "decision:2"]
    assert [(row["Gruppe"], row["Åbent eller hemmeligt"]) for row in counted] == [
        ("Borgere + Forskere", "Hemmeligt"),
        ("Byråd", "Åbent: stod på telefonerne"),
        ("Hele rummet", None),
    ]


def test_words_of_open_votes_carry_their_names_and_those_of_secret_ones_none(kept: Room) -> None:
    text = text_of(kept, "md")
    assert "Ord 15 (Politicians 03, Byråd)" in text
    assert "Ord 3" in text and "Ord 3 (" not in text


def test_a_document_without_open_votes_says_nothing_of_them(tmp_path: Path) -> None:
    with opened(tmp_path):
        room = Room({"citizens": 6, "politicians": 6})
        decision = room.decision(room.do(room.chair, "draft_goal", **GOAL)["goal"])
        for person in room.everybody:
            room.stance(person, decision, "for")
        room.do(room.chair, "close_decision", decision=decision)
        text = text_of(room, "md")
        assert (
            "stemte åbent" not in text.replace("hvor deres gruppe stemte åbent med navn", "") and "Åbne stemmer" not in text
        )
        assert "Stemmerne var hemmelige" in text


def test_after_the_retention_time_the_file_still_verifies_without_names(tmp_path: Path) -> None:
    with opened(tmp_path):
        room = Room({"citizens": 6, "politicians": 6}, receiving_body="Byrådet", response_due="2030-01-01")
        step = room.do(room.chair, "add_step", kind="decisions", settings={"openness": "open"})["step"]
        room.do(room.chair, "start_step", step=step)
        decision = room.decision(room.do(room.chair, "draft_goal", **GOAL)["goal"])
        for number, person in enumerate(room.everybody):
            perform(person, "set_name", {"name": f"Navn {number:02}"})
            room.do(person, "take_stance", decision=decision, stance="against", reason=f"Ord {number}", keep=number == 3)
        room.do(room.chair, "close_decision", decision=decision)
        room.do(room.chair, "close_workshop")
        retention.erase_names_of(room.id)
        db.session.rollback()
        document = json.loads(export(db.session.get_one(Workshop, room.id), "json")[2])
        assert faults(document) == set()
        names = [one["name"] for one in document["decisions"][0]["by_name"]]
        assert names.count(None) == 11 and "Navn 03" in names
        assert {one["reason"] for one in document["decisions"][0]["by_name"]} == {f"Ord {number}" for number in range(12)}
        assert [facts["n"] for _, key, facts in check(document).lines if key == "named.erased"] == [11]
