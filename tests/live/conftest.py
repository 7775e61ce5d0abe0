"""The real server in its own process, once per async engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.lines import House
from tests.load.server import Server


@pytest.fixture(scope="session", params=["eventlet", "gevent"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """A server on each engine, for every test that asks for it."""
    with Server(settings={"ASYNC_ENGINE": request.param, "LOG_LEVEL": "debug"}) as server:
        yield House.open(server)
