"""Open votes in a real Chromium: politicians on record and citizens secret; a small group that agrees on three phones."""

from __future__ import annotations

import io
import json
import re

import pytest
import requests
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.axe import faults
from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import GOAL, Hall
from tests.browser.test_seats import act_for, make_seat, row, switch
from workshop.export.checking.program import check

SECRET = "Hemmelig: ingen kan se, hvad du stemmer"
OPEN = "Åben: din stemme vises med navn i referatet"
PRESET = "Politikere stemmer åbent med navn. Du stemmer hemmeligt."
FOR_ALL = "Politikere stemmer åbent med navn. Alle andre stemmer hemmeligt."


def come_in(open_page: OpenPage, hall: Hall, group: str) -> Page:
    """A phone in the room, as somebody of a group who says no name."""
    phone = open_page(hall.url(f"/j/{hall.code}"))
    phone.get_by_label(group, exact=True).check()
    phone.get_by_role("button", name="Deltag").click()
    expect(phone.locator(".link.on")).to_be_visible()
    return phone


def console_of(open_page: OpenPage, hall: Hall) -> Page:
    console = open_page(hall.console_url, CONSOLE)
    expect(console.get_by_text("Forbundet", exact=True)).to_be_visible()
    return console


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


def title_of(hall: Hall, kind: str) -> str:
    """What the first step of a kind is called: it follows the mandate."""
    return str(next(step["title"] for step in kinds(hall, "step") if step["step_kind"] == kind))


def close_decision(console: Page) -> None:
    """The dark button; it asks where somebody has not voted."""
    console.locator("#act", has_text="Luk, og vis resultatet").click()
    outcome, ask = console.locator(".verdict"), button(console.get_by_role("dialog"), "Luk, og vis resultatet")
    expect(outcome.or_(ask).first).to_be_visible()
    if ask.count():
        ask.click()


def exported(hall: Hall, key: str) -> bytes:
    answer = requests.get(
        hall.url(f"/api/workshops/{hall.id}/export/{key}"),
        headers={"Authorization": f"Bearer {hall.made['tokens']['facilitator']}"},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    return answer.content


def pdf_text(hall: Hall) -> str:
    pages = PdfReader(io.BytesIO(exported(hall, "pdf"))).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))


@pytest.fixture
def filled(hall: Hall) -> Hall:
    """Five citizens and three politicians who need no screen, and an agreement that nothing blocks."""
    hall.join("citizens", 5)
    hall.join("politicians", 3)
    hall.agreement()
    return hall


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
    decision = kinds(hall, "decision")[0]["id"]

    # Beside the vote, the politician is asked for a name right there, and nothing that was chosen is lost.
    expect(citizen.locator("footer")).to_contain_text(PRESET)
    expect(politician.locator("footer")).to_contain_text(OPEN)
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


