"""Ideas that were brought along say so, and where they come from, in every file; no group is named as theirs."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.export.reading import csv_rows, docx_text, markdown_text, pdf_text, sheet_rows
from tests.export.sample import sample
from workshop.export import FORMATS, csv, xlsx
from workshop.export.document import Idea
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.models import Workshop

READ = {"pdf": pdf_text, "docx": docx_text, "md": markdown_text}
BROUGHT = (
    Idea("idea:1", "Idé 1", "Gratis bus om aftenen", "", "open", source="Borgermødet 12. marts"),
    Idea("idea:2", "Idé 2", "Lys på banen", "", "open", source="=cmd"),
    Idea("idea:3", "Idé 3", "Åbn skolen", "", "open", group="Borgere"),
    Idea("idea:4", "Idé 4", "En fast voksen", "", "open"),
)


@pytest.mark.parametrize("key", list(READ))
def test_every_written_format_says_it_in_both_languages(key: str) -> None:
    text = READ[key](FORMATS[key].render(sample(ideas=BROUGHT)))
    assert "Medbragt · Borgermødet 12. marts" in text
    assert text.count("Medbragt ·") == 2
    assert "Brought along · Borgermødet 12. marts" in READ[key](FORMATS[key].render(sample("en", ideas=BROUGHT)))


def test_the_tables_have_a_column_for_the_source() -> None:
    rows = sheet_rows(xlsx.render(sample(ideas=BROUGHT)), "Idéer")
    assert [(row["Medbragt fra"], row["Gruppe"]) for row in rows] == [
        ("Borgermødet 12. marts", None),
        ("=cmd", None),
        (None, "Borgere"),
        (None, None),
    ]
    found = [row["Medbragt fra"] for row in csv_rows(csv.render(sample(ideas=BROUGHT))) if row["Slags"] == "idé"]
    assert found == ["Borgermødet 12. marts", "'=cmd", "", ""]


def test_the_complete_file_has_what_was_brought(app: Flask) -> None:
    room = Room({"citizens": 6})
    room.do(room.everybody[0], "post_idea", text="Min egen")
    room.do(room.chair, "import_ideas", rows=[{"text": "Gratis bus", "theme": "Veje"}], source="Høring 2025")
    found = outcome(db.session.get_one(Workshop, room.id), "da")
    assert [(one.text, one.source, one.theme) for one in found.ideas] == [
        ("Min egen", None, None),
        ("Gratis bus", "Høring 2025", "Veje"),
    ]
    written = json.loads(FORMATS["json"].render(found))["ideas"]
    assert [one["source"] for one in written] == [None, "Høring 2025"]
