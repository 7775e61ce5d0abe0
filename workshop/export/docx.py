"""Renders the outcome as a Word document, with heading styles, real tables and the document's language."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as Written
from docx.oxml import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Mm, Pt
from docx.text.paragraph import Paragraph

from workshop.clock import day_of
from workshop.export import blocks as b
from workshop.export import drawings
from workshop.export.document import Outcome
from workshop.export.docx_styles import SOFT, TOOL, set_up, set_value
from workshop.export.plain import clean, direction, printable
from workshop.export.words import Words
from workshop.export.written import written

#: the width of a table, cm
_WIDTH = 17.0
#: the relative widths of the columns field, before and now, where two versions are compared
_BESIDE = (3, 6, 6)


def render(outcome: Outcome, short: bool = False) -> bytes:
    """Returns the outcome as a .docx file; `short` gives only its first two pages."""
    text, words = written(outcome, short=short), Words(outcome)
    document = Document()
    set_up(document, outcome.language)
    properties = document.core_properties
    properties.title, properties.author, properties.language = clean(text.title), "Rundbord", outcome.language
    properties.created = properties.modified = outcome.provenance.made_at.replace(tzinfo=None)
    properties.comments, properties.last_modified_by = "", "Rundbord"
    _put(document, text.heading, "Title")
    if text.labels:
        _put(document, ", ".join(text.labels), "Label")
    _put(document, "  ·  ".join(text.meta), "Soft")
    for section in text.sections:
        _put(document, section.heading, "Heading 1").paragraph_format.page_break_before = section.new_page or None
        for block in section.blocks:
            _block(document, block)
    version = outcome.provenance.program_version
    made = words("document.footer", version=version, day=words.day(day_of(outcome.provenance.made_at)))
    footer = document.sections[0].footer.paragraphs[0]
    footer.text = ", ".join((clean(text.title), made))
    footer.style = document.styles["Soft"]
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _put(document: Written, text: str, style: str) -> Paragraph:
    paragraph = document.add_paragraph()
    _set_style(paragraph, style)
    _write(paragraph, text)
    return paragraph


def _set_style(paragraph: Paragraph, name: str) -> None:
    """Sets a paragraph's style by its id, because the library's own setter searches all styles for each paragraph."""
    if name != "Normal":
        paragraph._p.style = name.replace(" ", "")


def _write(paragraph: Paragraph, text: str, bold: bool = False, strip: bool = True) -> None:
    for number, line in enumerate((clean(text) if strip else printable(text)).split("\n")):
        run = paragraph.add_run(line)
        run.bold = bold or None
        if number:
            run._r.insert(0, OxmlElement("w:br"))
    if direction(text) == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _block(document: Written, block: b.Block) -> None:
    match block:
        case b.Heading():
            _put(document, block.text, f"Heading {block.level - 1}")
        case b.Paragraph():
            _put(
                document,
                block.text,
                "Words" if block.voice == "words" else "Soft" if block.soft else "Normal",
            )
        case b.Verdict():
            _put(document, block.text, "Normal")
        case b.Wording():
            _put(document, block.text, "Wording")
        case b.Facts():
            _facts(document, block)
        case b.Quotes():
            for item in block.items:
                _put(document, item, "Quote")
        case b.Bullets():
            for item in block.items:
                _put(document, item, "List Bullet")
        case b.Table():
            _table(document, block)
        case b.Changes():
            _changes(document, block)
        case b.Answer():
            _answer(document, block)
        case b.Chart():
            _chart(document, block)
        case b.Folded():
            _put(document, block.heading, "Heading 3")
            for one in block.blocks:
                _block(document, one)


def _answer(document: Written, block: b.Answer) -> None:
    """Adds the box as paragraphs with the same frame, which Word draws as one."""
    _put(document, block.text, "Answer")
    for label, value in block.notes:
        _put(document, f"{label}: {value}" if label else value, "Answer Note")
    _put(document, "", "Soft")


def _chart(document: Written, block: b.Chart) -> None:
    """Adds counts over time as a table: a row with the times, and a row with the counts and their drawn columns."""
    most = max(1, *(count for _, count, _ in block.columns))
    times, counts = _rows(document, block.caption, 2, (1,) * len(block.columns))
    for (at, count, text), head, below in zip(block.columns, times, counts, strict=True):
        _write(head, at)
        _write(below, text, bold=True)
        below.add_run().add_break()
        _picture(below, drawings.column(count / most), f"{at}: {text}", Mm(8))
    _put(document, "", "Soft")


def _picture(paragraph: Paragraph, content: bytes, said: str, width: Length) -> None:
    drawn = paragraph.add_run().add_picture(io.BytesIO(content), width=width)
    drawn._inline.docPr.set("descr", clean(said))


def _facts(document: Written, block: b.Facts) -> None:
    for label, value in block.pairs:
        paragraph = document.add_paragraph()
        _write(paragraph, f"{label}: ", bold=True)
        _write(paragraph, value)


def _table(document: Written, block: b.Table) -> None:
    """Adds a table whose header row is repeated on each page. Cells are taken from the row's XML elements, because the
    library's `cells` reads the whole table each time."""
    rows = (block.head, *block.rows)
    for number, row in enumerate(_rows(document, block.caption, len(rows), block.widths)):
        for place, (paragraph, cell) in enumerate(zip(row, rows[number], strict=True)):
            in_words = number > 0 and (place in block.words or isinstance(cell, b.Entry))
            _set_style(paragraph, "Words" if in_words else "Normal")
            _cell(paragraph, cell, bold=number == 0 or (place == 0 and not in_words))
    _put(document, "", "Soft")


