"""The blocks of a written document: headings, texts and tables in reading order, independent of a format.

PDF, Word, Markdown and the public page render the same list of sections.
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
    """Running text. `voice` is "tool" for a text of the program, "words" for a text that people wrote. `soft`: printed less
    prominently."""

    text: str
    voice: str = "tool"
    soft: bool = False


@dataclass(frozen=True)
class Wording:
    """The text that was voted on, in large type. `open` marks an intention, which is not agreed."""

    text: str
    open: bool = False


@dataclass(frozen=True)
class Facts:
    """Labelled values as (label, value); empty ones are left out."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bar:
    """A bar beside a text. `share` is from 0 to 1; `limit` is the place of the line for a required majority, None without
    one."""

    share: float
    limit: float | None = None


@dataclass(frozen=True)
class Entry:
    """A cell with the name of a thing, the text people wrote, and a note of the program about it."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Status:
    """A cell with the status of something. `tone` ("positive", "negative" or "") marks `text`, but not `note`."""

    text: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Counted:
    """A cell with a count as text, and a bar that shows the same; None where there is nothing to draw."""

    text: str
    bar: Bar | None = None


Cell = str | Entry | Status | Counted


@dataclass(frozen=True)
class Table:
    """A table with a header row and a first column that names each row.

    `widths` are relative; `words` are the numbers of the columns set in serif; `total` marks the last row as the sum;
    `whole` marks a short table that is not broken over two pages.
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
    """The box at the top of the agenda's page: who answers and by when, and under it labelled notes, such as the promise."""

    text: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chart:
    """Counts over time, drawn as columns: `(time, count, text)`. The texts contain everything the drawing shows."""

    caption: str
    columns: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class Verdict:
    """The outcome of a vote in words. Formats with drawings add a round table with one seat for each group, marked by
    whether the group carried it (`carried`).

    `drawn` describes the drawing in words.
    """

    text: str
    carried: tuple[bool, ...]
    drawn: str


@dataclass(frozen=True)
class Quotes:
    """Statements quoted word for word."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]
    voice: str = "tool"


@dataclass(frozen=True)
class Run:
    """A part of a text that is compared with another. `kind`: `same`, `removed` or `added`."""

    text: str
    kind: str = "same"


@dataclass(frozen=True)
class Changed:
    """One line before and after. Removed words are marked in the first and added words in the second, also by a sign
    (`SIGNS`). An empty one means that there was no text."""

    label: str
    before: tuple[Run, ...]
    now: tuple[Run, ...]


@dataclass(frozen=True)
class Changes:
    """Two versions of a text side by side, line by line."""

    caption: str
    head: tuple[str, str, str]
    rows: tuple[Changed, ...]


#: the sign before removed and added words, where colour and strikethrough alone would not be enough
SIGNS = {"removed": "−", "added": "+"}


@dataclass(frozen=True)
class Folded:
    """Blocks under a heading of level 4 that a web page shows only when it is opened; on paper they are always shown."""

    heading: str
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Wording | Facts | Table | Verdict | Quotes | Bullets | Changes | Answer | Chart | Folded


@dataclass(frozen=True)
class Section:
    """A part of the document with its heading (level 2); `new_page`: on paper it begins a new page."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True)
class Written:
    """The whole document: its title, labels and facts at the top, then the sections."""

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
    """Returns the pairs that have a value as `Facts`."""
    return Facts(tuple((label, value) for label, value in pairs if value))
