"""A workshop with everything that lets somebody in, and every token there is of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from tests.commands.voting import Room
from workshop import identity, secrecy
from workshop.clock import now
from workshop.commands.people import accounts
from workshop.commands.room.workshops import links
from workshop.cookies import cookie_name
from workshop.extensions import db
from workshop.identity import BOARD, CARD, FACILITATOR, HELPER, ORGANISER, PARTICIPANT
from workshop.models import Token, Workshop, card_box
from workshop.rules.roles import ROLES
from workshop.store import writing_outside

#: what an address may hold; a rule with another part fails the tests, so that nobody forgets to say what it is
PARTS: dict[str, Any] = {
    "token": "nothing",
    "number": 1,
    "format": "json",
    "slug": "nothing",
    "short": "f",
    "name": "facilitator",
    "move": "close",
    "page": "back",
    "key": "nothing",
    "place": 1,
}
#: files and texts that are the same for everybody
_FOR_ALL = ("/static/", "/catalogue/", "/favicon")


@dataclass
class Entrances:
    """`tokens` by kind; `own` the cookies in which each kind is at home."""

    room: Room
    tokens: dict[str, str]
    own: dict[str, str]

    @property
    def cookies(self) -> dict[str, str]:
        """The name of every cookie of the workshop's pages, by its role; and those of roles that have no page."""
        return {role: cookie_name(role, self.room.id) for role in (*ROLES, "invitation", "visitor", "door")}

    def path(self, rule: Rule) -> str:
        """An address of the rule, in this workshop."""
        group = db.session.get_one(Workshop, self.room.id).groups[0].id
        known = {**PARTS, "workshop_id": self.room.id, "code": self.room.code, "group_id": group}
        values = {name: known[name] for name in rule.arguments}
        built = rule.build(values, append_unknown=False)
        assert built is not None, rule.rule
        return str(built[1])

    def secrets(self) -> set[str]:
        """What no page shows to somebody it is not for: the links, and the codes of groups."""
        workshop = db.session.get_one(Workshop, self.room.id)
        return {token for token in links(workshop).values() if token} | {group.code for group in workshop.groups}


def page_rules(app: Flask, method: str = "GET") -> list[Rule]:
    """Every rule of the application that takes this method."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return [rule for rule in rules if not rule.rule.startswith(_FOR_ALL)]


def make() -> Entrances:
    """A workshop with a device of each kind, another beside it, and what has ended."""
    room, elsewhere = Room({"citizens": 2, "politicians": 1}), Room({"citizens": 1})
    tokens = {
        kind: secrecy.new_token()
        for kind in (
            "participant", "ended", "facilitator", "board", "helper", "organiser", "organiser elsewhere",
            "participant elsewhere", "facilitator elsewhere", "card",
        )
    }  # fmt: skip
    with writing_outside():
        for kind, where, person in (
            ("participant", room, room.people["citizens"][0]),
            ("ended", room, room.people["citizens"][1]),
            ("participant elsewhere", elsewhere, elsewhere.people["citizens"][0]),
        ):
            person_id, code = person.participant_id, person.personal_code
            row = identity.issue(
                tokens[kind], PARTICIPANT, workshop_id=where.id, participant_id=person_id, personal_code=code
            )
            row.ended_at = now() if kind == "ended" else None
        code = "0123456789"
        group = db.session.get_one(Workshop, room.id).groups[0].id
        card_box.put(identity.secret(), room.id, code, group)
        identity.issue(tokens["card"], CARD, workshop_id=room.id, personal_code=code)
        for kind, where in (("organiser", room), ("organiser elsewhere", elsewhere)):
            owner = db.session.get_one(Workshop, where.id).organiser_id
            identity.issue(tokens[kind], ORGANISER, organiser_id=owner)
        for role in (FACILITATOR, BOARD, HELPER):
            link = db.session.get_one(Token, links_row(room.id, role))
            identity.issue(tokens[role], role, workshop_id=room.id, parent_id=link.id)
        identity.issue(tokens["facilitator elsewhere"], FACILITATOR, workshop_id=elsewhere.id)
    for role, token in links(db.session.get_one(Workshop, room.id)).items():
        assert token is not None
        tokens[f"{role} link"] = token
    device = identity.find(tokens["helper"])
    seat = room.do(device, "create_seat", group="citizens")["seat"]
    tokens["seat"] = identity.seat_token(device, int(seat.partition(":")[2]))
    tokens["invitation"] = accounts.invite_organiser()
    tokens["nothing"] = secrecy.new_token()
    own = {kind: kind.removesuffix(" link") for kind in tokens if kind.removesuffix(" link") in ROLES}
    return Entrances(room, tokens, own)


def links_row(workshop_id: int, role: str) -> int:
    """The number of a link's row."""
    found = db.session.scalar(
        db.select(Token.id).where(Token.workshop_id == workshop_id, Token.role == role, Token.sealed_link.is_not(None))
    )
    assert found is not None
    return int(found)
