"""A Redis that is full, hangs, refuses or restarts: the room goes on, the log says so once, and it heals by itself."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.live.lines import House, Room, play
from tests.live.own_redis import OwnRedis, until
from tests.load.server import Server
from workshop import faults
from workshop.live import bus as bus_module
from workshop.live.bus import REST, WAIT, Bus, connect


@pytest.fixture(autouse=True)
def _nothing_failed_before(monkeypatch):
    monkeypatch.setattr(faults, "_failing", {})
    monkeypatch.setattr(faults, "_recovered", {})


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    made = OwnRedis(tmp_path)
    yield made
    made.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept: list[socket.socket] = []

        def accept() -> None:
            try:
                while True:
                    kept.append(listener.accept()[0])
            except OSError:
                pass

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        for one in kept:
            one.close()


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "workshop.faults"]


def test_a_redis_that_never_answers_costs_one_short_wait_and_is_then_left_alone(caplog, monkeypatch):
    moment = [time.monotonic()]
    with silent_server() as port:
        bus = Bus(connect(f"redis://127.0.0.1:{port}/0"))
        began = time.monotonic()
        assert bus.exchange(1, {"here": [], "writing": 0}) is None
        assert WAIT * 0.9 <= time.monotonic() - began < 2 * WAIT
        began = time.monotonic()
        for _ in range(1000):
            assert bus.exchange(1, {"here": [], "writing": 0}) is None
            bus.publish(1, 2)
        assert time.monotonic() - began < WAIT
        monkeypatch.setattr(bus_module.time, "monotonic", lambda: moment[0] + 2 * REST)
        assert bus.exchange(1, {"here": [], "writing": 0}) is None
    assert len(told(caplog)) == 1 and "TimeoutError" in told(caplog)[0]


def test_a_full_redis_leaves_each_process_with_its_own_people_and_it_heals(own_redis, caplog, monkeypatch):
    bus = Bus(connect(own_redis.url))
    mine = {"here": [7], "writing": 1}
    assert [part["here"] for part in bus.exchange(1, mine)] == [[7]]
    own_redis.fill()
    assert bus.exchange(1, mine) is None
    own_redis.empty()
    monkeypatch.setattr(bus_module, "REST", 0.0)
    bus._rests_until = 0.0
    assert [part["here"] for part in bus.exchange(1, mine)] == [[7]]
    assert len(told(caplog)) == 2 and "OutOfMemoryError" in told(caplog)[0] and "works again" in told(caplog)[1]


def test_who_is_here_counts_processes_that_still_tell_whatever_their_clocks_say(own_redis, monkeypatch):
    first, second = Bus(connect(own_redis.url)), Bus(connect(own_redis.url))
    skew = [0.0]
    monotonic = time.monotonic
    monkeypatch.setattr(bus_module.time, "monotonic", lambda: monotonic() + skew[0])
    monkeypatch.setattr(bus_module.time, "time", lambda: 0.0, raising=False)
    first.exchange(1, {"here": [1], "writing": 0})
    assert sorted(part["here"] for part in second.exchange(1, {"here": [2], "writing": 0})) == [[1], [2]]
    skew[0] = 6.0  # the first has told nothing new
    assert [part["here"] for part in second.exchange(1, {"here": [2], "writing": 0})] == [[2]]
    first.exchange(1, {"here": [1], "writing": 0})
    assert len(second.exchange(1, {"here": [2], "writing": 0})) == 2
    skew[0] = 80.0
    second.exchange(1, {"here": [2], "writing": 0})
    assert own_redis.client.hlen("rundbord:presence:1") == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_real_redis_brings_word_again_after_it_has_cut_the_connection(app, redis_url, monkeypatch):
    """On the Redis of the tests, by the listener's own name on a channel nobody else uses."""
    channel = "rundbord:test:trouble"
    monkeypatch.setattr(bus_module, "CHANNEL", channel)
    bus, woken = Bus(connect(f"{redis_url}?client_name=rundbord-trouble")), []

    def wake(workshop_id: int) -> None:
        if workshop_id == 99:
            raise SystemExit  # ends the test's thread
        woken.append(workshop_id)

    thread = threading.Thread(target=bus._listen, args=(wake,), daemon=True)
    thread.start()
    with redis.Redis.from_url(redis_url) as client:
        until(lambda: client.pubsub_numsub(channel)[0][1] == 1)
        client.publish(channel, "no json")
        client.publish(channel, json.dumps({"workshop": 3, "seq": 1}))
        until(lambda: woken == [3])
        for one in client.client_list():
            if one["name"] == "rundbord-trouble":
                client.client_kill_filter(_id=one["id"])
        until(lambda: client.pubsub_numsub(channel)[0][1] == 1)
        client.publish(channel, json.dumps({"workshop": 4, "seq": 1}))
        until(lambda: woken == [3, 4])
        client.publish(channel, json.dumps({"workshop": 99, "seq": 1}))
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture(params=["eventlet", "gevent"])
def house(request: pytest.FixtureRequest, own_redis: OwnRedis) -> Iterator[House]:
    with Server(settings={"ASYNC_ENGINE": request.param, "REDIS_URL": own_redis.url, "LOG_LEVEL": "debug"}) as server:
        yield House.open(server)


