"""The command line on a machine where the server has never run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def flask(tmp_path):
    """Run `flask --app workshop.app …` on an instance folder of the test's own."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "workshop.app", *words],
            env={"PATH": os.environ["PATH"], "INSTANCE_PATH": str(tmp_path), "PYTHONUTF8": "1"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def test_an_account_and_a_workshop_can_be_made_before_the_server_has_ever_run(flask):
    account = flask("create-organiser", "Åse", "--password", "et langt kodeord")
    assert (account.returncode, account.stdout) == (0, "organiser:1 Åse\n"), account.stderr
    made = flask("create-workshop", "--template", "collaboration", "--title", "Prøve", "--json")
    answer = json.loads(made.stdout)
    assert answer["ok"] is True and len(answer["workshop"]["code"]) == 6
    assert set(answer["tokens"]) == {"facilitator", "board"}


def test_a_workshop_needs_an_organiser(flask):
    refused = flask("create-workshop", "--title", "Prøve")
    assert refused.returncode == 1 and "create-organiser" in refused.stderr
    assert refused.stdout == ""


def test_the_same_name_is_not_taken_twice(flask):
    flask("create-organiser", "Åse", "--password", "et langt kodeord")
    again = flask("create-organiser", "Åse", "--password", "et andet kodeord")
    assert again.returncode == 1 and "Traceback" not in again.stderr


def test_a_short_password_is_refused_without_showing_it(flask):
    refused = flask("create-organiser", "Åse", "--password", "kort")
    assert refused.returncode == 1 and "kort" not in refused.stdout + refused.stderr