def test_a_small_group_votes_openly_when_all_three_have_agreed_on_their_phones(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    hall.agreement()
    phones = [come_in(open_page, hall, "Forskere") for _ in range(3)]
    citizen = come_in(open_page, hall, "Borgere")
    console = console_of(open_page, hall)
    hall.start("decisions")
    for phone in phones:
        expect(phone.get_by_text(SECRET)).to_be_visible()
    console.locator("#decide-agreement-A").click()
    dialog = console.get_by_role("dialog")
    expect(dialog.locator("tr", has_text="Forskere")).to_contain_text("Tælles sammen")
    button(dialog, "Spørg gruppen, om den vil stemme åbent: Forskere").click()
    expect(dialog.get_by_text("0 af 3 har sagt ja")).to_be_visible()

    one, two, three = phones
    for phone in phones:
        expect(phone.get_by_role("heading", name="Vil din gruppe stemme åbent i næste afstemning?")).to_be_visible()
        expect(phone.get_by_text("Det gælder kun næste afstemning.")).to_be_visible()
    expect(citizen.get_by_text("Vil din gruppe stemme åbent")).to_have_count(0)
    assert faults(one) == []
    button(one, "Ja, åbent med navn").click()
    expect(one.get_by_text("Du har sagt ja.")).to_be_visible()
    button(two, "Ja, åbent med navn").click()
    button(three, "Nej, hemmeligt").click()
    expect(three.get_by_text("Du har sagt nej. Ingen får det at vide.")).to_be_visible()
    expect(dialog.get_by_text("2 af 3 har sagt ja")).to_be_visible()
    expect(dialog.get_by_text("Ikke alle har sagt ja")).to_be_visible()
    assert faults(console) == []
    expect(dialog.locator("tr", has_text="Forskere")).to_contain_text("Tælles sammen")
    # Anyone can change the answer until the vote opens, and the console follows.
    button(three, "Ja, åbent med navn").click()
    expect(dialog.get_by_text("3 af 3 har sagt ja")).to_be_visible()
    expect(dialog.locator("tr", has_text="Forskere")).to_contain_text("alle har sagt ja")
    button(dialog, "Start").click()

    for number, phone in enumerate(phones):
        expect(phone.get_by_role("heading", name="Vil din gruppe stemme åbent")).to_have_count(0)
        expect(phone.locator("footer")).to_contain_text(OPEN)
        phone.get_by_role("radio", name="For", exact=True).check()
        phone.get_by_label("Dit navn").fill(f"Forsker {number}")
        button(phone, "Send min stemme").click()
        expect(phone.get_by_text("Din stemme er sendt").first).to_be_visible()
    expect(citizen.locator("footer")).to_contain_text("Forskere stemmer åbent med navn. Du stemmer hemmeligt.")
    decision = kinds(hall, "decision")[0]
    assert (decision["openness"], decision["agreed_groups"]) == ("secret", ["researchers"])
    for token in hall.people["citizens"]:
        hall.do(token, "take_stance", decision=decision["id"], stance="for")
    close_decision(console)
    expect(console.locator(".by-name")).to_contain_text("For: Forsker 0, Forsker 1, Forsker 2")
    expect(one.locator(".by-name")).to_contain_text("For: Forsker 0, Forsker 1, Forsker 2")
    text = pdf_text(hall)
    assert "Forskere stemte åbent med navn. Alle i gruppen, der kunne stemme, sagde ja til det" in text
    assert "Borgere stemte hemmeligt." in text

    # It held for that one vote: the next is secret again unless they are asked again.
    other = hall.chair("draft_goal", **{**GOAL, "title": "Et andet mål"})["goal"]
    hall.chair("open_decision", on=other, version=1)
    expect(one.locator("footer")).to_contain_text(SECRET)


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


def test_who_answers_for_a_seat_is_told_that_the_helper_knows(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    helper = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    make_seat(helper, "Forskere")
    act_for(helper, 1)
    hall.start("decisions")
    group = next(one["id"] for one in hall.records() if one["kind"] == "group" and one["key"] == "researchers")
    hall.chair("ask_open_vote", group=group)
    expect(helper.get_by_text("Du ser personens svar.")).to_be_visible()
    expect(helper.get_by_text("Ingen får at vide, hvem der siger nej.", exact=True)).to_have_count(0)
    button(helper, "Nej, hemmeligt").click()
    expect(helper.get_by_text("Svaret er sendt. Kun du kender det.")).to_be_visible()


def test_a_helper_votes_by_name_for_a_seat(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    ids = hall.ideas(["Fællesspisning hver torsdag", "Gratis bus om aftenen"])
    step = hall.start("ballot")
    hall.chair("edit_step", step=step, settings={"openness": "some_open", "open_groups": ["politicians"]})
    helper = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    make_seat(helper, "Politikere")
    act_for(helper, 1)
    expect(helper.get_by_text(OPEN)).to_be_visible()
    ballot = hall.chair("open_ballot", method="approval", options=ids, settings={"choices": 1})["ballot"]
    expect(helper.locator("footer")).to_contain_text(f"{OPEN}. Du ser stemmen nu. Sig den ikke videre, før der er lukket.")
    helper.get_by_role("checkbox", name="Gratis bus").check()
    helper.get_by_label("Dit navn").fill("Karen Holm")
    button(helper, "Stem med ét kryds").click()
    expect(button(helper, "Din stemme er sendt")).to_be_visible()
    switch(helper)
    expect(row(helper, 1)).to_contain_text("Karen Holm")
    expect(row(helper, 1)).to_contain_text("Har stemt")
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    record = next(one for one in hall.records() if one["id"] == ballot)
    assert record["turnout"] == {"voted": 1, "eligible": 7, "by_helper": 1}
    assert [one["name"] for one in record["result"]["by_name"]] == ["Karen Holm"]
