"""Ideas at the console: moving under themes, choosing several, merging, hiding."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.consoles import (
    IDEAS,
    button,
    drag,
    kinds,
    running,
)
from tests.browser.hall import Hall


def test_an_idea_is_dragged_under_a_theme_and_the_drag_is_undone(hall: Hall, console: Page):
    page = console
    hall.ideas(IDEAS)
    theme = hall.chair("create_theme", title="Vejen ind")["theme"]
    hall.start("themes")
    column = page.get_by_role("region", name="Vejen ind")
    expect(page.locator(".nowh").get_by_role("heading", name="Temaer")).to_be_visible()
    expect(page.get_by_role("region", name="Uden tema").locator(".card")).to_have_count(len(IDEAS))
    drag(page, page.locator(".card", has_text=IDEAS[2]), column.locator("ul"))
    expect(column.get_by_text(IDEAS[2])).to_be_visible()
    expect(page.get_by_text("Flyttet til ”Vejen ind”")).to_be_visible()
    idea = next(one for one in kinds(hall, "idea") if one["text"] == IDEAS[2])
    assert idea["theme"] == theme
    page.get_by_role("button", name="Fortryd").click()
    expect(column.get_by_text(IDEAS[2])).to_have_count(0)
    expect(page.locator(".card", has_text=IDEAS[2])).to_have_count(1)


def test_several_ideas_are_ticked_searched_moved_and_merged_with_keys(hall: Hall, console: Page):
    page = console
    hall.chair("create_theme", title="Steder at være")
    hall.ideas(IDEAS)
    hall.start("themes")
    expect(running(page, "Temaer")).to_be_visible()
    expect(page.locator(".card")).to_have_count(len(IDEAS))
    page.locator("main").focus()
    page.keyboard.press("/")
    page.keyboard.type("hver torsdag")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.get_by_text(f"1 af {len(IDEAS)}")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 valgt")).to_be_visible()
    page.locator("main").focus()
    page.keyboard.press("1")
    place = page.get_by_role("region", name="Steder at være")
    expect(place.get_by_text(IDEAS[1])).to_be_visible()
    # A row of them with Shift, and two laid together.
    loose = page.get_by_role("region", name="Uden tema").get_by_role("checkbox")
    loose.first.click()
    loose.last.click(modifiers=["Shift"])
    expect(page.get_by_text(f"{len(IDEAS) - 1} valgt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar", name="Valgte idéer")).to_have_count(0)
    for nth in (0, 1):
        loose.nth(nth).click()
    page.keyboard.press("m")
    button(page.get_by_role("dialog"), "Saml idéerne").click()
    expect(page.locator(".card")).to_have_count(len(IDEAS) - 1)
    loose.first.click()
    button(page.get_by_role("toolbar", name="Valgte idéer"), "Skjul").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Nævner en person")
    button(page.get_by_role("dialog"), "Skjul").click()
    expect(page.get_by_text("1 idé er skjult")).to_be_visible()
    expect(page.locator(".card")).to_have_count(len(IDEAS) - 2)


def test_ideas_are_merged_side_by_side_split_again_and_hidden_with_a_reason(hall: Hall, console: Page):
    page = console
    hall.ideas(IDEAS)
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name=f"Mere: {IDEAS[0]}").click()
    button(dialog, "Saml med en anden …").click()
    button(dialog, IDEAS[2]).click()
    button(dialog, "Saml idéerne").click()
    expect(page.get_by_text("2 samlet")).to_be_visible()
    expect(page.locator(".card", has_text=IDEAS[2])).to_have_count(0)
    page.get_by_role("button", name=f"Mere: {IDEAS[0]}").click()
    button(dialog, "Skil alle ad").click()
    expect(page.locator(".card", has_text=IDEAS[2])).to_have_count(1)
    page.get_by_role("button", name=f"Mere: {IDEAS[2]}").click()
    button(dialog, "Skjul").click()
    dialog.get_by_label("Hvorfor skjules det?").fill("Nævner en person")
    button(dialog, "Skjul").click()
    expect(page.locator(".card", has_text=IDEAS[2])).to_have_count(0)
    page.get_by_role("complementary").get_by_role("button", name=re.compile("siden sidst|Se alt")).click()
    button(dialog, "Skjulte 1").click()
    expect(dialog.get_by_text("Nævner en person")).to_be_visible()
    button(dialog, "Vis igen").click()
    page.keyboard.press("Escape")
    expect(page.locator(".card", has_text=IDEAS[2])).to_have_count(1)


def test_ideas_that_look_alike_are_suggested_and_a_person_decides(hall: Hall, console: Page):
    page = console
    hall.ideas(["Gratis bus til unge om aftenen", "Svar inden for tre dage", "Gratis bus om aftenen for unge"])
    hall.start("themes")
    # What comes with the step moves the button while it is pressed.
    expect(running(page, "Temaer")).to_be_visible()
    suggested = page.get_by_role("region", name="Ligner de to idéer hinanden?")
    button(suggested, "Vis side om side").click()
    button(page.get_by_role("dialog"), "Nej, de er forskellige").click()
    assert {idea["state"] for idea in kinds(hall, "idea")} == {"open"}
    button(suggested, "Nej").click()
    expect(suggested).to_have_count(0)
    page.reload()
    expect(page.locator(".card")).to_have_count(3)
    expect(suggested).to_have_count(0)
