"""What tests do with a phone: coming in, looking at something, writing, opening a vote."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.axe import NOTHING_BESIDE, faults
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.hall import IDEAS as EXAMPLES
from tests.browser.hall import Hall
from tests.browser.looks import schemes
from workshop.cookies import cookie_name
from workshop.identity import PARTICIPANT

IDEAS = EXAMPLES[:4]


def come_in_by_the_form(open_page: OpenPage, hall: Hall, group: str = "citizens", **options: Any) -> Page:
    """A phone that has come in by the code, as a member of the group."""
    phone = open_page(hall.url(f"/j/{hall.code}"), options.pop("size", None), **options)
    phone.locator(f"input[value={group}]").check()
    phone.locator("button[form=come-in]").click()
    expect(phone.locator(".link.on")).to_be_visible()
    return phone


def come_in(open_page: OpenPage, hall: Hall, group: str = "citizens", **options: Any) -> Page:
    """The same phone, with what the form leaves on it and at the address that the form leads to: for tests of the room."""
    phone = open_page("about:blank", options.pop("size", None), **options)
    cookie = {"name": cookie_name(PARTICIPANT, hall.id), "value": hall.newcomer(group), "url": hall.server.url}
    phone.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])  # type: ignore[typeddict-item]
    phone.goto(hall.url(f"/room/{hall.code}?lang=da"))
    expect(phone.locator(".link.on")).to_be_visible()
    return phone


def look(phone: Page, hall: Hall, at: str) -> None:
    """Go to a screen of the room by its address."""
    phone.evaluate("view => { location.hash = view }", at)


def field(phone: Page, label: str = "Din idé") -> Any:
    return phone.get_by_label(label, exact=True)


def primary(phone: Page) -> Any:
    return phone.locator(".act .btn.primary, .act .btn[aria-disabled]").first


def faults_of_a_phone(phone: Page, name: str) -> list[str]:
    """Returns what axe finds on the screen in light and in dark, and whether it is wider than 320 pixels; by the name."""
    expect(phone.locator("[aria-busy=true]")).to_have_count(0)
    found = [f"{name}, {scheme}: {fault}" for scheme in schemes(phone) for fault in faults(phone, scheme)]
    phone.set_viewport_size({"width": 320, "height": 640})
    found += [f"{name}, {scheme}: wider than 320" for scheme in schemes(phone) if not phone.evaluate(NOTHING_BESIDE)]
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return found


def ideas_of(hall: Hall) -> list[str]:
    return [record["text"] for record in hall.records() if record["kind"] == "idea"]


def open_ballot(hall: Hall, method: str = "approval", **settings: Any) -> tuple[str, list[str]]:
    """A ballot on four ideas of citizens who have no screen; its id and its options."""
    hall.join("citizens", 4)
    ids = hall.ideas(IDEAS)
    hall.start("ballot")
    made = hall.chair("open_ballot", method=method, options=ids, title="Hvilke skal blive til mål?", settings=settings)
    return made["ballot"], ids


def come_into(hall: Hall, what: str) -> None:
    """Bring the room to a step, into the middle of a vote, or to its result."""
    if what in ("approval", "positions"):
        open_ballot(hall, what)
    elif what == "shortlist":
        ballot, ids = open_ballot(hall, seats=2, choices=2)
        for person in hall.people["citizens"]:
            hall.do(person, "cast_ballot", ballot=ballot, choices={ids[0]: 1})
        hall.chair("close_ballot", ballot=ballot)
        hall.chair("publish_ballot", ballot=ballot)
    elif what in ("decision", "outcome"):
        people = hall.join("citizens", 3)
        agreement = hall.agreement()
        hall.start("decisions")
        decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
        if what == "outcome":
            for person in people:
                hall.do(person, "take_stance", decision=decision, stance="for")
            hall.chair("close_decision", decision=decision)
    else:
        hall.start(what)
