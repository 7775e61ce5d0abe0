"""The console in a real Chromium: a facilitator runs the seminar, with the mouse and with the keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.consoles import (
    IDEAS,
    STEPS,
    act,
    button,
    drag,
    everybody,
    go_on,
    kinds,
    kinds_soon,
    next_step,
    running,
    write_agreement,
    write_goal,
    write_ideas,
)
from tests.browser.hall import AGREEMENT, Hall


def test_a_facilitator_runs_the_programme_with_the_mouse(hall: Hall, console: Page):
    page = console
    next_step(page, "Velkommen")
    next_step(page, "Rammen")
    expect(page.get_by_text("Budgettet for 2027 ligger fast.")).to_be_visible()
    next_step(page, "Spilleregler")
    act(page, "Spørg: Er der en begrundet indvending?").click()
    expect(page.get_by_text("af 15 deltagere har svaret.")).to_be_visible()
    for token in everybody(hall):
        hall.do(token, "consent", on=f"workshop:{hall.id}")
    expect(page.locator(".bigcount > b")).to_have_text("15")
    act(page, "Luk runden").click()
    expect(page.get_by_text("Ingen indvendinger", exact=True)).to_be_visible()

    next_step(page, "Idéer")
    write_ideas(hall)
    expect(page.get_by_text(IDEAS[0])).to_have_count(0)
    act(page, "Vis idéerne").click()
    for text in IDEAS:
        expect(page.get_by_text(text)).to_be_visible()

    next_step(page, "Temaer")
    button(page, "Nyt tema").click()
    page.get_by_label("Temaets navn").fill("Steder at være")
    button(page, "Opret temaet").click()
    expect(page.get_by_role("heading", name="Steder at være")).to_be_visible()

    next_step(page, "Afstemning")
    page.get_by_label("Pladser på listen").fill("2")
    page.get_by_label("Minutter").fill("")
    expect(page.get_by_role("row", name=re.compile("Borgere.*10"))).to_be_visible()
    act(page, "Åbn afstemningen").click()
    expect(page.get_by_text("af 15 deltagere, der kan stemme, har stemt.")).to_be_visible()
    ballot = kinds(hall, "ballot")[0]
    for token in everybody(hall):
        hall.do(token, "cast_ballot", ballot=ballot["id"], choices={ballot["options"][0]: 1})
    expect(page.get_by_text("Alle har stemt")).to_be_visible()
    act(page, "Luk afstemningen").click()
    expect(page.get_by_text("Ingen har set resultatet endnu")).to_be_visible()
    act(page, "Vis resultatet").click()
    expect(page.get_by_role("heading", name="1 idé er valgt")).to_be_visible()

    next_step(page, "Mål")
    button(page.locator("main"), "Skriv et mål").click()
    expect(page.get_by_role("heading", level=1, name="Mål 1")).to_be_visible()
    write_goal(page)
    expect(page.locator(".sum .B b")).to_have_text("0")

    next_step(page, "Aftaler")
    button(page.locator("main"), "Ny aftale").click()
    page.get_by_label("Hvad aftaler vi, og hvorfor?").fill(str(AGREEMENT["purpose"]))
    button(page.get_by_role("dialog"), "Skriv aftalen").click()
    write_agreement(page)
    expect(page.locator(".sum .B b")).to_have_text("0")

    next_step(page, "Pause")
    next_step(page, "Afstemning om teksterne")
    act(page, "Åbn afstemningen: Aftale A").click()
    expect(page.get_by_text("af 15, der var her, da afstemningen åbnede, har stemt.")).to_be_visible()
    decision = kinds(hall, "decision")[0]
    for token in everybody(hall):
        hall.do(token, "take_stance", decision=decision["id"], stance="for")
    expect(page.get_by_text("Alle har stemt")).to_be_visible()
    act(page, "Luk, og vis resultatet").click()
    expect(page.get_by_text("Flertal i begge grupper.")).to_be_visible()

    next_step(page, "Tilsagn")
    next_step(page, "Afslutning")
    expect(page.get_by_role("link", name="PDF")).to_have_attribute("href", re.compile(r"/export/pdf\?as=facilitator"))
    act(page, "Luk workshoppen").click()
    button(page.get_by_role("dialog"), "Luk workshoppen").click()
    expect(page.get_by_role("heading", name="Workshoppen er lukket")).to_be_visible()
    assert kinds(hall, "workshop")[0]["state"] == "closed"


def test_the_next_step_can_be_started_once_one_runs_though_its_answer_is_still_under_way(hall: Hall, open_page: OpenPage):
    answers: list[str | bytes] = []
    held = False

    def between(page_side: WebSocketRoute) -> None:
        server_side = page_side.connect_to_server()
        page_side.on_message(server_side.send)
        server_side.on_message(
            lambda told: answers.append(told) if held and str(told).startswith("43") else page_side.send(told)
        )

    page = open_page("about:blank", CONSOLE)
    page.route_web_socket("**/socket.io/**", between)
    page.goto(hall.console_url)
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    held = True
    next_step(page, "Velkommen")
    next_step(page, "Rammen")
    assert answers


def test_going_on_asks_only_while_a_vote_is_open_or_not_shown(hall: Hall, console: Page):
    """Time that is left and people who are not ready are said, and ask nothing."""
    page = console
    go_on(page, "Velkommen")
    expect(page.get_by_text("0 af 15 deltagere er klar")).to_be_visible()
    go_on(page, "Rammen")
    hall.ideas(IDEAS)
    hall.start("ballot")
    act(page, "Åbn afstemningen").click()
    ballot = kinds_soon(page, hall, "ballot")[0]
    for state, words in (
        ("open", "Afstemningen er åben, og 15 har ikke stemt."),
        ("closed", "Resultatet er ikke vist endnu."),
    ):
        page.locator("#next.secondary", has_text="Næste: Mål").click()
        expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
        expect(page.locator("#next.secondary", has_text="Gå videre alligevel")).to_be_visible()
        assert kinds(hall, "ballot")[0]["state"] == state
        if state == "open":
            hall.chair("close_ballot", ballot=ballot["id"])
            expect(page.get_by_text("Ingen har set resultatet endnu")).to_be_visible()
    page.locator("#next", has_text="alligevel").click()
    expect(running(page, "Mål")).to_be_visible()


def test_closing_a_vote_asks_only_when_somebody_has_not_voted(hall: Hall, console: Page):
    page = console
    hall.ideas(IDEAS)
    hall.start("ballot")
    act(page, "Åbn afstemningen").click()
    expect(page.get_by_text("15 mangler at stemme")).to_be_visible()
    act(page, "Luk afstemningen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("15 har ikke stemt endnu.")).to_be_visible()
    page.keyboard.press("Escape")
    ballot = kinds(hall, "ballot")[0]
    for token in everybody(hall):
        hall.do(token, "cast_ballot", ballot=ballot["id"], choices={ballot["options"][0]: 1})
    expect(page.get_by_text("Alle har stemt")).to_be_visible()
    act(page, "Luk afstemningen").click()
    expect(act(page, "Vis resultatet")).to_be_visible()


def test_the_programme_is_changed_while_it_runs_by_drag_and_by_buttons(hall: Hall, console: Page):
    page = console
    go_on(page, "Velkommen")
    page.get_by_role("navigation", name="Program").get_by_role("button", name="Ret", exact=True).click()
    dialog = page.get_by_role("dialog")
    rows = dialog.locator(".edit-list li")
    expect(rows).to_have_count(STEPS)
    button(dialog, "Flyt Idéer op").click()
    expect(rows.nth(2)).to_contain_text("Idéer")
    drag(page, rows.nth(8).locator(".handle"), rows.nth(1).locator(".handle"))
    expect(rows.nth(1).or_(rows.nth(2)).get_by_text("Pause")).to_be_visible()
    button(dialog, "Fjern Tilsagn").click()
    expect(rows).to_have_count(STEPS - 1)
    button(dialog, "Tilføj et programpunkt").click()
    top = page.get_by_role("dialog").last
    top.get_by_label("Slags").select_option("ideas")
    top.get_by_label("Navn").fill("Flere idéer")
    button(top, "Tilføj").click()
    expect(rows).to_have_count(STEPS)
    titles = [step["title"] for step in sorted(kinds(hall, "step"), key=lambda step: step["position"])]
    assert "Flere idéer" in titles and "Tilsagn" not in titles
    assert titles.index("Pause") < titles.index("Temaer")


def test_the_chair_is_handed_over_where_all_facilitators_see_it(hall: Hall, console: Page, open_page: OpenPage):
    mette, jonas = console, open_page(hall.console_url, CONSOLE)
    for page, name in ((mette, "Mette Holm"), (jonas, "Jonas Bak")):
        button(page, "Menu").click()
        page.get_by_label("Dit navn som ordstyrer").fill(name)
        button(page.get_by_role("dialog"), "Gem").click()
        expect(page.get_by_text("Navnet er gemt")).to_be_visible()
    button(mette.get_by_role("dialog"), "Overtag").click()
    expect(jonas.get_by_role("banner").get_by_text("Mette Holm er ordstyrer")).to_have_count(1)
    button(jonas.get_by_role("dialog"), "Overtag").click()
    expect(jonas.get_by_text("En anden er ordstyrer.")).to_be_visible()
    button(mette.get_by_role("dialog"), "Overlad til Jonas Bak").click()
    expect(jonas.get_by_role("banner").get_by_text("Du er ordstyrer")).to_be_visible()
    expect(mette.locator(".chair")).to_have_text(re.compile(r"Jonas Bak\s+er ordstyrer"))


def test_the_question_of_a_vote_is_proposed_in_the_language_of_the_room(hall: Hall, console: Page):
    hall.start("ideas")
    write_ideas(hall)
    console.goto(hall.url(f"/workshops/{hall.id}/console?lang=en"))
    hall.chair("reveal_ideas")
    hall.start("ballot")
    expect(console.get_by_text("What do you ask?")).to_be_visible()
    expect(console.get_by_label("What do you ask?")).to_have_value("Hvilke idéer skal blive til mål?")
