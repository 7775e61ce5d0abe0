"""Shows of hands: counted in the room by eye, stored as figures of their own, never added to a vote."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Agreement, Goal, Idea, ShowOfHands
from workshop.models.texts import TEXTS, Versioned
from workshop.rules import limits
from workshop.rules.refusal import Refused

_ABOUT: tuple[type[Idea] | type[Goal] | type[Agreement], ...] = (Idea, *TEXTS)


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


@command("record_hands", RecordHands, FACILITATORS, undoable=True, while_draft=False)
def record_hands(context: Context, args: RecordHands) -> Result:
    """Store a show of hands. It is shown and exported as counted in the room, apart from every ballot and decision."""
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
    about = _about(context, args.on)
    step = context.current_step()
    hands = ShowOfHands(
        workshop_id=context.workshop.id,
        step_id=step.id if step else None,
        question=args.question,
        rows=[{"label": row.label, "count": row.count} for row in args.rows],
        on=about.record_id if about else None,
        on_version=about.version if isinstance(about, Versioned) else None,
        created_at=context.now(),
    )
    context.add(hands)
    return {"show_of_hands": hands.record_id}


def _about(context: Context, on: str | None) -> Idea | Goal | Agreement | None:
    if on is None:
        return None
    about = context.find_among(_ABOUT, on, "on")
    if isinstance(about, Idea) and about.state not in ("open", "merged"):
        raise Refused("not_found" if about.shown_seq is None else "not_open", "on")
    return about


@command("remove_hands", OneShow, FACILITATORS, undoable=True)
def remove_hands(context: Context, args: OneShow) -> Result:
    """Remove a show of hands, for example one that was counted wrongly. A board that shows it goes back to the step."""
    hands = context.find(ShowOfHands, args.show_of_hands)
    if context.workshop.board_shows == hands.record_id:
        context.workshop.board_shows = "step"
        context.write.touch_board()
    context.write.remove(hands)
    return None
