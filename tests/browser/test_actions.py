"""How much a facilitator presses and fills in from the open workshop to the closed one: three goals, two agreements, forty
ideas, one ballot and five decisions. The phones write and vote over HTTP; nothing of that is counted."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.actions import Actions
from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.consoles import act, button, everybody, kinds, running
from tests.browser.hall import AGREEMENT, GOAL, GOAL_LABELS, TERM_LABELS, Hall

MOST = 115
THEMES = {"sted": "Steder at være", "voksen": "Voksne, der bliver", "bus": "Vejen ind"}
IDEAS = [
    f"{start} {nth}" for start in ("Et åbent sted", "En fast voksen", "Gratis bus", "Fælles mad") for nth in range(1, 11)
]


def go_on(who: Actions, title: str) -> None:
    who.press(who.page.locator("#next.primary", has_text=title))
    expect(running(who.page, title)).to_be_visible()


def welcome(who: Actions, hall: Hall) -> None:
    """Welcome, the frame, and ground rules that everybody agrees to."""
    for title in ("Velkommen", "Rammen", "Spilleregler"):
        go_on(who, title)
    who.press(act(who.page, "Spørg: Er der en begrundet indvending?"))
    expect(who.page.get_by_text("Runde 1: Er der en begrundet indvending?")).to_be_visible()
    for token in everybody(hall):
        hall.do(token, "consent", on=f"workshop:{hall.id}")
    who.press(act(who.page, "Luk runden"))


def ideas(who: Actions, hall: Hall) -> None:
    """Forty ideas, three themes, and two ideas laid together."""
    page = who.page
    go_on(who, "Idéer")
    for place, text in enumerate(IDEAS):
        hall.do(everybody(hall)[place % 12], "post_idea", text=text)
    who.press(act(page, "Vis idéerne"))
    expect(page.get_by_text(IDEAS[-1], exact=True)).to_be_visible()
    go_on(who, "Temaer")
    for word, theme in THEMES.items():
        who.fill(page.get_by_role("searchbox"), word)
        who.press(button(page, "Vælg alle 10"))
        who.fill(page.get_by_label("Nyt tema", exact=True), theme)
        who.key("Enter")
        expect(page.get_by_role("region", name=theme).locator(".card")).to_have_count(10)
    for text in IDEAS[-2:]:
        who.press(page.get_by_role("checkbox", name=text, exact=True))
    who.key("m")
    who.press(button(page.get_by_role("dialog"), "Saml idéerne"))
    expect(page.get_by_text("2 valgt")).to_have_count(0)
    assert sum(idea["state"] == "merged" for idea in kinds(hall, "idea")) == 1


def ballot(who: Actions, hall: Hall) -> None:
    """A secret vote that chooses three ideas."""
    page = who.page
    go_on(who, "Afstemning")
    who.fill(page.get_by_label("Pladser på listen"), "3")
    who.press(act(page, "Åbn afstemningen"))
    expect(page.get_by_text("12 mangler at stemme")).to_be_visible()
    (opened,) = kinds(hall, "ballot")
    for place, token in enumerate(everybody(hall)):
        hall.do(token, "cast_ballot", ballot=opened["id"], choices={opened["options"][place % 3]: 1})
    expect(page.get_by_text("Alle har stemt")).to_be_visible()
    who.press(act(page, "Luk afstemningen"))
    who.press(act(page, "Vis resultatet"))
    expect(page.locator("#next.primary")).to_be_visible()


def nothing_blocks(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")
    expect(page.locator(".sum .B b")).to_have_text("0")


def goals(who: Actions, hall: Hall) -> None:
    """A goal on each of the three ideas, with every field that a good goal has."""
    page = who.page
    go_on(who, "Mål")
    who.press(button(page, "Skriv alle 3 mål"))
    for number in (1, 2, 3):
        if number > 1:
            who.press(button(page, f"Mål {number}"))
        expect(page.get_by_role("heading", level=1, name=f"Mål {number}")).to_be_visible()
        for name, label in GOAL_LABELS.items():
            who.fill(page.get_by_label(label, exact=True), str(GOAL[name]))
        nothing_blocks(page)
    assert [goal["direction"] for goal in kinds(hall, "goal")] == ["up", "up", "up"]


def party(who: Actions, place: int, *, known: bool) -> None:
    """A row of the table: who, of which group, gives what, and may say yes itself."""
    name, group = AGREEMENT["parties"][place].values()  # type: ignore[index]
    given = AGREEMENT["contributions"][place]  # type: ignore[index]
    row = who.page.locator(".party").nth(place)
    who.fill(row.get_by_label(f"Part {place + 1}", exact=True), name)
    if not known:
        who.choose(row.get_by_label("Gruppe"), group)
    who.fill(row.get_by_label(f"Giver, {name}"), given["what"])
    if "how_much" in given:
        who.fill(row.get_by_label(f"Hvor meget, {name}"), given["how_much"])
    who.press(row.get_by_role("button", name="Ja", exact=True))


def agreement(who: Actions, goal: int, purpose: str, *, terms: Callable[[Actions], None], known: bool) -> None:
    page = who.page
    who.press(button(page, f"Skriv aftale om mål {goal}"))
    who.fill(page.get_by_label("Hvad aftaler vi, og hvorfor?"), purpose)
    who.press(button(page.get_by_role("dialog"), "Skriv aftalen"))
    for place in (0, 1):
        party(who, place, known=known)
    terms(who)
    nothing_blocks(page)


def written_terms(who: Actions) -> None:
    for name, label in TERM_LABELS.items():
        who.fill(who.page.get_by_label(label, exact=True), str(AGREEMENT[name]))
    who.choose(who.page.get_by_label("Åbenhed"), "public")


def same_terms(who: Actions) -> None:
    who.press(button(who.page, "Samme vilkår som aftale A"))


def agreements(who: Actions, hall: Hall) -> None:
    go_on(who, "Aftaler")
    agreement(who, 1, str(AGREEMENT["purpose"]), terms=written_terms, known=False)
    who.press(button(who.page, "Alle aftaler"))
    agreement(who, 2, "Bussen kører til midnat fredag og lørdag.", terms=same_terms, known=True)
    assert len(kinds(hall, "agreement")) == 2


def decide(who: Actions, hall: Hall, open_it: Callable[[], None]) -> None:
    """One decision: opened, answered by everybody, closed."""
    before = {one["id"] for one in kinds(hall, "decision")}
    open_it()
    expect(who.page.get_by_text("12 mangler at stemme")).to_be_visible()
    (opened,) = [one for one in kinds(hall, "decision") if one["id"] not in before]
    for token in everybody(hall):
        hall.do(token, "take_stance", decision=opened["id"], stance="for")
    expect(who.page.get_by_text("Alle har stemt")).to_be_visible()
    who.press(act(who.page, "Luk, og vis resultatet"))
    expect(who.page.locator(".verdict")).to_be_visible()


def decisions(who: Actions, hall: Hall) -> None:
    """Two goals by themselves, then what the dark button leads to: both agreements and the third goal."""
    page = who.page
    go_on(who, "Pause")
    go_on(who, "Afstemning om teksterne")

    def by_its_row(row: Locator) -> None:
        who.press(row)
        who.press(button(page.get_by_role("dialog"), "Start"))

    for number in (1, 2):
        decide(who, hall, lambda number=number: by_its_row(page.locator(f"#decide-goal-{number}")))
    for name in ("Aftale A", "Aftale B", "Mål 3"):
        decide(who, hall, lambda name=name: who.press(act(page, f"Åbn afstemningen: {name}")))
    assert [one["result"]["outcome"] for one in kinds(hall, "decision")] == ["ratified"] * 5


def closing(who: Actions, hall: Hall) -> None:
    go_on(who, "Tilsagn")
    go_on(who, "Afslutning")
    who.press(act(who.page, "Luk workshoppen"))
    who.press(button(who.page.get_by_role("dialog"), "Luk workshoppen"))
    expect(who.page.get_by_role("heading", name="Workshoppen er lukket")).to_be_visible()


PARTS = (welcome, ideas, ballot, goals, agreements, decisions, closing)


def test_a_half_day_takes_no_more_than_115_presses_and_fields(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    hall.join("politicians", 6)
    who = Actions(open_page(hall.console_url, CONSOLE))
    expect(who.page.get_by_text("Forbundet", exact=True)).to_be_visible()
    for part in PARTS:
        who.part = part.__name__
        part(who, hall)
    told = ", ".join(f"{name} {count}" for name, count in who.by_part.items())
    print(f"\n{who.count} presses and fields: {told}")
    assert who.count <= MOST, told
