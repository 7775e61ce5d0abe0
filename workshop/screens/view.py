"""What the presenters need to know about the room while they present: read once for a whole set of changes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from ..extensions import db
from ..models import Comment, Group, Participant, Workshop, supports

ROOM = "room"
FACILITATOR = "facilitator"


class View:
    """One audience looking at one workshop."""

    def __init__(self, workshop: Workshop, audience: str) -> None:
        self.workshop = workshop
        self.audience = audience

    @property
    def facilitator(self) -> bool:
        return self.audience == FACILITATOR

    @cached_property
    def groups(self) -> dict[int, Group]:
        """The workshop's groups by key number."""
        rows = db.session.scalars(select(Group).where(Group.workshop_id == self.workshop.id))
        return {row.id: row for row in rows}

    @cached_property
    def group_sizes(self) -> dict[int, int]:
        """How many people of each group have joined and are not removed."""
        return self._people_with(Participant.id)

    @cached_property
    def agreed(self) -> dict[int, int]:
        """How many people of each group have said that it may vote openly. Never who, nor how many said no."""
        rows = db.session.execute(
            select(Participant.group_id, func.count())
            .where(
                Participant.workshop_id == self.workshop.id,
                Participant.state == "active",
                Participant.agrees_openly.is_(True),
            )
            .group_by(Participant.group_id)
        )
        return dict(rows.all())

    @cached_property
    def seats_by_group(self) -> dict[int, int]:
        """How many of them came without a phone."""
        return self._people_with(Participant.seat)

    def _people_with(self, column: Any) -> dict[int, int]:
        rows = db.session.execute(
            select(Participant.group_id, func.count(column))
            .where(Participant.workshop_id == self.workshop.id, Participant.state == "active")
            .group_by(Participant.group_id)
        )
        return dict(rows.all())

    def group_label(self, group_id: int | None, by_helper: bool = False) -> str | None:
        """The group's key as a label on words: only where the group is large enough to hide in
        (docs/rules.md section 7), and the same for every audience. What a helper wrote is marked so, and then it is
        the group's seats among which its author must be able to hide."""
        sizes = self.seats_by_group if by_helper else self.group_sizes
        if group_id is None or sizes.get(group_id, 0) < self.workshop.privacy_minimum:
            return None
        return self.groups[group_id].key

    @cached_property
    def comment_counts(self) -> dict[str, int]:
        """Open comments per record id."""
        rows = db.session.execute(
            select(Comment.on, func.count())
            .where(Comment.workshop_id == self.workshop.id, Comment.state == "open")
            .group_by(Comment.on)
        )
        return dict(rows.all())

    @cached_property
    def supports(self) -> dict[str, int]:
        """How many support an idea, where that is shown: the same for every audience."""
        return supports.after_the_vote(self.workshop)

    @cached_property
    def ready(self) -> int:
        """How many people have said they are ready to go on."""
        count = db.session.scalar(
            select(func.count())
            .select_from(Participant)
            .where(
                Participant.workshop_id == self.workshop.id,
                Participant.state == "active",
                Participant.ready.is_(True),
            )
        )
        return count or 0
