"""Fixtures that all tests share: an application on a fresh database, and a room to play in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from workshop.app import create_app
from workshop.config import load_settings
from workshop.extensions import db

pytest_plugins = ["tests.services", "tests.kept_room"]


SECRET_KEY = "a secret for tests only, 32 characters"


def application(folder: Path, **settings: str) -> Flask:
    """The application with its database in a folder."""
    environ = {"INSTANCE_PATH": str(folder), "SECRET_KEY": SECRET_KEY, **settings}
    return create_app(load_settings(environ), testing=True)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty SQLite file, inside an application context."""
    made = application(tmp_path)
    with made.app_context():
        db.create_all()
        yield made
        db.session.remove()
        db.drop_all()
        db.engine.dispose()
