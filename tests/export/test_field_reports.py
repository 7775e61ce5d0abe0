"""Faults reported of other tools, tried on this one: what is taken home (docs/field-reports.md)."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.export.reading import csv_rows, docx_text, markdown_text, pdf_text, sheet_rows, workbook
from workshop import clock
from workshop.door import perform
from workshop.export import FORMATS, export
from workshop.extensions import db
from workshop.models import Workshop

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    """Two groups large enough for exact counts, where at least three stand on each side."""
    return Room({"citizens": 12, "politicians": 12})


def made(room: Room, format: str, language: str = "da", public: bool = False) -> bytes:
    """The content of a file of the workshop as it is now."""
    db.session.rollback()
    return export(db.session.get_one(Workshop, room.id), format, language, public=public)[2]


def words(room: Room, format: str, **how: Any) -> str:
    """Everything that somebody who opens the file can read."""
    content = made(room, format, **how)
    if format == "xlsx":
        cells = (cell for sheet in workbook(content).worksheets for row in sheet.iter_rows(values_only=True) for cell in row)
        return " ".join(str(cell) for cell in cells if cell is not None)
    readers = {"pdf": pdf_text, "docx": docx_text, "md": markdown_text}
    return readers.get(format, lambda raw: raw.decode("utf-8-sig"))(content)


def openly(room: Room) -> None:
    """A step in which the politicians vote by name runs; each of them has said one."""
    step = room.do(
        room.chair, "add_step", kind="decisions", settings={"openness": "some_open", "open_groups": ["politicians"]}
    )
    room.do(room.chair, "start_step", **step)
    for number, person in enumerate(room.people["politicians"]):
        perform(person, "set_name", {"name": f"Kanarie{number:02}"})


def decided(room: Room, voting: int = 8) -> str:
    """A decision in which so many of each group have taken a stance, three of them against; the vote is stopped."""
    decision = room.decision(room.text())
    for people in room.people.values():
        for place, person in enumerate(people[:voting]):
            room.stance(person, decision, "against" if place < 3 else "for")
    return decision


def test_who_had_not_voted_when_the_vote_was_stopped_counts_on_no_side(room: Room):
    """OpenSlides/openslides-client#4873: after a vote was stopped the PDF listed everybody as having voted no."""
    openly(room)
    decision = decided(room)
    assert not [key for key in FORMATS if "Kanarie" in words(room, key)], "told before the vote is over"
    room.do(room.chair, "close_decision", decision=decision)
    told = json.loads(made(room, "json"))["decisions"][0]
    counts = {"for": 5, "reservation": 0, "against": 3, "blank": 0, "cast": 8, "eligible": 12}
    # Eight secret votes are under ten: only the group that votes by name has counts.
    assert {group["name"]: group["counts"] for group in told["groups"]} == {"citizens": None, "politicians": counts}
    assert [(one["name"], one["stance"]) for one in told["by_name"]] == [
        (f"Kanarie{number:02}", "against" if number < 3 else "for") for number in range(8)
    ]
    assert (told["voted"], told["eligible"]) == (16, 24)
    for key in ("pdf", "docx", "md", "xlsx", "csv"):
        text = words(room, key)
        assert "Kanarie07" in text and not re.search(r"Kanarie(08|09|10|11)", text), key
    assert "5 for, 3 imod. 8 af 12 stemte." in words(room, "pdf")


