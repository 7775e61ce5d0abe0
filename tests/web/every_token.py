"""A workshop with everything that lets somebody in, and every token there is of it."""

from __future__ import annotations

import secrets
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
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import BOARD, CARD, FACILITATOR, HELPER, ORGANISER, PARTICIPANT
from workshop.models import Goal, Token, Workshop, card_box
from workshop.rules.roles import ROLES
from workshop.store import writing_outside
from workshop.web.follow_up.pages import cookie_of_link

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
    "door": "r",
    "act": "accept",
    "task": "link",
}
#: the kinds of links after the seminar, by the page each opens
FOLLOWERS = ("receiver", "steward", "panel")
#: files and texts that are the same for everybody
_FOR_ALL = ("/static/", "/catalogue/", "/favicon")


@dataclass
class Entrances:
    """`tokens` by kind; `own` the cookies in which each kind is at home; `links` the numbers of the links after the seminar
    whose pages are asked for."""

    room: Room
    tokens: dict[str, str]
    own: dict[str, set[str]]
    links: dict[str, int]

    @property
    def cookies(self) -> dict[str, str]:
        """The name of every cookie of the workshop's pages, by its role; and those of roles that have no page."""
        pages = {f"{role} page": cookie_of_link(role, self.room.id, self.links[role]) for role in FOLLOWERS}
        return {role: cookie_name(role, self.room.id) for role in (*ROLES, "invitation", "visitor", "door")} | pages

    def path(self, rule: Rule) -> str:
        """An address of the rule, in this workshop."""
        group = db.session.get_one(Workshop, self.room.id).groups[0].id
        known = {
            **PARTS,
            "link_id": self.links[page_of(rule)],
            "workshop_id": self.room.id,
            "code": self.room.code,
            "group_id": group,
        }
        values = {name: known[name] for name in rule.arguments}
        built = rule.build(values, append_unknown=False)
        assert built is not None, rule.rule
        return str(built[1])

    def secrets(self) -> set[str]:
        """What no page shows to somebody it is not for: the links, and the codes of groups."""
        workshop = db.session.get_one(Workshop, self.room.id)
        told = {token for token in links(workshop).values() if token} | {group.code for group in workshop.groups}
        return told | {token for kind, token in self.tokens.items() if kind.endswith(" link")}


def page_of(rule: Rule) -> str:
    """Whose page an address after the seminar is under; the receiver's for every other address."""
    return next((role for role in FOLLOWERS if f"/{role}/" in rule.rule), FOLLOWERS[0])


def page_rules(app: Flask, method: str = "GET") -> list[Rule]:
    """Every rule of the application that takes this method."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return [rule for rule in rules if not rule.rule.startswith(_FOR_ALL)]


def query(path: str, role: str, workshop: int) -> dict[str, str | int]:
    """A call of the API names the cookie."""
    return {"as": role, "workshop": workshop} if path.startswith("/api/") else {}


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
    numbers = _followers(room, elsewhere, tokens)
    tokens["invitation"] = accounts.invite_organiser()
    tokens["nothing"] = secrecy.new_token()
    own = {kind: {kind.removesuffix(" link")} for kind in tokens if kind.removesuffix(" link") in ROLES}
    own |= {role: {role, f"{role} page"} for role in FOLLOWERS} | {
        "other steward": {"steward"},
        "other receiver": {"receiver"},
    }
    return Entrances(room, tokens, own, numbers)


def _followers(room: Room, elsewhere: Room, tokens: dict[str, str]) -> dict[str, int]:
    """Links of the time after the seminar, a device of each, and those that must not get in: of another item, of another
    body, of a link that has ended, and of another workshop. Returns the links' numbers by role."""
    goals = {one.id: one.text(Goal, state="agreed") for one in (room, elsewhere)}
    other_goal = room.text(Goal, state="agreed", fields={"owner": "Ungechefen"})
    wanted = {
        "receiver": (room, {"role": "receiver"}),
        "steward": (room, {"role": "steward", "on": goals[room.id], "party": "Skolechefen"}),
        "panel": (room, {"role": "panel"}),
        "other receiver": (room, {"role": "receiver", "on": other_goal, "body": "Vejdirektoratet"}),
        "other steward": (room, {"role": "steward", "on": other_goal, "party": "Ungechefen"}),
        "ended steward": (room, {"role": "steward", "on": goals[room.id], "party": "Skolechefen"}),
        "receiver elsewhere": (elsewhere, {"role": "receiver"}),
        "steward elsewhere": (elsewhere, {"role": "steward", "on": goals[elsewhere.id], "party": "Skolechefen"}),
    }
    numbers = {}
    for kind, (where, about) in wanted.items():
        link = perform(where.chair, "make_link", about, secrets.token_hex(16))["result"]["link"]
        row = db.session.scalar(db.select(Token).where(Token.hash == identity.token_hash(link)))
        assert row is not None
        tokens[kind] = secrecy.new_token()
        with writing_outside():
            identity.issue(tokens[kind], row.role, workshop_id=where.id, parent_id=row.id)
        if kind in FOLLOWERS:
            tokens[f"{kind} link"], numbers[kind] = link, row.id
        if kind == "ended steward":
            perform(where.chair, "end_link", {"link": f"link:{row.id}"}, secrets.token_hex(16))
    return numbers


def links_row(workshop_id: int, role: str) -> int:
    """The number of a link's row."""
    found = db.session.scalar(
        db.select(Token.id).where(Token.workshop_id == workshop_id, Token.role == role, Token.sealed_link.is_not(None))
    )
    assert found is not None
    return int(found)
