"""Heavy work aside: few processes at once, the same work once, and no transaction held open meanwhile."""

from __future__ import annotations

import threading
import time

import pytest
from flask import Flask
from sqlalchemy import update

from tests.commands.voting import Room
from workshop import offload, rate_limits
from workshop.door import perform
from workshop.export import files
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import Workshop
from workshop.rules.refusal import Refused
from workshop.store import writing_outside


class Processes:
    """Stands for the processes: counts those at work, and lets them end when told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answer: object = "made") -> None:
        self.calls: list[str] = []
        self.busy = self.most = 0
        self.go_on = threading.Event()
        self._lock = threading.Lock()
        self._answer = answer
        monkeypatch.setattr(offload, "_in_process", self._work)

    def _work(self, function: str, arguments: tuple) -> object:
        with self._lock:
            self.calls.append(function)
            self.busy += 1
            self.most = max(self.most, self.busy)
        self.go_on.wait(10)
        with self._lock:
            self.busy -= 1
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def at_once(count: int, work) -> tuple[list[threading.Thread], list[object]]:
    found: list[object] = []

    def one(number: int) -> None:
        try:
            found.append(work(number))
        except offload.AsideError as error:
            found.append(str(error))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)  # time for more to begin than may
    return threads, found


def test_only_a_few_processes_run_at_once_and_the_others_get_their_turn(monkeypatch):
    processes = Processes(monkeypatch)
    threads, found = at_once(12, lambda number: offload.run("f", key=number))
    assert processes.busy == offload.AT_ONCE
    processes.go_on.set()
    for thread in threads:
        thread.join(10)
    assert found == ["made"] * 12 and processes.most == offload.AT_ONCE and len(processes.calls) == 12


@pytest.mark.parametrize(("answer", "told"), [("made", "made"), (None, None), (offload.AsideError("broke"), "broke")])
def test_the_same_work_is_done_once_and_everybody_gets_what_came_of_it(monkeypatch, answer, told):
    processes = Processes(monkeypatch, answer)
    threads, found = at_once(8, lambda _: offload.run("f", key="same"))
    processes.go_on.set()
    for thread in threads:
        thread.join(10)
    assert found == [told] * 8 and len(processes.calls) == 1 and offload._under_way == {}


def test_whoever_gets_no_turn_is_told_so(monkeypatch):
    processes = Processes(monkeypatch)
    monkeypatch.setattr(offload, "_PATIENCE", 0.1)
    threads, found = at_once(offload.AT_ONCE + 1, lambda number: offload.run("f", key=number))
    processes.go_on.set()
    for thread in threads:
        thread.join(10)
    assert sorted(found) == sorted(["made"] * offload.AT_ONCE + ["too much other work is waiting"])


def test_a_real_process_answers_and_its_fault_is_told():
    assert offload.run("workshop.rules.codes:show_reentry_code", "ABCDEFGHJK", key=1) == "ABCDE-FGHJK"
    with pytest.raises(offload.AsideError, match="not ours"):
        offload.run("os:getcwd")


@pytest.fixture
def published(app: Flask) -> Room:
    room = Room({"citizens": 5})
    organiser = db.session.get_one(Workshop, room.id).organiser_id
    perform(Actor(ORGANISER, room.id, organiser_id=organiser), "publish_record", {"published": True})
    files._ready.clear()
    return room


def slug(room: Room) -> str:
    db.session.rollback()
    return db.session.get_one(Workshop, room.id).record_slug


def test_the_session_is_closed_before_a_file_is_made_aside(published, monkeypatch):
    held: list[int] = []
    pool = db.engine.pool
    monkeypatch.setattr(files.offload, "run", lambda *_, **__: held.append(pool.checkedout()) or b"made")
    db.session.rollback()
    for name, one in files.FORMATS.items():
        if one.aside:
            files.export(db.session.get_one(Workshop, published.id), name)
    monkeypatch.setattr(files, "_LONG_JOURNAL", 0)
    files.export(db.session.get_one(Workshop, published.id), "json")
    assert held == [0, 0, 0, 0]


def test_files_of_a_public_record_that_must_be_made_anew_are_limited_and_kept_ones_are_not(published, app, monkeypatch):
    made: list[str] = []
    monkeypatch.setattr(files.offload, "run", lambda function, *_, **__: made.append(function) or b"%PDF")
    path, client = f"/record/{slug(published)}/pdf", app.test_client()
    assert {client.get(path).status_code for _ in range(50)} == {200} and len(made) == 1
    statuses = []
    for number in range(25):
        with writing_outside():
            db.session.execute(update(Workshop).where(Workshop.id == published.id).values(clock=10_000 + number))
        statuses.append(client.get(path).status_code)
    assert statuses == [200] * 19 + [429] * 6 and len(made) == 20
    files.export(db.session.get_one(Workshop, published.id), "docx")  # the organiser's own are not counted


def test_too_much_waiting_work_is_told_as_too_many(published, app, monkeypatch):
    def busy(*_: object, **__: object) -> bytes:
        raise offload.AsideBusy("too much other work is waiting")

    monkeypatch.setattr(files.offload, "run", busy)
    answer = app.test_client().get(f"/record/{slug(published)}/pdf")
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "30"


def test_a_limit_of_files_is_each_records_own(app):
    for _ in range(20):
        rate_limits.check_file(1)
    rate_limits.check_file(2)
    with pytest.raises(Refused):
        rate_limits.check_file(1)
