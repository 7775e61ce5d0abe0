"""Lines have a time to send what they announced, and the bodies of requests are read first."""

from __future__ import annotations

import io
import socket
import time
from typing import Any

import pytest

from tests.live.pipe import Pipe
from workshop.live import limits
from workshop.live.lines import LINE, Line, Lines, Patience


def test_small_frames_are_not_held_back_and_the_system_keeps_little_for_who_does_not_read() -> None:
    pipe = Pipe()
    Lines().open(pipe)
    assert pipe.options == {
        (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
        (socket.SOL_SOCKET, socket.SO_SNDBUF, limits.SEND_BUFFER_BYTES),
    }


def test_lines_that_are_overdue_are_cut_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = Lines()
    late, early, working = (lines.open(Pipe()) for _ in range(3))
    late.expect(1)
    early.expect(100)
    working.rest()
    now = time.monotonic()
    monkeypatch.setattr("workshop.live.lines.time.monotonic", lambda: now + 50)
    assert lines.sweep() == 1
    assert [line._socket.shut for line in (late, early, working)] == [True, False, False]
    assert lines.sweep() == 0, "once is enough"
    lines.close(late)
    assert len(lines) == 2


def served(body: bytes = b"", **environ: str) -> tuple[str | None, list[bytes], Line, bytes]:
    """One request through `Patience`: status of its refusal, answer, its line, and the body the application read."""
    line = Line(Pipe())
    seen: list[bytes] = []
    refused: list[str] = []

    def inside(given: dict[str, Any], _start: Any) -> list[bytes]:
        seen.append(given["wsgi.input"].read() if isinstance(given["wsgi.input"], io.BytesIO) else b"unread")
        assert line.due is None or int(given.get("CONTENT_LENGTH", 0)) > limits.LARGEST_MESSAGE
        return [b"x" * 20_000]

    given = {"wsgi.input": Pipe(body), LINE: line, **environ}
    answer = list(Patience(inside)(given, lambda status, _headers: refused.append(status)))  # type: ignore[arg-type]
    return (refused or [None])[0], answer, line, (seen or [b""])[0]


def test_a_body_is_read_before_the_application_is_asked() -> None:
    status, answer, line, read = served(b"abc", CONTENT_LENGTH="3")
    assert (status, read, answer) == (None, b"abc", [b"x" * 20_000])
    assert line.due is not None and 30 < line.due - time.monotonic() <= 32


@pytest.mark.parametrize(
    ("environ", "body", "status"),
    [
        ({"CONTENT_LENGTH": "4"}, b"abc", "408 Request Timeout"),
        ({"CONTENT_LENGTH": "-4"}, b"", "400 Bad Request"),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, b"", "411 Length Required"),
    ],
)
def test_a_body_that_is_not_all_there_or_has_no_length_is_refused(environ: dict, body: bytes, status: str) -> None:
    refused, answer, line, _ = served(body, **environ)
    assert (refused, answer) == (status, [])
    assert line.due is not None


def test_a_body_that_is_too_long_is_left_to_the_application_and_its_time_runs_on() -> None:
    status, _, line, read = served(b"", CONTENT_LENGTH=str(limits.LARGEST_MESSAGE + 1))
    assert (status, read) == (None, b"unread")
    assert line.due is not None
