"""The result as a file: who gets it, under which name, in which language."""

from __future__ import annotations

import hashlib
import io
import json
from urllib.parse import unquote

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.commands.voting import Room
from tests.web.conftest import Browser, workshop
from workshop.commands.room.workshops import links
from workshop.cookies import cookie_name
from workshop.export import FORMATS
from workshop.identity import FACILITATOR


def address(number: int, format: str = "json", **query: str) -> str:
    return f"/api/workshops/{number}/export/{format}" + (
        "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
    )


@pytest.mark.parametrize("format", FORMATS)
def test_a_draft_with_nothing_in_it_can_be_taken_home_in_every_format(mette: Browser, format: str):
    number = mette.make(state="draft", template="empty")
    answer = mette.client.get(address(number, format))
    assert answer.status_code == 200 and len(answer.data) > 50
    assert answer.headers["Content-Type"].startswith(FORMATS[format].mime.partition(";")[0])
    assert f".{format}" in answer.headers["Content-Disposition"]


def test_the_file_has_a_plain_name_and_one_with_its_own_letters(mette: Browser):
    number = mette.make(title='Færre "ensomme" i Århus/Ry')
    disposition = mette.client.get(address(number)).headers["Content-Disposition"]
    plain, _, full = disposition.partition("; filename*=UTF-8''")
    assert plain.isascii() and plain.startswith("attachment; filename=faerre")
    assert unquote(full).startswith("Færre ensomme i Århus Ry-")
    assert unquote(full).endswith(".json")


def test_a_title_cannot_break_out_of_the_header(mette: Browser):
    number = mette.make(title="a\nSet-Cookie: x=1; filename*=")
    answer = mette.client.get(address(number))
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Disposition"].count("\n") == 0


def test_the_language_can_be_asked_for(mette: Browser):
    number = mette.make()
    languages = [
        json.loads(mette.client.get(address(number, **query)).data)["language"]
        for query in ({}, {"lang": "en"}, {"lang": "tlh"})
    ]
    assert languages == ["da", "en", "da"]


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_the_short_version_is_another_file_under_another_name(mette: Browser, format: str):
    number = mette.make()
    whole, short = (mette.client.get(address(number, format, **query)) for query in ({}, {"short": "1"}))
    assert short.status_code == 200 and short.data != whole.data
    assert "-kort." in short.headers["Content-Disposition"]
    assert "-kort" not in whole.headers["Content-Disposition"]
    assert len(short.data) < len(whole.data)
    if format == "pdf":
        assert len(PdfReader(io.BytesIO(short.data)).pages) < len(PdfReader(io.BytesIO(whole.data)).pages)


def test_a_format_without_pages_has_no_short_version(mette: Browser):
    number = mette.make()
    whole, short = (mette.client.get(address(number, "md", **query)) for query in ({}, {"short": "1"}))
    assert short.data == whole.data


def test_an_unknown_format_is_not_found(mette: Browser):
    answer = mette.client.get(address(mette.make(), "odt"))
    assert answer.status_code == 404 and answer.get_json()["error"]["code"] == "not_found"


def test_a_facilitator_gets_it_by_token_and_by_the_cookie_of_the_console(app: Flask, stranger: Browser):
    room = Room({"citizens": 1})
    link = _facilitator(room)
    assert stranger.client.get(address(room.id), headers={"Authorization": f"Bearer {link}"}).status_code == 200
    stranger.client.set_cookie(cookie_name(FACILITATOR, room.id), link)
    assert stranger.client.get(address(room.id)).status_code == 401
    assert stranger.client.get(address(room.id, **{"as": "facilitator"})).status_code == 200


def _facilitator(room: Room) -> str:
    token = links(workshop(room.id))[FACILITATOR]
    assert token
    return token


def test_participants_boards_strangers_and_other_organisers_do_not_get_it(
    app: Flask, mette: Browser, bo: Browser, stranger: Browser
):
    number = mette.make()
    joined = stranger.client.post("/api/join", json={"code": _code(number), "group": "citizens"}).get_json()
    stranger.client.delete_cookie(cookie_name("participant", number))
    as_participant = {"Authorization": f"Bearer {joined['token']}"}
    assert stranger.client.get(address(number), headers=as_participant).status_code == 403
    assert stranger.client.get(address(number)).status_code == 401
    assert bo.client.get(address(number)).status_code == 404
    other = bo.make()
    assert stranger.client.get(address(other), headers=as_participant).status_code == 404


def _code(number: int) -> str:
    return workshop(number).code


def test_the_checker_is_one_file_of_python_beside_the_json(mette: Browser):
    number = mette.make()
    answer = mette.client.get(address(number, "checker"))
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/x-python; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=rundbord_check.py"
    named = json.loads(mette.client.get(address(number)).data)["proof"]["checker"]
    assert named == {"name": "rundbord_check.py", "sha256": hashlib.sha256(answer.data).hexdigest()}
    page = mette.client.get(f"/organiser/workshops/{number}/export")
    assert address(number, "checker") in page.text
