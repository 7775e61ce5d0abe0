"""Renders the outcome as an Excel workbook: one sheet for each kind of thing, with a frozen header row, filters, fitting column
widths, and no formulas."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workshop.export.cells import Kind
from workshop.export.document import Outcome
from workshop.export.plain import clean
from workshop.export.tables import tables
from workshop.export.words import Words
from workshop.export.written import labels, title

INK = "FF112122"
_HEAD = Font(bold=True, color=INK)
_RULE = Border(bottom=Side(style="medium", color=INK))
_WRAP = Alignment(wrap_text=True, vertical="top")
_LONGEST_CELL = 32_767
_WIDEST = 60


def render(outcome: Outcome) -> bytes:
    """Returns the outcome as a workbook."""
    words = Words(outcome)
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        book.remove(first)
    for kind in tables(outcome):
        sheet = book.create_sheet(words(f"sheet.{kind.key}")[:31])
        _fill(sheet, kind, outcome, words)
    book.properties.title = title(outcome, words)
    book.properties.creator = "Rundbord"
    book.properties.language = outcome.language
    made = outcome.provenance.made_at.replace(tzinfo=None)
    book.properties.created = book.properties.modified = made
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, kind: Kind, outcome: Outcome, words: Words) -> None:
    for column, key in enumerate(kind.columns, 1):
        head = sheet.cell(1, column, words(f"column_name.{key}"))
        head.font, head.border, head.alignment = _HEAD, _RULE, _WRAP
    for number, row in enumerate(kind.rows, 2):
        for column, value in enumerate(row, 1):
            _write(sheet.cell(number, column), value)
    for column in range(1, len(kind.columns) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(kind, column - 1, words)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(kind.columns))}{len(kind.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.oddHeader is not None, "openpyxl makes both"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.left.text = ", ".join((outcome.title, *labels(outcome, words))).replace("&", "&&")


def _write(cell: Any, value: str | int | float | None) -> None:
    cell.alignment = _WRAP
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        cell.value = value
        return
    day = _day(value)
    if day is not None:
        cell.value, cell.number_format = day, "yyyy-mm-dd"
        return
    # A text must not become a formula: openpyxl would take a leading "=" for one, and Excel when the cell is edited.
    cell.value = clean(value)[:_LONGEST_CELL]
    cell.data_type = "s"
    cell.quotePrefix = True


def _day(value: str) -> date | None:
    """Returns a date if the whole text is an ISO date, so that the sheet can be sorted by it. Excel has none before 1900."""
    try:
        day = datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if day.year > 1900 else None


def _width(kind: Kind, column: int, words: Words) -> float:
    texts = [words(f"column_name.{kind.columns[column]}"), *(str(row[column] or "") for row in kind.rows)]
    longest = max(len(line) for text in texts for line in (text.splitlines() or [""]))
    return float(min(max(longest + 2, 10), _WIDEST))
