"""In these tests a text that is missing from the catalogue is a failure; a seminar is played once for all of them; and
documents are made in the process of the tests."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask

from tests.commands.built_rooms import as_if_built_now
from tests.conftest import application, share_compiled
from tests.databases import own_name
from tests.export.seminar import Seminar, play
from workshop import catalogue, offload
from workshop.extensions import db

T = TypeVar("T")


@pytest.fixture(autouse=True)
def strict_catalogue() -> Iterator[None]:
    catalogue.be_strict()
    yield
    catalogue.be_strict(False)


@pytest.fixture(autouse=True)
def documents_made_here(request: pytest.FixtureRequest, disk_left_alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own loads the libraries of a document again, which takes longer than to make it. What it would be sent
    and would answer is pickled here too; tests marked `aside` have the process itself."""
    if request.node.get_closest_marker("aside") is not None:
        return
    aside = offload._in_process

    def made(function: str, arguments: tuple[Any, ...]) -> Any:
        if not function.startswith("workshop.export."):
            return aside(function, arguments)
        sent, given = pickle.loads(pickle.dumps((function, arguments)))
        return pickle.loads(pickle.dumps(offload.run_here(sent, *given)))

    monkeypatch.setattr(offload, "_in_process", made)


@contextmanager
def opened(folder: Path, database: bytes | None = None) -> Iterator[Flask]:
    """The application in a folder, on an empty SQLite file or one that `kept` has answered."""
    app = application(folder)
    with app.app_context():
        share_compiled(db.engine)
        Path(str(db.engine.url.database)).write_bytes(_empty() if database is None else database)
        if database is not None:
            as_if_built_now()
        yield app
        db.session.remove()
        db.engine.dispose()


@cache
def _empty() -> bytes:
    """Making the tables takes longer than to write the file."""
    with tempfile.TemporaryDirectory() as folder, application(Path(folder)).app_context():
        db.create_all()
        return Path(own_name()).read_bytes()


def kept(build: Callable[[], T], database: bytes | None = None) -> tuple[bytes, T]:
    """The database that a play leaves, and what it answers."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), database):
        found = build()
        return Path(own_name()).read_bytes(), found


@contextmanager
def opened_again(kept: tuple[bytes, T]) -> Iterator[T]:
    """What a play answered, with an application around it on a copy of the database: what is done to it is seen by no other."""
    database, found = kept
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), database):
        yield deepcopy(found)


@cache
def played(level: str = "agreement", close: bool = True) -> tuple[bytes, Seminar]:
    """The seminar played at a level, once."""
    return kept(lambda: play(level, close))


@pytest.fixture
def seminar_at() -> Iterator[Callable[..., Seminar]]:
    """A function that opens a copy of the seminar played at a level."""
    contexts = []

    def open_copy(level: str = "agreement", close: bool = True) -> Seminar:
        context = opened_again(played(level, close))
        contexts.append(context)
        return context.__enter__()

    yield open_copy
    for context in contexts:
        context.__exit__(None, None, None)


@pytest.fixture
def seminar(seminar_at: Callable[..., Seminar]) -> Seminar:
    """A closed seminar whose result is an agreement between the parties."""
    return seminar_at()
