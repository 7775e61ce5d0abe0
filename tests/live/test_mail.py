"""Mails handed to a real mail server: each once, whatever ends in between, and what the server says is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.as_installed import AS_INSTALLED
from tests.commands.follow_up.promise_room import PromiseRoom
from tests.conftest import SECRET_KEY, application
from tests.services import answers, free_port
from workshop import clock
from workshop.extensions import db
from workshop.jobs.mails import Mails
from workshop.models import Outgoing, Workshop
from workshop.screens.reminders import messages

ROOT = Path(__file__).resolve().parents[2]
OWN = "https://rundbord.example"


@dataclass
class Post:
    """A mail server and what it was given."""

    port: int
    file: Path
    url: str

    def lines(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.file.read_text("utf-8").splitlines()] if self.file.exists() else []

    def to(self) -> Counter[str]:
        return Counter(line["to"] for line in self.lines() if "to" in line)

    def mail(self, address: str) -> EmailMessage:
        (data,) = [line["data"] for line in self.lines() if line.get("to") == address]
        found = message_from_string(data, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


@contextmanager
def mail_server(folder: Path, *login: str, port: int | None = None) -> Iterator[Post]:
    port, file = port or free_port(), folder / "post.jsonl"
    process = subprocess.Popen([sys.executable, "-m", "tests.live.mail_server", str(port), str(file), *login], cwd=ROOT)
    try:
        wait(lambda: answers(f"smtp://127.0.0.1:{port}", port))
        yield Post(port, file, f"smtp://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def wait(done: Any, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def settings(url: str) -> dict[str, str]:
    return {"SMTP_URL": url, "MAIL_FROM": "Rundbord <post@rundbord.example>", "PUBLIC_URL": OWN}


class House:
    """A room with receivers and owners at these addresses, the sender's processes, and the days."""

    def __init__(self, folder: Path, *addresses: str) -> None:
        self.folder = folder
        self.room = PromiseRoom()
        for number, address in enumerate(addresses):
            self.room.link("receiver", body=f"Udvalg {number}", address=address)
        self.room.do(self.room.chair, "hand_over_result")
        day = self.room.today + timedelta(days=41)
        self.moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        db.session.remove()

    def sender(self, url: str, later: timedelta = timedelta(0)) -> subprocess.Popen[str]:
        """A process that waits to begin its round."""
        process = subprocess.Popen(
            [*AS_INSTALLED, "-m", "tests.live.mail_sender", (self.moment + later).isoformat()],
            cwd=ROOT,
            env={**os.environ, "INSTANCE_PATH": str(self.folder), "SECRET_KEY": SECRET_KEY, **settings(url)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        return process

    def round(self, url: str, later: timedelta = timedelta(0)) -> int:
        """A round of a sender that nobody ends and that is alone, in this process: an application and a sender of its own,
        which know nothing of earlier rounds."""
        made = application(self.folder, **settings(url))
        with made.app_context(), clock.frozen(self.moment + later):
            sent = Mails(made).round(whole=True)
            db.session.remove()
            db.engine.dispose()
        return sent

    def states(self) -> dict[str, int]:
        db.session.rollback()
        return dict(Counter(row.state for row in db.session.scalars(select(Outgoing))))

    def shown(self) -> dict[str, tuple[str, str]]:
        db.session.rollback()
        found = messages(db.session.get_one(Workshop, self.room.id), self.moment.date(), OWN)
        return {one.to: (one.state, one.words) for one in found if one.to}


def begin(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with mail_server(tmp_path) as server:
        yield server


def test_a_mail_arrives_whole_with_one_click_to_leave(app, tmp_path, post):
    house = House(tmp_path, "byraad@example.org")
    assert house.round(post.url) == 1
    mail = post.mail("byraad@example.org")
    assert mail["From"] == "Rundbord <post@rundbord.example>" and mail["To"] == "byraad@example.org"
    assert mail["Subject"].startswith("Svaret mangler siden") and "\n" not in mail["Subject"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = mail["List-Unsubscribe"].strip("<>")
    text = mail.get_content()
    assert stop.startswith(f"{OWN}/unsubscribe/") and stop in text
    assert f"{OWN}/r/" in text and "udskyd svaret og skriv hvorfor" in text
    assert house.states() == {"sent": 1}
    assert house.round(post.url) == 0 and post.to() == {"byraad@example.org": 1}


def test_two_processes_send_each_mail_once(app, tmp_path, post):
    addresses = [f"udvalg{number}@example.org" for number in range(6)]
    house = House(tmp_path, *addresses)
    both = [house.sender(post.url), house.sender(post.url)]
    begin(*both)
    counts = [int(process.communicate(timeout=120)[0]) for process in both]
    assert sum(counts) == 6 and post.to() == dict.fromkeys(addresses, 1)
    assert house.states() == {"sent": 6}


@pytest.mark.parametrize("whole_group", [False, True], ids=["the sender", "the sender and its helper"])
def test_a_sender_that_is_killed_loses_no_mail_and_none_is_sent_twice(app, tmp_path, post, whole_group):
    others = ["a@example.org", "b@example.org", "c@example.org"]
    house = House(tmp_path, "a@example.org", "slow@example.org", "b@example.org", "c@example.org")
    first = house.sender(post.url)
    begin(first)
    wait(lambda: any("begun" in line for line in post.lines()))
    (os.killpg if whole_group else os.kill)(first.pid, signal.SIGKILL)
    first.wait()
    assert house.states()["claimed"] == 1
    house.round(post.url)
    assert house.shown()["slow@example.org"][0] == "perhaps", "claimed, and nothing known of it"
    house.round(post.url, timedelta(minutes=11))
    house.round(post.url, timedelta(hours=2))
    assert house.states() == {"sent": 3, "perhaps": 1}
    found = post.to()
    assert {address: found[address] for address in others} == dict.fromkeys(others, 1)
    assert found["slow@example.org"] <= 1, "never twice, also where nobody knows whether it was sent"


def test_what_the_server_refuses_is_shown_and_not_tried_again(app, tmp_path, post):
    house = House(tmp_path, "refused@example.org", "bounced@example.org", "good@example.org")
    assert house.round(post.url) == 1
    shown = house.shown()
    assert shown["refused@example.org"] == ("refused", "550 5.1.1 no such user")
    assert shown["bounced@example.org"] == ("refused", "554 5.7.1 not wanted here")
    assert shown["good@example.org"][0] == "sent"
    assert house.round(post.url, timedelta(hours=2)) == 0


def test_a_mail_that_is_not_taken_for_now_waits_and_holds_up_no_other(app, tmp_path, post):
    house = House(tmp_path, "later@example.org", "good@example.org")
    assert house.round(post.url) == 1
    assert house.shown()["later@example.org"] == ("would_be_sent", "451 4.7.1 come back later")
    house.round(post.url, timedelta(minutes=5))
    assert post.to() == {"good@example.org": 1}


def test_a_server_that_is_away_loses_nothing(app, tmp_path):
    house = House(tmp_path, "a@example.org", "b@example.org")
    port = free_port()
    assert house.round(f"smtp://127.0.0.1:{port}") == 0
    assert house.states() == {"waiting": 1}, "the first one asks, and the round ends"
    with mail_server(tmp_path, port=port) as post:
        house.round(post.url, timedelta(minutes=5))
        house.round(post.url, timedelta(minutes=35))
        assert post.to() == {"a@example.org": 1, "b@example.org": 1}
    assert house.states() == {"sent": 2}


def test_a_server_that_is_lost_after_it_was_given_the_mail_has_perhaps_sent_it(app, tmp_path, post):
    house = House(tmp_path, "lost@example.org")
    house.round(post.url)
    house.round(post.url, timedelta(hours=1))
    assert post.to() == {"lost@example.org": 1}
    assert house.shown()["lost@example.org"][0] == "perhaps"


def test_the_password_lets_in_and_is_told_nobody(app, tmp_path):
    house = House(tmp_path, "a@example.org")
    with mail_server(tmp_path, "rundbord", "hemmelig/kode") as post:
        wrong = house.sender(f"smtp://rundbord:en%20anden@127.0.0.1:{post.port}")
        out, told = wrong.communicate("\n", timeout=60)
        assert out == "0\n" and "en%20anden" not in told and "en anden" not in told
        assert house.states() == {"waiting": 1} and "anden" not in str(house.shown())
        assert house.round(f"smtp://rundbord:hemmelig%2Fkode@127.0.0.1:{post.port}", timedelta(minutes=31)) == 1
