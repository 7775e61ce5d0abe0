"""Steps, votes and people that the tests of open votes share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.commands.voting import Room
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Group, NamedPaper

POLITICIANS = {"openness": "some_open", "open_groups": ["politicians"]}


def start(room: Room, kind: str = "decisions", **settings: Any) -> str:
    """A step that says who votes openly, running."""
    step = room.do(room.chair, "add_step", kind=kind, settings=settings)["step"]
    room.do(room.chair, "start_step", step=step)
    return step


def named(room: Room, group: str, *names: str) -> list[Actor]:
    """The first people of a group, with names."""
    people = room.people[group][: len(names)]
    for person, name in zip(people, names, strict=True):
        perform(person, "set_name", {"name": name})
    return people


def group_id(room: Room, key: str) -> str:
    wanted = select(Group).where(Group.workshop_id == room.id, Group.key == key)
    return db.session.scalars(wanted).one().record_id


def by_name(vote_id: str) -> list[NamedPaper]:
    db.session.rollback()
    return list(db.session.scalars(select(NamedPaper).where(NamedPaper.vote_id == vote_id).order_by(NamedPaper.name)))


def close(room: Room, vote: str) -> dict[str, Any]:
    """The published result of a ballot or decision that is closed now."""
    kind = vote.split(":")[0]
    room.do(room.chair, f"close_{kind}", **{kind: vote})
    if kind == "ballot":
        room.do(room.chair, "publish_ballot", ballot=vote)
    return room.record(vote)["result"]
