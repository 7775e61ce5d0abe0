"""Markdown (CommonMark with tables): headings, lists and tables; what people wrote is escaped, so it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workshop.export import blocks as b
from workshop.export.document import Outcome
from workshop.export.plain import clean
from workshop.export.written import written

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^=:@-])")
#: A number and a full stop at the start of a line would begin a list.
_NUMBERED = re.compile(r"^(\d+)([.)])", re.MULTILINE)


def render(outcome: Outcome) -> bytes:
    """The outcome as Markdown, UTF-8 without a byte order mark."""
    text = written(outcome)
    parts = [f"# {escaped(text.heading)}"]
    if text.labels:
        parts.append("**" + ", ".join(escaped(one) for one in text.labels) + "**")
    parts.append("  \n".join(escaped(one) for one in text.meta))
    parts.append("\n".join(f"- {escaped(label)}: **{escaped(value)}**" for label, value in text.summary))
    for section in text.sections:
        parts.append(f"## {escaped(section.heading)}")
        parts += [_block(one) for one in section.blocks]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escaped(text: str) -> str:
    """The text on one line, with every sign that means something in Markdown made harmless."""
    flat = " ".join(clean(text).split())
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", flat))


def _lines(text: str, joint: str) -> str:
    return joint.join(escaped(line) for line in clean(text).split("\n") if line.strip())


def _block(block: b.Block) -> str:
    match block:
        case b.Heading():
            return "#" * block.level + " " + escaped(block.text)
        case b.Paragraph() | b.Verdict():
            return _lines(block.text, "  \n")
        case b.Wording():
            return "> **" + _lines(block.text, "**  \n> **") + "**"
        case b.Facts():
            return "\n".join(f"- {escaped(label)}: {_lines(value, '; ')}" for label, value in block.pairs)
        case b.Quotes():
            return "\n\n".join("> " + _lines(item, "  \n> ") for item in block.items)
        case b.Bullets():
            return "\n".join(f"- {_lines(item, ' ')}" for item in block.items)
        case b.Table():
            return _table(block)


def _table(block: b.Table) -> str:
    lines = [_row(escaped(one) for one in block.head), _row("---" for _ in block.head)]
    lines += [_row(_lines(one, "<br>") for one in row) for row in block.rows]
    return f"{escaped(block.caption)}:\n\n" + "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
