"""Reads the ideas that the room has seen, and what became of them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select

from workshop.export import document as d
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import Comment, Idea, supports


def ideas(reading: Reading, ballots: tuple[d.Ballot, ...]) -> tuple[d.Idea, ...]:
    """Returns the ideas with what became of them: merged into which, chosen or not, part of which goals and agreements."""
    chosen = {one.id for ballot in ballots if ballot.shortlist for one in ballot.shortlist.winners}
    became, remarks = _became(reading), _remarks(reading)
    behind = supports.taken_home(reading.workshop)
    return tuple(
        d.Idea(
            id=row.record_id,
            label=reading.labels[row.record_id],
            text=row.text,
            why=row.why,
            state=row.state,
            group=reading.label(row.group_id, row.by_helper),
            theme=reading.themes.get(row.theme_id or 0),
            builds_on=_pointer(row.builds_on_id, reading),
            merged_into=_pointer(row.merged_into_id, reading) if row.state == "merged" else None,
            chosen=row.record_id in chosen,
            became=reading.references(became[row.record_id]),
            comments=tuple(remarks[row.record_id]),
            by_helper=row.by_helper,
            supports=behind.get(row.record_id),
            source=row.source,
        )
        for row in reading.ideas
    )


def hidden(reading: Reading) -> int:
    """Returns how many ideas the room had seen before a facilitator hid them."""
    count = db.session.scalar(
        select(func.count())
        .select_from(Idea)
        .where(Idea.workshop_id == reading.workshop.id, Idea.state == "hidden", Idea.shown_seq.is_not(None))
    )
    return int(count or 0)


def _pointer(number: int | None, reading: Reading) -> d.Reference | None:
    record_id = Idea.record_id_of(number)
    return reading.reference(record_id) if record_id in reading.labels else None


def _became(reading: Reading) -> dict[str, list[str]]:
    """Returns the goals and agreements that came from each idea, by the idea's id, goals first."""
    serving = defaultdict(list)
    for agreement in reading.agreements:
        for goal in agreement.content.get("goals") or ():
            serving[goal].append(agreement.record_id)
    found: dict[str, list[str]] = defaultdict(list)
    for goal in reading.goals:
        for idea in goal.content.get("from_ideas") or ():
            found[idea].append(goal.record_id)
    for reached in found.values():
        reached += dict.fromkeys(agreement for goal in tuple(reached) for agreement in serving[goal])
    return found


def _remarks(reading: Reading) -> dict[str, list[d.Remark]]:
    rows = db.session.scalars(
        select(Comment)
        .where(Comment.workshop_id == reading.workshop.id, Comment.state == "open", Comment.shown_seq.is_not(None))
        .order_by(Comment.id)
    )
    found: dict[str, list[d.Remark]] = defaultdict(list)
    for row in rows:
        found[row.on].append(d.Remark(row.variant, row.text, reading.label(row.group_id, row.by_helper), row.by_helper))
    return found
