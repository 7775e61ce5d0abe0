"""The secretariat's package: what is in it, and that the archive's PDF carries the data and the program that checks it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import Room
from workshop.export.filing import Filed
from workshop.export.package import package, record_hash
from workshop.extensions import db
from workshop.models import Workshop
from workshop.store import note_filed


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_after_a_report_the_package_is_an_addendum_that_names_the_record_before(app):
    """By itself: the organiser writes no hash. Taken again without a report, it adds to nothing new."""
    room = PromiseRoom(question="Hvad gør vi for træerne?")

    def made() -> tuple[dict[str, bytes], str]:
        db.session.rollback()
        content = package(db.session.get_one(Workshop, room.id), Filed(), "da")[2]
        return files_of(content), record_hash(content)

    def note(days: int, sha256: str) -> None:
        with room.after(days):
            note_filed(room.id, sha256)

    first, named = made()
    note(1, named)
    assert "Tillæg.docx" not in {**first, **made()[0]}
    with room.after(30):
        words = {"what_worked": "Halvdelen er plantet", "what_went_wrong": "Frosten", "status": "partly"}
        room.do(room.steward(room.goal, "Skolechefen"), "report_follow_up", on=room.goal, **words)
    for _ in range(2):
        later, record = made()
        text = "\n".join(one.text for one in Document(io.BytesIO(later["Tillæg.docx"])).paragraphs)
        assert named in text and "Halvdelen er plantet" in text and "Frosten" in text
        assert named.encode() in later["Oplysninger til journalisering.csv"]
        note(31, record)
    with room.after(60):
        room.do(room.steward(room.agreement, "Foreningen"), "report_line", on=room.agreement, line=0, state="delivered")
    last = made()[0]
    text = "\n".join(one.text for one in Document(io.BytesIO(last["Tillæg.docx"])).paragraphs)
    assert record in text and "Halvdelen er plantet" not in text


@pytest.fixture
def files(app) -> dict[str, bytes]:
    room = PromiseRoom(question="Hvad gør vi for træerne?")
    name, mime, content = package(db.session.get_one(Workshop, room.id), Filed("04.00.00", "P20"), "da", "ab" * 32)
    assert name.endswith(".zip") and mime == "application/zip"
    return files_of(content)


@pytest.mark.aside
def test_the_pdf_is_for_the_archive_and_carries_data_and_checker(app, tmp_path: Path):
    room = Room({"citizens": 3}, question="Hvad gør vi for træerne?", receiving_body="Byrådet", response_due="2030-01-01")
    room.ideas(2)
    room.do(room.chair, "close_workshop")
    files = files_of(package(db.session.get_one(Workshop, room.id), Filed(), "da")[2])
    record = next(content for name, content in files.items() if name.endswith(".pdf"))
    with pikepdf.open(io.BytesIO(record)) as pdf:
        with pdf.open_metadata() as facts:
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"], facts["pdfuaid:part"]) == ("3", "A", "1")
        attached = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    data = next(content for name, content in attached.items() if name.endswith(".json"))
    assert json.loads(data)["question"] == "Hvad gør vi for træerne?"
    (tmp_path / "data.json").write_bytes(data)
    (tmp_path / "check.py").write_bytes(attached["rundbord_check.py"])
    checked = subprocess.run([sys.executable, "check.py", "data.json"], cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_sheet_names_the_file_by_its_fingerprint(files: dict[str, bytes]):
    sheet = next(content for name, content in files.items() if name.startswith("Oplysninger"))
    rows = dict(csv.reader(io.StringIO(sheet.decode("utf-8-sig")), delimiter=";"))
    record = next(content for name, content in files.items() if name.endswith(".pdf"))
    assert rows["Filens SHA-256"] == sha256(record).hexdigest()
    assert (rows["KLE-nummer"], rows["Facet"], rows["Modtager"]) == ("04.00.00", "P20", "Byrådet")
    assert (rows["Indeholder personoplysninger"], rows["Tillæg til filen med SHA-256"]) == ("nej", "ab" * 32)


def test_the_draft_has_the_headings_of_an_agenda_item(files: dict[str, bytes]):
    draft = Document(io.BytesIO(next(content for name, content in files.items() if name.endswith(".docx"))))
    headings = [part.text for part in draft.paragraphs if part.style is not None and part.style.name == "Heading 1"]
    assert headings == ["Resumé", "Sagens kerne", "Indstilling", "Økonomi", "Videre proces", "Bilag"]
    said = "\n".join(part.text for part in draft.paragraphs)
    for words in ("600 træer", "Bedre mad", "Kommunen: Et køkken", "Byrådet"):
        assert words in said


def test_the_results_are_rows_another_platform_reads(files: dict[str, bytes]):
    results = next(content for name, content in files.items() if name.startswith("Resultater"))
    rows = list(csv.DictReader(io.StringIO(results.decode("utf-8-sig")), delimiter=";"))
    assert [row["title/da"] for row in rows] == ["Bedre mad", "600 træer"]


def test_what_people_wrote_is_no_formula(app):
    room = PromiseRoom(agreement={"purpose": "=cmd()|' /C calc'!A0"})
    _, _, content = package(db.session.get_one(Workshop, room.id), Filed(), "da")
    results = next(content for name, content in files_of(content).items() if name.startswith("Resultater"))
    assert "=cmd" in results.decode() and ";=cmd" not in results.decode()
