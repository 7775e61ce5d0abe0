"""Frames are counted and bounded as they are read, on both engines."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import eventlet.websocket
import pytest
from geventwebsocket.exceptions import FrameTooLargeException
from geventwebsocket.websocket import WebSocket

from tests.live.pipe import Pipe
from tests.live.raw import CONTINUATION, PING, TEXT, frame
from workshop.live import limits, receiving
from workshop.live.lines import LINE, Line
from workshop.live.meter import Bucket, Meter, TooMuch


class EventletFrames(receiving.EventletFrames, eventlet.websocket.RFC6455WebSocket):
    too_large = eventlet.websocket.FailedConnectionError


class GeventFrames(receiving.GeventFrames, WebSocket):
    too_large = FrameTooLargeException


def reading(engine: str, data: bytes) -> tuple[Any, Pipe]:
    """Returns how to read the next message of these bytes, and the connection's socket."""
    pipe = Pipe(data)
    environ = {LINE: Line(pipe)}
    if engine == "eventlet":
        return EventletFrames(pipe, environ, 13, max_frame_length=limits.LARGEST_MESSAGE).wait, pipe
    logger = SimpleNamespace(debug=lambda *_: None)
    handler = SimpleNamespace(server=SimpleNamespace(application=None), logger=logger, socket=pipe)
    return GeventFrames(environ, pipe, handler).receive, pipe  # type: ignore[arg-type]


ENGINES = pytest.mark.parametrize("engine", ["eventlet", "gevent"])


@ENGINES
def test_messages_are_read_as_before_also_in_fragments_with_pings_between(engine: str) -> None:
    parts = frame(b"a", TEXT, fin=False) + frame(b"", PING) + frame("æ".encode(), CONTINUATION)
    read, pipe = reading(engine, frame(b"one") + parts + frame(b"x" * limits.LARGEST_MESSAGE))
    assert [read(), read(), read()] == ["one", "aæ", "x" * limits.LARGEST_MESSAGE]
    assert not pipe.shut


@ENGINES
@pytest.mark.parametrize(
    "data",
    [
        frame(b"x" * 60_000, TEXT, fin=False) + frame(b"x" * 60_000, CONTINUATION, fin=False) * 2,
        frame(b"x" * (limits.LARGEST_MESSAGE + 1)),
        frame(b"", TEXT, fin=False) + frame(b"", CONTINUATION, fin=False) * 300,
    ],
    ids=["fragments", "a frame", "empty fragments"],
)
def test_a_message_that_is_too_large_is_never_whole(engine: str, data: bytes) -> None:
    read, _ = reading(engine, data)
    whole = None
    with suppress(TooMuch, OSError):
        whole = read()
    assert whole is None


@ENGINES
@pytest.mark.parametrize("one", [frame(b"2"), frame(b"", PING)], ids=["text", "ping"])
def test_each_frame_is_counted_where_it_is_read_and_past_the_limit_the_line_is_cut(
    engine: str, one: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.live.meter.time.monotonic", lambda: 100.0)
    read, pipe = reading(engine, one * 10_000)
    heard = 0
    with pytest.raises(TooMuch):
        while True:
            heard += read() is not None
    assert pipe.shut
    assert heard == (0 if one == frame(b"", PING) else limits.FRAMES_AT_ONCE)
    assert pipe.data.tell() <= (limits.FRAMES_AT_ONCE + 2) * len(one)


def test_a_bucket_gives_so_many_at_once_and_says_how_long_the_next_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("workshop.live.meter.time.monotonic", lambda: now[0])
    bucket = Bucket(3, 2)
    assert [bucket.take() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    now[0] += 10
    assert bucket.take(3) == 0
    meter = Meter()
    with pytest.raises(TooMuch):
        meter.count(limits.BYTES_AT_ONCE + 1)
