"""Sending to websockets: a message for a whole audience is encoded once, and each connection takes it at once if it can.

A frame is written straight to the connection, without waiting, if its queue is empty. What the connection does not take is
queued in order and written by a green thread that runs only while something is queued. So sending never waits, and a phone
that reads slowly delays only itself. Control frames go the same way, so that no frame is written into the middle of another.
"""

from __future__ import annotations

import struct
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from workshop import metrics
from workshop.live import limits, squeezing

#: the first byte of a whole text message, and of one that is compressed (RFC 6455, section 5.2; RFC 7692, section 6)
TEXT, COMPRESSED = 0x81, 0xC1


class Full(OSError):
    """Raised when more waits for a connection than docs/running.md allows; the connection is closed."""


def framed(packet: Any, deflates: bool = False) -> bytes:
    """Returns an Engine.IO packet as a websocket frame, compressed if it is large and the page reads compressed messages
    (`deflates`). The frame is made once and stored on the packet, which all receivers of a message share."""
    name = "squeezed" if deflates else "frame"
    frame: bytes | None = getattr(packet, name, None)
    if frame is None:
        data = packet.encode().encode()
        if deflates and len(data) >= squeezing.LARGE:
            frame = as_frame(COMPRESSED, squeezing.message([squeezing.part(data)]))
        else:
            frame = as_frame(TEXT, data)
        setattr(packet, name, frame)
    return frame


def as_frame(first: int, data: bytes) -> bytes:
    """Returns a whole message as one frame (RFC 6455, section 5.2), unmasked as a server sends it. `first` is its first
    byte."""
    size = len(data)
    if size < 126:
        head = struct.pack("!BB", first, size)
    elif size < 65536:
        head = struct.pack("!BBH", first, 126, size)
    else:
        head = struct.pack("!BBQ", first, 127, size)
    return head + data


class Outlet:
    """The sending side of one websocket.

    `now` sends what the connection takes without waiting and returns the number of bytes, or raises `BlockingIOError`;
    `waiting` does the same, but waits until at least one byte is taken. Each raises another `OSError` once the connection
    has ended. What is sent after that is dropped; the green thread that reads the connection notices the end by itself.
    """

    __slots__ = ("_ended", "_ending", "_frames", "_now", "_start", "_waiting", "deflates", "size", "stuck_since")

    def __init__(self, now: Callable[[Any], int], waiting: Callable[[Any], int], deflates: bool = False) -> None:
        #: whether the page reads compressed messages
        self.deflates = deflates
        self._now = now
        self._waiting = waiting
        #: the queue; a frame stays first in it until all of it is written, and `_flush` runs until it is empty
        self._frames: deque[bytes | memoryview] = deque()
        #: bytes in the queue
        self.size = 0
        #: since when the connection has taken nothing of the queue, on the monotonic clock; None while the queue is empty
        self.stuck_since: float | None = None
        self._ended = False
        self._ending: Callable[[], None] | None = None
        self._start: Callable[[Callable[[], None]], Any] | None = None

    def open(self, start: Callable[[Callable[[], None]], Any]) -> None:
        """Sets how a green thread is started. Before this call only the engine's own frames are sent."""
        self._start = start

    def put(self, frame: bytes) -> None:
        """Sends a frame, or queues what the connection does not take. Does not wait. Raises `Full`."""
        metrics.frames.given += 1
        if self._frames:
            self._keep(frame)
            return
        if self._ended:
            return
        try:
            sent = self._now(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.drop()
            return
        if sent < len(frame):
            self._keep(memoryview(frame)[sent:] if sent else frame)

    def _keep(self, frame: bytes | memoryview) -> None:
        if self.size and self.size + len(frame) > limits.SEND_QUEUE_BYTES:
            raise Full
        starts = not self._frames
        self._frames.append(frame)
        self.size += len(frame)
        metrics.frames.waiting += len(frame)
        if starts and self._start is not None:
            self.stuck_since = time.monotonic()
            self._start(self._flush)

    def _flush(self) -> None:
        """Writes the queue, piece by piece, and then calls what `end` was given, if anything."""
        while self._frames:
            frame = self._frames[0]
            try:
                sent = self._waiting(frame)
            except OSError:
                self.drop()
            if self._ended:
                break
            self.size -= sent
            metrics.frames.waiting -= sent
            self.stuck_since = time.monotonic()
            if sent < len(frame):
                self._frames[0] = memoryview(frame)[sent:]
            else:
                self._frames.popleft()
        self.stuck_since = None
        if self._ending is not None:
            self._ending()

    def end(self, close: Callable[[], None]) -> None:
        """Makes a green thread call `close` once the queue has been written."""
        self._ending = close
        if not self._frames and self._start is not None:
            self._start(self._flush)

    def drop(self) -> None:
        """Drops the queue and whatever is sent from now on."""
        self._ended = True
        self._frames.clear()
        metrics.frames.waiting -= self.size
        self.size, self.stuck_since = 0, None
