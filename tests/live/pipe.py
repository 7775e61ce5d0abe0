"""A socket without a network, for the tests of frames, sessions and lines."""

from __future__ import annotations

import io
import socket


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
