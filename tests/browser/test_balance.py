"""Balance in a real Chromium: room for all, the little seen first, invitations, warnings, attendance."""

from __future__ import annotations

import re

import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import NOTHING_BESIDE, faults
from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import IDEAS, come_in, field, look, primary
from tests.browser.waiting import until

#: the server's clock looks every second, and a busy machine may be late
CLOCK = 40_000


def ideas_step(hall: Hall, **settings: object) -> str:
    step = hall.start("ideas")
    hall.chair("edit_step", step=step, settings=settings)
    return step


def cards(phone: Page) -> list[str]:
    """The ideas of the list, from the top."""
    return [text.strip() for text in phone.locator("main .section article.idea > .words:first-child").all_inner_texts()]


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def seen(hall: Hall, token: str, *ideas: str, of: str | None = None) -> dict[str, int]:
    answer = requests.post(
        hall.url("/api/seen"),
        json={"ideas": list(ideas), "of": of},
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    ).json()
    assert answer["ok"], answer
    return dict(answer["seen"])


# Room for everybody


def test_the_phone_says_how_many_ideas_there_is_room_for_before_the_last_is_used(hall: Hall, open_page: OpenPage):
    ideas_step(hall, ideas_per_person=2)
    phone = come_in(open_page, hall)
    expect(phone.get_by_text("0 af 2 idéer er brugt")).to_be_visible()
    for n, text in enumerate(IDEAS[:2], 1):
        field(phone).fill(text)
        primary(phone).click()
        expect(phone.get_by_text(f"{n} af 2 idéer er brugt")).to_be_visible()
    expect(field(phone)).to_have_count(0)
    expect(phone.get_by_text("Du kan rette en af dine idéer. Du kan også trække en tilbage")).to_be_visible()
    phone.get_by_role("button", name="Træk tilbage").first.click()
    phone.get_by_role("dialog").get_by_role("button", name="Træk tilbage").click()
    expect(phone.get_by_text("1 af 2 idéer er brugt")).to_be_visible()
    expect(field(phone)).to_be_visible()
    assert phone.evaluate(NOTHING_BESIDE)


def test_who_has_used_every_place_can_still_support_what_somebody_else_wrote(hall: Hall, open_page: OpenPage):
    ideas_step(hall, ideas_per_person=1, writing="open")
    hall.join("citizens", 2)
    other, mine = hall.ideas(IDEAS[:1])[0], IDEAS[1]
    phone = come_in(open_page, hall)
    phone.get_by_role("link", name="Ny idé").click()
    field(phone).fill(mine)
    primary(phone).click()
    expect(phone.get_by_text("Du kan rette en af dine idéer, trække en tilbage, støtte en andens idé").first).to_be_visible()
    phone.evaluate(f"location.hash = '{other}'")
    button(phone, "Støt idéen").click()
    expect(phone.get_by_text("Du støtter idéen")).to_be_visible()
    expect(
        phone.get_by_text("Ingen ser, hvem der støtter en idé, og antallet vises først efter afstemningen.")
    ).to_be_visible()
    assert faults(phone) == [] and phone.evaluate(NOTHING_BESIDE)
    assert next(record for record in hall.records() if record["id"] == other)["supports"] is None
    button(phone, "Støt ikke længere").click()
    expect(button(phone, "Støt idéen")).to_be_visible()
    button(phone, "Støt idéen").click()
    expect(phone.get_by_text("Du støtter idéen")).to_be_visible()
    hall.start("ballot")
    hall.chair("open_ballot", method="approval", options=[other])
    expect(phone.get_by_text("punkt 6 af 12")).to_be_visible()
    phone.evaluate(f"location.hash = '{other}'")
    expect(phone.get_by_text("Du støtter idéen")).to_be_visible()
    expect(button(phone, "Støt ikke længere")).to_have_count(0)


def test_a_text_that_finds_no_room_stays_where_it_was_written(hall: Hall, open_page: OpenPage):
    """Written without a network, while the last place was used on another device of the same person."""
    ideas_step(hall, ideas_per_person=1)
    phone = come_in(open_page, hall)
    token = next(one["value"] for one in phone.context.cookies() if one["name"].startswith("rundbord_participant"))
    expect(field(phone)).to_be_visible()
    phone.context.set_offline(True)
    expect(phone.get_by_text("Ingen forbindelse").first).to_be_visible()
    field(phone).fill(IDEAS[0])
    primary(phone).click()
    hall.do(token, "post_idea", text=IDEAS[1])
    phone.context.set_offline(False)
    expect(phone.get_by_text("Her er plads til 1 fra hver. Din tekst er gemt.").first).to_be_visible()
    expect(field(phone)).to_have_value(IDEAS[0])
    expect(phone.get_by_text("Det, du har skrevet, er gemt på telefonen.")).to_be_visible()


