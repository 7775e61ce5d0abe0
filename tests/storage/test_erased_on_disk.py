"""What is erased or deleted is in no byte of the database's files, and nobody waits for that."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.commands.privacy.author import NAME, WORDS, author_of_everything, room_that_can_close
from tests.commands.voting import Room
from tests.conftest import application
from workshop import vacuum
from workshop.commands.people.accounts import create_organiser
from workshop.commands.privacy.retention import erase_names_of
from workshop.commands.room.workshops import delete_workshop
from workshop.door import perform
from workshop.extensions import db, patient_connection
from workshop.models import Workshop

pytestmark = pytest.mark.on_disk

DISSENT = "imod, for torvet er allerede for lille"


@pytest.fixture
def room(app) -> Room:
    return room_that_can_close({"citizens": 40, "politicians": 6})


def path() -> Path:
    return Path(str(db.engine.url.database))


def files() -> bytes:
    """Every byte of the database: the file, the write-ahead log, its index."""
    db.session.rollback()
    found = sorted(path().parent.glob(f"{path().name}*"))
    assert path() in found
    return b"".join(file.read_bytes() for file in found)


def crowded(room: Room) -> None:
    """Rows that grow and move, so that SQLite splits pages."""
    for number, person in enumerate(room.everybody):
        perform(person, "set_name", {"name": f"{NAME} {number:03} " + "x" * (number % 30)})
        room.do(person, "post_idea", text=f"{WORDS['idea']} {number:03} " + "y" * (number * 5))


def found_of(*words: str) -> list[str]:
    content = files()
    return [word for word in words if word.encode() in content]


def test_deleting_a_workshop_leaves_no_name_idea_or_dissent(room):
    organiser = create_organiser("Anna Holm", "en lang adgangskode")
    workshop = db.session.get_one(Workshop, room.id)
    workshop.organiser_id, title = organiser.id, workshop.title
    db.session.commit()
    crowded(room)
    author_of_everything(room)
    decision = room.decision(room.text())
    room.stance(room.everybody[0], decision, "reservation", DISSENT)
    room.do(room.chair, "close_decision", decision=decision)
    words = (NAME, WORDS["idea"], WORDS["comment"], DISSENT)
    assert found_of(*words) == list(words)
    delete_workshop(organiser.id, room.id, {"title": title})
    assert found_of(*words) == []


def test_erasing_everybody_leaves_no_name_and_one_person_no_word(room):
    crowded(room)
    for number in (0, 7, 39):
        perform(room.everybody[number], "erase_me", {})
    assert found_of(*(f"{NAME} {number:03}" for number in (0, 7, 39)), f"{WORDS['idea']} 007") == []
    assert found_of(f"{NAME} 008") == [f"{NAME} 008"]
    room.do(room.chair, "close_workshop")
    erase_names_of(room.id)
    assert found_of(NAME) == []


def test_while_somebody_reads_only_the_checkpoint_is_tried_and_the_log_does_not_grow(room):
    """VACUUM wrote the whole file into the log again at each second."""
    crowded(room)
    said: list[str] = []
    listen = lambda *args: said.append(args[2])  # noqa: E731
    event.listen(Engine, "before_cursor_execute", listen)
    log = path().with_name(path().name + "-wal")
    try:
        with closing(sqlite3.connect(path(), isolation_level=None)) as reader:
            reader.execute("begin")
            reader.execute("select count(*) from idea").fetchone()
            perform(room.everybody[3], "erase_me", {})
            assert vacuum.is_waiting()
            size = log.stat().st_size
            assert size > 0
            for _ in range(5):
                vacuum.rewrite_if_waiting()
            assert vacuum.is_waiting() and log.stat().st_size == size
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert not [statement for statement in said if "VACUUM" in statement.upper()]
    vacuum.rewrite_if_waiting()
    assert not vacuum.is_waiting() and found_of(f"{NAME} 003") == []


def test_on_postgresql_a_locked_table_is_left_for_the_next_second(tmp_path, postgres_url):
    url = postgres_url.replace("postgresql://", "postgresql+psycopg://")
    other = application(tmp_path / "postgres", DATABASE_URL=url)
    with other.app_context():
        db.create_all()
        room = Room({"citizens": 6})
        person = room.everybody[0]
        perform(person, "set_name", {"name": NAME})
        with psycopg.connect(postgres_url) as holder:
            holder.execute("LOCK TABLE idea IN SHARE UPDATE EXCLUSIVE MODE")
            perform(person, "erase_me", {})
            assert vacuum.is_waiting()
        vacuum.rewrite_if_waiting()
        assert not vacuum.is_waiting()
        with patient_connection(db.engine) as look:
            dead = look.execute("SELECT count(*) FROM pg_stat_user_tables WHERE n_dead_tup > 0").fetchone()
        db.session.remove()
        db.engine.dispose()
    assert dead == (0,)
