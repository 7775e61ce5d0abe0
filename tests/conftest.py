"""Fixtures that all tests share: an application on a fresh database, and a room to play in."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings as hypothesis_settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine

from tests import in_memory, shared_addresses
from tests.load import forks
from workshop import identity, offload, rate_limits
from workshop.app import create_app
from workshop.config import load_settings

in_memory.write_there()
forks.allowed = True
pytest_plugins = ["tests.services", "tests.databases", "tests.kept_room"]


# Machines differ and are shared: how long one example takes says nothing of the rule it tries.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files of tests are mixed as `tests/scheduling.py` says; other ways to distribute tests are xdist's own."""
    if config.getvalue("dist") != "loadfile":
        return None
    from tests.scheduling import MixedScheduling

    return MixedScheduling(config, log)


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: the collector need not go through it again and again. Nor need it
    go through what a test has made while that test still runs; the applications of some tests before lie about that long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_unconfigure() -> None:
    forks.end()


shared_addresses.share()

#: what a password costs is meant to be felt; here each log-in would take longer than the test
identity._passwords = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class _Templates(BytecodeCache):
    """What Jinja has compiled: each test has an application of its own, which would compile every template again."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


_templates = _Templates()
SECRET_KEY = "a secret for tests only, 32 characters"


def application(folder: Path, **settings: str) -> Flask:
    """The application with its database in a folder."""
    environ = {"INSTANCE_PATH": str(folder), "SECRET_KEY": SECRET_KEY, **settings}
    made = create_app(load_settings(environ), testing=True)
    made.jinja_env.bytecode_cache = _templates
    return made


@pytest.fixture(autouse=True)
def disk_left_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing a vote overwrites on the disk what was erased, in a process of its own, which takes longer than most tests.
    Only those marked `on_disk` read the file afterwards."""
    if request.node.get_closest_marker("on_disk") is None:
        real = offload._in_process
        monkeypatch.setattr(
            offload, "_in_process", lambda work, given: work == "workshop.scrubbing:scrub" or real(work, given)
        )


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    """What is limited is counted for each process, and tests share one: the number of a workshop is 1 in nearly all of them."""
    rate_limits._counters.kept.clear()


#: of each kind of database: the dialect and the compiled statements of the first engine
_compiled: dict[str, tuple[Any, Any]] = {}


def share_compiled(engine: Engine) -> None:
    """Has the engine use what other engines have compiled: SQLAlchemy compiles every statement once for each engine, and each
    test has its own."""
    mine = engine.dialect, engine._compiled_cache
    engine.dialect, engine._compiled_cache = _compiled.setdefault(engine.dialect.name, mine)
