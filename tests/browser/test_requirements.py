"""A decision's own rule on every screen: each group's line, and why it stands there."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, look
from tests.browser.test_board import CUT_OFF

PARTY = "kræver to tredjedele, fordi gruppen selv er part"


def lines(rows: Locator) -> list[str]:
    """Where the line of each row stands, as its style says."""
    return [str(row.get_attribute("style")) for row in rows.locator(".bar s").all()]


def decided(hall: Hall, stances: dict[str, list[str]]) -> str:
    """A decision between parties in which each group answered so; its id."""
    for group, taken in stances.items():
        hall.join(group, len(taken))
    hall.chair("edit_workshop", decision_level="agreement")
    agreement = hall.agreement()
    hall.start("decisions")
    decision = str(hall.chair("open_decision", on=agreement, version=1)["decision"])
    for group, taken in stances.items():
        for person, stance in zip(hall.people[group], taken, strict=True):
            hall.do(person, "take_stance", decision=decision, stance=stance)
    hall.chair("close_decision", decision=decision)
    return decision


def test_each_group_has_its_own_line_on_board_console_and_phone(hall: Hall, open_page: OpenPage):
    decision = decided(
        hall,
        {
            "citizens": ["for"] * 2 + ["blank"] * 18,
            "politicians": ["for"] * 6 + ["against"] * 4,
            "professionals": ["for"] * 6 + ["against"] * 4,
        },
    )
    at = {"citizens": "left:66.7%", "politicians": "left:66.7%", "professionals": "left:50.0%"}
    board = open_page(hall.board_url, BOARD)
    rows = board.locator(".rs li")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="Borgere")).to_contain_text("2 for, 18 blanke")
    expect(rows.filter(has_text="Borgere")).to_contain_text("Flertal på 2/3")
    expect(rows.filter(has_text="Politikere")).to_contain_text("Ikke flertal på 2/3")
    expect(rows.filter(has_text="Politikere")).to_contain_text(PARTY)
    expect(rows.filter(has_text="Fagfolk")).to_contain_text("kræver over halvdelen")
    assert sorted(lines(rows)) == sorted(at.values())
    expect(board.locator(".whole")).to_contain_text("14 for, 8 imod, 18 blanke")
    assert lines(board.locator(".whole")) == ["left:66.7%"]
    assert board.evaluate(CUT_OFF) == []

    console = open_page(hall.console_url, CONSOLE)
    table = console.locator("table.results").first
    expect(table).to_contain_text(PARTY)
    assert sorted(lines(table.locator("tr"))) == sorted([*at.values(), "left:66.7%"])

    phone = come_in(open_page, hall, "citizens")
    look(phone, hall, decision)
    bars = phone.locator(".group-bar")
    expect(bars.filter(has_text="Politikere")).to_contain_text(PARTY)
    assert sorted(lines(bars)) == sorted([*at.values(), "left:66.7%"])


def test_without_counts_a_sign_stands_on_its_side_of_the_line(hall: Hall, open_page: OpenPage):
    decided(hall, {"citizens": ["for"] * 6, "politicians": ["against"] * 6})
    board = open_page(hall.board_url, BOARD)
    expect(board.locator(".rs li")).to_have_count(2)
    assert sorted(lines(board.locator(".rs li"))) == ["left:66.7%", "left:66.7%"]
    expect(board.locator(".rs .bar .carried")).to_have_count(1)
    expect(board.locator(".rs .bar .not_carried")).to_have_attribute("style", "left:0.0%;width:66.7%")
