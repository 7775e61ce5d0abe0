"""Links that make one account make one, also when two processes are asked at the same moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.conftest import SECRET_KEY, application
from tests.databases import Original
from workshop.commands.people import accounts
from workshop.extensions import db
from workshop.models import Organiser

ROOT = Path(__file__).parent.parent
#: makes an account for each line it is given; hashing the password takes longer than two lines are apart
PROCESS = """
import json, sys
from tests.as_installed import hide
hide()
from workshop.app import create_app
from workshop.commands.people import accounts
from workshop.first_account import first_organiser_token
from workshop.rules.refusal import Refused
app = create_app()
with app.app_context():
    print("ready", flush=True)
    for line in sys.stdin:
        way, name, token = json.loads(line)
        try:
            if way == "first":
                accounts.create_first_organiser(first_organiser_token(), name, "en lang adgangskode")
            else:
                accounts.create_organiser(name, "en lang adgangskode", invitation=token or None)
            print("made", flush=True)
        except Refused as refusal:
            print(refusal.code, flush=True)
"""
Call = tuple[str, str, str]


@pytest.fixture(params=["sqlite", "postgresql"])
def environ(
    request: pytest.FixtureRequest, upgraded_original: Callable[[str], Original], tmp_path: Path
) -> Iterator[dict[str, str]]:
    with upgraded_original(request.param).copy(tmp_path) as settings:
        yield {"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": SECRET_KEY, **settings}


@contextmanager
def two_processes(environ: dict[str, str]) -> Iterator[list[subprocess.Popen[str]]]:
    """Two processes over one database, each ready to make accounts."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS],
            cwd=ROOT, env={**os.environ, **environ}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        for process in started:
            assert said(process) == "ready"
        yield started
    finally:
        for process in started:
            process.communicate(timeout=60)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def at_once(processes: list[subprocess.Popen[str]], *calls: Call) -> list[str]:
    """What each of the processes says to its call, all given at the same moment."""
    for process, call in zip(processes, calls, strict=True):
        assert process.stdin is not None
        process.stdin.write(json.dumps(call) + "\n")
        process.stdin.flush()
    return sorted(said(process) for process in processes)


def accounts_made() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Organiser))


def test_a_link_makes_one_account_across_two_processes(environ, tmp_path):
    given = {name: value for name, value in environ.items() if name == "DATABASE_URL"}
    app = application(tmp_path, **given)
    with app.app_context(), two_processes(environ) as both:
        assert at_once(both, ("first", "Anna", ""), ("first", "Bo", "")) == ["ended", "made"]
        assert accounts_made() == 1
        token = accounts.invite_organiser()
        assert at_once(both, ("invited", "Carl", token), ("invited", "Dorte", token)) == ["ended", "made"]
        assert accounts_made() == 2
        assert at_once(both, ("named", "Eva", ""), ("named", "Eva", "")) == ["already", "made"]
        assert accounts_made() == 3
        db.session.remove()
        db.engine.dispose()
