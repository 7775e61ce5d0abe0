"""The real server as its own process, on a free loopback port with its own folder; and workshops on it.

with Server() as server:
    workshop = server.create_workshop(template="empty", title="Prøve")
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psutil

from tests.as_installed import AS_INSTALLED
from tests.load import forks, prepared
from tests.load.prepared import ORGANISER, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT = 180.0  # seconds until /healthz must answer; the first start migrates the database
STOP_TIMEOUT = 30.0  # seconds between SIGTERM and giving up
RUN = [*AS_INSTALLED, str(ROOT / "run.py")]
COMPILED = str(Path(tempfile.gettempdir()) / "rundbord-compiled")
LOG_SHOWN = 6000  # characters of the log that a failure shows


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`run.py` in a process of its own. `settings` are environment variables on top of those it needs.

    Its folder (database, key, log) is temporary and goes when the server stops, unless `folder` is given. Without `accounts`
    it makes its database itself and nobody has an account. `prepared`: the database of `settings` has the organiser of the
    tests (`tests/services.py`).
    """

    def __init__(
        self,
        folder: Path | None = None,
        settings: Mapping[str, str] | None = None,
        accounts: bool = True,
        prepared: bool = False,
    ) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="rundbord-") if folder is None else None
        self.folder = folder or Path(self._temporary.name if self._temporary else "")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "server.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "INSTANCE_PATH": str(self.folder),
            "PYTHONUNBUFFERED": "1",
            **(settings or {}),
        }
        self.command = RUN
        self.process: psutil.Process | None = None
        self._prepares = accounts and "DATABASE_URL" not in self.environment
        self._prepared = prepared
        self._organiser = ""  # the token of the test organiser, once logged in
        # Every start compiles the modules again where the environment forbids to keep what was compiled.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.environment["PYTHONPYCACHEPREFIX"] = COMPILED

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and kind is not KeyboardInterrupt:
            print(f"--- the server's log ends:\n{self.log_end()}\n---", file=sys.stderr)
        try:
            self.stop()
        except RuntimeError as error:
            if kind is None:
                raise
            print(error, file=sys.stderr)  # the first fault is the one to be told
        if self._temporary is not None:
            self._temporary.cleanup()

    def start(self) -> None:
        """Start the process and wait until it is healthy; its log is in the error if it never is."""
        if forks.allowed:
            prepared.share_files(self.folder)
        if self._prepares:
            self._prepared = prepared.put_into(self.folder) or self._prepared
        with suppress(psutil.NoSuchProcess):
            self.process = self._begun()
        deadline = time.monotonic() + START_TIMEOUT
        while not self.healthy():
            if not self._runs() or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the server did not start:\n{self.log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.1)

    def _begun(self) -> psutil.Process:
        if self.command is RUN and forks.suit(self.environment):
            return forks.start(self.environment, self.log)
        with self.log.open("ab") as log:
            return psutil.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _runs(self) -> bool:
        if isinstance(self.process, psutil.Popen):
            return self.process.poll() is None
        return self.process is not None and self.process.is_running()

    def stop(self) -> None:
        """SIGTERM to this one process, and wait for it; raises `RuntimeError` if it has to be killed."""
        running = self._runs()
        process, self.process = self.process, None
        if process is None or not running:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_TIMEOUT)
        except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
            process.kill()
            process.wait(STOP_TIMEOUT)
            raise RuntimeError(f"the server did not stop within {STOP_TIMEOUT} s of SIGTERM") from None

    def healthy(self) -> bool:
        """Whether /healthz answers 200."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def log_end(self) -> str:
        """The last of what the server wrote."""
        return self.log.read_text(errors="replace")[-LOG_SHOWN:]

    def memory(self) -> int:
        """Resident memory of the server process, in bytes."""
        assert self.process is not None
        return int(self.process.memory_info().rss)

    def cpu_seconds(self) -> float:
        """Processor time the server has used since it started, in seconds."""
        assert self.process is not None
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def run_cli(self, *words: str) -> str:
        """`flask --app workshop.app …` in the server's own environment; what it printed."""
        command = [*AS_INSTALLED, "-m", "flask", "--app", "workshop.app", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def create_workshop(
        self, template: str, title: str, groups: Sequence[Mapping[str, Any]] | None = None
    ) -> dict[str, Any]:
        """A workshop of the test organiser: what `POST /api/workshops` answers."""
        asked = {"template": template, "title": title} | ({} if groups is None else {"groups": list(groups)})
        return self._post("/api/workshops", asked, self.organiser())

    def organiser(self) -> str:
        """The token of the test organiser, who is made at the first call unless the prepared database has the account."""
        if not self._organiser:
            if not self._prepared:
                self.run_cli("create-organiser", ORGANISER, "--password", PASSWORD)
            self._organiser = str(self._post("/api/login", {"name": ORGANISER, "password": PASSWORD})["token"])
        return self._organiser

    def _post(self, path: str, content: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = urllib.request.Request(self.url + path, json.dumps(content).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.code} {error.read().decode(errors='replace')}") from error
