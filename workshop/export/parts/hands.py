"""The section of shows of hands, which are separate from the votes."""

from __future__ import annotations

from workshop.export.blocks import Block, Heading, Paragraph, Section, Table
from workshop.export.document import Outcome, ShowOfHands
from workshop.export.words import Words


def shows(outcome: Outcome, words: Words) -> Section | None:
    """Returns every show of hands with its counts; None where there was none."""
    if not outcome.hands:
        return None
    blocks: list[Block] = [Paragraph(words("hands.lead"), soft=True)]
    for one in outcome.hands:
        blocks.append(Heading(3, one.question))
        blocks.append(Paragraph(about(one, words), soft=True))
        rows = tuple((row.label, str(row.count)) for row in one.rows)
        head = (words("hands.answer"), words("hands.count"))
        blocks.append(Table(words("hands.caption", question=one.question), head, rows, (6, 2), words=(0,)))
    return Section("hands", words("hands.heading"), tuple(blocks))


def about(one: ShowOfHands, words: Words) -> str:
    """Returns what it was about and when it was counted."""
    counted = words("hands.counted", moment=words.moment(one.recorded_at))
    if one.on is None:
        return counted
    if one.on_version is None:
        return words("hands.on", label=one.on.label) + " " + counted
    return words("hands.on_version", label=one.on.label, version=one.on_edition or one.on_version) + " " + counted
