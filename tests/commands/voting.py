"""A room that votes, for the tests of ballots and decisions: people by group, ideas, goals, and what each side sees."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.commands.built_rooms import built
from workshop import clock, identity, screens, secrecy
from workshop.commands.people import joining
from workshop.commands.room.creating import create_workshop
from workshop.commands.room.workshops import device_token
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor
from workshop.models import Agreement, BallotPaper, Goal, Organiser, Participation, Token, Workshop
from workshop.rules.refusal import Refused
from workshop.store import writing, writing_outside

_NEXT_YEAR = (clock.today() + timedelta(days=365)).isoformat()
GOAL = {
    "title": "10 procent mere økologi i skolemaden",
    "indicator": "Andel økologiske råvarer",
    "unit": "%",
    "target": "60",
    "deadline": _NEXT_YEAR,
    "owner": "Skolechefen",
}
AGREEMENT = {
    "purpose": "Bedre mad",
    "parties": [
        {"name": "Foreningen", "group": "citizens"},
        {"name": "Kommunen", "group": "politicians"},
    ],
    "contributions": [
        {"party": "Foreningen", "what": "En madklub"},
        {"party": "Kommunen", "what": "Et køkken"},
    ],
    "mandates": [
        {"party": "Foreningen", "kind": "may_decide"},
        {"party": "Kommunen", "kind": "may_decide"},
    ],
    "disagreement": "Vi mødes",
    "review_date": _NEXT_YEAR,
}


class Room:
    """A workshop with a facilitator (`chair`) and `people` by group key."""

    def __init__(self, sizes: dict[str, int], **settings: Any) -> None:
        key = repr((sorted(sizes.items()), list(sizes), sorted(settings.items())))
        facts = built(key, lambda: self._build(sizes, dict(settings)))
        self.code, self.id = facts["code"], facts["id"]
        self.chair, self.helper, self.people = facts["chair"], facts["helper"], facts["people"]

    def _build(self, sizes: dict[str, int], settings: dict[str, Any]) -> dict[str, Any]:
        groups = settings.pop("groups", None) or [{"key": key, "required": False} for key in sizes]
        with writing_outside():
            organiser = Organiser(name=secrets.token_hex(4), password_hash="-", created_at=clock.now())
            db.session.add(organiser)
            db.session.flush()
            number = organiser.id
        made = create_workshop(number, {"title": "Skolemad", "groups": groups, "ideas_always_open": True, **settings})
        self.code = made["workshop"]["code"]
        self.id = db.session.scalar(select(Workshop.id).where(Workshop.code == self.code))
        self.chair = identity.find(made["tokens"]["facilitator"])
        self.helper = identity.find(made["tokens"]["helper"])
        self.people: dict[str, list[Actor]] = {key: [] for key in sizes}
        for key, size in sizes.items():
            for _ in range(size):
                self.join(key)
        return dict(vars(self))

    @property
    def everybody(self) -> list[Actor]:
        return [person for people in self.people.values() for person in people]

    def join(self, group: str) -> Actor:
        seed = secrets.token_hex(16)
        perform(Actor(VISITOR, self.id), "join", {"code": self.code, "group": group, "seed": seed})
        person = identity.find(joining.join_secrets(seed)[0])
        self.people.setdefault(group, []).append(person)
        return person

    def another_chair(self) -> Actor:
        """Somebody else who came in by the facilitator's link."""
        token = secrets.token_urlsafe(16)
        with writing_outside():
            identity.issue(token, "facilitator", workshop_id=self.id)
        return identity.find(token)

    def correct(self, on: str, field: str, new: str, version: int) -> str:
        """A correction of the language, proposed by the chair and confirmed by another; the amendment's id."""
        made = self.do(self.chair, "correct_language", on=on, version=version, field=field, new=new)
        self.do(self.another_chair(), "confirm_correction", **made)
        return made["amendment"]

    def seat(self, group: str, device: Actor | None = None, **args: Any) -> Actor:
        """Somebody without a phone: the helper's device (the link itself, or another) acting for a new seat."""
        device = device or self.helper
        return identity.acting_for(device, self.do(device, "create_seat", group=group, **args)["seat"])

    def device(self) -> Actor:
        """Another device that the helpers' link has let in."""
        token = secrecy.new_token()
        link = db.session.get_one(Token, self.helper.token_id)
        device_token(link, token)
        return identity.find(token)

    def reenter(self, person: Actor) -> Actor:
        """The person comes in with the code, on another phone or for the first time on an own one."""
        token = secrecy.new_token()
        perform(Actor(VISITOR, self.id), "reenter", {"reentry_code": person.personal_code, "token": token})
        return identity.find(token)

    def do(self, actor: Actor, name: str, /, **args: Any) -> dict[str, Any]:
        """Carry out a command; its result."""
        return perform(actor, name, args).get("result") or {}

    def ideas(self, number: int) -> list[str]:
        """That many open ideas."""
        author = self.everybody[0]
        return [self.do(author, "post_idea", text=f"Idé {n}")["idea"] for n in range(number)]

    def text(self, model: type[Goal] | type[Agreement] = Goal, *, fields: dict | None = None, **values: Any) -> str:
        """A goal or an agreement with nothing that blocks, but for the `fields` given; its record id."""
        content = (GOAL if model is Goal else AGREEMENT) | (fields or {})
        with writing(self.id) as write:
            row = model(workshop_id=self.id, created_at=clock.now(), content=content, **values)
            write.add(row)
            return row.record_id

    def ballot(self, options: list[str], method: str = "approval", **args: Any) -> str:
        return self.do(self.chair, "open_ballot", method=method, options=options, **args)["ballot"]

    def cast(self, person: Actor, ballot: str, **choices: Any) -> None:
        self.do(person, "cast_ballot", ballot=ballot, choices=choices.get("choices", choices))

    def decision(self, on: str, **args: Any) -> str:
        return self.do(self.chair, "open_decision", on=on, version=args.pop("version", 1), **args)["decision"]

    def stance(self, person: Actor, decision: str, stance: str, reason: str | None = None) -> None:
        words = {} if reason is None else {"reason": reason}
        self.do(person, "take_stance", decision=decision, stance=stance, **words)

    def record(self, record_id: str, audience: str = "room") -> dict[str, Any]:
        """A record as an audience sees it."""
        db.session.rollback()
        put = screens.changes(self.id, 0, audience)["put"]
        return next(record for record in put if record["id"] == record_id)

    def mine(self, person: Actor) -> dict[str, Any]:
        db.session.rollback()
        return screens.mine(person)

    def clock(self) -> int:
        db.session.rollback()
        return db.session.get_one(Workshop, self.id).clock


def papers(vote_id: str) -> list[BallotPaper]:
    db.session.rollback()
    return list(db.session.scalars(select(BallotPaper).where(BallotPaper.vote_id == vote_id).order_by(BallotPaper.key)))


def participations(vote_id: str) -> dict[int, bool]:
    """Whether each person on the list of a vote has voted."""
    db.session.rollback()
    rows = db.session.scalars(select(Participation).where(Participation.vote_id == vote_id))
    return {row.participant_id: row.voted for row in rows}


@contextmanager
def refused(code: str, field: str | None = None, **facts: Any) -> Iterator[None]:
    """The block is refused with this code, this field (None where no argument is at fault) and these facts among others."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code, caught.value.as_error()
    assert caught.value.field == field, caught.value.as_error()
    assert facts.items() <= caught.value.facts.items(), caught.value.as_error()
