"""Commands go on while a row, a lease or Redis is held up, and when the process that holds a workshop hangs or dies.

All tests share two real processes; the last one kills the holder.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.live.lines import new_id
from tests.live.own_redis import until
from tests.live.pair import PACE, Pair, at_pace, forwarded, give, health_seconds, join, opened
from tests.load.server import Server
from workshop.forwarding import PATIENCE
from workshop.leases import LENGTH

#: less than a phone waits for an answer (static/js/live/line.js)
PHONE = 8.0

#: seconds that a held row may add to `/healthz`, which takes a few milliseconds on a machine without other work
HEALTHY = 0.1


@pytest.fixture(scope="module")
def pair(prepared_postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with opened(prepared_postgres, tmp_path_factory.mktemp("redis")) as made:
        yield made


def test_a_held_row_stops_neither_process(pair: Pair):
    made, other = pair.held_by_first(), pair.held_by_first()
    usual = {server: health_seconds(server) for server in (pair.first, pair.second)}
    with ThreadPoolExecutor(4) as threads, psycopg.connect(pair.database) as holding:
        holding.execute("SELECT 1 FROM workshop WHERE id = %s FOR UPDATE", (made["workshop"]["id"],))
        waiting = [
            threads.submit(give, server, made["token"], "post_idea", text="Venter")
            for server in (pair.first, pair.second)
            for _ in range(2)
        ]
        time.sleep(0.3)
        for server in (pair.first, pair.second):
            assert health_seconds(server) - usual[server] <= HEALTHY
            assert give(server, other["token"], "post_idea", text="Imens")["ok"]
        assert not any(task.done() for task in waiting), "the row was not held"
        holding.rollback()
        assert all(task.result()["ok"] for task in waiting)


def test_a_held_lease_stops_neither_process(pair: Pair):
    made = pair.held_by_first()
    usual = {server: health_seconds(server) for server in (pair.first, pair.second)}
    with psycopg.connect(pair.database) as holding:
        holding.execute("SELECT 1 FROM lease FOR UPDATE")
        for _ in range(8):
            for server in (pair.first, pair.second):
                assert health_seconds(server, 5) - usual[server] <= HEALTHY
                assert give(server, made["token"], "set_ready", ready=True)["ok"]
            time.sleep(0.5)
        holding.rollback()


@pytest.mark.parametrize("trouble", ["hang", "stop", "fill"])
def test_commands_go_on_while_redis_is_away_and_are_forwarded_again_afterwards(pair: Pair, trouble: str):
    made = pair.held_by_first()
    number = made["workshop"]["id"]
    ids = [new_id() for _ in range(12)]
    before = pair.rows("SELECT clock FROM workshop WHERE id = %s", number)[0][0]
    getattr(pair.redis, trouble)()
    try:
        with ThreadPoolExecutor(4) as threads:
            tasks = []
            for place, command_id in enumerate(ids):
                server = (pair.first, pair.second)[place % 2]
                tasks.append(threads.submit(timed, server, made["token"], command_id, f"Idé {place}"))
                time.sleep(0.15)
            answers = [task.result() for task in tasks]
    finally:
        {"hang": pair.redis.go_on, "stop": pair.redis.start, "fill": pair.redis.empty}[trouble]()
    assert [answer for answer, _ in answers if not answer["ok"]] == []
    assert max(seconds for _, seconds in answers) < PHONE
    once_each(pair, number, 12, before)
    now, servers = forwarded(pair.first) + forwarded(pair.second), (pair.first, pair.second)

    def forwards_again() -> bool:
        """Whoever holds the workshop by now: one of the two sends its command to the other."""
        time.sleep(PACE)
        assert all(give(server, made["token"], "set_ready", ready=True)["ok"] for server in servers)
        return forwarded(pair.first) + forwarded(pair.second) > now

    until(forwards_again)


def timed(server: Server, token: str, command_id: str, text: str) -> tuple[dict[str, Any], float]:
    """One idea: the answer, and how many seconds it took."""
    began = time.monotonic()
    answer = give(server, token, "post_idea", id=command_id, text=text)
    return answer, time.monotonic() - began


def once_each(pair: Pair, workshop: int, ideas: int, clock: int) -> None:
    """Every idea is there once, and the journal has one entry for each number."""
    texts = [row[0] for row in pair.rows("SELECT text FROM idea WHERE workshop_id = %s", workshop)]
    assert len(texts) == len(set(texts)) == ideas
    numbers = [row[0] for row in pair.rows("SELECT seq FROM journal_entry WHERE workshop_id = %s ORDER BY seq", workshop)]
    assert numbers == list(range(1, clock + ideas + 1))


def test_a_holder_that_hangs_is_done_without_and_replaced(pair: Pair):
    made = pair.held_by_first()
    number = made["workshop"]["id"]
    holder, command_id = pair.holder(number), new_id()
    assert pair.first.process is not None
    pair.first.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        answer, seconds = timed(pair.second, made["token"], command_id, "Imens")
        assert answer["ok"] and seconds < PATIENCE + 3
        until(lambda: at_pace(pair.second, made["token"])["ok"] and pair.holder(number) != holder)
        assert time.monotonic() - began < LENGTH + PATIENCE + 2
    finally:
        pair.first.process.send_signal(signal.SIGCONT)
    until(lambda: at_pace(pair.first, made["token"])["ok"])
    assert give(pair.first, made["token"], "post_idea", id=command_id, text="Imens") | {"mine": 0} == answer | {"mine": 0}
    assert pair.rows("SELECT count(*) FROM idea WHERE workshop_id = %s", number) == [(1,)]


def test_a_holder_that_dies_is_replaced_in_time_without_loss_and_one_that_stops_at_once(pair: Pair):
    made = pair.held_by_first()
    number = made["workshop"]["id"]
    holder = pair.holder(number)
    people = [made["token"], *(join(pair.first, made)["token"] for _ in range(3))]
    before = pair.rows("SELECT clock FROM workshop WHERE id = %s", number)[0][0]
    killed: list[float] = []

    def post_all(person: int) -> list[str]:
        texts = [f"Idé {person}.{n}" for n in range(25)]
        for text in texts:
            answer, seconds = timed(pair.second, people[person], new_id(), text)
            assert answer["ok"], answer
            assert seconds < PHONE
            time.sleep(PACE / 2)
        return texts

    with ThreadPoolExecutor(5) as threads:
        tasks = [threads.submit(post_all, person) for person in range(4)]
        time.sleep(0.4)
        assert pair.first.process is not None
        pair.first.process.kill()
        killed.append(time.monotonic())
        try:
            until(lambda: pair.holder(number) not in (None, holder), 5.0 - (time.monotonic() - killed[0]))
            texts = [text for task in tasks for text in task.result()]
        finally:
            pair.first.process.wait(30)
            pair.first.start()
    found = [row[0] for row in pair.rows("SELECT text FROM idea WHERE workshop_id = %s", number)]
    assert sorted(found) == sorted(texts)
    once_each(pair, number, 100, before)
    pair.second.stop()
    assert pair.holder(number) is None, "whoever stops in order gives back what it holds"
