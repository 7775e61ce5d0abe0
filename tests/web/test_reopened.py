"""A reopened agreement on its pages, all without a script: the organiser writes, cards and parties answer, everybody reads."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.commands.follow_up.reopened_room import WHY, ReopenedRoom
from tests.web.conftest import Browser, Page, client_of, owner_of
from tests.web.follow_up.visiting import opened, words
from tests.web.test_cards import enter
from workshop.extensions import db
from workshop.models import BallotPaper, Workshop


@pytest.fixture
def room(app: Flask) -> ReopenedRoom:
    return ReopenedRoom({"citizens": 6, "politicians": 6})


@pytest.fixture
def organiser(app: Flask, room: ReopenedRoom) -> Browser:
    """The room's organiser, logged in."""
    return owner_of(app, room.id)


def here(room: ReopenedRoom, task: str = "") -> str:
    page = f"/organiser/workshops/{room.id}/reopened/{room.agreement.split(':')[1]}"
    return f"{page}/{task}" if task else page


def text(answer: object) -> str:
    return unescape(answer.get_data(as_text=True))  # type: ignore[attr-defined]


def answered(client: FlaskClient, path: str, **fields: str):
    key = Page(client.get(path).get_data(as_text=True)).values["key"]
    return client.post(path, data={"key": key, **fields})


def test_the_organiser_writes_a_new_version_and_lets_cards_and_parties_decide(room: ReopenedRoom, organiser: Browser):
    room.take_all()
    assert here(room) in text(organiser.client.get(f"/organiser/workshops/{room.id}/follow-up"))
    missing = organiser.send(here(room, "begin"), here(room), reason="")
    assert missing.status_code == 422
    assert organiser.send(here(room, "begin"), here(room), reason=WHY).status_code == 303
    page = text(organiser.client.get(here(room)))
    assert WHY in page and "En ny version bliver skrevet. Version 1 gælder." in page
    assert '<a class="btn quiet"' in page and ">Tilbage til opfølgningen</a>" in page
    lines = {"line-0-what": "En madklub", "line-0-by_when": room.day(90), "line-1-what": "Et køkken"}
    new = {"line-new-party": "Kommunen", "line-new-what": "En ny hane"}
    wrong = {"purpose": "Bedre mad", "resources": "1.200 timer", "notice_days": "mange"}
    refused = organiser.send(here(room, "edit"), here(room), revision="1", **wrong, **lines, **new)
    assert refused.status_code == 422 and "1.200 timer" in text(refused) and "En ny hane" in text(refused)
    sent = organiser.send(here(room, "edit"), here(room), revision="1", **(wrong | {"notice_days": "60"}), **lines, **new)
    assert sent.status_code == 303
    assert organiser.send(here(room, "edit"), here(room), revision="1", purpose="Andet", **lines).status_code == 409
    assert organiser.send(here(room, "decide"), here(room), until=room.day(14)).status_code == 303
    page = text(organiser.client.get(here(room)))
    assert "Foreningen: har ikke svaret" in page and "1.200 timer" in page and "Kommunen: En ny hane" in page
    assert organiser.send(here(room, "close"), here(room)).status_code == 303
    assert "Version 1 gælder fortsat." in text(organiser.client.get(here(room)))
    assert organiser.client.get(f"/organiser/workshops/{room.id}/reopened/99").status_code == 404


def test_a_card_answers_without_a_script_and_what_it_typed_is_kept(app: Flask, room: ReopenedRoom):
    codes = [code for taken in room.take_all().values() for code in taken]
    decision = room.decide()
    path = f"/k/{room.id}/decision/{decision.split(':')[1]}"
    client = client_of(app)
    enter(client, codes[0])
    assert path in text(client.get(f"/k/{room.id}"))
    page = text(client.get(path))
    assert WHY in page and "1.200 timer" in page and "Version 1 gælder, indtil den nye er vedtaget." in page
    assert db.session.query(BallotPaper).count() == 0, "a GET changes nothing"
    for fields in ({"reason": "Kun i to år"}, {"stance": "reservation", "reason": "x" * 501}):
        refused = answered(client, path, **fields)
        assert refused.status_code == 409 and fields["reason"] in text(refused)
    assert answered(client, path, stance="reservation").status_code == 409
    assert client.post(path, data={"stance": "for"}).status_code == 409, "without the form's key"
    sent = answered(client, path, stance="reservation", reason="Kun i to år")
    assert sent.headers["Location"] == f"/k/{room.id}?thanks=1"
    home = text(client.get(sent.headers["Location"]))
    assert "Dit svar: For, med forbehold" in home
    again = text(client.get(path))
    assert 'value="reservation" required checked' in again and "Kun i to år" in again
    room.finish()
    assert client.get(path).headers["Location"] == f"/k/{room.id}"
    assert path not in text(client.get(f"/k/{room.id}"))


def test_a_party_answers_on_its_page_and_everybody_reads_both_versions(app: Flask, room: ReopenedRoom):
    codes = [code for taken in room.take_all().values() for code in taken]
    decision = room.decide()
    club, council = (opened(app, room, "steward", on=room.agreement, party=name) for name in ("Foreningen", "Kommunen"))
    assert WHY in club.see() and "1.200 timer" in club.see()
    refused = club.send("/version", accepted="no", words="")
    assert refused.status_code == 422 and 'class="err"' in words(refused)
    assert club.send("/version", accepted="no", words="Vi har ikke hænder nok").status_code == 303
    assert council.send("/version", accepted="yes", words="").status_code == 303
    room.do(room.organiser, "publish_record", published=True)
    record = f"/record/{db.session.get_one(Workshop, room.id).record_slug}"
    reader = client_of(app)
    page = text(reader.get(record))
    assert "Version 1 gælder, indtil den nye er vedtaget." in page and "Foreningen: siger nej" in page
    assert "Vi har ikke hænder nok" in page and "1.200 timer" in page and "Kortene:" not in page
    # On a narrow screen the cells of the table stand under each other, each with the name of its column.
    assert '<td role="cell" data-head="Nu" class="words" dir="auto">1.200 timer</td>' in page
    for code in codes:
        room.stance(code, decision)
    assert club.send("/version", accepted="yes", words="Vi fandt dem").status_code == 303
    room.finish()
    page = text(reader.get(record))
    assert "Version 2 gælder fra" in page and "Afgjort af dem, der har et kort." in page and "Foreningen: siger ja" in page
    english = text(reader.get(f"{record}?lang=en"))
    assert "Version 2 applies from" in english and "Decided by those who hold a card." in english
    (one,) = reader.get(f"{record}/status.json").json["items"][0]["reopened"]
    assert (one["state"], one["from_version"], one["version"], one["cards"]) == ("carried", 1, 2, 12)
    assert "er vedtaget" in text(reader.get(f"{record}/feed.atom"))
    assert club.see().count("1.200 timer") <= 1
