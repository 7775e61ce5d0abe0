"""The console in a real Chromium: a facilitator runs the seminar, with the mouse and with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import CONSOLE
from tests.browser.hall import AGREEMENT, GOAL, GOAL_LABELS, TERM_LABELS, Hall
from tests.browser.test_balance import until

OpenPage = Callable[..., Page]
IDEAS = [
    "En fast kontaktperson, der ikke skifter, når man fylder 18",
    "Fællesspisning hver torsdag, hvor unge laver maden",
    "Svar inden for tre dage i stedet for en venteliste",
    "Foreninger får nøgle til skolen efter kl. 16",
    "Gratis bus om aftenen mellem byerne for alle under 25",
]
STEPS = 12


@pytest.fixture
def console(hall: Hall, open_page: OpenPage) -> Page:
    """The console of a hall with ten citizens and five politicians."""
    hall.join("citizens", 10)
    hall.join("politicians", 5)
    page = open_page(hall.console_url, CONSOLE)
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    return page


def next_step(page: Page, title: str) -> None:
    """Go on with the button that says what comes next."""
    page.locator("#next", has_text=title).click()
    expect(running(page, title)).to_be_visible()


def running(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", level=1, name=title)
    return page.locator(".nowh", has=page.locator(".nowtag")).filter(has=heading)


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def act(page: Page, name: str) -> Locator:
    """What the step needs: the dark button at the bottom right."""
    return page.locator("#act.primary", has_text=name)


def write_ideas(hall: Hall) -> list[str]:
    return [hall.do(hall.people["citizens"][i], "post_idea", text=text)["idea"] for i, text in enumerate(IDEAS)]


def kinds(hall: Hall, kind: str) -> list[dict]:
    return [record for record in hall.records() if record["kind"] == kind]


def everybody(hall: Hall) -> list[str]:
    return [token for tokens in hall.people.values() for token in tokens]


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
    expect(page.get_by_text("Flertal i alle 2 grupper.")).to_be_visible()

    next_step(page, "Tilsagn")
    next_step(page, "Afslutning")
    expect(page.get_by_role("link", name="PDF")).to_have_attribute("href", re.compile(r"/export/pdf\?as=facilitator"))
    act(page, "Luk workshoppen").click()
    button(page.get_by_role("dialog"), "Luk workshoppen").click()
    expect(page.get_by_role("heading", name="Workshoppen er lukket")).to_be_visible()
    assert kinds(hall, "workshop")[0]["state"] == "closed"


def write_goal(page: Page) -> None:
    """Fill in every field the rules need, and wait until they are saved."""
    for name, label in GOAL_LABELS.items():
        page.get_by_label(label, exact=True).fill(str(GOAL[name]))
    page.get_by_label("Retning").select_option("up")
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")


def write_agreement(page: Page) -> None:
    """Both parties in the table, then the terms."""
    given = {one["party"]: one for one in AGREEMENT["contributions"]}  # type: ignore[attr-defined]
    for place, party in enumerate(AGREEMENT["parties"]):  # type: ignore[arg-type]
        row = page.locator(".party").nth(place)
        row.get_by_label(f"Part {place + 1}", exact=True).fill(party["name"])
        row.get_by_label("Gruppe").select_option(party["group"])
        row.get_by_label(f"Giver, {party['name']}").fill(given[party["name"]]["what"])
        button(row, "Ja").click()
    for name, label in TERM_LABELS.items():
        page.get_by_label(label, exact=True).fill(str(AGREEMENT[name]))
    page.get_by_label("Åbenhed").select_option("public")
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")


def tab_to(page: Page, wanted: Locator, most: int = 160) -> None:
    """Press Tab until the focus is on it, as somebody without a mouse would."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def press_on(page: Page, wanted: Locator, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def go_on(page: Page, title: str) -> None:
    """The key →."""
    page.locator("main").focus()
    page.keyboard.press("ArrowRight")
    expect(running(page, title)).to_be_visible()


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
    expect(main.get_by_text("Flertal i alle 2 grupper.")).to_be_visible()
    go_on(page, "Tilsagn")
    go_on(page, "Afslutning")
    press_on(page, act(page, "Luk workshoppen"))
    press_on(page, button(dialog, "Luk workshoppen"))
    expect(page.get_by_role("heading", name="Workshoppen er lukket")).to_be_visible()


def kinds_soon(page: Page, hall: Hall, kind: str) -> list[dict]:
    """The records of a kind once the page shows that there is one."""
    expect(page.locator(".bigcount")).to_be_visible()
    return kinds(hall, kind)


