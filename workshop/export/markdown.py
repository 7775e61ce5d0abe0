"""Renders the outcome as Markdown (CommonMark with tables). What people wrote is escaped, so it is not read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workshop.export import blocks as b
from workshop.export.document import Outcome
from workshop.export.plain import clean, printable
from workshop.export.written import written

#: signs that mean emphasis, code, links, HTML, table cells, formulas or character names at any place
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$])|&(?=#?\w+;)")
#: what means a heading, a list, a quote or a rule at the start of a line
_OPENING = re.compile(r"^([#+=-])|^(\d+)([.)])")


def render(outcome: Outcome) -> bytes:
    """Returns the outcome as Markdown, UTF-8 without a byte order mark."""
    text = written(outcome)
    parts = [f"# {opening(text.heading)}"]
    if text.labels:
        parts.append("**" + ", ".join(escaped(one) for one in text.labels) + "**")
    parts.append("  \n".join(opening(one) for one in text.meta))
    for section in text.sections:
        parts.append(f"## {opening(section.heading)}")
        parts += [_block(one) for one in section.blocks]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escaped(text: str) -> str:
    """Returns the text on one line, with every sign escaped that has a meaning inside a line of Markdown."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(clean(text).split()))


def opening(text: str) -> str:
    """Returns the same for a text at the start of a line, where it must not become a heading, list or rule either."""
    return _OPENING.sub(lambda found: f"{found[2]}\\{found[3]}" if found[2] else "\\" + found[0], escaped(text))


def _lines(text: str, joint: str) -> str:
    """Returns the lines of a text, escaped for the start of a line and joined by `joint`."""
    return joint.join(opening(line) for line in clean(text).split("\n") if line.strip())


def _joined(text: str, joint: str) -> str:
    """Returns the lines of a text, escaped for use inside a line and joined by `joint`."""
    return joint.join(escaped(line) for line in clean(text).split("\n") if line.strip())


def _block(block: b.Block) -> str:
    match block:
        case b.Heading():
            return "#" * block.level + " " + opening(block.text)
        case b.Paragraph() | b.Verdict():
            return _lines(block.text, "  \n")
        case b.Wording():
            return "> **" + _lines(block.text, "**  \n> **") + "**"
        case b.Facts():
            return "\n".join(f"- {opening(label)}: {_joined(value, '; ')}" for label, value in block.pairs)
        case b.Quotes():
            return "\n\n".join("> " + _lines(item, "  \n> ") for item in block.items)
        case b.Bullets():
            return "\n".join(f"- {opening(item)}" for item in block.items)
        case b.Table():
            return _table(block)
        case b.Changes():
            return _changes(block)
        case b.Answer():
            notes = (_lines(": ".join(part for part in note if part), "  \n") for note in block.notes)
            return "  \n".join((f"**{opening(block.text)}**", *notes))
        case b.Chart():
            return "\n".join(f"- {opening(at)}: {escaped(text)}" for at, _, text in block.columns)
        case b.Folded():
            return "\n\n".join([f"#### {opening(block.heading)}", *(_block(one) for one in block.blocks)])


def _changes(block: b.Changes) -> str:
    lines = [_row(escaped(one) for one in block.head), _row("---" for _ in block.head)]
    lines += [_row((escaped(line.label), _marked(line.before), _marked(line.now))) for line in block.rows]
    return f"{opening(block.caption)}:\n\n" + "\n".join(lines)


def _marked(runs: tuple[b.Run, ...]) -> str:
    """Returns the parts of a compared text for a cell: removed words are struck out with a minus, added ones bold with a
    plus."""
    if not runs:
        return "–"
    said = []
    for run in runs:
        text = _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(printable(run.text).split("\n")))
        mark = {"removed": "~~", "added": "**"}.get(run.kind, "")
        said.append(f"{mark}{b.SIGNS.get(run.kind, '')}{text}{mark}")
    return "".join(said).strip()


def _table(block: b.Table) -> str:
    lines = [_row(escaped(one) for one in block.head), _row("---" for _ in block.head)]
    lines += [_row(_joined(b.lines(one), "<br>") for one in row) for row in block.rows]
    return f"{opening(block.caption)}:\n\n" + "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
