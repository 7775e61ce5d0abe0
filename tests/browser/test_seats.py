"""People without a phone, on real pages: a helper's seats and cards, the person who takes over, and a show of hands."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.consoles import button
from tests.browser.hall import Hall
from tests.browser.phones import faults_of_a_phone
from tests.browser.seats import IDEAS, act_for, make_seat, open_vote, record, row, switch
from tests.browser.waiting import until
from tests.load.prepared import ORGANISER, PASSWORD

LAPTOP = {"width": 1280, "height": 900}


def organisers_page(hall: Hall, open_page: OpenPage) -> Page:
    """The organiser logs in and looks at the workshop."""
    page = open_page(hall.url("/organiser/login"), LAPTOP)
    page.get_by_label("Navn", exact=True).fill(ORGANISER)
    page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.goto(hall.url(f"/organiser/workshops/{hall.id}"))
    return page


@pytest.fixture
def helper(hall: Hall, open_page: OpenPage) -> Page:
    """A helper's phone, let in by the link; some people with phones are in the room."""
    hall.join("citizens", 10)
    hall.join("politicians", 5)
    page = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    return page


def choose(page: Page, words: str) -> None:
    page.locator("label.choice", has_text=words).click()


def send_vote(page: Page) -> None:
    page.locator("footer .btn.primary").click()
    expect(page.get_by_text("Din stemme er sendt").first).to_be_visible()


def printed_card(hall: Hall, helper: Page) -> tuple[str, str]:
    """The card of the first seat, which is Karen Holm's: the address that is read from its picture, and its code."""
    cards = helper.context.new_page()
    cards.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    cards.goto(hall.url(f"/workshops/{hall.id}/helper/cards"))
    card = cards.get_by_role("listitem", name="Plads 1")
    expect(card).to_contain_text("Karen Holm")
    image = Image.open(io.BytesIO(card.screenshot()))
    (found,) = zxingcpp.read_barcodes(image.resize((image.width * 2, image.height * 2)))
    code = card.locator(".code").inner_text()
    assert found.text == f"{hall.url('/j/')}{hall.code}/card#{code.replace('-', '')}"
    cards.emulate_media(media="print")
    expect(cards.get_by_role("button", name="Print")).to_be_hidden()
    fits = "[...document.querySelectorAll('.seat-card')].every((card) => card.scrollHeight <= card.clientHeight + 1)"
    assert cards.evaluate(fits), "a card's words do not fit on it"
    return found.text, code


def result_of_all(hall: Hall, ballot: str, ids: list[str]) -> dict:
    """The result, once everybody else has voted too, so that the groups are counted."""
    for group, choice in (("citizens", ids[0]), ("politicians", ids[1])):
        for token in hall.people[group]:
            hall.do(token, "cast_ballot", ballot=ballot, choices={choice: 1})
    assert record(hall, ballot)["turnout"] == {"voted": 17, "eligible": 17}
    hall.chair("close_ballot", ballot=ballot)
    assert record(hall, ballot)["turnout"] == {"voted": 17, "eligible": 17, "by_helper": 1}
    hall.chair("publish_ballot", ballot=ballot)
    return dict(record(hall, ballot)["result"])


