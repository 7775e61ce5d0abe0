"""The board in a real Chromium: readable from the last row, the code always there, and nothing told before its time."""

from __future__ import annotations

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOARD, OpenPage
from tests.browser.hall import IDEAS, Hall
from tests.browser.looks import schemes
from tests.browser.waiting import drawn


def decoded(page: Page) -> tuple[str, float]:
    """What the code on the screen says, and its width as a share of the screen's, modules alone."""
    image = Image.open(io.BytesIO(page.screenshot()))
    found = zxingcpp.read_barcodes(image)
    assert found, "no code can be read from the board"
    place = found[0].position
    return found[0].text, (place.top_right.x - place.top_left.x) / image.width


def test_the_lobby_shows_a_code_a_quarter_of_the_screen_wide(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 5)
    board = open_page(hall.board_url, BOARD)
    expect(board.get_by_text("Hvad skal der til")).to_be_visible()
    expect(board.get_by_text("Borgere")).to_be_visible()
    for _ in schemes(board):
        text, share = decoded(board)
        assert text == hall.url(f"/j/{hall.code}")
        assert share >= 0.25
    expect(board.get_by_text(hall.code)).to_be_visible()


#: what a step says that waits for something
EMPTY = {
    "ideas": "Skriv på telefonen, én idé ad gangen",
    "themes": "Der kan ikke skrives idéer lige nu.",
    "ballot": "Der er intet at stemme om endnu.",
    "decisions": "Ingen mål eller aftaler endnu",
    "closing": "Her står de med resultatet, og hvem der svarer.",
    "break": "Næste: Afstemning om teksterne",
}


STEPS = ("welcome", "frame", "rules", "ideas", "themes", "ballot", "goals", "agreements", "break", "decisions",
         "commitments", "closing")  # fmt: skip


def test_every_step_has_a_face_in_its_empty_state_with_the_code_beside_it(hall: Hall, open_page: OpenPage):
    board = open_page(hall.board_url, BOARD)
    for kind in STEPS:
        step = hall.start(kind)
        title = next(one["title"] for one in hall.records() if one["id"] == step)
        # While people arrive the board shows the code and the question, and no title.
        if kind != "welcome":
            expect(board.locator(".hd")).to_contain_text(title)
        expect(board.locator("main h1").first).to_be_visible()
        expect(board.locator("main")).to_contain_text(EMPTY.get(kind, ""))
        text, share = decoded(board)
        assert text == hall.url(f"/j/{hall.code}"), kind
        assert share >= 0.12, kind
        too_small = board.evaluate(SMALL_TEXT)
        assert too_small == [], f"{kind}: under two hundredths of the height: {too_small}"
        assert board.evaluate(CUT_OFF) == [], f"{kind}: words that do not stand whole on the screen"


#: texts on the screen that are smaller than 2 % of its height
SMALL_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const box = walker.currentNode.parentElement;
    if (!text || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(box.tagName)) continue;
    if (box.closest('svg') || box.closest('.vh') || !box.getClientRects().length) continue;
    if (parseFloat(getComputedStyle(box).fontSize) < innerHeight * 0.02) small.push(text);
  }
  return small;
}"""

#: texts of which something is outside the screen or outside a box that cuts off what does not fit
CUT_OFF = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cut = [];
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || box.closest('svg, .vh, script, style, noscript')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const text = range.getBoundingClientRect();
    if (!text.width) continue;
    for (let around = box; around; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === 'visible') continue;
      const room = around.getBoundingClientRect();
      const out = text.right > room.right + 2 || text.left < room.left - 2 || text.bottom > room.bottom + 2;
      if (out) cut.push(walker.currentNode.textContent.trim());
      if (out) break;
    }
  }
  return cut;
}"""


def test_ideas_come_when_they_are_revealed_and_fill_pages_instead_of_shrinking(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 5)
    hall.start("ideas")
    board = open_page(hall.board_url, BOARD)
    hall.do(hall.people["citizens"][0], "post_idea", text="En hemmelig idé")
    expect(board.get_by_text("En hemmelig idé")).to_have_count(0)
    hall.ideas([f"{idea}, nummer {number}" for number in (1, 2) for idea in IDEAS])
    expect(board.get_by_text("Side 1 af 2")).to_be_visible()
    expect(board.locator(".sheets li")).to_have_count(14)
    hall.chair("show_on_board", shows="step", page=1)
    expect(board.get_by_text("Side 2 af 2")).to_be_visible()
    expect(board.get_by_text("En hemmelig idé")).to_be_visible()