def test_a_whole_room_lives_through_a_redis_that_is_full_hangs_and_goes_away(house: House, own_redis: OwnRedis):
    """Presence comes from the ticker, and ideas pass the feed: both go on whatever Redis does."""

    async def scene(room: Room) -> None:
        phones = [await room.join() for _ in range(5)]
        chair = await room.line("facilitator")
        await chair.sync()
        until(lambda: own_redis.listeners() == 1)
        troubles = (own_redis.fill, own_redis.hang, own_redis.stop, own_redis.start)
        for number, trouble in enumerate(troubles, 1):
            trouble()
            line = await room.line(phones[number])
            await line.sync()
            began = time.monotonic()
            posted = await line.command("post_idea", text=f"Idé {number}")
            assert posted["ok"] and time.monotonic() - began < 3
            await chair.hears("delta", lambda delta, seq=posted["seq"]: delta["to"] >= seq)
            await chair.hears("presence", lambda data, here=number: data["here"] == here)
            if trouble == own_redis.hang:
                own_redis.go_on()

    play(house, scene)
    until(lambda: own_redis.listeners() == 1)
    log = house.server.log_end()
    told = [line for line in log.splitlines() if "Redis, " in line and "is tried again" in line]
    assert told and len(told) == len({line.partition(" WARNING ")[2] for line in told}) <= 9
    assert "Traceback" not in log


def test_every_task_of_the_ticker_may_fail_with_anything_and_the_others_go_on(app, caplog, monkeypatch):
    from workshop.jobs import ticker

    live = app.extensions["rundbord_live"]
    live.connections.by_workshop[1] = {}
    done: list[str] = []
    named = [
        (live.presence, "tell"),
        (ticker, "close_overdue"),
        (ticker.attendance, "take_samples"),
        (live.feed, "check_clocks"),
        (ticker.store, "note_seen"),
    ]

    def broken(name: str):
        def run(*_: object) -> None:
            done.append(name)
            raise MemoryError(name) if name == "check_clocks" else AssertionError(name)

        return run

    for owner, name in named:
        monkeypatch.setattr(owner, name, broken(name))
    caplog.set_level(logging.INFO)
    for _ in range(3):
        ticker.tick(live.connections, live.feed, live.presence, 10)
    assert done == [name for _, name in named] * 3
    assert len(told(caplog)) == len(named)
    live.connections.seen = {5}
    ticker.tick(live.connections, live.feed, live.presence, 10)
    assert live.connections.seen == {5}, "who was seen is written down when it can be"
