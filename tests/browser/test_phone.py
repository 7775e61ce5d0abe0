"""The phone in a real Chromium: in at two taps, nothing written is lost, nothing voted is told, the room is followed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, come_in_by_the_form, field, look, primary


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
    phone = come_in_by_the_form(open_page, hall)
    phone.get_by_role("link", name="Mig").click()
    code = phone.locator(".reentry").inner_text()
    phone.get_by_role("button", name="Forlad workshoppen").click()
    expect(phone.get_by_role("dialog")).to_contain_text(code)
    phone.get_by_role("dialog").get_by_role("button", name="Forlad workshoppen").click()
    expect(phone.get_by_label("Kode")).to_be_visible()
    # The page that was left may still be giving way to the next one.
    phone.wait_for_function("() => !Object.keys(localStorage).some(key => /draft|outbox|choices/.test(key))")
    phone.goto(hall.url(f"/room/{hall.code}"))
    expect(phone.get_by_text("Jeg har været her før")).to_be_visible()
    other = open_page(hall.url(f"/j/{hall.code}"))
    other.get_by_text("Jeg har været her før").click()
    other.get_by_label("Din personlige kode").fill(code.lower().replace("-", " "))
    other.get_by_role("button", name="Kom tilbage").click()
    expect(other.get_by_text("Din gruppe")).to_be_visible()
    assert len([record for record in hall.records() if record["kind"] == "participant"]) == 1


def test_the_own_address_is_copied_shared_and_scanned_and_brings_the_same_person_back(hall: Hall, open_page: OpenPage):
    phone = come_in_by_the_form(open_page, hall)
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


def test_language_theme_and_name_are_the_persons_own(hall: Hall, open_page: OpenPage):
    phone = come_in_by_the_form(open_page, hall, color_scheme="light")
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
