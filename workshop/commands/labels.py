"""Updates the group labels on texts: a change of who is in the room, or of the settings, may add or remove labels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from workshop.commands import checks
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Amendment, Comment, Commitment, Idea, labels


@contextmanager
def following(context: Context) -> Iterator[None]:
    """Stamps the texts whose label after the block differs from the one before it, and computes the checks that read
    labels."""
    before = labels.shown(context.workshop)
    yield
    db.session.flush()
    moved(context, before, labels.shown(context.workshop))


def moved(context: Context, before: labels.Labels, after: labels.Labels) -> None:
    """Stamps the texts whose label has become another one, and computes the checks that read labels."""
    if before == after:
        return
    context.touch(context.workshop)
    for model in (Idea, Comment):
        for by_helper in (False, True):
            if moved := _groups(before, by_helper) ^ _groups(after, by_helper):
                wanted = select(model).where(model.group_id.in_(moved), model.by_helper.is_(by_helper))
                context.touch(*db.session.scalars(wanted))
    if unmarked := before.unmarked ^ after.unmarked:
        for other in (Amendment, Commitment):
            wanted_unmarked = select(other).where(other.group_id.in_(unmarked))
            context.touch(*db.session.scalars(wanted_unmarked))
    checks.recheck(context)


def _groups(found: labels.Labels, by_helper: bool) -> labels.Groups:
    return found.by_helper if by_helper else found.by_phone