def test_keys_do_nothing_while_somebody_writes_and_can_be_switched_off(hall: Hall, console: Page):
    page = console
    go_on(page, "Velkommen")
    page.keyboard.press("b")
    picture = page.get_by_role("img", name="Tavlen nu")
    expect(picture).to_have_attribute("aria-label", re.compile("Skærmen er slukket"))
    page.keyboard.press("b")
    expect(picture).to_have_attribute("aria-label", re.compile("Hvad skal der til"))
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
    assert kinds(hall, "board")[0]["shows"] == "step"
    assert kinds(hall, "workshop")[0]["locked"] is False


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


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Take it with the mouse, carry it in small steps, let go. Not before both stand still."""
    to.hover()
    what.hover()
    a, b = what.bounding_box(), to.bounding_box()
    assert a and b
    x, y = a["x"] + min(60, a["width"] / 2), a["y"] + min(12, a["height"] / 2)
    to_x, to_y = b["x"] + b["width"] / 2, b["y"] + b["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in (0.1, 0.3, 0.6, 0.9, 1.0, 1.0):
        page.mouse.move(x + (to_x - x) * part, y + (to_y - y) * part, steps=4)
    page.mouse.up()


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


def test_the_text_that_is_written_is_on_the_board_until_it_is_taken_off(hall: Hall, console: Page):
    page = console
    goals = [hall.chair("draft_goal", **{**GOAL, "title": title})["goal"] for title in ("Åbne skoler", "En fast voksen")]
    hall.start("goals")
    shown = lambda: kinds(hall, "board")[0]["shows"]  # noqa: E731
    picture = page.get_by_role("img", name="Tavlen nu")
    button(page, "1. Åbne skoler").click()
    expect(picture).to_have_attribute("aria-label", re.compile("Åbne skoler"))
    button(page, "Mål 2").click()
    expect(picture).to_have_attribute("aria-label", re.compile("En fast voksen"))
    assert shown() == goals[1]
    button(page, "Tag af tavlen").click()
    expect(button(page, "Vis på tavlen")).to_be_visible()
    assert shown() == "step"
    # Whoever has made the board black keeps it so.
    hall.chair("show_on_board", shows="blank")
    expect(picture).to_have_attribute("aria-label", re.compile("Skærmen er slukket"))
    button(page, "Mål 1").click()
    expect(page.get_by_role("heading", level=1, name="Mål 1")).to_be_visible()
    assert shown() == "blank"
    hall.chair("show_on_board", shows=goals[0])
    expect(button(page, "Tag af tavlen")).to_be_visible()
    button(page, "Alle mål").click()
    expect(button(page, "1. Åbne skoler")).to_be_visible()
    page.wait_for_function("() => !document.querySelector('.nowh.compact')")
    expect(picture).not_to_have_attribute("aria-label", re.compile("Mål 1"))
    assert shown() == "step"


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


def filled(hall: Hall) -> None:
    """Something of everything, so that every face has something to show."""
    ideas = hall.ideas(IDEAS)
    theme = hall.chair("create_theme", title="Steder at være")["theme"]
    hall.chair("move_idea", idea=ideas[0], theme=theme)
    ballot = hall.chair("open_ballot", method="approval", options=ideas, settings={"seats": 2, "choices": 2})["ballot"]
    for i, token in enumerate(everybody(hall)):
        hall.do(token, "cast_ballot", ballot=ballot, choices={ideas[i % 2]: 1})
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    agreement = hall.agreement()
    author = hall.people["citizens"][0]
    hall.do(author, "propose_amendment", on=agreement, field="disagreement", new="Vi ringer sammen")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for i, token in enumerate(everybody(hall)):
        stance = {"stance": "reservation", "reason": "Kun i to år"} if i == 0 else {"stance": "for"}
        hall.do(token, "take_stance", decision=decision, **stance)
    hall.chair("close_decision", decision=decision)
    hall.do(author, "make_commitment", on=agreement, standing="behind", words="Jeg ringer til klubberne")


FACES = (
    "welcome",
    "frame",
    "rules",
    "ideas",
    "themes",
    "ballot",
    "goals",
    "agreements",
    "decisions",
    "commitments",
    "closing",
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("fill", [False, True], ids=["empty", "full"])
def test_axe_finds_nothing_serious_and_nothing_sticks_out(hall: Hall, open_page: OpenPage, theme: str, fill: bool):
    hall.join("citizens", 10)
    hall.join("politicians", 6)
    if fill:
        filled(hall)
    page = open_page(hall.console_url, CONSOLE, color_scheme=theme, reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for kind in FACES:
        step = hall.start(kind)
        title = next(one["title"] for one in kinds(hall, "step") if one["id"] == step)
        running = page.locator(".nowh", has=page.locator(".nowtag"))
        expect(running.get_by_role("heading", name=title, exact=True)).to_be_visible()
        found[kind] = faults(page)
        for width in (1440, 1024, 390):
            page.set_viewport_size({"width": width, "height": 900 if width > 1024 else 768})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found[kind].append(f"{wide} wide in {width}")
        page.set_viewport_size({"width": 1440, "height": 900})
    if fill:
        hall.start("agreements")
        page.locator(".text-list .as-link").first.click()
        found["editor"] = faults(page)
    assert {kind: list_ for kind, list_ in found.items() if list_} == {}


def test_ideas_that_look_alike_are_suggested_and_a_person_decides(hall: Hall, console: Page):
    page = console
    hall.ideas(["Gratis bus til unge om aftenen", "Svar inden for tre dage", "Gratis bus om aftenen for unge"])
    hall.start("themes")
    suggested = page.get_by_role("region", name="Ligner de to idéer hinanden?")
    button(suggested, "Vis side om side").click()
    button(page.get_by_role("dialog"), "Nej, de er forskellige").click()
    assert {idea["state"] for idea in kinds(hall, "idea")} == {"open"}
    button(suggested, "Nej").click()
    expect(suggested).to_have_count(0)
    page.reload()
    expect(page.locator(".card")).to_have_count(3)
    expect(suggested).to_have_count(0)


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


def test_the_question_of_a_vote_is_proposed_in_the_language_of_the_room(hall: Hall, console: Page):
    hall.start("ideas")
    write_ideas(hall)
    console.goto(hall.url(f"/workshops/{hall.id}/console?lang=en"))
    hall.chair("reveal_ideas")
    hall.start("ballot")
    expect(console.get_by_text("What do you ask?")).to_be_visible()
    expect(console.get_by_label("What do you ask?")).to_have_value("Hvilke idéer skal blive til mål?")
