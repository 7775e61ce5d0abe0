"""The database is brought up to date at start: once, wholly, and as the models say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from tests.commands.voting import GOAL, Room
from workshop import screens
from workshop.app import create_app, upgrade_database
from workshop.config import load_settings
from workshop.extensions import db
from workshop.models import Ballot, Decision, Group, Participation

ROOT = Path(__file__).parent.parent
UPGRADE = (
    "import os; from workshop.app import *; from workshop.config import load_settings; "
    "upgrade_database(create_app(load_settings(os.environ)))"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def environ(request, tmp_path) -> dict[str, str]:
    """Settings with an empty database of each kind."""
    settings = {"INSTANCE_PATH": str(tmp_path)}
    if request.param == "postgresql":
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return settings


@pytest.fixture
def upgraded(environ) -> Iterator[Flask]:
    application = create_app(load_settings(environ))
    upgrade_database(application)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def test_the_migrations_make_the_tables_of_the_models(upgraded):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            difference
            for difference in compare_metadata(context, db.metadata)
            # Column types are compared where the database keeps them apart; SQLite does not.
            if not (db.engine.dialect.name == "sqlite" and isinstance(difference, list))
        ]
    assert differences == []


def test_upgrading_again_changes_nothing(upgraded):
    before = inspect(db.engine).get_table_names()
    upgrade_database(upgraded)
    assert inspect(db.engine).get_table_names() == before


def test_an_upgrade_leaves_the_connection_guarding_its_references(upgraded):
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_processes_that_start_together_upgrade_one_after_the_other(environ):
    started = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE],
            env={"PATH": os.environ["PATH"], **environ},
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], "\n".join(errors)


def test_an_amendment_accepted_before_is_found_in_the_version_that_took_it_in(upgraded):
    """A database of the revision before, with data in it: nothing is lost, and the new column is filled from what is kept."""
    folder = str(ROOT / "workshop" / "migrations")
    room = Room({"citizens": 2})
    goal = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    for title, reason in (("Mere mad", "Fordi"), ("Bedre mad", "")):
        made = room.do(room.everybody[0], "propose_amendment", on=goal, field="title", new=title, reason=reason)
        room.do(room.chair, "accept_amendment", **made)
    db.session.remove()
    downgrade(directory=folder, revision="0003")
    upgrade(directory=folder)
    rows = db.session.execute(text("SELECT new, in_version, sort, proposed_by FROM amendment ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("Mere mad", 2, "change", None), ("Bedre mad", 3, "change", None)]
    db.session.remove()


def test_every_migration_can_be_taken_back(upgraded):
    downgrade(directory=str(ROOT / "workshop" / "migrations"), revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]


def test_a_room_from_before_there_were_seats_goes_on(upgraded):
    """People, comments and votes that are there already are those of phones; the first seat has the first number."""
    folder = str(ROOT / "workshop" / "migrations")
    seats = next(one for one in ScriptDirectory(folder).walk_revisions() if one.path.endswith("_seats.py"))
    room = Room({"citizens": 2})
    idea = room.ideas(1)[0]
    room.do(room.everybody[1], "post_comment", on=idea, text="Ja", sort="builds_on")
    ballot = room.ballot([idea])
    room.cast(room.everybody[0], ballot, choices={idea: 1})
    before = {audience: screens.changes(room.id, 0, audience) for audience in ("room", "facilitator")}
    db.session.remove()
    downgrade(directory=folder, revision=str(seats.down_revision))
    assert "seat" not in {column["name"] for column in inspect(db.engine).get_columns("participant")}
    upgrade_database(upgraded)
    assert {audience: screens.changes(room.id, 0, audience) for audience in ("room", "facilitator")} == before
    assert db.session.query(Participation).one().by_helper is False
    assert room.do(room.helper, "create_seat", group="citizens")["number"] == 1


def test_votes_of_before_open_votes_are_secret_after_the_upgrade(upgraded):
    """A database with people and votes, taken back to before and brought up again: nothing is lost, nothing is made up."""
    room = Room({"citizens": 6, "politicians": 6})
    ideas = room.ideas(2)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    db.session.remove()
    downgrade(directory=str(ROOT / "workshop" / "migrations"), revision="0003")
    assert "named_paper" not in inspect(db.engine).get_table_names()
    upgrade_database(upgraded)
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 12}
    for subject, model in ((ballot, Ballot), (decision, Decision)):
        assert (room.record(subject)["openness"], room.record(subject)["open_groups"]) == ("secret", [])
        assert "openness" not in db.session.get_one(model, int(subject.split(":")[1])).terms()
    room.stance(room.everybody[0], decision, "for")
    assert room.record(f"group:{db.session.scalars(select(Group.id)).first()}", "facilitator")["open_vote"] is None
