"""The pump of one workshop: when it sends, and when it has nothing to send and must not stand in the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.voting import Room
from workshop.live import feed as feeding
from workshop.live.beat import Beat
from workshop.live.connections import Connection, Connections
from workshop.live.feed import Feed


class Pumped:
    """A feed with one phone in a room; what is sent, and how often it pauses, is written down."""

    def __init__(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room = Room({"citizens": 2}, ideas_always_open=True)
        self.sent: list[str] = []
        self.pauses: list[float] = []
        self.waiting: list[tuple[Any, ...]] = []
        monkeypatch.setattr(feeding.socketio, "emit", lambda event, *_a, **_k: self.sent.append(event))
        monkeypatch.setattr(feeding.socketio, "sleep", lambda seconds: seconds and self.pauses.append(seconds))
        monkeypatch.setattr(feeding.socketio, "start_background_task", lambda *task: self.waiting.append(task))
        self.connections = Connections()
        self.connections.add(Connection("sid", self.room.everybody[0]))
        self.feed = Feed(app, self.connections, None)
        self.feed.enter(self.room.id, "room")

    def post(self) -> None:
        self.room.do(self.room.everybody[1], "post_idea", text="En idé")
        self.feed.wake(self.room.id)

    def run(self) -> None:
        """Let the tasks that were started run to their end."""
        while self.waiting:
            task, *arguments = self.waiting.pop(0)
            task(*arguments)


@pytest.fixture
def pumped(app: Any, monkeypatch: pytest.MonkeyPatch) -> Pumped:
    return Pumped(app, monkeypatch)


def test_two_changes_are_sent_at_once_and_the_next_ones_are_gathered(pumped: Pumped) -> None:
    """One may be the server's own (who is here over the day): the idea that comes just after it need not wait."""
    pumped.post()
    pumped.run()
    assert (pumped.sent, pumped.pauses) == (["delta"], [])
    pumped.post()
    pumped.run()
    assert (pumped.sent, len(pumped.pauses)) == (["delta"] * 2, 1)


def test_in_a_burst_a_room_is_told_once_per_beat_longer_as_it_grows_and_as_the_server_is_behind() -> None:
    def beat(connections: int, late: float) -> float:
        its, at = Beat(), 100.0
        its.late = late
        for _ in range(10):
            at += its.pause(connections, at)
        return (at - 100.0) / 9

    assert beat(0, 0) == pytest.approx(0.1)
    assert beat(1000, 0) == pytest.approx(0.4)
    assert beat(1000, 0.2) == pytest.approx(1.0)
    assert beat(0, 9) == pytest.approx(2.1), "never longer than this"


def test_after_a_quiet_while_the_beat_owes_nothing() -> None:
    its = Beat()
    for _ in range(5):
        its.pause(10, 100.0)
    assert its.pause(10, 200.0) == 0


def test_the_ticker_does_not_wake_a_pump_for_what_it_has_sent(pumped: Pumped) -> None:
    """Or a change that comes just then would wait until a burst that is none has been gathered."""
    pumped.post()
    pumped.run()
    pumped.feed.look()
    assert pumped.waiting == []


def test_the_ticker_wakes_it_for_what_was_written_elsewhere(pumped: Pumped) -> None:
    pumped.room.do(pumped.room.everybody[1], "post_idea", text="En idé fra en anden proces")
    pumped.feed.look()
    pumped.run()
    assert pumped.sent == ["delta"]


def test_with_nothing_to_send_it_does_not_pause(pumped: Pumped) -> None:
    pumped.feed.wake(pumped.room.id)
    pumped.run()
    assert (pumped.sent, pumped.pauses) == ([], [])
