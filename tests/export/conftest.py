"""In these tests a text that is missing from the catalogue is a failure; and a seminar is played once for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import application, share_compiled
from tests.export.seminar import Seminar, play
from workshop import catalogue
from workshop.extensions import db

Played = Callable[..., tuple[Path, Seminar]]


@pytest.fixture(autouse=True)
def strict_catalogue() -> Iterator[None]:
    catalogue.be_strict()
    yield
    catalogue.be_strict(False)


@contextmanager
def opened(folder: Path) -> Iterator[Flask]:
    """The application on the SQLite file in a folder."""
    app = application(folder)
    with app.app_context():
        share_compiled(db.engine)
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A function that plays a seminar at a level once, and answers where its database lies."""

    @cache
    def once(level: str = "agreement", close: bool = True) -> tuple[Path, Seminar]:
        folder = tmp_path_factory.mktemp("seminar")
        with opened(folder):
            seminar = play(level, close)
        return folder, seminar

    return once


@pytest.fixture
def seminar_at(played: Played, tmp_path: Path) -> Iterator[Callable[..., Seminar]]:
    """A function that opens a copy of the seminar played at a level: what a test does to it is seen by no other."""
    contexts = []

    def open_copy(level: str = "agreement", close: bool = True) -> Seminar:
        folder, seminar = played(level, close)
        copy = tmp_path / "instance"
        shutil.copytree(folder, copy)
        context = opened(copy)
        context.__enter__()
        contexts.append(context)
        return seminar

    yield open_copy
    for context in contexts:
        context.__exit__(None, None, None)


@pytest.fixture
def seminar(seminar_at: Callable[..., Seminar]) -> Seminar:
    """A closed seminar whose result is an agreement between the parties."""
    return seminar_at()
