"""The TCP connections of this process, each with the deadline by which its peer must have sent or read.

Neither engine limits how long a request may take to arrive or an answer to be read, so a sweep each second closes overdue
connections. `receiving` opens a line for each connection; the WSGI layer `Patience` sets the deadlines of a request.
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
        """Shuts the connection down: a green thread that waits for it gets an error."""
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
        """Returns the line of a new connection, which is watched from now on."""
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.SEND_BUFFER_BYTES)
            # Neither engine sets this. Without it the second of two small frames waits until the phone acknowledges the first.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = Line(connection)
        self._open.add(line)
        return line

    def close(self, line: Line) -> None:
        """Stops watching a connection that has ended."""
        self._open.discard(line)

    def sweep(self) -> int:
        """Shuts down the overdue connections. Returns their number."""
        now = time.monotonic()
        overdue = [line for line in self._open if line.due is not None and line.due < now]
        for line in overdue:
            line.cut()
        return len(overdue)


class Patience:
    """The outermost WSGI layer. It reads a request's body before the application runs, within a time and a size limit, and
    sets a deadline for each piece of the answer, long enough for a slow network."""

    def __init__(self, inside: WSGIApplication) -> None:
        self.inside = inside

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serves one request."""
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
            # The application refuses a body that is too long. The deadline stays for the rest of that body.
            return answer
        if isinstance(answer, (list, tuple)):
            # Returned unchanged, because the engines compute the content length from a list.
            _give_time(line, sum(map(len, answer)))
            return answer
        return _Timed(answer, line)


def _read_body(environ: WSGIEnvironment, line: Line) -> str | None:
    """Puts the whole body into the environ. Returns the HTTP status with which the request is refused, or None. A body that is
    too long stays unread: the application refuses it in the person's language, and the deadline is kept."""
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
