"""The wheel: built, installed into a fresh environment in another folder, started and played against there."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.services import free_port
from workshop import __version__

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS, ENDING = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
PASSWORD = "en lang adgangskode"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel as `pip install .` makes it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def program(wheel, tmp_path_factory) -> Path:
    """The command `rundbord` of an environment that holds the wheel and what it asks for, nothing else.

    `--only-binary` shows that nobody needs a compiler; `--no-compile` saves work that a test does not need.
    """
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    python = str(folder / SCRIPTS / f"python{ENDING}")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    run(*pip, "install", "--quiet", "--no-compile", "--only-binary", ":all:", str(wheel))
    return folder / SCRIPTS / f"rundbord{ENDING}"


def run(*words: str, **more: Any) -> str:
    """Run a command; returns what it printed. Its error output is in the failure."""
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False, **more)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass
class Home:
    """A user who has installed Rundbord: a home, a folder to stand in, and settings."""

    program: Path
    home: Path
    port: int

    @property
    def where(self) -> dict[str, Any]:
        environ = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        environ |= {"HOME": str(self.home), "LANGUAGE": "en", "HOST": "127.0.0.1", "PORT": str(self.port)}
        return {"cwd": self.home / "elsewhere", "env": {**environ, "PYTHONUTF8": "1"}}

    def rundbord(self, *words: str) -> str:
        return run(str(self.program), *words, **self.where)

    def ask(self, method: str, path: str, token: str = "", **body: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"http://127.0.0.1:{self.port}{path}"
        return requests.request(method, url, json=body or None, headers=headers, timeout=20)

    def until_ready(self, process: subprocess.Popen[str], within: float = 120) -> None:
        """Wait until the server answers; raises `AssertionError` with its words where it ended instead."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()[0]
            try:
                if self.ask("GET", "/healthz").ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.2)
        raise AssertionError("the server did not answer")


@pytest.fixture(scope="module")
def user(program, tmp_path_factory) -> Iterator[Home]:
    """A user whose server runs: `rundbord serve`, started in a folder of no meaning."""
    home = Home(program, tmp_path_factory.mktemp("home"), free_port())
    (home.home / "elsewhere").mkdir()
    process = subprocess.Popen(
        [str(program), "serve"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **home.where
    )
    try:
        home.until_ready(process)
        yield home
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=20)
        assert process.returncode == 0 and "Traceback" not in said, said
        assert f"http://127.0.0.1:{home.port}" in said and re.search(r"/organiser/\S+", said), said
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def room(user) -> dict[str, Any]:
    """A workshop in which somebody has joined and posted an idea."""
    user.rundbord("create-organiser", "Anna Holm", "--password", PASSWORD)
    token = user.ask("POST", "/api/login", name="Anna Holm", password=PASSWORD).json()["token"]
    made = user.ask("POST", "/api/workshops", token, title="Trafik ved skolen", template="collaboration").json()
    group = made["workshop"]["groups"][0]["key"]
    identity = secrets.token_hex(16)
    joined = user.ask("POST", "/api/join", code=made["workshop"]["code"], group=group, name="Åse", id=identity)
    assert joined.status_code == 201, joined.text
    facilitator = made["tokens"]["facilitator"]
    records = user.ask("GET", "/api/sync", facilitator).json()["put"]
    ideas = next(one["id"] for one in records if one["kind"] == "step" and one["step_kind"] == "ideas")
    started = user.ask(
        "POST", "/api/commands", facilitator, id=secrets.token_hex(16), name="start_step", args={"step": ideas}
    )
    assert started.json()["ok"], started.text
    posted = user.ask(
        "POST",
        "/api/commands",
        joined.json()["token"],
        id=secrets.token_hex(16),
        name="post_idea",
        args={"text": "Flere cykelstier"},
    )
    assert posted.json()["ok"], posted.text
    return {**made, "phone": joined.json()["token"]}


