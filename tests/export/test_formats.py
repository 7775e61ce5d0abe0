"""Every other format: opened again by an independent reader and compared with the outcome."""

from __future__ import annotations

import io
import json
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.export.reading import csv_rows, docx_text, markdown_text, sheet_rows, workbook
from tests.export.sample import AGREEMENTS, GOALS, IDEAS, empty, sample
from workshop.export import FORMATS, csv, document, docx, file_name, ics, markdown, xlsx
from workshop.export import json as json_format
from workshop.export.document import Outcome
from workshop.export.plain import clean, inert, slug
from workshop.export.tables import tables

FORMULA = "=cmd|' /C calc'!A0"
WICKED = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "%0A=1", "|x", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("key", list(FORMATS))
@pytest.mark.parametrize("make", [sample, empty], ids=["full", "empty"])
def test_every_format_can_be_made_of_a_full_and_of_an_empty_workshop(key: str, make: object, language: str) -> None:
    assert len(FORMATS[key].render(make(language))) > 100  # type: ignore[operator]


@pytest.mark.parametrize("key", ["docx", "xlsx", "csv", "md", "json", "ics"])
def test_the_agreed_wording_is_the_same_in_every_format(key: str) -> None:
    content = FORMATS[key].render(sample())
    read = {
        "docx": docx_text, "md": markdown_text, "json": lambda c: json.loads(c)["agreements"][0]["purpose"],
        "xlsx": lambda c: sheet_rows(c, "Aftaler")[0]["Tekst"],
        "csv": lambda c: csv_rows(c)[0]["Tekst"],
        "ics": lambda c: " ".join(str(one.get("description")) for one in Calendar.from_ical(c).walk("VEVENT")),
    }[key]  # fmt: skip
    assert AGREEMENTS[0].purpose in read(content)


@pytest.mark.parametrize("key", list(FORMATS))
def test_an_example_says_so_in_every_format(key: str) -> None:
    assert file_name(sample(), key).endswith(f"-eksempel.{key}")
    assert "eksempel" not in file_name(empty(), key)
    content = FORMATS[key].render(sample())
    if key == "json":
        assert json.loads(content)["example"] is True
    elif key == "xlsx":
        assert all("eksempel" in sheet.oddHeader.left.text for sheet in workbook(content).worksheets)
    elif key == "docx":
        assert "eksempel" in docx_text(content)
    elif key != "pdf":  # the PDF has its own test
        assert "eksempel" in content.decode().lower()


def test_the_spreadsheet_has_a_sheet_per_kind_with_head_frozen_and_filter() -> None:
    book = workbook(xlsx.render(sample()))
    assert book.sheetnames[:4] == ["Aftaler", "Bidrag", "Mål", "Hensigter"]
    assert {"Stemmer i grupperne", "Tilsagn", "Idéer", "Valgte idéer", "Grupper"} <= set(book.sheetnames)
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.value and cell.font.bold for cell in sheet[1])
        assert all(10 <= sheet.column_dimensions[cell.column_letter].width <= 60 for cell in sheet[1])


def test_an_intention_is_on_its_own_sheet_and_never_among_the_agreements() -> None:
    content = xlsx.render(sample())
    assert [row["Navn"] for row in sheet_rows(content, "Aftaler")] == ["Aftale A"]
    assert [row["Navn"] for row in sheet_rows(content, "Hensigter")] == ["Hensigt B"]
    assert [row["Slags"] for row in csv_rows(csv.render(sample())) if row["Navn"] == "Hensigt B"] == ["hensigt"]


def test_numbers_and_days_are_numbers_and_days_in_the_spreadsheet() -> None:
    content = xlsx.render(sample())
    agreement = sheet_rows(content, "Aftaler")[0]
    assert agreement["Opfølgning"].date() == date(2028, 3, 1)
    assert agreement["Varsel (dage)"] == 90
    rows = sheet_rows(content, "Stemmer i grupperne")
    counted = next(row for row in rows if row["Udfald"].startswith("Ikke") and row["Gruppe"] == "Borgere")
    assert (counted["For"], counted["Med forbehold"], counted["Imod"], counted["Har stemt"]) == (9, 2, 12, 24)
    assert (rows[0]["Resultat"], rows[0]["For"]) == ("ingen tal", "ingen tal")


