"""What the server's log may not hold."""

from __future__ import annotations

import json
import logging
import re
import secrets
import urllib.error
import urllib.request
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from tests.commands.voting import Room
from tests.live.lines import House, post
from tests.load.server import Server
from workshop import clock
from workshop.app import create_app
from workshop.config import load_settings
from workshop.models import Idea
from workshop.store import writing


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
