"""The Socket.IO server with limits: which events it accepts, and how long it keeps a connection.

Flask-SocketIO creates the server itself and accepts no class of ours, so `guard` sets the classes afterwards.
`tests/live/test_engine_hooks.py` fails if the libraries no longer have what is used here.
"""

from __future__ import annotations

import logging
import time
from typing import Any
from urllib.parse import parse_qs

import engineio.socket
import socketio

from workshop.live import limits
from workshop.live.lines import Lines
from workshop.live.sessions import Session
from workshop.live.snapshots import framed_snapshot

_SWEEP_SECONDS = 1.0
_log = logging.getLogger(__name__)


class RoomServer(socketio.Server):
    """Accepts only events that have a handler: a client's event named `disconnect` would reach the handler that only the
    end of a connection may call, and leave the connection in its rooms."""

    def _handle_event(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            return
        heard = self.handlers.get(namespace or "/", {}).keys() - self.reserved_events
        if data[0] in heard:
            super()._handle_event(eio_sid, namespace, id, data[:2])

    def handle_request(self, environ: Any, start_response: Any) -> Any:
        """Serves one request of a connection. The library answers 400 for an unknown session, but raises an unexpected error
        on a POST to a session that has ended and is still in its table. So such a session is removed here first."""
        if environ["REQUEST_METHOD"] == "POST":
            sid = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])[0]
            session = self.eio.sockets.get(sid)
            if session is not None and session.closed:
                del self.eio.sockets[sid]
        return super().handle_request(environ, start_response)

    def _send_packet(self, eio_sid: str, pkt: Any) -> None:
        """Sends a packet to one client. A large snapshot for a websocket is assembled from cached parts."""
        session = self.eio.sockets.get(eio_sid)
        outlet = session.outlet if session is not None and not session.closed else None
        frame = framed_snapshot(pkt, outlet.deflates) if outlet is not None else None
        if frame is None:
            super()._send_packet(eio_sid, pkt)
        else:
            session.send_frame(frame)

    def _handle_ack(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:
        """Does nothing: no message to a client asks for an acknowledgement."""

    def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        """Accepts text packets only and lets go of any other session: the protocol has no binary messages, and the library
        would store the parts of an incomplete one without a limit."""
        if isinstance(data, str) and data[:1] in ("0", "1", "2", "3"):
            super()._handle_eio_message(eio_sid, data)
            return
        session = self.eio.sockets.get(eio_sid)
        if session is not None:
            session.let_go()


def guard(server: socketio.Server) -> None:
    """Sets the limits of a Socket.IO server and of the sessions it will create."""
    engineio.socket.Socket = Session
    server.__class__ = RoomServer
    engine = server.eio
    engine.on("message", server._handle_eio_message)  # the library registered the method of its own class
    engine.allow_upgrades = False


def watch(server: socketio.Server, lines: Lines) -> None:
    """Starts the green thread that closes overdue connections and sessions."""
    server.start_background_task(_watch, server, lines)


def _watch(server: socketio.Server, lines: Lines) -> None:
    while True:
        server.sleep(_SWEEP_SECONDS)
        try:
            lines.sweep()
            sweep(server)
        except Exception:  # noqa: BLE001
            # An error in one connection must not end the loop.
            _log.exception("the sweep of connections failed; it goes on")


def sweep(server: socketio.Server) -> None:
    """Sends the pings that are due. Closes sessions that have read nothing, or shown no valid token, for too long, and the
    oldest sessions without a token beyond `limits.MOST_STRANGERS`.

    A connection whose token has ended counts as one without a token: it is in no room and stays open only until the last
    message to it has been fetched.
    """
    strangers = []
    for session in list(server.eio.sockets.values()):
        if session.closed:
            continue
        if server.manager.sid_from_eio_sid(session.sid, "/") is not None:
            session.stranger_since = None
        else:
            session.stranger_since = session.stranger_since or time.monotonic()
            strangers.append(session)
        session.ping_if_due()
        if session.overdue():
            session.let_go()
    for session in strangers[: max(0, len(strangers) - limits.MOST_STRANGERS)]:
        session.let_go()
