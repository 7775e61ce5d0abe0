"""Slips of the pen in an agreed text are corrected by two, in a real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import Hall
from tests.browser.phones import come_in, field
from tests.browser.wordings import PURPOSE, RIGHT, agreement_before, amendments, board, console, edit, read


@pytest.fixture
def agreement(hall: Hall) -> str:
    return agreement_before(hall)


def test_a_slip_of_the_pen_in_an_agreed_text_is_corrected_by_two_consoles_and_the_decision_stays(
    hall: Hall, open_page: OpenPage, agreement: str
):
    hall.chair("edit_workshop", decision_level="agreement")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for token in (*hall.people["citizens"], *hall.people["politicians"]):
        hall.do(token, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    hall.chair("edit_workshop", decision_level="agreement")
    one, two, phone, wall = (
        console(hall, open_page),
        console(hall, open_page),
        come_in(open_page, hall),
        board(hall, open_page),
    )
    edit(one)
    button(one, "Ret stavefejl").click()
    dialog = one.get_by_role("dialog")
    dialog.get_by_label("Skriv den nye tekst").fill(PURPOSE.replace("tre", "to"))
    button(dialog, "Send til bekræftelse").click()
    expect(dialog.get_by_role("alert")).to_contain_text("kan ikke ændres som stavefejl")
    dialog.get_by_label("Skriv den nye tekst").fill(RIGHT)
    expect(dialog.get_by_text("Ord ændret: 1. Du kan ændre 3")).to_be_visible()
    button(dialog, "Send til bekræftelse").click()
    expect(amendments(one).get_by_role("button", name="Bekræft rettelsen")).to_have_count(0)
    expect(amendments(one)).to_contain_text("En anden skal bekræfte")

    edit(two)
    button(amendments(two), "Bekræft rettelsen").click()
    said = "Indgået i version 1. I version 2 er kun stavning og sprog rettet. Det er bekræftet af en anden ordstyrer."
    expect(two.get_by_text(said)).to_be_visible()
    button(two, "Se alle 2 versioner").click()
    expect(two.get_by_role("dialog").locator("del")).to_contain_text("ungge")
    read(phone, hall, agreement)
    expect(phone.get_by_text(said)).to_be_visible()
    phone.get_by_role("link", name="Se forskellen").click()
    expect(phone.locator(".revision").first).to_contain_text("Kun stavning og sprog: rettet af ordstyreren")
    expect(phone.locator(".revision ins")).to_contain_text("unge")
    hall.chair("show_on_board", shows=agreement)
    expect(wall.get_by_text(said)).to_be_visible()
    record = kinds(hall, "agreement")[0]
    assert (record["state"], record["version"], record["base_version"]) == ("agreed", 2, 1)


def test_a_correction_from_a_phone_is_confirmed_by_whoever_proposed_the_words(
    hall: Hall, open_page: OpenPage, agreement: str
):
    author, other = come_in(open_page, hall), come_in(open_page, hall, "politicians")
    read(author, hall, agreement)
    author.get_by_role("button", name="Foreslå ændring").click()
    field(author, "Skriv den nye tekst").fill("Skolerne står åbne for ungge hver dag.")
    author.get_by_role("button", name="Send forslag").click()
    expect(author.locator(".idea.yours")).to_be_visible()
    hall.chair("accept_amendment", amendment=kinds(hall, "amendment")[0]["id"])
    read(other, hall, agreement)
    expect(other.get_by_text("Aftale A, version 2")).to_be_visible()
    other.get_by_role("button", name="Foreslå ændring").click()
    other.get_by_role("button", name="Kun stavning og sprog").click()
    field(other, "Skriv den nye tekst").fill("Skolerne står åbne for unge hver dag.")
    expect(other.get_by_text("Ord ændret: 1. Du kan ændre 2.")).to_be_visible()
    other.get_by_role("button", name="Send rettelsen").click()
    expect(other.locator(".idea.yours")).to_contain_text("Venter på bekræftelse")
    expect(other.get_by_role("button", name="Ja, kun stavning og sprog")).to_have_count(0)
    author.get_by_role("button", name="Ja, kun stavning og sprog").click()
    expect(author.get_by_text("Det er bekræftet af den, der havde foreslået teksten")).to_be_visible()
    expect(other.locator(".idea.yours")).to_contain_text("Godkendt")
