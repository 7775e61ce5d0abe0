"""The live client in a real browser against the real server: lines that break, pages that reload, servers that restart."""

from __future__ import annotations

import json
import secrets
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

from tests.load.server import Server

SECONDS = 30.0
#: any document of the house will do: the client brings its own script
DOCUMENT = "/static/v/test/js/live/clock.js"
OPEN = """async (how) => {
  const { openRoom } = await import('/static/v/test/js/live/connection.js');
  window.room = openRoom(how);
}"""


class Hall:
    """A workshop with ideas open, on a server of its own, and the phones in it."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server = server
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        organiser = server.organiser()
        made = self.call("/api/workshops", {"title": "Prøve", "template": "empty"}, organiser)
        self.workshop = made["workshop"]["id"]
        self.code = made["workshop"]["code"]
        chair = made["tokens"]["facilitator"]
        step = self.command(chair, "add_step", {"kind": "ideas", "settings": {"writing": "open"}})
        self.command(chair, "start_step", {"step": step["result"]["step"]})
        self.chair = chair

    def call(self, path: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = urllib.request.Request(self.server.url + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def command(self, token: str, name: str, args: dict[str, Any]) -> dict[str, Any]:
        return self.call("/api/commands", {"id": secrets.token_hex(16), "name": name, "args": args}, token)

    def phone(self, **how: Any) -> Phone:
        joined = self.call("/api/join", {"code": self.code, "group": "citizens", "name": "Prøve"})
        options = {"workshop": self.workshop, "person": joined["participant"]["id"], "token": joined["token"], **how}
        context = self.browser.new_context()
        self.contexts.append(context)
        return Phone(self, context, options)


class Phone:
    """One page with an open room."""

    def __init__(self, hall: Hall, context: BrowserContext, options: dict[str, Any]) -> None:
        self.hall = hall
        self.context = context
        self.options = options
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self) -> Phone:
        self.page.goto(self.hall.server.url + DOCUMENT)
        self.page.evaluate(OPEN, self.options)
        return self

    def is_so(self, expression: str) -> bool:
        return bool(self.page.evaluate(f"() => {expression}"))

    def until(self, expression: str, seconds: float = SECONDS) -> None:
        """Wait until it is so. (Playwright's own waiting needs `eval`, which our policy forbids.)"""
        end = time.monotonic() + seconds
        while not self.is_so(expression):
            assert time.monotonic() < end, f"never: {expression}; {self.page.evaluate(STATE)} {self.faults}"
            self.page.wait_for_timeout(50)

    def connected(self) -> Phone:
        self.until("room.state === 'connected'")
        return self

    def post(self, text: str) -> None:
        """Send, and do not wait for the answer."""
        self.page.evaluate("text => void room.send('post_idea', { text })", text)

    def ideas(self) -> list[str]:
        found: list[str] = self.page.evaluate("() => room.records.all('idea').map((idea) => idea.text)")
        return found


STATE = """() => JSON.stringify({state: room.state, closed: room.closed, version: room.records.version,
  pending: room.pending(), ideas: room.records.all('idea').map((idea) => idea.text)})"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def hall(server: Server, browser: Browser) -> Iterator[Hall]:
    hall = Hall(server, browser)
    yield hall
    for context in hall.contexts:
        context.close()


def test_what_one_phone_posts_the_other_shows_over_either_transport(hall: Hall) -> None:
    by_socket = hall.phone().open().connected()
    by_polling = hall.phone(transports=["polling"]).open().connected()
    answer = by_socket.page.evaluate("() => room.send('post_idea', { text: 'Flere bænke' })")
    by_socket.until("room.records.all('idea').length === 1")
    assert answer["ok"] and answer["result"]["idea"] == by_socket.page.evaluate("() => room.records.one('idea').id")
    by_polling.until("room.records.all('idea').length === 1")
    by_polling.post("Mere lys")
    for phone in (by_socket, by_polling):
        phone.until("room.records.all('idea').length === 2 && room.pending().length === 0")
        assert phone.ideas() == ["Flere bænke", "Mere lys"]
        assert phone.faults == []


def test_where_websockets_are_cut_the_phone_polls(hall: Hall) -> None:
    phone = hall.phone()
    cut: list[str] = []

    def refuse(route: WebSocketRoute) -> None:
        cut.append(route.url)
        route.close(code=1011)

    phone.context.route_web_socket("**/socket.io/**", refuse)
    phone.open().connected()
    assert cut
    phone.post("Uden websocket")
    phone.until("room.records.all('idea').length === 1")


def test_a_refusal_comes_back_with_its_code_and_keeps_the_words(hall: Hall) -> None:
    phone = hall.phone().open().connected()
    answer = phone.page.evaluate("() => room.send('post_idea', { text: 'x'.repeat(20000) })")
    assert answer["error"]["code"] == "too_long"
    [card] = phone.page.evaluate("() => room.pending()")
    assert card["state"] == "refused" and len(card["args"]["text"]) == 20000
    answer = phone.page.evaluate("() => room.send('start_step', { step: 'step:1' })")
    assert answer["error"]["code"] == "not_allowed"


def test_offline_a_text_is_kept_over_a_reload_and_sent_once(hall: Hall) -> None:
    phone = hall.phone().open().connected()
    other = hall.phone().open().connected()
    phone.page.evaluate("() => room.drafts.set('idea', 'halvt skrev')")
    phone.context.set_offline(True)
    phone.until("room.state === 'offline'", 5)
    phone.post("På broen")
    other.post("Imens")
    other.until("room.records.all('idea').length === 1")
    assert phone.ideas() == []
    phone.until("room.pending()[0].state === 'waiting'")
    phone.context.set_offline(False)
    # Before it can come back, the page is loaded anew.
    phone.open()
    assert phone.page.evaluate("() => room.pending().map((card) => card.args.text)") == ["På broen"]
    assert phone.page.evaluate("() => room.drafts.get('idea')") == "halvt skrev"
    for each in (phone, other):
        each.until("room.records.all('idea').length === 2 && room.pending().length === 0")
        assert sorted(each.ideas()) == ["Imens", "På broen"]


def test_two_tabs_of_one_person_send_a_text_once(hall: Hall) -> None:
    one = hall.phone().open().connected()
    one.context.set_offline(True)
    one.until("room.state === 'offline'", 5)
    one.post("Kun én gang")
    two = Phone(hall, one.context, one.options)
    one.context.set_offline(False)
    two.open().connected()
    for tab in (one, two):
        tab.until("room.records.all('idea').length === 1 && room.pending().length === 0")
    one.page.wait_for_timeout(1000)
    assert one.ideas() == two.ideas() == ["Kun én gang"]


def test_a_wrong_clock_counts_down_right(hall: Hall) -> None:
    phone = hall.phone()
    phone.page.add_init_script("{ const real = Date.now; Date.now = () => real() + 600_000; }")
    phone.open().connected()
    ends_at = time.time() + 300
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(ends_at))
    left = phone.page.evaluate("stamp => room.clock.remaining(stamp)", stamp)
    assert abs(left / 1000 - (int(ends_at) - time.time())) < 1.5
    assert abs(phone.page.evaluate("() => room.clock.offset") + 600_000) < 1500


def test_a_removed_person_is_told_and_does_not_come_back(hall: Hall) -> None:
    phone = hall.phone().open().connected()
    hall.command(hall.chair, "remove_participant", {"participant": phone.options["person"]})
    phone.until("room.state === 'closed'")
    assert phone.page.evaluate("() => room.closed.reason") in ("removed", "ended")
    phone.open()
    phone.until("room.state === 'closed'")


def test_the_server_restarts_and_everybody_is_back_with_everything(hall: Hall) -> None:
    phones = [hall.phone().open().connected(), hall.phone(transports=["polling"]).open().connected()]
    phones[0].post("Før")
    for phone in phones:
        phone.until("room.records.all('idea').length === 1")
    hall.server.stop()
    phones[0].until("room.state === 'offline'")
    phones[1].post("Imens")
    hall.server.start()
    for phone in phones:
        phone.until("room.state === 'connected' && room.records.all('idea').length === 2")
        assert phone.ideas() == ["Før", "Imens"]
        assert phone.faults == []
