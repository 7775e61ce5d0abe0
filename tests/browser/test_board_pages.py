"""What stands on a page of the board, in a real Chromium: a text on one page, and pages that stay while they are turned."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import FRAME, GOAL, Hall, days_from_now, in_danish
from tests.browser.looks import resize
from tests.browser.phones import come_in
from tests.browser.test_board import CUT_OFF, SMALL_TEXT
from tests.browser.waiting import drawn

NARROW = {"width": 1024, "height": 768}
UPRIGHT = {"width": 1080, "height": 1920}
PARTIES = {
    "Fjordby Byråd": "politicians",
    "Kommunens skoler": "politicians",
    "Ungerådet": "citizens",
    "Idrætsrådet": "professionals",
}
SENTENCE = "Skolerne i de fire byer står åbne for unge tre aftener om ugen, også i skoleferierne. "
GIVES = "Hal, køkken og to lokaler på hver skole hver uge"


def full_agreement(hall: Hall, purpose: str = (SENTENCE * 5)[:400]) -> str:
    """An agreement of 400 characters and four parties; its id."""
    return hall.agreement(
        purpose=purpose,
        parties=[{"name": name, "group": group} for name, group in PARTIES.items()],
        contributions=[
            {"party": name, "what": GIVES, "how_much": "640.000 kr. om året", "by_when": days_from_now(200)}
            for name in PARTIES
        ],
        mandates=[{"party": name, "kind": "may_decide"} for name in PARTIES],
    )


def test_an_agreement_of_400_characters_and_four_parties_is_one_page(hall: Hall, open_page: OpenPage):
    agreement = full_agreement(hall)
    board = open_page(hall.board_url, BOARD)
    for size, zoom in product((BOARD, NARROW, UPRIGHT), (100, 130, 200)):
        resize(board, size)
        hall.chair("show_on_board", shows=agreement, zoom=zoom)
        expect(board.get_by_role("heading", name="Aftale A")).to_be_visible()
        expect(board.get_by_text("Det vil vi")).to_be_visible()
        drawn(board)
        expect(board.locator(".page")).to_have_count(0)
        assert board.locator("thead th").all_inner_texts() == ["Hvem", "Giver", "Hvor meget", "Senest"]
        rows = [row.split("\t") for row in board.locator("tbody tr").all_inner_texts()]
        assert [row[0].strip() for row in rows] == list(PARTIES)
        assert {tuple(row[1:]) for row in rows} == {(GIVES, "640.000 kr. om året", in_danish(days_from_now(200)))}
        assert board.evaluate(CUT_OFF) == [], (size, zoom)
        assert zoom != 200 or size is UPRIGHT or board.evaluate(SMALL_TEXT) == [], size


def test_a_goal_has_its_words_and_facts_on_one_page_each_with_its_label(hall: Hall, open_page: OpenPage):
    hall.agreement()
    goal = next(record for record in hall.records() if record["kind"] == "goal")
    board = open_page(hall.board_url, NARROW)
    hall.chair("show_on_board", shows=goal["id"])
    expect(board.get_by_text("Det vil vi")).to_be_visible()
    expect(board.locator("tbody tr")).to_have_count(5)
    expect(board.get_by_role("row", name="Ansvarlig Ungechefen")).to_be_visible()
    expect(board.locator(".page")).to_have_count(0)


def test_a_longer_agreement_has_pages_that_all_say_what_stands_on_them(hall: Hall, open_page: OpenPage):
    agreement = full_agreement(hall, purpose=SENTENCE * 8)
    board = open_page(hall.board_url, BOARD)
    words = ""
    for page in range(3):
        hall.chair("show_on_board", shows=agreement, page=page)
        expect(board.get_by_text(f"Side {page + 1} af 3")).to_be_visible()
        assert board.get_by_text("Det vil vi").count() == (page < 2)
        assert board.locator("tbody tr").count() == (0 if page < 2 else 4)
        words += " ".join(board.locator(".text").all_inner_texts()) + " "
    assert words.split() == (SENTENCE * 8).split()


def turn(hall: Hall, board: Page, page: int, **shown: Any) -> str:
    """Turn the board to a page, after the last the first, and answer what it says of its pages."""
    hall.chair("show_on_board", page=page, **shown)
    line = board.locator(".page span")
    whole = int(re.findall(r"af (\d+)", line.inner_text())[0])
    expect(line).to_have_text(f"Side {page % whole + 1} af {whole}")
    return line.inner_text()


@pytest.mark.parametrize("zoom", [100, 150])
def test_the_number_of_pages_stays_while_they_are_turned(hall: Hall, open_page: OpenPage, zoom: int):
    hall.join("citizens", 5)
    short, long = (
        "Lån telt og kajak",
        "Foreninger får nøgle til skolen efter klokken seksten, og de unge bestemmer selv. " * 3,
    )
    hall.ideas([(short, long)[number > 20] + f" {number}" for number in range(30)])
    board = open_page(hall.board_url, BOARD)
    hall.chair("show_on_board", shows="step", zoom=zoom)
    expect(board.locator("body")).to_have_attribute("style", re.compile("--zoom"))
    drawn(board)
    said = []
    for page in range(8):
        said.append(turn(hall, board, page, shows="step"))
        assert board.evaluate(CUT_OFF) == [], page
    assert len({words.split(" af ")[1] for words in said}) == 1, said


def test_what_stands_beside_takes_no_row_and_the_zoom_loses_none(hall: Hall, open_page: OpenPage):
    step = hall.start("agreements")
    for number in range(6):
        hall.agreement(purpose=f"Aftale {number}: {SENTENCE}"[:70])
    board = open_page(hall.board_url, NARROW)
    rows = board.locator(".plain-list > li")
    hall.chair("show_on_board", shows="step")
    expect(rows).to_have_count(6)
    hall.chair("extend_step", step=step, minutes=30)
    expect(board.locator(".side-rail .clock")).to_be_visible()
    expect(rows).to_have_count(6)
    hall.chair("show_on_board", shows="step", zoom=150)
    expect(board.locator(".page")).to_be_visible()
    seen = set()
    for page in range(3):
        turn(hall, board, page, shows="step")
        seen |= set(rows.all_inner_texts())
    assert len(seen) == 6


def test_ideas_under_a_hundred_characters_stand_twelve_to_a_page_and_themes_beside_each_other(
    hall: Hall, open_page: OpenPage
):
    hall.join("citizens", 5)
    hall.join("politicians", 5)
    idea = "Foreninger får nøgle til skolen efter klokken seksten, og de unge bestemmer selv, hvad der sker"
    ids = hall.ideas([f"{idea} {number:02}" for number in range(24)])
    board = open_page(hall.board_url, BOARD)
    expect(board.locator(".sheets > li").nth(11)).to_be_visible()
    assert board.locator(".sheets > li").count() >= 12
    assert board.evaluate(CUT_OFF) == []
    expect(board.locator(".legend-list")).to_contain_text("Borgere")
    for title, laid in (("Steder at være", ids[:9]), ("Voksne, der bliver", ids[9:17]), ("Vejen ind", ids[17:])):
        theme = hall.chair("create_theme", title=title)["theme"]
        for one in laid:
            hall.chair("move_idea", idea=one, theme=theme)
    hall.start("themes")
    expect(board.locator(".columns h2")).to_have_text(["Steder at være9", "Voksne, der bliver8", "Vejen ind7"])
    drawn(board)
    assert board.evaluate(CUT_OFF) == []


def test_on_an_upright_board_a_clock_that_names_another_day_leaves_the_code_its_place(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 5)
    hall.ideas(["Fællesspisning hver torsdag"])
    hall.start("themes", minutes=24 * 60)
    board = open_page(hall.board_url, UPRIGHT)
    expect(board.locator(".clock small")).to_contain_text(" den ")
    drawn(board)
    assert board.evaluate(CUT_OFF) == []


LONG_WORD = "Speciallægepraksisplanlægningsstabiliseringsperiode"[:40]


def test_words_of_forty_letters_are_broken_and_never_cut(hall: Hall, open_page: OpenPage):
    def whole(name: str) -> None:
        for size in (NARROW, UPRIGHT):
            resize(board, size)
            drawn(board)
            assert board.evaluate(CUT_OFF) == [], (name, size)

    hall.chair("edit_workshop", title=LONG_WORD, question=f"Hvad gør vi ved {LONG_WORD}?")
    hall.join("citizens", 5)
    board = open_page(hall.board_url, NARROW)
    expect(board.locator("h1")).to_contain_text(LONG_WORD)
    whole("lobby")
    ids = hall.ideas([f"{LONG_WORD} {number}" for number in range(14)])
    expect(board.locator(".sheets > li").first).to_be_visible()
    whole("ideas")
    for number in range(4):
        theme = hall.chair("create_theme", title=f"{number}{LONG_WORD}"[:40])["theme"]
        for one in ids[number * 3 : number * 3 + 3]:
            hall.chair("move_idea", idea=one, theme=theme)
    hall.start("themes")
    expect(board.locator(".columns h2").first).to_be_visible()
    whole("themes")
    parties = [{"name": LONG_WORD, "group": "citizens"}, {"name": "Byrådet", "group": "politicians"}]
    agreement = hall.agreement(
        purpose=f"{LONG_WORD} for alle",
        parties=parties,
        contributions=[{"party": one["name"], "what": LONG_WORD, "how_much": LONG_WORD} for one in parties],
        mandates=[{"party": one["name"], "kind": "may_decide"} for one in parties],
    )
    hall.chair("show_on_board", shows=agreement)
    expect(board.locator(".given")).to_be_visible()
    whole("agreement")
    hall.start("closing")
    hall.chair("show_on_board", shows="step")
    expect(board.locator(".ends")).to_be_visible()
    whole("closing")


def test_the_code_stays_large_while_people_arrive_until_the_facilitator_makes_it_small(hall: Hall, open_page: OpenPage):
    board = open_page(hall.board_url, BOARD)
    expect(board.locator("body")).to_have_class("board lobby")
    hall.start("welcome")
    assert next(one for one in hall.records() if one["kind"] == "board")["shows"] == "lobby"
    hall.chair("show_on_board", shows="step")
    expect(board.locator(".side-rail .qr")).to_be_visible()
    hall.chair("show_on_board", shows="lobby")
    hall.start("frame")
    expect(board.locator(".side-rail .qr")).to_be_visible()


def test_a_key_pressed_twice_brings_back_exactly_what_was_shown(hall: Hall, open_page: OpenPage):
    agreement = full_agreement(hall, purpose=SENTENCE * 8)
    hall.chair("show_on_board", shows=agreement, page=1)
    console = open_page(hall.console_url, CONSOLE)
    expect(console.locator(".link.on")).to_be_visible()

    def shown() -> tuple[str, int]:
        board = next(one for one in hall.records() if one["kind"] == "board")
        return board["shows"], board["page"]

    for keys, after in (("q", "qr"), ("b", "blank"), ("b", "qr"), ("q", agreement), ("b", "blank"), ("b", agreement)):
        console.keyboard.press(keys)
        for _ in range(40):
            if shown()[0] == after:
                break
            console.wait_for_timeout(250)
        assert shown()[0] == after
    assert shown() == (agreement, 1)


def test_the_end_shows_every_text_its_result_who_answers_and_the_next_dates(hall: Hall, open_page: OpenPage):
    people = hall.join("citizens", 6) + hall.join("politicians", 6)
    agreement = hall.agreement()
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for person in people:
        hall.do(person, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    hall.start("closing")
    board = open_page(hall.board_url, BOARD)
    rows = board.locator(".ends tbody tr")
    expect(rows).to_have_count(2)
    # The goal is a draft still, so the verb of the agreement stands in its row alone.
    expect(board.get_by_role("heading", name="Mål og aftaler")).to_be_visible()
    agreed = rows.filter(has_text="Aftale A")
    expect(agreed).to_contain_text("Skolerne står åbne for unge tre aftener om ugen")
    expect(agreed).to_contain_text("Flertal i begge grupper")
    expect(agreed).to_contain_text("Fjordby Byråd")
    due = in_danish(FRAME["response_due"])
    expect(agreed).to_contain_text(f"senest {due}")
    dates = board.locator(".next-dates li")
    expect(dates).to_have_count(3)
    expect(dates.first).to_contain_text("Åbn skolen om tirsdagen")
    assert board.evaluate(CUT_OFF) == []


def test_the_chosen_ideas_stay_in_view_while_goals_are_written(hall: Hall, open_page: OpenPage):
    people = hall.join("citizens", 10)
    ids = hall.ideas(["Gratis bus om aftenen", "Lån telt og kajak", "Fast kontaktperson"])
    hall.start("ballot")
    ballot = hall.chair("open_ballot", method="approval", options=ids, settings={"choices": 2, "seats": 2})["ballot"]
    for person in people:
        hall.do(person, "cast_ballot", ballot=ballot, choices={ids[0]: 1, ids[1]: 1})
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    hall.start("goals")
    board = open_page(hall.board_url, BOARD)
    chosen = board.locator(".chosen-ideas li")
    expect(chosen).to_have_count(2)
    hall.chair("draft_goal", **{**GOAL, "from_ideas": [ids[0]]})
    expect(board.locator(".plain-list li")).to_have_count(1)
    expect(chosen).to_have_count(2)
    goal = next(record for record in hall.records() if record["kind"] == "goal")
    hall.chair("show_on_board", shows=goal["id"])
    expect(board.get_by_role("row", name="Gratis bus om aftenen")).to_be_visible()
    phone = come_in(open_page, hall, "citizens")
    expect(phone.get_by_role("heading", name="De valgte idéer")).to_be_visible()
    expect(phone.get_by_text("Gratis bus om aftenen")).to_be_visible()
