"""The disk under the server is full: phone, console and board say so, and what was sent is saved by itself afterwards."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import BOARD, CONSOLE
from tests.browser.hall import Hall
from tests.browser.phones import OpenPage, come_in, open_ballot, primary
from tests.load.disk import full_disk

SAYS = "Serveren kan ikke gemme lige nu"


def test_every_screen_says_that_the_server_cannot_save_and_the_vote_is_saved_afterwards(hall: Hall, open_page: OpenPage):
    ballot, _ = open_ballot(hall, choices=2, seats=2)
    phone = come_in(open_page, hall)
    console, board = open_page(hall.console_url, CONSOLE), open_page(hall.board_url, BOARD)
    phone.get_by_label("Svar inden for").check()
    with full_disk(hall.server):
        phone.get_by_role("button", name="Stem med ét kryds").click()
        for screen in (phone, console, board):
            expect(screen.get_by_text(SAYS)).to_be_visible()
        expect(phone.get_by_text("Én ting er ikke sendt endnu")).to_be_visible()
        expect(primary(phone)).to_have_text("Venter på serveren")
        expect(console.get_by_text("Disken på serveren er fuld")).to_be_visible()
    for screen in (phone, console, board):
        expect(screen.get_by_text(SAYS)).to_have_count(0)
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    hall.chair("close_ballot", ballot=ballot)
    assert next(record for record in hall.records() if record["id"] == ballot)["turnout"]["voted"] == 1
