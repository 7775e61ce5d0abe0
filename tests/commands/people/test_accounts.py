"""Organisers' accounts: their names and passwords, the links that make one, and which log-ins end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from tests.commands.voting import refused
from workshop import clock, identity
from workshop.commands.people import accounts
from workshop.door import marks
from workshop.extensions import db
from workshop.first_account import first_organiser_token
from workshop.models import Organiser, Token
from workshop.rules import limits, passwords
from workshop.store import writing_outside

PASSWORD = "en lang adgangskode"
ANOTHER = "en helt anden kode"
pytestmark = pytest.mark.usefixtures("app")


def organisers() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Organiser.name).order_by(Organiser.id)))


def alive(*tokens: str) -> list[bool]:
    """Which of these tokens let somebody in."""
    db.session.rollback()
    rows = [db.session.scalars(select(Token).where(Token.hash == identity.token_hash(token))).one() for token in tokens]
    return [row.ended_at is None for row in rows]


@contextmanager
def locked_tables() -> Iterator[list[str]]:
    """The tables of which rows are locked inside the block. SQLite has no such locks, so the statements are read."""
    found: list[str] = []

    def note(state: Any) -> None:
        words = str(state.statement.compile(dialect=postgresql.dialect()))
        if state.is_select and words.endswith("FOR UPDATE"):
            found.append(state.bind_mapper.local_table.name)

    event.listen(db.session, "do_orm_execute", note)
    try:
        yield found
    finally:
        event.remove(db.session, "do_orm_execute", note)


def test_a_name_is_stored_with_single_spaces_and_has_a_longest_length():
    made = accounts.create_organiser("  Mette \n Holm ", PASSWORD)
    assert (made.name, made.language) == ("Mette Holm", "da")
    longest = accounts.create_organiser("x" * limits.PERSON_NAME, PASSWORD, "en")
    assert (len(longest.name), longest.language) == (limits.PERSON_NAME, "en")
    with refused("too_long", "name", limit=limits.PERSON_NAME):
        accounts.create_organiser("y" * (limits.PERSON_NAME + 1), PASSWORD)
    with refused("empty", "name"):
        accounts.create_organiser(" \u200b ", PASSWORD)
    with refused("already", "name"):
        accounts.create_organiser("Mette  Holm", PASSWORD)
    with refused("malformed", "password", least=passwords.LEAST):
        accounts.create_organiser("Bo", "kort")
    assert organisers() == ["Mette Holm", "x" * limits.PERSON_NAME]


def test_a_second_account_of_a_name_made_at_the_same_moment_is_refused_as_any_other(monkeypatch: pytest.MonkeyPatch):
    """The other one is not read yet, but the database refuses to store both."""

    def collide(*_: Any) -> None:
        raise IntegrityError("insert", {}, Exception("organiser.name"))

    monkeypatch.setattr(accounts, "_add", collide)
    with refused("already", "name"):
        accounts.create_organiser("Mette", PASSWORD)
    with refused("already", "name"):
        accounts.create_first_organiser(first_organiser_token(), "Mette", PASSWORD)


def test_a_wrong_first_link_is_refused_before_name_and_password_are_looked_at():
    """Hashing is slow, so who has no link must not be able to ask for it."""
    with refused("ended"):
        accounts.create_first_organiser("x" * 48, "", "")
    assert organisers() == []


def test_the_first_link_has_ended_when_an_account_was_made_while_the_password_was_hashed(monkeypatch: pytest.MonkeyPatch):
    hash_password = identity.hash_password

    def meanwhile(password: str) -> str:
        with writing_outside():
            db.session.add(Organiser(name="Anna", password_hash="-", created_at=clock.now()))
        return hash_password(password)

    monkeypatch.setattr(identity, "hash_password", meanwhile)
    with refused("ended"):
        accounts.create_first_organiser(first_organiser_token(), "Bo", PASSWORD)
    assert organisers() == ["Anna"]


def test_making_the_first_account_writes_the_row_that_keeps_two_processes_apart():
    assert marks.get("first") is None
    accounts.create_first_organiser(first_organiser_token(), "Anna", PASSWORD, "en")
    assert marks.get("first") is not None
    assert db.session.scalars(select(Organiser)).one().language == "en"
    with refused("ended"):
        accounts.check_first_link(first_organiser_token())


def test_an_invitation_is_locked_while_it_is_used_and_not_while_it_is_looked_at():
    token = accounts.invite_organiser()
    with locked_tables() as locked:
        accounts.check_invitation(token)
    assert locked == []
    with locked_tables() as locked:
        accounts.create_organiser("Bo", PASSWORD, invitation=token)
    assert locked == ["token"]
    with refused("ended"):
        accounts.check_invitation(token)
    with refused("ended"):
        accounts.create_organiser("Carl", PASSWORD, invitation=token)


def test_an_invitation_lasts_for_two_weeks_to_the_second():
    token = accounts.invite_organiser()
    issued = db.session.scalars(select(Token).where(Token.hash == identity.token_hash(token))).one()
    moment = clock.utc(issued.created_at) + timedelta(days=14)
    with clock.frozen(moment):
        accounts.check_invitation(token)
    with clock.frozen(moment + timedelta(seconds=1)), refused("ended"):
        accounts.check_invitation(token)


def test_a_log_in_is_no_invitation():
    accounts.create_organiser("Anna", PASSWORD)
    _, token = accounts.log_in("Anna", PASSWORD)
    with refused("ended"):
        accounts.create_organiser("Bo", PASSWORD, invitation=token)


def test_an_account_is_found_by_its_name_however_it_is_spaced_and_by_one_that_was_never_cleaned():
    made = accounts.create_organiser("Anna Holm", PASSWORD)
    assert accounts.log_in(" Anna \t Holm", PASSWORD)[0].id == made.id
    with writing_outside():
        db.session.get_one(Organiser, made.id).name = "Anna\u200bHolm"
    assert accounts.log_in("Anna\u200bHolm", PASSWORD)[0].id == made.id
    for name, password in (("Bo", PASSWORD), ("Anna\u200bHolm", ANOTHER)):
        with refused("not_allowed", "password"):
            accounts.log_in(name, password)


def test_a_changed_password_ends_the_other_log_ins_of_this_account_alone():
    anna, _ = accounts.create_organiser("Anna", PASSWORD), accounts.create_organiser("Bo", PASSWORD)
    tokens = [accounts.log_in(name, PASSWORD)[1] for name in ("Anna", "Anna", "Bo")]
    kept = identity.find(tokens[0])
    with refused("not_allowed", "old_password"):
        accounts.change_password(anna.id, ANOTHER, ANOTHER, kept.token_id)
    with refused("malformed", "password", least=passwords.LEAST):
        accounts.change_password(anna.id, PASSWORD, "kort", kept.token_id)
    assert alive(*tokens) == [True, True, True]
    accounts.change_password(anna.id, PASSWORD, ANOTHER, kept.token_id)
    assert alive(*tokens) == [True, False, True]
    with refused("not_allowed", "password"):
        accounts.log_in("Anna", PASSWORD)
    assert accounts.log_in("Anna", ANOTHER) and accounts.log_in("Bo", PASSWORD)
    accounts.log_out(kept.token_id)
    assert alive(*tokens) == [False, False, True]
    accounts.log_out(10**6)


def test_an_account_has_a_language_of_its_own():
    anna, bo = accounts.create_organiser("Anna", PASSWORD), accounts.create_organiser("Bo", PASSWORD)
    accounts.set_language(anna.id, "en")
    db.session.rollback()
    assert [db.session.get_one(Organiser, one.id).language for one in (anna, bo)] == ["en", "da"]
