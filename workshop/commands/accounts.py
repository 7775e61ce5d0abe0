"""Organisers' accounts. They belong to no workshop's clock, so they are written outside it, in the same way."""

from __future__ import annotations

import hmac
from datetime import timedelta
from functools import partial

from sqlalchemy import select, update

from .. import identity, secrecy
from ..clock import now
from ..extensions import db
from ..identity import ORGANISER
from ..models import Organiser, Token, Workshop
from ..rules import limits
from ..rules.refusal import Refused, together
from ..store import writing_outside

LEAST_PASSWORD = 10
MOST_PASSWORD = 200
#: the role of an invitation's token: it may do nothing but make one account
INVITATION = "invitation"
INVITATION_LASTS = timedelta(days=14)


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


def create_organiser(name: str, password: str, language: str | None = None, invitation: str | None = None) -> Organiser:
    """Create an account, by an invitation where one is given. Raises `already` for a name that is taken, `ended` for an
    invitation that is used or too old, and names the field of a bad name or password, or both."""
    clean, _ = together(partial(_clean_name, name), partial(_check_password, password))
    hashed = identity.hash_password(password)  # slow on purpose, so before the lock
    with writing_outside():
        if invitation is not None:
            _invitation(invitation).ended_at = now()
        if db.session.scalar(select(Organiser.id).where(Organiser.name == clean)) is not None:
            raise Refused("already", "name")
        organiser = Organiser(name=clean, password_hash=hashed, created_at=now(), language=language or "da")
        db.session.add(organiser)
    return organiser


def create_first_organiser(token: str, name: str, password: str, language: str | None = None) -> Organiser:
    """Create the first account by the one-time link; it ends with that. An example workshop that was made before there
    was anybody to own it (`create-demo`) is the first organiser's. Raises `ended`."""
    check_first_link(token)
    organiser = create_organiser(name, password, language)
    with writing_outside():
        db.session.execute(
            update(Workshop)
            .where(Workshop.organiser_id.is_(None), Workshop.example.is_(True))
            .values(organiser_id=organiser.id)
        )
    return organiser


def check_first_link(token: str) -> None:
    """Raise `Refused("ended")` unless this is the link to the first account and there is none yet."""
    if not hmac.compare_digest(token.encode(), identity.first_organiser_token().encode()):
        raise Refused("ended")
    if db.session.scalar(select(Organiser.id).limit(1)) is not None:
        raise Refused("ended")


def invite_organiser() -> str:
    """A new invitation: the token of a link that makes one account within two weeks."""
    token = secrecy.new_token()
    with writing_outside():
        identity.issue(token, INVITATION)
    return token


def check_invitation(token: str) -> None:
    """Raise `Refused("ended")` for an invitation that is unknown, used or too old."""
    _invitation(token)


def _invitation(token: str) -> Token:
    row: Token | None = db.session.scalar(
        select(Token).where(Token.hash == identity.token_hash(token), Token.role == INVITATION)
    )
    if row is None or row.ended_at is not None or now() - row.created_at > INVITATION_LASTS:
        raise Refused("ended")
    return row


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
