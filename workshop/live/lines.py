"""The TCP connections of this process, each with the deadline by which its peer must have sent or read.

Neither engine limits how long a request may take to arrive or an answer to be read, so a sweep each second closes what is
overdue. `run.py` opens a line for each connection; the WSGI layer `Patience` sets its deadline.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from workshop.live import limits
from workshop.live.meter import Meter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: where a request's environ holds its line
LINE = "rundbord.line"


class Line:
    """One TCP connection."""

    __slots__ = ("_socket", "due", "meter")

    def __init__(self, connection: Any) -> None:
        self._socket = connection
        self.meter = Meter()
        #: the deadline, seconds of a monotonic clock; None while the server computes the answer
        self.due: float | None = None
        self.expect(limits.REQUEST_SECONDS)

    def expect(self, seconds: float) -> None:
        """Sets the deadline to so many seconds from now."""
        self.due = time.monotonic() + seconds

    def rest(self) -> None:
        """Removes the deadline."""
        self.due = None

    def cut(self) -> None:
        """Closes the connection: a green thread that waits for it gets an error."""
        self.due = None
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)


class Lines:
    """All open connections of this process."""

    def __init__(self) -> None:
        self._open: set[Line] = set()

    def __len__(self) -> int:
        return len(self._open)

    def open(self, connection: Any) -> Line:
        """Begin to watch a new connection."""
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.SEND_BUFFER_BYTES)
            # Or the second of two small frames waits until the phone has confirmed the first: neither engine sets it.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = Line(connection)
        self._open.add(line)
        return line

    def close(self, line: Line) -> None:
        """The connection has ended."""
        self._open.discard(line)

    def sweep(self) -> int:
        """Closes what is overdue. Returns how many connections that were."""
        now = time.monotonic()
        overdue = [line for line in self._open if line.due is not None and line.due < now]
        for line in overdue:
            line.cut()
        return len(overdue)


class Patience:
    """The outermost WSGI layer: reads a request's body before the application runs, within its time and size limits, and
    gives each piece of the answer the time it needs on a slow network, and no more."""

    def __init__(self, inside: WSGIApplication) -> None:
        self.inside = inside

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        line: Line | None = environ.get(LINE)
        if line is None:
            return self.inside(environ, start_response)
        status = _read_body(environ, line)
        if status is not None:
            start_response(status, [("Content-Length", "0"), ("Connection", "close")])
            return []
        unread = line.due is not None
        answer = self.inside(environ, start_response)
        if unread:
            # The answer refuses a body that is too long; the rest of it has the time that is left.
            return answer
        if isinstance(answer, (list, tuple)):
            # Unchanged: the engines compute the length from it.
            _give_time(line, sum(map(len, answer)))
            return answer
        return _Timed(answer, line)


def _read_body(environ: WSGIEnvironment, line: Line) -> str | None:
    """Puts the whole body into the environ. Returns the status that refuses the request, or None. A body that is too long
    is left to the application, which refuses it in the person's language without reading it; the deadline stays."""
    line.expect(limits.REQUEST_SECONDS)
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return "411 Length Required"
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return "400 Bad Request"
    if int(length) > limits.LARGEST_MESSAGE:
        return None
    if int(length):
        try:
            body = environ["wsgi.input"].read(int(length))
        except OSError:
            return "408 Request Timeout"
        if len(body) < int(length):
            return "408 Request Timeout"
        environ["wsgi.input"] = io.BytesIO(body)
    line.rest()
    return None


def _give_time(line: Line, size: int) -> None:
    line.expect(limits.ANSWER_SECONDS + size / limits.SLOWEST_READING)


class _Timed:
    """An answer in pieces, each with a deadline of its own."""

    def __init__(self, answer: Iterable[bytes], line: Line) -> None:
        self._answer = answer
        self._line = line

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._answer:
            _give_time(self._line, len(piece))
            yield piece

    def close(self) -> None:
        if hasattr(self._answer, "close"):
            self._answer.close()
