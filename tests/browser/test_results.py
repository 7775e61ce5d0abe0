"""What a published ballot and an open decision say on board and console: every number with its unit, and no word too many."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import IDEAS, Hall


def published(hall: Hall, method: str, options: list[str], choices: dict[str, dict[str, Any]]) -> None:
    """A ballot without a shortlist in which everybody of a group has chosen the same, published."""
    settings = {"dots": 3, "per_option": 2} if method == "dots" else {}
    made = hall.chair("open_ballot", method=method, options=options, title="Hvad siger I?", settings=settings)
    for group, chosen in choices.items():
        for person in hall.people[group]:
            hall.do(person, "cast_ballot", ballot=made["ballot"], choices=chosen)
    hall.chair("close_ballot", ballot=made["ballot"])
    hall.chair("publish_ballot", ballot=made["ballot"])


def screens(hall: Hall, open_page: OpenPage) -> tuple[Page, Page]:
    """The main parts of board and console."""
    return open_page(hall.board_url, BOARD), open_page(hall.console_url, CONSOLE)


def test_a_result_says_what_is_counted_and_is_open_where_it_stands_alone(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 12), hall.join("politicians", 11)
    ids = hall.ideas(IDEAS[:3])
    hall.start("ballot")
    board, console = screens(hall, open_page)
    middle = console.locator("main")
    expect(middle).to_contain_text("Sæt kryds ved de idéer")
    published(hall, "dots", ids, {})
    expect(board.locator("main")).to_have_text("Ingen stemte.")
    expect(middle).to_contain_text("Ingen stemte.")
    expect(middle).not_to_contain_text("ingen tal")

    published(hall, "dots", ids, {"citizens": {ids[0]: 1, ids[1]: 2}, "politicians": {ids[0]: 2}})
    expect(board.locator(".chosen-list li").first).to_contain_text("34 prikker")
    expect(middle.get_by_role("columnheader", name="Prikker i alt")).to_be_visible()
    expect(middle.get_by_role("cell", name="34")).to_be_visible()
    expect(middle).not_to_contain_text("Sæt kryds")


def test_the_order_by_agreement_has_counts_beside_its_percentages(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 12), hall.join("politicians", 11)
    ids = hall.ideas(IDEAS[:3])
    hall.start("ballot")
    board, console = screens(hall, open_page)
    citizens = {ids[0]: "agree", ids[1]: "disagree", ids[2]: "agree"}
    published(hall, "positions", ids, {"citizens": citizens, "politicians": {ids[0]: "agree", ids[1]: "agree"}})
    for main in (board.locator("main"), console.locator("main")):
        expect(main.get_by_role("heading", name="Fra mest til mindst enighed")).to_be_visible()
        rows = main.locator(".chosen-list li")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("Borgere 12 af 12 enige")
        expect(rows.last).to_contain_text("Borgere 0 af 12 enige")
        expect(main.get_by_text("Procenten lægger én enig og én uenig til i hver gruppe")).to_be_visible()
    expect(board.locator("main")).not_to_contain_text("alle grupper")
    missing = console.get_by_text("Hvor tal for grupper mangler, har ikke alle grupper mindst 10 stemmer.")
    expect(missing).to_have_count(1)
    expect(missing).to_be_hidden()
    console.locator("summary").filter(has_text="Alle 3 med tal").click()
    expect(missing).to_be_visible()


def test_a_decision_without_a_text_offers_to_write_one_and_shows_no_table_of_names(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 12), hall.join("politicians", 11)
    hall.start("decisions")
    console = open_page(hall.console_url, CONSOLE)
    main = console.locator("main")
    for name in ("Nyt mål", "Ny aftale"):
        expect(main.get_by_role("button", name=name)).to_be_visible()
    hall.chair("open_decision", on=hall.agreement(), version=1)
    expect(main.get_by_text("Kan ikke ændres, når afstemningen er åbnet")).to_be_visible()
    expect(main.get_by_text("Sådan tælles grupperne")).to_have_count(0)
    expect(main.get_by_text("Tal for hver gruppe vises først")).to_be_visible()


def test_what_stands_in_a_select_is_whole_and_the_pages_of_the_board_stay_in_the_rail(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 1)
    hall.ideas(IDEAS[:3])
    hall.start("ballot")
    console = open_page(hall.console_url, CONSOLE)
    select = console.get_by_label("Vægt")
    wide = select.evaluate("""select => {
      const words = document.createElement('span');
      words.style.cssText = `font: ${getComputedStyle(select).font}; position: absolute; white-space: nowrap`;
      words.textContent = select.selectedOptions[0].text;
      document.body.append(words);
      const style = getComputedStyle(select);
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const left = room - words.getBoundingClientRect().width;
      words.remove();
      return left;
    }""")
    assert wide >= 0
    shown = hall.chair("record_hands", question="Pause?", rows=[{"label": "Ja", "count": 1}, {"label": "Nej", "count": 0}])
    hall.chair("show_on_board", shows=shown["show_of_hands"])
    expect(console.locator(".screens").get_by_role("button", name="Håndsoprækning")).to_be_visible()
    rail, pages = console.locator(".prog").bounding_box(), console.locator(".board-controls .pair").last.bounding_box()
    assert rail and pages
    assert pages["y"] + pages["height"] <= rail["y"] + rail["height"]


def test_the_words_of_an_open_decision_stand_over_the_turnout_of_the_groups(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 12), hall.join("politicians", 11)
    agreement = hall.agreement(purpose="Skolerne holder åbent for alle unge i byen hver aften. " * 7)
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for people in hall.people.values():
        for person in people:
            hall.do(person, "take_stance", decision=decision, stance="for")
    board = open_page(hall.board_url, BOARD)
    groups = board.locator("body > main .by-group")
    expect(groups).to_contain_text("Har stemt indtil nu")
    words, below = board.locator("body > main .mid .words").bounding_box(), groups.bounding_box()
    assert words and below
    assert words["y"] + words["height"] <= below["y"] + 1
