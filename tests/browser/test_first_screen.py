"""What a phone of 390 × 667 shows without scrolling: the answers to a decision, the text to be read, one clock, a like idea."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, field, look, open_ballot, primary

SMALL = {"width": 390, "height": 667}
ANSWERS = ("For", "For, med forbehold", "Imod", "Blank")


def seen(phone: Page, what: Any) -> bool:
    """Whether it is on the screen and nothing lies over it."""
    return bool(
        what.evaluate(
            """node => {
                const box = node.getBoundingClientRect();
                const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
                const on = document.elementFromPoint(x, y);
                return box.top >= 0 && box.bottom <= innerHeight && (node.contains(on) || on?.contains(node));
            }"""
        )
    )


def decide(hall: Hall, **args: Any) -> str:
    hall.join("citizens", 3)
    hall.join("politicians", 3)
    agreement = hall.agreement()
    hall.chair("propose_text", on=agreement)
    hall.start("decisions")
    return str(hall.chair("open_decision", on=agreement, version=1, **args)["decision"])


def test_four_choices_of_a_decision_are_in_view_whatever_the_text(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall, size=SMALL)
    decide(hall)
    expect(phone.locator(".stance .choice")).to_have_count(4)
    assert phone.evaluate("() => scrollY") == 0
    for answer in ANSWERS:
        assert seen(phone, phone.locator(".stance .choice").filter(has=phone.get_by_text(answer, exact=True))), answer
    assert seen(phone, primary(phone))
    assert seen(phone, phone.locator("main .words").first), "nothing of the text is left to read"


def test_a_reservation_opens_its_field_in_view(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall, size=SMALL)
    decide(hall)
    phone.get_by_label("For, med forbehold").check()
    reason = phone.locator("#stance-reservation")
    expect(reason).to_be_in_viewport()
    phone.wait_for_timeout(300)
    assert seen(phone, reason)
    reason.fill("Kun hvis der er opsyn.")
    primary(phone).click()
    expect(phone.get_by_text("Din stemme er sendt").first).to_be_visible()


def test_one_clock_only(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    hall.start("frame", minutes=30)
    expect(phone.locator(".clock")).to_have_count(1)
    hall.join("citizens", 4)
    ids = hall.ideas(["En", "To", "Tre", "Fire"])
    hall.start("ballot", minutes=30)
    hall.chair("open_ballot", method="approval", options=ids, minutes=5)
    expect(phone.locator(".choices .choice, .choices label").first).to_be_visible()
    expect(phone.locator(".clock")).to_have_count(1)
    expect(phone.locator("main .clock")).to_have_count(1)


def test_the_way_to_propose_a_change_is_in_view_while_one_reads(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall, size=SMALL)
    agreement = hall.agreement()
    hall.chair("propose_text", on=agreement)
    look(phone, hall, agreement)
    propose = phone.get_by_role("button", name="Foreslå ændring")
    expect(propose).to_be_visible()
    assert seen(phone, propose) and seen(phone, phone.locator("main .words").first)
    phone.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    assert seen(phone, propose)
    propose.click()
    expect(phone.get_by_label("Hvad skal ændres?").or_(phone.locator("#say"))).to_be_in_viewport()


def test_a_like_idea_is_told_of_above_the_fold(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 2)
    hall.ideas(["Gratis bus for unge om aftenen", "Flere bænke i parken"])
    phone = come_in(open_page, hall, size=SMALL)
    look(phone, hall, "write")
    field(phone).fill("Gratis bus til unge hver aften")
    link = phone.locator(".alike-link")
    expect(link).to_be_visible()
    assert seen(phone, link)


def test_a_shortlist_has_the_own_ticks_and_one_box(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    ballot, ids = open_ballot(hall, seats=2, choices=2)
    rows = phone.locator(".choices .choice")
    expect(rows).to_have_count(4)
    chosen = rows.first
    words = chosen.locator(".words").text_content()
    chosen.click()
    primary(phone).click()
    expect(phone.get_by_text("Din stemme er sendt").first).to_be_visible()
    picked = next(record["id"] for record in hall.records() if record["kind"] == "idea" and record["text"] == words)
    for person in hall.people["citizens"]:
        hall.do(person, "cast_ballot", ballot=ballot, choices={picked: 1})
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    expect(phone.locator(".slip")).to_contain_text("Din stemme hjalp den valgte idé.")
    expect(phone.locator(".slip")).to_contain_text("Det kan kun du se.")
    expect(phone.locator(".slip")).to_have_count(1)
    expect(phone.get_by_text("Du satte kryds", exact=True)).to_have_count(1)
    assert words
    expect(phone.locator(".chosen-list li", has_text=words)).to_contain_text("Du satte kryds")
    assert ids
