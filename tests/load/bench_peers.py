"""What the server is compared with, each a process of its own: `python -m tests.load.bench_peers floor|plain PORT BYTES`.

`floor`: the engine's sockets and a handshake made by hand; a ready frame of BYTES is written to every websocket for each
post. `plain`: Flask-SocketIO as its manual shows it, which broadcasts a post and stores nothing.
ASYNC_ENGINE names the engine, which comes before other imports.
"""

from __future__ import annotations

import os
import sys

GEVENT = os.environ.get("ASYNC_ENGINE") == "gevent"

if __name__ == "__main__":
    if GEVENT:
        from gevent import monkey

        monkey.patch_all()
    else:
        os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
        import eventlet

        eventlet.monkey_patch()

import base64
import hashlib
import json
import re
import socket
import struct
import threading
from typing import Any

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PAYLOAD = '["delta",{"text":"%s","more":"%s"}]'


def frame(text: str) -> bytes:
    """A whole text message as a server sends it (RFC 6455, section 5.2)."""
    data = text.encode()
    head = struct.pack("!BB", 0x81, len(data)) if len(data) < 126 else struct.pack("!BBH", 0x81, 126, len(data))
    return head + data


def content(text: str, size: int) -> str:
    """An event with the text of a post, filled up to `size` characters."""
    return PAYLOAD % (text, "x" * max(0, size - len(PAYLOAD) + 4 - len(text)))


class Floor:
    """The bare loop: no Flask, no Socket.IO, no database. It speaks as much of their protocol as the load client needs."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.ends: dict[int, Any] = {}

    def serve(self, port: int) -> None:
        with socket.create_server(("127.0.0.1", port), backlog=1024) as listener:
            while True:
                end, _ = listener.accept()
                threading.Thread(target=self.hold, args=(end,), daemon=True).start()

    def hold(self, end: socket.socket) -> None:
        """One connection: the handshake, then posts until it ends."""
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = end.makefile("rb")
        head = b""
        while line := reader.readline().rstrip(b"\r\n"):
            head += line + b"\n"
        key = re.search(rb"(?i)sec-websocket-key: (\S+)", head)
        if key is None:  # a question whether the server is up
            end.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            end.close()
            return
        accept = base64.b64encode(hashlib.sha1(key[1] + GUID.encode()).digest())
        end.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n" + frame("0{}")
        )
        try:
            while text := self.read(reader):
                self.take(end, text)
        except OSError:
            pass
        finally:
            self.ends.pop(end.fileno(), None)
            end.close()

    def read(self, reader: Any) -> str:
        """The next text of a client; empty when it has ended."""
        head = reader.read(2)
        if len(head) < 2 or head[0] & 15 != 1:
            return ""
        size = head[1] & 127
        if size == 126:
            size = struct.unpack("!H", reader.read(2))[0]
        mask, data = reader.read(4), reader.read(size)
        return bytes(byte ^ mask[at % 4] for at, byte in enumerate(data)).decode()

    def take(self, end: socket.socket, text: str) -> None:
        if text.startswith("40"):
            self.ends[end.fileno()] = getattr(end, "fd", None) or end._sock  # type: ignore[attr-defined]
            end.sendall(frame('40{"sid":"x"}'))
        elif found := re.fullmatch(r'42(\d+)(\["post_idea".*)', text):
            end.sendall(frame(f"43{found[1]}[{{}}]"))
            ready = frame("42" + content(json.loads(found[2])[1]["text"], self.size))
            for plain in list(self.ends.values()):
                plain.send(ready)


def serve_plain(port: int, size: int) -> None:
    """A Flask-SocketIO server that broadcasts."""
    from flask import Flask
    from flask_socketio import SocketIO, emit

    app = Flask("plain")
    io = SocketIO(app, async_mode="gevent" if GEVENT else "eventlet", cors_allowed_origins="*")
    more = "x" * max(0, size - len(PAYLOAD))

    @app.get("/healthz")
    def healthz() -> str:
        return ""

    @io.on("post_idea")
    def post_idea(data: dict[str, str]) -> dict[str, Any]:
        emit("delta", {"text": data["text"], "more": more}, broadcast=True)
        return {}

    # Eventlet takes 1,024 connections unless it is told otherwise.
    places = {} if GEVENT else {"max_size": 10_000}
    io.run(app, host="127.0.0.1", port=port, **places)


if __name__ == "__main__":
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    kind, port, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if kind == "floor":
        Floor(size).serve(port)
    else:
        serve_plain(port, size)
