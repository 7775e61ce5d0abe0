"""Links that make one account make one, also when two processes are asked at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.conftest import SECRET_KEY, application
from workshop.app import upgrade_database
from workshop.commands.people import accounts
from workshop.extensions import db
from workshop.models import Organiser

ROOT = Path(__file__).parent.parent
#: two processes, each ready before either begins; hashing the password takes longer than starting together
PROCESS = """
import os, sys
from workshop.app import create_app
from workshop.commands.people import accounts
from workshop.first_account import first_organiser_token
from workshop.rules.refusal import Refused
way, name, token = sys.argv[1:]
app = create_app()
with app.app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        if way == "first":
            accounts.create_first_organiser(first_organiser_token(), name, "en lang adgangskode")
        else:
            accounts.create_organiser(name, "en lang adgangskode", invitation=token or None)
        print("made")
    except Refused as refusal:
        print(refusal.code)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environ(request, tmp_path) -> dict[str, str]:
    settings = {"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": SECRET_KEY}
    if request.param == "postgresql":
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return settings


def at_once(environ: dict[str, str], *calls: tuple[str, str, str]) -> list[str]:
    """What each of several processes says, all begun at the same moment."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, *call],
            cwd=ROOT, env={**os.environ, **environ}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for call in calls
    ]  # fmt: skip
    for process in begun:
        assert process.stdout.readline() == "ready\n"
    for process in begun:
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate(timeout=60)[0].strip() for process in begun)


def accounts_made() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Organiser))


def test_a_link_makes_one_account_across_two_processes(environ, tmp_path):
    given = {name: value for name, value in environ.items() if name == "DATABASE_URL"}
    app = application(tmp_path, **given)
    upgrade_database(app)
    with app.app_context():
        assert at_once(environ, ("first", "Anna", ""), ("first", "Bo", "")) == ["ended", "made"]
        assert accounts_made() == 1
        token = accounts.invite_organiser()
        assert at_once(environ, ("invited", "Carl", token), ("invited", "Dorte", token)) == ["ended", "made"]
        assert accounts_made() == 2
        assert at_once(environ, ("named", "Eva", ""), ("named", "Eva", "")) == ["already", "made"]
        assert accounts_made() == 3
        db.session.remove()
        db.engine.dispose()
