"""What happens to a server's disk: it is full, it may only be read, another program holds the database, it is watched."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

from tests.load.server import Server
from tests.services import missing

#: the calls with which a program writes to a file, or asks whether it may
_WRITES = "pwrite64,write,pwritev,ftruncate,fallocate"
_ASKS = "access,faccessat,faccessat2"
#: the file that SQLite writes before a commit is acknowledged
LOG = "rundbord.sqlite-wal"


@contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """No file of the server may grow meanwhile: what a full disk is to it."""
    assert server.process is not None
    _, hard = server.process.rlimit(resource.RLIMIT_FSIZE)
    server.process.rlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        server.process.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))


@contextmanager
def read_only_disk(server: Server) -> Iterator[None]:
    """The kernel refuses each write to the database meanwhile, as on a disk that was mounted anew to be read only."""
    file = server.folder / "rundbord.sqlite"
    paths = [word for part in (file, server.folder / LOG) for word in ("-P", str(part))]
    with _traced(server, *paths, "-e", f"inject={_WRITES},{_ASKS}:error=EROFS", "-o", os.devnull):
        yield


@contextmanager
def held_database(server: Server) -> Iterator[None]:
    """Another program holds SQLite's write lock meanwhile."""
    with closing(sqlite3.connect(server.folder / "rundbord.sqlite", isolation_level=None, timeout=10)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def watched(server: Server, trace: Path) -> Iterator[None]:
    """Writes down what the server writes to files and says to phones meanwhile, in order, for `unsafe_answers`."""
    calls = f"trace={_WRITES},writev,sendto,sendmsg,fsync,fdatasync"
    with _traced(server, "-y", "-s", "400", "-e", calls, "-o", str(trace)):
        yield


@contextmanager
def _traced(server: Server, *words: str) -> Iterator[None]:
    """strace is attached to the server; `words` say where its own words go, for a full pipe would stop the server. Skips (or
    fails, see `tests.services.missing`) where there is none."""
    if shutil.which("strace") is None:
        raise missing("strace", "On Debian: sudo apt install strace")
    assert server.process is not None
    command = ["strace", "-f", *words, "-p", str(server.process.pid)]
    tracer = psutil.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        first = tracer.stderr.readline()
        while first and "attached" not in first:
            first = tracer.stderr.readline()
        assert first, "strace could not attach to the server"
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.communicate(timeout=20)


def unsafe_answers(trace: str) -> tuple[int, int]:
    """Returns how many answers "it is done" went out, and how many of them before all that had been written to SQLite's log
    was on the disk."""
    told = unsafe = 0
    waits = False
    for line in trace.splitlines():
        call = re.match(r"\d+ +(\w+)\((?:\d+<([^>]*)>)?", line)
        if call is None:
            continue
        name, place = call[1], call[2] or ""
        if place.endswith(LOG):
            waits = name not in ("fsync", "fdatasync")
        elif place.startswith(("TCP", "socket")) and re.search(r'ok\\": ?true[^}]*\\"seq\\"', line):
            told += 1
            unsafe += waits
    return told, unsafe
