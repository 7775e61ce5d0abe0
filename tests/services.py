"""What some tests need outside Python: PostgreSQL, Redis, a browser, Node.

Each `needs_…` answers where the thing is. Where it is missing the test is skipped with the reason, and under
REQUIRE_SERVICES=1 (as .ci/run sets it) it fails. The fixtures are made known by tests/conftest.py.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/15")
#: Chromium without windows first: it draws the same pages with half of the work
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def required() -> bool:
    """Whether a missing service is a failure."""
    return os.environ.get("REQUIRE_SERVICES", "") not in ("", "0")


def missing(what: str, advice: str) -> pytest.fail.Exception:
    """The outcome of a test whose service is not there: raise it."""
    if required():
        message = f"{what} is missing, yet REQUIRE_SERVICES is set. {advice}"
        return pytest.fail.Exception(message, pytrace=False)
    raise pytest.skip.Exception(f"{what} is missing. {advice}")


def answers(url: str, port: int) -> bool:
    """Whether anybody listens at the address; `port` is the usual one of the service."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or port), timeout=2).close()
    except OSError:
        return False
    return True


def needs_postgres() -> str:
    """The address of a PostgreSQL server where databases may be made and dropped."""
    if not answers(POSTGRES, 5432):
        raise missing("PostgreSQL", f"Start it at {POSTGRES}, or name another with TEST_POSTGRES.")
    return POSTGRES


def needs_redis() -> str:
    """The address of a Redis database that tests may use and empty."""
    if not answers(REDIS, 6379):
        raise missing("Redis", f"Start it at {REDIS}, or name another with TEST_REDIS.")
    return REDIS


def needs_browser() -> str:
    """The path of Chromium (or Chrome); another can be named with CHROMIUM."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise missing("Chromium", "On Debian: sudo apt install chromium")
    return found


def needs_node() -> str:
    """The path of Node, which runs the tests of the scripts."""
    found = shutil.which("node")
    if not found:
        raise missing("Node", "On Debian: sudo apt install nodejs")
    return found


def browser_arguments() -> list[str]:
    """How Chromium is started. As root (in a container) it needs to do without its sandbox; it asks its maker for
    nothing while it is tested."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return [*as_root, "--disable-dev-shm-usage", *quiet]


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_postgres_name() -> str:
    """A name for a database of one test."""
    return f"rundbord_test_{secrets.token_hex(6)}"


def make_postgres(name: str, copied_from: str | None = None) -> str:
    """Make a PostgreSQL database, empty or as another one that nobody is connected to; its address."""
    import psycopg
    from psycopg import sql

    server = needs_postgres()
    template = sql.SQL(" TEMPLATE {}").format(sql.Identifier(copied_from)) if copied_from else sql.SQL("")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + template)
        # What is tried there is not what is left after a power cut.
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def drop_postgres(name: str) -> None:
    """Drop a database of a test, whoever is connected to it."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(needs_postgres(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of a new, empty PostgreSQL database that is dropped after the test."""
    name = new_postgres_name()
    url = make_postgres(name)
    try:
        yield url
    finally:
        drop_postgres(name)


@pytest.fixture(scope="session")
def prepared_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database with every table and the organiser of the tests: its upgrades take half a minute, a
    copy a moment."""
    from tests.load.prepared import prepare

    name = new_postgres_name()
    try:
        prepare(str(tmp_path_factory.mktemp("prepared")), DATABASE_URL=make_postgres(name))
        yield name
    finally:
        drop_postgres(name)


@contextmanager
def copied_postgres(template: str) -> Iterator[str]:
    """The address of a copy of a database that nobody is connected to; it is dropped at the end."""
    name = new_postgres_name()
    url = make_postgres(name, template)
    try:
        yield url
    finally:
        drop_postgres(name)


@pytest.fixture
def redis_url() -> Iterator[str]:
    """The address of a Redis database, emptied before and after the test."""
    import redis

    url = needs_redis()
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        yield url
        client.flushdb()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that opens a browser, so that `-m "not browser"` leaves none of them."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a test run: Playwright cannot be started twice in one process."""
    path = needs_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=browser_arguments())
        yield launched
        launched.close()
