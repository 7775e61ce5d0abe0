"""A follow-up card from end to end: taken on the phone at the closing step, and used half a year later when it is reviewed."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

import requests
from playwright.sync_api import Page, expect

from tests.browser.axe import all_faults
from tests.browser.conftest import OpenPage
from tests.browser.hall import AGREEMENT, FRAME, Hall, days_from_now
from tests.browser.phones import come_in
from tests.load.server import Server

#: the agreement is reviewed 184 days ahead; the look-back of the clock is open for 14 days
REVIEWED, OVER = 186, 202


def later(server: Server, days: int) -> None:
    """Starts the server again so many days ahead (docs/testing.md, Other days)."""
    (library,) = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))[:1] or [None]
    assert library is not None, "libfaketime is missing: scripts/apt_install.sh libfaketime"
    server.stop()
    server.environment |= {"LD_PRELOAD": str(library), "FAKETIME": f"+{days}d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    server.start()


def agreed(hall: Hall) -> str:
    """An agreement that every group has said yes to."""
    agreement = hall.agreement()
    people = [*hall.join("citizens", 6), *hall.join("politicians", 6)]
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for person in people:
        hall.do(person, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    return agreement


def seen(server: Server, code: str) -> dict:
    """What `GET /api/follow_up` answers to a card."""
    token = requests.post(f"{server.url}/api/card", json={"code": code}, timeout=20).json()["token"]
    head = {"Authorization": f"Bearer {token}"}
    return dict(requests.get(f"{server.url}/api/follow_up", headers=head, timeout=20).json())


def reopened(hall: Hall, agreement: str) -> None:
    """A new version of the agreement, on which the cards decide from now on."""
    head = {"Authorization": f"Bearer {hall.server.organiser()}"}
    new = {"what_we_try": "Tre aftener om ugen", "review_date": days_from_now(REVIEWED + 90)}
    for name, args in (
        ("reopen_agreement", {"reason": "Flere vil med."}),
        ("edit_reopened", {"revision": 1} | new),
        ("decide_reopened", {"until": days_from_now(OVER - 2)}),
    ):
        sent = {"id": secrets.token_hex(16), "name": name, "args": {"agreement": agreement} | args}
        path = hall.url(f"/api/commands?workshop={hall.id}")
        answer = requests.post(path, json=sent, headers=head, timeout=20)
        assert answer.json()["ok"], answer.text


def until(server: Server, code: str, state: str) -> None:
    """Waits for the clock to open or close the look-back."""
    states: list[str] = []
    for _ in range(120):
        states = [row["state"] for row in seen(server, code)["look_backs"]]
        if states == [state]:
            return
        time.sleep(0.5)
    raise AssertionError(f"{states}, not {state}")


def judge(page: Page, answer: str, words: str = "") -> None:
    """Answers the one item that is asked about."""
    page.get_by_role("link", name="Svar nu").click()
    expect(page.get_by_role("heading", name=AGREEMENT["purpose"])).to_be_visible()
    page.get_by_label(answer, exact=True).check()
    if words:
        page.get_by_label("Hvad har du mærket?").fill(words)
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Tak. Dine svar er gemt.")).to_be_visible()


def test_a_card_is_taken_on_the_phone_and_judges_when_the_agreement_is_reviewed(tmp_path: Path, open_page: OpenPage):
    with Server(tmp_path) as server:
        hall = Hall(server, server.create_workshop(template="collaboration", title="Unge i Fjordby"))
        hall.chair("edit_workshop", **FRAME)
        phone = come_in(open_page, hall)
        agreement = agreed(hall)
        hall.start("closing")
        phone.get_by_role("button", name="Tag et kort").click()
        code = phone.locator("#follow-card .code").inner_text()
        assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", code)
        expect(phone.locator("#follow-card svg.qr")).to_be_visible()
        expect(phone.locator("#follow-card .own-address")).to_contain_text(f"/k#{code}")
        assert all_faults(phone) == []
        with phone.context.expect_page() as printed:
            phone.get_by_role("button", name="Udskriv").click()
        expect(printed.value.get_by_text(code)).to_be_visible()
        phone.get_by_role("button", name="Jeg har gemt mit kort").click()
        expect(phone.get_by_text("Det ligger på denne telefon")).to_be_visible()
        others = [hall.do(person, "take_follow_up_card")["card"] for person in hall.people["citizens"][:2]]
        hall.chair("close_workshop")

        later(server, REVIEWED)
        until(server, code, "open")
        reopened(hall, agreement)
        phone.reload()
        expect(
            phone.get_by_role("heading", name="Blev det holdt? Skal en aftale ændres? Svar med dit kort.")
        ).to_be_visible()
        phone.get_by_role("link", name="Svar nu").click()
        expect(phone.get_by_label("Kode")).to_have_value(code)
        assert "#" not in phone.url
        phone.get_by_role("button", name="Videre").click()
        expect(phone.get_by_text("Du har svaret på 0 af 1.")).to_be_visible()
        assert all_faults(phone) == []
        judge(phone, "Delvist", "Der er åbent om tirsdagen")
        expect(phone.get_by_text("Dit svar: Delvist")).to_be_visible()
        plain = open_page(f"{server.url}/k", java_script_enabled=False)
        plain.get_by_label("Kode").fill(others[0].lower())
        plain.get_by_role("button", name="Videre").click()
        judge(plain, "Ja, holdt")
        look_back = seen(server, code)["look_backs"][0]
        assert look_back["state"] == "open" and look_back["cards"] is None

        later(server, OVER)
        phone.goto(f"{server.url}/k/{hall.id}")
        expect(phone.get_by_text("ikke noget at svare på")).to_be_visible()
        until(server, code, "closed")
        (item,) = (item for item in seen(server, code)["items"] if item["id"] == agreement)
        assert (item["kept"]["cards"], item["kept"]["judged"], item["kept"]["counts"]) == (3, 2, None)
        assert item["kept"]["words"] == [{"words": "Der er åbent om tirsdagen", "group": None}]
