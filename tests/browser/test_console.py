"""The console in a real Chromium: a facilitator runs the seminar, with the mouse and with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import CONSOLE
from tests.browser.hall import AGREEMENT, GOAL, Hall

OpenPage = Callable[..., Page]
IDEAS = [
    "En fast kontaktperson, der ikke skifter, når man fylder 18",
    "Fællesspisning hver torsdag, hvor unge laver maden",
    "Svar inden for tre dage i stedet for en venteliste",
    "Foreninger får nøgle til skolen efter kl. 16",
    "Gratis bus om aftenen mellem byerne for alle under 25",
]
STEPS = 12


@pytest.fixture
def console(hall: Hall, open_page: OpenPage) -> Page:
    """The console of a hall with ten citizens and five politicians."""
    hall.join("citizens", 10)
    hall.join("politicians", 5)
    page = open_page(hall.console_url, CONSOLE)
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    return page


def next_step(page: Page, title: str) -> None:
    """Go on with the big button; when that is early, press once more."""
    button = page.locator("#next")
    expect(button).to_contain_text(title)
    button.click()
    expect(page.locator("#next").or_(page.get_by_role("heading", level=1, name=title))).not_to_have_count(0)
    if page.locator("#next", has_text="alligevel").count():
        page.locator("#next").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def write_ideas(hall: Hall) -> list[str]:
    return [hall.do(hall.people["citizens"][i], "post_idea", text=text)["idea"] for i, text in enumerate(IDEAS)]


def kinds(hall: Hall, kind: str) -> list[dict]:
    return [record for record in hall.records() if record["kind"] == kind]


def everybody(hall: Hall) -> list[str]:
    return [token for tokens in hall.people.values() for token in tokens]


def test_a_facilitator_runs_the_programme_with_the_mouse(hall: Hall, console: Page):
    page = console
    next_step(page, "Velkommen")
    next_step(page, "Rammen")
    expect(page.get_by_text("Budgettet for 2027 ligger fast.")).to_be_visible()
    next_step(page, "Spilleregler")
    button(page, "Spørg: er der en begrundet indvending?").click()
    expect(page.get_by_text("af 15, der er med, har svaret.")).to_be_visible()
    for token in everybody(hall):
        hall.do(token, "consent", on=f"workshop:{hall.id}")
    expect(page.locator(".bigcount > b")).to_have_text("15")
    button(page.locator("main"), "Luk runden").click()
    expect(page.get_by_text("Godtaget uden indvending")).to_be_visible()

    next_step(page, "Idéer")
    write_ideas(hall)
    expect(page.get_by_text(IDEAS[0])).to_have_count(0)
    button(page.locator("main"), "Vis idéerne").click()
    for text in IDEAS:
        expect(page.get_by_text(text)).to_be_visible()

    next_step(page, "Temaer")
    button(page, "Nyt tema").click()
    page.get_by_label("Temaets navn").fill("Steder at være")
    button(page, "Lav temaet").click()
    expect(page.get_by_role("heading", name="Steder at være")).to_be_visible()

    next_step(page, "Afstemning")
    page.get_by_label("Pladser på listen").fill("2")
    page.get_by_label("Minutter").fill("")
    button(page, "Se, og åbn").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row", name=re.compile("Borgere.*10"))).to_be_visible()
    button(dialog, "Åbn afstemningen").click()
    expect(page.get_by_text("af 15, der er med og kan stemme, har stemt.")).to_be_visible()
    ballot = kinds(hall, "ballot")[0]
    for token in everybody(hall):
        hall.do(token, "cast_ballot", ballot=ballot["id"], choices={ballot["options"][0]: 1})
    expect(page.locator(".bigcount > b")).to_have_text("15")
    button(page.locator("main"), "Luk afstemningen").click()
    button(page.get_by_role("dialog"), "Luk afstemningen").click()
    expect(page.get_by_text("Ingen har set tallene endnu")).to_be_visible()
    button(page.locator("main"), "Offentliggør resultatet").click()
    expect(page.get_by_role("heading", name="1 idé er valgt")).to_be_visible()

    next_step(page, "Mål")
    button(page.locator("main"), "Skriv mål").click()
    button(page.get_by_role("dialog"), "Begynd målet").click()
    expect(page.get_by_role("heading", level=1, name="Mål 1")).to_be_visible()
    write_goal(page)
    expect(page.locator(".sum .B b")).to_have_text("0")

    next_step(page, "Aftaler")
    button(page.locator("main"), "Ny aftale").click()
    page.get_by_label("Hvad aftaler vi, og hvorfor?").fill(str(AGREEMENT["purpose"]))
    button(page.get_by_role("dialog"), "Begynd aftalen").click()
    write_agreement(page)
    expect(page.locator(".sum .B b")).to_have_text("0")

    next_step(page, "Pause")
    next_step(page, "Stillingtagen")
    page.locator("#decide-agreement-A").click()
    button(page.get_by_role("dialog"), "Åbn for svar").click()
    expect(page.get_by_text("af 15, der var her, da der blev åbnet, har svaret.")).to_be_visible()
    decision = kinds(hall, "decision")[0]
    for token in everybody(hall):
        hall.do(token, "take_stance", decision=decision["id"], stance="for")
    expect(page.locator(".bigcount > b")).to_have_text("15")
    button(page.locator("main"), "Luk, og vis resultatet").click()
    button(page.get_by_role("dialog"), "Luk, og vis resultatet").click()
    expect(page.get_by_text("Båret i alle 2 grupper i rummet.")).to_be_visible()

    next_step(page, "Tilsagn")
    next_step(page, "Afslutning")
    expect(page.get_by_role("link", name="PDF")).to_have_attribute("href", re.compile(r"/export/pdf\?as=facilitator"))
    button(page, "Luk workshoppen").click()
    button(page.get_by_role("dialog"), "Luk workshoppen").click()
    expect(page.get_by_role("heading", name="Workshoppen er lukket")).to_be_visible()
    assert kinds(hall, "workshop")[0]["state"] == "closed"


def write_goal(page: Page) -> None:
    """Fill in every field the rules need, and wait until they are saved."""
    texts = {"target_group": "Målgruppe", "indicator": "Indikator", "unit": "Enhed", "data_source": "Datakilde", "baseline": "Udgangspunkt",
             "baseline_date": "Udgangspunkt målt", "target": "Målværdi", "deadline": "Frist", "owner": "Ansvarlig", "first_step": "Første skridt",
             "first_step_due": "Første skridt senest"}  # fmt: skip
    for name, label in texts.items():
        page.get_by_label(label, exact=True).fill(str(GOAL[name]))
    page.get_by_label("Retning").select_option("up")
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")


def write_agreement(page: Page) -> None:
    for place, party in enumerate(AGREEMENT["parties"]):  # type: ignore[arg-type]
        button(page, "Læg en part til").click()
        row = page.get_by_role("group", name=f"Parter {place + 1}")
        row.get_by_label("Part", exact=True).fill(party["name"])
        row.get_by_label("Gruppe", exact=True).select_option(party["group"])
    for place, given in enumerate(AGREEMENT["contributions"]):  # type: ignore[arg-type]
        button(page, "Læg et bidrag til").click()
        row = page.get_by_role("group", name=f"Bidrag {place + 1}")
        row.get_by_label("Hvad", exact=True).fill(given["what"])
    for _ in range(2):
        button(page, "Læg et mandat til").click()
    for name, label in {"decision_rule": "Beslutningsregel", "disagreement": "Håndtering af uenighed", "review_date": "Opfølgningsdato",
                        "exit_terms": "Udtræden", "notice_days": "Varsel i dage"}.items():  # fmt: skip
        page.get_by_label(label, exact=True).fill(str(AGREEMENT[name]))
    page.get_by_label("Åbenhed").select_option("public")
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