def test_two_seats_from_the_organisers_link_to_the_result(hall: Hall, open_page: OpenPage):
    """The organiser's link, two seats, their cards, an idea and votes; then one of them comes with a phone of their own."""
    organiser = organisers_page(hall, open_page)
    link = re.search(rf"{re.escape(hall.server.url)}/h/[\w-]+", organiser.content())
    assert link, "the organiser's page shows no link for helpers"
    hall.join("citizens", 10)
    hall.join("politicians", 5)
    helper = open_page(link.group())
    make_seat(helper, "Borgere", "Karen Holm")
    make_seat(helper, "Politikere")
    expect(row(helper, 1)).to_contain_text("Karen Holm")
    expect(row(helper, 2)).to_contain_text("Uden navn")

    address, code = printed_card(hall, helper)
    hall.start("ideas")
    act_for(helper, 1)
    helper.get_by_label("Din idé").fill("Bænke, hvor man kan sidde i læ")
    button(helper, "Send idé").click()
    expect(helper.locator(".idea", has_text="Bænke, hvor man kan sidde i læ")).to_contain_text("Skrevet af en hjælper")
    ballot, ids = open_vote(hall)
    idea = next(one for one in hall.records() if one["kind"] == "idea" and one["by_helper"])
    assert idea["text"].startswith("Bænke") and idea["group"] is None

    choose(helper, IDEAS[0])
    send_vote(helper)
    switch(helper)
    expect(row(helper, 1)).to_contain_text("Har stemt")
    expect(row(helper, 2)).to_contain_text("Har ikke stemt")
    act_for(helper, 2)
    expect(helper.locator("label.choice.chosen")).to_have_count(0)
    choose(helper, IDEAS[1])
    send_vote(helper)
    switch(helper)
    expect(helper.get_by_text("2 af 2 pladser har stemt")).to_be_visible()
    assert record(hall, ballot)["turnout"] == {"voted": 2, "eligible": 17}, (
        "how many a helper cast is told when it has closed"
    )

    own = open_page(address)
    expect(own.get_by_label("Koden på dit kort")).to_have_value(code)
    assert "#" not in own.url, "the code does not stay in the address"
    button(own, "Deltag på denne telefon").click()
    expect(own.locator("label.choice.chosen")).to_contain_text(IDEAS[0])
    choose(own, IDEAS[0])
    choose(own, IDEAS[2])
    button(own, "Send den nye stemme").or_(own.locator("footer .btn.primary")).first.click()
    expect(helper.get_by_text("Bruger sin egen telefon")).to_be_visible()
    expect(row(helper, 1)).to_have_count(0)
    own.goto(own.url.partition("#")[0] + "#mine")
    expect(own.get_by_text("Bænke, hvor man kan sidde i læ")).to_be_visible()

    result = result_of_all(hall, ballot, ids)
    assert result["turnout"] == {"voted": 17, "eligible": 17}
    totals = {one["id"]: (one["total"], one["by_group"]) for one in result["options"]}
    assert totals[ids[0]] == (10, {}) and totals[ids[2]] == (1, {}), "under ten politicians: the room's count alone"

    act_for(helper, 2)
    helper.goto(helper.url + f"#{ballot}")
    kept = helper.evaluate("Object.keys(localStorage).filter((key) => /choices|marks|stance/.test(key))")
    assert kept == [], "after closing nothing of a vote is left on the helper's phone"


def test_what_was_not_sent_for_one_seat_goes_out_when_the_helper_is_at_the_list(hall: Hall, helper: Page):
    make_seat(helper, "Borgere")
    hall.start("ideas")
    act_for(helper, 1)
    helper.get_by_label("Din idé").fill("Skrevet uden net")
    helper.context.set_offline(True)
    expect(helper.get_by_text("Ingen forbindelse")).to_be_visible()
    helper.get_by_role("link", name="Skift plads").click()
    expect(helper.get_by_text("Du kan skifte plads, når der er forbindelse igen")).to_be_visible()
    helper.locator("footer .btn.primary").click()
    later = helper.context.new_page()
    helper.close()
    later.context.set_offline(False)
    later.goto(hall.url(f"/workshops/{hall.id}/helper"))
    expect(later.get_by_role("heading", name="Pladser", exact=True)).to_be_visible()
    hall.chair("reveal_ideas")
    for _ in range(40):
        found = [one for one in hall.records() if one["kind"] == "idea" and one["text"] == "Skrevet uden net"]
        if found:
            break
        later.wait_for_timeout(250)
        hall.chair("reveal_ideas")
    assert len(found) == 1 and found[0]["by_helper"]


def test_with_large_text_the_bar_of_a_seat_is_low_and_the_strip_stands_under_it(hall: Hall, helper: Page):
    make_seat(helper, "Borgere", "Karen Margrethe Holm-Sørensen")
    open_vote(hall)
    act_for(helper, 1)
    bar, strip = helper.locator(".for-seat"), helper.locator(".offline")
    helper.context.set_offline(True)
    expect(strip).to_be_visible()
    helper.evaluate("scrollTo(0, 200)")
    over, under = bar.bounding_box(), strip.bounding_box()
    assert over and under and over["y"] == 0 and under["y"] >= over["height"], "the bar covers the strip"
    helper.set_viewport_size({"width": 240, "height": 600})
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "static"
    assert bar.bounding_box()["height"] <= 120  # type: ignore[index]
    expect(helper.locator(".top .name b")).to_be_hidden()
    expect(helper.get_by_role("link", name="Skift plads")).to_be_visible()


def present(hall: Hall) -> dict[int, bool]:
    return {one["seat"]: one["present"] for one in hall.records() if one["kind"] == "participant" and one["seat"]}


