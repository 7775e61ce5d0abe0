"""Names and codes go when a workshop's retention time is over; the record, its counts and the chain stay."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.privacy.author import chain_of, on_disk, room_that_can_close
from tests.commands.voting import Room, refused
from tests.conftest import application
from workshop import clock, screens
from workshop.app import upgrade_database
from workshop.commands.privacy import retention
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import ORGANISER, SYSTEM, VISITOR, Actor
from workshop.models import Agreement, Commitment, JournalEntry, Participant, Token, Workshop

pytestmark = pytest.mark.on_disk

NAMES = ("Ingeborg Tranekær", "Bertil Ravnsbjerg")


@pytest.fixture
def room(app: Flask) -> Room:
    """A room in which two people have said their names and stand behind an agreement; one wants to stay named."""
    made = room_that_can_close({"citizens": 6, "politicians": 5}, retention_days=90)
    agreement = made.text(Agreement)
    for person, name, keep in zip(made.people["citizens"], NAMES, (False, True), strict=False):
        perform(person, "set_name", {"name": name})
        made.do(person, "make_commitment", on=agreement, standing="behind", words="Det holder vi", keep=keep)
    perform(made.chair, "set_name", {"name": "Ordstyrer Olsen"})
    return made


def close(room: Room) -> None:
    room.do(room.chair, "close_workshop")


def names_in(room: Room) -> list[str]:
    db.session.rollback()
    people = select(Participant.name).where(Participant.workshop_id == room.id, Participant.name.is_not(None))
    return list(db.session.scalars(people))


def days_from_now(days: float):
    return clock.now() + timedelta(days=days)


def erase_due(moment=None):
    """The names of every workshop whose time is over are erased, whatever the clock did before."""
    return retention.erase_all(retention.due(moment or clock.now()))


def test_names_stay_until_the_time_is_over_and_go_then(room):
    close(room)
    assert erase_due(days_from_now(89.9)) == [] and len(names_in(room)) == 2
    assert erase_due(days_from_now(90)) == [room.id] and names_in(room) == []
    assert erase_due(days_from_now(91)) == []


def test_an_open_workshop_keeps_its_names(room):
    assert erase_due(days_from_now(200)) == []
    with refused("wrong_step", "workshop", state="open"):
        retention.erase_names_of(room.id)
    assert len(names_in(room)) == 2


def test_a_workshop_nobody_closed_and_nobody_used_for_a_year_loses_its_names_too(room):
    later = days_from_now(366)
    with clock.frozen(later):
        assert erase_due() == [room.id]
    assert names_in(room) == []


def test_opened_again_and_closed_again_its_new_names_go_too(room):
    with clock.frozen(days_from_now(-200)):
        close(room)
    assert erase_due() == [room.id]
    room.do(room.chair, "open_workshop")
    perform(room.join("citizens"), "set_name", {"name": "Ny Person"})
    close(room)
    assert erase_due(days_from_now(1)) == [] and names_in(room) == ["Ny Person"]
    assert erase_due(days_from_now(91)) == [room.id] and names_in(room) == []


def test_names_without_a_promise_to_keep_them_are_in_no_byte_of_the_file(room):
    db.session.rollback()
    close(room)
    retention.erase_names_of(room.id)
    after = on_disk()
    assert NAMES[0].encode() not in after and b"Ordstyrer Olsen" not in after
    assert NAMES[1].encode() in after


def test_commitments_become_unnamed_but_for_those_that_were_made_to_stay(room):
    close(room)
    assert retention.erase_names_of(room.id) == {"people": 2, "commitments": 1, "votes": 0}
    rows = db.session.scalars(select(Commitment).order_by(Commitment.id)).all()
    assert [(row.name, row.words, row.standing) for row in rows] == [
        (None, "Det holder vi", "behind"),
        (NAMES[1], "Det holder vi", "behind"),
    ]


def test_codes_and_tokens_end_for_people_and_the_facilitators_link_goes_on(room):
    person = room.everybody[0]
    close(room)
    retention.erase_names_of(room.id)
    with refused("unknown_code", "reentry_code"):
        perform(Actor(VISITOR, room.id), "reenter", {"reentry_code": person.personal_code, "token": "t" * 32})
    with refused("ended"):
        perform(person, "erase_me", {})
    of_people = db.session.scalars(select(Token).where(Token.participant_id.is_not(None))).all()
    assert all(token.ended_at is not None and token.sealed_code is None for token in of_people)
    assert perform(room.chair, "open_workshop", {})["ok"]


def test_the_record_and_its_counts_stay_and_the_chain_holds(room):
    idea = room.ideas(1)[0]
    ballot = room.ballot([idea])
    for person in room.everybody:
        room.cast(person, ballot, choices={idea: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    close(room)
    before = {record["id"]: record for record in screens.changes(room.id, 0, "room")["put"]}
    retention.erase_names_of(room.id)
    db.session.rollback()
    after = {record["id"]: record for record in screens.changes(room.id, 0, "room")["put"]}
    changed = {record_id for record_id in before if before[record_id] != after[record_id]}
    assert before.keys() == after.keys() and changed == {"commitment:1"}
    assert chain_of(room).holds


def test_only_entries_that_held_names_lose_their_salt(room):
    room.ideas(1)
    close(room)
    retention.erase_names_of(room.id)
    salted = {
        row.name: row.salt is not None
        for row in db.session.scalars(select(JournalEntry).where(JournalEntry.workshop_id == room.id))
    }
    assert {name for name, kept in salted.items() if not kept} == {"join", "set_name"}


def test_only_the_clock_the_command_line_and_the_organiser_may(room):
    close(room)
    with refused("not_allowed"):
        perform(room.chair, "erase_names", {})
    organiser = db.session.get_one(Workshop, room.id).organiser_id
    assert perform(Actor(ORGANISER, room.id, organiser_id=organiser), "erase_names", {})["ok"]


def test_the_ticker_does_it_when_the_server_starts_and_each_hour(app, room, monkeypatch):
    from workshop.jobs import ticker

    asked: list[int] = []
    monkeypatch.setattr(ticker.retention, "erase_overdue", lambda: asked.append(1))
    live = app.extensions["rundbord_live"]
    for ticks in (1, 2, 60, 3600, 3601):
        ticker.tick(live.connections, live.feed, live.presence, ticks)
    assert len(asked) == 2


@pytest.fixture
def command_line(tmp_path: Path):
    """The command line on a database with one workshop that closed long ago and one that closed now."""
    made = application(tmp_path)
    upgrade_database(made)
    with made.app_context():
        old, new = (room_that_can_close({"citizens": 5}) for _ in range(2))
        for room in (old, new):
            perform(room.everybody[0], "set_name", {"name": NAMES[0]})
        with clock.frozen(days_from_now(-100)):
            close(old)
        close(new)
        db.session.remove()
        db.engine.dispose()
    yield lambda *words: made.test_cli_runner().invoke(args=["erase-names", *words]), old.id, new.id
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_the_command_line_erases_what_is_due_or_one_workshop_at_once(command_line):
    run, old, new = command_line
    assert run().output == f"workshop {old}: 1 names, 0 commitments, 0 votes by name\n"
    assert run().output == "no workshop's retention time is over\n"
    assert run("--workshop", str(new)).output == f"workshop {new}: 1 names, 0 commitments, 0 votes by name\n"
    missing = run("--workshop", "99")
    assert missing.exit_code == 1 and "not_found" in missing.output


def test_the_system_actor_is_named_without_a_person_in_the_journal(room):
    close(room)
    retention.erase_names_of(room.id)
    entry = db.session.scalar(select(JournalEntry).where(JournalEntry.name == "erase_names"))
    assert entry.actor == SYSTEM and NAMES[0] not in json.dumps(entry.args, ensure_ascii=False)
