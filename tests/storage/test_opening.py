"""What a start does with the database it finds: an older one is copied and updated, a damaged one is refused with advice."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask_migrate import downgrade

from tests.apart import run
from tests.live.lines import House, Room, open_room
from tests.load import prepared
from tests.load.crowd import Crowd
from tests.load.server import Server
from workshop import backup, opening
from workshop.app import create_app
from workshop.config import load_settings
from workshop.extensions import db

EARLIER = "0044"


def rows(file: Path, statement: str) -> list[tuple]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(statement).fetchall()


def make_older(folder: Path) -> None:
    """Take the schema of a stopped server's database back to an earlier version."""
    app = create_app(load_settings({"INSTANCE_PATH": str(folder), "SECRET_KEY": "of no server, 32 characters long"}))
    with app.app_context():
        downgrade(directory=app.extensions["migrate"].directory, revision=EARLIER)
        db.session.remove()
        db.engine.dispose()


def test_a_new_version_is_deployed_in_the_middle_and_the_database_of_the_old_one_is_kept(tmp_path: Path):
    """Posts, votes and joins are on their way while the old server ends and the new one updates its database."""

    async def scene(server: Server, room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(8)
        option = await crowd.post(phones[0], "Før")
        ballot = await crowd.open_ballot([option])
        jobs = [asyncio.create_task(crowd.vote(phone, ballot, option)) for phone in phones]
        jobs += [asyncio.create_task(crowd.post(phone, f"Imens {place}")) for place, phone in enumerate(phones)]
        jobs += [asyncio.create_task(crowd.come(4))]
        while len(crowd.votes[ballot]) < 3:
            await asyncio.sleep(0)
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(make_older, tmp_path)
        await asyncio.to_thread(server.start)
        await asyncio.gather(*jobs)
        account = await crowd.account()
        print(account)
        assert account.is_whole() and account.acknowledged == 1 + 8 + 8 + 12

    async def whole() -> None:
        with Server(tmp_path) as server:
            async with open_room(House.open(server), "light") as room:
                await scene(server, room)

    run(whole())
    (kept,) = (tmp_path / "backups").glob("before-update-*.sqlite")
    assert kept.stat().st_mode & 0o077 == 0 and str(kept) in (tmp_path / "server.log").read_text()
    assert rows(kept, "SELECT version_num FROM alembic_version") == [(EARLIER,)]
    assert rows(kept, "PRAGMA integrity_check") == [("ok",)] and ("Før",) in rows(kept, "SELECT text FROM idea")
    assert rows(tmp_path / "rundbord.sqlite", "SELECT version_num FROM alembic_version") != [(EARLIER,)]


def spoil(file: Path) -> None:
    """Overwrite pages in the middle of the file, as a failing disk does; its head stays."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 3)
        opened.write(os.urandom(size // 3))


def test_a_file_that_is_damaged_in_the_middle_is_refused_and_the_newest_copy_is_named(tmp_path: Path):
    file, newest = tmp_path / "rundbord.sqlite", tmp_path / "backups" / "rundbord-20270101T120000Z.sqlite"
    prepared.put_into(tmp_path)
    backup.copy(str(file), str(newest))
    spoil(file)
    with pytest.raises(RuntimeError) as refused:
        Server(tmp_path, {"LANGUAGE": "en"}).start()
    said = str(refused.value)
    assert "The database file is damaged." in said and "Traceback" not in said
    assert re.search(r"copy: (\S+\.sqlite)", said).group(1) == str(newest)
    backup.restore(
        str(newest), str(file), {version for (version,) in rows(newest, "SELECT version_num FROM alembic_version")}
    )
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "SELECT name FROM organiser") == [(prepared.ORGANISER,)]


def settings_of(folder: Path):
    return load_settings({"INSTANCE_PATH": str(folder), "SECRET_KEY": "of no server, 32 characters long"})


def a_database(folder: Path, revision: str) -> None:
    with closing(sqlite3.connect(folder / "rundbord.sqlite")) as database, database:
        for table in ("ballot (id, state)", "decision (id, state)"):
            database.execute(f"CREATE TABLE {table}")
        database.execute("CREATE TABLE alembic_version (version_num)")
        database.execute("INSERT INTO alembic_version VALUES (?)", (revision,))


@pytest.mark.parametrize(("revision", "copied"), [("1", True), ("2", False), ("9", False)])
def test_only_a_database_of_an_earlier_version_is_copied(tmp_path: Path, revision: str, copied: bool):
    a_database(tmp_path, revision)
    found = opening.examine(settings_of(tmp_path), {"1"})
    assert (found is not None) == copied
    assert list((tmp_path / "backups").glob("*")) == ([found] if copied else [])


def test_the_copy_is_kept_for_a_week(tmp_path: Path):
    a_database(tmp_path, "1")
    first = opening.examine(settings_of(tmp_path), {"1"})
    opening.examine(settings_of(tmp_path), set())
    assert first.exists()
    week_ago = first.with_name(backup.stamped("before-update", datetime.now(UTC) - opening.KEPT - timedelta(minutes=1)))
    first.rename(week_ago)
    opening.examine(settings_of(tmp_path), set())
    assert not week_ago.exists()


def test_where_there_is_no_database_and_on_postgresql_nothing_is_done(tmp_path: Path):
    assert opening.examine(settings_of(tmp_path / "nowhere"), {"1"}) is None
    settings = load_settings({"INSTANCE_PATH": str(tmp_path), "DATABASE_URL": "postgresql://a@127.0.0.1/b"})
    assert opening.examine(settings, {"1"}) is None
