"""What we use of the insides of the engines and of Engine.IO: each of these fails when a new version has moved it."""

from __future__ import annotations

import inspect
import io
import os
import socket
import time
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import engineio
import eventlet.greenio
import eventlet.websocket
import eventlet.wsgi
import gevent.socket
import geventwebsocket.handler
import pytest
import socketio
from engineio.async_drivers import gevent as gevent_driver
from gevent.pywsgi import WSGIHandler
from geventwebsocket.exceptions import FrameTooLargeException, ProtocolError
from geventwebsocket.websocket import WebSocket

from tests.live.raw import CONTINUATION, PING, TEXT, frame
from workshop.live import limits, receiving
from workshop.live.engine import RoomServer, guard, sweep
from workshop.live.lines import LINE, Line, Lines, Patience
from workshop.live.meter import Bucket, Meter, TooMuch
from workshop.live.sessions import Session

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements.txt"


class Pipe:
    """A socket with bytes in it; `shut` once it has been shut down."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = io.BytesIO(data)
        self.shut = False
        self.options: set[tuple[int, ...]] = set()

    def recv(self, size: int) -> bytes:
        return self.data.read(size)

    read = recv

    def shutdown(self, how: int) -> None:
        self.shut = how == socket.SHUT_RDWR or self.shut

    def setsockopt(self, *option: int) -> None:
        self.options.add(option)

    def sendall(self, data: bytes) -> None:
        pass

    write = sendall

    def send(self, data: bytes) -> int:
        return len(data)

    fd = _sock = property(lambda self: self)

    def close(self) -> None:
        pass


class EventletFrames(receiving.EventletFrames, eventlet.websocket.RFC6455WebSocket):
    too_large = eventlet.websocket.FailedConnectionError


class GeventFrames(receiving.GeventFrames, WebSocket):
    too_large = FrameTooLargeException


def reading(engine: str, data: bytes) -> tuple[Any, Pipe]:
    """Returns how to read the next message of these bytes, and the connection's socket."""
    pipe = Pipe(data)
    environ = {LINE: Line(pipe)}
    if engine == "eventlet":
        return EventletFrames(pipe, environ, 13, max_frame_length=limits.LARGEST_MESSAGE).wait, pipe
    logger = SimpleNamespace(debug=lambda *_: None)
    handler = SimpleNamespace(server=SimpleNamespace(application=None), logger=logger, socket=pipe)
    return GeventFrames(environ, pipe, handler).receive, pipe  # type: ignore[arg-type]


ENGINES = pytest.mark.parametrize("engine", ["eventlet", "gevent"])


@ENGINES
def test_messages_are_read_as_before_also_in_fragments_with_pings_between(engine: str) -> None:
    parts = frame(b"a", TEXT, fin=False) + frame(b"", PING) + frame("æ".encode(), CONTINUATION)
    read, pipe = reading(engine, frame(b"one") + parts + frame(b"x" * limits.LARGEST_MESSAGE))
    assert [read(), read(), read()] == ["one", "aæ", "x" * limits.LARGEST_MESSAGE]
    assert not pipe.shut


@ENGINES
@pytest.mark.parametrize(
    "data",
    [
        frame(b"x" * 60_000, TEXT, fin=False) + frame(b"x" * 60_000, CONTINUATION, fin=False) * 2,
        frame(b"x" * (limits.LARGEST_MESSAGE + 1)),
        frame(b"", TEXT, fin=False) + frame(b"", CONTINUATION, fin=False) * 300,
    ],
    ids=["fragments", "a frame", "empty fragments"],
)
def test_a_message_that_is_too_large_is_never_whole(engine: str, data: bytes) -> None:
    read, _ = reading(engine, data)
    whole = None
    with suppress(TooMuch, OSError):
        whole = read()
    assert whole is None


