"""Words in a real Chromium: what changed is seen on phones, console and board, any field is amended from a phone, slips of the
pen are corrected by two, and an idea is supported instead of written again."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import NOTHING_BESIDE, faults
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import AGREEMENT, Hall
from tests.browser.phones import come_in, field, look, primary
from tests.browser.test_seats import act_for, make_seat
from tests.browser.wordings import ALIKE, MINE, PURPOSE, RIGHT, TWO_EVENINGS, amendments, board, console, edit, read


@pytest.fixture
def agreement(hall: Hall) -> str:
    hall.join("citizens", 6)
    hall.join("politicians", 6)
    made = hall.agreement(purpose=PURPOSE)
    hall.start("agreements")
    return made


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
    button(page, "Vis ændringen på tavlen").click()
    expect(wall.get_by_text("Foreslået af en deltager, godkendt af ordstyreren")).to_be_visible()
    expect(wall.locator(".beside ins")).to_contain_text("unge to")
    expect(wall.locator(".beside del")).to_contain_text("ungge tre")

    expect(one.get_by_text("Dit ændringsforslag er godkendt")).to_be_visible()
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
    expect(other.get_by_text("Aftale A · version 2")).to_be_visible()
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
    look(phone, hall, "write")
    field(phone).fill(MINE)
    phone.get_by_role("button", name="2 idéer ligner din").click()
    phone.get_by_role("button", name=f"Støt denne i stedet: {ALIKE[0]}").click()
    button(phone.get_by_role("dialog"), "Slet min tekst").click()
    look(phone, hall, "mine")
    expect(phone.get_by_role("heading", name="Idéer, du støtter")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_of_words_has_a_serious_fault_or_runs_over(hall: Hall, open_page: OpenPage, agreement: str, theme: str):
    wrong: list[str] = []

    def check(page: Page, name: str) -> None:
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        if page.viewport_size == PHONE:
            # Half a link may stand under the bar at the bottom; at the end of the page nothing does.
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
        wrong.extend(f"{name}: {fault}" for fault in faults(page))
        if page.viewport_size == PHONE:
            page.set_viewport_size({"width": 320, "height": 640})
            if not page.evaluate(NOTHING_BESIDE):
                wrong.append(f"{name}: wider than 320")
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    rows = [*AGREEMENT["contributions"], {"party": "Byrådet", "what": "Ungdomsuddannelsesinstitutionernes" * 6}]  # type: ignore[misc]
    person = hall.people["citizens"][0]
    words = {"on": agreement, "field": "contributions", "new": json.dumps(rows), "reason": "Det er mere"}
    made = hall.do(person, "propose_amendment", **words)["amendment"]
    phone = come_in(open_page, hall, color_scheme=theme)
    page, wall = console(hall, open_page, color_scheme=theme), board(hall, open_page, color_scheme=theme)
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
