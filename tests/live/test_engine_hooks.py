"""What we use of the insides of the engines and of Engine.IO: each of these fails when a new version has moved it."""

from __future__ import annotations

import inspect
import os
import socket
from importlib import metadata
from pathlib import Path

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

from workshop.live import receiving
from workshop.live.engine import RoomServer, guard
from workshop.live.sessions import Session

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements.txt"


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
