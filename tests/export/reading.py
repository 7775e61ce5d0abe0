"""The formats opened again by other people's readers, as plain text."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from docx import Document
from openpyxl import Workbook, load_workbook
from pypdfium2 import PdfDocument

#: what PDFium reads for a hyphen at the end of a line, with the next line behind it
LINE_END_HYPHEN = "\ufffe"


def pdf_pages(content: bytes) -> list[str]:
    """The words of each page of a PDF in one line; line breaks and hyphens at line ends are the setting's, not the text's."""
    with PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [one_line(re.sub(rf"{LINE_END_HYPHEN}\s*|\u00ad\s*|[\u2010-]\r?\n(?=\w)", "", page)) for page in pages]


def pdf_text(content: bytes) -> str:
    """All words of a PDF in one line."""
    return " ".join(pdf_pages(content))


def one_line(text: str) -> str:
    """The text with single spaces, and without the invisible places to break a word."""
    return " ".join(text.replace("\u00a0", " ").replace("\u200b", "").split())


def docx_text(content: bytes) -> str:
    """Headings, paragraphs and table cells of a Word file."""
    document = Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        parts += [cell.text for row in table.rows for cell in row.cells]
    return one_line(" ".join(parts))


def workbook(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def sheet_rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """A sheet as one dictionary a row, by its head."""
    rows = list(workbook(content)[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def csv_rows(content: bytes, separator: str = ";") -> list[dict[str, str]]:
    """A CSV file as one dictionary a row, by its head."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def markdown_text(content: bytes) -> str:
    """What a reader of the Markdown sees: without escapes and the marks of headings and tables."""
    return one_line(re.sub(r"\\(?=[^\w\s])|^[#>|-]+ |\*\*", "", content.decode(), flags=re.MULTILINE))
