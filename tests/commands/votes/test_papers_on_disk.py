"""The keys and the order of secret papers on the disk, before and after closing."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from tests.commands.database_file import on_disk, opened
from tests.commands.votes.secret_votes import WORDS, dots, everybody_votes
from tests.commands.voting import Room, papers
from workshop import identity, vacuum
from workshop.app import create_app
from workshop.config import load_settings
from workshop.extensions import db

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.on_disk]


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def test_an_open_paper_lies_under_a_key_that_the_database_cannot_make(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    assert {paper.key for paper in papers(ballot)} == set(keys)
    disk = on_disk()
    for person in room.everybody:
        assert person.personal_code.encode() not in disk
    assert identity.secret().encode() not in disk


def test_at_closing_every_key_becomes_a_random_one(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    before = sorted(json.dumps(paper.content) for paper in papers(ballot))
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert sorted(json.dumps(paper.content) for paper in papers(ballot)) == before
    assert not {paper.key for paper in papers(ballot)} & set(keys)
    assert all(len(paper.key) == 64 for paper in papers(ballot))
    assert room.mine(room.everybody[0])["ballots"] == {}


def test_the_old_keys_are_gone_from_the_disk(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    assert all(key.encode() in on_disk() for key in keys)
    room.do(room.chair, "close_ballot", ballot=ballot)
    disk = on_disk()
    assert [key for key in keys if key.encode() in disk] == []
    assert all(paper.key.encode() in disk for paper in papers(ballot))


def test_old_keys_a_reader_kept_on_the_disk_go_with_the_next_second(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    with opened() as reader:
        reader.execute("begin")
        reader.execute("select count(*) from paper").fetchone()
        room.do(room.chair, "close_ballot", ballot=ballot)
        assert any(key.encode() in on_disk() for key in keys)
        vacuum.rewrite_if_waiting()
        assert any(key.encode() in on_disk() for key in keys)
    vacuum.rewrite_if_waiting()
    assert [key for key in keys if key.encode() in on_disk()] == []


@pytest.fixture
def on_postgresql(app: Flask, postgres_url: str, tmp_path: Path) -> Iterator[str]:
    """An application on PostgreSQL that can count dead rows; the database's address."""
    url = postgres_url.replace("postgresql://", "postgresql+psycopg://")
    settings = load_settings({"INSTANCE_PATH": str(tmp_path / "other"), "SECRET_KEY": "x" * 32, "DATABASE_URL": url})
    other = create_app(settings, testing=True)
    with other.app_context():
        db.create_all()
        with db.engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION pgstattuple"))
        yield postgres_url
        db.session.remove()
        db.engine.dispose()


def dead_papers() -> int:
    """Returns how many dead rows lie in the table of papers, also those that somebody may still read."""
    dead = int(db.session.scalar(text("select dead_tuple_count from pgstattuple('paper')")) or 0)
    db.session.rollback()
    return dead


def vacuumed() -> bool:
    """Returns whether nothing waits to be vacuumed, after some tries, as by the ticker: autovacuum may have locked a table or
    read one."""
    for _ in range(30):
        vacuum.rewrite_if_waiting()
        if not vacuum.is_waiting():
            return True
        time.sleep(0.5)
    return False


@pytest.mark.usefixtures("on_postgresql")
def test_on_postgresql_no_dead_row_keeps_an_old_key():
    room = Room({"citizens": 6, "politicians": 6})
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    room.do(room.chair, "close_ballot", ballot=ballot)
    stored = [paper.key for paper in papers(ballot)]
    in_order = list(db.session.scalars(text("select key from paper order by ctid")))
    moments = set(db.session.scalars(text("select xmin::text from paper")))
    db.session.rollback()
    assert vacuumed() and dead_papers() == 0
    assert not set(stored) & set(keys) and len(stored) == 12
    assert in_order == sorted(stored) and len(moments) == 1


def test_on_postgresql_rows_that_somebody_may_still_read_go_when_nobody_does(on_postgresql):
    """PostgreSQL says of a VACUUM that it succeeded also where it had to leave them."""
    room = Room({"citizens": 6, "politicians": 6})
    ballot, ideas = dots(room)
    everybody_votes(room, ballot, ideas)
    assert vacuumed()
    with psycopg.connect(on_postgresql) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM paper")
        room.do(room.chair, "close_ballot", ballot=ballot)
        assert vacuum.is_waiting() and dead_papers() == 12
        vacuum.rewrite_if_waiting()
        assert vacuum.is_waiting() and dead_papers() == 12
    assert vacuumed() and dead_papers() == 0


def test_the_stances_of_an_ended_decision_are_gone_from_the_disk(room):
    goal = room.text()
    decision = room.decision(goal)
    room.stance(room.everybody[0], decision, "against", WORDS)
    assert WORDS.encode() in on_disk()
    room.do(room.chair, "drop_text", on=goal)
    assert WORDS.encode() not in on_disk()


def test_neither_row_number_nor_place_on_disk_tells_who_came_first(room):
    ballot, ideas = dots(room)
    everybody_votes(room, ballot, ideas)
    room.do(room.chair, "close_ballot", ballot=ballot)
    with opened() as connection:
        for table in ("paper", "participation"):
            with pytest.raises(sqlite3.OperationalError, match="rowid"):
                connection.execute(f"select rowid from {table}")
        stored = [row[0] for row in connection.execute("select key from paper")]
        people = [row[0] for row in connection.execute("select participant_id from participation")]
    assert stored == sorted(stored)
    assert people == sorted(people)
    disk = on_disk()
    on_page = sorted(stored, key=lambda key: disk.index(key.encode()), reverse=True)
    cast = [paper.content[ideas[0]] for paper in papers(ballot)]
    # A page is filled from its end: the cells lie in the order they were written, which is that of the keys.
    assert on_page == stored
    assert cast != sorted(cast)


def test_the_order_of_the_papers_differs_from_closing_to_closing(room):
    orders = set()
    for _ in range(3):
        ballot, ideas = dots(room)
        everybody_votes(room, ballot, ideas)
        room.do(room.chair, "close_ballot", ballot=ballot)
        orders.add(tuple(paper.content[ideas[0]] for paper in papers(ballot)))
    assert len(orders) == 3
