"""Amendments in a real Chromium: any field is amended from a phone, and what changed is seen on phones and board."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import AGREEMENT, Hall
from tests.browser.phones import come_in, field, look, primary
from tests.browser.wordings import RIGHT, TWO_EVENINGS, agreement_before, amendments, board, console, edit, read


@pytest.fixture
def agreement(hall: Hall) -> str:
    return agreement_before(hall)


def test_an_accepted_amendment_shows_its_difference_on_two_phones_and_the_board_and_asks_the_old_stance_again(
    hall: Hall, open_page: OpenPage, agreement: str
):
    page, wall = console(hall, open_page), board(hall, open_page)
    one, two = come_in(open_page, hall), come_in(open_page, hall, "politicians")
    read(one, hall, agreement)
    one.get_by_role("button", name="Foreslå ændring").click()
    field(one, "Skriv den nye tekst").fill(TWO_EVENINGS)
    one.get_by_label("Hvorfor?").fill("Tre er for dyrt")
    one.get_by_role("button", name="Send forslag").click()
    expect(one.locator(".idea.yours")).to_contain_text("Ikke behandlet endnu")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for phone in (one, two):
        look(phone, hall, decision)
        phone.get_by_label("For", exact=True).click()
        primary(phone).click()
        expect(primary(phone)).to_have_text("Din stemme er sendt")

    edit(page)
    page.locator(".facts .as-link").click()
    card = amendments(page).first
    expect(card.locator(".half").first.locator("del")).to_contain_text("ungge tre")
    expect(card.locator(".half").last.locator("ins")).to_contain_text("unge to")
    button(card, "Godkend ændringen").click()
    expect(page.get_by_text("version 2").first).to_be_visible()
    expect(one.get_by_text("Dit ændringsforslag er godkendt")).to_be_visible()
    button(page, "Vis ændringen på tavlen").click()
    expect(wall.get_by_text("Foreslået af en deltager, godkendt af ordstyreren")).to_be_visible()
    expect(wall.locator(".beside ins")).to_contain_text("unge to")
    expect(wall.locator(".beside del")).to_contain_text("ungge tre")

    for phone in (one, two):
        expect(phone.get_by_text("Du stemte om version 1.")).to_be_visible()
        expect(phone.locator(".beside ins")).to_contain_text("unge to")
    again = hall.chair("open_decision", on=agreement, version=2)["decision"]
    for phone in (one, two):
        look(phone, hall, again)
        expect(phone.get_by_text("Nu stemmer I om version 2.")).to_be_visible()
        expect(phone.locator(".beside del")).to_contain_text("ungge tre")
        expect(primary(phone)).to_have_text("Vælg et svar")


def test_the_words_can_be_read_while_the_marks_of_their_change_are_fetched(hall: Hall, open_page: OpenPage, agreement: str):
    hall.chair("open_decision", on=agreement, version=1)
    hall.chair("edit_agreement", agreement=agreement, version=1, purpose=TWO_EVENINGS)
    phone = come_in(open_page, hall)
    marks = "**/parcels/phone-lastchange-*.js"
    phone.route(marks, lambda route: route.abort())
    look(phone, hall, agreement)
    expect(phone.locator(".agr .words.text")).to_have_text(TWO_EVENINGS)
    expect(phone.locator(".agr .give")).to_be_visible()
    expect(phone.locator(".agr ins, .agr del")).to_have_count(0)
    phone.unroute(marks)
    expect(phone.locator(".agr ins")).to_contain_text("unge to")
    phone.get_by_text("Uden ændringer").click()
    expect(phone.locator(".agr .words.text")).to_have_text(TWO_EVENINGS)


def test_a_row_of_a_list_is_changed_added_and_taken_out_from_a_phone(hall: Hall, open_page: OpenPage, agreement: str):
    phone, page, wall = come_in(open_page, hall), console(hall, open_page), board(hall, open_page)
    read(phone, hall, agreement)
    phone.get_by_role("button", name="Foreslå ændring").click()
    phone.get_by_label("Hvad vil du ændre?").select_option("contributions")
    phone.get_by_role("button", name="Ret: Byrådet: Lys").click()
    phone.get_by_label("Hvad", exact=True).fill("Lys, varme og rengøring")
    phone.get_by_role("button", name="Færdig med rækken").click()
    phone.get_by_role("button", name="Fjern: Ungerådet").click()
    phone.get_by_role("button", name="Tilføj et bidrag").click()
    phone.get_by_label("Hvad", exact=True).fill("Bål hver måned")
    # It is a draft like any other: it stands through a reload.
    phone.reload()
    phone.get_by_role("button", name="Foreslå ændring").click()
    phone.get_by_label("Hvad vil du ændre?").select_option("contributions")
    proposal = phone.locator(".list-form .beside")
    expect(proposal).to_have_count(2)
    expect(proposal.filter(has_text="rengøring").locator("ins")).to_have_count(1)
    phone.get_by_role("button", name="Send forslag").click()
    expect(phone.locator(".idea.yours .beside")).to_have_count(2)
    assert "{" not in phone.locator("main").inner_text()
    amendment = kinds(hall, "amendment")[0]
    assert [row["what"] for row in json.loads(amendment["new"])] == ["Lys, varme og rengøring", "Bål hver måned"]

    hall.chair("show_on_board", shows=amendment["id"])
    expect(wall.get_by_text("Bål hver måned").or_(wall.get_by_text("rengøring")).first).to_be_visible()
    edit(page)
    expect(amendments(page)).to_contain_text("Bål hver måned")
    assert "{" not in amendments(page).inner_text() + wall.locator("main").inner_text()
    button(amendments(page), "Godkend ændringen").click()
    expect(phone.locator(".give")).to_contain_text("Bål hver måned")
    given = kinds(hall, "agreement")[0]["contributions"]
    assert [row["what"] for row in given] == ["Lys, varme og rengøring", "Bål hver måned"]


def test_a_list_that_changed_meanwhile_keeps_what_others_and_what_i_changed(hall: Hall, open_page: OpenPage, agreement: str):
    phone = come_in(open_page, hall)
    read(phone, hall, agreement)
    phone.get_by_role("button", name="Foreslå ændring").click()
    phone.get_by_label("Hvad vil du ændre?").select_option("contributions")
    phone.get_by_role("button", name="Tilføj et bidrag").click()
    phone.get_by_label("Hvad", exact=True).fill("Bål")
    rows = [{**AGREEMENT["contributions"][0], "how_much": "700.000 kr."}, AGREEMENT["contributions"][1]]  # type: ignore[index]
    hall.chair("edit_agreement", agreement=agreement, version=1, contributions=rows)
    expect(phone.locator(".list-form .list")).to_contain_text("700.000 kr.")
    expect(phone.locator(".list-form .beside")).to_have_count(1)
    phone.get_by_role("button", name="Send forslag").click()
    expect(phone.locator(".idea.yours")).to_be_visible()
    proposed = json.loads(kinds(hall, "amendment")[0]["new"])
    assert [row["what"] for row in proposed] == ["Lys, varme og opsyn", "Et program hver måned", "Bål"]


def test_competing_amendments_say_so_and_the_other_author_is_told_that_the_text_has_changed(
    hall: Hall, open_page: OpenPage, agreement: str
):
    phone = come_in(open_page, hall)
    read(phone, hall, agreement)
    phone.get_by_role("button", name="Foreslå ændring").click()
    field(phone, "Skriv den nye tekst").fill(TWO_EVENINGS)
    phone.get_by_role("button", name="Send forslag").click()
    expect(phone.locator(".idea.yours")).to_be_visible()
    words = {"on": agreement, "field": "purpose", "new": RIGHT.replace("tre", "fire")}
    rival = hall.do(hall.people["citizens"][0], "propose_amendment", **words)["amendment"]
    expect(phone.locator(".idea.yours")).to_contain_text("Der er et andet forslag til det samme felt")
    wall = board(hall, open_page)
    own = next(one["id"] for one in kinds(hall, "amendment") if one["id"] != rival)
    hall.chair("show_on_board", shows=own)
    expect(wall.get_by_text("Et andet forslag")).to_be_visible()
    hall.chair("accept_amendment", amendment=rival)
    expect(phone.locator(".idea.yours")).to_contain_text("Teksten er ændret siden")
    expect(wall.get_by_text("Teksten er ændret, siden forslaget kom.")).to_be_visible()
    hall.chair("reject_amendment", amendment=own, reason="Nu er det fire")
    expect(phone.get_by_text("Dit ændringsforslag er besvaret")).to_be_visible()
    look(phone, hall, "mine")
    expect(phone.get_by_text("”Nu er det fire”")).to_be_visible()
