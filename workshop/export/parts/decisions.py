"""How each group stood: one table per vote, with reservations and dissent; and who committed."""

from __future__ import annotations

from workshop.export.blocks import Block, Heading, Paragraph, Section, Table
from workshop.export.document import Commitment, Decision, GroupResult, Outcome
from workshop.export.parts.agreements import minority
from workshop.export.words import Words


def in_every_group(outcome: Outcome, words: Words) -> Section | None:
    """The result of every vote on a text, per group; None when there was no vote."""
    if not outcome.decisions:
        return None
    blocks: list[Block] = []
    for decision in outcome.decisions:
        blocks += written(decision, words)
    blocks.append(Paragraph(words("decisions.small_groups", n=outcome.room.privacy_minimum), soft=True))
    return Section("decisions", words.mandated("decisions.heading"), tuple(blocks))


def written(decision: Decision, words: Words) -> list[Block]:
    """One vote: the sentence, the room, the table, what people added, and its time."""
    title = words("decisions.on", label=decision.subject.label, version=decision.subject_version)
    blocks: list[Block] = [
        Heading(3, title),
        Paragraph(decision.subject.text, voice="words"),
        Paragraph(f"{words.carried(decision)} {words.overall(decision)}"),
    ]
    if not decision.binding:
        blocks.append(Paragraph(words("decisions.superseded"), soft=True))
    blocks.append(table(decision, words))
    if decision.closed_at is not None:
        closed = words(
            "decisions.closed", moment=words.moment(decision.closed_at), text_hash=decision.text_hash[:12]
        )
        blocks.append(Paragraph(closed, soft=True))
    return blocks + minority(decision.reservations, decision.dissent, words)


def table(decision: Decision, words: Words) -> Table:
    """Group, turnout, result and status, with the room as the last row."""
    rows = [row(group, words) for group in decision.groups]
    rows.append((words("whole_room"), *row(decision.overall, words)[1:]))
    head = (words("group"), words("voted"), words("result"), words("status"))
    caption = words("decisions.caption", label=decision.subject.label, version=decision.subject_version)
    return Table(caption, head, tuple(rows), (4, 3, 5, 3), total=True)


def row(group: GroupResult, words: Words) -> tuple[str, ...]:
    """One group's row."""
    return (
        group.name,
        words.turnout(group.counts),
        words.result(group),
        words.one_of("status_of", group.status),
    )


def commitments(outcome: Outcome, words: Words) -> Section | None:
    """Who said where they stand; None when nobody did. Names only of those who chose it."""
    if not outcome.commitments:
        return None
    head = (
        words("commitments.who"),
        words("commitments.stands"),
        words("commitments.on"),
        words("commitments.words"),
    )
    rows = tuple(
        (who(one, words), words.one_of("standing", one.standing), one.on.label, one.words)
        for one in outcome.commitments
    )
    table_ = Table(words("commitments.caption"), head, rows, (4, 3, 2, 5), words=(3,))
    return Section(
        "commitments", words("commitments.heading"), (Paragraph(words("commitments.lead"), soft=True), table_)
    )


def who(one: Commitment, words: Words) -> str:
    """A name and its group; without a name "En deltager" and the group where it may be shown."""
    name = one.name or words("commitments.unnamed")
    return f"{name}, {one.group}" if one.group else name
