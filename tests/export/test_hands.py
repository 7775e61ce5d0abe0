"""A show of hands in the files: by itself, called what it is, and in no total; and what helpers wrote and cast is marked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask import Flask

from tests.commands.voting import AGREEMENT, Room
from tests.export.reading import csv_rows, docx_text, markdown_text, pdf_text, sheet_rows
from tests.export.sample import HANDS, sample
from workshop.export import FORMATS, csv, xlsx
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.models import Agreement, Workshop

HEADING = "Håndsoprækning, talt i salen; ikke en del af afstemningen"
READ = {"pdf": pdf_text, "docx": docx_text, "md": markdown_text}


@pytest.mark.parametrize("key", list(READ))
def test_every_written_format_has_it_under_its_own_heading(key: str) -> None:
    text = READ[key](FORMATS[key].render(sample()))
    assert HEADING in text and "Skal vi tage en runde mere om åbningstiderne?" in text
    assert "Om Aftale A, version 3. Talt 11. marts 2027" in text and "Ja, nu" in text
    english = READ[key](FORMATS[key].render(sample("en")))
    assert "Show of hands, counted in the room; not part of the vote" in english
    without = READ[key](FORMATS[key].render(sample(hands=())))
    assert HEADING not in without


def test_the_tables_have_it_on_a_sheet_and_as_a_kind_of_its_own() -> None:
    rows = sheet_rows(xlsx.render(sample()), "Håndsoprækning")
    assert [(row["Svar"], row["Hænder, talt i salen"]) for row in rows] == [("Ja, nu", 31), ("Nej", 9), ("=cmd", 0)]
    kinds = [row for row in csv_rows(csv.render(sample())) if row["Slags"] == "håndsoprækning, ikke en del af afstemningen"]
    assert len(kinds) == 3 and kinds[2]["Svar"] == "'=cmd"


def test_taking_it_away_changes_nothing_else_in_the_document() -> None:
    whole, without = (json.loads(FORMATS["json"].render(one)) for one in (sample(), sample(hands=())))
    assert whole.pop("hands")[0]["rows"][0] == {"label": "Ja, nu", "count": 31} and without.pop("hands") == []
    assert whole == without


@pytest.mark.parametrize("key", list(READ))
def test_what_a_helper_wrote_and_cast_is_marked(key: str) -> None:
    text = READ[key](FORMATS[key].render(sample()))
    assert "Skrevet af en hjælper for en, der ikke havde en telefon." in text
    assert "47 af 49 stemte. 3 af dem stemte gennem en hjælper." in text


def test_the_tables_mark_it_too() -> None:
    content = xlsx.render(sample())
    assert [row["Af en hjælper"] for row in sheet_rows(content, "Idéer")][:3] == ["nej", "nej", "ja"]
    votes = sheet_rows(content, "Stemmer i grupperne")
    assert [row["Af en hjælper"] for row in votes if row["Gruppe"] == "Hele rummet"] == [0, 0, 3]
    assert {row["Af en hjælper"] for row in votes if row["Gruppe"] != "Hele rummet"} == {None}, "never with a group"


def test_it_is_read_from_the_room_and_a_text_for_its_parties_takes_it_along(app: Flask) -> None:
    room = Room({"citizens": 5, "politicians": 5})
    goal = room.text()
    secret = room.text(Agreement, fields={**AGREEMENT, "openness": "parties_only"})
    rows = [{"label": "For", "count": 8}]
    for question, on in (("Er målet klart?", goal), ("Holder aftalen?", secret), ("Holder vi pause?", None)):
        about = {"on": on} if on else {}
        room.do(room.chair, "record_hands", question=question, rows=rows, **about)
    workshop = db.session.get_one(Workshop, room.id)
    own, public = outcome(workshop, "da"), outcome(workshop, "da", public=True)
    assert [one.question for one in own.hands] == ["Er målet klart?", "Holder aftalen?", "Holder vi pause?"]
    assert [one.question for one in public.hands] == ["Er målet klart?", "Holder vi pause?"]
    first = own.hands[0]
    assert first.on is not None and (first.on.label, first.on_version) == ("Mål 1", 1)
    assert first.rows[0].count == 8 and own.hands[2].on is None
    assert replace(own, hands=()).ballots == () and own.decisions == ()
    assert HANDS[0].on is not None
