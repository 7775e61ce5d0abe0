"""The real server in its own process, once per async engine; with `SERVERS=all` in every way it may be set up."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.live.lines import House
from tests.live.own_redis import OwnRedis
from tests.load.server import Server
from tests.services import copied_postgres

ENGINES = ("eventlet", "gevent")
#: `make test-servers`: PostgreSQL, and two processes over it, of which each call and each connection takes the next
MORE = tuple(f"{engine}, {way}" for engine in ENGINES for way in ("PostgreSQL", "two processes"))


@pytest.fixture(scope="session")
def houses(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], House]]:
    """Opens a house at the first call for it and keeps it. A fixture with parameters is made anew whenever the parameter
    changes, which is twice in each file where workers take whole files."""
    with ExitStack() as stack:

        @functools.cache
        def opened(name: str) -> House:
            return _open(name, stack, request, tmp_path_factory)

        yield opened


def _open(name: str, stack: ExitStack, request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> House:
    engine, _, way = name.partition(", ")
    settings = {"ASYNC_ENGINE": engine, "LOG_LEVEL": "debug"}
    if way:
        settings |= {
            "DATABASE_URL": stack.enter_context(copied_postgres(request.getfixturevalue("prepared_postgres"))),
            "SECRET_KEY": "one key for all processes, 32 or more",
        }
    if way == "two processes":
        redis = OwnRedis(folders.mktemp("redis"))
        stack.callback(redis.stop)
        settings["REDIS_URL"] = redis.url
    processes = [
        stack.enter_context(Server(settings=settings, prepared=bool(way))) for _ in range(2 if way == "two processes" else 1)
    ]
    return House.open(processes[0], *(one.url for one in processes[1:]))


@pytest.fixture(scope="session", params=ENGINES + (MORE if os.environ.get("SERVERS") == "all" else ()))
def house(request: pytest.FixtureRequest, houses: Callable[[str], House]) -> House:
    """A server on each engine, for every test that asks for it."""
    return houses(request.param)
