"""Why anybody should believe the result: a text is bound to its words, a group can stop it, and both are in the paper.

One story on real pages: an agreement is blocked by one group; a citizen proposes other words from the phone; the facilitator
takes them in; phones and board show what is different; everybody is asked again, and now it is carried in every group.
"""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from pypdf import PdfReader

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import AGREEMENT, Hall
from tests.browser.phones import come_in_by_the_form, field, primary
from tests.browser.test_board import decoded

OLD = str(AGREEMENT["purpose"])
NEW = "Skolerne står åbne for unge to aftener om ugen, også i skoleferierne."


@dataclass
class Room:
    """Two phones in different groups, the console and the board of one hall; five more of each group without a screen."""

    hall: Hall
    citizen: Page
    politician: Page
    console: Page
    board: Page
    agreement: str

    @property
    def phones(self) -> tuple[Page, Page]:
        return self.citizen, self.politician

    def decide(self, version: int, citizens: str, politicians: str) -> None:
        """Everybody without a screen takes a stance on a version; then the decision is closed."""
        decision = next(one for one in kinds(self.hall, "decision") if one["state"] == "open")
        assert decision["subject_version"] == version
        for group, stance in (("citizens", citizens), ("politicians", politicians)):
            for token in self.hall.people[group]:
                self.hall.do(token, "take_stance", decision=decision["id"], stance=stance)
        self.hall.chair("close_decision", decision=decision["id"])


@pytest.fixture
def room(hall: Hall, open_page: OpenPage) -> Room:
    citizen, politician = come_in_by_the_form(open_page, hall), come_in_by_the_form(open_page, hall, "politicians")
    hall.join("citizens", 5)
    hall.join("politicians", 5)
    agreement = hall.agreement()
    hall.start("decisions")
    console = open_page(hall.console_url, CONSOLE)
    expect(console.get_by_text("Forbundet", exact=True)).to_be_visible()
    return Room(hall, citizen, politician, console, open_page(hall.board_url, BOARD), agreement)


def open_decision(room: Room, version: int) -> None:
    """The facilitator opens the decision with the button, and both phones are asked on that version."""
    room.console.locator("#decide-agreement-A").click()
    button(room.console.get_by_role("dialog"), "Start").click()
    for phone in room.phones:
        # Whoever reads the text is led to the question, not thrown into it.
        asked = phone.locator("a", has_text="Stem om en tekst")
        here = phone.get_by_text(f"Du stemmer om version {version}")
        expect(asked.or_(here).first).to_be_visible()
        if asked.count():
            # The phone may come to the question by itself between the look and the click: then the link is gone.
            with suppress(PlaywrightTimeoutError):
                asked.click(timeout=5000)
        expect(here).to_be_visible()


def take_stance(phone: Page, label: str) -> None:
    phone.get_by_role("radio", name=label, exact=True).check()
    button(phone, "Send min stemme").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")


def pdf_text(hall: Hall) -> str:
    answer = requests.get(
        hall.url(f"/api/workshops/{hall.id}/export/pdf"),
        headers={"Authorization": f"Bearer {hall.made['tokens']['facilitator']}"},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return re.sub(r"\s+", " ", text)


def test_blocked_by_one_group_reworded_from_a_phone_and_carried(room: Room):
    open_decision(room, 1)
    take_stance(room.citizen, "For")
    take_stance(room.politician, "Imod")
    room.decide(1, citizens="for", politicians="against")
    for phone in room.phones:
        expect(phone.get_by_text("Ikke flertal hos: Politikere.")).to_be_visible()
    expect(room.board.get_by_text("Ikke tilslutning")).to_be_visible()
    assert decoded(room.board)[0].endswith(room.hall.code), "the code is not whole beside the outcome"

    propose_other_words(room)
    take_them_in(room)
    for phone in room.phones:
        see_the_difference(phone, room)
    button(room.console, "Vis ændringen på tavlen").click()
    expect(room.board.locator("del").first).to_contain_text("tre")
    expect(room.board.locator("ins").first).to_contain_text("to")

    room.hall.chair("show_on_board", shows="step")
    open_decision(room, 2)
    for phone in room.phones:
        expect(phone.get_by_role("radio", checked=True)).to_have_count(0)
        expect(phone.locator("ins").first).to_contain_text("to")
        take_stance(phone, "For")
    room.decide(2, citizens="for", politicians="for")
    expect(room.board.get_by_text("Anbefales")).to_be_visible()

    text = pdf_text(room.hall)
    assert NEW in text
    assert re.search(r"Politikere.{0,80}Ikke flertal", text), "the decision that was blocked is missing"
    assert re.search(r"Politikere.{0,80}Flertal", text), "the decision that carried it is missing"
    assert re.search(r"[Vv]ersion 1", text) and re.search(r"[Vv]ersion 2", text)


def propose_other_words(room: Room) -> None:
    """From the citizen's phone, on the text itself."""
    room.citizen.evaluate("id => { location.hash = id }", room.agreement)
    room.citizen.get_by_role("button", name="Foreslå ændring").click()
    field(room.citizen, "Skriv den nye tekst").fill(NEW)
    room.citizen.get_by_label("Hvorfor?").fill("Byrådet kan betale to")
    room.citizen.get_by_role("button", name="Send forslag").click()
    expect(room.citizen.locator(".idea.yours")).to_contain_text("Byrådet kan betale to")


def take_them_in(room: Room) -> None:
    button(room.console, "Ret teksten").click()
    part = room.console.get_by_role("region", name="Ændringsforslag fra deltagerne")
    expect(part.locator("del").first).to_contain_text("tre")
    button(part.locator("article").first, "Godkend ændringen").click()
    expect(room.citizen.locator(".idea.yours")).to_contain_text("Godkendt")


def see_the_difference(phone: Page, room: Room) -> None:
    phone.evaluate("id => { location.hash = id }", room.agreement)
    expect(phone.locator("del").first).to_contain_text("tre")
    expect(phone.locator("ins").first).to_contain_text("to")
