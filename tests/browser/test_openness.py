"""Open votes in a real Chromium: politicians on record and citizens secret, from the step to the PDF, and on the board."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import BOARD, OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import Hall
from tests.browser.open_votes import OPEN, close_decision, come_in, console_of, exported, pdf_text, title_of, with_people
from workshop.export.checking.program import check

PRESET = "Politikere stemmer åbent med navn. Du stemmer hemmeligt."

FOR_ALL = "Politikere stemmer åbent med navn. Alle andre stemmer hemmeligt."


def say_politicians_are_open(console: Page, title: str) -> None:
    """In the step's own form, by the preset."""
    console.locator(".prog-list").get_by_role("button", name=title).click()
    console.get_by_role("button", name=f"Ret {title}").click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_role("radio", name="Politikere åbent med navn, resten hemmeligt").check()
    expect(dialog.get_by_role("checkbox", name="Politikere")).to_be_checked()
    expect(dialog.get_by_role("checkbox", name="Borgere")).not_to_be_checked()
    assert faults(console) == []
    button(dialog, "Gem").click()
    expect(console.locator(".nowh")).to_contain_text(FOR_ALL)


@pytest.fixture
def filled(hall: Hall) -> Hall:
    return with_people(hall)


def test_politicians_on_record_and_citizens_secret_from_the_step_to_the_pdf(filled: Hall, open_page: OpenPage):
    hall = filled
    citizen, politician = come_in(open_page, hall, "Borgere"), come_in(open_page, hall, "Politikere")
    board = open_page(hall.board_url, BOARD)
    console = console_of(open_page, hall)
    say_politicians_are_open(console, title_of(hall, "decisions"))
    console.locator(".nowh").get_by_role("button", name=re.compile("^Start")).click()
    # Declared from the start of the step, before any vote.
    expect(politician.get_by_text(OPEN)).to_be_visible()
    expect(citizen.get_by_text(PRESET)).to_be_visible()
    expect(board.get_by_text(FOR_ALL)).to_be_visible()
    assert kinds(hall, "decision") == []

    console.locator("#decide-agreement-A").click()
    dialog = console.get_by_role("dialog")
    expect(dialog.get_by_text(FOR_ALL)).to_be_visible()
    expect(dialog.locator("tr", has_text="Politikere")).to_contain_text("Alle tal, og hver enkelt med navn")
    button(dialog, "Start").click()

    # Beside the vote, the politician is asked for a name right there, and nothing that was chosen is lost.
    expect(citizen.locator("footer")).to_contain_text(PRESET)
    expect(politician.locator("footer")).to_contain_text(OPEN)
    decision = kinds(hall, "decision")[0]["id"]
    politician.get_by_role("radio", name="For, med forbehold").check()
    expect(politician.get_by_text("Bliver offentliggjort sammen med teksten, med dit navn")).to_be_visible()
    politician.get_by_label("Dit forbehold").fill("Kun hvis pengene er der")
    expect(button(politician, "Skriv dit navn først")).to_be_visible()
    politician.get_by_label("Dit navn").fill("Mette Holm")
    # To the end, so that the bar at the bottom lies over nothing that is measured.
    politician.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert faults(politician) == []
    button(politician, "Send min stemme").click()
    expect(politician.get_by_text("Din stemme er sendt").first).to_be_visible()
    expect(politician.get_by_text("Du stemmer som Mette Holm")).to_be_visible()
    citizen.get_by_role("radio", name="Imod", exact=True).check()
    button(citizen, "Send min stemme").click()
    expect(citizen.get_by_text("Din stemme er sendt").first).to_be_visible()
    for place, token in enumerate(hall.people["politicians"]):
        hall.do(token, "set_name", name=f"Byrådsmedlem {place}")
        hall.do(token, "take_stance", decision=decision, stance="against" if place == 2 else "for")
    for place, token in enumerate(hall.people["citizens"]):
        hall.do(token, "set_name", name=f"Borger {place}")
        hall.do(token, "take_stance", decision=decision, stance="for")

    # Open means on record afterwards: nothing is shown while people vote.
    expect(console.locator(".bigcount > b")).to_have_text("10")
    for page in (board, citizen, politician):
        expect(page.get_by_text("Byrådsmedlem 0")).to_have_count(0)
    for page in (board, citizen):
        expect(page.get_by_text("Mette Holm")).to_have_count(0)
    close_decision(console)

    for page in (board, console, citizen):
        names = page.locator(".by-name")
        expect(names).to_contain_text("For: Byrådsmedlem 0, Byrådsmedlem 1")
        expect(names).to_contain_text("For, med forbehold: Mette Holm")
        expect(names).to_contain_text("Imod: Byrådsmedlem 2")
        expect(page.get_by_text("Borger 0")).to_have_count(0)
    expect(citizen.get_by_text("Kun hvis pengene er der")).to_be_visible()
    assert in_view(board, ".by-name") and in_view(board, ".rs .tag")
    row, names = (board.locator(selector).bounding_box() for selector in (".rs > li:last-child .grp", ".by-name"))
    assert row and names and names["y"] >= row["y"] + row["height"] - 2, "the names stand under their group, not on it"
    # Six citizens: their status alone, and no total from which the open votes could be subtracted.
    result = kinds(hall, "decision")[0]["result"]
    assert result["groups"][0]["counts"] is None and result["overall"]["counts"] is None
    for page in (board, console, citizen, politician):
        assert faults(page) == []

    text = pdf_text(hall)
    assert "Politikere stemte åbent med navn. Det stod på telefonerne, før afstemningen åbnede." in text
    assert "Borgere stemte hemmeligt." in text
    assert re.search(r"Mette Holm Politikere For med forbehold Kun hvis pengene er der", text)
    # The group that voted secretly has a status and no counts.
    assert "Borgere – over 1/2 Flertal Politikere 3 for" in text and "Borger 0" not in text
    report = check(json.loads(exported(hall, "json")))
    assert report.faults == 0, report.lines


