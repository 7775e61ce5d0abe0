"""Renders the outcome as PDF by Typst: tagged, PDF/UA-1, with bundled fonts only; for the archive also PDF/A-3a, with files
attached (docs/exports.md).

The template gets the written document as JSON data, so nothing people wrote is read as markup.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import typst

from workshop.clock import day_of
from workshop.export import blocks as b
from workshop.export.document import Outcome
from workshop.export.glyphs import FONTS, breakable, drawable
from workshop.export.mark import MARK
from workshop.export.plain import clean, direction, printable
from workshop.export.words import Words
from workshop.export.written import written

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Final = "ua-1"
ARCHIVE: Final = "a-3a"
MOST_ROWS_WHOLE = 18
"""A table with more rows than this may be broken over pages, whatever it is."""
BACKGROUND = frozenset({"frame", "ballots", "ground_rules", "hands", "history", "method", "about"})
"""Sections in smaller letters, for looking things up."""
_DAY = re.compile(r"\b(\d{1,2}\.?) ([^\W\d]+ \d{4})")


@dataclass(frozen=True)
class Attachment:
    """A text file inside the PDF. `about` describes it in a sentence; `relationship` to the document is `source` or
    `supplement`."""

    name: str
    mime: str
    about: str
    relationship: str
    content: str


def render(outcome: Outcome, short: bool = False, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """Returns the outcome as a PDF/UA-1 file; `short` gives only its first two pages. With attachments it is also PDF/A-3a,
    for an archive.

    Characters that no bundled font has are replaced by names or numbers (`glyphs`). If Typst still finds no glyph, for a rare
    combination, all characters outside the two main fonts are replaced. Raises `typst.TypstError` if Typst refuses both.
    """
    try:
        return _compile(_data(outcome, "coverage.txt", short), outcome, attachments)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error) and "glyph" not in str(error):
            raise
        return _compile(_data(outcome, "latin.txt", short), outcome, attachments)


def _compile(data: dict[str, Any], outcome: Outcome, attachments: tuple[Attachment, ...]) -> bytes:
    attached = [asdict(one) for one in attachments]
    compiler = typst.Compiler(
        TEMPLATES / "outcome.typ",
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False), "attached": json.dumps(attached, ensure_ascii=False)},
    )
    made = compiler.compile(
        format="pdf",
        pdf_standards=[STANDARD, ARCHIVE] if attachments else [STANDARD],
        timestamp=int(outcome.provenance.made_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst answers with one file for a PDF")
    return made


def _data(outcome: Outcome, coverage: str, short: bool) -> dict[str, Any]:
    words, text = Words(outcome), written(outcome, short=short)
    made = day_of(outcome.provenance.made_at)
    setter = _Setter(coverage)
    sections: list[dict[str, Any]] = [
        {
            "heading": setter.text(section.heading),
            "blocks": setter.blocks(section.blocks),
            "new_page": section.new_page,
            "alone": section.key == "results",
            "small": section.key in BACKGROUND,
        }
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
        "sections": sections,
        "mark": MARK,
        "page": words("document.page", page="{page}", pages="{pages}"),
        "footer": words("document.footer", version=outcome.provenance.program_version, day=words.day(made)),
    }


def bound(text: str) -> str:
    """Returns the text with no-break spaces between a day and its month."""
    return _DAY.sub("\\1\u00a0\\2", text)


class _Setter:
    """Turns blocks into the template's data, with characters replaced that cannot be drawn. `replaced`: whether any was."""

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

    def blocks(self, blocks: tuple[b.Block, ...]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for one in blocks:
            if isinstance(one, b.Folded):
                found += [self.block(b.Heading(4, one.heading)), *self.blocks(one.blocks)]
            else:
                found.append(self.block(one))
        return found

    def block(self, block: b.Block) -> dict[str, Any]:
        match block:
            case b.Heading():
                return {"kind": "heading", "level": block.level, **self.text(block.text)}
            case b.Paragraph():
                return {"kind": "paragraph", "voice": block.voice, "soft": block.soft, **self.text(bound(block.text))}
            case b.Verdict():
                return {"kind": "paragraph", "voice": "tool", "soft": False, **self.text(bound(block.text))}
            case b.Answer():
                notes = [[self.text(label), self.text(value)] for label, value in block.notes]
                return {"kind": "answer", "notes": notes, "text": self.text(bound(block.text))}
            case b.Chart():
                columns = [{"at": at, "count": count, "text": text} for at, count, text in block.columns]
                return {"kind": "chart", "columns": columns}
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
            case b.Table():
                return self.table(block)
            case b.Changes():
                rows = [[self.text(row.label, narrow=True), self.runs(row.before), self.runs(row.now)] for row in block.rows]
                return {"kind": "changes", "head": [self.text(one) for one in block.head], "rows": rows}
            case b.Folded():
                raise TypeError("folded blocks are laid out by `blocks`")

    def runs(self, runs: tuple[b.Run, ...]) -> dict[str, Any]:
        """Returns one of two compared texts. Differences are marked by a sign in the text, and by line and colour."""
        safe = [(run.kind, drawable(printable(run.text), self.coverage)) for run in runs]
        self.replaced = self.replaced or any(text != printable(run.text) for (_, text), run in zip(safe, runs, strict=True))
        marked = [{"kind": kind, "sign": b.SIGNS.get(kind, ""), "text": breakable(text, narrow=True)} for kind, text in safe]
        reads = direction("".join(text for _, text in safe))
        return {"runs": marked or [{"kind": "same", "sign": "", "text": "–"}], "dir": reads}

    def table(self, block: b.Table) -> dict[str, Any]:
        rows = [[self.cell(one, column in block.words) for column, one in enumerate(row)] for row in block.rows]
        head = [self.text(one, narrow=True) for one in block.head]
        widths = list(block.widths)
        whole = (block.total or block.whole) and len(rows) <= MOST_ROWS_WHOLE
        return {"kind": "table", "head": head, "rows": rows, "widths": widths, "total": block.total, "whole": whole}

    def cell(self, cell: b.Cell, in_words: bool) -> dict[str, Any]:
        match cell:
            case b.Entry():
                parts = {"label": cell.label, "text": cell.text, "note": cell.note}
                return {"kind": "entry", **{name: self.text(bound(part), narrow=True) for name, part in parts.items()}}
            case b.Status():
                text, note = self.text(cell.text, narrow=True), self.text(bound(cell.note), narrow=True)
                return {"kind": "status", "text": text, "note": note, "tone": cell.tone}
            case b.Counted():
                bar = {"share": cell.bar.share, "limit": cell.bar.limit} if cell.bar else None
                return {"kind": "counted", "text": self.text(cell.text, narrow=True), "bar": bar}
            case _:
                return {"kind": "text", "voice": "words" if in_words else "tool", **self.text(bound(cell), narrow=True)}
