"""A websocket written byte by byte, for what no proper client would send; and polling by hand."""

from __future__ import annotations

import json
import os
import socket
import struct
import time
import urllib.error
import urllib.request
from contextlib import suppress
from typing import Any

TEXT, CONTINUATION, PING = 1, 0, 9
ADDRESS = "/socket.io/?EIO=4&transport="


def frame(data: bytes, opcode: int = TEXT, fin: bool = True) -> bytes:
    """One masked frame (with a mask of zeros, which changes nothing)."""
    size = len(data)
    if size < 126:
        length = struct.pack("!B", 0x80 | size)
    elif size < 65536:
        length = struct.pack("!BH", 0x80 | 126, size)
    else:
        length = struct.pack("!BQ", 0x80 | 127, size)
    return bytes([(0x80 if fin else 0) | opcode]) + length + b"\0\0\0\0" + data


def event(name: str, *data: Any, number: int | None = None) -> bytes:
    """A Socket.IO event as a frame; with a number it wants an answer."""
    return frame(f"42{'' if number is None else number}{json.dumps([name, *data])}".encode())


def connect(url: str, receive_buffer: int | None = None) -> socket.socket:
    """A TCP connection to the server."""
    opened = socket.socket()
    if receive_buffer:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    opened.settimeout(30)
    opened.connect(("127.0.0.1", int(url.rsplit(":", 1)[1])))
    return opened


class Raw:
    """One websocket. `heard` is all that came, as bytes."""

    def __init__(self, url: str, token: str | None = None, receive_buffer: int | None = None) -> None:
        self.socket = connect(url, receive_buffer)
        self.heard = b""
        self.socket.sendall(
            f"GET {ADDRESS}websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self.until(b"pingInterval")
        if token is not None:
            self.say(frame(f"40{json.dumps({'token': token})}".encode()))
            self.until(b'40{"sid"')

    def say(self, data: bytes) -> None:
        """Send bytes; a connection that has been closed is no error."""
        with suppress(OSError):
            self.socket.sendall(data)

    def until(self, wanted: bytes) -> bytes:
        """Read until this has come; all that was heard. Raises `TimeoutError` after 30 seconds without a byte."""
        while wanted not in self.heard:
            piece = self.socket.recv(65536)
            assert piece, f"the server closed before {wanted!r}: {self.heard[-300:]!r}"
            self.heard += piece
        return self.heard

    def ends_within(self, seconds: float) -> float:
        """Wait, reading, until the server closes. Returns the seconds it took; fails where it does not."""
        began = time.monotonic()
        self.socket.settimeout(1)
        while time.monotonic() - began < seconds:
            try:
                piece = self.socket.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                return time.monotonic() - began
            if not piece:
                return time.monotonic() - began
            self.heard += piece
        raise AssertionError(f"still open after {seconds} s")

    def reset_within(self, seconds: float) -> float:
        """The same without reading a byte: the server's end shows in what we send."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            time.sleep(0.5)
            try:
                self.socket.sendall(frame(b"3"))
            except OSError:
                return time.monotonic() - began
        raise AssertionError(f"still open after {seconds} s")

    def hears_for(self, seconds: float) -> bytes:
        """All that comes within so many seconds, or until the end."""
        before = len(self.heard)
        with suppress(AssertionError):
            self.ends_within(seconds)
        return self.heard[before:]

    def close(self) -> None:
        self.socket.close()


class Polling:
    """One polling session by hand."""

    def __init__(self, url: str, token: str) -> None:
        self.address = f"{url}{ADDRESS}polling"
        self.address += "&sid=" + json.loads(self.get()[1][1:])["sid"]
        self.post(f"40{json.dumps({'token': token})}")

    def ask(self, body: bytes | None = None) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(urllib.request.Request(self.address, body), timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""

    def get(self) -> tuple[int, str]:
        """One poll: status and body."""
        return self.ask()

    def post(self, *packets: str) -> int:
        """Send packets; the status."""
        return self.ask("\x1e".join(packets).encode())[0]


def said(text: str) -> bytes:
    """A number that nobody else says, with some text, for finding it again in what was heard."""
    return f"{text} {os.urandom(4).hex()}".encode()
