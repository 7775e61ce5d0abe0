"""Somebody who is in already scans the code of another group: asked first, and changed only by this browser's own form."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.commands.voting import Room
from tests.web.conftest import Page, client_of
from workshop import rate_limits
from workshop.extensions import db
from workshop.models import Group, Participant


@pytest.fixture
def room(app: Flask) -> Room:
    citizens = {"key": "citizens", "name": {"da": "Borgere", "en": "Citizens"}}
    politicians = {"key": "politicians", "name": {"da": "Politikere", "en": "Politicians"}, "self_selectable": False}
    groups = [{"required": False, **group} for group in (citizens, politicians)]
    return Room({"citizens": 3, "politicians": 0}, groups=groups)


def code_of(room: Room, key: str) -> str:
    return str(db.session.scalar(select(Group.code).where(Group.workshop_id == room.id, Group.key == key)))


def come_in(app: Flask, room: Room) -> FlaskClient:
    phone = client_of(app)
    key = Page(phone.get(f"/j/{room.code}").get_data(as_text=True)).values["key"]
    assert phone.post(f"/j/{room.code}", data={"group": "citizens", "key": key}).status_code == 303
    phone.get(f"/room/{room.code}")
    return phone


def group_of(phone: FlaskClient, room: Room) -> str:
    return str(phone.get(f"/api/sync?since=0&as=participant&workshop={room.id}").get_json()["me"]["group"])


def people(room: Room) -> int:
    return db.session.query(Participant).filter_by(workshop_id=room.id).count()


def test_a_second_choice_of_group_is_answered_and_staying_is_the_dark_button(app: Flask, room: Room):
    phone = come_in(app, room)
    before = people(room)
    code = code_of(room, "politicians")
    page = Page(phone.get(f"/j/{code}").get_data(as_text=True))
    assert "Du deltager i gruppen Borgere. Skift?" in page.text
    assert "Bliv i Borgere" in page.text and "Skift til Politikere" in page.text
    assert group_of(phone, room) == "citizens", "opening the page changes nothing"
    answer = phone.post(f"/j/{code}/group", data={"key": page.values["key"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/room/{room.code}")
    assert group_of(phone, room) == "politicians"
    assert people(room) == before
    assert phone.get(f"/j/{code}").status_code == 302, "who is in the group is led straight to the room"


def test_english(app: Flask, room: Room):
    phone = come_in(app, room)
    page = Page(phone.get(f"/j/{code_of(room, 'politicians')}?lang=en").get_data(as_text=True))
    assert "You are in the group Citizens. Change?" in page.text


def test_the_rooms_own_code_leads_straight_in(app: Flask, room: Room):
    assert come_in(app, room).get(f"/j/{room.code}").status_code == 302


@pytest.mark.parametrize("by_code", [True, False])
def test_a_join_form_left_open_leads_to_the_same_question(app: Flask, room: Room, by_code: bool):
    phone = come_in(app, room)
    db.session.query(Group).filter_by(workshop_id=room.id).update({"self_selectable": True})
    db.session.commit()
    before = people(room)
    code = code_of(room, "politicians")
    path, typed = (f"/j/{code}", {}) if by_code else (f"/j/{room.code}", {"group": "politicians"})
    answer = phone.post(path, data={**typed, "key": "of a form that was shown before", "tried": "1"}, follow_redirects=True)
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 200 and "Du deltager i gruppen Borgere. Skift?" in page.text
    assert group_of(phone, room) == "citizens" and people(room) == before
    assert phone.post(f"/j/{code}/group", data={"key": page.values["key"]}).status_code == 303
    assert group_of(phone, room) == "politicians"


def test_a_join_form_left_open_gives_no_way_into_a_group_with_its_own_code(app: Flask, room: Room):
    phone = come_in(app, room)
    answer = phone.post(f"/j/{room.code}", data={"group": "politicians", "key": "of before"})
    assert answer.status_code == 422 and group_of(phone, room) == "citizens"


def test_only_this_browsers_own_form_changes_anything(app: Flask, room: Room):
    phone = come_in(app, room)
    code = code_of(room, "politicians")
    other = Page(client_of(app).get(f"/j/{code}").get_data(as_text=True)).values["key"]
    for data in ({}, {"key": other}):
        answer = phone.post(f"/j/{code}/group", data=data)
        assert answer.status_code == 422 and "Intet er ændret" in Page(answer.get_data(as_text=True)).text
    assert group_of(phone, room) == "citizens"
    stranger = client_of(app).post(f"/j/{code}/group", data={"key": other})
    assert (stranger.status_code, stranger.headers["Location"]) == (303, f"/j/{code}")


def test_whoever_changes_too_often_waits(app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rate_limits, "_STEADY", rate_limits.Limit(0, 60))
    phone = come_in(app, room)
    code = code_of(room, "politicians")
    key = Page(phone.get(f"/j/{code}").get_data(as_text=True)).values["key"]
    answer = phone.post(f"/j/{code}/group", data={"key": key})
    assert answer.status_code == 429 and "Prøv igen om" in Page(answer.get_data(as_text=True)).text
    assert "politicians" not in db.session.scalars(select(Group.key).join(Participant)).all()


def test_after_the_first_vote_the_page_says_who_can(app: Flask, room: Room):
    phone = come_in(app, room)
    code = code_of(room, "politicians")
    key = Page(phone.get(f"/j/{code}").get_data(as_text=True)).values["key"]
    vote = room.ballot(room.ideas(3))
    answer = phone.post(f"/j/{code}/group", data={"key": key})
    assert answer.status_code == 422 and "En afstemning er i gang" in Page(answer.get_data(as_text=True)).text
    room.do(room.chair, "close_ballot", ballot=vote)
    page = Page(phone.get(f"/j/{code}").get_data(as_text=True))
    assert "Bed ordstyreren om det" in page.text and "Skift til" not in page.text
    assert group_of(phone, room) == "citizens"
