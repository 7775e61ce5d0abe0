"""What went wrong: plain words for people, one shape for scripts."""

from __future__ import annotations

import sqlite3

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.conftest import application
from tests.web.conftest import Page
from workshop.app import MESSAGE_BYTES


@pytest.mark.parametrize(("lang", "words"), [("da", "Siden findes ikke"), ("en", "This page does not exist")])
def test_an_unknown_page_says_so_in_the_browsers_language(app: Flask, lang: str, words: str):
    answer = app.test_client().get("/findes-ikke", headers={"Accept-Language": lang})
    assert answer.status_code == 404
    html = answer.get_data(as_text=True)
    assert f'<html lang="{lang}">' in html and words in Page(html).text


def test_an_unknown_call_answers_as_the_protocol_says(app: Flask):
    answer = app.test_client().get("/api/no-such-thing")
    assert answer.status_code == 404
    assert answer.get_json() == {"ok": False, "error": {"code": "not_found"}}


def test_a_call_in_the_wrong_way_answers_json(app: Flask):
    answer = app.test_client().get("/api/join")
    assert answer.status_code == 405 and answer.get_json()["error"]["code"] == "malformed"


def test_too_much_is_refused_with_its_limit(app: Flask):
    answer = app.test_client().post("/api/join", data=b"x" * (MESSAGE_BYTES + 1), content_type="application/json")
    assert answer.status_code == 413
    assert answer.get_json()["error"] == {"code": "too_large", "field": "body", "limit": MESSAGE_BYTES}


def test_too_long_a_form_is_refused_in_words(app: Flask):
    answer = app.test_client().post("/", data={"code": "x" * (MESSAGE_BYTES + 1)})
    assert answer.status_code == 413 and "Teksten er for lang" in Page(answer.get_data(as_text=True)).text


def test_a_fault_of_ours_has_a_number_and_shows_nothing_of_the_inside(tmp_path):

    app = application(tmp_path)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False

    @app.get("/breaks")
    def breaks() -> str:
        raise LookupError("the inside")

    @app.get("/api/breaks")
    def breaks_for_scripts() -> str:
        raise LookupError("the inside")

    page = app.test_client().get("/breaks")
    assert page.status_code == 500 and "the inside" not in page.get_data(as_text=True)
    script = app.test_client().get("/api/breaks")
    assert script.status_code == 503
    assert script.get_json()["error"]["code"] == "broken" and script.get_json()["error"]["number"]


def test_a_page_that_cannot_save_says_so_and_not_that_it_made_an_error(tmp_path):
    app = application(tmp_path)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False

    @app.get("/fails/<name>")
    def fails(name: str) -> str:
        cause = sqlite3.OperationalError("of SQLite")
        cause.sqlite_errorname = name
        raise OperationalError("INSERT", {}, cause)

    page = app.test_client().get("/fails/SQLITE_FULL", headers={"Accept-Language": "en"})
    assert page.status_code == 503 and "The server cannot save right now." in Page(page.get_data(as_text=True)).text
    assert app.test_client().get("/fails/SQLITE_ERROR").status_code == 500


def test_an_error_page_sets_no_cookie(app: Flask):
    assert "Set-Cookie" not in app.test_client().get("/findes-ikke").headers
