"""A seminar that has ended, for the test of the year after it: its items, its people and its pages."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import requests
from playwright.sync_api import Page

from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.hall import AGREEMENT, FRAME, GOAL, Hall, days_from_now
from tests.browser.phones import come_in_by_the_form
from tests.load.server import Server
from workshop.cookies import cookie_name
from workshop.identity import ORGANISER

#: days after the seminar: names are erased and owners report; the agreement is reviewed
ERASED, REVIEWED = 95, 365

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
    phone = story.pages["phone"] = come_in_by_the_form(open_page, hall)
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
