"""A phone that is handed on, and a link that enters by itself."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import BOARD, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in_by_the_form, look


def test_leave_back_and_another_name_is_another_person(hall: Hall, open_page: OpenPage):
    phone = come_in_by_the_form(open_page, hall)
    look(phone, hall, "me")
    code = phone.locator(".code.reentry").inner_text()
    first = [record["id"] for record in hall.records() if record["kind"] == "participant"]
    phone.get_by_role("button", name="Forlad workshoppen").click()
    phone.get_by_role("dialog").get_by_role("button", name="Forlad workshoppen").click()
    expect(phone.locator("#code-form")).to_be_visible()
    for _ in range(3):
        phone.go_back()
        expect(phone.get_by_text(code)).to_have_count(0)
        if phone.locator("form#come-in").count():
            break
    # What Back shows is a fresh page, not the form the first person sent.
    expect(phone.locator("form#come-in")).to_be_visible()
    phone.locator("input[value=citizens]").check()
    phone.locator("button[form=come-in]").click()
    expect(phone.locator(".link.on")).to_be_visible()
    people = [record["id"] for record in hall.records() if record["kind"] == "participant"]
    assert len(first) == 1 and len(people) == 2
    look(phone, hall, "me")
    expect(phone.locator(".code.reentry")).to_be_visible()
    assert phone.locator(".code.reentry").inner_text() != code


def test_a_link_enters_by_itself_and_is_not_seen_in_the_address(hall: Hall, open_page: OpenPage):
    board = open_page(hall.board_url, BOARD)
    board.wait_for_url(f"**/workshops/{hall.made['workshop']['id']}/board")
    board.go_back()
    board.go_forward()
    board.wait_for_url("**/board")
    expect(board.locator("main h1").first).to_be_visible()
    assert hall.made["tokens"]["board"] not in board.url
