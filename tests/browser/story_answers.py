"""The year after a seminar at the pages of the receiver, of the other body and of the stewards."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import BOARD, CONSOLE
from tests.browser.hall import days_from_now
from tests.browser.story import Story


def hand_over(story: Story) -> None:
    """The organiser hands the result over; board and console show at once that answers are awaited."""
    board = story.pages["board"] = story.open_page(story.hall.board_url, BOARD)
    console = story.pages["console"] = story.open_page(story.hall.console_url, CONSOLE)
    story.hall.chair("show_on_board", shows="step")
    expect(board.get_by_role("columnheader", name="Resultat")).to_be_visible()
    page = story.organiser()
    page.get_by_role("button", name="Overdrag", exact=True).click()
    expect(page.get_by_text("Resultatet er overdraget. Fristen løber fra i dag.")).to_be_visible()
    expect(board.get_by_role("heading", name=re.compile("svarer senest"))).to_be_visible()
    expect(console.get_by_text("Afventer svar senest").first).to_be_visible()


def answer(page: Page, on: str, words: str, reason: str) -> Locator:
    """Types an answer to an item; the item."""
    item = page.locator(f'details.it[data-on="{on}"]')
    if item.get_attribute("open") is None:
        item.locator("> summary").click()
    item.locator("label.choice", has_text=words).first.click()
    item.get_by_label("Begrundelse").fill(reason)
    return item


def publish(page: Page) -> None:
    page.locator("[data-publish]").click()
    expect(page.get_by_text("Svarene er offentlige.")).to_be_visible()


def answers(story: Story) -> None:
    """The receiver confirms, answers three items and puts the fourth off; one of the three belongs to another body."""
    page = story.pages["receiver"] = story.link("receiver")
    page.get_by_role("button", name="Bekræft, at I har modtaget").click()
    expect(page.get_by_text("Modtagelsen er bekræftet.")).to_be_visible()
    answer(page, story.items["trees"], "Følger", "Vi planter dem.")
    answer(page, story.items["schools"], "Følger delvist", "To aftener om ugen, ikke tre.")
    item = answer(page, story.items["places"], "Hører til hos", "Det er regionens opgave.")
    item.get_by_label("Hvem hører det til hos?").fill("Region Fjord")
    publish(page)
    item = page.locator(f'details.it[data-on="{story.items["buses"]}"]')
    item.locator("> summary").click()
    item.locator("details.postpone > summary").click()
    item.get_by_label("Udskyd til").fill(days_from_now(60))
    item.get_by_label("Hvorfor?").fill("Budgettet er ikke vedtaget.")
    item.get_by_role("button", name="Udskyd svaret").click()
    expect(page.get_by_text("Svaret er udskudt.")).to_be_visible()
    board = story.pages["board"]
    expect(board.get_by_role("heading", name="3 af 4 punkter er besvaret")).to_be_visible()
    expect(story.pages["console"].get_by_text("Udskudt til")).to_be_visible()


def passed_on(story: Story) -> None:
    """The other body gets a link from the organiser, and answers for itself."""
    page = story.organiser()
    wait = page.locator("#waiting li", has_text="Region Fjord")
    wait.get_by_role("button", name="Lav et link").click()
    expect(page.get_by_text("Linket er lavet. Kopiér det, og send det.")).to_be_visible()
    region = story.open_page(page.locator("#links li", has_text="Region Fjord").locator("output").inner_text())
    answer(region, story.items["places"], "Er allerede i gang", "Vi begyndte i foråret.")
    publish(region)
    assert story.item("places")["answer"]["by_body"] == "Region Fjord"


def reports(story: Story) -> None:
    """Names are erased by now. The owner of the trees missed the number and says why; a contribution is contested; the
    postponed answer is late, and then given."""
    owner = story.link("steward", on=story.items["trees"], party="Parkchefen")
    owner.get_by_label("Værdi").fill("412 træer")
    owner.get_by_label("Målt den").fill(days_from_now(90))
    owner.locator("label.chip", has_text="Ikke nået").click()
    owner.get_by_label("Hvad lykkedes?").fill("Stederne er fundet.")
    owner.get_by_label("Hvad gik skævt?").fill("Planteskolen leverede for sent.")
    owner.get_by_role("button", name="Send meldingen").click()
    expect(owner.get_by_text("Meldingen er sendt.")).to_be_visible()
    council = story.link("steward", on=story.items["schools"], party="Byrådet")
    council.locator("label.choice", has_text="Leveret").first.click()
    council.get_by_label("Hvad er gjort, og hvad mangler?").first.fill("Der er lys og opsyn to aftener.")
    council.locator("label.chip", has_text="På vej").click()
    council.get_by_label("Hvad lykkedes?").fill("Skolerne er åbne.")
    council.get_by_role("button", name="Send meldingen").click()
    expect(council.get_by_text("Meldingen er sendt.")).to_be_visible()
    youth = story.link("steward", on=story.items["schools"], party="Ungerådet")
    youth.get_by_label("Jeres ord").fill("Der var lukket i hele ferien.")
    youth.get_by_role("button", name="Bestrid").click()
    expect(youth.get_by_text("Jeres svar er gemt. Alle kan læse det.")).to_be_visible()
    receiver = story.pages["receiver"]
    receiver.reload()
    expect(receiver.locator(f'details.it[data-on="{story.items["buses"]}"]')).to_contain_text("Intet svar siden")
    item = answer(receiver, story.items["buses"], "Senere", "Natbussen er med i næste budget.")
    item.get_by_label("Hvornår?").fill(days_from_now(500))
    publish(receiver)