def test_an_open_ballot_asks_for_the_name_and_keeps_what_was_marked(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    ids = hall.ideas(["Fællesspisning hver torsdag", "Gratis bus om aftenen", "En fast voksen"])
    step = hall.start("ballot")
    hall.chair("edit_step", step=step, settings={"openness": "open"})
    phone = come_in(open_page, hall, "Politikere")
    expect(phone.get_by_text(OPEN)).to_be_visible()
    ballot = hall.chair("open_ballot", method="approval", options=ids, settings={"choices": 2, "seats": 1})["ballot"]
    phone.get_by_role("checkbox", name="Gratis bus").check()
    expect(button(phone, "Skriv dit navn først")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("checkbox", name="Gratis bus")).to_be_checked()
    phone.get_by_label("Dit navn").fill("Jonas Berg")
    button(phone, "Behold mit navn her").click()
    button(phone, "Stem med ét kryds").click()
    expect(button(phone, "Din stemme er sendt")).to_be_visible()
    # The name was taken back on another device: the choice stays, and the name is asked for again.
    phone.get_by_role("link", name="Ret navnet").click()
    phone.get_by_label("Dit navn").fill("")
    button(phone, "Gem navn").click()
    phone.locator(".way-back a").click()
    phone.get_by_role("checkbox", name="En fast voksen").check()
    expect(button(phone, "Skriv dit navn først")).to_be_visible()
    phone.get_by_label("Dit navn").fill("Jonas Berg")
    button(phone, "Send den ændrede stemme").click()
    expect(button(phone, "Din stemme er sendt")).to_be_visible()
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    expect(phone.locator(".chosen-list")).to_contain_text("Jonas Berg")
    result = next(one for one in hall.records() if one["id"] == ballot)["result"]
    assert [(one["name"], sorted(one["choices"])) for one in result["by_name"]] == [("Jonas Berg", sorted(ids[1:]))]


def test_open_statements_ask_for_the_name_before_the_first(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    ids = hall.ideas(["Fællesspisning hver torsdag", "Gratis bus om aftenen"])
    step = hall.start("ballot")
    hall.chair("edit_step", step=step, settings={"openness": "some_open", "open_groups": ["politicians"]})
    phone, citizen = come_in(open_page, hall, "Politikere"), come_in(open_page, hall, "Borgere")
    ballot = hall.chair("open_ballot", method="positions", options=ids)["ballot"]
    expect(citizen.get_by_role("button", name="Enig", exact=True)).to_be_visible()
    expect(phone.get_by_role("button", name="Enig", exact=True)).to_have_count(0)
    phone.get_by_label("Dit navn").fill("Jonas Berg")
    button(phone, "Begynd").click()
    button(phone, "Enig").click()
    button(phone, "Uenig").click()
    expect(phone.get_by_text("Du har svaret på alle")).to_be_visible()
    board = open_page(hall.board_url, BOARD)
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    hall.chair("show_on_board", shows=ballot, page=1)
    expect(board.locator(".option-names")).to_contain_text("Enig: Jonas Berg")
    expect(board.locator(".option-names")).to_contain_text("Uenig: Jonas Berg")
    assert in_view(board, ".option-names") and faults(board) == []


def test_what_a_step_says_is_fixed_once_a_vote_has_opened_in_it(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    ids = hall.ideas(["Fællesspisning hver torsdag"])
    hall.start("ballot")
    hall.chair("open_ballot", method="approval", options=ids)
    console = console_of(open_page, hall)
    console.get_by_role("button", name=f"Ret {title_of(hall, 'ballot')}").click()
    dialog = console.get_by_role("dialog")
    expect(dialog.get_by_text("Kan ikke ændres, for en afstemning har været åben under programpunktet.")).to_be_visible()
    expect(dialog.get_by_role("radio")).to_have_count(0)
    dialog.get_by_label("Navn").fill("Nu stemmer vi")
    button(dialog, "Gem").click()
    expect(console.get_by_role("heading", level=1, name="Nu stemmer vi")).to_be_visible()


def in_view(board: Page, selector: str) -> bool:
    """Whether every such thing lies within the projected picture."""
    boxes = [one.bounding_box() for one in board.locator(selector).all()]
    return bool(boxes) and all(
        box and box["x"] >= 0 and box["x"] + box["width"] <= BOARD["width"] and box["y"] + box["height"] <= BOARD["height"]
        for box in boxes
    )


def test_the_board_turns_pages_where_many_vote_openly(filled: Hall, open_page: OpenPage):
    hall = filled
    hall.join("politicians", 27)
    step = hall.start("decisions")
    hall.chair("edit_step", step=step, settings={"openness": "some_open", "open_groups": ["politicians"]})
    agreement = next(record["id"] for record in hall.records() if record["kind"] == "agreement")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for place, token in enumerate(hall.people["politicians"]):
        hall.do(token, "set_name", name=f"Byrådsmedlem {place:02} Andersen-Nordentoft")
        hall.do(token, "take_stance", decision=decision, stance=("for", "against", "blank")[place % 3])
    hall.chair("close_decision", decision=decision)
    board = open_page(hall.board_url, BOARD)
    expect(board.locator(".rs > li")).to_have_count(2)
    expect(board.locator(".by-name")).to_have_count(0)
    expect(board.get_by_text(re.compile(r"^Side 1 af \d$"))).to_be_visible()
    pages = int(board.get_by_text(re.compile(r"^Side 1 af \d$")).inner_text()[-1])
    assert 3 <= pages <= 5, "thirty names do not fit beside the result, and need no more room than this"
    seen = ""
    for page in range(1, pages):
        hall.chair("show_on_board", shows=decision, page=page)
        expect(board.get_by_text(f"Side {page + 1} af {pages}")).to_be_visible()
        names = board.locator(".by-name")
        if names.count():  # the text of the agreement may have a page of its own after them
            seen += names.inner_text()
            assert in_view(board, ".by-name")
    assert faults(board) == []
    assert all(f"Byrådsmedlem {place:02}" in seen for place in range(30))
