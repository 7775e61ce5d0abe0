"""Stops the server without losing requests: the outermost WSGI layer."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SOCKET_PATH = "/socket.io"
# After `broken` a client sends the command again, with the same id (docs/protocol.md).
SHUTTING_DOWN = b'{"ok": false, "error": {"code": "broken"}}'
HEADERS = [
    ("Content-Type", "application/json"),
    ("Content-Length", str(len(SHUTTING_DOWN))),
    ("Retry-After", "5"),
    ("Connection", "close"),
]


class Drain:
    """Counts the requests in progress; after `close` it refuses new ones (503) and waits until the others have ended.

    Open sockets are not counted: they never end by themselves, and their clients reconnect.
    """

    def __init__(self, inside: WSGIApplication) -> None:
        self.inside = inside
        self.busy = 0
        self.closing = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
        if self.closing:
            start_response("503 Service Unavailable", HEADERS)
            return [SHUTTING_DOWN]
        if environ.get("PATH_INFO", "").startswith(SOCKET_PATH):
            return self.inside(environ, start_response)
        self.busy += 1
        try:
            return ClosingIterator(self.inside(environ, start_response), self._leave)
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        self.busy -= 1

    def close(self, seconds: float) -> bool:
        """Refuses new requests and waits for those in progress, at most so many seconds. Returns whether all have ended."""
        self.closing = True
        latest = time.monotonic() + seconds
        while self.busy and time.monotonic() < latest:
            time.sleep(0.05)
        return not self.busy
