"""The ring of copies that a running server keeps: how many, how old, and what a full disk does to it."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands.voting import Room
from tests.conftest import SECRET_KEY
from tests.storage.copied import NAME, path, room_of_a_revision
from workshop import backup
from workshop.config import load_settings
from workshop.door import perform
from workshop.jobs.backups import Backups

NOW = datetime.now(UTC)


@pytest.fixture
def room(app) -> Room:
    return room_of_a_revision()


def ring(tmp_path: Path, copies: int = 3) -> backup.Ring:
    return backup.Ring(tmp_path / "backups", 10, copies)


def aged(ring: backup.Ring, minutes: float) -> None:
    for file in ring.kept():
        file.rename(file.with_name(backup.stamped("rundbord", NOW - timedelta(minutes=minutes))))


def test_the_ring_keeps_so_many_and_no_more(room, tmp_path):
    kept = ring(tmp_path)
    names = []
    for turn in range(5):
        assert kept.turn(str(path()), True, NOW + timedelta(seconds=turn)) == "made"
        names.append(kept.kept()[-1].name)
    assert [file.name for file in kept.kept()] == names[-3:]
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700


def test_what_is_erased_is_in_no_copy_older_than_the_ring(room, tmp_path):
    kept = ring(tmp_path)
    perform(room.everybody[0], "set_name", {"name": NAME})
    kept.turn(str(path()), True, NOW - timedelta(minutes=31))
    assert NAME.encode() in kept.kept()[0].read_bytes()
    perform(room.everybody[0], "erase_me", {})
    kept.turn(str(path()), True, NOW)
    assert len(kept.kept()) == 1 and NAME.encode() not in kept.kept()[0].read_bytes()


def test_a_ring_that_stands_still_keeps_its_newest_and_lets_the_old_go(room, tmp_path):
    kept = ring(tmp_path)
    for turn in range(2):
        kept.turn(str(path()), True, NOW - timedelta(minutes=40 - turn))
    newest = kept.kept()[-1]
    assert kept.turn(str(path()), False, NOW) == "same"
    assert kept.kept() == [newest]


def test_when_a_copy_was_made_is_in_its_name_and_else_the_time_of_the_file(tmp_path):
    named, part, other, no_day = (
        tmp_path / name
        for name in (
            backup.stamped("rundbord", NOW),
            f".{backup.stamped('rundbord', NOW)}.1a2b.part",
            "mine.sqlite",
            "rundbord-20261399T000000Z.sqlite",
        )
    )
    for file in (named, part, other, no_day):
        file.touch()
        os.utime(file, (5, 5))
    assert [backup.made_at(file) for file in (named, part, other, no_day)] == [*[int(NOW.timestamp())] * 2, 5, 5]


def test_on_a_disk_that_is_nearly_full_no_copy_is_made_and_the_old_go(room, tmp_path, monkeypatch):
    kept = ring(tmp_path)
    kept.turn(str(path()), True, NOW)
    least = 2 * path().stat().st_size + backup.LEAST_ROOM
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**12, 0, least - 1))
    assert kept.turn(str(path()), True, NOW + timedelta(seconds=1)) == "full"
    assert len(kept.kept()) == 1
    aged(kept, 31)
    assert kept.turn(str(path()), True, NOW) == "full" and kept.kept() == []


def test_a_server_copies_what_has_changed_and_says_a_fault_once(app, room, tmp_path, caplog):
    backups = Backups(app)
    folder = tmp_path / "backups"
    assert backups.on and backups.turn() == "made" and backups.turn() == "same"
    assert len(list(folder.iterdir())) == 1
    room.do(room.everybody[0], "post_idea", text="Flere træer")
    shutil.rmtree(folder)
    folder.write_text("in the way")
    assert (backups.turn(), backups.turn()) == ("failed", "failed")
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    folder.unlink()
    assert backups.turn() == "made"


def test_the_first_copy_is_made_a_minute_after_the_start_and_then_as_often_as_set(app, monkeypatch):
    started: list[int] = []
    backups = Backups(app)
    for ticks in range(1, 1300):
        monkeypatch.setattr(
            "workshop.jobs.backups.socketio.start_background_task", lambda _run, at=ticks: started.append(at)
        )
        backups.tick(ticks)
        backups._under_way = False
    assert started == [60, 660, 1260]


@pytest.mark.parametrize(
    "given", [{"BACKUP_MINUTES": "0"}, {"DATABASE_URL": "postgresql://127.0.0.1/rundbord"}], ids=("never", "postgresql")
)
def test_without_the_setting_and_on_postgresql_there_is_no_ring(app, tmp_path, given):
    app.config["RUNDBORD"] = load_settings({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": SECRET_KEY, **given})
    assert not Backups(app).on
