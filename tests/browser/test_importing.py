"""Ideas that are brought along, by clicks: from the console and the organiser's pages to phone, board and vote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import all_faults
from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, primary
from workshop.rules.limits import IMPORT_BYTES

pytestmark = pytest.mark.browser

SOURCE = "Borgermødet 12. marts"
MARK = f"Medbragt · {SOURCE}"
CSV = (
    "Idé;Begrundelse;Tema;Kilde\r\n"
    "Åbn skolerne for unge tre aftener om ugen;Der er varme og plads;Steder at være;\r\n"
    f'"Lys på boldbanerne\r\nhele året";;Steder at være;Høring 2025\r\n{"Svar inden for tre dage " * 14};;;\r\n'
)


def import_page(hall: Hall, open_page: OpenPage) -> Page:
    """The page as a facilitator reaches it from the console's menu."""
    page = open_page(hall.console_url, CONSOLE, bypass_csp=True)
    page.locator("#menu").click()
    page.get_by_role("link", name="Tag idéer med").click()
    expect(page.get_by_role("heading", name="Tag idéer med")).to_be_visible()
    return page


def test_a_csv_file_is_looked_through_corrected_and_taken_along_from_the_console(
    hall: Hall, open_page: OpenPage, tmp_path: Path
):
    hall.join("citizens", 6)
    hall.start("ideas")
    hall.chair("reveal_ideas")
    phone, board = come_in(open_page, hall), open_page(hall.board_url, BOARD)
    page = import_page(hall, open_page)
    expect(page.get_by_text("Op til 300 idéer ad gangen.")).to_be_visible()
    file = tmp_path / "borgermøde.csv"
    file.write_bytes(CSV.encode("cp1252"))
    page.get_by_label("Eller vælg en CSV-fil").set_input_files(file)
    page.get_by_label("Hvor kommer idéerne fra?").fill(SOURCE)
    page.get_by_role("button", name="Se idéerne igennem").click()
    expect(page.get_by_text("1 række kan ikke tages med.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Svar inden"))).to_contain_text("335 tegn. Der er plads til 280.")
    expect(page.get_by_role("button", name=re.compile(r"^Tag \d"))).to_have_count(0)
    assert all_faults(page) == []
    field = page.get_by_label("Indsæt idéerne her")
    field.fill(field.input_value().replace("Svar inden for tre dage " * 14, "Svar inden for tre dage"))
    page.get_by_role("button", name="Opdatér visningen").click()
    expect(page.get_by_text("1 nyt tema bliver oprettet: Steder at være")).to_be_visible()
    assert all_faults(page) == []
    page.get_by_role("button", name="Tag 3 idéer med").click()
    expect(page.get_by_text("3 idéer er taget med.")).to_be_visible()

    for screen in (phone, board):
        expect(screen.get_by_text("Åbn skolerne for unge tre aftener om ugen")).to_be_visible()
        expect(screen.get_by_text(MARK)).to_have_count(2)
        expect(screen.get_by_text("Medbragt · Høring 2025")).to_be_visible()
    page.get_by_role("link", name="Tilbage til ordstyrerens side").click()
    expect(page.get_by_role("region", name="Steder at være")).to_contain_text(MARK)


def test_pasted_lines_are_undone_while_nobody_uses_them(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    board = open_page(hall.board_url, BOARD)
    page = import_page(hall, open_page)
    page.get_by_label("Indsæt idéerne her").fill("- Åbn skolen, også om aftenen\n- Lys på banen\n")
    page.get_by_label("Hvor kommer idéerne fra?").fill(SOURCE)
    page.get_by_role("button", name="Se idéerne igennem").click()
    page.get_by_role("button", name="Tag 2 idéer med").click()
    expect(board.get_by_text("Åbn skolen, også om aftenen")).to_be_visible()
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_text("Fortrudt. Ingen af idéerne er med.")).to_be_visible()
    expect(board.get_by_text("Åbn skolen, også om aftenen")).to_have_count(0)


def test_another_column_holds_the_ideas_and_the_phone_is_wide_enough(hall: Hall, open_page: OpenPage):
    page = import_page(hall, open_page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_label("Indsæt idéerne her").fill("1;Steder;Åbn skolen\n2;Veje;Gratis bus")
    page.get_by_label("Hvor kommer idéerne fra?").fill(SOURCE)
    page.get_by_role("button", name="Se idéerne igennem").click()
    page.get_by_label("Kolonne 1 indeholder").select_option(label="Tages ikke med")
    page.get_by_label("Kolonne 2 indeholder").select_option(label="Tema")
    page.get_by_label("Kolonne 3 indeholder").select_option(label="Idé")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name=re.compile("^Tag 2")).click()
    expect(page.get_by_text("Se dem igennem igen, og tag dem så med.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Tag 2|^Opdatér")).last.click()
    page.get_by_role("button", name="Tag 2 idéer med").click()
    expect(page.get_by_text("2 idéer er taget med.")).to_be_visible()
    texts = {record["text"] for record in hall.records() if record["kind"] == "idea"}
    assert texts == {"Åbn skolen", "Gratis bus"}


def test_a_file_that_is_too_large_is_named_before_it_is_sent(hall: Hall, open_page: OpenPage, tmp_path: Path):
    page = import_page(hall, open_page)
    file = tmp_path / "stor.csv"
    file.write_bytes(b"x" * (IMPORT_BYTES + 1))
    choose = page.get_by_label("Eller vælg en CSV-fil")
    expect(page.get_by_text("0 af 120")).to_be_visible()
    choose.set_input_files(file)
    assert "Filen er for stor." in choose.evaluate("field => field.validationMessage")
    page.get_by_role("button", name="Se idéerne igennem").click()
    expect(page.get_by_role("heading", name="Se idéerne igennem")).to_have_count(0)
    choose.set_input_files([])
    assert choose.evaluate("field => field.validationMessage") == ""


def test_ideas_that_were_brought_along_are_voted_on_like_others(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 3)
    (own,) = hall.ideas(["En fast kontaktperson"])
    brought = hall.chair("import_ideas", rows=[{"text": "Gratis bus"}], source=SOURCE)["ideas"][0]
    hall.start("ballot")
    ballot = hall.chair("open_ballot", method="approval", options=[own, brought], title="Hvilke?", settings={"choices": 2})
    phone = come_in(open_page, hall)
    expect(phone.locator(".choice").filter(has_text="Gratis bus")).to_contain_text(MARK)
    expect(phone.locator(".choice").filter(has_text="Medbragt")).to_have_count(1)
    phone.locator(f"input[value='{brought}']").check()
    primary(phone).click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    hall.chair("close_ballot", ballot=ballot["ballot"])
    hall.chair("publish_ballot", ballot=ballot["ballot"])
    result = next(record for record in hall.records() if record["id"] == ballot["ballot"])["result"]
    assert {one["id"] for one in result["options"]} == {own, brought}
