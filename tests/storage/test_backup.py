"""Copies of a database in use, the ring a server keeps, and putting one back (docs/running.md, "Backup")."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.voting import Room
from tests.storage.copied import NAME, REVISION, path, room_of_a_revision
from workshop import backup, identity, secrecy
from workshop.door import perform

pytestmark = pytest.mark.on_disk


def rows(file: Path, statement: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement, values).fetchall()


@pytest.fixture
def room(app) -> Room:
    return room_of_a_revision()


def vote(room: Room) -> tuple[str, list[str]]:
    """An open ballot in which everybody has put another set of dots; it, and the keys of the papers."""
    ideas = room.ideas(2)
    ballot = room.ballot(ideas, "dots", settings={"dots": 20, "per_option": 20})
    keys = []
    for place, person in enumerate(room.everybody):
        perform(person, "cast_ballot", {"ballot": ballot, "choices": {ideas[0]: place + 1}}, f"{place:032x}")
        keys.append(secrecy.ballot_key(identity.secret(), ballot, person.personal_code))
    return ballot, keys


def test_a_copy_holds_what_is_in_the_log_only_and_nobody_else_may_read_it(room, tmp_path):
    perform(room.everybody[0], "set_name", {"name": NAME})
    assert path().with_name(path().name + "-wal").stat().st_size > 0
    target = tmp_path / "copies" / "one.sqlite"
    assert backup.copy(str(path()), str(target)) == 0
    assert rows(target, "select count(*) from participant where name = ?", NAME) == [(1,)]
    assert rows(target, "pragma integrity_check") == [("ok",)]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["one.sqlite"]


def test_a_copy_is_made_while_somebody_writes(room, tmp_path):
    with closing(sqlite3.connect(path(), isolation_level=None)) as writer:
        writer.execute("begin immediate")
        writer.execute("update workshop set title = 'Halvvejs'")
        backup.copy(str(path()), str(tmp_path / "one.sqlite"))
        writer.execute("rollback")
    assert rows(tmp_path / "one.sqlite", "select count(*) from workshop where title = 'Halvvejs'") == [(0,)]


def test_a_failed_copy_leaves_the_one_before(room, tmp_path):
    target = tmp_path / "one.sqlite"
    backup.copy(str(path()), str(target))
    before = target.read_bytes()
    with pytest.raises(backup.BackupError, match="could not be made"):
        backup.copy(__file__, str(target))
    with pytest.raises(backup.BackupError, match="no database"):
        backup.copy(str(tmp_path / "nothing"), str(target))
    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.glob("*.part*")] == []


def test_a_copy_holds_no_paper_of_an_open_vote_and_says_that_nobody_has_voted(room, tmp_path):
    ballot, keys = vote(room)
    target = tmp_path / "one.sqlite"
    assert backup.copy(str(path()), str(target)) == 1
    assert rows(target, "select count(*) from paper") == [(0,)]
    assert rows(target, "select distinct voted from participation where subject = ?", ballot) == [(0,)]
    assert rows(target, "select count(*) from answer where name = 'cast_ballot'") == [(0,)]
    content = target.read_bytes()
    assert [key for key in keys if key.encode() in content] == []
    assert len(rows(path(), "select key from paper")) == 12
    assert backup.copy(str(path()), str(target), with_open_votes=True) == 1
    assert {key for (key,) in rows(target, "select key from paper")} == set(keys)


def test_two_copies_one_voter_apart_differ_by_no_paper(room, tmp_path):
    """With the journal, which says who voted between them, a new paper would be that person's."""
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    first, *others = room.everybody
    for person in others:
        room.cast(person, ballot, choices={ideas[0]: 1})
    boxes = []
    for copy in ("one", "two", "three"):
        if copy == "two":
            room.cast(first, ballot, choices={ideas[1]: 1})
        if copy == "three":
            room.do(room.chair, "close_ballot", ballot=ballot)
        target = tmp_path / f"{copy}.sqlite"
        backup.copy(str(path()), str(target))
        boxes.append(set(rows(target, "select key, content from paper")))
    assert boxes[0] == boxes[1] == set() and len(boxes[2]) == 12


