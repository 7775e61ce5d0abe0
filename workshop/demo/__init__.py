"""The example workshop of `make demo`: labelled "eksempel", in the middle of its programme, made by real commands.

It belongs to the first organiser. Where there is none yet it belongs to nobody, and the first account that is made by
the one-time link gets it: no account is made behind anybody's back, and no password is printed.
"""

from __future__ import annotations

from sqlalchemy import select

from workshop.commands.room.workshops import links
from workshop.demo.content import TITLE
from workshop.demo.playing import play
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, HELPER
from workshop.models import Group, Organiser, Workshop


def find_or_make() -> Workshop:
    """Returns the example workshop; it is made once and found again, also when people have played on in it."""
    found: Workshop | None = db.session.scalar(
        select(Workshop).where(Workshop.example.is_(True), Workshop.title == TITLE).order_by(Workshop.id).limit(1)
    )
    if found is not None:
        return found
    owner = db.session.scalar(select(Organiser.id).order_by(Organiser.id).limit(1))
    return db.session.get_one(Workshop, play(owner))


def paths(workshop: Workshop) -> list[tuple[str, str]]:
    """`(what, path)` of the ways in: facilitator, board, helpers, everybody, and each group by its own name."""
    shorts = (("facilitator", "f", FACILITATOR), ("board", "b", BOARD), ("helpers", "h", HELPER))
    tokens = links(workshop)
    groups = db.session.scalars(select(Group).where(Group.workshop_id == workshop.id).order_by(Group.position, Group.id))
    return [
        *((what, f"/{short}/{tokens[role]}") for what, short, role in shorts if tokens[role]),
        ("everybody", f"/j/{workshop.code}"),
        *((group.name_da, f"/j/{group.code}") for group in groups),
    ]
