"""One CSV file with everything: UTF-8 with a byte order mark, one row for each thing, its kind in the first column.

The columns are those of all kinds together; a row leaves the columns of other kinds empty. Cells are separated by semicolons
in Danish, as Danish spreadsheet programs expect, and by commas in English. No cell can be read as a formula, nor can a part of
a cell that a program would split off at another separator.
"""

from __future__ import annotations

import csv
import io

from workshop.export.cells import Cell
from workshop.export.document import Outcome
from workshop.export.plain import clean, inert
from workshop.export.tables import tables
from workshop.export.words import Words

BOM = "\ufeff"
SEPARATORS = {"da": ";", "en": ","}


def render(outcome: Outcome) -> bytes:
    """Returns the outcome as one table."""
    words, kinds = Words(outcome), tables(outcome)
    columns = list(dict.fromkeys(column for kind in kinds for column in kind.columns))
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=SEPARATORS.get(outcome.language, ","), lineterminator="\r\n")
    writer.writerow([words("column_name.kind"), *(words(f"column_name.{column}") for column in columns)])
    for kind in kinds:
        name = words(f"kind.{kind.key}")
        for row in kind.rows:
            given = dict(zip(kind.columns, row, strict=True))
            writer.writerow([name, *(_cell(given.get(column), outcome.language) for column in columns)])
    return (BOM + file.getvalue()).encode()


def _cell(value: Cell, language: str) -> str:
    if isinstance(value, int | float):
        return str(value).replace(".", ",") if language == "da" else str(value)
    return inert(clean(value)) if value else ""
