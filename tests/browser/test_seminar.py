"""A whole seminar in one go: from the one-time link of a fresh server to the PDF somebody takes home.

The organiser makes it in the browser; two phones of different groups, the console and the board are real pages, the code is
read from the board's own picture, and one phone loses its network and comes back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.consoles import act, button, kinds, next_step, write_agreement, write_goal
from tests.browser.hall import AGREEMENT, FRAME, Hall
from tests.browser.test_board import decoded
from tests.load.server import Server

PASSWORD = "en lang adgangskode til prøven"
OTHER_IDEAS = ["Foreninger får nøgle til skolen efter kl. 16", "Gratis bus om aftenen for alle under 25"]
OFFLINE_IDEA = "Skrevet uden net, og ikke tabt"
BOLD = "=cmd()|' /C calc'!A0"


@pytest.fixture(scope="module")
def fresh() -> Iterator[Server]:
    """A server nobody has used yet."""
    with Server(accounts=False) as running:
        yield running


@dataclass
class Seminar:
    """The screens of one seminar. `hall` is filled with people who need no screen, so that groups are large enough."""

    server: Server
    open_page: OpenPage
    organiser: Page
    hall: Hall
    board: Page
    console: Page
    phones: dict[str, Page] = field(default_factory=dict)

    def everybody(self) -> list[str]:
        return [token for tokens in self.hall.people.values() for token in tokens]


def first_link(server: Server) -> str:
    """The one-time link that the terminal shows at the first start."""
    found = re.search(r"(/organiser/first/\w+)", server.log.read_text(encoding="utf-8"))
    assert found, "the terminal shows no link for the first account"
    return server.url + found.group(1)


def make_workshop(server: Server, open_page: OpenPage) -> Page:
    """Account by the one-time link, then a workshop from a template, its frame, and open."""
    page = open_page(first_link(server), CONSOLE)
    page.get_by_label("Navn", exact=True).fill("Mette Organisator")
    page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    for again in page.get_by_label(re.compile("gentag|igen", re.IGNORECASE)).all():
        again.fill(PASSWORD)
    page.locator("form button[type=submit]").last.click()
    expect(page.get_by_role("heading", name="Workshopper")).to_be_visible()
    page.locator("main a[href*='template=collaboration']").click()
    page.get_by_label("Titel").fill("Unge i Fjordby")
    page.get_by_label(re.compile("Mål og aftaler")).check()
    button(page, "Opret kladde").click()
    expect(page.get_by_role("heading", name="Unge i Fjordby")).to_be_visible()
    return page


def set_the_frame(page: Page) -> None:
    """Question and mandate on the settings page, then open the doors."""
    page.get_by_role("link", name="Ramme og regler").click()
    page.locator("[name=question]").fill(FRAME["question"])
    page.locator("[name=commissioning_body]").fill(FRAME["commissioning_body"])
    page.locator("[name=receiving_body]").fill(FRAME["receiving_body"])
    page.locator("[name=response_due]").fill(FRAME["response_due"])
    page.get_by_role("radio", name="Aftale mellem parterne").check()
    page.locator("[name=ground_rules]").fill(FRAME["ground_rules"])
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("[name=question]").or_(page.get_by_text(FRAME["question"])).first).to_be_visible()
    page.get_by_role("link", name="Overblik").click()
    button(page, "Åbn workshoppen").click()
    expect(page.get_by_text("Åben", exact=True).first).to_be_visible()


def links_of(page: Page) -> dict[str, str]:
    """The facilitator's and the board's link as the organiser's page shows them."""
    found = {}
    for role, short in (("facilitator", "f"), ("board", "b")):
        link = re.search(rf"http[^\"'<\s]*/{short}/[\w-]+", page.content())
        assert link, f"no link for the {role}"
        found[role] = link.group()
    return found