def test_no_cell_of_the_spreadsheet_is_a_formula() -> None:
    ideas = tuple(replace(IDEAS[0], text=text, why=text) for text in WICKED)
    book = workbook(xlsx.render(sample(ideas=ideas, title="=1+1", question="=2+2")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))
    assert [row["Tekst"] for row in sheet_rows(xlsx.render(sample()), "Idéer")][4] == FORMULA


def test_no_cell_of_the_csv_file_is_a_formula() -> None:
    ideas = tuple(replace(IDEAS[0], text=text, why=text) for text in WICKED)
    for row in csv_rows(csv.render(sample(ideas=ideas))):
        for value in row.values():
            assert not re.match(r"\s*[=+@\t|%]", value), value
            assert not value.startswith("-") or re.fullmatch(r"-\d+", value), value


SMUGGLED = (
    "x,=1+1,y", "x;=1+1;y", "x\t=1+1", "x\n=1+1", "x|=1+1", "x,+1+1", "x;-1+1;", "x, @SUM(A1)", 'x,"=1+1', "x,\u00a0=1+1",
    "x;＝1+1", "=1+1;=2+2", "a\r\n-cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", SMUGGLED, ids=ascii)
def test_no_piece_that_another_separator_cuts_out_is_a_formula(text: str, language: str) -> None:
    content = csv.render(sample(language, ideas=(replace(IDEAS[0], text=text, why=text),), question=text)).decode(
        "utf-8-sig"
    )
    for piece in re.split(r"[;,\t|\r\n]", content):
        assert not re.match(r'[\s"]*[=@＝＋－＠]', piece), piece
        assert not re.match(r'[\s"]*[+-]\S*[+=|!(]', piece), piece
    kept = csv_rows(csv.render(sample(language, ideas=(replace(IDEAS[0], text=text),))), csv.SEPARATORS[language])
    found = {row["Tekst" if language == "da" else "Text"].replace("'", "") for row in kept}
    assert clean(text).replace("'", "") in found


@pytest.mark.parametrize(
    "text",
    ["Punkter:\n- en\n- to, og tre", "50,- kr.", "kl. 10,-", "-5", "fra 3, -2 grader", "ja; +3,2 %", "a, b; c | d"]
    + ["Hej, -\nSara"],
)
def test_what_is_no_formula_stays_as_it_was_written(text: str) -> None:
    assert inert(text) == text


@given(st.text(alphabet="a1=+-@ ,;|\t\n\"'%(", max_size=30))
def test_a_cell_made_inert_is_inert_however_it_is_cut(text: str) -> None:
    made = inert(text)
    assert made.replace("'", "") == text.replace("'", "")
    for piece in re.split(r"[;,\t|\n]", made):
        assert not re.match(r'[\s"]*[=@]', piece)
        assert not re.match(r'[\s"]*[+-]\S*[=|!(*^@]', piece)


def test_numbers_of_goals_are_numbers_beside_what_was_written() -> None:
    goals = tuple(
        replace(GOALS[0], unit=unit, baseline=baseline, target=target)
        for unit, baseline, target in (
            ("%", "41 %", "mindst 60 %"), ("træer", "1.200 i 2026", "halvanden tusind"), ("%", "ukendt", "to ud af fem"),
            ("timer", "2,5", "5-10"), ("unge", "", "halvere"),
        )
    )  # fmt: skip
    expected = [(41, 60), (1200, 1500), (None, 40), (2.5, None), (None, None)]
    book = sheet_rows(xlsx.render(sample(goals=goals)), "Mål")
    assert [(row["Udgangspunkt, tal"], row["Målværdi, tal"]) for row in book] == expected
    assert [row["Målværdi"] for row in book] == [goal.target for goal in goals]
    assert [row["Enhed"] for row in book] == [goal.unit for goal in goals]
    rows = [row for row in csv_rows(csv.render(sample(goals=goals))) if row["Slags"] == "mål"]
    assert [row["Udgangspunkt, tal"] for row in rows] == ["41", "1200", "", "2,5", ""]


