"""The drain: what happens to requests while the server shuts down."""

from __future__ import annotations

import json
import threading

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from workshop.shutdown import Drain


def greet(environ, start_response):
    return Response("hello " + Request(environ).path)(environ, start_response)


def test_an_open_drain_changes_nothing():
    drain = Drain(greet)
    answer = Client(drain).get("/room", buffered=True)
    assert (answer.status_code, answer.text) == (200, "hello /room")
    assert drain.busy == 0


@pytest.mark.parametrize("path", ["/api/commands", "/socket.io/"])
def test_a_closed_drain_answers_that_it_is_no_answer(path):
    drain = Drain(greet)
    assert drain.close(0)
    answer = Client(drain).post(path)
    assert answer.status_code == 503
    assert json.loads(answer.text) == {"ok": False, "error": {"code": "broken"}}
    assert answer.headers["Retry-After"] == "5"


def test_closing_waits_for_a_request_until_its_last_byte():
    sending, go_on = threading.Event(), threading.Event()

    def slow(_environ, start_response):
        start_response("200 OK", [])

        def body():
            yield b"first"
            sending.set()
            assert go_on.wait(5)
            yield b", last"

        return body()

    drain, texts = Drain(slow), []
    guest = threading.Thread(target=lambda: texts.append(Client(drain).get("/export", buffered=True).text))
    guest.start()
    assert sending.wait(5)
    assert drain.close(0.1) is False
    go_on.set()
    assert drain.close(5) is True
    guest.join(5)
    assert texts == ["first, last"]


def test_an_open_socket_does_not_hold_the_drain():
    connected, leave = threading.Event(), threading.Event()

    def socket(environ, start_response):
        connected.set()
        assert leave.wait(5)
        return greet(environ, start_response)

    drain = Drain(socket)
    phone = threading.Thread(target=lambda: Client(drain).get("/socket.io/"))
    phone.start()
    assert connected.wait(5)
    assert drain.close(0) is True
    leave.set()
    phone.join(5)


def test_a_request_that_breaks_has_left():
    def broken(_environ, _start_response):
        raise LookupError("no such thing")

    drain = Drain(broken)
    with pytest.raises(LookupError):
        Client(drain).get("/")
    assert drain.busy == 0
