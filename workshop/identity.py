"""Finds the actor that a token stands for.

An `Actor` is plain data and names its token. What that token may do is read again inside each command's transaction, so a
removed person or a replaced link is refused at once.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

from workshop import secrecy
from workshop.clock import now
from workshop.extensions import db
from workshop.models import Group, Organiser, Participant, Token, Workshop, holders
from workshop.models.reviews import check_follow_up
from workshop.rules import limits
from workshop.rules.codes import read_reentry_code, show_reentry_code
from workshop.rules.record_ids import is_record_id, number_of
from workshop.rules.refusal import Refused
from workshop.rules.roles import BOARD as BOARD
from workshop.rules.roles import CARD as CARD
from workshop.rules.roles import FACILITATOR as FACILITATOR
from workshop.rules.roles import FOLLOWERS as FOLLOWERS
from workshop.rules.roles import HELPER as HELPER
from workshop.rules.roles import ORGANISER as ORGANISER
from workshop.rules.roles import PANEL as PANEL
from workshop.rules.roles import PARTICIPANT as PARTICIPANT
from workshop.rules.roles import RECEIVER as RECEIVER
from workshop.rules.roles import ROLES
from workshop.rules.roles import STEWARD as STEWARD

VISITOR, SYSTEM = "visitor", "system"

_passwords = PasswordHasher()


@dataclass(frozen=True)
class Actor:
    """Who acts. `personal_code` opens the person's own ballot papers; it is stored nowhere in the clear.

    A helper is a device let in by the helpers' link (`participant_id` is None), or that device acting for one seat, whose
    person is then the participant. The tokens of a device's seats are derived from its `seat_key`, which is never stored.
    """

    role: str
    workshop_id: int | None = None
    token_id: int | None = None
    participant_id: int | None = None
    organiser_id: int | None = None
    personal_code: str | None = None
    seat_key: str | None = field(default=None, repr=False)
    #: of an onlooker (`looking_on`): sees what a phone sees; otherwise what the board sees
    as_phone: bool = False
    #: of a role of the follow-up: the link by which its device was let in
    link_id: int | None = None

    @property
    def pseudonym(self) -> str:
        """Returns how the journal names the actor: by role and number, never by name. `helper:7` is whoever acts for
        person 7, so the number of a helper's device has another form. A card has no number, so that the acts of one
        card cannot be told from those of another."""
        if self.role == CARD:
            return CARD
        if self.role == HELPER and self.participant_id is None:
            return f"{HELPER}:device-{self.token_id}"
        number = self.participant_id or self.organiser_id or self.token_id
        return f"{self.role}:{number}" if number else self.role

    @property
    def audience(self) -> str:
        """Returns the audience its connection belongs to: `room`, `board` or `facilitator`. Roles of the follow-up have
        no connection (`check_in_the_room`)."""
        screen = "board" if self.role == BOARD and not self.as_phone else "room"
        return "facilitator" if self.role in (FACILITATOR, ORGANISER) else screen


def secret() -> str:
    """Returns the server's secret key."""
    return str(current_app.config["SECRET_KEY"])


def token_hash(token: str) -> str:
    """Returns the keyed hash that the database stores of a token."""
    return secrecy.keyed_hash(secret(), "token", token)


def kept_id(actor: Actor, command_id: str, workshop_id: int) -> str:
    """Returns a command id in the form in which the database stores it. A token is derived from the id of a visitor's
    command (`joining.join_secrets`), so only a keyed hash of that id is stored. All cards have one pseudonym, so the id of
    each is kept with its code in the hash; without the id, which is stored nowhere, it tells nothing of the card."""
    if actor.role not in (VISITOR, CARD):
        return command_id
    whose = "" if actor.role == VISITOR else f"{actor.personal_code}:"
    return secrecy.keyed_hash(secret(), "command id", f"{workshop_id}:{whose}{command_id}")


def reentry_hash(workshop_id: int, code: str) -> str:
    """Returns the keyed hash that the database stores of a re-entry code. Raises `Refused("unknown_code")` for a text that
    is no such code."""
    read = read_reentry_code(code)
    if read is None:
        raise Refused("unknown_code", "reentry_code")
    return secrecy.keyed_hash(secret(), "reentry", f"{workshop_id}:{read}")


