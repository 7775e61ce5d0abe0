"""Organisers' accounts. They belong to no workshop's clock, so they are written outside it, in the same way."""

from __future__ import annotations

import hmac

from sqlalchemy import select

from .. import identity, secrecy
from ..clock import now
from ..extensions import db
from ..identity import ORGANISER
from ..models import Organiser, Token
from ..rules import limits
from ..rules.refusal import Refused
from ..store import writing_outside

LEAST_PASSWORD = 10
MOST_PASSWORD = 200


def _clean_name(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise Refused("empty", "name")
    if len(clean) > limits.PERSON_NAME:
        raise Refused("too_long", "name", limit=limits.PERSON_NAME)
    return clean


def _check_password(password: str) -> None:
    if not password:
        raise Refused("empty", "password")
    if len(password) < LEAST_PASSWORD:
        raise Refused("malformed", "password", least=LEAST_PASSWORD)
    if len(password) > MOST_PASSWORD:
        raise Refused("too_long", "password", limit=MOST_PASSWORD)


def create_organiser(name: str, password: str) -> Organiser:
    """Create an account. Raises `already` for a name that is taken, and names the field of a bad name or password."""
    clean = _clean_name(name)
    _check_password(password)
    hashed = identity.hash_password(password)  # slow on purpose, so before the lock
    with writing_outside():
        if db.session.scalar(select(Organiser.id).where(Organiser.name == clean)) is not None:
            raise Refused("already", "name")
        organiser = Organiser(name=clean, password_hash=hashed, created_at=now())
        db.session.add(organiser)
    return organiser


def create_first_organiser(token: str, name: str, password: str) -> Organiser:
    """Create the first account by the one-time link; it ends with that. Raises `ended`."""
    if not hmac.compare_digest(token, identity.first_organiser_token()):
        raise Refused("ended")
    if db.session.scalar(select(Organiser.id).limit(1)) is not None:
        raise Refused("ended")
    return create_organiser(name, password)


def log_in(name: str, password: str) -> tuple[Organiser, str]:
    """A new token for an organiser. Raises `not_allowed` without saying which of the two was wrong."""
    organiser = db.session.scalar(select(Organiser).where(Organiser.name == " ".join(name.split())))
    if organiser is None:
        identity.hash_password(password[:MOST_PASSWORD])  # takes as long as a wrong password
        raise Refused("not_allowed", "password")
    if not identity.password_fits(organiser, password):
        raise Refused("not_allowed", "password")
    token = secrecy.new_token()
    with writing_outside():
        identity.issue(token, ORGANISER, organiser_id=organiser.id)
    return organiser, token


def log_out(token_id: int) -> None:
    """End one token of an organiser."""
    with writing_outside():
        token = db.session.get(Token, token_id)
        if token is not None:
            token.ended_at = now()


def change_password(organiser_id: int, old: str, new: str, keep_token_id: int | None) -> None:
    """Change the password and end every other log-in. Raises `not_allowed` for a wrong old password."""
    organiser = db.session.get_one(Organiser, organiser_id)
    if not identity.password_fits(organiser, old):
        raise Refused("not_allowed", "old_password")
    _check_password(new)
    hashed = identity.hash_password(new)
    with writing_outside():
        row = db.session.get_one(Organiser, organiser_id)
        row.password_hash = hashed
        for token in db.session.scalars(
            select(Token).where(Token.organiser_id == organiser_id, Token.ended_at.is_(None))
        ):
            if token.id != keep_token_id:
                token.ended_at = now()


def set_language(organiser_id: int, language: str) -> None:
    """The language of an organiser's own pages."""
    with writing_outside():
        db.session.get_one(Organiser, organiser_id).language = language