def test_a_vote_shows_turnout_with_its_denominator_and_no_count_before_it_is_published(hall: Hall, open_page: OpenPage):
    people = hall.join("citizens", 6) + hall.join("politicians", 6)
    ids = hall.ideas(IDEAS)
    hall.start("ballot")
    board = open_page(hall.board_url, BOARD)
    expect(board.get_by_text("Afstemningen åbner om lidt.")).to_be_visible()
    ballot = hall.chair("open_ballot", method="approval", options=ids, settings={"choices": 3, "seats": 2})["ballot"]
    for person in people[:7]:
        hall.do(person, "cast_ballot", ballot=ballot, choices={ids[0]: 1, ids[1]: 1})
    ring = board.locator(".mid svg.people")
    expect(ring).to_have_attribute("aria-label", re.compile("^7 af 12"))
    expect(board.locator(".chosen-list")).to_have_count(0)
    hall.chair("close_ballot", ballot=ballot)
    expect(board.get_by_text("Afstemningen er lukket")).to_be_visible()
    hall.chair("publish_ballot", ballot=ballot)
    expect(board.locator(".chosen-list li")).to_have_count(2)
    expect(board.get_by_text("2 idéer bliver til mål")).to_be_visible()


def test_what_does_not_fit_a_page_goes_to_the_next_whatever_the_groups_and_the_zoom(hall: Hall, open_page: OpenPage):
    for group in ("citizens", "politicians", "professionals", "leaders"):
        hall.join(group, 6)
    ids = hall.ideas([f"{idea}, og det skal gælde i hele kommunen hele året rundt" for idea in IDEAS])
    hall.start("ballot")
    made = hall.chair("open_ballot", method="approval", options=ids, title="Hvilke?", settings={"seats": 5, "choices": 3})
    for number, person in enumerate(one for people in hall.people.values() for one in people):
        choices = {ids[(number + more) % len(ids)]: 1 for more in (0, 1, 3)}
        hall.do(person, "cast_ballot", ballot=made["ballot"], choices=choices)
    hall.chair("close_ballot", ballot=made["ballot"])
    hall.chair("publish_ballot", ballot=made["ballot"])
    board = open_page(hall.board_url, BOARD)
    for zoom in (100, 130):
        seen: set[str] = set()
        for page in range(12):
            hall.chair("show_on_board", shows=made["ballot"], page=page, zoom=zoom)
            drawn(board)
            assert board.evaluate(CUT_OFF) == [], (zoom, page)
            seen |= set(board.locator(".chosen-list .words").all_inner_texts())
        assert len(seen) == 5, (zoom, seen)


def test_a_long_text_is_enlarged_no_more_than_it_bears(hall: Hall, open_page: OpenPage):
    agreement = hall.agreement()
    purpose = "Skolerne holder åbent for alle unge i byen hver aften. " * 4
    hall.chair("edit_agreement", agreement=agreement, version=1, purpose=purpose)
    board = open_page(hall.board_url, BOARD)
    for zoom in (100, 150, 200):
        for page in range(5):
            hall.chair("show_on_board", shows=agreement, page=page, zoom=zoom)
            drawn(board)
            assert board.evaluate(CUT_OFF) == [], (zoom, page)
            assert float(board.evaluate("document.body.style.getPropertyValue('--zoom')")) >= 0.75
    hall.start("break")
    hall.chair("show_on_board", shows="step", page=0, zoom=150)
    expect(board.locator(".pause")).to_be_visible()
    # The step came before the zoom; there is room for all of it.
    expect(board.locator("body")).to_have_attribute("style", re.compile(r"--zoom: 1\.5"))


def test_a_decision_blocked_by_one_group_says_which_and_never_a_total_alone(hall: Hall, open_page: OpenPage):
    citizens, politicians = hall.join("citizens", 6), hall.join("politicians", 6)
    agreement = hall.agreement()
    hall.start("decisions")
    board = open_page(hall.board_url, BOARD)
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    expect(board.get_by_text("Skolerne står åbne").first).to_be_visible()
    expect(board.locator("main")).to_contain_text(
        "Teksten anbefales kun, hvis over halvdelen i hver gruppe og mindst to tredjedele i hele rummet er for."
    )
    for person in citizens:
        hall.do(person, "take_stance", decision=decision, stance="for")
    for person in politicians:
        hall.do(person, "take_stance", decision=decision, stance="against", reason="For dyrt")
    hall.chair("close_decision", decision=decision)
    expect(board.get_by_text("Ikke tilslutning")).to_be_visible()
    rows = board.locator(".rs li")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Politikere")).to_contain_text("Ikke flertal")
    expect(rows.filter(has_text="Borgere")).to_contain_text("Flertal")
    hall.chair("edit_agreement", agreement=agreement, version=1, purpose="Skolerne står åbne to aftener om ugen.")
    hall.chair("show_on_board", shows=agreement)
    expect(board.locator("ins")).to_contain_text("to")


def test_the_board_goes_dark_when_asked_and_ends_when_its_link_is_replaced(hall: Hall, open_page: OpenPage):
    board = open_page(hall.board_url, BOARD)
    hall.chair("show_on_board", shows="blank")
    expect(board.locator("body")).to_have_class(re.compile("blank"))
    hall.chair("show_on_board", shows="programme")
    expect(board.get_by_role("heading", name="Program")).to_be_visible()
    hall.chair("replace_link", role="board")
    expect(board.get_by_text("Skærmen er ikke længere forbundet til workshoppen")).to_be_visible()
