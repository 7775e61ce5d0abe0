"""Where the board's code leads: to the server as phones reach it, whatever address the board was opened at."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.web.conftest import client_of
from workshop import network, secrecy
from workshop.cookies import cookie_name
from workshop.identity import BOARD, issue
from workshop.store import writing_outside


def way_in(app: Flask, monkeypatch: Any, at: str, host: str, public_url: str | None = None) -> dict[str, Any]:
    """What a board opened at `at` says of the way in, of a server that listens on `host` in a hall with its own network."""
    monkeypatch.setattr(network, "network_address", lambda: "192.168.1.7")
    settings = app.config["RUNDBORD"]
    monkeypatch.setitem(app.config, "RUNDBORD", replace(settings, host=host, port=5000, public_url=public_url))
    room, token = Room({"citizens": 2}), secrecy.new_token()
    with writing_outside():
        issue(token, BOARD, workshop_id=room.id)
    client = client_of(app)
    client.set_cookie(cookie_name(BOARD, room.id), token, domain=at.split("//")[1].split(":")[0])
    page = client.get(f"/workshops/{room.id}/board", base_url=at)
    assert page.status_code == 200
    facts = re.search(r'id="page">(.*?)</script>', page.get_data(as_text=True), re.S)
    assert facts is not None
    return dict(json.loads(facts[1])["join"])


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
@pytest.mark.parametrize("at", ["http://127.0.0.1:5000", "http://localhost:5000"])
def test_a_board_opened_on_the_server_itself_leads_phones_to_its_network_address(app, monkeypatch, at, host):
    way = way_in(app, monkeypatch, at, host)
    assert way["host"] == "192.168.1.7:5000"
    assert way["url"].startswith("http://192.168.1.7:5000/j/")
    assert way["only_here"] is False


def test_it_says_that_phones_cannot_follow_where_the_server_listens_to_itself_alone(app, monkeypatch):
    way = way_in(app, monkeypatch, "http://127.0.0.1:5000", "127.0.0.1")
    assert way["host"] == "127.0.0.1:5000"
    assert way["only_here"] is True


def test_the_public_address_goes_before_all(app, monkeypatch):
    way = way_in(app, monkeypatch, "http://127.0.0.1:5000", "127.0.0.1", "https://rundbord.example.dk")
    assert way["url"].startswith("https://rundbord.example.dk/j/")
    assert way["only_here"] is False


def test_an_address_that_others_reach_stays_as_it_was_asked_for(app, monkeypatch):
    way = way_in(app, monkeypatch, "http://hal.example.dk", "0.0.0.0")
    assert way["host"] == "hal.example.dk"
    assert way["only_here"] is False
