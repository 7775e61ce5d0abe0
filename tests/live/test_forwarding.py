"""Commands of one workshop go to the process that holds its lease, over the real Redis between two real processes."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from tests.live.lines import House, new_id, post
from tests.load.server import Server
from tests.services import copied_postgres

METRICS = "a token for the counts, of 32 or more"


@dataclass
class Pair:
    """Two processes over one database and one Redis."""

    first: Server
    second: Server
    house: House
    database: str

    def holder(self, workshop: int) -> str | None:
        """The process that has a lease which is not over."""
        with psycopg.connect(self.database) as look:
            row = look.execute("SELECT holder FROM lease WHERE workshop_id = %s AND until > now()", (workshop,)).fetchone()
        return row[0] if row else None

    def state(self, workshop: int) -> list[Any]:
        """The journal and what was posted, without times."""
        with psycopg.connect(self.database) as look:
            journal = look.execute(
                "SELECT seq, actor, name, args FROM journal_entry WHERE workshop_id = %s ORDER BY seq", (workshop,)
            ).fetchall()
            ideas = look.execute("SELECT text, seq FROM idea WHERE workshop_id = %s ORDER BY id", (workshop,)).fetchall()
        return [journal, ideas]


def counted(server: Server, name: str) -> float:
    """One number of a server's `/metrics`."""
    asked = urllib.request.Request(server.url + "/metrics", headers={"Authorization": f"Bearer {METRICS}"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        found = re.search(rf"^{re.escape(name)} (\S+)$", answer.read().decode(), re.M)
    return float(found[1]) if found else 0.0


@pytest.fixture(scope="module")
def pair(prepared_postgres: str) -> Iterator[Pair]:
    """One process on each engine."""
    from tests.services import needs_redis

    with copied_postgres(prepared_postgres) as url:
        settings = {
            "DATABASE_URL": url,
            "REDIS_URL": needs_redis(),
            "SECRET_KEY": "one key for both processes, 32 or more",
            "METRICS_TOKEN": METRICS,
            "LOG_LEVEL": "debug",
        }
        with (
            Server(settings={**settings, "ASYNC_ENGINE": "eventlet"}, prepared=True) as first,
            Server(settings={**settings, "ASYNC_ENGINE": "gevent"}, prepared=True) as second,
        ):
            yield Pair(first, second, House.open(first), url)


def join(server: Server, made: dict[str, Any], group: str = "citizens") -> str:
    return post(f"{server.url}/api/join", {"code": made["workshop"]["code"], "group": group, "id": new_id()})["token"]


def give(server: Server, token: str, name: str, /, id: str | None = None, **args: Any) -> dict[str, Any]:
    return post(f"{server.url}/api/commands", {"id": id or new_id(), "name": name, "args": args}, token)


def test_a_command_that_arrives_elsewhere_is_carried_out_by_the_holder(pair: Pair):
    made = pair.house.workshop()
    token = join(pair.first, made)
    holder = pair.holder(made["workshop"]["id"])
    assert holder is not None
    before = counted(pair.second, 'rundbord_forwarded_commands_total{outcome="answered"}')
    posted = give(pair.second, token, "post_idea", text="Flere træer")
    assert posted["result"]["idea"] in posted["mine"]["ideas"]
    assert counted(pair.second, 'rundbord_forwarded_commands_total{outcome="answered"}') == before + 1
    assert counted(pair.first, "rundbord_commands_for_others_total") >= 1
    assert pair.holder(made["workshop"]["id"]) == holder