def test_the_facilitator_sets_the_number_in_the_step(hall: Hall, open_page: OpenPage):
    step = ideas_step(hall, writing="open")
    hall.join("citizens", 3)
    page = open_page(hall.console_url, CONSOLE)
    page.get_by_role("button", name="Ret Idéer", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Idéer pr. person").fill("101")
    expect(dialog.get_by_role("button", name="Skriv et tal fra 1 til 100, eller lad feltet være tomt")).to_be_visible()
    dialog.get_by_label("Idéer pr. person").fill("3")
    button(dialog, "Gem").click()
    expect(page.get_by_text("Op til 3 idéer fra hver under dette programpunkt.")).to_be_visible()
    assert next(r for r in hall.records() if r["id"] == step)["settings"]["ideas_per_person"] == 3
    page.get_by_role("button", name="Ret Idéer", exact=True).click()
    page.get_by_role("dialog").get_by_label("Idéer pr. person").fill("")
    button(page.get_by_role("dialog"), "Gem").click()
    expect(page.get_by_text("Op til 3 idéer fra hver under dette programpunkt.")).to_have_count(0)


# What few have seen


def test_what_few_have_seen_comes_first_and_nothing_moves_under_the_thumb(hall: Hall, open_page: OpenPage):
    others = hall.join("citizens", 5)
    ids = hall.ideas(IDEAS)
    for token in others:
        seen(hall, token, *ids[:3])
    until(lambda: ids[3] not in seen(hall, others[0], of="ideas") or seen(hall, others[0], of="ideas")[ids[3]] <= 1)
    phone = come_in(open_page, hall, "politicians")
    expect(phone.locator("main article.idea")).to_have_count(4)
    first = cards(phone)
    assert first[0] == IDEAS[3], "the one that hardly anybody has seen"
    hall.do(others[0], "post_idea", text="En idé, der kom senere")
    expect(phone.get_by_text("1 ny idé")).to_be_visible()
    assert cards(phone) == [*first, "En idé, der kom senere"]
    look(phone, hall, "frame")
    expect(phone.locator("main article.idea")).to_have_count(0)
    phone.go_back()
    expect(phone.locator("main article.idea")).to_have_count(5)
    expect(phone.get_by_text("1 ny idé")).to_have_count(0)


def test_a_phone_tells_what_was_on_its_screen_and_the_console_says_what_is_unread(hall: Hall, open_page: OpenPage):
    people = hall.join("citizens", 11)
    ids = hall.ideas(IDEAS)
    phone = come_in(open_page, hall, "politicians")
    expect(phone.locator("main article.idea")).to_have_count(4)
    until(lambda: seen(hall, people[0], of="ideas"))
    page = open_page(hall.console_url, CONSOLE)
    expect(page.get_by_text("4 idéer er kun læst af få. Opfordr til at læse.")).to_be_visible(timeout=CLOCK)
    for token in people:
        seen(hall, token, *ids)
    expect(page.get_by_text("læst af få. Opfordr")).to_have_count(0, timeout=CLOCK)


def test_statements_come_one_by_one_and_what_few_have_answered_sooner(hall: Hall, open_page: OpenPage):
    people = hall.join("citizens", 40)
    ids = hall.ideas(IDEAS)
    hall.start("ballot")
    ballot = hall.chair("open_ballot", method="positions", options=ids, settings={})["ballot"]
    for token in people:
        hall.do(token, "cast_ballot", ballot=ballot, choices=dict.fromkeys(ids[:3], "agree"))
    assert seen(hall, people[0], of=ballot) == dict.fromkeys(ids[:3], 40)
    firsts = []
    for _ in range(6):
        phone = come_in(open_page, hall, "politicians")
        firsts.append(phone.locator(".say .words").inner_text().strip())
        phone.close()
    # Nine to three: six phones of which none shows the rare one first are one in four thousand.
    assert IDEAS[3] in firsts
    phone = come_in(open_page, hall, "politicians")
    come_up = []
    for n in range(4):
        expect(phone.get_by_text(f"Udsagn {n + 1}", exact=True)).to_be_visible()
        come_up.append(phone.locator(".say .words").inner_text().strip())
        phone.get_by_role("button", name="Enig", exact=True).click()
    assert sorted(come_up) == sorted(IDEAS)
    expect(phone.get_by_text("Du har svaret på alle")).to_be_visible()


# Invitations


def test_an_invitation_is_seen_before_it_is_shown_and_goes_with_the_next_thing(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    hall.join("politicians", 5)
    hall.ideas(IDEAS[:1])
    page, board = open_page(hall.console_url, CONSOLE), open_page(hall.board_url, BOARD)
    expect(page.get_by_text("Borgere: 5 har ikke skrevet noget endnu.")).to_be_visible(timeout=CLOCK)
    page.get_by_role("button", name=re.compile("^Opfordr: Borgere")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name=re.compile("Der er stadig plads til din idé"))).to_be_checked()
    expect(dialog.get_by_text("Borgere")).to_have_count(0)
    button(dialog, "Vis på tavlen").click()
    expect(board.get_by_role("heading", name="Der er stadig plads til din idé.")).to_be_visible()
    expect(board.get_by_text("Borgere")).to_have_count(0)
    expect(page.frame_locator("live-picture iframe").get_by_text("Der er stadig plads til din idé")).to_be_visible()
    hall.start("themes")
    expect(board.get_by_text("Der er stadig plads til din idé")).to_have_count(0)
    assert faults(board) == [] and faults(page) == []


def test_nobody_is_invited_to_write_once_the_workshop_is_closed(hall: Hall, open_page: OpenPage):
    leaders = next(one["id"] for one in hall.records() if one["kind"] == "group" and one["key"] == "leaders")
    hall.chair("edit_group", group=leaders, required=True)
    hall.join("citizens", 6)
    hall.join("politicians", 5)
    hall.ideas(IDEAS[:1])
    page = open_page(hall.console_url, CONSOLE)
    expect(page.get_by_text("Borgere: 5 har ikke skrevet noget endnu.")).to_be_visible(timeout=CLOCK)
    aloud = page.get_by_role("heading", name="Vær opmærksom på")
    expect(aloud).to_be_visible()
    hall.join("professionals", 3)
    expect(page.get_by_text("Fagfolk: gruppen har under 5 deltagere.")).to_be_visible()
    hall.chair("close_workshop")
    expect(page.get_by_text("Workshoppen er lukket")).to_be_visible()
    expect(page.get_by_role("region", name="Hvem har skrevet idéerne?")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Opfordr"))).to_have_count(0)
    expect(aloud).to_have_count(0)


def test_a_group_is_named_only_where_the_facilitator_chooses_it_and_it_is_large_enough(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 8)
    politicians = hall.join("politicians", 6)
    hall.start("ideas")
    for token in politicians:
        hall.do(token, "post_idea", text=f"Idé fra {token[:5]}")
    hall.chair("reveal_ideas")
    page, board = open_page(hall.console_url, CONSOLE), open_page(hall.board_url, BOARD)
    said = re.compile("^Opfordr: Borgere er 57 % af deltagerne og har skrevet 0 % af idéerne")
    page.get_by_role("button", name=said).click(timeout=CLOCK)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name=re.compile("Nogle grupper har skrevet mere end andre"))).to_be_checked()
    dialog.get_by_role("radio", name="Borgere: Hvad ser I, som vi andre ikke ser?").check()
    button(dialog, "Vis på tavlen").click()
    expect(board.get_by_role("heading", name="Borgere: Hvad ser I, som vi andre ikke ser?")).to_be_visible()