def issue(
    token: str,
    role: str,
    *,
    workshop_id: int | None = None,
    participant_id: int | None = None,
    organiser_id: int | None = None,
    parent_id: int | None = None,
    personal_code: str | None = None,
    is_link: bool = False,
) -> Token:
    """Adds the row for a new token, inside a write transaction, and returns it. A person's code is sealed under the token;
    a link is also stored sealed with the server's own key, so that it can be shown again."""
    columns = {"workshop_id": workshop_id, "participant_id": participant_id, "organiser_id": organiser_id}
    row = Token(**token_row(token, role, personal_code), **columns, parent_id=parent_id)
    db.session.add(row)
    db.session.flush()
    if is_link:
        row.sealed_link = secrecy.seal(secret(), f"link:{row.id}", token)
    return row


def token_row(token: str, role: str, personal_code: str | None) -> dict[str, Any]:
    """Returns the columns of a new token, except those that say whose it is."""
    sealed = secrecy.seal(secret(), token, personal_code) if personal_code else None
    return {"role": role, "hash": token_hash(token), "sealed_code": sealed, "created_at": now()}


def link_text(row: Token) -> str | None:
    """Returns the text of a link, opened with the server's key; None where it was sealed with another key: then a new link
    must be made."""
    if row.sealed_link is None:
        return None
    try:
        text = secrecy.unseal(secret(), f"link:{row.id}", row.sealed_link)
    except secrecy.CannotOpen:
        return None
    return text if hmac.compare_digest(token_hash(text), row.hash) else None


def find(token: str | None) -> Actor:
    """Returns the actor a token stands for. Raises `Refused("ended")` for an unknown, ended or removed one."""
    if not token or not token.isascii():
        raise Refused("ended")
    row = holders.by_hash(token_hash(token))
    if row is None:
        raise Refused("ended")
    check_follow_up(row.role, row.workshop_id)
    try:
        code = secrecy.unseal(secret(), token, row.sealed_code) if row.sealed_code else None
    except secrecy.CannotOpen as error:
        # The person can come back with the re-entry code and then gets a new token.
        raise Refused("ended") from error
    device = row.role == HELPER and row.participant_id is None
    seat_key = secrecy.derived_token(secret(), "seat key", token) if device else None
    link = (row.parent_id or row.id) if row.role in FOLLOWERS else None
    return Actor(row.role, row.workshop_id, row.id, row.participant_id, row.organiser_id, code, seat_key, link_id=link)


def find_as(token: str | None, role: str, workshop_id: int | None = None) -> Actor:
    """Returns the actor of a token that must have this role and, where a workshop is named, belong to it.

    A cookie's name holds a role and a workshop, but whoever uses a browser can put any token into any cookie, so only the
    token decides. A helper's token must be the device's: the tokens of seats never leave the server. Raises
    `Refused("ended")` for a token of another role, `Refused("not_found")` for another workshop.
    """
    actor = find(token)
    of_seat = actor.role == HELPER and actor.participant_id is not None
    if actor.role != role or role not in ROLES or of_seat:
        raise Refused("ended")
    return actor if workshop_id is None else in_workshop(actor, workshop_id)


def seat_token(actor: Actor, participant_id: int) -> str:
    """Returns the token by which a helper's device acts for a seat. It is derived from the device's own token, so the device
    stores only that one, and nobody else can make it. Raises `Refused("not_allowed")` for any other actor."""
    if actor.seat_key is None:
        raise Refused("not_allowed")
    return secrecy.derived_token(secret(), "seat", f"{actor.seat_key}:{participant_id}")


def acting_for(actor: Actor, seat: str) -> Actor:
    """Returns a helper's device acting for one of its seats, named by the record id of the person. Raises
    `Refused("malformed", "seat")`, and `Refused("ended")` for a seat that this device does not act for, or no longer."""
    if not is_record_id(seat, (Participant.kind,)):
        raise Refused("malformed", "seat")
    if not (number := number_of(seat)):
        raise Refused("ended")
    return find(seat_token(actor, number))


