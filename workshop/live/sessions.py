"""One Engine.IO session with limits: the size of its queue, how often it polls, and how long it may stay without reading.

The library keeps an unlimited queue for each session and answers each poll at once. `engine.py` replaces its class with
this one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from engineio.exceptions import EngineIOError, SocketIsClosedError, UnknownPacketError
from engineio.packet import PING, Packet
from engineio.socket import Socket

from workshop.live import limits
from workshop.live.broadcast import Full, Outlet, framed
from workshop.live.lines import LINE, Line
from workshop.live.meter import Bucket, Meter, TooMuch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_log = logging.getLogger(__name__)


class Session(Socket):
    """A session of one page, by a websocket from its beginning or by polling to its end. A change from polling to a
    websocket is not supported: during an attempt on a network that stalled, the library answered each poll at once with
    nothing."""

    #: when the ping was sent of which the answer is awaited, by the wall clock; None if none is
    last_ping: float | None

    def __init__(self, server: Any, sid: str) -> None:
        super().__init__(server, sid)
        self.line: Line | None = None
        #: the sending side of its websocket; None by polling
        self.outlet: Outlet | None = None
        #: closes the websocket while it is being read
        self._close: Callable[[], None] | None = None
        #: bytes that wait for a page that polls
        self.waiting = 0
        #: since when nothing of it has been taken; None while nothing waits
        self.stuck_since: float | None = None
        #: when to ask whether the page is still there, seconds of a monotonic clock; None while an answer is awaited
        self._ping_due: float | None = None
        #: since when it has shown no token that is let in; None once it has
        self.stranger_since: float | None = time.monotonic()
        self._meter = Meter()
        self._polls = Bucket(limits.POLLS_AT_ONCE, limits.POLLS_PER_SECOND)
        self._polling = False

    def send(self, pkt: Packet) -> None:
        """Sends a packet on the websocket at once, or queues it for the next poll; over the limit the session is let go."""
        if self.outlet is None:
            self._queue(pkt)
        else:
            self.send_frame(framed(pkt, self.outlet.deflates))

    def send_frame(self, frame: bytes) -> None:
        """Sends a frame that is ready on the websocket. Raises `SocketIsClosedError` after the end."""
        if self.closed or self.outlet is None:
            raise SocketIsClosedError
        if self.last_ping is None or self.check_ping_timeout():
            try:
                self.outlet.put(frame)
            except Full:
                self.let_go()

    def _queue(self, pkt: Packet) -> None:
        size = len(pkt.encode())
        if self.waiting and self.waiting + size > limits.SEND_QUEUE_BYTES:
            self.let_go()
            return
        super().send(pkt)
        self.waiting += size
        self.stuck_since = self.stuck_since or time.monotonic()

    def _taken(self, size: int) -> None:
        """Notes that the page has fetched so many bytes."""
        self.waiting = max(0, self.waiting - size)
        self.stuck_since = time.monotonic() if self.waiting else None

    def receive(self, pkt: Packet) -> None:
        """Handles a packet. By polling it is counted here; on a websocket its frame was counted when it was read."""
        if not self.upgraded:
            self._count(0)
        super().receive(pkt)

    def handle_post_request(self, environ: WSGIEnvironment) -> None:
        """Handles what a polling page has sent."""
        length = environ.get("CONTENT_LENGTH") or "0"
        self._count(int(length) if length.isdigit() else 0)
        super().handle_post_request(environ)

    def handle_get_request(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        """Opens the websocket, or answers a poll, at most so often: what happens in between is sent with the next answer."""
        if environ.get("HTTP_UPGRADE") or not self.connected:
            return super().handle_get_request(environ, start_response)
        self._count(0)
        if self._polling:
            # The protocol has one poll at a time.
            self.let_go()
            raise EngineIOError("two polls at once")
        self._polling = True
        try:
            wait = self._polls.take()
            if wait:
                self.server.sleep(wait)
            return super().handle_get_request(environ, start_response)
        finally:
            self._polling = False

    def poll(self) -> list[Packet]:
        """Waits for packets and returns them."""
        packets: list[Packet] = super().poll()
        self._taken(sum(len(packet.encode()) for packet in packets))
        return packets

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """Ends the session; its websocket ends once what waits has been written, or soon, if the page does not read it."""
        first = not (self.closed or self.closing)
        super().close(wait=wait and self.outlet is None, abort=abort, reason=reason)
        if first and self.outlet is not None and self._close is not None:
            self.outlet.end(self._close)
        if self.line is not None:
            self.line.expect(limits.GOODBYE_SECONDS)

    def let_go(self) -> None:
        """Ends the session at once and drops what waits for it."""
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        self._taken_out()
        self.queue.put(None)
        if self.outlet is not None:
            self.outlet.drop()
        if self.line is not None:
            self.line.cut()

    def _taken_out(self) -> list[Packet]:
        """Empties the queue and returns what was in it."""
        found: list[Packet] = []
        try:
            while True:
                found.append(self.queue.get(block=False))
        except self.server.get_queue_empty_exception():
            self.waiting, self.stuck_since = 0, None
            return [packet for packet in found if packet is not None]

    def schedule_ping(self) -> None:
        """Lets the next ping be sent after the interval, by the sweep: the library starts a green thread for each, 20 kB."""
        if self.last_ping:
            self.last_ping = None
            self._ping_due = time.monotonic() + self.server.ping_interval

    def ping_if_due(self) -> None:
        """Sends a ping if it is time."""
        if self._ping_due is not None and self._ping_due <= time.monotonic() and not (self.closed or self.closing):
            self._ping_due, self.last_ping = None, time.time()
            self.send(Packet(PING))

    def overdue(self) -> bool:
        """Returns whether it has read nothing of what waits, or shown no valid token, for too long."""
        now = time.monotonic()
        stuck_since = self.outlet.stuck_since if self.outlet is not None else self.stuck_since
        waits = ((stuck_since, limits.UNREAD_SECONDS), (self.stranger_since, limits.STRANGER_SECONDS))
        return any(since is not None and now - since > seconds for since, seconds in waits)

    def _count(self, size: int) -> None:
        try:
            self._meter.count(size)
        except TooMuch as error:
            self.let_go()
            raise EngineIOError("too much") from error

    def _upgrade_websocket(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        # Without a version the engine would speak a draft of 2010, which has no bounds.
        if self.connected or not environ.get("HTTP_SEC_WEBSOCKET_VERSION"):
            return self.server._bad_request("No change of transport")
        self.line = environ.get(LINE)
        return super()._upgrade_websocket(environ, start_response)

    def _websocket_handler(self, ws: Any) -> list[bytes]:
        """Serves the websocket until it ends. The library's own has a green thread for each page that writes what waits in
        the queue; here `broadcast` writes, and the queue is for polling alone."""
        outlet: Outlet = getattr(ws, "_sock", ws).outlet
        outlet.open(self.server.start_background_task)
        self.connected = self.upgraded = True
        for packet in self._taken_out():
            outlet.put(framed(packet))
        self.outlet, self._close = outlet, partial(_quietly, ws.close)
        try:
            self._read(ws)
        finally:
            # From here on the engine ends the connection.
            self._close = None
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return []

    def _read(self, ws: Any) -> None:
        # To the end of what has come, also once the session is over: what is left unread would reset the connection.
        while True:
            try:
                text = ws.wait()
                packet = None if text is None else Packet(encoded_packet=text)
            except Exception as error:  # noqa: BLE001 - whatever it is, this connection alone ends
                _log.debug("a websocket ended with %r", error)
                return
            if packet is None:
                return
            try:
                self.receive(packet)
            except UnknownPacketError:
                continue
            except SocketIsClosedError:
                return
            except Exception:  # noqa: BLE001
                _log.exception("a message could not be handled; its connection is closed")
                return


def _quietly(close: Callable[[], None]) -> None:
    # The connection may have ended meanwhile, or the page may have closed it first.
    with suppress(OSError):
        close()
