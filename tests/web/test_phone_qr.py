"""A QR code is reckoned for the pages that draw one, and for no phone."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.web.conftest import client_of
from workshop import secrecy
from workshop.cookies import cookie_name
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, PARTICIPANT, issue
from workshop.models import Workshop
from workshop.store import writing_outside
from workshop.web import rooms


@pytest.mark.parametrize(
    ("role", "path", "drawn"),
    [
        (PARTICIPANT, "/room/{code}", False),
        (FACILITATOR, "/workshops/{id}/preview/phone", False),
        (BOARD, "/workshops/{id}/board", True),
        (FACILITATOR, "/workshops/{id}/preview/board", True),
        (FACILITATOR, "/workshops/{id}/console", True),
    ],
)
def test_a_qr_code_is_reckoned_only_where_it_is_drawn(app: Flask, monkeypatch, role, path, drawn):
    room, token = Room({"citizens": 2}), secrecy.new_token()
    person = room.everybody[0].participant_id if role == PARTICIPANT else None
    with writing_outside():
        issue(token, role, workshop_id=room.id, participant_id=person)
    code = db.session.get_one(Workshop, room.id).code
    reckoned: list[str] = []
    monkeypatch.setattr(rooms, "qr_rows", lambda text: reckoned.append(text) or ["1"])
    client = client_of(app)
    client.set_cookie(cookie_name(role, room.id), token)
    page = client.get(path.format(id=room.id, code=code))
    assert page.status_code == 200
    assert any(address.endswith(f"/j/{code}") for address in reckoned) is bool(reckoned) is drawn
    assert ('"qr"' in page.get_data(as_text=True)) is drawn
