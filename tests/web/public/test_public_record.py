"""The public record: there for everybody while it is published, and for nobody else."""

from __future__ import annotations

import json

from tests.commands.voting import Room, refused
from tests.web.conftest import Browser, workshop
from workshop.door import perform


def publish(browser: Browser, number: int, published: bool = True) -> str:
    perform(browser.actor(number), "publish_record", {"published": published})
    return f"/record/{workshop(number).record_slug}"


def test_a_published_record_is_read_without_login(mette: Browser, stranger: Browser):
    number = mette.make(question="Hvad skal der til?")
    answer = stranger.client.get(publish(mette, number))
    assert answer.status_code == 200 and "Hvad skal der til?" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers


def test_it_speaks_the_workshops_language_or_the_one_asked_for(mette: Browser, stranger: Browser):
    record = publish(mette, mette.make(language="en"))
    assert '<html lang="en">' in stranger.client.get(record).get_data(as_text=True)
    danish = stranger.client.get(f"{record}?lang=da").get_data(as_text=True)
    assert '<html lang="da">' in danish and f"{record}?lang=en" in danish


def test_its_address_holds_at_least_128_bits_of_chance(mette: Browser):
    records = {publish(mette, mette.make()) for _ in range(3)}
    assert len(records) == 3
    assert all(len(record.removeprefix("/record/")) * 6 >= 128 for record in records)


def test_taken_back_it_is_gone_and_published_again_it_has_the_same_address(mette: Browser, stranger: Browser):
    number = mette.make()
    record = publish(mette, number)
    publish(mette, number, published=False)
    assert stranger.client.get(record).status_code == 410
    assert stranger.client.get(f"{record}/json").status_code == 410
    assert publish(mette, number) == record
    assert stranger.client.get(record).status_code == 200


def test_no_address_is_guessed_from_a_workshop_that_was_never_published(mette: Browser, stranger: Browser):
    mette.make()
    for slug in ("None", "1", "", "x" * 24):
        assert stranger.client.get(f"/record/{slug}").status_code == 404


def test_its_files_are_the_public_ones(mette: Browser, stranger: Browser):
    record = publish(mette, mette.make())
    answer = stranger.client.get(f"{record}/json?lang=en")
    assert json.loads(answer.data)["language"] == "en"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert stranger.client.get(f"{record}/odt").status_code == 404


def test_only_the_organiser_publishes_it_and_not_before_the_workshop_has_opened(mette: Browser):
    room = Room({"citizens": 1})
    with refused("not_allowed"):
        perform(room.chair, "publish_record", {"published": True})
    with refused("not_open", "workshop"):
        publish(mette, mette.make(state="draft"))


def test_the_checker_is_offered_beside_its_files(mette: Browser, stranger: Browser):
    record = publish(mette, mette.make())
    assert f'href="{record}/checker?' in stranger.client.get(record).get_data(as_text=True)
    answer = stranger.client.get(f"{record}/checker")
    assert answer.status_code == 200 and answer.get_data(as_text=True).startswith("#!/usr/bin/env python3")