def _cell(paragraph: Paragraph, cell: b.Cell, bold: bool) -> None:
    match cell:
        case b.Entry():
            _write(paragraph, cell.label, bold=True)
            _write(paragraph, f"  {cell.text}" if cell.label else cell.text, strip=False)
            _note(paragraph, cell.note)
        case b.Status():
            _write(paragraph, cell.text, bold=cell.tone == "negative" or bool(cell.note))
            _note(paragraph, cell.note)
        case b.Counted():
            _write(paragraph, cell.text)
            if cell.bar is not None:
                paragraph.add_run().add_break()
                _picture(paragraph, drawings.bar(cell.bar), cell.text, Mm(28))
        case _:
            _write(paragraph, cell, bold=bold)


def _note(paragraph: Paragraph, text: str) -> None:
    """Adds a note of the program under a text, in small letters."""
    if text:
        for line in clean(text).split("\n"):
            paragraph.add_run().add_break()
            run = paragraph.add_run(line)
            run.font.name, run.font.size, run.font.color.rgb = TOOL, Pt(8.5), SOFT


def _rows(document: Written, caption: str, rows: int, widths: tuple[int, ...]) -> Iterator[list[Paragraph]]:
    """Yields the rows of a new table, the header row first, each as the paragraphs of its cells."""
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    set_value(table._tblPr, "w:tblCaption", clean(caption))
    share = _WIDTH / sum(widths)
    for number, element in enumerate(table._tbl.tr_lst):
        _flag(element, "w:cantSplit")
        if number == 0:
            _flag(element, "w:tblHeader")
        for cell, width in zip(element.tc_lst, widths, strict=True):
            cell.width = Cm(share * width)
        yield [Paragraph(cell.p_lst[0], table) for cell in element.tc_lst]


def _changes(document: Written, block: b.Changes) -> None:
    """Adds two versions side by side. A removed word has a minus and is struck out; an added one has a plus and is
    underlined."""
    head, *rows = _rows(document, block.caption, len(block.rows) + 1, _BESIDE)
    for paragraph, text in zip(head, block.head, strict=True):
        _write(paragraph, text, bold=True)
    for (label, *sides), line in zip(rows, block.rows, strict=True):
        _write(label, line.label, bold=True)
        for paragraph, runs in zip(sides, (line.before, line.now), strict=True):
            _set_style(paragraph, "Words")
            for run in runs or (b.Run("–"),):
                _mark(paragraph, run)
            if direction("".join(run.text for run in runs)) == "rtl":
                paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    _put(document, "", "Soft")


def _mark(paragraph: Paragraph, run: b.Run) -> None:
    if run.kind in b.SIGNS:
        paragraph.add_run(b.SIGNS[run.kind]).bold = True
    for number, line in enumerate(printable(run.text).split("\n")):
        written = paragraph.add_run(line)
        written.font.strike = run.kind == "removed" or None
        written.font.underline = run.kind == "added" or None
        written.font.bold = run.kind == "added" or None
        if number:
            written._r.insert(0, OxmlElement("w:br"))


def _flag(row: BaseOxmlElement, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))
