"""Ideas that people bring along, as pasted lines or a CSV file: reading the bytes, the columns, and what each row holds.

A file is read in the encoding and with the separator that fit it; a person can choose another on the preview page.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.rules.cleaning import shows
from workshop.rules.limits import IDEAS_IMPORTED, IMPORT_BYTES, IMPORT_COLUMNS, IMPORT_LINES
from workshop.rules.refusal import Refused

FIELDS = ("text", "why", "theme", "origin")
"""What a column can hold; a column may also be left out."""
LINES = "lines"
"""One idea to a line, no columns."""
SEPARATORS = {"tab": "\t", "semicolon": ";", "comma": ","}

_HEADINGS = {
    "text": {"text", "tekst", "idé", "ide", "idea", "forslag", "proposal", "ønske", "wish", "titel", "title"},
    "why": {"why", "hvorfor", "begrundelse", "reason", "uddybning", "beskrivelse", "description"},
    "theme": {"theme", "tema", "emne", "topic", "kategori", "category"},
    "origin": {"origin", "kilde", "source", "oprindelse", "fra", "from"},
}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BULLET = re.compile(r"^\s*[-–—•·▪*]\s+")
_LINE_END = re.compile(r"\r\n?|\n")
#: rows that are looked at to find the separator, and how many of ten must have the same number of columns
_LOOKED_AT, _ALIKE = 50, 9


@dataclass(frozen=True)
class Row:
    """A row in which something can be read. `number` counts the rows of the file from 1, empty ones and the headings too."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """What each column holds, one of `FIELDS` or "" for a column that is left out; and whether the first row names them."""

    fields: tuple[str, ...]
    headed: bool


def decoded(data: bytes) -> str:
    """Returns the text of a file: UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252. Zero bytes
    are left out. Raises `too_large` with the limit in `megabytes`."""
    if len(data) > IMPORT_BYTES:
        raise Refused("too_large", "file", megabytes=IMPORT_BYTES // 1024**2)
    if data.startswith(_UTF_16):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _windows(data)
    return text.replace("\x00", "")


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252; cleaning drops them
        return data.decode("latin-1")


def separator_of(text: str) -> str:
    """Returns the name of the separator that splits nearly every row into the same number of columns, two or more; `lines`
    where none does. Rows with a space after most separators are prose, unless the first row names columns."""
    best, found = 1, LINES
    for name, sign in SEPARATORS.items():
        try:
            rows = _rows(text, sign, _LOOKED_AT)
        except csv.Error:
            continue
        if not rows:
            continue
        width, alike = Counter(len(row.cells) for row in rows).most_common(1)[0]
        if width > best and 10 * alike >= _ALIKE * len(rows) and (_names(rows[0]) or not _is_prose(rows)):
            best, found = width, name
    return found


def _is_prose(rows: Sequence[Row]) -> bool:
    after = [cell for row in rows for cell in row.cells[1:]]
    return 2 * sum(cell.startswith(" ") for cell in after) > len(after)


def check_size(text: str) -> None:
    """Raises `too_large` for a text over the limit of bytes, and `too_many` for one with over `IMPORT_LINES` lines: reading
    a million lines would block every room of the server for seconds."""
    if len(text) > IMPORT_BYTES:
        raise Refused("too_large", "file", megabytes=IMPORT_BYTES // 1024**2)
    lines = text.count("\n") + text.count("\r")
    if lines > IMPORT_LINES:
        raise Refused("too_many", "rows", limit=IDEAS_IMPORTED, given=lines)


def read(text: str, separator: str) -> list[Row]:
    """Returns the rows that hold visible text. Raises what `check_size` raises, `too_many` for a text with more than
    `IMPORT_COLUMNS` columns, and `malformed` with the `line` that cannot be read."""
    check_size(text)
    if separator == LINES:
        lines = enumerate(_LINE_END.split(text), 1)
        return [Row(number, (_BULLET.sub("", line),)) for number, line in lines if shows(line)]
    try:
        rows = _rows(text, SEPARATORS[separator])
    except csv.Error as error:
        raise Refused("malformed", "file", line=str(error)) from error
    if any(len(row.cells) > IMPORT_COLUMNS for row in rows):
        raise Refused("too_many", "columns", limit=IMPORT_COLUMNS)
    return rows


def _rows(text: str, sign: str, most: int | None = None) -> list[Row]:
    """Returns the rows that hold visible text, at most `most`. Raises `csv.Error` with the number of a row that cannot be
    read, because a field in it is too long."""
    found: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1):
            seen = tuple(cells[: IMPORT_COLUMNS + 1])  # one column too many is enough to refuse the file
            if any(shows(cell) for cell in seen):
                found.append(Row(number, seen))
            if most is not None and len(found) >= most:
                break
    except csv.Error as error:
        raise csv.Error(str(number + 1)) from error
    return found


def guessed(rows: Sequence[Row]) -> Columns:
    """Returns what the columns hold by their headings; without headings the first columns hold `FIELDS` in their order."""
    width = max((len(row.cells) for row in rows), default=1)
    names = _names(rows[0]) if rows and width > 1 else {}
    if not names:
        return Columns((*FIELDS[:width], *("",) * (width - len(FIELDS))), headed=False)
    fields = [names.get(column, "") for column in range(width)]
    if "text" not in fields:
        fields[fields.index("") if "" in fields else 0] = "text"
    return Columns(tuple(fields), headed=True)


def _names(row: Row) -> dict[int, str]:
    """Returns the fields that the row names, by column, each once."""
    found: dict[int, str] = {}
    for column, cell in enumerate(row.cells):
        said = cell.strip().casefold()
        name = next((field for field, words in _HEADINGS.items() if said in words), None)
        if name is not None and name not in found.values():
            found[column] = name
    return found


def check_columns(columns: Columns) -> None:
    """Raises `empty` where no column holds the ideas, and `already` where two columns hold the same field."""
    if "text" not in columns.fields:
        raise Refused("empty", "columns")
    if any(columns.fields.count(field) > 1 for field in FIELDS):
        raise Refused("already", "columns")


def ideas(rows: Sequence[Row], columns: Columns) -> list[tuple[Row, dict[str, str]]]:
    """Returns each row below the headings with what its columns hold, by field; empty cells are left out."""
    body = rows[1:] if columns.headed else rows
    return [(row, _fields_of(row, columns)) for row in body]


def _fields_of(row: Row, columns: Columns) -> dict[str, str]:
    pairs = zip(columns.fields, row.cells, strict=False)
    return {"text": ""} | {field: cell for field, cell in pairs if field and shows(cell)}
