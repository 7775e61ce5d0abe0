"""Behind the real nginx, with the configuration that is handed out: deploy/nginx.conf."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import requests

from tests.apart import run
from tests.live.lines import House, new_id, post
from tests.load.server import Server
from tests.services import answers, free_port, missing

CONFIG = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"


def changed(port: int, ports: list[int], cache: Path) -> str:
    """The configuration with the test's ports and folder, and without TLS."""
    text = CONFIG.read_text(encoding="utf-8")
    text = re.sub(r"^ *ssl_.*\n", "", text, flags=re.M)
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("; Secure", ""),
        ("/var/cache/nginx/rundbord", str(cache)),
        *((f"127.0.0.1:500{place}", f"127.0.0.1:{one}") for place, one in enumerate(ports, 1)),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, ports: list[int]) -> Iterator[str]:
    """nginx in front of these ports; its address."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        raise missing("nginx", "On Debian: sudo apt install nginx-light")
    port = free_port()
    places = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{places}{changed(port, ports, folder / 'cache')}}}\n"
    )
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        until = time.monotonic() + 20
        while not answers(f"http://127.0.0.1:{port}", port):
            assert process.poll() is None and time.monotonic() < until, (folder / "error.log").read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def servers() -> Iterator[list[Server]]:
    """Two servers that know nothing of each other."""
    with Server() as first, Server() as second:
        yield [first, second]


@pytest.fixture
def two(servers: list[Server], tmp_path: Path) -> Iterator[tuple[list[Server], str]]:
    """An nginx of the test's own in front of the two: whoever is led to the wrong one is a stranger there."""
    with nginx(tmp_path, [server.port for server in servers]) as url:
        yield servers, url


def way_to(server: Server, url: str, code: str) -> str:
    """A cookie by which nginx leads to this server: only there the code is known."""
    for number in range(40):
        cookie = f"way{number}"
        if requests.get(f"{url}/j/{code}", cookies={"rundbord_way": cookie}, timeout=10).status_code == 200:
            return cookie
    raise AssertionError("no cookie leads there")


def test_a_phone_stays_with_its_process_and_speaks_by_websocket_and_by_polling(two: tuple[list[Server], str]):
    servers, url = two
    for server in servers:
        house = House.open(server)
        made = house.workshop()
        code = made["workshop"]["code"]
        person = post(f"{server.url}/api/join", {"code": code, "group": "citizens", "id": new_id()})
        cookies = {"rundbord_way": way_to(server, url, code)}
        run(speaks(url, cookies, person["token"]))
        for _ in range(6):
            answer = requests.get(
                f"{url}/api/sync?since=0",
                headers={"Authorization": f"Bearer {person['token']}"},
                cookies=cookies,
                timeout=10,
            )
            assert answer.status_code == 200


async def speaks(url: str, cookies: dict[str, str], token: str) -> None:
    """Connects by websocket and by polling, and asks for everything."""
    async with aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket") as socket:
            assert (await socket.receive_str()).startswith("0{")
            await socket.send_str("40" + json.dumps({"token": token}))
            await heard(socket.receive_str, '40{"sid"')
            await socket.send_str('420["sync",{"since":0}]')
            assert '"ok":true' in await heard(socket.receive_str, "430")
        address = f"{url}/socket.io/?EIO=4&transport=polling"
        opened = json.loads((await (await session.get(address)).text())[1:])
        address += f"&sid={opened['sid']}"
        for sent, awaited in (("40" + json.dumps({"token": token}), '40{"sid"'), ('421["sync",{"since":0}]', "431")):
            assert (await session.post(address, data=sent)).status == 200

            async def poll() -> str:
                return await (await session.get(address)).text()

            await heard(poll, awaited)


async def heard(receive: Any, awaited: str) -> str:
    """What comes that holds these words."""
    async with asyncio.timeout(20):
        while awaited not in (text := await receive()):
            pass
    return str(text)


def test_who_comes_first_gets_a_cookie_and_files_are_kept_by_nginx(two: tuple[list[Server], str]):
    _, url = two
    session = requests.Session()
    first = session.get(f"{url}/", timeout=10)
    assert first.status_code == 200 and len(session.cookies["rundbord_way"]) == 32
    assert "rundbord_way" not in session.get(f"{url}/", timeout=10).headers.get("Set-Cookie", "")
    sheet = re.search(r'"(/static/v/[^"]+\.css)"', first.text)
    assert sheet is not None
    kept = [requests.get(url + sheet[1], timeout=10) for _ in range(3)]
    assert [one.headers["X-Cache"] for one in kept] == ["MISS", "HIT", "HIT"]
    assert len({one.content for one in kept}) == 1 and "Set-Cookie" not in kept[1].headers
