"""The phone in a real Chromium: in at two taps, nothing written is lost, nothing voted is told, the room is followed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import NOTHING_BESIDE, faults
from tests.browser.conftest import PHONE
from tests.browser.hall import FRAME, Hall, in_danish

IDEAS = [
    "En fast kontaktperson, der ikke skifter, når man fylder 18",
    "Fællesspisning hver torsdag, hvor unge laver maden",
    "Svar inden for tre dage i stedet for en venteliste",
    "Foreninger får nøgle til skolen efter kl. 16",
]
OpenPage = Callable[..., Page]


def come_in(open_page: OpenPage, hall: Hall, group: str = "citizens", **options: Any) -> Page:
    """A phone that has come in by the code, as a member of the group."""
    phone = open_page(hall.url(f"/j/{hall.code}"), options.pop("size", None), **options)
    phone.set_default_timeout(15_000)
    phone.locator(f"input[value={group}]").check()
    phone.locator("button[form=come-in]").click()
    expect(phone.locator(".link.on")).to_be_visible()
    return phone


def look(phone: Page, hall: Hall, at: str) -> None:
    """Go to a screen of the room by its address."""
    phone.evaluate("view => { location.hash = view }", at)


def field(phone: Page, label: str = "Din idé") -> Any:
    return phone.get_by_label(label, exact=True)


def primary(phone: Page) -> Any:
    return phone.locator(".act .btn.primary, .act .btn[aria-disabled]").first


def ideas_of(hall: Hall) -> list[str]:
    return [record["text"] for record in hall.records() if record["kind"] == "idea"]


def open_ballot(hall: Hall, method: str = "approval", **settings: Any) -> tuple[str, list[str]]:
    """A ballot on four ideas of citizens who have no screen; its id and its options."""
    hall.join("citizens", 4)
    ids = hall.ideas(IDEAS)
    hall.start("ballot")
    made = hall.chair("open_ballot", method=method, options=ids, title="Hvilke skal blive til mål?", settings=settings)
    return made["ballot"], ids


# The way in


def test_two_taps_lead_in_and_the_promise_stands_before_them(hall: Hall, open_page: OpenPage):
    phone = open_page(hall.url(f"/j/{hall.code}"))
    for words in ("Det kan du regne med", "Budgettet for 2027 ligger fast.", "Åbningstider, steder", "slettes 90 dage"):
        expect(phone.get_by_text(words)).to_be_visible()
    expect(phone.get_by_label("Navn")).to_be_hidden()
    phone.get_by_label("Borgere").click()
    phone.get_by_role("button", name="Deltag").click()
    expect(phone.get_by_text("Din gruppe")).to_be_visible()
    expect(phone.get_by_text("Borgere").first).to_be_visible()


def test_the_way_in_needs_no_script(hall: Hall, open_page: OpenPage):
    phone = open_page(hall.url("/"), java_script_enabled=False)
    phone.get_by_label("Kode").fill("Ø!")
    phone.get_by_role("button", name="Videre").click()
    expect(phone.get_by_role("alert")).to_contain_text("Koden passer ikke")
    phone.get_by_label("Kode").fill(f" {hall.code.lower()} ")
    phone.get_by_role("button", name="Videre").click()
    expect(phone.get_by_role("heading", name="Hvad skal der til")).to_be_visible()
    phone.get_by_label("Fagfolk").click()
    phone.get_by_text("Skriv dit navn").click()
    phone.get_by_label("Navn").fill("å" * 61)
    phone.get_by_role("button", name="Deltag").click()
    expect(phone.get_by_text("plads til 60 tegn")).to_be_visible()
    assert phone.get_by_label("Navn").input_value() == "å" * 61
    phone.get_by_label("Navn").fill("Ane")
    phone.get_by_role("button", name="Deltag").click()
    assert "/room/" in phone.url
    people = [record for record in hall.records() if record["kind"] == "participant"]
    assert [(one["group"], one["name"]) for one in people] == [("professionals", "Ane")]


def test_the_code_of_a_group_asks_for_no_group(hall: Hall, open_page: OpenPage):
    code = next(group["code"] for group in hall.made["workshop"]["groups"] if group["key"] == "politicians")
    phone = open_page(hall.url(f"/j/{code}"))
    expect(phone.get_by_role("radio")).to_have_count(0)
    phone.get_by_role("button", name="Deltag").click()
    expect(phone.get_by_text("Politikere").first).to_be_visible()


def test_leaving_forgets_the_phone_and_the_code_brings_the_same_person_back(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    phone.get_by_role("link", name="Mig").click()
    code = phone.locator(".reentry").inner_text()
    phone.get_by_role("button", name="Forlad workshoppen").click()
    expect(phone.get_by_role("dialog")).to_contain_text(code)
    phone.get_by_role("dialog").get_by_role("button", name="Forlad workshoppen").click()
    expect(phone.get_by_label("Kode")).to_be_visible()
    assert phone.evaluate("Object.keys(localStorage).filter(key => /draft|outbox|choices/.test(key))") == []
    phone.goto(hall.url(f"/room/{hall.code}"))
    expect(phone.get_by_text("Jeg har været her før")).to_be_visible()
    other = open_page(hall.url(f"/j/{hall.code}"))
    other.get_by_text("Jeg har været her før").click()
    other.get_by_label("Din personlige kode").fill(code.lower().replace("-", " "))
    other.get_by_role("button", name="Kom tilbage").click()
    expect(other.get_by_text("Din gruppe")).to_be_visible()
    assert len([record for record in hall.records() if record["kind"] == "participant"]) == 1


#: what a phone may fetch, bytes, when it comes into the middle of something
MOST = 100_000


def come_into(hall: Hall, what: str) -> None:
    """Bring the room to a step, into the middle of a vote, or to its result."""
    if what in ("approval", "positions"):
        open_ballot(hall, what)
    elif what == "shortlist":
        ballot, ids = open_ballot(hall, seats=2, choices=2)
        for person in hall.people["citizens"]:
            hall.do(person, "cast_ballot", ballot=ballot, choices={ids[0]: 1})
        hall.chair("close_ballot", ballot=ballot)
        hall.chair("publish_ballot", ballot=ballot)
    elif what in ("decision", "outcome"):
        people = hall.join("citizens", 3)
        agreement = hall.agreement()
        hall.start("decisions")
        decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
        if what == "outcome":
            for person in people:
                hall.do(person, "take_stance", decision=decision, stance="for")
            hall.chair("close_decision", decision=decision)
    else:
        hall.start(what)


def on_the_wire(payload: str) -> int:
    """Bytes of a frame as it comes: the browser tells what was in it, and the engine sends it deflated."""
    deflate = zlib.compressobj(wbits=-15)
    return len(deflate.compress(payload.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH))


@pytest.mark.parametrize("step", [
    "welcome", "frame", "rules", "ideas", "themes", "approval", "positions", "shortlist", "goals", "agreements", "decision",
    "outcome", "commitments", "closing"])  # fmt: skip
def test_a_first_visit_is_small(hall: Hall, browser: Browser, step: str):
    come_into(hall, step)
    context = browser.new_context(viewport=PHONE, locale="da-DK")  # type: ignore[arg-type]
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: dict[str, str] = {}
    bytes_of: dict[str, float] = {}
    wire.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"] + e["request"]["url"]: e["request"]["url"]}))
    wire.on("Network.requestServedFromCache", lambda e: bytes_of.pop(e["requestId"], None))
    wire.on("Network.loadingFinished", lambda e: bytes_of.update({e["requestId"]: e["encodedDataLength"]}))
    agreed: list[str] = []
    wire.on(
        "Network.webSocketHandshakeResponseReceived",
        lambda e: agreed.append({k.lower(): v for k, v in e["response"]["headers"].items()}["sec-websocket-extensions"]),
    )
    wire.on(
        "Network.webSocketFrameReceived",
        lambda e: bytes_of.update({"socket": bytes_of.get("socket", 0) + on_the_wire(e["response"]["payloadData"])}),
    )
    page.goto(hall.url(f"/j/{hall.code}"))
    page.locator("input[value=citizens]").check()
    page.locator("button[form=come-in]").click()
    expect(page.locator(".link.on")).to_be_visible()
    expect(page.locator("main h1, main .sheet").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    sent = [url for url in asked.values() if not url.startswith("data:")]
    from_here = [url for url in sent if url.startswith(hall.server.url)]
    context.close()
    assert sent == from_here, "a request to somebody else"
    # The sheet and the font stand on both pages and come once.
    again = 2
    assert len(sent) - again <= 25, "\n".join(sent)
    print(f"{step}: {sum(bytes_of.values()) / 1000:.0f} kB in {len(sent) - again} requests")
    assert sum(bytes_of.values()) <= MOST, sum(bytes_of.values())
    assert agreed and all("permessage-deflate" in one for one in agreed), "frames come deflated"
    assert any("socket.io" in url for url in sent) and bytes_of["socket"] > 1000, "measured before it was in the room"


def test_the_bar_of_a_chosen_idea_has_its_share_of_the_line(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 10)
    come_into(hall, "shortlist")
    phone = come_in(open_page, hall)
    row = phone.locator(".chosen-list li").first
    expect(row.get_by_text(re.compile(r"satte kryds"))).to_be_visible()
    bar, words, number = (row.locator(part).bounding_box() for part in (".count .bar", ".words", ".n"))
    assert bar and words and number
    assert bar["width"] >= 48, bar
    assert abs(number["y"] - words["y"]) < 12, "the number stands beside the first line"


def test_the_own_address_is_copied_shared_and_scanned_and_brings_the_same_person_back(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    phone.evaluate("() => { navigator.share = async what => { window.shared = what } }")
    look(phone, hall, "me")
    expect(phone.locator(".own-qr svg")).to_be_visible()
    own = phone.locator(".own-address").text_content()
    assert own and own == hall.url(f"/j/{hall.code}/back#{phone.locator('.reentry').text_content()}")
    phone.get_by_role("button", name="Kopiér linket").click()
    expect(phone.get_by_text("Linket er kopieret")).to_be_visible()
    phone.get_by_role("button", name="Del linket").click()
    assert phone.evaluate("() => window.shared.url") == own
    other = open_page(own)
    other.get_by_role("button", name="Kom tilbage").click()
    expect(other.locator(".link.on")).to_be_visible()
    expect(phone.get_by_role("link", name="Kom tilbage")).to_be_visible()
    third = open_page(hall.url("/"))
    third.get_by_label("Kode").fill(own.rpartition("#")[2])
    third.get_by_role("button", name="Videre").click()
    expect(third.locator(".link.on")).to_be_visible()
    assert len([record for record in hall.records() if record["kind"] == "participant"]) == 1


# Following the room


def test_phones_follow_the_facilitator_by_themselves(hall: Hall, open_page: OpenPage):
    one, two = come_in(open_page, hall), come_in(open_page, hall, "politicians")
    for kind, words in (("welcome", "Jeg er klar"), ("frame", "Det kan du regne med"), ("rules", "Ingen indvending"),
                        ("ideas", "Din idé"), ("themes", "Ingen idéer endnu"), ("ballot", "Afstemningen åbner om lidt"),
                        ("goals", "Ingen mål endnu"), ("agreements", "Ingen aftaler endnu"),
                        ("commitments", "Ingen mål eller aftaler endnu"), ("break", "Læg gerne telefonen væk"),
                        ("closing", "Det blev I enige om")):  # fmt: skip
        hall.start(kind)
        for phone in (one, two):
            expect(phone.get_by_text(words).first).to_be_visible()


def test_being_ready_reaches_the_facilitator(hall: Hall, open_page: OpenPage):
    hall.start("frame")
    phone = come_in(open_page, hall)
    phone.get_by_role("button", name="Jeg har læst det").click()
    expect(phone.get_by_text("Ordstyreren kan se, at du er klar")).to_be_visible()
    running = next(r for r in hall.records() if r["kind"] == "step" and r["state"] == "running")
    assert running["ready"] == 1


def test_a_step_that_starts_steals_no_text(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).type("En bænk ved")
    hall.start("themes")
    expect(phone.get_by_text("Ordstyreren er gået videre til")).to_be_visible()
    field(phone).type(" søen")
    assert field(phone).input_value() == "En bænk ved søen"
    phone.get_by_role("button", name="Følg med").click()
    expect(phone.get_by_text("Ingen idéer endnu")).to_be_visible()
    hall.start("ideas")
    assert field(phone).input_value() == "En bænk ved søen"
    expect(phone.get_by_text("Kladden er gemt på telefonen")).to_be_visible()


def test_the_reveal_steals_no_text(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).type("En bænk ved")
    hall.join("citizens")
    hall.ideas(IDEAS[:2])
    expect(phone.get_by_text("Alle i rummet kan se idéen med det samme")).to_be_visible()
    expect(field(phone)).to_be_focused()
    phone.keyboard.type(" søen")
    primary(phone).click()
    expect(phone.locator(".idea.yours")).to_contain_text("En bænk ved søen")
    expect(phone.get_by_text(IDEAS[0])).to_be_visible()


# Ideas


def test_an_idea_is_private_until_it_is_shown_and_then_everybodys(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    one, two = come_in(open_page, hall), come_in(open_page, hall, "politicians")
    expect(one.get_by_text("Kun du kan se idéen, indtil")).to_be_visible()
    expect(primary(one)).to_have_text("Skriv din idé først")
    field(one).fill("Lektiecafé på biblioteket")
    one.get_by_role("button", name="Send idé").click()
    expect(one.locator(".idea.private")).to_contain_text("Gemt. Kun du kan se den")
    expect(field(one)).to_have_value("")
    expect(two.get_by_text("Lektiecafé")).to_have_count(0)
    hall.chair("reveal_ideas")
    expect(two.get_by_text("Lektiecafé på biblioteket")).to_be_visible()
    expect(one.locator(".idea.yours")).to_contain_text("Din idé")
    two.get_by_role("button", name="Byg videre").click()
    field(two, "Din idé, der bygger videre").fill("Med noget at spise")
    two.get_by_role("button", name="Send idé").click()
    expect(two.locator(".plain-card")).to_contain_text("Med noget at spise")
    two.get_by_role("group", name="Hvad vil du gøre?").get_by_role("button", name="Kommentér").click()
    two.get_by_role("button", name="Bekymring").click()
    field(two, "Din bekymring").fill("Hvem låser op?")
    two.get_by_role("button", name="Send kommentar").click()
    expect(one.get_by_role("link", name="Én kommentar")).to_be_visible()
    expect(one.get_by_text("Med noget at spise").first).to_be_visible()
    sorts = [record["sort"] for record in hall.records() if record["kind"] == "comment"]
    assert sorts == ["concern"]


def test_an_own_idea_can_be_changed_hidden_and_withdrawn_and_says_so(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Gratis bus")
    primary(phone).click()
    expect(phone.locator(".idea.private")).to_be_visible()
    phone.get_by_role("link", name="Ret", exact=True).click()
    expect(primary(phone)).to_have_text("Intet er ændret")
    field(phone, "Ret din idé").fill("Gratis bus om aftenen")
    phone.get_by_role("button", name="Gem").click()
    expect(phone.locator(".idea.private")).to_contain_text("Gratis bus om aftenen")
    hall.chair("reveal_ideas")
    idea = next(record for record in hall.records() if record["kind"] == "idea")
    hall.chair("hide_idea", idea=idea["id"], reason="Nævner en person")
    phone.get_by_role("button", name=re.compile("^Mine")).click()
    expect(phone.locator(".idea.hidden")).to_contain_text("Nævner en person")
    hall.chair("show_idea", idea=idea["id"])
    phone.get_by_role("button", name="Træk tilbage").click()
    phone.get_by_role("dialog").get_by_role("button", name="Træk tilbage").click()
    expect(phone.locator(".idea.withdrawn")).to_contain_text("Trukket tilbage")


def test_who_wrote_a_hidden_idea_may_ask_once_for_it_to_be_shown(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Gratis bus")
    primary(phone).click()
    expect(phone.locator(".idea.private")).to_be_visible()
    hall.chair("reveal_ideas")
    idea = next(record for record in hall.records() if record["kind"] == "idea")
    hall.chair("hide_idea", idea=idea["id"], reason="Nævner en person")
    look(phone, hall, "mine")
    phone.get_by_role("button", name="Bed om at få idéen vist igen").click()
    field(phone, "Hvorfor skal idéen vises?").fill("Den nævner ingen.")
    phone.get_by_role("button", name="Spørg ordstyreren").click()
    expect(phone.locator(".section", has=phone.locator(".idea.hidden"))).to_contain_text(
        "Du har bedt ordstyreren om at vise"
    )


def test_a_text_one_too_long_is_not_cut_and_the_button_says_why(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    whole = "🙂" * 279 + "å"
    field(phone).fill(whole + "!")
    expect(phone.get_by_text("281 af 280")).to_be_visible()
    expect(primary(phone)).to_have_text("Ét tegn for meget")
    expect(primary(phone)).to_have_attribute("aria-disabled", "true")
    primary(phone).click(force=True)
    assert field(phone).input_value() == whole + "!"
    assert ideas_of(hall) == [] and phone.locator(".idea").count() == 0
    field(phone).fill(whole)
    expect(phone.get_by_text("280 af 280")).to_be_visible()
    phone.get_by_role("button", name="Send idé").click()
    expect(phone.locator(".idea.private")).to_be_visible()
    hall.chair("reveal_ideas")
    assert ideas_of(hall) == [whole]


def test_words_from_right_to_left_and_signs_stand_as_they_were_written(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    for words in ("مكتبة مفتوحة في المساء 👩🏽‍🎓", "<b>Fed</b> & 'citat' \"her\"", "Ungdomsuddannelsesinstitutionernes" * 4):
        field(phone).fill(words)
        primary(phone).click()
        expect(phone.locator(".idea .words").get_by_text(words, exact=True)).to_be_visible()
        expect(field(phone)).to_have_value("")
    arabic = phone.locator(".idea .words", has_text="مكتبة")
    assert arabic.evaluate("node => getComputedStyle(node).direction") == "rtl"
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate(NOTHING_BESIDE)


# Without a network


def test_without_a_network_nothing_is_lost_and_it_is_sent_once(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    phone.context.set_offline(True)
    expect(phone.locator(".offline")).to_contain_text("Du er uden net lige nu")
    expect(phone.locator(".link.off")).to_have_text("Ingen forbindelse")
    field(phone).fill("Besøgsven den første måned")
    phone.get_by_role("button", name="Send, når der er net").click()
    expect(phone.locator(".idea.waiting")).to_contain_text("Gemt på telefonen")
    expect(primary(phone)).to_have_text("Venter på net")
    assert field(phone).input_value() == "Besøgsven den første måned", "cleared before the answer"
    phone.get_by_role("button", name="Skriv en ny idé imens").click()
    field(phone).fill("Og en til")
    primary(phone).click()
    expect(phone.locator(".idea.waiting")).to_have_count(2)
    phone.context.set_offline(False)
    expect(phone.locator(".idea.private")).to_have_count(2)
    expect(phone.locator(".offline")).to_have_count(0)
    expect(field(phone)).to_have_value("")
    hall.chair("reveal_ideas")
    assert sorted(ideas_of(hall)) == ["Besøgsven den første måned", "Og en til"]


def test_a_reload_while_something_waits_loses_and_doubles_nothing(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    expect(field(phone)).to_be_visible()
    phone.route("**/socket.io/**", lambda route: route.abort())
    phone.context.set_offline(True)
    expect(phone.locator(".offline")).to_be_visible()
    field(phone).fill("Lån telt, kajak og kamera")
    primary(phone).click()
    expect(phone.locator(".idea.waiting")).to_be_visible()
    # The page comes back (the network for it is there), and the room's line follows.
    phone.context.set_offline(False)
    phone.unroute("**/socket.io/**")
    phone.reload()
    expect(phone.locator(".idea.private")).to_contain_text("Lån telt, kajak og kamera")
    expect(phone.locator(".idea")).to_have_count(1)
    expect(field(phone)).to_have_value("")
    hall.chair("reveal_ideas")
    assert ideas_of(hall) == ["Lån telt, kajak og kamera"]


def test_a_second_tab_is_the_same_person(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    second = phone.context.new_page()
    second.goto(hall.url(f"/j/{hall.code}"))
    expect(second.locator(".link.on")).to_be_visible()
    field(second).fill("Skrevet i den anden fane")
    primary(second).click()
    expect(second.locator(".idea.private")).to_be_visible()
    expect(phone.locator(".idea.private")).to_contain_text("Skrevet i den anden fane")
    expect(phone.locator(".idea")).to_have_count(1)
    assert len([record for record in hall.records() if record["kind"] == "participant"]) == 1


# Voting


def test_a_half_filled_ballot_stands_whatever_happens_in_the_room(hall: Hall, open_page: OpenPage):
    ballot, ids = open_ballot(hall, choices=2, seats=2)
    phone = come_in(open_page, hall)
    expect(phone.get_by_text("Hemmelig: ingen kan se, hvad du stemmer")).to_be_visible()
    expect(primary(phone)).to_have_text("Vælg mindst én")
    phone.get_by_label("Fællesspisning").click()
    for voter in hall.people["citizens"]:
        hall.do(voter, "cast_ballot", ballot=ballot, choices={ids[0]: 1})
    expect(phone.get_by_text(re.compile(r"4 af \d"))).to_be_visible()
    expect(phone.get_by_label("Fællesspisning")).to_be_checked()
    phone.reload()
    expect(phone.get_by_label("Fællesspisning")).to_be_checked()
    expect(phone.get_by_text("Ét kryds tilbage")).to_be_visible()
    expect(phone.get_by_role("button", name="Stem med ét kryds")).to_be_visible()


def test_a_vote_can_be_changed_until_it_closes_and_the_receipt_says_what_it_bought(hall: Hall, open_page: OpenPage):
    ballot, ids = open_ballot(hall, choices=2, seats=2)
    phone = come_in(open_page, hall)
    phone.get_by_label("Svar inden for").check()
    phone.get_by_label("Fællesspisning").check()
    phone.get_by_label("Foreninger").click(force=True)
    expect(phone.get_by_label("Foreninger")).not_to_be_checked()
    expect(phone.get_by_text("Fjern et kryds først").first).to_be_visible()
    phone.get_by_role("button", name="Stem med 2 kryds").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    phone.get_by_label("Svar inden for").uncheck()
    expect(phone.get_by_text("Send igen, så det tæller")).to_be_visible()
    phone.get_by_role("button", name="Send den ændrede stemme").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    for voter in hall.people["citizens"]:
        hall.do(voter, "cast_ballot", ballot=ballot, choices={ids[1]: 1, ids[0]: 1})
    hall.chair("close_ballot", ballot=ballot)
    expect(phone.get_by_text("Resultatet bliver vist for alle på samme tid")).to_be_visible()
    expect(phone.get_by_text("Din stemme er talt med")).to_be_visible()
    hall.chair("publish_ballot", ballot=ballot)
    expect(phone.get_by_text("2 idéer er valgt")).to_be_visible()
    expect(phone.locator(".slip")).to_contain_text("Din stemme hjalp én af de 2 valgte idéer")
    expect(phone.locator(".chosen-list li", has_text="Fællesspisning").get_by_text("Du satte kryds")).to_be_visible()
    phone.reload()
    expect(phone.locator(".slip")).to_contain_text("Din stemme hjalp én")


def test_a_vote_given_without_a_network_is_sent_when_it_is_back(hall: Hall, open_page: OpenPage):
    ballot, _ = open_ballot(hall, choices=2)
    phone = come_in(open_page, hall)
    phone.get_by_label("Fællesspisning").check()
    phone.context.set_offline(True)
    expect(phone.locator(".offline")).to_be_visible()
    phone.get_by_role("button", name="Stem med ét kryds").click()
    expect(primary(phone)).to_have_text("Venter på net")
    phone.context.set_offline(False)
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    record = next(r for r in hall.records() if r["id"] == ballot)
    assert record["turnout"]["voted"] == 1


def test_dots_and_positions_are_given_one_thing_at_a_time(hall: Hall, open_page: OpenPage):
    ballot, _ = open_ballot(hall, "dots", dots=3, per_option=2)
    phone = come_in(open_page, hall)
    first = phone.locator(".dots").first
    first.get_by_role("button", name="Tilføj en prik").click()
    first.get_by_role("button", name="Tilføj en prik").click()
    expect(first.get_by_text("Op til 2 prikker på samme idé")).to_be_visible()
    expect(phone.get_by_text("Én prik tilbage")).to_be_visible()
    phone.get_by_role("button", name="Stem med 2 prikker").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    hall.chair("close_ballot", ballot=ballot)
    ids = [record["id"] for record in hall.records() if record["kind"] == "idea"]
    second = hall.chair("open_ballot", method="positions", options=ids, settings={})["ballot"]
    seen = []
    for n, answer in enumerate(("Enig", "Uenig", "Pas"), 1):
        expect(phone.get_by_text(f"Udsagn {n}", exact=True)).to_be_visible()
        seen.append(phone.locator(".say .words").inner_text())
        phone.get_by_role("button", name=answer, exact=True).click()
    expect(phone.get_by_text("Udsagn 4", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Forrige udsagn").click()
    expect(phone.locator(".say .words")).to_have_text(seen[2])
    expect(phone.get_by_role("button", name="Pas")).to_have_attribute("aria-pressed", "true")
    phone.get_by_role("button", name="Enig", exact=True).click()
    phone.get_by_role("button", name="Uenig", exact=True).click()
    expect(phone.get_by_text("Du har svaret på alle")).to_be_visible()
    turnout = next(r for r in hall.records() if r["id"] == second)["turnout"]
    assert turnout["voted"] == 1


def test_an_open_vote_can_be_reached_whatever_step_runs(hall: Hall, open_page: OpenPage):
    open_ballot(hall, choices=1)
    hall.start("frame")
    phone = come_in(open_page, hall)
    expect(phone.get_by_text("Det kan du regne med")).to_be_visible()
    row = phone.get_by_role("link", name=re.compile("^Stem"))
    expect(row).to_contain_text("Du har ikke svaret endnu")
    row.click()
    phone.get_by_label("Fællesspisning").check()
    phone.get_by_role("button", name="Stem med ét kryds").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    phone.get_by_role("link", name=re.compile("^Tilbage til")).click()
    expect(phone.get_by_role("link", name=re.compile("^Stem"))).to_contain_text("Dit svar er sendt")


# Texts and decisions


def test_a_decision_asks_for_reasons_waits_for_late_comers_and_tells_every_group(hall: Hall, open_page: OpenPage):
    one = come_in(open_page, hall)
    hall.join("citizens", 9)
    hall.join("politicians", 6)
    agreement = hall.agreement()
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    expect(one.get_by_text("Hemmelig: ingen kan se, hvad du stemmer.")).to_be_visible()
    expect(one.get_by_text("Du stemmer om version 1")).to_be_visible()
    expect(primary(one)).to_have_text("Vælg et svar")
    one.get_by_label("For, med forbehold").click()
    expect(primary(one)).to_have_text("Skriv dit forbehold")
    field(one, "Dit forbehold").fill("Opsynet må ikke tages fra klubbernes timer")
    one.get_by_role("button", name="Send min stemme").click()
    expect(primary(one)).to_have_text("Din stemme er sendt")
    late = come_in(open_page, hall, "politicians")
    expect(late.get_by_text("Du er med i den næste")).to_be_visible()
    expect(late.get_by_role("radio")).to_have_count(0)
    for voter in hall.people["citizens"]:
        hall.do(voter, "take_stance", decision=decision, stance="for")
    for voter in hall.people["politicians"]:
        hall.do(voter, "take_stance", decision=decision, stance="against")
    assert one.get_by_text("Gruppe for gruppe").count() == 0, "told before it closed"
    hall.chair("close_decision", decision=decision)
    expect(one.get_by_role("heading", name="Ikke tilslutning")).to_be_visible()
    expect(one.get_by_text("Ikke flertal hos: Politikere.")).to_be_visible()
    expect(one.get_by_role("img", name="Flertal i 1 af 2 grupper")).to_be_visible()
    expect(one.get_by_text("Opsynet må ikke tages")).to_be_visible()


def test_a_changed_text_ends_the_decision_and_says_so(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    hall.join("politicians", 2)
    agreement = hall.agreement()
    hall.start("decisions")
    hall.chair("open_decision", on=agreement, version=1)
    phone.get_by_label("Blank", exact=True).click()
    hall.chair("edit_agreement", agreement=agreement, version=1, purpose="Skolerne står åbne to aftener om ugen.")
    expect(phone.get_by_role("heading", name="Teksten er ændret")).to_be_visible()
    expect(phone.locator("ins, del").first).to_be_visible()


def test_an_amendment_goes_in_and_its_answer_comes_back(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    agreement = hall.agreement()
    hall.start("agreements")
    phone.locator("main a", has_text="Skolerne står åbne").click()
    phone.get_by_role("button", name="Foreslå ændring").click()
    expect(primary(phone)).to_have_text("Intet er ændret")
    field(phone, "Skriv den nye tekst").fill("Skolerne står åbne for unge to aftener om ugen.")
    phone.get_by_label("Hvorfor?").fill("Tre er for dyrt")
    hall.chair("show_on_board", shows=agreement)
    phone.get_by_role("button", name="Send forslag").click()
    expect(phone.locator(".idea.yours")).to_contain_text("Tre er for dyrt")
    amendment = next(record for record in hall.records() if record["kind"] == "amendment")
    hall.chair("reject_amendment", amendment=amendment["id"], reason="Byrådet har sagt ja til tre")
    expect(phone.locator(".idea.yours")).to_contain_text("Byrådet har sagt ja til tre")
    expect(phone.locator(".idea.yours")).to_contain_text("Afvist")


def test_consent_is_given_or_objected_to_with_a_reason(hall: Hall, open_page: OpenPage):
    hall.start("rules")
    one, two = come_in(open_page, hall), come_in(open_page, hall, "politicians")
    one.get_by_role("button", name="Ingen indvending").click()
    expect(one.get_by_text("Du har svaret: ingen indvending")).to_be_visible()
    two.get_by_role("button", name="Jeg har en indvending").click()
    expect(primary(two)).to_have_text("Skriv din begrundelse")
    field(two, "Hvad går galt, hvis vi gør det?").fill("Nogen skal kunne afbryde")
    two.get_by_role("button", name="Send indvending").click()
    expect(two.locator(".yours")).to_contain_text("Nogen skal kunne afbryde")
    expect(one.get_by_text("”Nogen skal kunne afbryde”")).to_be_visible()
    expect(one.get_by_role("button", name="Træk indvendingen tilbage")).to_have_count(0)
    two.get_by_role("button", name="Træk indvendingen tilbage").click()
    expect(one.get_by_text("”Nogen skal kunne afbryde”")).to_have_count(0)


def test_ground_rules_that_change_are_shown_with_what_changed_and_answered_again(hall: Hall, open_page: OpenPage):
    hall.start("rules")
    phone = come_in(open_page, hall)
    phone.get_by_role("button", name="Ingen indvending").click()
    expect(phone.get_by_text("Du har svaret: ingen indvending.")).to_be_visible()
    hall.chair("edit_workshop", ground_rules=FRAME["ground_rules"] + " Telefonen bliver i lommen.")
    expect(phone.get_by_role("heading", name="Spillereglerne er ændret. Svar igen")).to_be_visible()
    expect(phone.locator(".changed-rules ins")).to_contain_text("Telefonen bliver i lommen.")
    expect(phone.get_by_text("Før svarede du ”Ingen indvending”. Det gjaldt den gamle tekst.")).to_be_visible()
    phone.get_by_role("button", name="Ingen indvending").click()
    expect(phone.get_by_text("Du har svaret: ingen indvending.")).to_be_visible()
    rounds = [record for record in hall.records() if record["kind"] == "consent"]
    assert [(one["state"], one["round"], one["turnout"]["voted"]) for one in rounds] == [("closed", 1, 1), ("open", 1, 1)]


def test_an_idea_can_be_followed_to_the_agreement_and_the_end(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Åbne skoler om aftenen")
    primary(phone).click()
    expect(phone.locator(".idea.private")).to_be_visible()
    hall.chair("reveal_ideas")
    idea = next(record["id"] for record in hall.records() if record["kind"] == "idea")
    agreement = hall.agreement()
    goal = next(record for record in hall.records() if record["kind"] == "goal")
    hall.chair("edit_goal", goal=goal["id"], version=1, from_ideas=[idea])
    look(phone, hall, "mine")
    expect(phone.locator(".trail")).to_contain_text("Blev til mål 1")
    expect(phone.locator(".trail")).to_contain_text("Er med i aftale A")
    hall.start("commitments")
    phone.locator(".agr", has_text="Skolerne står åbne").get_by_role("button", name="Støtter du den?").click()
    expect(primary(phone)).to_have_text("Vælg et svar")
    phone.get_by_role("button", name="Jeg støtter den", exact=True).click()
    field(phone, "Hvad gør du selv? (valgfrit)").fill("Jeg ringer til klubberne")
    primary(phone).click()
    expect(phone.locator(".agr", has_text="Du støtter den")).to_contain_text("Jeg ringer til klubberne")
    assert next(r for r in hall.records() if r["kind"] == "commitment")["on"] == agreement
    hall.start("closing")
    expect(phone.get_by_role("heading", name="Det blev I enige om")).to_be_visible()
    expect(phone.get_by_text(in_danish(FRAME["response_due"]))).to_be_visible()
    expect(phone.locator(".reentry")).to_have_text(re.compile(r"^[0-9A-Z]{5}-[0-9A-Z]{5}$"))


def test_where_the_room_recommends_the_phone_never_says_decided(hall: Hall, open_page: OpenPage):
    hall.chair("edit_workshop", decision_level="recommendation")
    phone = come_in(open_page, hall)
    hall.join("citizens", 4)
    hall.join("politicians", 5)
    agreement = hall.agreement()
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    seen = []
    expect(phone.get_by_text("Din stemme om version 1")).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    phone.get_by_label("For", exact=True).click()
    primary(phone).click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    for voter in [*hall.people["citizens"], *hall.people["politicians"]]:
        hall.do(voter, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    expect(phone.get_by_role("heading", name="Anbefales")).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    look(phone, hall, agreement)
    expect(phone.get_by_text("Anbefales").first).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    hall.start("closing")
    expect(phone.get_by_role("heading", name="Anbefales")).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    for words in seen:
        assert not re.search(r"beslutte(?!nde)|vedtag", words, re.IGNORECASE), words


# Mig, and everywhere


def test_language_theme_and_name_are_the_persons_own(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall, color_scheme="light")
    phone.get_by_role("link", name="Mig").click()
    phone.get_by_label("Dit navn").fill("Ane Holm")
    phone.get_by_role("button", name="Gem navn").click()
    expect(phone.get_by_text("Navnet er gemt")).to_be_visible()
    phone.get_by_role("button", name="Mørkt").click()
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_role("heading", name="Your personal code")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Your personal code")).to_be_visible()
    assert phone.get_by_label("Your name").input_value() == "Ane Holm"
    assert phone.evaluate("document.documentElement.dataset.theme") == "dark"
    assert phone.evaluate("document.documentElement.lang") == "en"
    hall.start("ideas")
    expect(phone.get_by_text("The facilitator has moved on").or_(phone.get_by_label("Your idea"))).to_be_visible()


def test_a_person_taken_out_is_told_and_has_a_way_back(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    person = next(record for record in hall.records() if record["kind"] == "participant")
    hall.chair("remove_participant", participant=person["id"])
    expect(phone.get_by_role("heading", name="Du deltager ikke længere")).to_be_visible()
    expect(phone.get_by_role("link", name="Kom tilbage")).to_be_visible()


def test_the_whole_way_can_be_walked_with_keys(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = open_page(hall.url(f"/j/{hall.code}"))
    phone.locator("input[value=citizens]").focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Enter")
    expect(field(phone)).to_be_visible()
    phone.keyboard.press("Tab")
    expect(phone.locator(".skip")).to_be_focused()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    expect(field(phone)).to_be_focused()
    phone.keyboard.type("Skrevet uden mus")
    for _ in range(20):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.textContent").strip() == "Send idé":
            break
    phone.keyboard.press("Enter")
    expect(phone.locator(".idea.private")).to_contain_text("Skrevet uden mus")


def test_steps_and_open_votes_are_said_aloud(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    polite = phone.locator("body > [aria-live=polite]")
    hall.start("ideas")
    expect(polite).to_contain_text("Nu: ")
    open_ballot(hall, choices=1)
    expect(polite).to_contain_text("En afstemning er åben")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_has_a_serious_fault_or_runs_over_at_320(hall: Hall, open_page: OpenPage, theme: str):
    wrong: list[str] = []

    def check(phone: Page, name: str) -> None:
        expect(phone.locator("[aria-busy=true]")).to_have_count(0)
        wrong.extend(f"{name}: {fault}" for fault in faults(phone))
        phone.set_viewport_size({"width": 320, "height": 640})
        if not phone.evaluate(NOTHING_BESIDE):
            wrong.append(f"{name}: wider than 320")
        phone.set_viewport_size(PHONE)  # type: ignore[arg-type]

    check(open_page(hall.url("/"), color_scheme=theme), "front")
    check(open_page(hall.url(f"/j/{hall.code}"), color_scheme=theme), "join")
    check(open_page(hall.url("/f/nothing"), color_scheme=theme), "gone")
    phone = come_in(open_page, hall, color_scheme=theme)
    hall.join("citizens", 9)
    hall.join("politicians", 6)
    for kind in ("welcome", "frame", "rules", "ideas", "break"):
        hall.start(kind)
        expect(phone.locator(".stepline")).to_contain_text(kind_title(hall))
        check(phone, kind)
    ids = hall.ideas([*IDEAS, "مكتبة مفتوحة في المساء", "Ungdomsuddannelsesinstitutionernes" * 6])
    settings = {"choices": 2, "seats": 2}
    ballot = hall.chair("open_ballot", method="approval", options=ids[:4], settings=settings)["ballot"]
    for view in ("ideas", ids[0], "me", "mine", ballot):
        look(phone, hall, view)
        check(phone, view)
    for voter in hall.people["citizens"]:
        hall.do(voter, "cast_ballot", ballot=ballot, choices={ids[0]: 1})
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    agreement = hall.agreement()
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for view in (ballot, "goals", agreement, decision):
        look(phone, hall, view)
        check(phone, view)
    for voter in [*hall.people["citizens"], *hall.people["politicians"]]:
        hall.do(voter, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    expect(phone.locator("svg.table")).to_be_visible()
    check(phone, "result")
    for kind in ("commitments", "closing"):
        hall.start(kind)
        expect(phone.locator(".stepline")).to_contain_text(kind_title(hall))
        check(phone, kind)
    assert wrong == []


def kind_title(hall: Hall) -> str:
    return str(next(r["title"] for r in hall.records() if r["kind"] == "step" and r["state"] == "running"))
