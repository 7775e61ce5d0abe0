"""run.py as people start it: a process of its own, on both engines."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.as_installed import AS_INSTALLED
from tests.services import free_port

ROOT = Path(__file__).parent.parent
MORE_THAN_EVENTLETS_OWN_LIMIT = 1_100


@dataclass
class Server:
    """A running server and what its terminal has said so far."""

    process: subprocess.Popen[str]
    port: int
    said: str

    def get(self, path: str) -> requests.Response:
        return requests.get(f"http://127.0.0.1:{self.port}{path}", timeout=10)

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Send the signal; the exit code, and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=15)
        self.said += rest
        return self.process.returncode, time.monotonic() - began


def command(folder: Path, port: int, **settings: str) -> dict[str, object]:
    """How to start a server on that port with its instance in that folder."""
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environ |= {"PYTHONIOENCODING": "utf-8", "HOST": "127.0.0.1", "PORT": str(port)}
    environ |= {"INSTANCE_PATH": str(folder), **settings}
    return {
        "args": [*AS_INSTALLED, str(ROOT / "run.py")],
        "env": environ,
        "text": True,
        "cwd": folder.parent,
    }


def refused(folder: Path, port: int, **settings: str) -> str:
    """What a server that cannot start says on its error output."""
    run = subprocess.run(**command(folder, port, **settings), capture_output=True, timeout=90)
    assert run.returncode == 2 and run.stdout == ""
    return run.stderr


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Server]:
    """A server, ready to answer; it is killed at the end if it still runs."""
    port = free_port()
    with (folder.parent / f"{folder.name}.errors").open("w+") as errors:
        process = subprocess.Popen(**command(folder, port, **settings), stdout=subprocess.PIPE, stderr=errors)
        try:
            said = ""
            while "Ctrl-C" not in said:
                line = process.stdout.readline()
                assert line, said + Path(errors.name).read_text()
                said += line
            yield Server(process, port, said)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


@pytest.fixture(scope="module", params=["eventlet", "gevent"])
def server(request, tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("run") / "instance"
    with serving(folder, ASYNC_ENGINE=request.param) as running:
        yield running


def test_a_first_start_prints_its_address_and_the_way_to_the_first_account(server):
    assert f"http://127.0.0.1:{server.port}" in server.said
    path = re.search(r"(/organiser/\S+)", server.said).group(1)
    assert server.get(path).status_code == 200


def test_the_server_answers(server):
    assert server.get("/healthz").json()["ok"] is True


def test_a_port_is_not_shared_with_a_server_that_already_runs(server, tmp_path):
    assert f"Port {server.port} is taken" in refused(tmp_path / "instance", server.port)
    assert server.get("/healthz").status_code == 200


def test_more_open_connections_than_the_engines_own_limit_still_leave_room(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MORE_THAN_EVENTLETS_OWN_LIMIT + 200
    assert hard == resource.RLIM_INFINITY or hard >= wanted, "raise the hard limit of open files (ulimit -Hn)"
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    with ExitStack() as phones:
        for _ in range(MORE_THAN_EVENTLETS_OWN_LIMIT):
            phones.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
        assert server.get("/healthz").status_code == 200


@pytest.mark.parametrize(("engine", "number"), [("eventlet", signal.SIGINT), ("gevent", signal.SIGTERM)])
def test_a_signal_ends_the_server_within_seconds(tmp_path, engine, number):
    with serving(tmp_path / "instance", ASYNC_ENGINE=engine) as server:
        with socket.create_connection(("127.0.0.1", server.port)):
            code, seconds = server.stop(number)
        assert (code, seconds < 8) == (0, True)
        assert not (tmp_path / "instance" / "rundbord.sqlite-wal").exists()


def test_a_second_start_finds_everything_as_it_was_and_nothing_was_complained_of(tmp_path):
    links = []
    for _ in range(2):
        with serving(tmp_path / "instance") as server:
            links.append(re.search(r"/organiser/\S+", server.said).group())
            assert server.stop()[0] == 0
        assert (tmp_path / "instance.errors").read_text() == ""
    assert links[0] == links[1]


def test_wrong_settings_are_told_together_and_nothing_starts(tmp_path):
    told = refused(tmp_path / "instance", free_port(), LANGUAGE="sv", TRUSTED_PROXIES="many")
    assert "LANGUAGE=sv" in told and "TRUSTED_PROXIES=many" in told and "Traceback" not in told
    assert not (tmp_path / "instance").exists()


def test_an_address_of_another_machine_is_refused_with_advice(tmp_path):
    told = refused(tmp_path / "instance", free_port(), HOST="192.0.2.77")
    assert "HOST=0.0.0.0" in told


def spoilt(folder: Path, how: str) -> dict[str, str]:
    """Make an instance a server cannot start with; the settings it needs besides."""
    folder.mkdir()
    file = folder / "rundbord.sqlite"
    if how == "no folder":
        return {"DATABASE_URL": f"sqlite:///{folder}/nowhere/rundbord.sqlite"}
    if how == "corrupt":
        file.write_bytes(b"this is no database, " * 500)
    elif how == "newer":
        with sqlite3.connect(file) as database:
            database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            database.execute("INSERT INTO alembic_version VALUES ('9999')")
    elif how == "key":
        (folder / "secret_key").mkdir()
    elif how == "postgres down":
        return {"DATABASE_URL": f"postgresql://rundbord:geheim@127.0.0.1:{free_port()}/rundbord"}
    elif how == "redis":
        return {"REDIS_URL": "redis://127.0.0.1:99999/0"}
    return {}


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("no folder", "The database file cannot be opened."),
        ("corrupt", "The database file is damaged."),
        ("newer", "The database was made by a newer version of Rundbord."),
        ("key", "secret_key cannot be read (Is a directory): let the user the server runs as own the file."),
        ("postgres down", "The database does not answer."),
        ("redis", "REDIS_URL: must have a port from 1 to 65535, or none."),
    ],
)
def test_what_stops_a_start_is_told_in_one_sentence(tmp_path, how, says):
    settings = spoilt(tmp_path / "instance", how)
    told = refused(tmp_path / "instance", free_port(), LANGUAGE="en", **settings)
    assert says in told and len(told.strip().splitlines()) == 1
    assert "Traceback" not in told and "geheim" not in told
    words = [
        *AS_INSTALLED,
        "-m",
        "flask",
        "--app",
        "workshop.app",
        "create-organiser",
        "A",
        "--password",
        "en lang nok kode",
    ]
    environ = {**os.environ, "INSTANCE_PATH": str(tmp_path / "instance"), "LANGUAGE": "en", **settings}
    line = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert line.returncode == 1 and says in line.stderr and "Traceback" not in line.stderr
