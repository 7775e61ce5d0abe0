"""The public page: on a phone, on paper, without scripts; and new at once for whoever has it open."""

from __future__ import annotations

import io
import secrets
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.axe import all_faults
from tests.browser.conftest import OpenPage
from tests.browser.hall import Hall

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 780}
WIDE = {"width": 1440, "height": 900}
TEXTS = ("Åbn skolen om aftenen, så der er et sted at være", "Lad unge få nøglen", "En fast voksen hele vejen")
FIRST, LAST = "Skolen står åben to aftener om ugen.", "Skolen står åben tre aftener om ugen, også i ferierne."
OUTSIDE = """() => [...document.querySelectorAll('th, td, p, li, .btn, h1, h2, h3, h4')]
  .filter(one => one.getClientRects().length && !one.closest('.vh, thead'))
  .filter(one => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0)
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def record(hall: Hall) -> str:
    """A published record of three ideas, a ballot, and two votes on one agreement; its address."""
    for group in ("citizens", "politicians"):
        hall.join(group, 11)
    hall.chair("edit_workshop", decision_level="agreement")
    ideas = hall.ideas(list(TEXTS))
    hall.start("ballot")
    ballot = hall.chair("open_ballot", options=ideas, method="approval", settings={"choices": 2, "seats": 2})["ballot"]
    for group in hall.people.values():
        for number, person in enumerate(group):
            hall.do(person, "cast_ballot", ballot=ballot, choices={ideas[0]: 1, ideas[1 + number % 2]: 1})
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    agreement = hall.agreement(purpose=FIRST)
    hall.start("decisions")
    vote(hall, agreement, 1, "against")
    hall.chair("edit_agreement", agreement=agreement, version=1, purpose=LAST)
    vote(hall, agreement, 2, "for")
    hall.chair("close_workshop")
    publish(hall)
    slug = next(one for one in hall.records() if one["kind"] == "workshop")["record_slug"]
    return hall.url(f"/record/{slug}")


def publish(hall: Hall, **args: Any) -> None:
    """Publish the record, or take it back, which only its organiser may."""
    answer = requests.post(
        hall.url(f"/api/commands?workshop={hall.id}"),
        json={"id": secrets.token_hex(16), "name": "publish_record", "args": {"published": True} | args},
        headers={"Authorization": f"Bearer {hall.server.organiser()}"},
        timeout=20,
    )
    assert answer.json()["ok"], answer.text


def vote(hall: Hall, on: str, version: int, stance: str) -> None:
    decision = hall.chair("open_decision", on=on, version=version)["decision"]
    for people in hall.people.values():
        for number, person in enumerate(people):
            hall.do(person, "take_stance", decision=decision, stance="blank" if number == 0 else stance)
    hall.chair("close_decision", decision=decision)


def test_nothing_of_the_record_is_outside_a_narrow_screen(record: str, open_page: OpenPage):
    page = open_page(record, NARROW, bypass_csp=True)
    for lang in ("da", "en"):
        page.goto(f"{record}?lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert page.evaluate(OUTSIDE) == []
        assert all_faults(page) == []


def test_the_vote_that_holds_comes_first_and_the_earlier_one_is_folded(record: str, open_page: OpenPage):
    page = open_page(record, NARROW)
    votes = page.locator("#decisions")
    expect(votes.locator("h3").first).to_be_hidden()
    votes.locator("summary").first.click()
    expect(votes.locator("h3").first).to_have_text("Aftale A, version 2")
    expect(votes.get_by_text("Flertal i begge grupper").first).to_be_visible()
    earlier = votes.locator("details", has_text="Tidligere afstemning: Aftale A, version 1")
    expect(earlier.get_by_text(FIRST)).to_be_hidden()
    earlier.locator("summary").click()
    expect(earlier.get_by_text(FIRST)).to_be_visible()


def test_the_matrix_says_counts_requirements_and_blank_votes(record: str, open_page: OpenPage):
    page = open_page(record, NARROW)
    row = page.locator("#results table").first.locator("tbody tr").first
    expect(row).to_contain_text("20 for, 0 imod, 2 blanke")
    own = page.locator("#decisions tbody tr").first
    expect(own).to_contain_text("10 for, 0 imod, 1 blank")
    expect(own).to_contain_text("2/3, fordi gruppen selv er part")
    expect(own.locator(".bar s")).to_have_attribute("style", "left:66.7%")
    ideas = page.locator("#results table").nth(1).locator("tbody tr")
    expect(ideas.first).to_contain_text("22 af 22 satte kryds")


def test_the_two_pages_can_be_fetched_from_the_record(record: str, open_page: OpenPage):
    page = open_page(record, NARROW)
    for name, end in (("PDF, to sider", ".pdf"), ("Word, to sider", ".docx")):
        with page.expect_download() as begun:
            page.get_by_role("link", name=name).click()
        assert "kort" in begun.value.suggested_filename and begun.value.suggested_filename.endswith(end)


def test_what_is_published_is_seen_at_once_by_whoever_has_the_page_open(hall: Hall, record: str, open_page: OpenPage):
    page = open_page(record, NARROW)
    item = page.locator(".item").first
    expect(item.locator(".stamp")).to_contain_text("Ikke overdraget")
    terms = item.locator(".fold", has_text="Hele teksten")
    terms.locator("summary").click()
    terms.locator("summary").focus()
    way = page.locator("#way").element_handle()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#refreshed")).to_be_empty()
    hall.chair("hand_over_result", due="2031-01-27")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(item.locator(".stamp")).to_contain_text("Afventer svar senest 27. januar 2031")
    expect(page.locator(".today .one")).to_contain_text("svarer senest 27. januar 2031")
    expect(page.locator("#refreshed")).to_contain_text("Der er nyt på den")
    expect(terms.locator(".inner")).to_be_visible()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Hele teksten"
    assert way is not None and way.evaluate("one => one.isConnected"), "only what changed was put in"


def test_a_record_that_is_taken_back_is_gone_for_whoever_has_it_open(hall: Hall, record: str, open_page: OpenPage):
    page = open_page(record, NARROW)
    publish(hall, published=False, reason="En part bad om det.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("heading", level=1)).to_have_text("Referatet er trukket tilbage")
    expect(page.get_by_text("Grund: En part bad om det.")).to_be_visible()


def test_without_scripts_everything_is_there(record: str, browser: Browser):
    context = browser.new_context(java_script_enabled=False, locale="da-DK", viewport=NARROW)
    page = context.new_page()
    page.goto(record)
    expect(page.locator(".today .one")).to_contain_text("Resultatet er endnu ikke overdraget")
    expect(page.locator("#overview tbody tr")).to_have_count(1)
    expect(page.locator("#ideas-told tbody tr").first).to_contain_text("Valgt i afstemningen, men ikke med i et mål")
    page.locator(".item summary", has_text="Kravet i hver gruppe").click()
    expect(page.locator(".in-groups li").first).to_contain_text(
        "Flertal på 2/3 kræver to tredjedele, fordi gruppen selv er part"
    )
    context.close()


def test_on_paper_the_first_page_stands_alone(record: str, open_page: OpenPage):
    page = open_page(record, WIDE)
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    for words in ("Sådan står det", "Besvaret", "De næste datoer", "kortene svarer"):
        assert words in pages[0]
    assert "Kravet" not in pages[0] and pages[1].startswith("Aftale A")
    whole = " ".join(" ".join(pages).split())
    assert "2/3, fordi gruppen selv er part" in whole, "what is folded on the screen is open on paper"
