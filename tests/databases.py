"""A database that is made once and copied for each test: a file of SQLite or, where asked, a database of PostgreSQL.

`TEST_DATABASE=postgresql` has the tests of this process played there (`make test-servers`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import application, share_compiled
from tests.postgres_rows import keep_postgres, restore_postgres
from tests.services import copied_postgres, drop_postgres, make_postgres, new_postgres_name
from workshop.app import upgrade_database
from workshop.extensions import db

#: "sqlite" or "postgresql"
KIND = os.environ.get("TEST_DATABASE", "sqlite")


@contextmanager
def new_database(kind: str = KIND) -> Iterator[dict[str, str]]:
    """The settings of an application on an empty database. PostgreSQL's is dropped at the end; the file of SQLite lies in the
    application's own folder."""
    if kind == "sqlite":
        yield {}
        return
    name = new_postgres_name()
    try:
        yield {"DATABASE_URL": make_postgres(name)}
    finally:
        drop_postgres(name)


def own_name() -> str:
    """Returns the path (SQLite) or the name (PostgreSQL) of the application's database, which nobody is connected to
    afterwards and which is wholly in its file."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()
    return str(db.engine.url.database)


@dataclass
class Original:
    """A database that is copied, by its path or name. Nobody may be connected to it."""

    kind: str
    name: str

    @contextmanager
    def copy(self, folder: Path) -> Iterator[dict[str, str]]:
        """The settings of an application in this folder, on a copy."""
        if self.kind == "sqlite":
            shutil.copyfile(self.name, folder / Path(self.name).name)
            yield {}
        else:
            with copied_postgres(self.name) as url:
                yield {"DATABASE_URL": url}

    def put_over(self, name: str) -> None:
        """Makes another database, to which nobody is connected either, a copy of this one."""
        if self.kind == "sqlite":
            for end in ("-wal", "-shm"):
                Path(name + end).unlink(missing_ok=True)
            shutil.copyfile(self.name, name)
        elif not restore_postgres(name):
            drop_postgres(name)
            make_postgres(name, copied_from=self.name)
            keep_postgres(name)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Original]:
    """A database with every table and no row: making the tables takes longer than most tests."""
    with new_database() as settings:
        with application(tmp_path_factory.mktemp("template"), **settings).app_context():
            db.create_all()
            name = own_name()
        yield Original(KIND, name)


@pytest.fixture(scope="session")
def upgraded_original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Original]]:
    """Of each kind, a database that the migrations have made and nobody has written to. A copy takes less than they do."""
    with ExitStack() as stack:

        @cache
        def made(kind: str) -> Original:
            app = application(tmp_path_factory.mktemp("upgraded"), **stack.enter_context(new_database(kind)))
            upgrade_database(app)
            with app.app_context():
                return Original(kind, own_name())

        yield made


@pytest.fixture
def app(tmp_path: Path, empty_database: Original) -> Iterator[Flask]:
    """The application on an empty database of its own, inside an application context."""
    with empty_database.copy(tmp_path) as settings:
        made = application(tmp_path, **settings)
        with made.app_context():
            share_compiled(db.engine)
            yield made
            db.session.remove()
            db.engine.dispose()
