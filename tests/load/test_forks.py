"""Which servers of the tests are copies of a process that has read their modules (forks.py), and that a copy is its own."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from tests.load import forks
from tests.load.server import Server


@pytest.mark.parametrize("name", ["LD_PRELOAD", "FAKETIME", "PYTHONHASHSEED", "PYTHONOPTIMIZE"])
def test_a_setting_that_is_read_before_the_program_needs_a_process_of_its_own(name: str):
    assert forks.suit(dict(os.environ))
    assert not forks.suit({**os.environ, name: "7"})


def test_so_does_an_engine_that_is_not_there():
    assert not forks.suit({**os.environ, "ASYNC_ENGINE": "gevent "})


def test_measured_servers_are_started_as_people_start_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forks, "allowed", False)
    assert not forks.suit(dict(os.environ))


@pytest.mark.parametrize("engine", forks.ENGINES)
def test_a_copy_has_its_own_settings_log_and_end(engine: str, tmp_path: Path):
    before = Server(settings={"ASYNC_ENGINE": engine, "LANGUAGE": "en"})
    with before, Server(settings={"ASYNC_ENGINE": engine, "LANGUAGE": "da"}) as after:
        english, danish = before.process, after.process
        assert isinstance(english, psutil.Process) and not isinstance(english, psutil.Popen)
        assert danish is not None and english.ppid() == danish.ppid() != os.getpid()
        assert "Rundbord is running." in before.log_end() and "Rundbord is running." not in after.log_end()
        before.stop()
        assert not english.is_running() and danish.is_running() and after.healthy()
