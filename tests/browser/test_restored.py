"""A phone in the room while the server is put back from a copy: a vote that the server has lost is said, and given again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hall import FRAME, Hall
from tests.browser.phones import come_in, open_ballot, primary
from tests.load.server import Server

MISSING = "Din stemme kom ikke frem. Stem igen"


def test_a_lost_vote_is_said_and_one_tap_gives_it_again(tmp_path: Path, open_page: OpenPage):
    with Server(tmp_path) as server:
        hall = Hall(server, server.create_workshop(template="collaboration", title="Unge i Fjordby"))
        hall.chair("edit_workshop", **FRAME)
        ballot, _ = open_ballot(hall, choices=2, seats=2)
        phone = come_in(open_page, hall)
        phone.get_by_label("Svar inden for").check()
        phone.get_by_role("button", name="Stem med ét kryds").click()
        expect(primary(phone)).to_have_text("Din stemme er sendt")
        assert "1 votes are open" in server.run_cli("backup", str(tmp_path / "copy.sqlite"))
        server.stop()
        server.run_cli("restore", str(tmp_path / "copy.sqlite"))
        server.start()
        expect(phone.get_by_text(MISSING)).to_be_visible(timeout=60_000)
        expect(phone.get_by_label("Svar inden for")).to_be_checked()
        phone.get_by_role("button", name="Stem med ét kryds").click()
        expect(primary(phone)).to_have_text("Din stemme er sendt")
        expect(phone.get_by_text(MISSING)).to_have_count(0)
        hall.chair("close_ballot", ballot=ballot)
        voted = next(record for record in hall.records() if record["id"] == ballot)["turnout"]["voted"]
    assert voted == 1
