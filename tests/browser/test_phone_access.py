"""The phone by keys, read aloud, and at 320 pixels."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.axe import NOTHING_BESIDE
from tests.browser.conftest import OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import IDEAS, come_in, come_into, faults_of_a_phone, field, look, open_ballot


def test_the_whole_way_can_be_walked_with_keys(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = open_page(hall.url(f"/j/{hall.code}"))
    phone.locator("input[value=citizens]").focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Enter")
    expect(field(phone)).to_be_visible()
    phone.keyboard.press("Tab")
    expect(phone.locator(".skip")).to_be_focused()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    expect(field(phone)).to_be_focused()
    phone.keyboard.type("Skrevet uden mus")
    for _ in range(20):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.textContent").strip() == "Send idé":
            break
    phone.keyboard.press("Enter")
    expect(phone.locator(".idea.private")).to_contain_text("Skrevet uden mus")


def test_steps_and_open_votes_are_said_aloud(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    polite = phone.locator("body > [aria-live=polite]")
    hall.start("ideas")
    expect(polite).to_contain_text("Nu: ")
    open_ballot(hall, choices=1)
    expect(polite).to_contain_text("En afstemning er åben")


def test_no_screen_has_a_serious_fault_in_light_or_dark_or_runs_over_at_320(hall: Hall, open_page: OpenPage):
    wrong: list[str] = []

    def check(phone: Page, name: str) -> None:
        wrong.extend(faults_of_a_phone(phone, name))

    outside = open_page(hall.url("/"))
    check(outside, "front")
    for path, name in ((f"/j/{hall.code}", "join"), ("/f/nothing", "gone")):
        outside.goto(hall.url(path))
        check(outside, name)
    phone = come_in(open_page, hall)
    hall.join("citizens", 9)
    hall.join("politicians", 6)
    for kind in ("welcome", "frame", "rules", "ideas", "break"):
        hall.start(kind)
        expect(phone.locator(".stepline")).to_contain_text(kind_title(hall))
        check(phone, kind)
    ids = hall.ideas([*IDEAS, "مكتبة مفتوحة في المساء", "Ungdomsuddannelsesinstitutionernes" * 6])
    settings = {"choices": 2, "seats": 2}
    ballot = hall.chair("open_ballot", method="approval", options=ids[:4], settings=settings)["ballot"]
    for view in ("ideas", ids[0], "me", "mine", ballot):
        look(phone, hall, view)
        check(phone, view)
    for voter in hall.people["citizens"]:
        hall.do(voter, "cast_ballot", ballot=ballot, choices={ids[0]: 1})
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    agreement = hall.agreement()
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for view in (ballot, "goals", agreement, decision):
        look(phone, hall, view)
        check(phone, view)
    for voter in [*hall.people["citizens"], *hall.people["politicians"]]:
        hall.do(voter, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    expect(phone.locator("svg.table")).to_be_visible()
    check(phone, "result")
    for kind in ("commitments", "closing"):
        hall.start(kind)
        expect(phone.locator(".stepline")).to_contain_text(kind_title(hall))
        check(phone, kind)
    assert wrong == []


# A letter of 16 px on a narrower screen stands as one of 24 px does on 360: style sheets count the width in letters.
LARGE_TEXT = {"width": 240, "height": 600}


def test_with_large_text_an_answer_stands_before_the_ways_on_and_a_link_leads_to_it(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    come_into(hall, "decision")
    act, link = phone.locator(".act"), phone.get_by_role("button", name="Afstemningen er åben: gå til dit svar")
    expect(act.get_by_text("Imod")).to_be_visible()
    expect(link).to_be_hidden()
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert top(phone, ".act") > top(phone, ".more"), "at the bottom of an ordinary screen"
    phone.set_viewport_size({"width": 300, "height": 600})
    assert act.evaluate("foot => getComputedStyle(foot).position") == "static"
    assert len({answer["x"] for answer in boxes(phone, ".stance .choice")}) == 1
    assert top(phone, ".act") < top(phone, ".more")
    link.click()
    expect(act.locator("input").first).to_be_focused()
    phone.set_viewport_size(LARGE_TEXT)  # type: ignore[arg-type]
    assert phone.evaluate(NOTHING_BESIDE)
    name, me = phone.locator(".top .name").bounding_box(), phone.locator(".top .me").bounding_box()
    assert name and me and me["y"] < name["y"] + name["height"], "the way to oneself stands beside the title"
    look(phone, hall, "agreements")
    expect(phone.locator(".way-back span")).to_be_visible()
    arrow, words = boxes(phone, ".way-back .i, .way-back span")
    assert arrow["y"] < words["y"] + words["height"], "the arrow stands beside its words"


def test_with_large_text_the_code_of_a_card_fits_its_field(hall: Hall, open_page: OpenPage):
    page = open_page(hall.url("/k"), LARGE_TEXT)
    code = page.locator(".code-entry .input")
    code.fill("XXXXX-XXXXX")
    assert code.evaluate("field => field.scrollWidth <= field.clientWidth")


def boxes(phone: Page, parts: str) -> list[dict[str, float]]:
    return phone.locator(parts).evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")


def top(phone: Page, part: str) -> float:
    return float(boxes(phone, part)[0]["y"])


def kind_title(hall: Hall) -> str:
    return str(next(r["title"] for r in hall.records() if r["kind"] == "step" and r["state"] == "running"))
