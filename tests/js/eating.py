"""A network of the tests' own: a TCP proxy that lets everything through but what is said over websockets."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from typing import Self

_REQUEST = re.compile(rb"(?:^|\r\n|\})(?:GET|POST) (/[^ ]*) HTTP/1\.1\r\n")


class Network:
    """Listens on a loopback port. `mode` says what becomes of websockets:

    `eats`      the opening is answered, and nothing that is said afterwards arrives
    `eats late` the server's greeting and its "come in" arrive; what the client says after that does not
    `breaks`    every connection is broken a moment after it was opened
    """

    def __init__(self, port: int, mode: str) -> None:
        self._port = port
        self.mode = mode
        #: `(when, path)` of every request to the live side, seconds of a monotonic clock
        self.requests: list[tuple[float, str]] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in [self._listener, *self._open]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def busiest(self, seconds: float) -> int:
        """The most questions to the live side within so many seconds. Each poll has an address of its own (`t`); Chromium
        repeats one by itself, on a fresh connection, where a kept one turns out to be broken, and that counts once."""
        asked: dict[str, float] = {}
        for number, (when, path) in enumerate(self.requests):
            asked.setdefault(path if "&t=" in path else f"{path} {number}", when)
        times = list(asked.values())
        return max((sum(1 for when in times if start <= when < start + seconds) for start in times), default=0)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._port))
                self._open += [client, server]
                way = _Way(self, client, server)
                threading.Thread(target=way.up, daemon=True).start()
                threading.Thread(target=way.down, daemon=True).start()


class _Way:
    """One connection through the network."""

    def __init__(self, network: Network, client: socket.socket, server: socket.socket) -> None:
        self.network, self.client, self.server = network, client, server
        self.websocket = False
        self.said = 0

    def up(self) -> None:
        """From the client to the server."""
        with suppress(OSError):
            while piece := self.client.recv(65536):
                for path in _REQUEST.findall(piece):
                    if path.startswith(b"/socket.io"):
                        self.network.requests.append((time.monotonic(), path.decode()))
                        if self.network.mode == "breaks" and b"sid=" in path:
                            threading.Timer(0.3, self.end).start()
                        self.websocket = self.websocket or b"transport=websocket" in path
                        self.said = -1
                if self.websocket:
                    self.said += 1
                    if self.said > (1 if self.network.mode == "eats late" else 0) and self.network.mode != "breaks":
                        continue
                self.server.sendall(piece)
        self.end()

    def down(self) -> None:
        """From the server to the client."""
        with suppress(OSError):
            while piece := self.server.recv(65536):
                if self.websocket and self.network.mode == "eats":
                    head, _, _eaten = piece.partition(b"\r\n\r\n")
                    if piece.startswith(b"HTTP/1.1 101"):
                        self.client.sendall(head + b"\r\n\r\n")
                    continue
                self.client.sendall(piece)
        self.end()

    def end(self) -> None:
        for one in (self.client, self.server):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