def check_alive(row: Token | None) -> None:
    """Raises `Refused("ended")` unless the token, the one it was let in by and its person are still valid."""
    if row is None or row.ended_at is not None:
        raise Refused("ended")
    if row.parent_id is not None:
        check_alive(db.session.get(Token, row.parent_id))
    if row.participant_id is not None:
        person = db.session.get(Participant, row.participant_id)
        if person is None or person.state != "active":
            raise Refused("ended")
    check_follow_up(row.role, row.workshop_id)


def check_actor(actor: Actor) -> Participant | None:
    """Checks, inside the command's transaction, that the actor may still act at all. Returns the participant it is, None for
    any other actor. Raises `Refused("ended")`."""
    if actor.token_id is None:
        if actor.role not in (VISITOR, SYSTEM, ORGANISER):
            raise Refused("ended")
        return None
    if actor.participant_id is None:
        check_alive(db.session.get(Token, actor.token_id))
        return None
    if actor.role == HELPER:
        # The helper's device, and the link by which it was let in, must be valid too.
        check_alive(db.session.get(Token, actor.token_id))
    person = holders.people_of([actor.token_id]).get(actor.token_id)
    if person is None:
        raise Refused("ended")
    return person


def check_in_the_room(actor: Actor) -> None:
    """Raises `Refused("not_allowed")` for the roles of the follow-up: they see the follow-up only, and not the room with
    people's texts and votes."""
    if actor.role in (*FOLLOWERS, CARD):
        raise Refused("not_allowed")


def in_workshop(actor: Actor, workshop_id: int) -> Actor:
    """Returns the same actor in a workshop. Raises `Refused("not_found")` for another workshop than the actor's, and for an
    organiser in a workshop that is not their own."""
    if actor.role == ORGANISER:
        possible = 0 < workshop_id <= limits.RECORD_NUMBER
        workshop = db.session.get(Workshop, workshop_id) if possible else None
        if workshop is None or workshop.organiser_id != actor.organiser_id:
            raise Refused("not_found", "workshop")
        return Actor(ORGANISER, workshop_id, actor.token_id, None, actor.organiser_id)
    if actor.workshop_id != workshop_id:
        raise Refused("not_found", "workshop")
    return actor


def looking_on(actor: Actor, as_phone: bool = False) -> Actor:
    """Returns the facilitator or organiser as an onlooker: it sees what the board or a phone sees, and may change nothing.
    It is let in as long as its token is valid."""
    return Actor(BOARD, actor.workshop_id, actor.token_id, as_phone=as_phone)


def hash_password(password: str) -> str:
    """Returns an Argon2id hash of a password."""
    return _passwords.hash(password)


def password_fits(organiser: Organiser, password: str) -> bool:
    """Returns whether the password is the organiser's."""
    try:
        return _passwords.verify(organiser.password_hash, password)
    except VerificationError:
        return False


def me(actor: Actor) -> dict[str, Any]:
    """Returns the `me` of a sync answer: `{id, role, group, name}`. A participant also gets the number of the seat, if any,
    and their re-entry code; everybody else their name in the journal (`actor`)."""
    if actor.participant_id is None:
        number = actor.token_id or actor.organiser_id
        name = None
        if actor.token_id is not None and actor.role != BOARD:
            row = db.session.get(Token, actor.token_id)
            name = row.name if row else None
        if actor.organiser_id is not None:
            organiser = db.session.get(Organiser, actor.organiser_id)
            name = organiser.name if organiser else None
        return {"id": f"{actor.role}:{number}", "role": actor.role, "group": None, "name": name, "actor": actor.pseudonym}
    person = db.session.get_one(Participant, actor.participant_id)
    group = db.session.get_one(Group, person.group_id)
    return {
        "id": person.record_id,
        "role": actor.role,
        "group": group.key,
        "name": person.name,
        "seat": person.seat,
        "reentry_code": show_reentry_code(actor.personal_code) if actor.personal_code else None,
    }