def test_the_wheel_holds_what_the_program_reads_and_nothing_of_tests_or_data(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    for top in ("static", "templates"):
        files = {path.relative_to(ROOT).as_posix() for path in (ROOT / top).rglob("*") if path.is_file()}
        assert {f"workshop/_files/{name}" for name in files} == {one for one in held if f"_files/{top}/" in one}
    package = {path for path in (ROOT / "workshop").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    inside = {path.relative_to(ROOT).as_posix() for path in package} | {"workshop/_files/run.py"}
    about = f"rundbord-{__version__}.dist-info/"
    rest = {name for name in held - inside if not name.startswith(("workshop/_files/", about))}
    assert inside <= held and rest == set()
    assert any(name.endswith(".woff2") for name in held) and any("migrations/versions/" in name for name in held)
    assert not [name for name in held if "instance" in name.split("/") or name.endswith((".sqlite", ".pyc", "secret_key"))]


def test_the_wheel_asks_for_what_requirements_txt_pins(wheel):
    about = zipfile.ZipFile(wheel).read(f"rundbord-{__version__}.dist-info/METADATA").decode()
    wanted = re.findall(r"^[^#\s]\S*==\S+$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert sorted(re.findall(r"^Requires-Dist: (\S+)$", about, re.M)) == sorted(wanted) and len(wanted) > 25


def test_a_room_is_played_on_the_installed_server(user, room):
    mine = user.ask("GET", "/api/sync", room["phone"]).json()["mine"]
    assert [idea["text"] for idea in mine["ideas"].values()] == ["Flere cykelstier"]


def test_pages_and_static_files_come_out_of_the_package(user, room):
    page = user.ask("GET", f"/j/{room['workshop']['code']}")
    assert page.status_code == 200 and "Trafik ved skolen" in page.text
    (sheet, *_) = re.findall(r'href="(/static/v/[^"]+\.css)"', page.text)
    found = user.ask("GET", sheet)
    assert found.status_code == 200 and found.headers["Content-Type"].startswith("text/css") and "{" in found.text
    version = sheet.split("/")[3]
    font = user.ask("GET", f"/static/v/{version}/fonts/rundbord-tool.woff2")
    assert font.content == (ROOT / "static/fonts/rundbord-tool.woff2").read_bytes()


def test_what_is_taken_home_is_made_aside_and_holds_before_the_checker(user, room, tmp_path):
    path = f"/api/workshops/{room['workshop']['id']}/export"
    token = room["tokens"]["facilitator"]
    assert user.ask("GET", f"{path}/pdf", token).content.startswith(b"%PDF-")
    file = tmp_path / "bundle.json"
    file.write_bytes(user.ask("GET", f"{path}/json", token).content)
    assert user.rundbord("verify", str(file), "--lang", "en").strip()
    bundle = json.loads(file.read_text(encoding="utf-8"))
    bundle["proof"]["journal"]["entries"][0]["at"] = "2020-01-01T00:00:00Z"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    spoilt = subprocess.run([str(user.program), "verify", str(file)], capture_output=True, timeout=60, **user.where)
    assert spoilt.returncode == 1


def test_data_lies_in_the_users_folder_and_not_in_the_package(user, room):
    data = user.home / ".local" / "share" / "rundbord"
    assert {"rundbord.sqlite", "secret_key"} <= {path.name for path in data.iterdir()}
    assert list((user.home / "elsewhere").iterdir()) == []
    packages = next(user.program.parent.parent.rglob("site-packages"))
    assert not [*packages.rglob("*.sqlite"), *packages.rglob("secret_key"), *packages.rglob("instance")]


def test_the_command_names_every_command_and_checks_a_file_without_making_a_folder(user, tmp_path):
    fresh = Home(user.program, tmp_path, user.port)
    (tmp_path / "elsewhere").mkdir()
    told = fresh.rundbord("--help")
    assert {"serve", "demo", "verify", "erase-names", "backup", "restore"} <= set(re.findall(r"^  ([a-z-]+)  ", told, re.M))
    (tmp_path / "elsewhere" / "empty.json").write_text("{}")
    checked = subprocess.run([str(user.program), "verify", "empty.json"], capture_output=True, timeout=60, **fresh.where)
    assert checked.returncode == 1 and [path.name for path in tmp_path.iterdir()] == ["elsewhere"]