def test_results_stand_when_somebody_who_voted_is_deleted(room: Room):
    """OpenSlides/openslides-client#1804: result lists broke when a person who had voted was deleted."""
    one, other = room.ideas(2)
    ballot = room.ballot([one, other])
    for people in room.people.values():
        for place, person in enumerate(people):
            room.cast(person, ballot, choices={one if place < 8 else other: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    openly(room)
    decision = decided(room)
    room.do(room.chair, "close_decision", decision=decision)
    before = json.loads(made(room, "json"))
    for person in (*room.people["citizens"][1:4], *room.people["politicians"][:3]):
        room.do(person, "erase_me")
    after = json.loads(made(room, "json"))
    assert after["ballots"] == before["ballots"]
    told = {name: value for name, value in before["decisions"][0].items() if name != "by_name"}
    assert {name: after["decisions"][0][name] for name in told} == told
    names = [one["name"] for one in after["decisions"][0]["by_name"]]
    assert len(names) == 8 and {name for name in names if name} == {f"Kanarie{number:02}" for number in range(3, 8)}
    for key in FORMATS:
        for language in ("da", "en"):
            text = words(room, key, language=language)
            assert "Kanarie00" not in text and ("Kanarie07" in text or key == "ics"), (key, language)


def test_the_public_files_hold_no_count_that_the_page_does_not_show(room: Room):
    """decidim/decidim#13739: the public export held the vote counts that the page hid."""
    ideas = room.ideas(3)
    ballot = room.ballot(ideas, settings={"choices": 2})
    for place, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={ideas[place % 3]: 1, ideas[(place + 1) % 3]: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    decision = decided(room)
    document = json.loads(made(room, "json", public=True))
    assert (document["ballots"], document["decisions"]) == ([], [])
    for told in (*document["proof"]["ballots"], *document["proof"]["decisions"]):
        assert (told["result"], told["papers"], told["withheld"]) == (None, None, "not_published")
        assert not {"named_papers", "turnout", "votes"} & told.keys() or not told.get("named_papers")
    for sheet in ("Stemmer i grupperne", "Åbne stemmer", "Valgte idéer", "Stemmer på idéer"):
        assert sheet_rows(made(room, "xlsx", public=True), sheet) == [], sheet
    kinds = {row["Slags"] for row in csv_rows(made(room, "csv", public=True))}
    assert not [kind for kind in kinds if "stemme" in kind or "stilling" in kind or "udvalg" in kind]
    for key in ("pdf", "docx", "md"):
        assert not re.search(r"\d+ (for|imod|stemmer)\b|\d+ af 24", words(room, key, public=True)), key
    room.do(room.chair, "publish_ballot", ballot=ballot)
    room.do(room.chair, "close_decision", decision=decision)
    assert re.search(r"\d+ af 24", words(room, "pdf", public=True)), "published, it is there"


def test_a_file_holds_every_idea_of_a_full_hall(room: Room):
    """jk-labs-inc/confetti#98: the CSV held only the first page of the proposals."""
    posted = [f"Forslag nummer {number:03}" for number in range(130)]
    for number, text in enumerate(posted):
        room.do(room.everybody[number % 24], "post_idea", text=text)
    for key in ("csv", "xlsx", "json", "md", "docx", "pdf"):
        found = re.findall(r"Forslag nummer \d{3}", words(room, key))
        assert sorted(set(found)) == posted, key
    rows = [row["Tekst"] for row in csv_rows(made(room, "csv")) if row["Slags"] == "idé"]
    assert sorted(rows) == posted
    assert sorted(row["Tekst"] for row in sheet_rows(made(room, "xlsx"), "Idéer")) == posted


def test_a_day_is_the_day_it_was_in_the_room(app: Flask):
    """lukevella/rallly#90, loomio/loomio#4664: two people saw different dates, and what was sent out gave the time in UTC."""
    night = datetime(2026, 12, 10, 23, 30, tzinfo=UTC)  # half past midnight of the 11th in Denmark
    with clock.frozen(night):
        room = Room({"citizens": 12, "politicians": 12}, response_due="2027-03-28", receiving_body="Byrådet")
        decision = decided(room)
        room.do(room.chair, "close_decision", decision=decision)
        room.do(room.chair, "close_workshop")
        assert json.loads(made(room, "json"))["closed_on"] == "2026-12-11"
        for key in ("pdf", "docx", "md"):
            text = words(room, key)
            assert "11. december 2026 kl. 00.30" in text and "10. december 2026" not in text, key
            assert "28. marts 2027" in text, "the day the clocks change"
        assert re.findall(r"DTSTART;VALUE=DATE:(20270328)", made(room, "ics").decode()) == ["20270328"]
