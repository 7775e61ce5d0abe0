"""The rule of leases, by two processes' ids on a real PostgreSQL: one holds, a dead one is replaced, nobody waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from tests.conftest import application
from tests.services import copied_postgres
from workshop import leases
from workshop.extensions import LOCK_TIMEOUT, db
from workshop.leases import IDLE, LENGTH, Leases

ROOM, OTHER = 7, 8


@pytest.fixture(scope="module")
def postgres(prepared_postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with copied_postgres(prepared_postgres) as url:
        app = application(tmp_path_factory.mktemp("leases"), DATABASE_URL=url)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def two(postgres: Flask) -> tuple[Leases, Leases]:
    run("DELETE FROM lease")
    return Leases("a" * 32), Leases("b" * 32)


def run(statement: str, **values: Any) -> list[Any]:
    with db.engine.begin() as connection:
        found = connection.execute(text(statement), values)
        return list(found) if found.returns_rows else []


def end(workshop: int = ROOM) -> None:
    """Its time is over, as the database sees it."""
    run("UPDATE lease SET until = clock_timestamp() - interval '1 ms' WHERE workshop_id = :it", it=workshop)


def test_the_first_holds_it_and_the_other_is_told(two: tuple[Leases, Leases]):
    first, second = two
    assert first.holder(ROOM) == first.process
    assert second.holder(ROOM) == first.process
    assert second.holder(OTHER) == second.process
    assert first.holder(ROOM) == first.process and first.holder(OTHER) == second.process


def test_what_is_known_is_not_asked_again(two: tuple[Leases, Leases]):
    first, second = two
    assert first.holder(ROOM) == second.holder(ROOM) == first.process
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    for _ in range(20):
        assert first.holder(ROOM) == second.holder(ROOM) == first.process
    assert asked == []


def test_a_lease_is_renewed_by_one_statement_and_ends_without(two: tuple[Leases, Leases]):
    first, second = two
    assert first.holder(ROOM) == first.holder(OTHER) == first.process
    run("UPDATE lease SET until = clock_timestamp() + interval '100 ms'")
    first.beat([ROOM, OTHER])
    left = run("SELECT extract(epoch FROM until - clock_timestamp()) FROM lease")
    assert len(left) == 2 and all(LENGTH - 1 < one[0] <= LENGTH for one in left)
    end()
    assert second.holder(ROOM) == second.process
    first.beat([ROOM, OTHER])
    assert first.holder(ROOM) == second.process and first.holder(OTHER) == first.process


def test_a_death_is_taken_over_within_five_seconds_by_the_real_clock(two: tuple[Leases, Leases]):
    first, second = two
    assert LENGTH <= 4
    first.holder(ROOM)
    first.beat([ROOM])
    died = time.monotonic()
    second.beat([ROOM])
    while second.holder(ROOM) != second.process:
        assert time.monotonic() - died < 5
        time.sleep(0.05)
    assert time.monotonic() - died > LENGTH - 1


def test_what_is_given_back_is_free_at_once(two: tuple[Leases, Leases]):
    first, second = two
    first.holder(ROOM)
    first.give_back_all()
    assert run("SELECT * FROM lease") == [] and second.holder(ROOM) == second.process
    assert first.holder(ROOM) == second.process


def test_a_workshop_that_nobody_needs_is_let_go(two: tuple[Leases, Leases], monkeypatch: pytest.MonkeyPatch):
    first, _ = two
    first.holder(ROOM)
    first.holder(OTHER)
    moment = time.monotonic()
    monkeypatch.setattr(leases.time, "monotonic", lambda: moment + IDLE + 1)
    first.beat([OTHER])
    assert run("SELECT workshop_id FROM lease") == [(OTHER,)]
    assert ROOM not in first.used


def test_a_held_row_makes_nobody_wait_and_nobody_a_holder(two: tuple[Leases, Leases]):
    first, second = two
    first.holder(ROOM)
    end()
    with db.engine.begin() as holding:
        holding.execute(text("SELECT 1 FROM lease FOR UPDATE"))
        began = time.monotonic()
        assert second.holder(ROOM) is None
        first.beat([ROOM])
        for _ in range(100):
            assert second.holder(ROOM) is None
        assert time.monotonic() - began < 10 * LOCK_TIMEOUT / 1000 + 0.3
    second._rests_until = 0.0
    assert second.holder(ROOM) == second.process


def test_a_workshop_is_handed_over_and_the_other_learns_it_at_its_next_beat(two: tuple[Leases, Leases]):
    first, second = two
    first.holder(ROOM)
    first.hand_over(ROOM, second.process)
    assert first.held == {} and first.holder(ROOM) == second.process
    second.beat([ROOM])
    assert second.holder(ROOM) == second.process and ROOM in second.held
    first.hand_over(ROOM, first.process)
    assert run("SELECT holder FROM lease") == [(second.process,)], "only the holder hands over"


def test_the_time_is_the_databases(two: tuple[Leases, Leases], monkeypatch: pytest.MonkeyPatch):
    first, _ = two
    assert first.database_time() is None
    monkeypatch.setattr(leases.time, "time", lambda: 0.0, raising=False)
    first.beat([])
    here = run("SELECT extract(epoch FROM clock_timestamp())")[0][0]
    assert first.database_time() == pytest.approx(float(here), abs=1.0)


def test_old_rows_are_cleared(two: tuple[Leases, Leases]):
    first, _ = two
    first.holder(ROOM)
    first.holder(OTHER)
    run("UPDATE lease SET until = until - interval '2 hours' WHERE workshop_id = :it", it=ROOM)
    first.clear()
    assert run("SELECT workshop_id FROM lease") == [(OTHER,)]


def test_a_database_that_does_not_answer_leaves_everybody_without(
    two: tuple[Leases, Leases], monkeypatch: pytest.MonkeyPatch
):
    first, _ = two
    monkeypatch.setattr(leases, "_READ", text("SELECT nothing FROM nowhere"))
    assert first.holder(ROOM) is None
    first.beat([ROOM])
    assert first.held == {} and first.holder(ROOM) is None
