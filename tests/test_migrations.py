"""The database is brought up to date at start: once, wholly, and as the models say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from tests.commands.voting import GOAL, Room
from tests.databases import Original, new_database
from workshop import identity, screens
from workshop.app import create_app, upgrade_database
from workshop.config import load_settings
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Answer, Ballot, Decision, Group, Participation, Turnout

ROOT = Path(__file__).parent.parent
UPGRADE = (
    "from tests.as_installed import hide; hide(); import os, sys; from workshop.app import *; "
    "from workshop.config import load_settings; "
    "upgrade_database(create_app(load_settings(os.environ))); print(*sys.modules)"
)
#: these write files and compare ideas; each is loaded when that is first done, or a start would take longer
NOT_AT_START = {"docx", "icalendar", "openpyxl", "snowballstemmer"}


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request) -> str:
    return request.param


@pytest.fixture
def environ(kind, tmp_path) -> Iterator[dict[str, str]]:
    """Settings with an empty database of each kind."""
    with new_database(kind) as settings:
        yield {"INSTANCE_PATH": str(tmp_path), **settings}


@pytest.fixture
def upgraded(kind: str, upgraded_original: Callable[[str], Original], tmp_path: Path) -> Iterator[Flask]:
    """On a copy of a database of each kind that was empty and upgraded."""
    with upgraded_original(kind).copy(tmp_path) as settings:
        application = create_app(load_settings({"INSTANCE_PATH": str(tmp_path), **settings}))
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


@pytest.mark.parametrize("kind", ["sqlite"])
def test_an_upgrade_leaves_the_connection_guarding_its_references(environ):
    application = create_app(load_settings(environ))
    upgrade_database(application)
    with application.app_context():
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        db.engine.dispose()


def test_processes_that_start_together_upgrade_one_after_the_other(environ):
    started = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE],
            env={"PATH": os.environ["PATH"], **environ},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=150) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], "\n".join(errors for _, errors in said)
    loaded = set(said[0][0].split())
    assert "workshop.export.files" in loaded and not loaded & NOT_AT_START


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
    for vote_id, model in ((ballot, Ballot), (decision, Decision)):
        assert (room.record(vote_id)["openness"], room.record(vote_id)["open_groups"]) == ("secret", [])
        assert "openness" not in db.session.get_one(model, int(vote_id.split(":")[1])).terms()
    room.stance(room.everybody[0], decision, "for")
    assert room.record(f"group:{db.session.scalars(select(Group.id)).first()}", "facilitator")["open_vote"] is None


def test_a_vote_that_is_open_during_the_upgrade_has_a_turnout_that_moves(upgraded):
    """Taken back to before, and brought up again: the open ones have the record, with the clock they last moved at."""
    room = Room({"citizens": 6})
    ideas = room.ideas(2)
    ended = room.ballot(ideas)
    room.do(room.chair, "close_ballot", ballot=ended)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    room.do(room.chair, "move_idea", idea=ideas[1], before=ideas[0])
    theme = [room.do(room.chair, "create_theme", title=title)["theme"] for title in ("Mad", "Rum", "Tid")]
    room.do(room.chair, "move_theme", theme=theme[2], before=theme[1])
    assert room.record(theme[2])["position"] == 0.5
    db.session.remove()
    downgrade(directory=str(ROOT / "workshop" / "migrations"), revision="0007")
    assert db.session.execute(text("SELECT position FROM theme ORDER BY id")).scalars().all() == [0, 2, 1]
    db.session.remove()
    upgrade_database(upgraded)
    rows = db.session.execute(select(Turnout.vote_id, Turnout.seq).order_by(Turnout.id)).all()
    seqs = {model: db.session.scalars(select(model.seq).where(model.state == "open")).one() for model in (Ballot, Decision)}
    assert rows == [(ballot, seqs[Ballot]), (decision, seqs[Decision])]
    since = room.clock()
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    put = screens.live_changes(room.id, since, "room")["put"]
    assert [(record["on"], record["turnout"]) for record in put] == [(ballot, {"voted": 1, "eligible": 6})]
    room.do(room.chair, "move_theme", theme=theme[0], before=theme[1])
    assert [room.record(one)["position"] for one in theme] == [1.5, 2, 1]


def test_the_seeds_of_before_are_taken_out_of_the_answers_and_off_the_disk(upgraded):
    """A visitor's command id led to the person's token. Answers to people, and who is in, stay."""
    seed = "0123456789abcdef0123456789abcdef"
    room = Room({"citizens": 1})
    person = room.everybody[0]
    perform(person, "set_ready", {"ready": True}, seed)
    db.session.remove()
    downgrade(directory=str(ROOT / "workshop" / "migrations"), revision="0007")
    values = {"actor": "visitor", "command_id": seed[::-1], "workshop_id": room.id, "name": "join", "seq": 2}
    db.session.execute(Answer.__table__.insert(), values)
    db.session.commit()
    db.session.remove()
    upgrade_database(upgraded)
    assert [(row.actor, row.command_id) for row in db.session.query(Answer)] == [(person.pseudonym, seed)]
    assert identity.check_actor(person) is not None
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        kept = b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))
        assert seed.encode() in kept and seed[::-1].encode() not in kept


def test_texts_of_before_are_shown_as_they_stand_and_a_draft_is_the_text_where_there_are_no_drafts(upgraded):
    room = Room({"citizens": 2})
    goal, other = (room.do(room.chair, "draft_goal", **GOAL)["goal"] for _ in range(2))
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Under arbejde", draft=True)
    room.do(room.chair, "edit_goal", goal=other, version=1, title="Vist")
    db.session.remove()
    downgrade(directory=str(ROOT / "workshop" / "migrations"), revision="0031")
    rows = db.session.execute(text("SELECT version, content FROM goal ORDER BY id")).all()
    assert [(row.version, "Under arbejde" in str(row.content)) for row in rows] == [(2, True), (2, False)]
    db.session.remove()
    upgrade_database(upgraded)
    assert [room.record(one)["title"] for one in (goal, other)] == ["Under arbejde", "Vist"]
    since = room.clock()
    assert {one["id"] for one in screens.changes(room.id, since - 1, "room")["put"]} >= {other}
    room.do(room.chair, "edit_goal", goal=goal, version=2, title="Igen", draft=True)
    assert (room.record(goal)["version"], room.record(goal, "board")["version"]) == (2, 3)
