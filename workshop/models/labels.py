"""Reads which groups are named on what their people write: the same for every screen and every file.

The rule is `rules.labels.labelled` (docs/rules.md section 7). What a helper wrote is marked so, and the mark tells that its
author has no phone. So the rule is applied separately to texts with the mark, to texts without it, and to amendments and
commitments, which have no mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, select

from workshop.extensions import db
from workshop.models import kept
from workshop.models.ideas import Comment, Idea
from workshop.models.people import Participant
from workshop.models.rooms import Workshop
from workshop.models.texts import Amendment, Commitment
from workshop.rules.labels import labelled
from workshop.rules.roles import HELPER

Groups = frozenset[int]


@dataclass(frozen=True)
class Labels:
    """The numbers of the groups that are named: on amendments and commitments (`unmarked`), on ideas and comments written on
    the author's own phone, and on those a helper wrote. `withheld`: some groups are large enough, but none is named because
    the others are too few."""

    unmarked: Groups = frozenset()
    by_phone: Groups = frozenset()
    by_helper: Groups = frozenset()
    withheld: bool = False

    def on(self, group_id: int | None, by_helper: bool | None = None) -> bool:
        """Returns whether a text of this group is labelled. `by_helper` is its mark; None for a kind without marks."""
        if by_helper is None:
            return group_id in self.unmarked
        return group_id in (self.by_helper if by_helper else self.by_phone)


NONE = Labels()


@dataclass(frozen=True)
class People:
    """The people of one group: how many are in the room, how many of these have a phone of their own, how many a seat; and
    how many of all who ever joined have had a seat."""

    here: int
    phones: int
    seats: int
    seats_ever: int


def shown(workshop: Workshop, counted: dict[int, People] | None = None) -> Labels:
    """Returns the labels for the people in the room, or for the people in `counted`. They do not depend on who has
    written."""
    if not workshop.group_labels:
        return NONE
    minimum = workshop.privacy_minimum
    found = counted if counted is not None else people(workshop.id)
    here = {group: counts.here for group, counts in found.items()}
    unmarked = labelled(here, minimum, _wrote(workshop.id, here, None))
    if not unmarked:
        return Labels(withheld=any(number >= minimum for number in here.values()))
    if not any(counts.seats_ever for counts in found.values()):
        return Labels(unmarked, unmarked, frozenset())
    phones = {group: counts.phones for group, counts in found.items()}
    seats = {group: counts.seats for group, counts in found.items()}
    return Labels(
        unmarked,
        labelled(phones, minimum, _wrote(workshop.id, phones, False)) & unmarked,
        labelled(seats, minimum, _wrote(workshop.id, seats, True)) & unmarked,
    )


_row = Participant.__table__.c
_here = _row.state == "active"
_COUNTED = (
    select(
        _row.group_id,
        func.sum(case((_here, 1), else_=0)),
        func.sum(case((_here & (_row.role != HELPER), 1), else_=0)),
        func.count(case((_here, _row.seat))),
        func.count(_row.seat),
    )
    .where(_row.workshop_id == bindparam("workshop"))
    .group_by(_row.group_id)
)


def people(workshop_id: int) -> dict[int, People]:
    """Returns the people of every group that anybody ever joined, by its number."""
    db.session.flush()  # the session may hold a change of group, which this statement would not see
    rows = kept.rows(_COUNTED, workshop=workshop_id)
    return {group: People(int(all_), int(phones), int(seats), int(ever)) for group, all_, phones, seats, ever in rows}


def _wrote(workshop_id: int, sizes: dict[int, int], by_helper: bool | None) -> set[int]:
    """Returns the groups that have texts with this mark, but nobody left in them who could write one."""
    left = [group for group, people in sizes.items() if people == 0]
    if not left:
        return set()
    found: set[int] = set()
    models: tuple[Any, ...] = (Idea, Comment) if by_helper is not None else (Idea, Comment, Amendment, Commitment)
    for model in models:
        found |= set(db.session.scalars(_writers(model, by_helper), {"workshop": workshop_id, "groups": left}))
    return found


@cache
def _writers(model: Any, by_helper: bool | None) -> Any:
    """Returns the statement that reads which of these groups have texts of a model, with this mark."""
    groups = model.group_id.in_(bindparam("groups", expanding=True))
    wanted = select(model.group_id).where(model.workshop_id == bindparam("workshop"), groups).distinct()
    return wanted if by_helper is None else wanted.where(model.by_helper.is_(by_helper))
