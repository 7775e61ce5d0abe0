"""How the texts came about, in what is taken home: each change with before and now, marked by more than colour."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from flask import render_template

from tests.commands.voting import AGREEMENT, GOAL, Room
from tests.export.conftest import opened
from tests.export.reading import csv_rows, docx_text, markdown_text, pdf_text, sheet_rows
from tests.export.standing import told
from tests.export.test_record_page import Text
from workshop.export import docx, export, markdown, pdf
from workshop.export.document import Outcome
from workshop.export.outcome import outcome
from workshop.export.page import Addresses, context
from workshop.extensions import db
from workshop.models import Workshop

PURPOSE = "Skolen laver mad til ungge hver dag"
CONTACT = "skriv@parterne.example"
GIVES = [
    {"party": "Foreningen", "what": "En madklub", "by_when": "2030-05-01", "contact": CONTACT},
    {"party": "Kommunen", "what": "Et køkken"},
]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """An agreement that is written, amended in a list, carried, and then corrected in its language."""
    with opened(tmp_path_factory.mktemp("history")) as app, app.test_request_context("/"):
        groups = [
            {"key": key, "name": {"da": da, "en": key}, "required": False}
            for key, da in (("citizens", "Borgere"), ("politicians", "Byråd"))
        ]
        room = Room({"citizens": 6, "politicians": 6}, groups=groups, decision_level="agreement")
        idea = room.ideas(1)[0]
        goal = room.do(room.chair, "draft_goal", **GOAL)["goal"]
        room.do(room.chair, "edit_goal", goal=goal, version=1, from_ideas=[idea], direction="up", owner_group="citizens")
        content = {**AGREEMENT, "purpose": "Mad", "goals": [goal], "contributions": GIVES}
        agreement = room.do(room.chair, "draft_agreement", **content)["agreement"]
        for version, words in enumerate(("Skolen", "Skolen laver", PURPOSE), 1):
            room.do(room.chair, "edit_agreement", agreement=agreement, version=version, purpose=words)
        rows = [{**GIVES[0], "what": "To madklubber"}, GIVES[1], {"party": "Kommunen", "what": "Lys"}]
        wanted = {"on": agreement, "field": "contributions", "new": json.dumps(rows), "reason": "Vi er mange"}
        room.do(room.chair, "accept_amendment", **room.do(room.everybody[0], "propose_amendment", **wanted))
        decision = room.decision(agreement, version=5)
        for person in room.everybody:
            room.stance(person, decision, "for")
        room.do(room.chair, "close_decision", decision=decision)
        room.correct(agreement, "purpose", PURPOSE.replace("ungge", "unge"), 5)
        db.session.rollback()
        yield db.session.get_one(Workshop, room.id)


@pytest.fixture
def whole(played: Workshop) -> Outcome:
    return outcome(played)


def test_what_was_written_in_one_go_is_one_change_and_an_amendment_and_a_correction_are_their_own(whole: Outcome) -> None:
    told = [(one.first, one.last, one.cause, one.confirmed_by) for one in whole.agreements[0].revisions]
    assert told == [(2, 4, "editor", None), (5, 5, "amendment", None), (6, 6, "language", "facilitator")]
    goal = whole.goals[0].revisions[0]
    plain = {one.field: one.new for one in goal.changes if one.field != "from_ideas"}
    assert plain == {"direction": "up", "owner_group": "Borgere"}


def test_every_format_shows_before_and_now_with_a_sign_at_each_word_that_differs(whole: Outcome) -> None:
    read = (
        pdf_text(pdf.render(whole)),
        docx_text(docx.render(whole)),
        markdown_text(markdown.render(whole)).replace("~~", ""),
    )
    for text in read:
        assert "Version 2" in text and "Version 3" in text
        assert "Version 1–" not in text and "Version 4" not in text, (
            "what an editor saved before anybody voted was never shown to the room"
        )
        assert "−ungge" in text and "+unge" in text
        assert "Foreslået af en deltager, godkendt af ordstyreren" in text and "Vi er mange" in text
        assert "Foreningen: −En madklub, senest 1. maj 2030" in text
        assert "Foreningen: +To madklubber, senest 1. maj 2030" in text
        assert "+Kommunen: Lys" in text
        assert "Kun stavning og sprog: rettet af ordstyreren, bekræftet af en anden ordstyrer" in text
        assert (
            "Indgået i version 2. I version 3 er kun stavning og sprog rettet. Det er bekræftet af en anden ordstyrer."
            in text
        )
        assert '"party"' not in text and "{'" not in text


def test_word_strikes_out_and_underlines_and_the_signs_are_text_of_their_own(whole: Outcome) -> None:
    tables = Document(io.BytesIO(docx.render(whole))).tables
    runs = [
        run for table in tables for row in table.rows for cell in row.cells for one in cell.paragraphs for run in one.runs
    ]
    assert {run.text for run in runs if run.font.strike} >= {"ungge", "En madklub"}
    assert {run.text for run in runs if run.font.underline} >= {"unge", "To madklubber"}
    assert not any(run.font.strike or run.font.underline for run in runs if run.text in ("−", "+"))


def test_markdown_strikes_out_what_went_and_sets_what_came_in_bold(whole: Outcome) -> None:
    text = markdown.render(whole).decode()
    assert "~~−ungge~~" in text and "**+unge**" in text


def test_the_page_marks_words_as_taken_out_and_added_for_readers_who_hear_it(whole: Outcome) -> None:
    html = render_template("record.html", **context(told(whole), Addresses()))
    text = str(Text(html))
    assert "fjernet − ungge" in text and "tilføjet + unge" in text
    tags = [tag for tag, _ in Text(html).tags]
    assert tags.count("del") >= 2 and tags.count("ins") >= 3


def test_spreadsheets_have_before_and_now_as_columns(played: Workshop) -> None:
    rows = sheet_rows(export(played, "xlsx", "da")[2], "Ændringer")
    last = next(row for row in rows if row["Version"] == "Version 3")
    assert (last["Felt"], last["Før"], last["Nu"]) == ("Formål", PURPOSE, PURPOSE.replace("ungge", "unge"))
    of_kind = [row for row in csv_rows(export(played, "csv", "da")[2]) if row["Slags"] == "ændring"]
    assert len(of_kind) == len(rows)


def test_a_public_document_leaves_contacts_out_and_nobody_finds_them_in_the_changes(played: Workshop) -> None:
    for key in ("md", "json", "csv"):
        assert CONTACT not in export(played, key, "da", public=True)[2].decode()
    assert CONTACT in export(played, "md", "da")[2].decode()


def test_a_room_that_only_advises_agreed_on_nothing_but_recommended_it(played: Workshop, whole: Outcome) -> None:
    advised = replace(whole, mandate=replace(whole.mandate, decision_level="recommendation"))
    assert "Anbefales i version 2. I version 3 er kun stavning og sprog rettet." in markdown_text(markdown.render(advised))


def test_english_says_it_in_english(played: Workshop) -> None:
    text = markdown_text(markdown.render(outcome(played, "en")))
    assert "Agreed in version 2. Version 3 only corrects spelling and grammar." in text
    assert "This was confirmed by another facilitator." in text
    assert "Proposed by a participant, approved by the facilitator" in text


def test_where_nothing_was_changed_there_is_no_such_part(tmp_path: Path) -> None:
    with opened(tmp_path):
        room = Room({"citizens": 2})
        room.do(room.chair, "draft_goal", title="Mad")
        db.session.rollback()
        assert "Tekstens versioner" not in markdown.render(outcome(db.session.get_one(Workshop, room.id))).decode()