@pytest.fixture
def seminar(fresh: Server, open_page: OpenPage) -> Seminar:
    organiser = make_workshop(fresh, open_page)
    set_the_frame(organiser)
    links = links_of(organiser)
    board = open_page(links["board"], BOARD)
    expect(board.get_by_text(FRAME["question"])).to_be_visible()
    console = open_page(links["facilitator"], CONSOLE)
    expect(console.get_by_text("Forbundet", exact=True)).to_be_visible()
    number = re.search(r"/workshops/(\d+)", organiser.url)
    code = decoded(board)[0].rsplit("/", 1)[1]
    made = {
        "workshop": {"id": int(number.group(1)) if number else 0, "code": code},
        "tokens": {role: url.rsplit("/", 1)[1] for role, url in links.items()},
    }
    return Seminar(fresh, open_page, organiser, Hall(fresh, made), board, console)


def join_by_the_code_on_the_board(seminar: Seminar, group: str) -> Page:
    """A phone points its camera at the board: group, in, and there."""
    address, _share = decoded(seminar.board)
    phone = seminar.open_page(address)
    phone.get_by_role("radio", name=group).check()
    phone.get_by_role("button", name="Deltag").click()
    expect(phone.get_by_text("Forbundet", exact=True)).to_be_visible()
    seminar.phones[group] = phone
    return phone


def write_ideas(seminar: Seminar) -> None:
    """Two phones write; one of them has lost its network meanwhile."""
    citizen, politician = seminar.phones["Borgere"], seminar.phones["Politikere"]
    next_step(seminar.console, "Idéer")
    citizen.get_by_label("Din idé").fill("En fast voksen, der bliver")
    button(citizen, "Send idé").click()
    expect(citizen.get_by_text("Idéen er gemt. Kun du kan se den").first).to_be_visible()
    politician.context.set_offline(True)
    politician.get_by_label("Din idé").fill(OFFLINE_IDEA)
    politician.locator("footer .btn.primary").click()
    expect(politician.get_by_text("Ingen forbindelse")).to_be_visible()
    expect(politician.get_by_label("Din idé")).to_have_value(OFFLINE_IDEA)
    politician.context.set_offline(False)
    expect(politician.get_by_text("Forbundet", exact=True)).to_be_visible(timeout=30_000)
    expect(politician.get_by_text("Idéen er gemt. Kun du kan se den").first).to_be_visible(timeout=30_000)
    for token, text in zip(seminar.hall.people["citizens"], [*OTHER_IDEAS, BOLD], strict=False):
        seminar.hall.do(token, "post_idea", text=text)
    expect(citizen.get_by_text(OFFLINE_IDEA)).to_have_count(0)
    act(seminar.console, "Vis idéerne").click()
    for page in (citizen, politician, seminar.board, seminar.console):
        expect(page.get_by_text(OFFLINE_IDEA).first).to_be_visible()


def vote(seminar: Seminar) -> None:
    """A secret vote with a shortlist; the phones vote on their screens."""
    console = seminar.console
    next_step(console, "Afstemning")
    console.get_by_label("Pladser på listen").fill("2")
    console.get_by_label("Minutter").fill("")
    act(console, "Åbn afstemningen").click()
    for phone in seminar.phones.values():
        phone.get_by_role("checkbox", name="En fast voksen, der bliver").check()
        phone.get_by_role("button", name=re.compile("^Stem med")).click()
        expect(phone.get_by_text(re.compile("Din stemme er sendt")).first).to_be_visible()
    ballot = kinds(seminar.hall, "ballot")[0]
    for token in seminar.everybody():
        seminar.hall.do(token, "cast_ballot", ballot=ballot["id"], choices={ballot["options"][1]: 1})
    expect(console.locator(".bigcount > b")).to_have_text("12")
    assert ballot["result"] is None
    act(console, "Luk afstemningen").click()
    act(console, "Vis resultatet").click()
    expect(seminar.board.get_by_text("2 idéer bliver til mål")).to_be_visible()
    for phone in seminar.phones.values():
        expect(phone.get_by_text("2 idéer er valgt")).to_be_visible()


