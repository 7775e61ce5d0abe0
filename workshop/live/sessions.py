"""One Engine.IO session with limits: the size of its queue, how often it polls, and how long it may stay without reading.

The library keeps an unlimited queue for each session and answers each poll at once. `engine.py` replaces its class with
this one.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from engineio.exceptions import EngineIOError
from engineio.packet import Packet
from engineio.socket import Socket

from workshop.live import limits
from workshop.live.lines import LINE, Line
from workshop.live.meter import Bucket, Meter, TooMuch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Session(Socket):
    """A session of one page, by a websocket from its beginning or by polling to its end. A change from polling to a
    websocket is not supported: during an attempt on a network that stalled, the library answered each poll at once with
    nothing."""

    def __init__(self, server: Any, sid: str) -> None:
        super().__init__(server, sid)
        self.line: Line | None = None
        #: bytes that wait for the page
        self.waiting = 0
        #: since when nothing of it has been taken; None while nothing waits
        self.stuck_since: float | None = None
        #: since when it has shown no token that is let in; None once it has
        self.stranger_since: float | None = time.monotonic()
        self._meter = Meter()
        self._polls = Bucket(limits.POLLS_AT_ONCE, limits.POLLS_PER_SECOND)
        self._polling = False

    def send(self, pkt: Packet) -> None:
        """Queue a packet; over the limit the session is let go instead."""
        size = len(pkt.encode())
        if self.waiting and self.waiting + size > limits.SEND_QUEUE_BYTES:
            self.let_go()
            return
        super().send(pkt)
        self.waiting += size
        self.stuck_since = self.stuck_since or time.monotonic()

    def taken(self, size: int) -> None:
        """Notes that the page's connection has taken so many bytes."""
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
        """Waits for packets and returns them. By polling they count as taken here; on a websocket each does when it has
        been sent."""
        packets: list[Packet] = super().poll()
        if not self.upgraded:
            self.taken(sum(len(packet.encode()) for packet in packets))
        return packets

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End the session; its websocket ends soon after, whether or not the page is still there."""
        super().close(wait=wait, abort=abort, reason=reason)
        if self.line is not None:
            self.line.expect(limits.GOODBYE_SECONDS)

    def let_go(self) -> None:
        """Ends the session at once and drops what waits for it."""
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        empty = self.server.get_queue_empty_exception()
        try:
            while True:
                self.queue.get(block=False)
        except empty:
            self.queue.put(None)
        self.waiting = 0
        if self.line is not None:
            self.line.cut()

    def overdue(self) -> bool:
        """Returns whether it has read nothing of what waits, or shown no valid token, for too long."""
        now = time.monotonic()
        waits = ((self.stuck_since, limits.UNREAD_SECONDS), (self.stranger_since, limits.STRANGER_SECONDS))
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


class Wire:
    """The websocket as its session uses it: it reports what is sent, and `Lines` sets the deadlines instead of the socket."""

    def __init__(self, websocket: Any, session: Session) -> None:
        self._websocket = websocket
        self._session = session

    def wait(self) -> Any:
        """Returns the next message, or None at the end."""
        return self._websocket.wait()

    def send(self, message: str) -> None:
        """Send one message; returns when the connection has taken it."""
        self._websocket.send(message)
        self._session.taken(len(message))

    def close(self) -> None:
        """Close the websocket."""
        self._websocket.close()
