"""Two real processes over one database and a Redis of their own, and what is asked of each over HTTP."""

from __future__ import annotations

import json
import re
import socket
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.live.lines import House, new_id, post
from tests.live.own_redis import OwnRedis, until
from tests.load.server import Server
from tests.services import copied_postgres

METRICS = "a token for the counts, of 32 or more"
#: seconds between two commands of one person, who may send 20 in two seconds: a loop must not be refused for its pace
PACE = 0.3


@dataclass
class Pair:
    """The first process is served by eventlet, the second by gevent."""

    first: Server
    second: Server
    house: House
    database: str
    redis: OwnRedis
    #: kept open: PostgreSQL makes a process for each connection, and some tests ask many times a second
    asking: psycopg.Connection[tuple[Any, ...]]

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database answers; what the statement changes is committed."""
        return self.asking.execute(statement, values).fetchall()

    def holder(self, workshop: int) -> str | None:
        """The process that has a lease of the workshop which is not over."""
        found = self.rows("SELECT holder FROM lease WHERE workshop_id = %s AND until > now()", workshop)
        return found[0][0] if found else None

    def held_by_first(self, **content: Any) -> dict[str, Any]:
        """A new workshop that the first process holds, as the second knows; its tokens and one person's `token`."""
        made = self.house.workshop(**content)
        made["token"] = join(self.first, made)["token"]
        until(lambda: at_pace(self.first, made["token"])["ok"] and self.holder(made["workshop"]["id"]))
        before = forwarded(self.second)
        until(lambda: at_pace(self.second, made["token"])["ok"] and forwarded(self.second) > before)
        return made


@contextmanager
def opened(prepared: str, folder: Path) -> Iterator[Pair]:
    """The pair; all of it ends with the block."""
    redis = OwnRedis(folder)
    try:
        with copied_postgres(prepared) as url:
            settings = {
                "DATABASE_URL": url,
                "REDIS_URL": redis.url,
                "SECRET_KEY": "one key for both processes, 32 or more",
                "METRICS_TOKEN": METRICS,
                "LOG_LEVEL": "debug",
            }
            with (
                Server(settings={**settings, "ASYNC_ENGINE": "eventlet"}, prepared=True) as first,
                Server(settings={**settings, "ASYNC_ENGINE": "gevent"}, prepared=True) as second,
                psycopg.connect(url, autocommit=True) as asking,
            ):
                yield Pair(first, second, House.open(first), url, redis, asking)
    finally:
        redis.stop()


def counted(server: Server, name: str) -> float:
    """One number of a server's `/metrics`; 0 where it is not there yet."""
    asked = urllib.request.Request(server.url + "/metrics", headers={"Authorization": f"Bearer {METRICS}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        found = re.search(rf"^{re.escape(name)} (\S+)$", answer.read().decode(), re.M)
    return float(found[1]) if found else 0.0


def forwarded(server: Server, outcome: str = "answered") -> float:
    return counted(server, f'rundbord_forwarded_commands_total{{outcome="{outcome}"}}')


def join(server: Server, made: dict[str, Any], group: str = "citizens", **more: Any) -> dict[str, Any]:
    return post(f"{server.url}/api/join", {"code": made["workshop"]["code"], "group": group, "id": new_id(), **more})


def give(server: Server, token: str, name: str, /, id: str | None = None, **args: Any) -> dict[str, Any]:
    """One command over HTTP; its answer, also where it is refused."""
    try:
        return post(f"{server.url}/api/commands", {"id": id or new_id(), "name": name, "args": args}, token)
    except urllib.error.HTTPError as error:
        with error:
            return dict(json.load(error))


def at_pace(server: Server, token: str) -> dict[str, Any]:
    """One small command, after a pause."""
    time.sleep(PACE)
    return give(server, token, "set_ready", ready=True)


def health_seconds(server: Server, times: int = 15) -> float:
    """The median of how long `/healthz` took: single ones tell what else the machine does."""

    def one() -> float:
        began = time.monotonic()
        with urllib.request.urlopen(server.url + "/healthz", timeout=30) as answer:
            assert answer.status == 200
        return time.monotonic() - began

    return statistics.median(one() for _ in range(times))


@contextmanager
def overhearing(redis: OwnRedis) -> Iterator[list[bytes]]:
    """Every byte that Redis is sent while the block runs, by its own `MONITOR`."""
    heard: list[bytes] = []
    with socket.create_connection(("127.0.0.1", redis.port)) as line:

        def listen() -> None:
            while part := line.recv(65536):
                heard.append(part)

        line.sendall(b"MONITOR\r\n")
        assert line.recv(5) == b"+OK\r\n"
        ear = threading.Thread(target=listen)
        ear.start()
        try:
            yield heard
        finally:
            line.shutdown(socket.SHUT_RDWR)
            ear.join()
