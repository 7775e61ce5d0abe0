"""A network between phones and server, on a loopback port: it cuts idle lines, freezes lines without a word, or drops them.

async with Network(server.port) as network:
    hall = Hall(network.url)
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Self


class Network:
    """`idle`: seconds without a byte after which a line is cut, as many proxies do; None for never."""

    def __init__(self, port: int, idle: float | None = None) -> None:
        self._port, self._idle = port, idle
        self._ways: set[_Way] = set()
        #: how many lines were cut for being idle, and how many were opened
        self.cut, self.opened = 0, 0
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for way in list(self._ways):
            way.end()
        await asyncio.sleep(0)

    def freeze(self) -> int:
        """From here on nothing passes the websockets that are open now, and neither end is told. Returns how many there are."""
        found = [way for way in self._ways if way.websocket]
        for way in found:
            way.frozen = True
        return len(found)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", self._port)
        way = _Way(self, (reader, writer), there)
        self._ways.add(way)
        self.opened += 1
        try:
            await way.run(self._idle)
        finally:
            self._ways.discard(way)


class _Way:
    """One connection through the network."""

    def __init__(
        self,
        network: Network,
        here: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        there: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self.network, self.here, self.there = network, here, there
        self.frozen = self.websocket = False
        self._passed = asyncio.get_running_loop().time()

    async def run(self, idle: float | None) -> None:
        tasks = [
            asyncio.create_task(self._pass(self.here[0], self.there[1])),
            asyncio.create_task(self._pass(self.there[0], self.here[1])),
        ]
        if idle is not None:
            tasks.append(asyncio.create_task(self._watch(idle)))
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        self.end()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def end(self) -> None:
        """Both ends are reset."""
        for _, writer in (self.here, self.there):
            if writer.transport is not None:
                writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(65536):
                if self.frozen:
                    continue
                self.websocket = self.websocket or b"transport=websocket" in piece[:300]
                self._passed = asyncio.get_running_loop().time()
                writer.write(piece)
                await writer.drain()
        # The end of one side is swallowed too: the other never hears of it.
        while self.frozen:
            await asyncio.sleep(0.1)

    async def _watch(self, idle: float) -> None:
        while (left := self._passed + idle - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(left)
        self.network.cut += 1
