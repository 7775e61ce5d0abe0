"""What one message to one phone costs: `python -m tests.load.bench_delivery [--phones 300]`.

Sessions of the real classes on eventlet, over loopback connections that a second process reads: processor time of this
process for each delivery of a change, and for the answer to a `sync` from nothing. Nothing else is running, so it holds
also on a machine that is busy with other things.
"""

from __future__ import annotations

import argparse
import os
import select
import signal
import socket
import sys
import time
import zlib
from typing import Any

import engineio
import eventlet
import eventlet.websocket
import socketio
from eventlet.greenio import GreenSocket
from socketio.packet import ACK, Packet

from tests.load.figures import table
from workshop.live import limits, receiving
from workshop.live.engine import guard
from workshop.live.lines import LINE, Line
from workshop.live.snapshots import framed_snapshot

PUSHES, ROUNDS = 60, 5
DELTA = {"put": [{"id": "idea:1", "kind": "idea", "text": "x" * 500}], "gone": [], "from": 1, "to": 2}


class Frames(receiving.EventletFrames, eventlet.websocket.RFC6455WebSocket):  # type: ignore[misc]
    too_large = eventlet.websocket.FailedConnectionError


def connected(phones: int) -> tuple[list[socket.socket], list[socket.socket]]:
    """Both ends of so many connections over the loopback interface, as plain sockets."""
    here, there = [], []
    with socket.create_server(("127.0.0.1", 0), backlog=phones) as listener:
        for _ in range(phones):
            there.append(socket.create_connection(listener.getsockname()))
            here.append(listener.accept()[0])
            here[-1].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.SEND_BUFFER_BYTES)
            here[-1].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return here, there


def read_all(ends: list[socket.socket]) -> None:
    """The second process: reads until it is ended."""
    poll, by_number = select.epoll(), {end.fileno(): end for end in ends}
    for number in by_number:
        poll.register(number, select.EPOLLIN)
    while True:
        for number, _ in poll.poll():
            by_number[number].recv(1 << 20)


def room(ends: list[socket.socket]) -> socketio.Server:
    """A Socket.IO server with a session for each connection, all in one room."""
    server = socketio.Server(async_mode="eventlet", async_handlers=False)
    guard(server)
    server.manager_initialized = True
    server.manager.initialize()
    for end in ends:
        name = server.eio.generate_id()
        session: Any = engineio.socket.Socket(server.eio, name)
        session.last_ping = None
        server.eio.sockets[name] = session
        eventlet.spawn(session._websocket_handler, Frames(GreenSocket(end), {LINE: Line(end)}))
        server.manager.enter_room(server.manager.connect(name, "/"), "/", "all", eio_sid=name)
    eventlet.sleep(0.2)
    return server


def deliveries(server: socketio.Server, phones: int) -> list[float]:
    """Microseconds for each delivery, of each round."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(PUSHES):
            server.emit("delta", DELTA, to="all")
            eventlet.sleep(0.001)
        found.append(1e6 * (time.process_time() - began) / phones / PUSHES)
    return found


def answers(ideas: int) -> list[tuple[str, float, int]]:
    """Milliseconds and bytes of the answer to a `sync` from nothing: as text, from kept parts, and these compressed."""
    text = "Et fælles budget for vejen og stien "
    put = [{"id": f"idea:{n}", "kind": "idea", "text": f"{n} {text * 6}{n * 7919 % 1000}"} for n in range(ideas)]
    packet = Packet(ACK, data=[{"ok": True, "put": put, "mine": {}}], namespace="/", id=1)
    rows = []
    for name, make in (
        ("made anew, not compressed", lambda: packet.encode().encode()),
        ("made anew, compressed", lambda: zlib.compress(packet.encode().encode())),
        ("from kept parts, not compressed", lambda: framed_snapshot(packet, deflates=False)),
        ("from kept parts, compressed", lambda: framed_snapshot(packet, deflates=True)),
    ):
        size = len(make() or b"")
        began = time.process_time()
        for _ in range(20):
            make()
        rows.append((name, 1000 * (time.process_time() - began) / 20, size))
    return rows


def main() -> int:
    """Print both tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--phones", type=int, default=300, metavar="N")
    arguments.add_argument("--ideas", type=int, default=2000, metavar="N")
    chosen = arguments.parse_args()
    here, there = connected(chosen.phones)
    reader = os.fork()
    if reader == 0:
        read_all(there)
    try:
        found = deliveries(room(here), chosen.phones)
    finally:
        os.kill(reader, signal.SIGKILL)
    print(table(["one delivery, of five rounds", "µs"], [("least", f"{min(found):.1f}"), ("most", f"{max(found):.1f}")]))
    rows = [(name, f"{cost:.2f} ms", f"{size / 1000:.0f} kB") for name, cost, size in answers(chosen.ideas)]
    print("\n" + table([f"a room of {chosen.ideas} ideas", "processor", "size"], rows), flush=True)
    os._exit(0)  # the sessions are left where they are


if __name__ == "__main__":
    sys.exit(main())
