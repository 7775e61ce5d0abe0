"""A show of hands: counted aloud, shown on console and board, and no part of any vote."""

from __future__ import annotations

import re

import requests
from playwright.sync_api import expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.consoles import button
from tests.browser.hall import Hall
from tests.browser.seats import open_vote, record


def test_a_show_of_hands_is_on_console_and_board_and_no_part_of_any_vote(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    hall.join("politicians", 5)
    ballot, _ = open_vote(hall)
    before = record(hall, ballot)
    console = open_page(hall.console_url, CONSOLE)
    console.locator("#menu").click()
    button(console, "Håndsoprækning").click()
    button(console, "Skriv en håndsoprækning ned").click()
    dialog = console.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Skriv, hvad der blev spurgt om")).to_be_visible()
    dialog.get_by_label("Hvad blev der spurgt om?").fill("Holder vi pause nu?")
    dialog.get_by_label("Hænder for svar 1").fill("31")
    dialog.get_by_label("Hænder for svar 2").fill("ni")
    expect(dialog.get_by_role("button", name=re.compile("Skriv hele tal fra 0 til"))).to_be_visible()
    dialog.get_by_label("Hænder for svar 2").fill("9")
    button(dialog, "Gem tallene").click()
    part = console.locator(".hands-part")
    expect(part).to_contain_text("31 hænder")
    expect(part).to_contain_text("Talt i salen. Ikke en del af afstemningen.")
    button(part, "Vis på tavlen").click()
    board = open_page(hall.board_url, BOARD)
    expect(board.get_by_role("heading", name="Holder vi pause nu?")).to_be_visible()
    expect(board.locator("main")).to_contain_text("Talt i salen. Ikke en del af afstemningen.")
    expect(board.locator(".hands-list")).to_contain_text("9 hænder")
    assert record(hall, ballot) == before
    headers = {"Authorization": f"Bearer {hall.made['tokens']['facilitator']}"}
    text = requests.get(hall.url(f"/api/workshops/{hall.id}/export/md"), headers=headers, timeout=30).text
    assert "Håndsoprækning, talt i salen; ikke en del af afstemningen" in text
    button(part, "Fjern håndsoprækningen: Holder vi pause nu?").click()
    expect(part).to_have_count(0)
    button(console, "Fortryd").or_(console.get_by_role("button", name=re.compile("Fortryd"))).first.click()
    expect(part).to_contain_text("31 hænder")
