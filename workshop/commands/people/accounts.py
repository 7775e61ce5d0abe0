"""Organisers' accounts. They belong to no workshop, so they are written outside any workshop's clock."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from workshop import first_account, identity, locks, secrecy
from workshop.clock import now
from workshop.door import marks
from workshop.extensions import db
from workshop.identity import ORGANISER
from workshop.models import Organiser, Token, Workshop
from workshop.rules import limits, passwords
from workshop.rules.cleaning import clean
from workshop.rules.refusal import Refused, together
from workshop.store import writing_outside

#: the role of an invitation's token, which can only create one account
INVITATION = "invitation"
INVITATION_LASTS = timedelta(days=14)


def _as_kept(name: str) -> str:
    return " ".join(clean(name, one_line=True).split())


def _checked_name(name: str) -> str:
    kept = _as_kept(name)
    if not kept:
        raise Refused("empty", "name")
    if len(kept) > limits.PERSON_NAME:
        raise Refused("too_long", "name", limit=limits.PERSON_NAME)
    return kept


def create_organiser(name: str, password: str, language: str | None = None, invitation: str | None = None) -> Organiser:
    """Creates an account, with an invitation if one is given. Returns it. Raises `already` for a name in use, `ended` for
    an invitation that was used or has expired, and names the field of a bad name or password, or both."""
    kept, hashed = _checked(name, password)
    return _create(kept, hashed, language, invitation)


@locks.again
def _create(name: str, hashed: str, language: str | None, invitation: str | None) -> Organiser:
    with _one_of_a_name(), writing_outside():
        if invitation is not None:
            # Locked, so that two who use the invitation at the same moment do not both find it unused.
            _invitation(invitation, lock=True).ended_at = now()
        return _add(name, hashed, language)


def create_first_organiser(token: str, name: str, password: str, language: str | None = None) -> Organiser:
    """Creates the first account with the one-time link, which ends with that. An example workshop that was made before
    (`create-demo`) gets this organiser. Raises `ended`.

    Whether there is an account yet is read again in the transaction that creates it, after writing a row that two processes
    cannot write at the same time: so the link creates one account, however many open it.
    """
    check_first_link(token)
    kept, hashed = _checked(name, password)
    return _create_first(token, kept, hashed, language)


@locks.again
def _create_first(token: str, name: str, hashed: str, language: str | None) -> Organiser:
    with _one_of_a_name(), writing_outside():
        marks.lock("first")
        check_first_link(token)
        organiser = _add(name, hashed, language)
        db.session.execute(
            update(Workshop)
            .where(Workshop.organiser_id.is_(None), Workshop.example.is_(True))
            .values(organiser_id=organiser.id)
        )
    return organiser


def _checked(name: str, password: str) -> tuple[str, str]:
    """Returns the name as it is stored and the hash of the password. Hashing is slow on purpose, so it is done before any
    lock."""
    kept, _ = together(partial(_checked_name, name), partial(passwords.check, password))
    return kept, identity.hash_password(password)


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """Turns the database's error for a second account of the same name into `already`, for two created at the same moment."""
    try:
        yield
    except IntegrityError as error:
        raise Refused("already", "name") from error


def _add(name: str, hashed: str, language: str | None) -> Organiser:
    """Adds an account, inside a write. Raises `already` for a name in use."""
    if db.session.scalar(select(Organiser.id).where(Organiser.name == name)) is not None:
        raise Refused("already", "name")
    organiser = Organiser(name=name, password_hash=hashed, created_at=now(), language=language or "da")
    db.session.add(organiser)
    db.session.flush()
    return organiser


def check_first_link(token: str) -> None:
    """Raises `Refused("ended")` unless this is the link to the first account and there is no account yet."""
    if not hmac.compare_digest(token.encode(), first_account.first_organiser_token().encode()):
        raise Refused("ended")
    if db.session.scalar(select(Organiser.id).limit(1)) is not None:
        raise Refused("ended")


@locks.again
def invite_organiser() -> str:
    """Returns the token of a new invitation, which creates one account within two weeks."""
    token = secrecy.new_token()
    with writing_outside():
        identity.issue(token, INVITATION)
    return token


def check_invitation(token: str) -> None:
    """Raises `Refused("ended")` for an invitation that is unknown, used or expired."""
    _invitation(token)


def _invitation(token: str, *, lock: bool = False) -> Token:
    wanted = select(Token).where(Token.hash == identity.token_hash(token), Token.role == INVITATION)
    row: Token | None = db.session.scalar(wanted.with_for_update() if lock else wanted)
    if row is None or row.ended_at is not None or now() - row.created_at > INVITATION_LASTS:
        raise Refused("ended")
    return row


@locks.again
def log_in(name: str, password: str) -> tuple[Organiser, str]:
    """Returns a new token for an organiser; the oldest of `limits.LOG_INS` ends with it. Raises `not_allowed` without
    saying whether the name or the password was wrong."""
    # An account made before names were cleaned is found by the name as it was typed.
    names = (_as_kept(name), " ".join(name.split()))
    organiser = db.session.scalar(select(Organiser).where(Organiser.name.in_(names)))
    if organiser is None:
        identity.hash_password(password[: passwords.MOST])  # takes as long as a wrong password
        raise Refused("not_allowed", "password")
    if not identity.password_fits(organiser, password):
        raise Refused("not_allowed", "password")
    token = secrecy.new_token()
    with writing_outside():
        _end_oldest(organiser.id)
        identity.issue(token, ORGANISER, organiser_id=organiser.id)
    return organiser, token


def _end_oldest(organiser_id: int) -> None:
    """Ends the oldest log-in of an account that has as many as it may."""
    alive = select(Token).where(Token.organiser_id == organiser_id, Token.ended_at.is_(None))
    for token in db.session.scalars(alive.order_by(Token.id.desc()).offset(limits.LOG_INS - 1)):
        token.ended_at = now()


@locks.again
def log_out(token_id: int) -> None:
    """Ends one token of an organiser."""
    with writing_outside():
        token = db.session.get(Token, token_id)
        if token is not None:
            token.ended_at = now()


@locks.again
def change_password(organiser_id: int, old: str, new: str, keep_token_id: int | None) -> None:
    """Changes the password and ends every other log-in. Raises `not_allowed` for a wrong old password."""
    organiser = db.session.get_one(Organiser, organiser_id)
    if not identity.password_fits(organiser, old):
        raise Refused("not_allowed", "old_password")
    passwords.check(new)
    hashed = identity.hash_password(new)
    with writing_outside():
        row = db.session.get_one(Organiser, organiser_id)
        row.password_hash = hashed
        for token in db.session.scalars(select(Token).where(Token.organiser_id == organiser_id, Token.ended_at.is_(None))):
            if token.id != keep_token_id:
                token.ended_at = now()


@locks.again
def set_language(organiser_id: int, language: str) -> None:
    """Sets the language of an organiser's own pages."""
    with writing_outside():
        db.session.get_one(Organiser, organiser_id).language = language
