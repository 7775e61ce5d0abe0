"""PDF through Typst: tagged, PDF/UA-1, with bundled fonts only (docs/exports.md).

The written document goes to the template as JSON data, so nothing people wrote is ever read as markup.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import typst

from workshop.clock import day_of
from workshop.export import blocks as b
from workshop.export.document import Outcome
from workshop.export.glyphs import FONTS, breakable, drawable
from workshop.export.mark import MARK
from workshop.export.plain import clean, direction, printable
from workshop.export.ring import ring
from workshop.export.words import Words
from workshop.export.written import written

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Final = "ua-1"
MOST_ROWS_WHOLE = 18
"""A table with more rows than these breaks over pages, whatever it is."""
_DAY = re.compile(r"\b(\d{1,2}\.?) ([^\W\d]+ \d{4})")


def render(outcome: Outcome) -> bytes:
    """The outcome as a PDF/UA-1 file.

    Characters that no bundled font has are named or written as numbers. Should the fonts still lack a glyph (a rare
    combination), everything outside the two main fonts is. Raises `typst.TypstError` if Typst refuses both.
    """
    try:
        return _compile(_data(outcome, "coverage.txt"), outcome)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error) and "glyph" not in str(error):
            raise
        return _compile(_data(outcome, "latin.txt"), outcome)


def _compile(data: dict[str, Any], outcome: Outcome) -> bytes:
    compiler = typst.Compiler(
        TEMPLATES / "outcome.typ",
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=int(outcome.provenance.made_at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("Typst answers with one file for a PDF")
    return made


def _data(outcome: Outcome, coverage: str) -> dict[str, Any]:
    words, text = Words(outcome), written(outcome)
    made = day_of(outcome.provenance.made_at)
    setter = _Setter(coverage)
    sections: list[dict[str, Any]] = [
        {"heading": setter.text(section.heading), "blocks": [setter.block(one) for one in section.blocks]}
        for section in text.sections
    ]
    if setter.replaced:
        note = b.Paragraph(words("document.uncommon"), soft=True)
        sections[-1]["blocks"].append(setter.block(note))
    return {
        "title": setter.plain(text.title),
        "short": setter.plain(outcome.title),
        "heading": setter.text(text.heading),
        "labels": list(text.labels),
        "language": outcome.language,
        "made": {"year": made.year, "month": made.month, "day": made.day},
        "meta": [setter.text(bound(one)) for one in text.meta],
        "summary": [[setter.text(label), setter.text(bound(value))] for label, value in text.summary],
        "sections": sections,
        "mark": MARK,
        "page": words("document.page", page="{page}", pages="{pages}"),
        "footer": words("document.footer", version=outcome.provenance.program_version, day=words.day(made)),
    }


def bound(text: str) -> str:
    """A short text in which a day does not part from its month at the end of a line."""
    return _DAY.sub("\\1\u00a0\\2", text)


class _Setter:
    """Turns blocks into the template's data, with texts made safe to draw."""

    def __init__(self, coverage: str) -> None:
        self.coverage = coverage
        self.replaced = False

    def plain(self, text: str) -> str:
        cleaned = clean(text)
        safe = drawable(cleaned, self.coverage)
        self.replaced = self.replaced or safe != cleaned
        return safe

    def text(self, text: str, *, narrow: bool = False) -> dict[str, Any]:
        safe = breakable(self.plain(text), narrow)
        return {"text": safe, "dir": direction(safe)}

    def block(self, block: b.Block) -> dict[str, Any]:
        match block:
            case b.Heading():
                return {"kind": "heading", "level": block.level, **self.text(block.text)}
            case b.Paragraph():
                return {
                    "kind": "paragraph",
                    "voice": block.voice,
                    "soft": block.soft,
                    **self.text(block.text),
                }
            case b.Wording():
                return {"kind": "wording", "open": block.open, **self.text(block.text)}
            case b.Facts():
                pairs = [[self.text(label), self.text(value)] for label, value in block.pairs]
                return {"kind": "facts", "pairs": pairs}
            case b.Quotes():
                return {"kind": "quotes", "items": [self.text(item) for item in block.items]}
            case b.Bullets():
                items = [self.text(item) for item in block.items]
                return {"kind": "bullets", "voice": block.voice, "items": items}
            case b.Verdict():
                drawing = {"svg": ring(block.carried), "alt": block.drawn}
                return {"kind": "verdict", **drawing, **self.text(block.text)}
            case b.Table():
                return self.table(block)
            case b.Changes():
                rows = [[self.text(row.label, narrow=True), self.runs(row.before), self.runs(row.now)] for row in block.rows]
                return {"kind": "changes", "head": [self.text(one) for one in block.head], "rows": rows}

    def runs(self, runs: tuple[b.Run, ...]) -> dict[str, Any]:
        """One of two wordings: what differs is marked by a sign, which is text, and by line and colour."""
        safe = [(run.kind, drawable(printable(run.text), self.coverage)) for run in runs]
        self.replaced = self.replaced or any(text != printable(run.text) for (_, text), run in zip(safe, runs, strict=True))
        marked = [{"kind": kind, "sign": b.SIGNS.get(kind, ""), "text": breakable(text, narrow=True)} for kind, text in safe]
        reads = direction("".join(text for _, text in safe))
        return {"runs": marked or [{"kind": "same", "sign": "", "text": "–"}], "dir": reads}

    def table(self, block: b.Table) -> dict[str, Any]:
        rows = []
        for number, row in enumerate(block.rows):
            cells = []
            for column, value in enumerate(row):
                cell = {**self.text(value, narrow=True), "voice": "words" if column in block.words else "tool"}
                last = column == len(row) - 1
                cell["tone"] = block.tones[number] if block.tones and last else None
                drawn = bool(block.bars) and column == block.bar_column
                cell["bar"] = _bar(block.bars[number]) if drawn else None
                cells.append(cell)
            rows.append(cells)
        head = [self.text(one, narrow=True) for one in block.head]
        widths = list(block.widths)
        whole = (block.total or block.whole) and len(rows) <= MOST_ROWS_WHOLE
        return {"kind": "table", "head": head, "rows": rows, "widths": widths, "total": block.total, "whole": whole}


def _bar(bar: b.Bar) -> dict[str, Any]:
    return {"share": bar.share, "limit": bar.limit}
