"""Each reader's own language: the browser's at the door, ready words as keys, and `lang` where people wrote another."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.web.conftest import Browser, Page, client_of
from tests.web.public.test_public_record import publish
from workshop.catalogue import t
from workshop.web.assets.catalogue import first_texts_urls

QUESTION = "Hvad skal der til?"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 1}, question=QUESTION, template="collaboration")


def read(app: Flask, path: str, accept: str = "") -> str:
    return client_of(app).get(path, headers={"Accept-Language": accept} if accept else {}).get_data(as_text=True)


@pytest.mark.parametrize(
    ("accept", "lang"),
    [("en-GB,en;q=0.9", "en"), ("da-DK,da;q=0.9,en;q=0.7", "da"), ("de-DE,en;q=0.5", "en"), ("de-DE,de", "da"), ("", "da")],
)
def test_the_door_speaks_the_browsers_language(app: Flask, room: Room, accept: str, lang: str):
    for path in ("/", f"/j/{room.code}"):
        assert f'<html lang="{lang}">' in read(app, path, accept)


def test_a_browser_with_neither_language_is_met_in_the_workshops(app: Flask):
    english = Room({"citizens": 1}, language="en")
    assert '<html lang="en">' in read(app, f"/j/{english.code}", "de-DE,de")


def test_what_a_person_asks_for_goes_before_the_browser(app: Flask, room: Room):
    assert '<html lang="da">' in read(app, f"/j/{room.code}?lang=da", "en-GB")


def test_the_phone_begins_in_the_browsers_language_and_the_board_in_the_workshops(mette: Browser):
    number = mette.make()
    pages = {
        screen: mette.client.get(f"/workshops/{number}/{screen}", headers={"Accept-Language": "en-GB"}).get_data(
            as_text=True
        )
        for screen in ("console", "board")
    }
    assert '<html lang="en">' in pages["console"]
    assert '<html lang="da">' in pages["board"]


def test_the_standard_promise_is_said_in_the_readers_language_and_an_own_one_as_it_was_written(app: Flask, room: Room):
    key = "promise.collaborate"
    assert t(key, "en") in Page(read(app, f"/j/{room.code}", "en-GB")).text
    assert t(key, "da") in Page(read(app, f"/j/{room.code}", "da-DK")).text
    room.do(room.chair, "edit_workshop", promise="I får svar i maj.")
    page = read(app, f"/j/{room.code}", "en-GB")
    assert '<p class="words" dir="auto" lang="da">I får svar i maj.</p>' in page


def test_ready_words_come_with_their_key_until_somebody_edits_them(room: Room):
    first = room.record("step:1")
    assert first["title"] == t("step.welcome.title", "da") and first["title_key"] == "step.welcome.title"
    assert first["instruction_key"] == "step.welcome.instruction"
    room.do(room.chair, "edit_step", step="step:1", title="Goddag")
    edited = room.record("step:1")
    assert (edited["title"], edited["title_key"], edited["instruction_key"]) == (
        "Goddag", None, "step.welcome.instruction",
    )  # fmt: skip


def test_the_key_follows_the_workshops_language_and_its_level(room: Room):
    room.do(room.chair, "edit_workshop", language="en", decision_level="recommendation")
    steps = (room.record(f"step:{number}") for number in range(1, 13))
    decisions = next(step for step in steps if step["step_kind"] == "decisions")
    assert decisions["title_key"] == "step.decisions.title.advice"
    assert decisions["title"] == t("step.decisions.title.advice", "en")


def test_peoples_words_say_their_language_where_the_page_speaks_another(app: Flask, room: Room):
    assert f'<h1 class="ask words" dir="auto" lang="da">{QUESTION}</h1>' in read(app, f"/j/{room.code}", "en-GB")
    assert f'<h1 class="ask words" dir="auto">{QUESTION}</h1>' in read(app, f"/j/{room.code}", "da-DK")


def test_so_do_those_of_the_public_record(mette: Browser, stranger: Browser):
    record = publish(mette, mette.make(question=QUESTION))
    english, danish = (stranger.client.get(f"{record}?lang={lang}").get_data(as_text=True) for lang in ("en", "da"))
    assert f'<h1 class="words" dir="auto" lang="da">{QUESTION}</h1>' in english
    assert f'<h1 class="words" dir="auto">{QUESTION}</h1>' in danish


@pytest.mark.parametrize("written_in", ["da", "en"])
def test_a_phone_is_sent_ready_words_only_where_it_reads_another_language(app: Flask, written_in: str):
    client = client_of(app)
    for lang, url in first_texts_urls("phone", written_in).items():
        messages = client.get(url).get_json()["messages"]
        assert ("step.ideas.title" in messages) == (lang != written_in)
        assert "error.closed" in messages
