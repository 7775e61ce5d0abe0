"""Runs the scripts' own tests (tests/js/*.test.mjs) with Node's own runner, each file as one test."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.services import needs_node

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.test.mjs"))


def test_there_are_scripts_tests_to_run():
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(HERE).as_posix())
def test_the_scripts_pass_their_own_tests(file: Path):
    command = [needs_node(), "--test", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=HERE.parent.parent)
    assert run.returncode == 0, run.stdout + run.stderr
