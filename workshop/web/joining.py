"""Joining and coming back over HTTP, for the forms and for the calls of docs/protocol.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from workshop import identity, rate_limits, secrecy
from workshop.commands.people import joining
from workshop.commands.people.joining import join_secrets, workshop_of_code
from workshop.forwarding import perform
from workshop.identity import VISITOR, Actor
from workshop.models import Workshop
from workshop.rules.codes import read_join_code
from workshop.rules.refusal import Refused


@dataclass(frozen=True)
class Arrived:
    """A person who was let in: the record id, and the token and personal code that the device stores."""

    participant: str
    token: str
    personal_code: str


def address() -> str:
    """Returns the IP address of the request, for counting wrong codes and passwords. It is kept in memory only."""
    return request.remote_addr or ""


def workshop_behind(code: str) -> Workshop:
    """Returns the workshop of a join code. A right code is accepted even after many wrong ones; a wrong one is counted for
    the address. Raises `Refused("unknown_code")`, and `too_many` instead where an address has sent too many."""
    try:
        return workshop_of_code(code)
    except Refused:
        rate_limits.note_wrong_code(address())
        raise


def workshop_of_person(personal_code: str) -> Workshop:
    """Returns the workshop in which somebody has this personal code. A wrong one is counted for the address. Raises
    `Refused("unknown_code")`, and `too_many` instead where an address has sent too many."""
    found = joining.workshops_of_person(personal_code)
    if len(found) != 1:
        rate_limits.note_wrong_code(address())
        raise Refused("unknown_code", "code")
    return found[0]


def join(workshop: Workshop, code: str, seed: str, group: str | None, name: str | None, known: bool = True) -> Arrived:
    """Lets a person join. Returns the person and their token. With `known` the seed is also the command id, so a request sent
    again adds nobody else: it gets the same answer as long as the token is valid. Raises `Refused`."""
    args: dict[str, Any] = {"code": read_join_code(code) or code, "seed": seed}
    if group:
        args["group"] = group
    if name:
        args["name"] = name
    answer = perform(Actor(VISITOR, workshop.id), "join", args, seed if known else None)
    token, personal_code = join_secrets(seed)
    identity.find(token)  # raises where the person has left this device: its old request must not let them in again
    return Arrived(answer["result"]["participant"], token, personal_code)


def reenter(workshop: Workshop, typed: str) -> Arrived:
    """Lets a person back in by personal code. Returns the person and a new token. A wrong code is counted for the address.
    Raises `Refused`."""
    token = secrecy.new_token()
    try:
        answer = perform(Actor(VISITOR, workshop.id), "reenter", {"reentry_code": typed, "token": token})
    except Refused as refusal:
        if refusal.code == "unknown_code":
            rate_limits.note_wrong_code(address())
        raise
    return Arrived(answer["result"]["participant"], token, identity.find(token).personal_code or "")
