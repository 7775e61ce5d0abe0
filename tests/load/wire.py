"""Two ways to speak Socket.IO: the standard client of python-socketio, and a light one for a thousand phones.

Both offer `open`, `call` (an event with an acknowledgement), `cut` (lose the connection unsaid) and `close`,
and two callbacks: `on_event(name, data)` and `on_lost()` (only when the connection ends without `close`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, Protocol

import aiohttp
import socketio

OPEN_TIMEOUT = 20.0  # seconds
CLOSE_TIMEOUT = 1.0  # seconds


class Lost(ConnectionError):
    """The connection ended, or an answer did not come in time: nobody knows whether the server acted."""


class NotLetIn(Exception):
    """The server refused the connection itself: no token, or one that has ended."""


class Wire(Protocol):
    """What a member needs of a connection."""

    on_event: Callable[[str, Any], None]
    on_lost: Callable[[], None]

    async def open(self, url: str, token: str, **auth: str) -> None: ...

    async def call(self, event: str, data: dict[str, Any], timeout: float) -> Any: ...

    def cut(self) -> None: ...

    async def close(self) -> None: ...


def _abort(socket: Any) -> None:
    """Drop the TCP connection under an aiohttp websocket. aiohttp has no public way to leave unsaid."""
    connection = socket._response.connection
    if connection is not None and connection.transport is not None:
        connection.transport.abort()


class StandardWire:
    """The client other people use: python-socketio, over a websocket or by long polling."""

    transports: tuple[str, ...] = ("websocket",)

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.on_event: Callable[[str, Any], None] = lambda name, data: None
        self.on_lost: Callable[[], None] = lambda: None
        self._closing = False
        self._io = socketio.AsyncClient(reconnection=False, http_session=session)
        self._let_in: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._io.on("*", self._heard)
        self._io.on("connect", self._connected)
        self._io.on("connect_error", self._refused)
        self._io.on("disconnect", self._ended)

    async def open(self, url: str, token: str, **auth: str) -> None:
        try:
            # Not its own wait: refused by long polling, that one sits out the open request before it says so.
            await self._io.connect(url, auth={"token": token, **auth}, transports=list(self.transports), wait=False)
            await asyncio.wait_for(self._let_in, OPEN_TIMEOUT)
        except (socketio.exceptions.ConnectionError, TimeoutError) as error:
            await self.close()
            raise Lost(repr(error)) from error
        except NotLetIn:
            await self.close()
            raise

    async def call(self, event: str, data: dict[str, Any], timeout: float) -> Any:
        try:
            return await self._io.call(event, data, timeout=timeout)
        except socketio.exceptions.SocketIOError as error:
            raise Lost(f"{event}: {error!r}") from error

    def cut(self) -> None:
        if self._io.eio.ws is not None:
            _abort(self._io.eio.ws)

    async def close(self) -> None:
        self._closing = True
        with suppress(TimeoutError):
            # By long polling it would wait for the open request, up to a ping interval; a browser aborts it.
            await asyncio.wait_for(self._io.disconnect(), CLOSE_TIMEOUT)

    async def _heard(self, event: str, data: Any = None) -> None:
        self.on_event(event, data)

    async def _connected(self) -> None:
        if not self._let_in.done():
            self._let_in.set_result(None)

    async def _refused(self, error: Any = None) -> None:
        if not self._let_in.done():
            self._let_in.set_exception(NotLetIn(str(error)))

    async def _ended(self, reason: Any = None) -> None:
        if not self._closing:
            self.on_lost()


class LongPollingWire(StandardWire):
    """The same for a phone whose network lets no websocket through."""

    transports = ("polling",)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Any:
    """A pushed frame is the same text for every phone of a room: read once. Nobody changes what comes out."""
    return json.loads(text)


class LightWire:
    """Engine.IO 4 and Socket.IO 5 by hand over one websocket: text frames, the default namespace, no binary.

    A thousand of these cost the measuring process little, so the figures are the server's, not the client's.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.on_event: Callable[[str, Any], None] = lambda name, data: None
        self.on_lost: Callable[[], None] = lambda: None
        self._session = session
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._asked = 0
        self._reader: asyncio.Task[None] | None = None
        self._closing = False
        self._over = False  # nobody is at the other end any more: a closing handshake would be waited for in vain

    async def open(self, url: str, token: str, **auth: str) -> None:
        address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        try:
            async with asyncio.timeout(OPEN_TIMEOUT):
                self._socket = await self._session.ws_connect(address, max_msg_size=0, compress=15)
                await self._expect("0")
                await self._socket.send_str("40" + json.dumps({"token": token, **auth}))
                await self._expect("40")
        except (Lost, NotLetIn):
            await self.close()
            raise
        except (aiohttp.ClientError, aiohttp.WSMessageTypeError, OSError, TimeoutError) as error:
            # The second: a server that ends may close a connection before it has greeted.
            await self.close()
            raise Lost(repr(error)) from error
        self._reader = asyncio.create_task(self._read())

    async def call(self, event: str, data: dict[str, Any], timeout: float) -> Any:
        if self._socket is None or self._socket.closed:
            raise Lost(f"{event}: not connected")
        self._asked += 1
        number, answer = self._asked, asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            async with asyncio.timeout(timeout):
                await self._socket.send_str(f"42{number}" + json.dumps([event, data]))
                return await answer
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Lost(f"{event}: {error!r}") from error
        finally:
            self._answers.pop(number, None)

    async def close(self) -> None:
        self._closing = True
        if self._socket is not None and not self._over:
            await self._socket.close()
        if self._reader is not None and self._reader is not asyncio.current_task():
            await asyncio.gather(self._reader, return_exceptions=True)

    def cut(self) -> None:
        if self._socket is not None:
            self._over = True
            _abort(self._socket)

    async def _expect(self, packet: str) -> None:
        assert self._socket is not None
        text = await self._socket.receive_str() if not self._socket.closed else ""
        while text == "2":
            await self._socket.send_str("3")
            text = await self._socket.receive_str()
        if text.startswith("44"):
            raise NotLetIn(text[2:])
        if not text.startswith(packet):
            raise Lost(f"expected {packet}, got {text[:80]}")

    async def _read(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                break
            text = message.data
            if text == "2":
                await self._socket.send_str("3")
            elif text.startswith("42"):
                name, *data = _parsed(text[2:])
                self.on_event(name, data[0] if data else None)
            elif text.startswith("43"):
                self._answered(text[2:])
            elif text.startswith(("41", "44", "1")):
                break
        self._over = True
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionResetError("the connection ended before the answer"))
        if not self._closing:
            self.on_lost()

    def _answered(self, text: str) -> None:
        digits = text.index("[")
        waiting = self._answers.get(int(text[:digits]))
        if waiting is not None and not waiting.done():
            values = json.loads(text[digits:])
            waiting.set_result(values[0] if values else None)


WIRES: dict[str, type[StandardWire] | type[LightWire]] = {
    "light": LightWire,
    "websocket": StandardWire,
    "polling": LongPollingWire,
}