def test_the_word_file_hyphenates_by_its_language_and_keeps_its_words_whole() -> None:
    word = "Ungdomsuddannelsesvejledningsordningerne"
    content = docx.render(sample(ideas=(replace(IDEAS[0], text=f"{word} ung\u00addom"),)))
    assert f"{word} ungdom" in docx_text(content)
    names = [element.tag.partition("}")[2] for element in Document(io.BytesIO(content)).settings.element]
    assert names.index("autoHyphenation") == names.index("defaultTabStop") + 1


def test_the_csv_file_opens_in_an_office_with_its_letters_and_columns() -> None:
    danish, english = csv.render(sample()), csv.render(sample("en"))
    assert danish.startswith(b"\xef\xbb\xbf")
    assert csv_rows(danish)[0]["Slags"] == "aftale"
    assert csv_rows(english, ",")[0]["Kind"] == "agreement"
    assert "Åbn skolerne om aftenen, så der er et sted at være" in {row["Tekst"] for row in csv_rows(danish)}


def test_the_csv_file_has_every_row_of_every_kind() -> None:
    expected = sum(len(kind.rows) for kind in tables(sample()))
    assert len(csv_rows(csv.render(sample()))) == expected > 40


def test_word_has_real_headings_in_order_a_language_and_repeated_table_heads() -> None:
    document = Document(io.BytesIO(docx.render(sample())))
    levels = [0 if p.style.name == "Title" else int(p.style.name[-1]) for p in document.paragraphs
              if p.style.name.startswith(("Title", "Heading"))]  # fmt: skip
    assert levels[:3] == [0, 1, 2]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert document.core_properties.title == "Fjordby: unge og ensomhed, eksempel"
    assert 'w:lang w:val="da-DK"' in document.styles["Normal"].element.xml
    assert document.tables
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:tblCaption" in table._tblPr.xml


def test_word_says_the_result_of_each_group() -> None:
    text = docx_text(docx.render(sample()))
    assert "Borgere 11 for (heraf 2 med forbehold), 12 imod, 1 blank. 24 af 25 stemte. over 1/2 Ikke flertal" in text
    assert "Folketing + Forskere – over 1/2 Flertal" in text
    assert "Tal for hver gruppe vises først, når alle grupper har mindst 10 stemmer." in text


def test_markdown_keeps_what_people_wrote_as_text() -> None:
    wicked = "# ikke <script>alert(1)</script> [x](javascript:1) | a `b` *c* _d_ &lt; 1. ![z](y) $q$ ~~e~~"
    content = markdown.render(sample(ideas=(replace(IDEAS[0], text=wicked, why="- nej\n1. nej\n=== nej"),)))
    line = next(line for line in content.decode().splitlines() if "ikke \\<script" in line)
    assert not re.search(r"(?<!\\)[`*_\[\]<>$~]", line.replace("<br>", ""))
    assert len(re.findall(r"(?<!\\)\|", line)) == 6
    assert "\\&lt;" in line


def test_markdown_texts_never_begin_a_list_or_a_heading() -> None:
    content = markdown.render(sample(question="1. nej"))
    assert content.decode().startswith("# 1\\. nej\n")
    rules = replace(sample().ground_rules, text="# nej\n- nej\n2) nej\n=== nej")
    text = markdown.render(sample(ground_rules=rules)).decode()
    assert "\\# nej  \n\\- nej  \n2\\) nej  \n\\=== nej" in text


def test_json_is_complete_and_names_its_schema_first() -> None:
    outcome = sample()
    read = json.loads(json_format.render(outcome))
    assert next(iter(read)) == "schema"
    assert read["schema"] == "rundbord/outcome/2"
    assert set(read) == set(Outcome.__dataclass_fields__)
    assert read["decisions"][2]["groups"][0]["counts"]["for"] == 9
    assert read["decisions"][0]["groups"][3]["counts"] is None
    assert read["provenance"]["made_at"] == "2027-03-11T13:05:00.000Z"
    assert [idea["text"] for idea in read["ideas"]] == [idea.text for idea in outcome.ideas]