# Before a vote opens


def test_a_small_and_a_falling_group_are_warned_of_before_either_vote_and_block_nothing(hall: Hall, open_page: OpenPage):
    groups = {record["key"]: record["id"] for record in hall.records() if record["kind"] == "group"}
    hall.chair("edit_group", group=groups["politicians"], required=True)
    hall.join("citizens", 10)
    hall.join("politicians", 2)
    hall.ideas(IDEAS)
    hall.start("ballot")
    page = open_page(hall.console_url, CONSOLE)
    main = page.locator("main")
    expect(
        main.get_by_text("For få fra gruppen Politikere er til stede til, at deres stemmer kan tælles for sig")
    ).to_be_visible()
    expect(main.get_by_text("lade gruppen stemme åbent, hvis alle i den siger ja")).to_be_visible()
    assert faults(page) == []
    page.locator("#act", has_text="Åbn afstemningen").click()
    expect(page.get_by_text("af 12 deltagere, der kan stemme, har stemt.")).to_be_visible()
    hall.chair("close_ballot", ballot=next(r["id"] for r in hall.records() if r["kind"] == "ballot"))
    hall.agreement()
    hall.start("decisions")
    page.locator("#decide-agreement-A").click()
    expect(page.get_by_role("dialog").get_by_text("For få fra gruppen Politikere er til stede")).to_be_visible()


# Who was there


def test_the_console_shows_who_was_there_over_the_day(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    hall.join("politicians", 3)
    hall.start("welcome")
    hall.join("citizens", 2)
    hall.start("ideas")
    page = open_page(hall.console_url, CONSOLE)
    button(page, "Fremmøde i løbet af dagen").click()
    table = page.get_by_role("dialog").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(4)
    row = table.get_by_role("row", name=re.compile("Borgere"))
    expect(row).to_contain_text("6 af 6")
    expect(row).to_contain_text("8 af 8")
    expect(table.get_by_role("row", name=re.compile("Politikere"))).to_contain_text("under 5")
    assert faults(page) == []
