"""One Engine.IO session with limits: the size of its queue, how often it polls, and how long it may read nothing.

The library's own session has an unlimited queue and answers each poll at once. `engine.guard` replaces its class with this
one.
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
    """A session of one page, which uses either a websocket or polling from beginning to end. A change from polling to a
    websocket is refused: while such a change was under way on a stalled network, the library answered each poll at once
    and empty."""

    #: when the unanswered ping was sent, by the wall clock; None if every ping is answered
    last_ping: float | None

    def __init__(self, server: Any, sid: str) -> None:
        super().__init__(server, sid)
        self.line: Line | None = None
        #: the sending side of its websocket; None by polling
        self.outlet: Outlet | None = None
        #: closes the websocket while it is being read
        self._close: Callable[[], None] | None = None
        #: bytes that wait for a polling page
        self.waiting = 0
        #: since when the page has fetched nothing of it, on the monotonic clock; None while nothing waits
        self.stuck_since: float | None = None
        #: when to send the next ping, seconds of a monotonic clock; None while an answer is awaited
        self._ping_due: float | None = None
        #: since when it has had no valid token, on the monotonic clock; None while it has one
        self.stranger_since: float | None = time.monotonic()
        self._meter = Meter()
        self._polls = Bucket(limits.POLLS_AT_ONCE, limits.POLLS_PER_SECOND)
        self._polling = False

    def send(self, pkt: Packet) -> None:
        """Sends a packet on the websocket at once, or queues it for the next poll. A session whose queue is full is ended."""
        if self.outlet is None:
            self._queue(pkt)
        else:
            self.send_frame(framed(pkt, self.outlet.deflates))

    def send_frame(self, frame: bytes) -> None:
        """Sends a complete frame on the websocket. Raises `SocketIsClosedError` after the end."""
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
        """Opens the websocket, or answers a poll. Polls are answered at a limited rate (`limits.POLLS_PER_SECOND`); what
        happens in between is sent with the next answer."""
        if environ.get("HTTP_UPGRADE") or not self.connected:
            return super().handle_get_request(environ, start_response)
        self._count(0)
        if self._polling:
            # The protocol allows one poll at a time.
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
        """Ends the session. Its websocket ends once what waits has been written, or after `limits.GOODBYE_SECONDS`."""
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
        """Sets when `engine.sweep` sends the next ping. The library would start a green thread of 20 kB for each ping."""
        if self.last_ping:
            self.last_ping = None
            self._ping_due = time.monotonic() + self.server.ping_interval

    def ping_if_due(self) -> None:
        """Sends a ping if one is due."""
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
        # Without a version the engine would use a draft of 2010, in which a message has no size limit.
        if self.connected or not environ.get("HTTP_SEC_WEBSOCKET_VERSION"):
            return self.server._bad_request("No change of transport")
        self.line = environ.get(LINE)
        return super()._upgrade_websocket(environ, start_response)

    def _websocket_handler(self, ws: Any) -> list[bytes]:
        """Serves the websocket until it ends. The library runs a green thread for each page that writes its queue; here
        `broadcast` writes, and the queue is used by polling only."""
        outlet: Outlet = getattr(ws, "_sock", ws).outlet
        outlet.open(self.server.start_background_task)
        self.connected = self.upgraded = True
        for packet in self._taken_out():
            outlet.put(framed(packet))
        self.outlet, self._close = outlet, partial(_quietly, ws.close)
        try:
            self._read(ws)
        finally:
            # After this method the engine itself closes the connection.
            self._close = None
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return []

    def _read(self, ws: Any) -> None:
        # Reads until the end also after the session is over: closing with unread data would reset the connection.
        while True:
            try:
                text = ws.wait()
                packet = None if text is None else Packet(encoded_packet=text)
            except Exception as error:  # noqa: BLE001 - any error ends this connection only
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
