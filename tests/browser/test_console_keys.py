"""The console by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.consoles import (
    IDEAS,
    act,
    button,
    everybody,
    go_on,
    kinds,
    kinds_soon,
    next_step,
    press_on,
    tab_to,
    write_ideas,
)
from tests.browser.hall import AGREEMENT, GOAL, Hall
from tests.browser.waiting import until


def test_the_keyboard_alone_is_enough_for_a_whole_seminar(hall: Hall, console: Page):
    page = console
    main, dialog = page.locator("main"), page.get_by_role("dialog")
    for title in ("Velkommen", "Rammen", "Spilleregler"):
        go_on(page, title)
    press_on(page, act(page, "Spørg: Er der en begrundet indvending?"))
    expect(main.get_by_text("Runde 1")).to_be_visible()
    press_on(page, act(page, "Luk runden"))
    expect(main.get_by_text("For få har svaret endnu")).to_be_visible()

    go_on(page, "Idéer")
    write_ideas(hall)
    page.keyboard.press(" ")
    expect(main.get_by_text(IDEAS[0])).to_be_visible()
    go_on(page, "Temaer")
    press_on(page, button(main, "Nyt tema"))
    tab_to(page, dialog.get_by_label("Temaets navn"))
    page.keyboard.type("Steder")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Steder")).to_be_visible()
    press_on(page, main.get_by_role("button", name=f"Mere: {IDEAS[1]}"))
    tab_to(page, dialog.get_by_label("Flyt til tema"))
    page.keyboard.press("Home")
    press_on(page, button(dialog, "Flyt"))
    expect(page.get_by_role("region", name="Steder").get_by_text(IDEAS[1])).to_be_visible()

    go_on(page, "Afstemning")
    main.focus()
    page.keyboard.press(" ")
    press_on(page, act(page, "Åbn afstemningen"))
    expect(main.get_by_text("af 15 deltagere, der kan stemme, har stemt.")).to_be_visible()
    ballot = kinds(hall, "ballot")[0]
    for token in everybody(hall):
        hall.do(token, "cast_ballot", ballot=ballot["id"], choices={ballot["options"][0]: 1})
    expect(page.get_by_text("Alle har stemt")).to_be_visible()
    main.focus()
    page.keyboard.press(" ")
    assert kinds(hall, "ballot")[0]["state"] == "open"
    press_on(page, act(page, "Luk afstemningen"))
    expect(main.get_by_text("Ingen har set resultatet endnu")).to_be_visible()
    main.focus()
    page.keyboard.press(" ")
    expect(main.get_by_role("heading", name="1 idé er valgt")).to_be_visible()

    goal = hall.chair("draft_goal", **GOAL)["goal"]
    hall.chair("draft_agreement", **{**AGREEMENT, "goals": [goal]})
    go_on(page, "Mål")
    press_on(page, button(main, f"1. {GOAL['title']}"))
    tab_to(page, page.get_by_label("Ansvarlig", exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type("Kulturchefen")
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
    assert kinds(hall, "goal")[0]["owner"] == "Kulturchefen"
    for title in ("Aftaler", "Pause", "Afstemning om teksterne"):
        go_on(page, title)
    press_on(page, page.locator("#decide-agreement-A"))
    press_on(page, button(dialog, "Start"))
    decision = kinds_soon(page, hall, "decision")[0]
    for token in everybody(hall):
        hall.do(token, "take_stance", decision=decision["id"], stance="for")
    expect(page.get_by_text("Alle har stemt")).to_be_visible()
    press_on(page, act(page, "Luk, og vis resultatet"))
    expect(main.get_by_text("Flertal i begge grupper.")).to_be_visible()
    go_on(page, "Tilsagn")
    go_on(page, "Afslutning")
    press_on(page, act(page, "Luk workshoppen"))
    press_on(page, button(dialog, "Luk workshoppen"))
    expect(page.get_by_role("heading", name="Workshoppen er lukket")).to_be_visible()


def test_keys_do_nothing_while_somebody_writes_and_can_be_switched_off(hall: Hall, console: Page):
    page = console
    go_on(page, "Velkommen")
    page.keyboard.press("b")
    picture = page.get_by_role("img", name="Tavlen nu")
    expect(picture).to_have_attribute("aria-label", re.compile("Skærmen er slukket"))
    until(lambda: kinds(hall, "board")[0]["shows"] == "blank")
    page.keyboard.press("b")
    expect(picture).to_have_attribute("aria-label", re.compile("Hvad skal der til"))
    until(lambda: kinds(hall, "board")[0]["shows"] == "lobby")
    page.keyboard.press("?")
    button(page.get_by_role("dialog"), "Slå tasterne fra").click()
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("q")
    page.keyboard.press("ArrowRight")
    expect(page.locator("kbd").first).to_be_hidden()
    expect(page.get_by_role("heading", level=1, name="Velkommen")).to_be_visible()
    assert kinds(hall, "board")[0]["shows"] == "lobby"
    button(page, "? Hjælp").or_(button(page, "Hjælp")).first.click()
    button(page.get_by_role("dialog"), "Slå tasterne til").click()
    page.keyboard.press("Escape")
    next_step(page, "Rammen")
    next_step(page, "Spilleregler")
    page.get_by_label("Spilleregler", exact=True).press_sequentially(" qb+? l")
    # What a key had sent would be there before what is saved afterwards.
    button(page, "Gem").click()
    until(lambda: "qb+? l" in kinds(hall, "workshop")[0]["ground_rules"])
    assert kinds(hall, "board")[0]["shows"] == "step"
    assert kinds(hall, "workshop")[0]["locked"] is False
