"""`/metrics` and the line that each command leaves in the log."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from tests.commands.voting import Room
from tests.conftest import application
from workshop import dispatch
from workshop.extensions import db
from workshop.rules.refusal import Refused

TOKEN = "a token for tests only, 32 characters"


def ask(client: FlaskClient, token: str | None = TOKEN) -> tuple[int, dict[tuple[str, str, str], float]]:
    """The status, and each number by its name, command and outcome."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    answer = client.get("/metrics", headers=headers)
    found = {
        (sample.name, sample.labels.get("command", ""), sample.labels.get("outcome", "")): sample.value
        for family in (text_string_to_metric_families(answer.text) if answer.status_code == 200 else ())
        for sample in family.samples
    }
    return answer.status_code, found


def test_without_the_setting_there_is_no_such_page(app):
    assert ask(app.test_client())[0] == 404
    assert ask(app.test_client(), "")[0] == 404


def test_commands_are_counted_by_name_and_outcome_and_leave_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    app = application(tmp_path, METRICS_TOKEN=TOKEN)
    client = app.test_client()
    with app.app_context():
        db.create_all()
        room = Room({"citizens": 1})
        person = room.people["citizens"][0]
        for token in (None, "", TOKEN[:-1], TOKEN + "x"):
            assert ask(client, token)[0] == 401
        before = ask(client)[1]
        with caplog.at_level(logging.INFO, "rundbord.commands"):
            dispatch.command(person, {"id": "0" * 32, "name": "post_idea", "args": {"text": "En hemmelig kanariefugl"}})
            with pytest.raises(Refused):
                dispatch.command(person, {"id": "1" * 32, "name": "post_idea", "args": {"text": ""}})
            with pytest.raises(Refused):
                dispatch.command(person, {"id": "2" * 32, "name": "no_such_thing", "args": {}})
        after = ask(client)[1]
        db.session.remove()
        db.engine.dispose()

    def more(name: str, outcome: str = "") -> float:
        key = (name, "post_idea", outcome)
        return after[key] - before.get(key, 0)

    assert (more("rundbord_commands_total", "ok"), more("rundbord_commands_total", "empty")) == (1, 1)
    assert more("rundbord_command_seconds_count") == 2
    assert not any("no_such_thing" in key for key in after), "names that clients make up are not kept"
    lines = [record.getMessage() for record in caplog.records if record.name == "rundbord.commands"]
    assert [re.sub(r"ms=\d+\.\d", "ms=N", line) for line in lines] == [
        f"command workshop={room.id} name=post_idea outcome=ok ms=N",
        f"command workshop={room.id} name=post_idea outcome=empty ms=N",
    ]
