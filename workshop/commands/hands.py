"""Shows of hands: counted in the room by eye, written down as a figure of their own, never added to a vote."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from ..extensions import db
from ..models import Agreement, Goal, Idea, ShowOfHands
from ..models.texts import Versioned
from ..rules import limits
from ..rules.refusal import Refused
from .arguments import Args, Ref, Words
from .context import Context
from .registry import CHAIRS, Result, command

_ABOUT: dict[str, type[Idea] | type[Goal] | type[Agreement]] = {"idea": Idea, "goal": Goal, "agreement": Agreement}


class Row(Args):
    label: Annotated[str, Words("hands.label", needed=True)]
    count: Annotated[int, Field(ge=0, le=limits.HANDS_COUNT)]


class RecordHands(Args):
    """`rows` are the answers in the order they were asked, with the hands counted for each."""

    question: Annotated[str, Words("hands.question", needed=True)]
    rows: list[Row]
    on: Annotated[str | None, Ref("idea", "goal", "agreement")] = None


class OneShow(Args):
    show_of_hands: Annotated[str, Ref("show_of_hands")]


@command("record_hands", RecordHands, CHAIRS, undoable=True, while_draft=False)
def record_hands(context: Context, args: RecordHands) -> Result:
    """Write down a show of hands. It is shown and exported as counted in the room, apart from every ballot and decision."""
    if not args.rows:
        raise Refused("empty", "rows")
    if len(args.rows) > limits.HANDS_ROWS:
        raise Refused("too_many", "rows", limit=limits.HANDS_ROWS, given=len(args.rows))
    labels: set[str] = set()
    for row in args.rows:
        if row.label.casefold() in labels:
            raise Refused("already", "rows", label=row.label)
        labels.add(row.label.casefold())
    recorded = select(func.count()).select_from(ShowOfHands).where(ShowOfHands.workshop_id == context.workshop.id)
    if (db.session.scalar(recorded) or 0) >= limits.SHOWS_OF_HANDS:
        raise Refused("too_many", "show_of_hands", limit=limits.SHOWS_OF_HANDS)
    subject = _subject(context, args.on)
    step = context.current_step()
    hands = ShowOfHands(
        workshop_id=context.workshop.id,
        step_id=step.id if step else None,
        question=args.question,
        rows=[{"label": row.label, "count": row.count} for row in args.rows],
        on=subject.record_id if subject else None,
        on_version=subject.version if isinstance(subject, Versioned) else None,
        created_at=context.now(),
    )
    context.add(hands)
    return {"show_of_hands": hands.record_id}


def _subject(context: Context, on: str | None) -> Idea | Goal | Agreement | None:
    if on is None:
        return None
    subject = context.find(_ABOUT[on.partition(":")[0]], on, "on")
    if isinstance(subject, Idea) and subject.state not in ("open", "merged"):
        raise Refused("not_found" if subject.shown_seq is None else "not_open", "on")
    return subject


@command("remove_hands", OneShow, CHAIRS, undoable=True)
def remove_hands(context: Context, args: OneShow) -> Result:
    """Take a show of hands away: it was counted wrongly, or was none. A board that shows it goes back to the step."""
    hands = context.find(ShowOfHands, args.show_of_hands)
    if context.workshop.board_shows == hands.record_id:
        context.workshop.board_shows = "step"
        context.write.touch_board()
    context.write.remove(hands)
    return None
