"""The organiser's page of mails: what would be sent, to be copied where no mail server is set."""

from __future__ import annotations

import dataclasses
from urllib.parse import unquote

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.web.conftest import Browser
from workshop import clock
from workshop.commands.follow_up import outbox
from workshop.extensions import db
from workshop.models import Workshop
from workshop.screens.reminders import due_messages


@pytest.fixture
def room(app, mette: Browser) -> PromiseRoom:
    """Mette's workshop, 41 days after it was handed over."""
    found = PromiseRoom()
    assert mette.organiser is not None
    db.session.get_one(Workshop, found.id).organiser_id = mette.organiser.id
    db.session.commit()
    found.link("receiver", body="Byrådet", address="byraad@example.org")
    found.link("receiver", body="Regionen")
    found.do(found.chair, "hand_over_result")
    return found


def page(room: PromiseRoom) -> str:
    return f"/organiser/workshops/{room.id}/messages"


def test_without_a_mail_server_each_mail_can_be_copied(room: PromiseRoom, mette: Browser):
    with room.after(41):
        shown = mette.open(page(room))
    assert "Serveren sender ingen mails" in shown.text
    for words in ("Dig selv", "Vises kun her", "Byrådet", "Send den selv", "Regionen", "Ingen adresse", "/unsubscribe/"):
        assert words in shown.text, words
    (letter,) = [link for link in shown.links if link.startswith("mailto:")]
    assert letter.startswith("mailto:byraad%40example.org?subject=") and "Svar nu" in unquote(letter)
    assert "\n" not in letter and "%0D%0A" in letter


def test_with_a_mail_server_the_state_of_each_mail_and_the_servers_words_are_shown(app, room, mette, monkeypatch):
    settings = dataclasses.replace(app.config["RUNDBORD"], smtp_url="smtp://127.0.0.1", mail_from="post@example.org")
    monkeypatch.setitem(app.config, "RUNDBORD", settings)
    with room.after(41):
        assert "Sendes i dag" in mette.open(page(room)).text
        (message,) = due_messages(db.session.get_one(Workshop, room.id), clock.today(), "")
        wanted = outbox.Claim(room.id, "reminder", message.to, clock.today(), message.subject, message.told, message.links)
        number = outbox.claim(wanted)
        assert number is not None
        assert "Måske sendt" in mette.open(page(room)).text
        outbox.note_result(number, wanted, "refused", "550 5.1.1 <b>no such user</b>")
        shown = mette.open(page(room)).text
    assert "Afvist" in shown and "550 5.1.1 <b>no such user</b>" in shown and "Tidligere mails" in shown


def test_the_mails_of_another_organiser_are_not_found(room: PromiseRoom, bo: Browser):
    assert bo.client.get(page(room)).status_code == 404
