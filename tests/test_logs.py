"""What the server's log may not hold."""

from __future__ import annotations

import json
import logging
import re
import secrets
import socket
import struct
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from tests.commands.voting import Room
from tests.live.lines import House, post
from tests.load.server import Server
from workshop import clock, logs
from workshop.app import create_app
from workshop.config import load_settings
from workshop.models import Idea
from workshop.store import writing

ROOT = Path(__file__).parent.parent


def test_a_fault_is_logged_once_by_number_and_without_the_path(tmp_path, caplog):
    app = create_app(load_settings({"INSTANCE_PATH": str(tmp_path)}))

    @app.get("/token/<token>")
    def breaks(token: str) -> str:
        raise LookupError("broken on purpose")

    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/token/SECRET-TOKEN")
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert answer.status_code == 500
    number = record.getMessage().split()[1]
    assert number in answer.get_data(as_text=True)
    assert "SECRET-TOKEN" not in caplog.text and "broken on purpose" in caplog.text


NAME, WORDS = "Ingeborg Tranekær", "kanariefugle i kantinen"


def test_a_programme_in_the_log_at_debug_has_no_names_words_tokens_codes_or_addresses():
    """The real server, and a whole little life: coming in, writing, voting, being wrong, coming back, being erased."""
    with Server(settings={"LOG_LEVEL": "debug"}) as server:
        house = House.open(server)
        made = house.workshop()
        chair = made["tokens"]["facilitator"]
        me = post(f"{server.url}/api/join", {"code": made["workshop"]["code"], "group": "citizens", "name": NAME})

        def send(token: str, name: str, /, **args: Any) -> dict[str, Any]:
            return post(f"{server.url}/api/commands", {"id": secrets.token_hex(16), "name": name, "args": args}, token)

        idea = send(me["token"], "post_idea", text=WORDS)["result"]["idea"]
        ballot = send(chair, "open_ballot", method="approval", options=[idea], settings={})["result"]["ballot"]
        send(me["token"], "cast_ballot", ballot=ballot, choices={idea: 1})
        helper = made["tokens"]["helper"]
        seat = send(helper, "create_seat", group="citizens", name=NAME)["result"]["seat"]
        request = urllib.request.Request(f"{server.url}/api/sync?seat={seat}", headers={"Authorization": f"Bearer {helper}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            card = json.load(answer)["me"]["reentry_code"]
        with pytest.raises(urllib.error.HTTPError):
            send(me["token"], "post_idea", text=WORDS * 100)
        send(helper, "take_on_seat", reentry_code=card)
        door = f"/j/{made['workshop']['code']}"
        for path in (f"/f/{chair}", f"/h/{helper}", door, f"{door}/card", f"/f/{me['token']}", "/api/me/data"):
            with suppress(urllib.error.HTTPError):
                urllib.request.urlopen(server.url + path, timeout=10).close()
        again = {"code": made["workshop"]["code"], "reentry_code": me["reentry_code"]}
        back = post(f"{server.url}/api/reenter", again)
        send(back["token"], "erase_me")
        log = server.log.read_text(errors="replace")
    secret = [NAME, WORDS, me["token"], back["token"], chair, made["tokens"]["board"], house.token]
    secret += [helper, *(code for shown in (me["reentry_code"], card) for code in (shown, shown.replace("-", "")))]
    assert [word for word in secret if word in log] == []
    # The first screen names the server's own addresses; after it nobody's stands in the log.
    screen, end, rest = log.partition("Ctrl-C")
    assert screen and end and not re.search(r"\d{1,3}(\.\d{1,3}){3}", rest)


def test_a_fault_of_the_database_is_logged_without_what_was_to_be_written(app, caplog):
    room = Room({"citizens": 5})
    with caplog.at_level(logging.DEBUG), pytest.raises(IntegrityError) as caught, writing(room.id) as write:
        write.add(Idea(workshop_id=room.id, text=WORDS, state="no such state", created_at=clock.now()))
    assert WORDS not in str(caught.value) and WORDS not in caplog.text


TOKEN = "aB3_" + "x9Zq-Kd7" * 4
CLEAN = (
    ("GET /f/abc HTTP/1.1 from 10.0.0.7", "GET /f/[...] HTTP/1.1 from [address]"),
    (f"/j/K7PXQ2/card and /record/{TOKEN}/pdf", "/j/[...]/card and /record/[...]/pdf"),
    ("/organiser/first/0123abcd 200", "/organiser/first/[...] 200"),
    ("/api/sync?as=facilitator&x=1 401", "/api/sync?[...] 401"),
    (f"Authorization: Bearer {TOKEN}", "Authorization: Bearer [token]"),
    ("Cookie: rundbord_participant_3=zzz; lang=da", "Cookie: rundbord_participant_3=[token]; lang=da"),
    (f"{{'token': '{TOKEN}', 'name': 1}}", "{'token': [token]', 'name': 1}"),
    (f"odd {TOKEN}!", "odd [token]!"),
    (f"odd {'0f' * 24}.", "odd [token]."),
    ("code ABCDE-12345 or ABCDE12345", "code [code] or [code]"),
    ("('192.168.1.20', 51514) and ::1 and fe80::1%eth0", "('[address]', 51514) and [address] and [address]"),
    ("2001:db8:0:0:8:800:200c:417a closed", "[address] closed"),
)
KEPT = (
    "2026-11-28 23:16:25,123 WARNING workshop.live.bus: Redis, listening failed (TimeoutError: no sign of life for 10 s)",
    "fault 1a2b3c4d at rooms.console",
    'File "/srv/rundbord/workshop/store.py", line 131, in a_function_with_a_name_longer_than_thirty_two_letters',
    "version 0.41.3, python 3.11.7, 4 of 5 at 12:30:45",
    "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked",
)


@pytest.mark.parametrize(("line", "clean"), CLEAN)
def test_addresses_tokens_and_codes_are_taken_out_of_a_line(line, clean):
    assert logs.scrub(line) == clean


@pytest.mark.parametrize("line", KEPT)
def test_what_a_log_is_read_for_stays(line):
    assert logs.scrub(line) == line


@pytest.mark.parametrize("name", ["werkzeug", "eventlet.wsgi", "gevent.pywsgi", "engineio.server", "flask.app", "any.other"])
def test_every_logger_writes_through_the_one_clean_handler(name):
    script = f"""
import logging, sys
from workshop import logs
logs.configure("debug")
log = logging.getLogger({name!r})
log.setLevel(logging.DEBUG)
log.warning("from %s asked /f/%s", "10.1.2.3", "SECRETLINK")
try:
    raise LookupError("Bearer SECRETBEARER from 10.1.2.3")
except LookupError:
    log.exception("a fault")
print("eventlet's own: ('10.1.2.3', 4) /h/SECRETLINK", file=sys.stderr)
raise LookupError("/b/SECRETLINK at 10.1.2.3")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    said = done.stderr + done.stdout
    assert "SECRET" not in said and "10.1.2.3" not in said
    assert said.count("[address]") == 4 and "LookupError: Bearer [token]" in said and "LookupError: /b/[...]" in said


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
def test_malformed_requests_with_tokens_everywhere_leave_none_and_no_address_in_the_log(engine):
    secret = TOKEN
    requests = [
        f"GET /f/{secret} HTTP/9.9\r\n\r\n",
        f"GET /f/{secret}\r\n\r\n",
        f"{secret} {secret} {secret}\r\n\r\n",
        f"GET /api/sync?token={secret} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret}\r\nConnection: close\r\n\r\n",
        f"GET / HTTP/1.1\r\n{secret} no colon\r\nHost: x\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\nX-{secret}: {'a' * 70_000}\r\n\r\n",
        f"POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: {secret}\r\n\r\n{secret}",
        f"POST /api/join HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{secret}\r\n",
        f"GET /socket.io/?EIO=9&transport=websocket&sid={secret} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {secret}\r\nSec-WebSocket-Version: 99\r\n\r\n",
        f"POST /socket.io/?EIO=4&transport=polling&sid={secret} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n40{{{{",
        f"GET /record/{secret}/pdf HTTP/1.1\r\nHost: {secret}\r\nCookie: rundbord_organiser={secret}\r\n\r\n",
    ]
    with Server(settings={"LOG_LEVEL": "debug", "ASYNC_ENGINE": engine}) as server:
        for request in requests:
            with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line, suppress(OSError):
                line.sendall(request.encode())
                line.settimeout(0.5)
                line.recv(4096)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert server.healthy()
        log = server.log.read_text(errors="replace").partition("Ctrl-C")[2]
    assert secret not in log and secret[:12] not in log
    assert not re.search(r"\d{1,3}(\.\d{1,3}){3}", log), log
