"""What the `present_*` functions need to know about the room, read at most once for a whole set of changes."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import bindparam, func, select

from workshop.extensions import db
from workshop.models import Comment, Group, Participant, Workshop, headcount, labels, supports, text_versions

ROOM = "room"
BOARD = "board"
FACILITATOR = "facilitator"
AUDIENCES = (ROOM, BOARD, FACILITATOR)


_GROUPS = select(Group).where(Group.workshop_id == bindparam("workshop"))
_COMMENTS = (
    select(Comment.on, func.count())
    .where(Comment.workshop_id == bindparam("workshop"), Comment.state == "open")
    .group_by(Comment.on)
)


class View:
    """One audience looking at one workshop."""

    def __init__(self, workshop: Workshop, audience: str) -> None:
        self.workshop = workshop
        self.audience = audience
        self._editions: dict[str, dict[int, int]] = {}

    @property
    def facilitator(self) -> bool:
        """Returns whether the audience is the facilitators and the organiser."""
        return self.audience == FACILITATOR

    @property
    def reads_drafts(self) -> bool:
        """Returns whether the audience sees drafts: console and board do, phones get what was shown (docs/rules.md
        section 1)."""
        return self.audience != ROOM

    @cached_property
    def groups(self) -> dict[int, Group]:
        """Returns the workshop's groups by number."""
        rows = db.session.scalars(_GROUPS, {"workshop": self.workshop.id})
        return {row.id: row for row in rows}

    @cached_property
    def group_sizes(self) -> dict[int, int]:
        """Returns how many people of each group, by its number, have joined and are not removed."""
        return headcount.by_group(self.workshop.id)

    @cached_property
    def agreed(self) -> dict[int, int]:
        """Returns how many people of each group, by its number, agree that it votes openly in the next vote."""
        return headcount.by_group(self.workshop.id, Participant.agrees_openly.is_(True))

    @cached_property
    def labels(self) -> labels.Labels:
        """Returns the groups that are named on what their people write."""
        return labels.shown(self.workshop)

    def group_label(self, group_id: int | None, by_helper: bool | None = None) -> str | None:
        """Returns the group's key as the label of a text, or None where the group may not be named (docs/rules.md section 7);
        the same for every audience. `by_helper` is the mark of an idea or a comment, None for other kinds."""
        return self.groups[group_id].key if group_id is not None and self.labels.on(group_id, by_helper) else None

    def editions(self, text_id: str) -> dict[int, int]:
        """Returns the number that people read for each version of a text, read once for all records that name it."""
        if text_id not in self._editions:
            self._editions[text_id] = text_versions.editions(text_id)
        return self._editions[text_id]

    def edition(self, text_id: str, version: int) -> int:
        """Returns the number that people read for one version; the version itself where its row is gone."""
        return self.editions(text_id).get(version, version)

    @cached_property
    def comment_counts(self) -> dict[str, int]:
        """Returns the number of open comments per record id."""
        return dict(db.session.execute(_COMMENTS, {"workshop": self.workshop.id}).all())

    @cached_property
    def supports(self) -> dict[str, int]:
        """Returns how many people support each idea, by record id, where that is shown; the same for every audience."""
        return supports.after_the_vote(self.workshop)

    @cached_property
    def ready(self) -> int:
        """Returns how many people have said that they are ready to go on."""
        return headcount.joined(self.workshop.id, Participant.ready.is_(True))
