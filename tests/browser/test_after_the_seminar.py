"""The whole way after a seminar, from the closed workshop to the public page a year later: everybody at their own page, and the
server's clock moved. What is not the point of a step goes over HTTP."""

from __future__ import annotations

import io
import re
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.axe import all_faults
from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import AGREEMENT, FRAME, GOAL, Hall, days_from_now
from tests.browser.phones import come_in
from tests.browser.test_cards import later, seen, until
from tests.load.server import Server
from workshop.cookies import cookie_name
from workshop.identity import ORGANISER

#: days after the seminar: names are erased and owners report; the agreement is reviewed
ERASED, REVIEWED = 95, 365
#: the last day of the decision on the reopened agreement is over
DECIDED = REVIEWED + 16
ANEW = "Skolerne står åbne for unge tre aftener om ugen, men ikke i ferierne."
TREES = GOAL | {
    "title": "600 nye træer på Havnen",
    "indicator": "Antal nye træer",
    "unit": "træer",
    "baseline": "0",
    "target": "600",
    "direction": "at_least",
    "deadline": days_from_now(80),
    "owner": "Parkchefen",
    "first_step": "Find stederne",
    "first_step_due": days_from_now(30),
}
SCHOOLS = {"contributions": [line | {"by_when": days_from_now(60)} for line in AGREEMENT["contributions"]]}
BUSES = AGREEMENT | SCHOOLS | {"purpose": "Natbussen kører hver fredag, så alle kan komme hjem.", "goals": []}
NAME = "Rosa Rejsende"


@dataclass
class Story:
    """The seminar, its items, and the pages that stay open through the year."""

    server: Server
    hall: Hall
    open_page: OpenPage
    items: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    cards: list[str] = field(default_factory=list)

    def link(self, role: str, **about: str) -> Page:
        """A page opened by a new link."""
        doors = {"receiver": "r", "steward": "s"}
        token = self.hall.chair("make_link", role=role, **about)["link"]
        return self.open_page(self.hall.url(f"/{doors[role]}/{token}"), CONSOLE)

    def organiser(self, under: str = "/follow-up", size: dict[str, int] = CONSOLE) -> Page:
        """A page of the organiser, who is logged in."""
        page = self.open_page(self.hall.url("/healthz"), size)
        page.context.add_cookies(
            [{"name": cookie_name(ORGANISER), "value": self.server.organiser(), "url": self.server.url}]
        )
        page.goto(self.hall.url(f"/organiser/workshops/{self.hall.id}{under}"))
        return page

    def ask(self, path: str) -> dict:
        """What a call of the API answers the organiser."""
        head = {"Authorization": f"Bearer {self.server.organiser()}"}
        return dict(requests.get(f"{self.hall.url(path)}workshop={self.hall.id}", headers=head, timeout=20).json())

    def organise(self, command: str, **args: Any) -> None:
        """A command of the organiser."""
        sent = {"id": secrets.token_hex(16), "name": command, "args": args}
        head = {"Authorization": f"Bearer {self.server.organiser()}"}
        path = self.hall.url(f"/api/commands?workshop={self.hall.id}")
        assert requests.post(path, json=sent, headers=head, timeout=20).json()["ok"]

    def item(self, name: str) -> dict:
        """Where an item stands, as everybody may read it."""
        found = requests.get(self.hall.url(f"/record/{self.slug}/status.json"), timeout=20).json()["items"]
        return next(item for item in found if item["id"] == self.items[name])

    @property
    def slug(self) -> str:
        return str(next(one for one in self.ask("/api/sync?")["put"] if one["kind"] == "workshop")["record_slug"])


def seminar(server: Server, open_page: OpenPage) -> Story:
    """Two goals and two agreements that every group has said yes to, in a closed workshop with a public record. Two people have
    taken a card, one of each group: a citizen on the phone, a politician who is driven over HTTP."""
    hall = Hall(server, server.create_workshop(template="collaboration", title="Unge i Fjordby"))
    hall.chair("edit_workshop", **FRAME | {"response_due": days_from_now(40)})
    story = Story(server, hall, open_page)
    phone = story.pages["phone"] = come_in(open_page, hall)
    people = [*hall.join("citizens", 5), *hall.join("politicians", 5)]
    hall.do(people[0], "set_name", name=NAME)
    trees = hall.chair("draft_goal", **TREES)["goal"]
    places = hall.chair("draft_goal", **GOAL)["goal"]
    schools = hall.chair(
        "draft_agreement", **AGREEMENT | SCHOOLS | {"goals": [places], "review_date": days_from_now(REVIEWED - 1)}
    )
    buses = hall.chair("draft_agreement", **BUSES | {"review_date": days_from_now(700)})
    story.items = {"trees": trees, "places": places, "schools": schools["agreement"], "buses": buses["agreement"]}
    for on in story.items.values():
        decision = hall.chair("open_decision", on=on, version=1)["decision"]
        for person in people:
            hall.do(person, "take_stance", decision=decision, stance="for")
        hall.chair("close_decision", decision=decision)
    hall.start("closing")
    phone.get_by_role("button", name="Tag et kort").click()
    story.cards = [phone.locator("#follow-card .code").inner_text()]
    phone.get_by_role("button", name="Jeg har gemt mit kort").click()
    story.cards.append(hall.do(people[-1], "take_follow_up_card")["card"])
    hall.chair("close_workshop")
    story.organise("publish_record", published=True)
    return story


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
    item.get_by_label("fordi").fill("Budgettet er ikke vedtaget.")
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