@ENGINES
@pytest.mark.parametrize("one", [frame(b"2"), frame(b"", PING)], ids=["text", "ping"])
def test_each_frame_is_counted_where_it_is_read_and_past_the_limit_the_line_is_cut(
    engine: str, one: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.live.meter.time.monotonic", lambda: 100.0)
    read, pipe = reading(engine, one * 10_000)
    heard = 0
    with pytest.raises(TooMuch):
        while True:
            heard += read() is not None
    assert pipe.shut
    assert heard == (0 if one == frame(b"", PING) else limits.FRAMES_AT_ONCE)
    assert pipe.data.tell() <= (limits.FRAMES_AT_ONCE + 2) * len(one)


def test_the_faster_mask_is_the_librarys() -> None:
    theirs = eventlet.websocket.RFC6455WebSocket._apply_mask
    assert list(inspect.signature(theirs).parameters) == ["data", "mask", "length", "offset"]
    mask = (1, 20, 120, 255)
    for size in (0, 1, 2, 3, 4, 5, 7, 8, 1000, 4099):
        for offset in range(6):
            data = os.urandom(size)
            assert receiving.EventletFrames._apply_mask(data, mask, size, offset) == theirs(data, mask, size, offset)


def test_the_engines_still_have_what_is_added_to() -> None:
    for base, added in (
        (eventlet.wsgi.HttpProtocol, receiving.EventletRequests),
        (eventlet.websocket.RFC6455WebSocket, receiving.EventletFrames),
        (geventwebsocket.handler.WebSocketHandler, receiving.GeventRequests),
        (WebSocket, receiving.GeventFrames),
    ):
        own = {name for name, value in vars(added).items() if inspect.isfunction(value)} - {"_bounded"}
        assert own <= set(dir(base)), f"{base.__name__} has no {own - set(dir(base))}"
    assert "RFC6455WebSocket(" in inspect.getsource(eventlet.websocket.WebSocketWSGI._handle_hybi_request)
    assert "self.environ = environ" in inspect.getsource(eventlet.websocket.WebSocket.__init__)
    assert "WebSocket(self.environ" in inspect.getsource(geventwebsocket.handler.WebSocketHandler.upgrade_connection)
    assert "self._read_request_line()" in inspect.getsource(eventlet.wsgi.HttpProtocol.handle_one_request)
    assert "self.read_requestline()" in inspect.getsource(WSGIHandler.handle_one_request)
    assert issubclass(FrameTooLargeException, ProtocolError)


def test_engine_io_makes_our_sessions_and_hands_its_websockets_to_them() -> None:
    server = socketio.Server(async_mode="threading", async_handlers=False)
    guard(server)
    assert type(server) is RoomServer and server.eio.allow_upgrades is False
    assert "socket.Socket(self, sid)" in inspect.getsource(engineio.Server._handle_connect)
    assert engineio.server.socket.Socket is Session
    assert "['websocket'](\n            self._websocket_handler," in inspect.getsource(Session.__mro__[1]._upgrade_websocket)
    assert server.eio.handlers["message"].__func__ is RoomServer._handle_eio_message


def test_the_libraries_are_the_ones_that_were_read() -> None:
    """Sending reaches into them. With another version: read anew what `broadcast`, `sessions` and `receiving` rely on."""
    pinned = dict(line.split("==") for line in REQUIREMENTS.read_text("utf-8").splitlines() if "==" in line)
    for name in ("python-engineio", "python-socketio", "eventlet", "gevent", "gevent-websocket"):
        assert metadata.version(name) == pinned[name]


def test_eventlet_sends_every_frame_by_one_method_and_its_socket_has_one_that_never_waits() -> None:
    websocket = eventlet.websocket.RFC6455WebSocket
    assert "self._send(payload)" in inspect.getsource(websocket.send)
    assert inspect.getsource(websocket).count("sendall(") == 1, "in `_send`, which is replaced"
    ours, theirs = socket.socketpair()
    green = eventlet.greenio.GreenSocket(ours)
    with pytest.raises(BlockingIOError):
        while True:
            green.fd.send(b"x" * 65536)
    ours.close()
    theirs.close()


def test_eventlet_asks_one_method_which_extensions_to_use_and_which_compressor() -> None:
    handshake = eventlet.websocket.WebSocketWSGI
    source = inspect.getsource(handshake._handle_hybi_request)
    assert "deflate = self._negotiate_permessage_deflate(extensions)" in source
    assert "extensions=parsed_extensions" in source
    assert "self._get_permessage_deflate_enc()" in inspect.getsource(eventlet.websocket.RFC6455WebSocket._pack_message)
    assert "self._get_permessage_deflate_dec(rsv1)" in inspect.getsource(eventlet.websocket.RFC6455WebSocket._recv_frame)


def test_gevent_sends_every_frame_by_one_method_and_its_socket_has_one_that_never_waits() -> None:
    assert "self.raw_write(header + message)" in inspect.getsource(WebSocket.send_frame)
    assert inspect.getsource(WebSocket).count("raw_write(") == 1
    assert "self.websocket = WebSocket(self.environ, Stream(self), self)" in inspect.getsource(
        geventwebsocket.handler.WebSocketHandler.upgrade_connection
    )
    ours, theirs = socket.socketpair()
    green = gevent.socket.socket(fileno=ours.detach())
    with pytest.raises(BlockingIOError):
        while True:
            green._sock.send(b"x" * 65536)
    green.close()
    theirs.close()


def test_a_session_serves_its_websocket_itself_and_the_library_asks_it_for_nothing_else() -> None:
    library = Session.__mro__[1]
    for name in ("_websocket_handler", "schedule_ping", "send", "close", "poll", "check_ping_timeout", "receive"):
        assert name in vars(library)
    assert inspect.getsource(library).count("self.queue.put(") == 5, "in what is replaced, and for polling"
    assert "self._sock = environ['wsgi.websocket']" in inspect.getsource(gevent_driver.WebSocketWSGI.__call__)
    assert "self.handler(ws)" in inspect.getsource(eventlet.websocket.WebSocketWSGI.__call__)
    assert "socket.send(pkt)" in inspect.getsource(engineio.Server.send_packet)
    assert "_send_eio_packet(eio_sid, p)" in inspect.getsource(socketio.Manager.emit), "one packet for a whole room"


class Told:
    """An Engine.IO server as far as a session needs it."""

    reason = engineio.Server.reason
    ping_interval = ping_timeout = 20

    def __init__(self) -> None:
        self.inner = engineio.Server(async_mode="threading")
        self.logger = self.inner.logger
        self.ended: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def _trigger_event(self, event: str, sid: str, *_: Any, **__: Any) -> None:
        self.ended.append(event)


def session() -> Session:
    made = Session(Told(), "sid")
    made.line = Line(Pipe())
    made.connected = True
    return made


def test_what_waits_for_a_page_is_bounded_in_bytes_and_a_single_large_answer_still_goes() -> None:
    one = session()
    packet = engineio.packet.Packet(engineio.packet.MESSAGE, "x" * (limits.SEND_QUEUE_BYTES + 10))
    one.send(packet)
    assert not one.closed and one.waiting > limits.SEND_QUEUE_BYTES
    one.send(engineio.packet.Packet(engineio.packet.MESSAGE, "x"))
    assert one.closed and one.waiting == 0
    assert one.queue.get(block=False) is None and one.queue.empty(), "what waited is not kept"
    assert one.server.ended == ["disconnect"]


def test_what_has_been_taken_does_not_count_any_more() -> None:
    one = session()
    half = engineio.packet.Packet(engineio.packet.MESSAGE, "x" * (limits.SEND_QUEUE_BYTES // 2))
    for _ in range(10):
        one.send(half)
        one.poll()
    assert not one.closed and (one.waiting, one.stuck_since) == (0, None)


def test_who_reads_nothing_or_shows_no_token_is_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    one = session()
    now = time.monotonic()
    one.stranger_since = None
    one.send(engineio.packet.Packet(engineio.packet.MESSAGE, "x"))
    for seconds, overdue in ((44, False), (46, True)):
        monkeypatch.setattr("workshop.live.sessions.time.monotonic", lambda seconds=seconds: now + seconds)
        assert one.overdue() is overdue
    one.poll()
    assert not one.overdue()
    one.stranger_since = now
    assert one.overdue(), "46 seconds without a token"


def test_a_page_is_pinged_by_the_sweep_and_again_an_interval_after_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    one, now = session(), time.monotonic()
    pinged = lambda: [packet.packet_type for packet in one._taken_out()]  # noqa: E731
    eio = SimpleNamespace(sockets={"sid": one})
    server: Any = SimpleNamespace(eio=eio, manager=SimpleNamespace(sid_from_eio_sid=lambda *_: "in"))
    one.schedule_ping()
    for seconds, sent in ((19, []), (21, [engineio.packet.PING]), (23, [])):
        monkeypatch.setattr("workshop.live.sessions.time.monotonic", lambda seconds=seconds: now + seconds)
        sweep(server)
        assert pinged() == sent
    assert one.last_ping is not None, "an answer is awaited"
    one.receive(engineio.packet.Packet(engineio.packet.PONG))
    assert one.last_ping is None
    monkeypatch.setattr("workshop.live.sessions.time.monotonic", lambda: now + 44)
    sweep(server)
    assert pinged() == [engineio.packet.PING]


def test_of_too_many_strangers_the_oldest_go_and_who_was_let_in_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_STRANGERS", 3)
    sessions = {str(number): session() for number in range(6)}
    for sid, one in sessions.items():
        one.sid = sid
    manager = SimpleNamespace(sid_from_eio_sid=lambda sid, _namespace: "in" if sid == "0" else None)
    sweep(SimpleNamespace(eio=SimpleNamespace(sockets=sessions), manager=manager))  # type: ignore[arg-type]
    assert [one.closed for one in sessions.values()] == [False, True, True, False, False, False]


def test_a_bucket_gives_so_many_at_once_and_says_how_long_the_next_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("workshop.live.meter.time.monotonic", lambda: now[0])
    bucket = Bucket(3, 2)
    assert [bucket.take() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    now[0] += 10
    assert bucket.take(3) == 0
    meter = Meter()
    with pytest.raises(TooMuch):
        meter.count(limits.BYTES_AT_ONCE + 1)


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


def test_a_post_to_a_session_that_was_just_let_go_is_refused_and_no_fault() -> None:
    server = socketio.Server(async_mode="threading", async_handlers=False)
    guard(server)
    one = session()
    one.closed = True
    server.eio.sockets["sid"] = one
    said: list[str] = []
    environ = {"REQUEST_METHOD": "POST", "QUERY_STRING": "EIO=4&transport=polling&sid=sid", "CONTENT_LENGTH": "0"}
    server.handle_request(environ, lambda status, _headers: said.append(status))
    assert said[0].startswith("400") and server.eio.sockets == {}
