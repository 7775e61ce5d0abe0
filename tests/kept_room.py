"""A rich room that is built once and put back in moments, and everything that can be seen of it."""

from __future__ import annotations

import copy
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests import databases
from tests.conftest import application, share_compiled
from tests.rich_room import RichRoom, build
from tests.scenarios import SCENARIOS
from workshop import identity, rate_limits
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, PARTICIPANT, Actor
from workshop.screens import snapshots
from workshop.store import writing_outside


@dataclass
class KeptRoom:
    """The application on a copy of the room's database; `put_back` undoes whatever a test has done to it."""

    app: Flask
    rich: RichRoom
    tokens: dict[str, str]
    elsewhere: RichRoom
    _original: databases.Original
    #: of each scenario that was played: the database it left, and what it answered
    _prepared: dict[str, tuple[databases.Original, Actor, dict[str, Any]]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.rich.room.id

    def put_back(self) -> None:
        self._put_over(self._original)

    def _put_over(self, original: databases.Original) -> None:
        db.session.remove()
        self._wait_for_readers()
        db.engine.dispose()
        original.put_over(str(db.engine.url.database))
        snapshots.clear()

    def _wait_for_readers(self) -> None:
        """A pump that a test before has woken may still read, and has its connection a moment longer than it runs. The file
        is not exchanged under it: SQLite would take the write-ahead log of the next connection away when that one closes."""
        pumps, pool = self.app.extensions["rundbord_live"].feed.pumps, db.engine.pool
        until = time.monotonic() + 10
        while pool.checkedout() or any(pump.running for pump in list(pumps.values())):
            assert time.monotonic() < until, "a pump does not come to rest"
            time.sleep(0.005)

    def actors(self) -> dict[str, Actor]:
        """An actor of each role in the room, by the name of its token."""
        return {name: identity.find(token) for name, token in self.tokens.items() if name != "ended"}

    def scenario(self, name: str, elsewhere: bool = False) -> tuple[Actor, dict[str, Any]]:
        """Who gives a command, and with which arguments it works, after what the scenario needs has been done."""
        return SCENARIOS[name](self.elsewhere if elsewhere else self.rich)

    def prepared(self, name: str) -> tuple[Actor, dict[str, Any]]:
        """What `scenario` answers, in the room put back to the moment after it. Closing the room for a command of the time
        after the seminar takes longer than most commands: each scenario is played once."""
        if name not in self._prepared:
            self.put_back()
            given = self.scenario(name)
            if self._original.kind != "sqlite":
                return given
            db.session.remove()
            self._wait_for_readers()
            left = Path(databases.own_name())
            kept = left.with_name(f"after-{name}.db")
            shutil.copyfile(left, kept)
            self._prepared[name] = databases.Original("sqlite", str(kept)), *given
        original, actor, args = self._prepared[name]
        self._put_over(original)
        return actor, copy.deepcopy(args)

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table as the database holds it: what nobody may have changed who was refused. Clocks and journal
        are among them. To be compared and not read: turning each value into Python's takes most of the time of
        `rows_to_read`."""
        db.session.rollback()
        connection = db.session.connection()
        found = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in _table_names()}
        db.session.rollback()
        return found

    def rows_to_read(self) -> dict[str, list[Any]]:
        """The same with the values as the models have them."""
        db.session.rollback()
        found = {table.name: list(db.session.execute(table.select())) for table in db.metadata.sorted_tables}
        db.session.rollback()
        return found


@cache
def _table_names() -> list[str]:
    return [table.name for table in db.metadata.sorted_tables]


def _tokens(rich: RichRoom) -> dict[str, str]:
    made = {name: secrets.token_urlsafe(24) for name in ("author", "other", FACILITATOR, BOARD, "ended")}
    with writing_outside():
        for name, actor in (("author", rich.author), ("other", rich.other), ("ended", rich.other)):
            row = identity.issue(
                made[name],
                PARTICIPANT,
                workshop_id=rich.room.id,
                participant_id=actor.participant_id,
                personal_code=actor.personal_code,
            )
            if name == "ended":
                row.ended_at = row.created_at
        for role in (FACILITATOR, BOARD):
            identity.issue(made[role], role, workshop_id=rich.room.id)
    return made


@contextmanager
def kept_room(folder: Path, kind: str = databases.KIND) -> Iterator[KeptRoom]:
    """A rich room with another beside it, on a database of that kind; SQLite's file is in the folder."""
    copied = folder / "copied"
    copied.mkdir()
    with databases.new_database(kind) as settings:
        with application(folder, **settings).app_context():
            share_compiled(db.engine)
            db.create_all()
            elsewhere, rich = build(), build()
            tokens = _tokens(rich)
            original = databases.Original(kind, databases.own_name())
        with original.copy(copied) as more:
            app = application(copied, **more)
            with app.app_context():
                share_compiled(db.engine)
                yield KeptRoom(app, rich, tokens, elsewhere, original)
                db.session.remove()
                db.engine.dispose()


@pytest.fixture(scope="module")
def built_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptRoom]:
    with kept_room(tmp_path_factory.mktemp("rich")) as room:
        yield room


@pytest.fixture
def kept(built_room: KeptRoom, monkeypatch: pytest.MonkeyPatch) -> KeptRoom:
    """The room as it was built. Nobody is held up: the pace has tests of its own."""
    monkeypatch.setattr(rate_limits, "check", lambda actor: None)
    monkeypatch.setattr(rate_limits, "note_wrong_code", lambda address: None)
    built_room.put_back()
    return built_room
