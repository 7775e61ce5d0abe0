"""The outcome written out: headings, texts and tables in reading order, without a format.

PDF, Word and Markdown are this same list of sections set in three ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; level 3 or 4 (the title is 1, a section's own heading is 2)."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text. `voice` is "tool" (the program speaks) or "words" (people wrote it)."""

    text: str
    voice: str = "tool"
    soft: bool = False


@dataclass(frozen=True)
class Wording:
    """The text people stood behind, set large. `open` marks an intention: it is not agreed."""

    text: str
    open: bool = False


@dataclass(frozen=True)
class Facts:
    """Labelled values; those without a value have been left out."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bar:
    """A share of 1 as a drawing beside the words; `limit` is where the line of a requirement stands, None where there is
    none."""

    share: float
    limit: float | None = None


@dataclass(frozen=True)
class Entry:
    """A cell in two voices: the name of a thing, the text people wrote, and what the program says of it."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Status:
    """A cell that says how something stands: `text` is marked by `tone` ("positive", "negative" or ""), `note` is not."""

    text: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Counted:
    """A cell with a count, and a bar that only repeats it; None where there is nothing to draw."""

    text: str
    bar: Bar | None = None


Cell = str | Entry | Status | Counted


@dataclass(frozen=True)
class Table:
    """A table with a head and a first column that names the row.

    `widths` are relative, `words` are the columns in serif, `total` marks the last row as the sum, `whole` a short
    table that moves to the next page rather than break.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    words: tuple[int, ...] = ()
    total: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Answer:
    """The box at the head of the agenda's page: who answers by when, and under it what was promised."""

    text: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chart:
    """Counts over time as columns: `(time, count, text)`. The texts say everything the drawing does."""

    caption: str
    columns: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class Verdict:
    """What came of a vote, in words; formats that draw put the table from above beside it, one seat per group.

    `drawn` says the drawing in words.
    """

    text: str
    carried: tuple[bool, ...]
    drawn: str


@dataclass(frozen=True)
class Quotes:
    """Statements word for word."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]
    voice: str = "tool"


@dataclass(frozen=True)
class Run:
    """A stretch of a text that is compared with another: `same`, `removed` or `added`."""

    text: str
    kind: str = "same"


@dataclass(frozen=True)
class Changed:
    """One line before and after. Removed words are marked in the one and added words in the other, by a sign too; an empty one
    says that nothing stood there."""

    label: str
    before: tuple[Run, ...]
    now: tuple[Run, ...]


@dataclass(frozen=True)
class Changes:
    """Two wordings beside each other, line by line."""

    caption: str
    head: tuple[str, str, str]
    rows: tuple[Changed, ...]


#: what stands before a word that was taken out or put in, wherever it is not left to colour and line alone
SIGNS = {"removed": "−", "added": "+"}


@dataclass(frozen=True)
class Folded:
    """Blocks that a page shows when they are asked for, under a heading of level 4; on paper they stand like all others."""

    heading: str
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Wording | Facts | Table | Verdict | Quotes | Bullets | Changes | Answer | Chart | Folded


@dataclass(frozen=True)
class Section:
    """A part of the document with its heading (level 2); `new_page`: on paper it begins a page."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True)
class Written:
    """The whole document: what stands at its head, then the sections."""

    title: str
    heading: str
    labels: tuple[str, ...]
    meta: tuple[str, ...]
    sections: tuple[Section, ...] = field(default=())


def lines(cell: Cell) -> str:
    """Returns a cell as plain text, a line for each of its parts."""
    match cell:
        case Entry():
            name = ": ".join(part for part in (cell.label, cell.text) if part)
            return f"{name}\n{cell.note}".strip()
        case Status():
            return f"{cell.text}\n{cell.note}".strip()
        case Counted():
            return cell.text
        case _:
            return cell


def facts(*pairs: tuple[str, str]) -> Facts:
    """Facts with the empty ones left out."""
    return Facts(tuple((label, value) for label, value in pairs if value))
