"""Mixins for the engines' classes that receive bytes and send frames. `run.py` combines each with its base, because only
`run.py` may import an engine; `tests/live/test_engine_hooks.py` fails if a base no longer has what is used here.

Frames are counted as they are read from the connection, before the engine or Socket.IO processes them. All frames are sent
through an `Outlet`, also the engine's own control frames, so that no two frames are mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from workshop.live import limits, squeezing
from workshop.live.broadcast import Outlet
from workshop.live.lines import LINE, Line, Lines
from workshop.live.meter import TooMuch

# Each class is a mixin over a base without types.
_Base: Any = Any if TYPE_CHECKING else object


def count(line: Line, size: int) -> None:
    """Counts a received frame of `size` bytes. Over the limit it closes the connection and raises `TooMuch`."""
    try:
        line.meter.count(size)
    except TooMuch:
        # No closing frame is sent: it could wait for a peer that does not read.
        line.cut()
        raise


class EventletRequests(_Base):
    """Mixin for `eventlet.wsgi.HttpProtocol`: gives each connection a `Line` and sets its deadlines."""

    lines: Lines

    def setup(self) -> None:
        super().setup()
        self.line = self.lines.open(self.connection)

    def _read_request_line(self) -> Any:
        with suppress(OSError):  # the read that follows meets the same error and deals with it
            if self.rfile.peek(1):
                self.line.expect(limits.REQUEST_SECONDS)
        return super()._read_request_line()

    def handle_one_request(self) -> None:
        super().handle_one_request()
        self.line.expect(limits.IDLE_SECONDS)

    def get_environ(self) -> dict[str, Any]:
        return {**super().get_environ(), LINE: self.line}

    def finish(self) -> None:
        self.line.expect(limits.GOODBYE_SECONDS)
        try:
            super().finish()
        finally:
            self.lines.close(self.line)


def answer_extensions(_handshake: Any, offers: Any) -> dict[str, Any] | None:
    """Returns the answer to the compression a page offers (`squeezing.negotiate`). It replaces eventlet's
    `WebSocketWSGI._negotiate_permessage_deflate`, which keeps a compressor with its memory for each phone."""
    return squeezing.negotiate(offers)


class EventletFrames(_Base):
    """Mixin for `eventlet.websocket.RFC6455WebSocket`: counts each frame, and limits the size and the number of fragments of
    a message while it is being assembled."""

    too_large: Any  # the base's error that closes the connection

    def __init__(self, sock: Any, environ: dict[str, Any], *more: Any, **named: Any) -> None:
        super().__init__(sock, environ, *more, **named)
        self.outlet = Outlet(sock.fd.send, sock.send, deflates="permessage-deflate" in self.extensions)

    def _get_permessage_deflate_enc(self) -> None:
        # The base sends only control frames by itself, which are never compressed, but would make a compressor for each.
        return None

    def _send(self, frame: bytes) -> None:
        self.outlet.put(frame)

    def _recv_frame(self, message: Any = None) -> Any:
        before = sum(map(len, message.data)) if message else 0
        found = super()._recv_frame(message)
        size = sum(map(len, found.data))
        count(self.environ[LINE], size - before if found is message else size)
        found.frames = getattr(found, "frames", 0) + 1
        if size > limits.LARGEST_MESSAGE or found.frames > limits.MOST_FRAGMENTS:
            raise self.too_large(1009, "The message is too large.")
        return found

    @staticmethod
    def _apply_mask(data: bytes, mask: Sequence[int], length: int | None = None, offset: int = 0) -> bytes:
        """Returns a frame's data unmasked, by one operation on large integers. The base unmasks byte by byte: 13 ms for the
        largest message, during which no other request is served."""
        size = len(data) if length is None else length
        turned = bytes(mask[(offset + i) % 4] for i in range(4))
        key = (turned * (size // 4 + 1))[:size]
        return (int.from_bytes(data[:size], "little") ^ int.from_bytes(key, "little")).to_bytes(size, "little")


class GeventRequests(_Base):
    """Mixin for `geventwebsocket.handler.WebSocketHandler`: gives each connection a `Line` and sets its deadlines."""

    lines: Lines

    def handle(self) -> None:
        self.line = self.lines.open(self.socket)
        try:
            with suppress(OSError):  # the peer has gone, or the line was cut; this is no error to log
                super().handle()
        finally:
            self.lines.close(self.line)

    def _handle_client_error(self, ex: Exception) -> Any:
        return None if isinstance(ex, OSError) else super()._handle_client_error(ex)

    def read_requestline(self) -> Any:
        if self.rfile.peek(1):
            self.line.expect(limits.REQUEST_SECONDS)
        return super().read_requestline()

    def upgrade_websocket(self) -> Any:
        # The base returns a refusal as `str`, which its own server cannot send and would log as a traceback.
        refused = super().upgrade_websocket()
        return refused and [part.encode() for part in refused]

    def handle_one_request(self) -> Any:
        found = super().handle_one_request()
        self.line.expect(limits.IDLE_SECONDS)
        return found

    def get_environ(self) -> dict[str, Any]:
        return {**super().get_environ(), LINE: self.line}


class GeventFrames(_Base):
    """Mixin for `geventwebsocket.websocket.WebSocket`, which by itself reads a frame of any length and joins any number of
    fragments: counts each frame and limits both."""

    too_large: Any  # the base's error that closes the connection
    raw_read: Any  # the base's methods, replaced on each instance
    raw_write: Any

    def __init__(self, environ: dict[str, Any], stream: Any, handler: Any) -> None:
        super().__init__(environ, stream, handler)
        self._line: Line = environ[LINE]
        self._read = self.raw_read
        self.raw_read = self._bounded
        self._size = self._fragments = 0
        self.outlet = Outlet(handler.socket._sock.send, handler.socket.send)
        self.raw_write = self.outlet.put

    def _bounded(self, size: int) -> bytes:
        """Returns what was read, or nothing for a frame that is too large: the base takes that for the end of the
        connection."""
        return bytes(self._read(size)) if size <= limits.LARGEST_MESSAGE else b""

    def read_frame(self) -> Any:
        header, payload = super().read_frame()
        count(self._line, len(payload))
        if not header.opcode & 8:  # control frames come between the fragments of a message
            first = header.opcode != 0
            self._size = len(payload) + (0 if first else self._size)
            self._fragments = 1 + (0 if first else self._fragments)
            if self._size > limits.LARGEST_MESSAGE or self._fragments > limits.MOST_FRAGMENTS:
                raise self.too_large
        return header, payload
