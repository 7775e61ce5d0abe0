"""Ideas from files and pasted lines: encodings, separators, columns, and what nobody should have sent."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workshop.rules import importing
from workshop.rules.cleaning import shows
from workshop.rules.importing import Columns, Row
from workshop.rules.limits import IMPORT_BYTES
from workshop.rules.refusal import Refused

DANISH = "Idé;Begrundelse\nBåde på åen;Ældre og små børn\n"


def cells(text: str, separator: str | None = None) -> list[tuple[str, ...]]:
    return [row.cells for row in importing.read(text, separator or importing.separator_of(text))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_encoding_it_was_written_in(encoding: str):
    assert importing.decoded(DANISH.encode(encoding)) == DANISH


def test_bytes_that_mean_nothing_and_zero_bytes_do_not_stop_the_reading():
    assert importing.decoded(b"B\xe5de\x81\x00 p\xe5") == "Både\x81 på"
    assert importing.decoded(b"\xff\xfea\x00b\x00\x00\xd8") == "ab\ufffd"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Åbn skolen\nLys på banen\n", "lines"),
        ("Åbn skolen, også om aftenen\nLys på banen, hele året\n", "lines"),
        ("Åbn skolen; også om aftenen\nLys på banen; hele året\n", "lines"),
        ("idé, tema\nÅbn skolen, Steder\n", "comma"),
        ("Åbn skolen, Steder\nLys på banen,Steder\n", "comma"),
        ("Åbn skolen,Steder\nLys på banen,Steder\n", "comma"),
        ("Åbn skolen;Steder\nLys på banen;Steder\n", "semicolon"),
        ("Åbn skolen\tSteder\nLys, varme\tSteder\n", "tab"),
        ("Idé;Begrundelse, kort\nÅbn;Fordi, ja\n", "semicolon"),
        ('"Åbn, skolen";Steder\n"Lys\npå banen";Steder\n', "semicolon"),
        ("Åbn skolen;Steder\n" * 9 + "En linje uden\n", "semicolon"),
        ("Åbn skolen;Steder\n" * 8 + "En linje uden\n" * 2, "lines"),
        ("", "lines"),
    ],
)
def test_the_separator_that_parts_the_rows_alike_is_found(text: str, separator: str):
    assert importing.separator_of(text) == separator


def test_pasted_lines_lose_their_bullets_and_empty_lines_are_no_rows():
    text = "- Åbn skolen\r\n\r\n  • Lys på banen\r\u200b\n1. maj skal være fridag\n-5 grader er koldt"
    assert importing.read(text, "lines") == [
        Row(1, ("Åbn skolen",)),
        Row(3, ("Lys på banen",)),
        Row(5, ("1. maj skal være fridag",)),
        Row(6, ("-5 grader er koldt",)),
    ]


def test_a_quoted_field_may_hold_line_breaks_quotes_and_the_separator():
    assert cells('Idé;Hvorfor\n"Åbn; ""gerne""\nhver dag";Fordi\n;\n') == [
        ("Idé", "Hvorfor"),
        ('Åbn; "gerne"\nhver dag', "Fordi"),
    ]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=12)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(WORDS, min_size=width, max_size=width).filter(lambda row: any(map(shows, row))), max_size=6
    )
)


@given(table=TABLES, separator=st.sampled_from(sorted(importing.SEPARATORS)), mark=st.booleans())
def test_what_is_read_back_is_what_csv_wrote(table: list[list[str]], separator: str, mark: bool):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=importing.SEPARATORS[separator]).writerows(table)
    text = importing.decoded(file.getvalue().encode("utf-8-sig" if mark else "utf-8"))
    assert cells(text, separator) == [tuple(row) for row in table]


def is_utf8(written: bytes) -> bool:
    try:
        written.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@given(table=st.lists(st.lists(st.text('abc æøåÆØÅ–é;,\t\n"', max_size=9), min_size=3, max_size=3), max_size=5))
def test_the_same_in_windows_1252(table: list[list[str]]):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows(table)
    written = file.getvalue().encode("cp1252")
    # "Å–" is "Ŗ" in UTF-8: bytes that are a text in both are read as the newer.
    assume(written.isascii() or not is_utf8(written))
    text = importing.decoded(written)
    assert cells(text, "semicolon") == [tuple(row) for row in table if any(map(shows, row))]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes):
    text = importing.decoded(data)
    try:
        rows = importing.read(text, importing.separator_of(text))
    except Refused as refused:
        assert refused.code in ("malformed", "too_many")
    else:
        importing.check_columns(importing.guessed(rows))
        importing.ideas(rows, importing.guessed(rows))


def refused(text: str | bytes, separator: str = "comma") -> tuple[str, str | None, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        importing.read(text if isinstance(text, str) else importing.decoded(text), separator)
    return caught.value.code, caught.value.field, caught.value.facts


def test_what_is_too_large_is_refused_with_the_limit():
    assert refused(b"x" * 10 * 1024**2) == ("too_large", "file", {"megabytes": 1})
    assert refused("x" * (IMPORT_BYTES + 1)) == ("too_large", "file", {"megabytes": 1})
    assert refused("\n" * 20_001) == ("too_many", "rows", {"limit": 300, "given": 20_001})
    assert refused("a,b\na" + "," * 40) == ("too_many", "columns", {"limit": 40})
    assert refused('a,b\n"' + "x" * 200_000) == ("malformed", "file", {"line": "2"})


def test_one_huge_line_is_one_idea_that_is_too_long():
    text = "x" * 900_000
    assert importing.separator_of(text) == "lines"
    assert importing.read(text, "lines") == [Row(1, (text,))]


@pytest.mark.parametrize(
    ("head", "fields", "headed"),
    [
        (("Idé", "Hvorfor", "Emne", "Kilde"), ("text", "why", "theme", "origin"), True),
        (("id", "Tema", "Forslag"), ("", "theme", "text"), True),
        (("Nr.", "Kategori"), ("text", "theme"), True),
        (("source", "kilde", "text"), ("origin", "", "text"), True),
        (("Åbn skolen", "Fordi"), ("text", "why"), False),
        (("a", "b", "c", "d", "e", "f"), ("text", "why", "theme", "origin", "", ""), False),
        (("Idé",), ("text",), False),
    ],
)
def test_columns_are_known_by_their_headings(head: tuple[str, ...], fields: tuple[str, ...], headed: bool):
    assert importing.guessed([Row(1, head), Row(2, head)]) == Columns(fields, headed)


def test_the_rows_below_the_headings_are_ideas():
    rows = [Row(1, ("Tema", "Idé")), Row(3, ("", "Åbn skolen")), Row(4, ("Steder",)), Row(5, ("Veje", "Lys", "mere"))]
    found = importing.ideas(rows, importing.guessed(rows))
    assert [(row.number, fields) for row, fields in found] == [
        (3, {"text": "Åbn skolen"}),
        (4, {"text": "", "theme": "Steder"}),
        (5, {"text": "Lys", "theme": "Veje"}),
    ]


@pytest.mark.parametrize(
    ("fields", "code"), [(("why", ""), "empty"), (("text", "text"), "already"), (("text", "why", "why"), "already")]
)
def test_columns_that_cannot_be_are_refused(fields: tuple[str, ...], code: str):
    with pytest.raises(Refused) as caught:
        importing.check_columns(Columns(fields, headed=False))
    assert (caught.value.code, caught.value.field) == (code, "columns")


HEADINGS = {
    "text": "text tekst idé ide idea forslag proposal ønske wish titel title",
    "why": "why hvorfor begrundelse reason uddybning beskrivelse description",
    "theme": "theme tema emne topic kategori category",
    "origin": "origin kilde source oprindelse fra from",
}


@pytest.mark.parametrize(("field", "word"), [(field, word) for field, words in HEADINGS.items() for word in words.split()])
def test_every_heading_is_known_in_any_case(field: str, word: str):
    other = "theme" if field == "text" else "text"
    for heading in (word, word.upper(), f" {word} "):
        assert importing.guessed([Row(1, (heading, HEADINGS[other].split()[0]))]) == Columns((field, other), True)
