"""Words in a real Chromium: versions put together, proposed for a seat, and read beside a vote."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import AGREEMENT, Hall
from tests.browser.looks import schemes
from tests.browser.phones import come_in, faults_of_a_phone, field, look
from tests.browser.seats import act_for, make_seat
from tests.browser.wordings import ALIKE, MINE, PURPOSE, RIGHT, TWO_EVENINGS, agreement_before, board, console, edit, read


@pytest.fixture
def agreement(hall: Hall) -> str:
    return agreement_before(hall)


def test_two_consoles_put_their_words_together_and_neither_loses_one(hall: Hall, open_page: OpenPage, agreement: str):
    one, two = console(hall, open_page), console(hall, open_page)
    edit(one)
    edit(two)
    label = "Hvad aftaler vi, og hvorfor?"
    one.get_by_label(label).fill(PURPOSE + " Klubberne er med.")
    two.get_by_label(label).fill("I hele kommunen: " + PURPOSE)
    one.get_by_label(label).blur()
    expect(one.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
    two.get_by_label(label).blur()
    alert = two.get_by_role("alert")
    expect(alert.locator(".half").first).to_contain_text("Klubberne er med.")
    expect(alert.locator(".half").last).to_contain_text("I hele kommunen:")
    together = f"I hele kommunen: {PURPOSE} Klubberne er med."
    alert.get_by_label("Eller saml teksterne her").fill(together)
    expect(two.get_by_label(label)).to_have_value(together)
    button(alert, "Brug min").click()
    expect(one.get_by_label(label)).to_have_value(together)
    assert kinds(hall, "agreement")[0]["purpose"] == together

    # Rows of a list: different ones are both kept.
    one.get_by_label("Hvor meget, Byrådet").fill("700.000 kr.")
    two.get_by_label("Hvor meget, Ungerådet").fill("12 gange")
    one.get_by_label("Hvor meget, Byrådet").blur()
    for _ in range(80):
        if kinds(hall, "agreement")[0]["contributions"][0]["how_much"] == "700.000 kr.":
            break
        two.wait_for_timeout(250)
    two.get_by_label("Hvor meget, Ungerådet").blur()
    button(two.get_by_role("alert"), "Behold begge").click()
    expect(one.get_by_label("Hvor meget, Ungerådet")).to_have_value("12 gange")
    saved = kinds(hall, "agreement")[0]["contributions"]
    assert [row["how_much"] for row in saved] == ["700.000 kr.", "12 gange"]


def test_a_helper_reads_the_versions_proposes_and_supports_for_a_seat(hall: Hall, open_page: OpenPage, agreement: str):
    hall.chair("open_decision", on=agreement, version=1)
    hall.chair("edit_agreement", agreement=agreement, version=1, purpose=RIGHT)
    phone = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    expect(phone.get_by_text("Forbundet", exact=True)).to_be_visible()
    make_seat(phone, "Borgere")
    act_for(phone, 1)
    read(phone, hall, agreement)
    phone.get_by_role("link", name="Se alle 2 versioner").click()
    expect(phone.locator("ins")).to_contain_text("unge")
    phone.go_back()
    phone.get_by_role("button", name="Foreslå ændring").click()
    field(phone, "Skriv den nye tekst").fill(TWO_EVENINGS)
    phone.get_by_role("button", name="Send forslag").click()
    expect(phone.locator(".idea.yours")).to_contain_text("Ikke behandlet endnu")

    hall.start("ideas")
    hall.ideas(ALIKE)
    look(phone, hall, "")
    expect(phone.get_by_text(ALIKE[0]).first).to_be_visible()
    look(phone, hall, "write")
    field(phone).fill(MINE)
    phone.get_by_role("button", name="2 idéer ligner din").click()
    phone.get_by_role("button", name=f"Støt denne i stedet: {ALIKE[0]}").click()
    button(phone.get_by_role("dialog"), "Slet min tekst").click()
    look(phone, hall, "mine")
    expect(phone.get_by_role("heading", name="Idéer, du støtter")).to_be_visible()


def test_no_screen_of_words_has_a_serious_fault_in_light_or_dark_or_runs_over(
    hall: Hall, open_page: OpenPage, agreement: str
):
    wrong: list[str] = []

    def check(page: Page, name: str) -> None:
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        if page.viewport_size == PHONE:
            # Half a link may stand under the bar at the bottom; at the end of the page nothing does.
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            wrong.extend(faults_of_a_phone(page, name))
        else:
            wrong.extend(f"{name}, {scheme}: {fault}" for scheme in schemes(page) for fault in faults(page, scheme))

    rows = [*AGREEMENT["contributions"], {"party": "Byrådet", "what": "Ungdomsuddannelsesinstitutionernes" * 6}]  # type: ignore[misc]
    person = hall.people["citizens"][0]
    words = {"on": agreement, "field": "contributions", "new": json.dumps(rows), "reason": "Det er mere"}
    made = hall.do(person, "propose_amendment", **words)["amendment"]
    phone = come_in(open_page, hall)
    page, wall = console(hall, open_page), board(hall, open_page)
    read(phone, hall, agreement)
    check(phone, "agreement")
    phone.get_by_role("button", name="Foreslå ændring").click()
    # The phone brings the fields into view a moment after the press: a check before that would be scrolled away.
    phone.wait_for_function("() => document.getElementById('say').getBoundingClientRect().top < innerHeight / 4")
    for name in ("purpose", "contributions", "mandates", "goals", "openness", "review_date", "notice_days"):
        phone.get_by_label("Hvad vil du ændre?").select_option(name)
        check(phone, f"amend {name}")
    phone.get_by_label("Hvad vil du ændre?").select_option("contributions")
    phone.get_by_role("button", name="Ret: Byrådet: Lys").click()
    check(phone, "amend a row")
    hall.chair("show_on_board", shows=made)
    check(wall, "amendment on the board")
    hall.chair("accept_amendment", amendment=made)
    hall.chair("correct_language", on=agreement, version=2, field="purpose", new=RIGHT)
    edit(page)
    check(page, "editor")
    button(page, "Se alle 2 versioner").click()
    expect(page.get_by_role("dialog").locator("ins")).to_be_visible()
    check(page, "versions on the console")
    page.keyboard.press("Escape")
    button(page, "Ret stavefejl").click()
    check(page, "correcting")
    page.keyboard.press("Escape")
    button(page, "Vis ændringen på tavlen").click()
    expect(wall.locator(".beside")).to_be_visible()
    check(wall, "change on the board")
    look(phone, hall, f"versions/{agreement}")
    expect(phone.locator(".revision").first).to_be_visible()
    check(phone, "versions")
    assert wrong == []


def test_the_goal_stands_beside_the_vote_and_changes_only_when_the_agreement_is_opened(
    hall: Hall, open_page: OpenPage, agreement: str
):
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    page, phone, wall = console(hall, open_page), come_in(open_page, hall), board(hall, open_page)
    title = kinds(hall, "goal")[0]["title"]
    for screen in (page, phone):
        expect(screen.get_by_role("heading", name="Mål, der stemmes om med aftalen")).to_be_visible()
        expect(screen.get_by_text("· Ungechefen")).to_be_visible()
    hall.chair("show_on_board", shows=decision, page=1)
    expect(wall.get_by_text(f"Mål 1 version 1: {title}")).to_be_visible()

    for token in (*hall.people["citizens"], *hall.people["politicians"]):
        hall.do(token, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    expect(phone.get_by_text("· Ungechefen")).to_be_visible()
    expect(page.get_by_text("· Ungechefen")).to_be_visible()

    hall.start("goals")
    page.get_by_role("button", name=f"1. {title}").click()
    expect(page.get_by_text("Målet hører til Aftale A, som I er enige om.")).to_be_visible()
    expect(page.get_by_label("Hvad er anderledes, og for hvem?")).to_be_disabled()
    button(page, "Aftale A").click()
    button(page, "Åbn for ændringer").click()
    button(page.get_by_role("dialog"), "Åbn for ændringer").click()
    expect(button(page, "Fortryd")).to_be_visible()
    assert kinds(hall, "agreement")[0]["state"] == "proposed"
