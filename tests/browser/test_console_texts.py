"""Goals and agreements at the console: writing, two editors at once, amendments, decisions on a text."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.consoles import (
    button,
    everybody,
    kinds,
    press_on,
    tab_to,
)
from tests.browser.hall import AGREEMENT, GOAL, Hall
from tests.browser.waiting import until


def test_the_text_that_is_written_is_on_the_board_until_it_is_taken_off(hall: Hall, console: Page):
    page = console
    goals = [hall.chair("draft_goal", **{**GOAL, "title": title})["goal"] for title in ("Åbne skoler", "En fast voksen")]
    hall.start("goals")
    shows = lambda what: kinds(hall, "board")[0]["shows"] == what  # noqa: E731
    picture = page.get_by_role("img", name="Tavlen nu")
    button(page, "1. Åbne skoler").click()
    expect(picture).to_have_attribute("aria-label", re.compile("Åbne skoler"))
    button(page, "Mål 2").click()
    expect(picture).to_have_attribute("aria-label", re.compile("En fast voksen"))
    until(lambda: shows(goals[1]))
    button(page, "Tag af tavlen").click()
    expect(button(page, "Vis på tavlen")).to_be_visible()
    until(lambda: shows("step"))
    # Whoever has made the board black keeps it so.
    hall.chair("show_on_board", shows="blank")
    expect(picture).to_have_attribute("aria-label", re.compile("Skærmen er slukket"))
    button(page, "Mål 1").click()
    expect(page.get_by_role("heading", level=1, name="Mål 1")).to_be_visible()
    assert shows("blank")
    hall.chair("show_on_board", shows=goals[0])
    expect(button(page, "Tag af tavlen")).to_be_visible()
    button(page, "Alle mål").click()
    expect(button(page, "1. Åbne skoler")).to_be_visible()
    page.wait_for_function("() => !document.querySelector('.nowh.compact')")
    expect(picture).not_to_have_attribute("aria-label", re.compile("Mål 1"))
    until(lambda: shows("step"))


def test_an_agreement_is_one_table_a_row_per_party(hall: Hall, console: Page):
    page = console
    hall.agreement(mandates=[])
    hall.start("agreements")
    page.locator("main .text-list").get_by_role("button", name=re.compile("^A")).first.click()
    first, second = page.locator(".party").nth(0), page.locator(".party").nth(1)
    expect(first.get_by_label("Giver, Byrådet")).to_have_value("Lys, varme og opsyn")
    # Nobody has said yet whether they may say yes themselves.
    expect(page.locator(".may-choice.unset")).to_have_count(2)
    assert not page.locator(".may-choice [aria-pressed=true]").count()
    first.get_by_label("Part 1", exact=True).focus()
    cells = ("Giver, Byrådet", "Hvor meget, Byrådet", "Senest, Byrådet")
    for name in cells:
        tab_to(page, first.get_by_label(name), most=5)
    press_on(page, button(first, "Ja"))
    button(second, "Skal spørge").click()
    second.get_by_label("Ungerådet spørger").fill("Bestyrelsen")
    button(page, "Tilføj en part").click()
    third = page.locator(".party").nth(2)
    expect(third.get_by_label("Part 3", exact=True)).to_be_focused()
    page.keyboard.type("Skolen")
    third.get_by_label("Giver, Skolen").fill("En hal, et køkken og to lokaler på hver af de fire skoler i kommunen")
    third.get_by_label("Giver, Skolen").blur()
    expect(third.locator(".gift.long")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
    (agreement,) = kinds(hall, "agreement")
    assert [party["name"] for party in agreement["parties"]] == ["Byrådet", "Ungerådet", "Skolen"]
    said = [(one["party"], one["kind"], one["ask_whom"]) for one in agreement["mandates"]]
    assert said == [("Byrådet", "may_decide", ""), ("Ungerådet", "must_ask", "Bestyrelsen")]
    # A new name takes what was given along.
    first.get_by_label("Part 1", exact=True).fill("Fjordby Byråd")
    first.get_by_label("Part 1", exact=True).blur()
    expect(first.get_by_label("Giver, Fjordby Byråd")).to_have_value("Lys, varme og opsyn")


def test_two_editors_of_the_same_words_lose_neither_text(hall: Hall, console: Page):
    page = console
    goal = hall.chair("draft_goal", **GOAL)["goal"]
    hall.start("goals")
    button(page, f"1. {GOAL['title']}").click()
    title = page.get_by_label("Hvad er anderledes, og for hvem?")
    title.fill("Syv ud af ti unge har et åbent sted")
    hall.chair("edit_goal", goal=goal, version=1, title="Otte ud af ti unge har et åbent sted")
    title.blur()
    alert = page.get_by_role("alert")
    expect(alert.get_by_text("Syv ud af ti unge har et åbent sted").first).to_be_visible()
    expect(alert.get_by_text("Otte ud af ti unge har et åbent sted").first).to_be_visible()
    assert kinds(hall, "goal")[0]["title"].startswith("Otte")
    button(alert, "Brug min").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
    assert kinds(hall, "goal")[0]["title"].startswith("Syv")


def test_editors_of_different_fields_do_not_disturb_each_other(hall: Hall, console: Page):
    page = console
    goal = hall.chair("draft_goal", **GOAL)["goal"]
    hall.start("goals")
    button(page, f"1. {GOAL['title']}").click()
    page.get_by_label("Ansvarlig", exact=True).fill("Kulturchefen")
    hall.chair("edit_goal", goal=goal, version=1, unit="procent")
    page.get_by_label("Ansvarlig", exact=True).blur()
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
    saved = kinds(hall, "goal")[0]
    assert (saved["owner"], saved["unit"]) == ("Kulturchefen", "procent")


def test_phones_show_a_text_when_its_field_is_left_and_the_board_while_it_is_written(
    hall: Hall, console: Page, open_page: OpenPage
):
    page, words = console, "Syv ud af ti unge har et åbent sted"
    goal = hall.chair("draft_goal", **GOAL)["goal"]
    hall.start("goals")
    hall.chair("show_on_board", shows=goal)
    person = hall.people["citizens"][0]
    board = open_page(hall.board_url, CONSOLE)
    expect(board.get_by_text(GOAL["title"]).first).to_be_visible()
    button(page, f"1. {GOAL['title']}").click()
    title = page.get_by_label("Hvad er anderledes, og for hvem?")
    title.fill("Syv ud af ti un")
    title.press_sequentially("ge har et åbent sted")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("endnu ikke på telefonerne")
    # The board shows the words that are new inside its own marks, so they are read as one text.
    expect(board.locator("body")).to_contain_text("Syv")
    assert [one["title"] for one in hall.records(person) if one["id"] == goal] == [GOAL["title"]]
    assert kinds(hall, "goal")[0]["title"] == words
    title.blur()
    expect(heading).not_to_contain_text("endnu ikke på telefonerne")
    assert [one["title"] for one in hall.records(person) if one["id"] == goal] == [words]


def test_phones_show_what_was_written_when_another_step_is_opened_by_a_key(hall: Hall, console: Page):
    page, words = console, "Syv ud af ti unge har et åbent sted"
    goal = hall.chair("draft_goal", **GOAL)["goal"]
    hall.start("goals")
    button(page, f"1. {GOAL['title']}").click()
    page.get_by_label("Hvad er anderledes, og for hvem?").fill(words)
    expect(page.get_by_role("heading", level=1)).to_contain_text("endnu ikke på telefonerne")
    button(page, "Alle mål").press("Enter")
    person = hall.people["citizens"][0]
    until(lambda: [one["title"] for one in hall.records(person) if one["id"] == goal] == [words])


def test_an_amendment_is_shown_old_beside_new_and_taken_in(hall: Hall, console: Page):
    page = console
    goal = hall.chair("draft_goal", **GOAL)["goal"]
    hall.start("goals")
    button(page, f"1. {GOAL['title']}").click()
    for new in ("7 ud af 10 unge har et åbent sted", "Alle unge har et åbent sted"):
        hall.do(hall.people["citizens"][0], "propose_amendment", on=goal, field="title", new=new, reason="Vi kan nå flere")
    part = page.get_by_role("region", name="Ændringsforslag fra deltagerne")
    expect(part.locator("article")).to_have_count(2)
    expect(page.locator(".toasts")).to_contain_text("Nyt ændringsforslag fra salen: Mål 1")
    expect(part.locator("article").first.locator("del")).not_to_have_count(0)
    button(part.locator("article").first, "Godkend ændringen").click()
    expect(page.get_by_label("Hvad er anderledes, og for hvem?")).to_have_value("7 ud af 10 unge har et åbent sted")
    button(part.locator("article").first, "Afvis").click()
    page.get_by_role("dialog").get_by_label("Hvorfor afvises det?").fill("For bredt")
    button(page.get_by_role("dialog"), "Afvis").click()
    expect(part.locator("article")).to_have_count(0)
    assert {one["state"] for one in kinds(hall, "amendment")} == {"accepted", "rejected"}


def test_a_text_that_is_decided_on_is_changed_only_on_purpose_and_the_stances_do_not_follow(hall: Hall, console: Page):
    page = console
    agreement = hall.agreement()
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    hall.do(hall.people["citizens"][0], "take_stance", decision=decision, stance="for")
    hall.start("agreements")
    button(page, f"A. {AGREEMENT['purpose']}").click()
    purpose = page.get_by_label("Hvad aftaler vi, og hvorfor?")
    expect(purpose).to_be_disabled()
    button(page, "Stop afstemningen, og ret teksten").click()
    button(page.get_by_role("dialog"), "Stop afstemningen, og ret teksten").click()
    expect(purpose).to_be_enabled()
    purpose.fill("Skolerne står åbne for unge to aftener om ugen.")
    purpose.blur()
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
    expect(page.get_by_text("Teksten er ændret, så stemmerne tæller ikke")).to_be_visible()
    ended = kinds(hall, "decision")[0]
    assert (ended["state"], ended["closed_because"], ended["result"]) == ("closed", "text_changed", None)
    expect(page.locator("#decide-agreement-A")).to_be_visible()


def test_a_small_draft_goes_by_consent(hall: Hall, console: Page):
    page = console
    goal = hall.chair("draft_goal", **GOAL)["goal"]
    hall.start("goals")
    button(page, f"1. {GOAL['title']}").click()
    page.get_by_text("Spørg kun, om der er indvendinger").click()
    button(page, "Spørg: Er der en begrundet indvending?").click()
    expect(page.get_by_text("Runde 1: Er der en begrundet indvending?")).to_be_visible()
    for token in everybody(hall)[1:]:
        hall.do(token, "consent", on=goal)
    hall.do(everybody(hall)[0], "object", on=goal, reason="Hvem betaler for det?")
    expect(page.get_by_text("Hvem betaler for det?")).to_be_visible()
    button(page.locator("main"), "Luk runden").click()
    expect(page.get_by_text("Der er en åben indvending")).to_be_visible()
    assert kinds(hall, "consent")[0]["outcome"] == "objection"
