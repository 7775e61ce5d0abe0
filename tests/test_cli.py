"""The command line on a machine where the server has never run."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.as_installed import AS_INSTALLED
from workshop.app import create_app
from workshop.config import load_settings

ROOT = Path(__file__).parent.parent


@pytest.fixture
def flask(tmp_path):
    """Run the command line's commands in this process, on an instance folder of the test's own."""
    settings = load_settings({"INSTANCE_PATH": str(tmp_path)})
    runner = create_app(settings).test_cli_runner()
    return lambda *words: runner.invoke(args=list(words))


def test_an_account_can_be_made_before_the_server_has_ever_run(tmp_path):
    run = subprocess.run(
        [*AS_INSTALLED, "-m", "flask", "--app", "workshop.app", "create-organiser", "Åse"],
        input="et langt kodeord\net langt kodeord\n",
        env={"PATH": os.environ["PATH"], "INSTANCE_PATH": str(tmp_path), "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith("organiser:1 Åse\n")


def test_a_workshop_can_be_made_for_an_account(flask):
    flask("create-organiser", "Åse", "--password", "et langt kodeord")
    made = flask("create-workshop", "--template", "collaboration", "--title", "Prøve", "--json")
    answer = json.loads(made.stdout)
    assert answer["ok"] is True and len(answer["workshop"]["code"]) == 6
    assert set(answer["tokens"]) == {"facilitator", "board", "helper"}


def test_a_workshop_needs_an_organiser(flask):
    refused = flask("create-workshop", "--title", "Prøve")
    assert refused.exit_code == 1 and "create-organiser" in refused.stderr
    assert refused.stdout == ""


def test_the_same_name_is_not_taken_twice(flask):
    flask("create-organiser", "Åse", "--password", "et langt kodeord")
    again = flask("create-organiser", "Åse", "--password", "et andet kodeord")
    assert again.exit_code == 1 and isinstance(again.exception, SystemExit)


def test_a_short_password_is_refused_without_showing_it(flask):
    refused = flask("create-organiser", "Åse", "--password", "kort")
    assert refused.exit_code == 1 and "kort" not in refused.stdout + refused.stderr
