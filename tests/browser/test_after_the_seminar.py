"""The whole way after a seminar, from the closed workshop to the public page a year later: everybody at their own page, and the
server's clock moved. What is not the point of a step goes over HTTP."""

from __future__ import annotations

import io
import time
from pathlib import Path

import requests
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.axe import all_faults
from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import AGREEMENT, days_from_now
from tests.browser.story import ERASED, NAME, REVIEWED, TREES, Story, seminar
from tests.browser.story_answers import answers, hand_over, passed_on, reports
from tests.browser.test_cards import later, seen, until
from tests.load.server import Server

#: the last day of the decision on the reopened agreement is over
DECIDED = REVIEWED + 16

ANEW = "Skolerne står åbne for unge tre aftener om ugen, men ikke i ferierne."


def erased(story: Story) -> None:
    """The names of those who were in the room go after 90 days, and the phones' ways in with them. A clock that has leapt
    erases nothing by itself, so whoever runs the server says that the date is right."""
    said = story.server.run_cli("erase-names", "--date-is-right")
    assert "1 names" in said, said
    assert not any(NAME in str(record) for record in story.ask("/api/sync?")["put"])
    head = {"Authorization": f"Bearer {story.hall.people['citizens'][0]}"}
    assert not requests.get(story.hall.url("/api/sync?since=0"), headers=head, timeout=20).json()["ok"]


def judge(page: Page, code: str, verdict: str, words: str) -> None:
    """A card says of the agreement and of the goal it serves whether they were kept; the words are about the first."""
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("link", name="Svar nu").click()
    page.get_by_label("Hvad har du mærket?").fill(words)
    for save in ("Gem, og gå videre", "Gem"):
        page.get_by_label(verdict, exact=True).check()
        page.get_by_role("button", name=save, exact=True).click()
    expect(page.get_by_text("Tak. Dine svar er gemt.")).to_be_visible()


def looked_back(story: Story) -> None:
    """A year later the clock asks those who hold a card: one on the phone that took it, one without any script."""
    until(story.server, story.cards[0], "open")
    phone = story.pages["phone"]
    phone.goto(story.hall.url(f"/j/{story.hall.code}"))
    phone.get_by_role("link", name="Svar med dit kort").click()
    judge(phone, story.cards[0], "Delvist", "Der er åbent om tirsdagen.")
    plain = story.open_page(story.hall.url("/k"), java_script_enabled=False)
    judge(plain, story.cards[1], "Ja, holdt", "Der kommer mange.")
    (row,) = seen(story.server, story.cards[1])["look_backs"]
    story.organise("close_look_back", look_back=row["id"])


def answer_by_card(page: Page, story: Story, code: str) -> None:
    """A card says yes to the new version of an agreement."""
    page.goto(story.hall.url("/k"))
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("link", name="Se ændringen, og svar").click()
    expect(page.get_by_text("Hvorfor: Ferierne kunne ikke holdes.")).to_be_visible()
    if page is story.pages["phone"]:
        assert all_faults(page) == []
    page.get_by_label("For", exact=True).check()
    page.get_by_role("button", name="Gem dit svar").click()
    expect(page.get_by_text("Dit svar: For")).to_be_visible()


def reopened(story: Story) -> None:
    """The agreement is written anew; cards and parties say yes within two weeks, and the clock closes the decision."""
    page = story.organiser(f"/reopened/{story.items['schools'].split(':')[1]}")
    page.get_by_label("Hvorfor skal aftalen ændres?").fill("Ferierne kunne ikke holdes.")
    page.get_by_role("button", name="Genåbn aftalen").click()
    expect(page.get_by_text("Aftalen er genåbnet. Skriv nu den nye version.")).to_be_visible()
    page.locator("#purpose").fill(ANEW)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Den nye version er gemt.")).to_be_visible()
    page.get_by_label("Sidste dag").fill(days_from_now(REVIEWED + 14))
    page.get_by_role("button", name="Begynd afgørelsen").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv en dato, som ikke er passeret")
    page.locator("#review_date").fill(days_from_now(REVIEWED + 180))
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_label("Sidste dag").fill(days_from_now(REVIEWED + 14))
    page.get_by_role("button", name="Begynd afgørelsen").click()
    expect(page.get_by_text("Afgørelsen er begyndt.")).to_be_visible()
    assert all_faults(page) == []
    answer_by_card(story.pages["phone"], story, story.cards[0])
    answer_by_card(story.open_page(story.hall.url("/k"), java_script_enabled=False), story, story.cards[1])
    for party in ("Byrådet", "Ungerådet"):
        steward = story.link("steward", on=story.items["schools"], party=party)
        assert all_faults(steward) == []
        steward.get_by_role("button", name="Sig ja").click()
        expect(steward.get_by_text("svar på den nye version er gemt.")).to_be_visible()
    assert story.item("schools")["title"] == AGREEMENT["purpose"], "the earlier version is in force until then"
    later(story.server, DECIDED)
    for _ in range(120):
        (version,) = story.item("schools")["reopened"]
        if version["state"] != "deciding":
            break
        time.sleep(0.5)
    assert (version["state"], version["version"], version["cards"]) == ("carried", 2, 2)


def told_to_everybody(story: Story) -> None:
    """The public page in both languages, without any script, and on paper."""
    address = story.hall.url(f"/record/{story.slug}")
    page = story.open_page(address, CONSOLE, java_script_enabled=False)
    told = [
        "4 af 4 punkter er besvaret",
        "Følger delvist",
        "Ikke nået: 412 træer, målet er mindst 600 træer",
        "Planteskolen leverede for sent.",
        "men bestridt",
        "Der var lukket i hele ferien.",
        "Vi begyndte i foråret.",
        "Budgettet er ikke vedtaget.",
        "2 af 2 kort har svaret",
        "Der er åbent om tirsdagen.",
        ANEW,
        "Afgjort af dem, der har et kort.",
    ]
    for words in told:
        expect(page.locator("body")).to_contain_text(words)
    printed = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    paper = " ".join(printed.split())
    assert [words for words in told if words not in paper] == []
    assert NAME not in paper
    page.get_by_role("link", name="English").click()
    for words in ("4 of 4 items have been answered", "Not reached", "but contested", "2 of 2 cards have answered"):
        expect(page.locator("body")).to_contain_text(words)


def shown_to_the_meeting(story: Story) -> None:
    """The board of the meeting a year later: the sentence, then the items a few to a page, with what the cards say."""
    board = story.organiser("", BOARD)
    board.goto(story.hall.url(f"/workshops/{story.hall.id}/board"))
    expect(board.get_by_role("heading", name="4 af 4 punkter er besvaret")).to_be_visible()
    board.keyboard.press("ArrowRight")
    trees = board.get_by_role("row", name=TREES["title"])
    expect(trees).to_contain_text("Parkchefen")
    expect(trees).to_contain_text("Ikke nået: 412 træer")
    board.keyboard.press("ArrowRight")
    schools = board.get_by_role("row", name=ANEW)
    expect(schools).to_contain_text("2 af 2 kort har svaret")


def test_from_the_closed_workshop_to_the_public_page_a_year_later(tmp_path: Path, open_page: OpenPage):
    with Server(tmp_path) as server:
        story = seminar(server, open_page)
        hand_over(story)
        answers(story)
        passed_on(story)
        later(server, ERASED)
        erased(story)
        reports(story)
        later(server, REVIEWED)
        looked_back(story)
        reopened(story)
        told_to_everybody(story)
        shown_to_the_meeting(story)
