"""Fixtures that all tests share: an application on a fresh database, and a room to play in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from workshop.app import create_app
from workshop.config import load_settings
from workshop.extensions import db

pytest_plugins = ["tests.services"]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty SQLite file, inside an application context."""
    settings = load_settings({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "a secret for tests only, 32 characters"})
    application = create_app(settings, testing=True)
    with application.app_context():
        db.create_all()
        yield application
        db.session.remove()
        db.drop_all()
        db.engine.dispose()