def test_drafts_are_the_seats_own_and_present_is_a_tap(hall: Hall, helper: Page):
    make_seat(helper, "Borgere", "Karen")
    make_seat(helper, "Borgere", "Bent")
    hall.start("ideas")
    act_for(helper, 1)
    helper.get_by_label("Din idé").fill("Kun Karens")
    switch(helper)
    act_for(helper, 2)
    expect(helper.get_by_label("Din idé")).to_have_value("")
    switch(helper)
    act_for(helper, 1)
    expect(helper.get_by_label("Din idé")).to_have_value("Kun Karens")
    switch(helper)
    row(helper, 2).get_by_role("button").click()
    expect(row(helper, 2).get_by_role("button")).to_contain_text("Ikke til stede")
    until(lambda: present(hall) == {1: True, 2: False})
    hall.chair("open_decision", on=hall.agreement(), version=1)
    expect(row(helper, 1)).to_contain_text("Har ikke stemt")
    expect(row(helper, 2)).to_contain_text("Kan ikke stemme her")


def test_another_helper_takes_the_seat_with_the_card(hall: Hall, helper: Page, open_page: OpenPage):
    make_seat(helper, "Politikere", "Karen")
    cards = helper.context.new_page()
    cards.goto(hall.url(f"/workshops/{hall.id}/helper/cards"))
    code = cards.locator(".seat-card .code").inner_text()
    other = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    other.get_by_role("link", name="Overtag en plads med et kort").click()
    other.get_by_label("Koden på kortet").fill("AAAAA-AAAAA")
    button(other, "Overtag pladsen").click()
    expect(other.get_by_text("Koden passer ikke")).to_be_visible()
    expect(other.get_by_label("Koden på kortet")).to_have_value("AAAAA-AAAAA")
    other.get_by_label("Koden på kortet").fill(code.lower())
    button(other, "Overtag pladsen").click()
    expect(row(other, 1)).to_contain_text("Karen")
    expect(helper.get_by_text("Hos en anden hjælper")).to_be_visible()
    hall.chair("replace_link", role="helper")
    for page in (helper, other):
        expect(page.get_by_role("heading", name="Linket virker ikke mere")).to_be_visible()


def test_the_console_shows_the_helpers_link_and_who_has_a_seat(hall: Hall, helper: Page, open_page: OpenPage):
    make_seat(helper, "Borgere", "Karen")
    console = open_page(hall.console_url, CONSOLE)
    console.locator("#menu").click()
    button(console, "Hjælpere").click()
    old = console.locator(".helper-link").inner_text()
    assert old == hall.url(f"/h/{hall.made['tokens']['helper']}")
    button(console, "Nyt link").click()
    button(console.get_by_role("dialog").last, "Nyt link").click()
    expect(helper.get_by_role("heading", name="Linket virker ikke mere")).to_be_visible()
    expect(console.get_by_text("Forbundet", exact=True)).to_be_visible()
    console.locator("#menu").click()
    button(console, "Hjælpere").click()
    expect(console.locator(".helper-link")).not_to_have_text(old)
    console.keyboard.press("Escape")
    console.locator("#menu").click()
    button(console, "Hvem er her").click()
    seat = console.locator(".people-list li", has_text="Plads 1")
    expect(seat).to_contain_text("til stede")
    button(seat, "Markér plads 1 som ikke til stede").click()
    expect(seat).to_contain_text("ikke til stede")


def test_no_screen_of_a_helper_has_a_serious_fault_in_light_or_dark_or_runs_over_at_320(hall: Hall, open_page: OpenPage):
    wrong: list[str] = []
    page = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    home = hall.url(f"/workshops/{hall.id}/helper")

    def check(name: str) -> None:
        wrong.extend(faults_of_a_phone(page, name))

    expect(page.get_by_text("Ingen pladser endnu")).to_be_visible()
    check("empty")
    make_seat(page, "Borgere", "Karen Ungdomsuddannelsesinstitutionernes Holm")
    make_seat(page, "Politikere")
    hall.join("citizens", 6)
    _, ids = open_vote(hall)
    expect(page.get_by_text("En afstemning er åben")).to_be_visible()
    for view in ("", "#new", "#take", "#made:1"):
        page.goto(home + view)
        expect(page.locator("main h1")).to_be_visible()
        check(f"list {view}")
    page.goto(f"{home}/1")
    expect(page.locator("label.choice").first).to_be_visible()
    check("ballot")
    for view in ("me", ids[0]):
        page.goto(f"{home}/1#{view}")
        expect(page.locator("main h1")).to_be_attached()
        check(view)
    page.goto(f"{home}/cards")
    check("cards")
    page.goto(hall.url(f"/j/{hall.code}/card"))
    check("take over")
    assert wrong == []