def test_the_calendar_has_every_day_that_was_promised_as_a_whole_day() -> None:
    events = Calendar.from_ical(ics.render(sample())).walk("VEVENT")
    days = {str(event["uid"]).split("@")[0]: event.decoded("dtstart") for event in events}
    assert days == {
        "goal-1-deadline": date(2028, 12, 31),
        "goal-1-first-step": date(2027, 5, 1),
        "goal-2-deadline": date(2028, 9, 1),
        "goal-2-baseline": date(2027, 6, 1),
        "agreement-1-review": date(2028, 3, 1),
        "agreement-1-end": date(2029, 12, 31),
        "agreement-1-party-1-gives-1": date(2027, 8, 1),
        "agreement-1-party-2-gives-1": date(2027, 9, 1),
        "agreement-1-party-3-asks": date(2027, 3, 22),
        "agreement-2-party-1-gives-1": date(2027, 8, 1),
        "agreement-2-party-2-gives-1": date(2027, 9, 1),
        "workshop-answer": date(2027, 5, 3),
    }
    assert all(event["dtstart"].params["VALUE"] == "DATE" for event in events)


@pytest.mark.parametrize(("language", "begins"), [("da", ("Frist: ", "Sidste dag ")), ("en", ("Deadline: ", "Last day "))])
def test_titles_in_the_calendar_are_deadlines_and_nothing_that_is_shown_is_a_fingerprint(
    language: str, begins: tuple[str, ...]
) -> None:
    calendar = Calendar.from_ical(ics.render(sample(language)))
    events = calendar.walk("VEVENT")
    shown = [str(event[name]) for event in events for name in ("summary", "description")]
    shown += [str(calendar["x-wr-calname"]), str(calendar["x-wr-caldesc"])]
    assert not [text for text in shown if re.search("[0-9a-f]{8}", text)]
    assert [str(event["summary"]) for event in events if not str(event["summary"]).startswith(begins)] == []


def test_calendar_entries_keep_their_ids_when_words_and_days_change() -> None:
    def ids(outcome: Outcome) -> set[str]:
        return {str(event["uid"]) for event in Calendar.from_ical(ics.render(outcome)).walk("VEVENT")}

    later = replace(sample().goals[0], title="Noget andet", deadline="2029-01-01")
    assert ids(sample()) == ids(sample("en", goals=(later, *sample().goals[1:])))


def test_a_goal_that_was_not_carried_has_no_day_in_the_calendar() -> None:
    assert b"goal-3" not in ics.render(sample())


def test_file_names_are_plain_ascii() -> None:
    assert file_name(sample(title="Ærø & Øerne: år 2027!"), "pdf") == "aeroe-oeerne-aar-2027-2027-03-11-eksempel.pdf"
    assert file_name(sample(title="../../etc/passwd"), "csv") == "etc-passwd-2027-03-11-eksempel.csv"
    assert file_name(sample(title="😀 شباب"), "md") == "rundbord-2027-03-11-eksempel.md"
    assert len(slug("meget lang titel " * 30)) <= 60


def test_plain_numbers_stay_numbers_and_formulas_do_not() -> None:
    assert [inert(text) for text in ("-5", "+3,2 %", "12", "tekst")] == ["-5", "+3,2 %", "12", "tekst"]
    # Behind the tab a formula would stand in a cell of its own.
    assert [inert(text) for text in WICKED] == ["'" + text.replace("\t=", "\t'=") for text in WICKED]


def test_control_characters_and_hidden_direction_marks_are_taken_out() -> None:
    assert clean("a\x00b\x1bc\u202ed\u2066e\ufffe") == "abcde"
    assert clean(" a\r\nb\rc\u2028d ") == "a\nb\nc\nd"


def test_every_field_of_the_json_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "export-schema.md").read_text(encoding="utf-8")
    described = {part.splitlines()[0].strip(): part for part in page.split("\n## ")[1:]}
    for name in document.__all__:
        kind = getattr(document, name)
        if not isinstance(kind, type) or not is_dataclass(kind) or name == "Figure":
            continue
        named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| ([^|]*) \|", described[name], re.MULTILINE))))
        assert named - {"field"} == {one.name.rstrip("_") for one in fields(kind)} - {"field"}, name