def agree(seminar: Seminar) -> None:
    """A goal and an agreement written with the room, and carried in every group."""
    console = seminar.console
    next_step(console, "Mål")
    button(console.locator("main"), "Skriv et mål").first.click()
    write_goal(console)
    expect(console.locator(".sum .B b")).to_have_text("0")
    next_step(console, "Aftaler")
    button(console.locator("main"), "Ny aftale").click()
    console.get_by_label("Hvad aftaler vi, og hvorfor?").fill(str(AGREEMENT["purpose"]))
    button(console.get_by_role("dialog"), "Skriv aftalen").click()
    write_agreement(console)
    expect(console.locator(".sum .B b")).to_have_text("0")
    next_step(console, "Pause")
    next_step(console, "Beslutning")
    act(console, "Åbn afstemningen: Aftale A").click()
    for phone in seminar.phones.values():
        expect(phone.get_by_text(str(AGREEMENT["purpose"])).first).to_be_visible()
        phone.get_by_role("radio", name="For", exact=True).check()
        button(phone, "Send min stemme").click()
        expect(phone.get_by_text("Din stemme er sendt").first).to_be_visible()
    decision = kinds(seminar.hall, "decision")[0]
    for place, token in enumerate(seminar.everybody()):
        stance = {"stance": "for"} if place else {"stance": "reservation", "reason": "Opsynet må ikke tages fra klubberne"}
        seminar.hall.do(token, "take_stance", decision=decision["id"], **stance)
    expect(console.locator(".bigcount > b")).to_have_text("12")
    act(console, "Luk, og vis resultatet").click()
    expect(seminar.board.get_by_text("Indgået").first).to_be_visible()
    expect(seminar.board.locator(".rs li")).to_have_count(2)


def commit_and_close(seminar: Seminar) -> None:
    next_step(seminar.console, "Tilsagn")
    phone = seminar.phones["Borgere"]
    expect(phone.get_by_text(str(AGREEMENT["purpose"])).first).to_be_visible()
    next_step(seminar.console, "Afslutning")
    act(seminar.console, "Luk workshoppen").click()
    button(seminar.console.get_by_role("dialog"), "Luk workshoppen").click()
    expect(seminar.console.get_by_role("heading", name="Workshoppen er lukket")).to_be_visible()


def pdf_text(seminar: Seminar) -> str:
    """The PDF as the organiser's own browser fetches it."""
    cookies = {cookie["name"]: cookie["value"] for cookie in seminar.organiser.context.cookies()}
    answer = requests.get(seminar.hall.url(f"/api/workshops/{seminar.hall.id}/export/pdf"), cookies=cookies, timeout=60)
    assert answer.status_code == 200, answer.text
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return re.sub(r"\s+", " ", text)


def test_a_whole_seminar_from_the_first_link_to_the_pdf(seminar: Seminar, browser: Browser):
    join_by_the_code_on_the_board(seminar, "Borgere")
    join_by_the_code_on_the_board(seminar, "Politikere")
    seminar.hall.join("citizens", 5)
    seminar.hall.join("politicians", 5)
    next_step(seminar.console, "Velkommen")
    expect(seminar.board.get_by_text("Borgere").first).to_be_visible()
    next_step(seminar.console, "Rammen")
    for phone in seminar.phones.values():
        expect(phone.get_by_text(FRAME["question"]).first).to_be_visible()
    next_step(seminar.console, "Spilleregler")
    act(seminar.console, "Spørg: Er der en begrundet indvending?").click()
    for phone in seminar.phones.values():
        button(phone, "Ingen indvending").click()
        expect(phone.get_by_text("Du har svaret: ingen indvending.")).to_be_visible()
    write_ideas(seminar)
    next_step(seminar.console, "Temaer")
    vote(seminar)
    agree(seminar)
    commit_and_close(seminar)

    text = pdf_text(seminar)
    assert str(AGREEMENT["purpose"]) in text
    assert "Opsynet må ikke tages fra klubberne" in text
    assert re.search(r"Borgere.{0,80}Flertal", text), "the result of the citizens is missing"
    assert re.search(r"Politikere.{0,80}Flertal", text), "the result of the politicians is missing"
    assert OFFLINE_IDEA in text