def test_votes_by_name_and_closed_votes_are_in_the_copy(app, tmp_path):
    room = Room({"citizens": 6, "politicians": 6})
    settings = {"openness": "some_open", "open_groups": ["politicians"]}
    step = room.do(room.chair, "add_step", kind="decisions", settings=settings)["step"]
    room.do(room.chair, "start_step", step=step)
    for number, person in enumerate(room.everybody):
        perform(person, "set_name", {"name": f"Nummer {number}"})
    ideas = room.ideas(2)
    closed, opened = room.ballot(ideas), room.ballot(ideas)
    for ballot in (closed, opened):
        for person in room.everybody:
            room.cast(person, ballot, choices={ideas[0]: 1})
    room.do(room.chair, "close_ballot", ballot=closed)
    target = tmp_path / "one.sqlite"
    backup.copy(str(path()), str(target))
    assert rows(target, "select subject, count(*) from paper group by 1") == [(closed, 6)]
    assert rows(target, "select subject, count(*) from named_paper group by 1") == [(closed, 6), (opened, 6)]
    assert rows(target, "select sum(voted) from participation where subject = ?", opened) == [(6,)]


# putting one back


@pytest.fixture
def place(room, tmp_path) -> tuple[Path, Path]:
    """A copy, and the database of a stopped server that has gone on since, its newest changes in the log only."""
    copied, database = tmp_path / "copy.sqlite", tmp_path / "stopped" / "rundbord.sqlite"
    backup.copy(str(path()), str(copied))
    perform(room.everybody[0], "set_name", {"name": NAME})
    database.parent.mkdir()
    for ending in ("", "-wal", "-shm"):
        shutil.copy(f"{path()}{ending}", f"{database}{ending}")
    assert Path(f"{database}-wal").stat().st_size > 0
    return copied, database


def test_the_old_log_is_not_replayed_and_what_was_replaced_is_kept_whole(place, room):
    copied, database = place
    epoch = rows(copied, "select epoch from workshop")
    done = backup.restore(str(copied), str(database), {REVISION})
    assert done.workshops == 1
    assert rows(database, "select count(*) from participant where name = ?", NAME) == [(0,)]
    assert rows(database, "select epoch from workshop") != epoch
    assert rows(copied, "select epoch from workshop") == epoch
    assert rows(done.kept, "select count(*) from participant where name = ?", NAME) == [(1,)]
    left = {file.name for file in database.parent.iterdir()} - {f"{done.kept.name}{e}" for e in ("", "-wal", "-shm")}
    assert left == {"rundbord.sqlite"}


def test_a_damaged_copy_or_another_file_changes_nothing(place):
    copied, database = place
    before = {file: file.read_bytes() for file in database.parent.iterdir()}
    torn = copied.with_name("torn.sqlite")
    content = copied.read_bytes()
    torn.write_bytes(content[: 4096 * 3] + b"\xff" * 4096 * 6 + content[4096 * 9 :])
    other = copied.with_name("other.sqlite")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table note (text)")
    text = copied.with_name("text.sqlite")
    text.write_text("ikke en database " * 100, encoding="utf-8")
    for file, reason in ((torn, "damaged"), (other, "not a database of Rundbord"), (text, "damaged or no database")):
        with pytest.raises(backup.BackupError, match=reason):
            backup.restore(str(file), str(database), {REVISION})
    with pytest.raises(backup.BackupError, match="newer version"):
        backup.restore(str(copied), str(database), {"en ældre udgave"})
    with pytest.raises(backup.BackupError, match="no file"):
        backup.restore(str(copied.with_name("nothing")), str(database), {REVISION})
    assert {file: file.read_bytes() for file in database.parent.iterdir()} == before


def test_onto_an_empty_place_nothing_is_kept(place, tmp_path):
    copied, _ = place
    done = backup.restore(str(copied), str(tmp_path / "new.sqlite"), {REVISION})
    assert done.kept is None and rows(tmp_path / "new.sqlite", "select count(*) from workshop") == [(1,)]
