"""The page on which ideas are brought along: what it reads, what it says, and whom it lets in."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.conftest import Browser, Page, client_of
from workshop.commands.room.workshops import links
from workshop.cookies import cookie_name
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import FACILITATOR
from workshop.models import Idea, Theme, Workshop
from workshop.rules.limits import IMPORT_BYTES

CSV = 'Idé;Begrundelse;Emne;Kilde\nÅbn skolen;Der er varmt;Steder;\n"Lys\npå banen";;Veje;Høring\n'


def at(number: int) -> str:
    return f"/organiser/workshops/{number}/ideas"


def look(browser: Browser, number: int, **typed: Any) -> tuple[TestResponse, Page]:
    """Fill in the form and look through what was read."""
    file = typed.pop("file", None)
    if file is not None:
        typed["file"] = (io.BytesIO(file), "idéer.csv")
    opened = browser.open(at(number))
    answer = browser.client.post(at(number), data={"csrf_token": opened.csrf, "source": "Høring", "act": "read", **typed})
    return answer, Page(answer.get_data(as_text=True))


def chosen(answer: TestResponse) -> dict[str, str]:
    """The choices of the page as a browser sends them again."""
    html = answer.get_data(as_text=True)
    lists = re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', html)
    return {name: next(iter(re.findall(r'value="([^"]*)" selected', options)), "") for name, options in lists}


def take(browser: Browser, number: int, answer: TestResponse, **other: Any) -> TestResponse:
    """Take along what the page shows."""
    page = Page(answer.get_data(as_text=True))
    values = {name: value for name, value in page.values.items() if not name.startswith("option")}
    values["pasted"] = values["pasted"].removeprefix("\n")
    values |= {"csrf_token": page.csrf, "act": "take", **chosen(answer), **other}
    values.pop("file", None)
    return browser.client.post(at(number), data=values)


def ideas(number: int) -> list[tuple[str, str, str | None]]:
    db.session.rollback()
    rows = db.session.execute(
        select(Idea.text, Idea.why, Idea.source).where(Idea.workshop_id == number).order_by(Idea.position)
    )
    return [tuple(row) for row in rows]


def test_pasted_lines_are_looked_through_and_taken(mette: Browser):
    number = mette.make()
    answer, page = look(mette, number, pasted="- Åbn skolen, også om aftenen\r\n\r\n- Lys på banen\r\n")
    assert answer.status_code == 200 and ideas(number) == []
    assert "Tag 2 idéer med" in page.text and chosen(answer)["separator"] == "lines"
    done = take(mette, number, answer)
    assert done.status_code == 303
    assert ideas(number) == [("Åbn skolen, også om aftenen", "", "Høring"), ("Lys på banen", "", "Høring")]
    assert "2 idéer er taget med." in mette.open(done.headers["Location"]).text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
def test_a_file_is_read_by_its_headings(mette: Browser, encoding: str):
    number = mette.make()
    answer, page = look(mette, number, file=CSV.encode(encoding))
    assert "2 nye temaer bliver oprettet: Steder, Veje" in page.text
    assert take(mette, number, answer).status_code == 303
    assert ideas(number) == [("Åbn skolen", "Der er varmt", "Høring"), ("Lys\npå banen", "", "Høring")]
    assert sorted(db.session.scalars(select(Theme.title))) == ["Steder", "Veje"]


def test_another_column_and_another_separator_can_be_chosen(mette: Browser):
    number = mette.make()
    answer, _ = look(mette, number, pasted="Steder;Åbn skolen\nVeje;Lys")
    assert chosen(answer) == {"separator": "semicolon", "column0": "text", "column1": "why"}
    again = take(mette, number, answer, act="read", column0="theme", column1="text")
    assert chosen(again) == {"separator": "semicolon", "column0": "theme", "column1": "text"}
    assert take(mette, number, again).status_code == 303
    assert [text for text, *_ in ideas(number)] == ["Åbn skolen", "Lys"]
    lines = take(mette, number, again, act="read", separator="lines")
    assert chosen(lines) == {"separator": "lines", "column0": "text"}
    headed = take(mette, number, again, act="read", headed="y")
    assert "Tag 1 idé med" in Page(headed.get_data(as_text=True)).text


def test_what_was_not_looked_through_is_not_taken(mette: Browser):
    number = mette.make()
    answer, _ = look(mette, number, pasted="Åbn skolen\nLys")
    for other in ({"pasted": "Noget andet"}, {"separator": "comma"}):
        refused = take(mette, number, answer, **other)
        assert refused.status_code == 409 and ideas(number) == []
        assert "Se dem igennem igen" in Page(refused.get_data(as_text=True)).text


def test_each_row_says_what_is_wrong_and_none_is_taken(mette: Browser):
    number = mette.make()
    rows = f"Tema;Idé\nSteder;Åbn\n;\nSteder;\u200b\nVeje;{'x' * 281}\n"
    answer, page = look(mette, number, pasted=rows)
    assert answer.status_code == 422
    assert "2 rækker kan ikke tages med" in page.text
    assert "Idé mangler." in page.text and "Idé: 281 tegn. Der er plads til 280." in page.text
    assert take(mette, number, answer).status_code == 422 and ideas(number) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"pasted": "  \n\u200b"}, "Der er ingen idéer at tage med."),
        ({"pasted": "x", "source": " "}, "Skriv, hvor idéerne kommer fra."),
        ({"pasted": "x", "source": "y" * 121}, "Kilden har 121 tegn. Der er plads til 120."),
        ({"pasted": "x\n" * 301}, "Der er 301 idéer. Højst 300 kan tages med ad gangen."),
        ({"file": b"x" * (IMPORT_BYTES + 1)}, "Filen er for stor. Den må fylde 1 MB."),
        ({"file": b"a" + b";" * 50 + b"b\n"}, "Der er for mange kolonner. Der er plads til 40."),
        ({"file": b"id\xe9\x00\n" + b"x" * 600_000}, "tegn. Der er plads til 280."),
        ({"pasted": "tema\tidé\n" + "".join(f"t{n}\tx\n" for n in range(41))}, "plads til 40 temaer"),
    ],
)
def test_the_page_says_what_is_wrong_with_the_whole(mette: Browser, typed: dict[str, Any], words: str):
    number = mette.make()
    answer, page = look(mette, number, **typed)
    assert answer.status_code == 422
    assert words in page.text
    assert take(mette, number, answer).status_code == 422 and ideas(number) == []


def test_limits_are_said_before_they_are_met(mette: Browser):
    page = mette.open(at(mette.make()))
    assert (
        "Op til 300 idéer ad gangen. En idé har plads til 280 tegn og en begrundelse til 600. En fil må fylde 1 MB."
        in page.text
    )


def test_ten_megabytes_are_refused_and_other_pages_take_no_more_than_before(mette: Browser):
    number = mette.make()
    opened = mette.open(at(number))
    file = {"file": (io.BytesIO(b"x" * 10 * 1024**2), "a.csv"), "csrf_token": opened.csrf}
    assert mette.client.post(at(number), data=file).status_code == 413
    assert mette.client.post("/organiser/account", data={"csrf_token": opened.csrf, "x": "y" * 70_000}).status_code == 413


def test_nobody_else_makes_the_server_read_a_file(mette: Browser, bo: Browser, stranger: Browser):
    number = mette.make()
    for who in (bo, stranger):
        for large in ({"pasted": "x" * 70_000}, {"file": (io.BytesIO(b"x" * 70_000), "a.csv")}):
            assert who.client.post(at(number), data=large).status_code == 413


def test_undo_takes_them_away_while_it_can(mette: Browser):
    number = mette.make()
    answer, _ = look(mette, number, pasted="Åbn skolen")
    done = take(mette, number, answer).headers["Location"]
    seq = done.rpartition("=")[2]
    assert "Fortryd" in mette.open(done).text
    assert mette.send(at(number), done, act="undo", seq=seq).status_code == 303
    assert ideas(number) == []
    late = mette.send(at(number), done, act="undo", seq=seq)
    assert late.status_code == 409 and "Tiden til at fortryde er gået." in Page(late.get_data(as_text=True)).text
    assert mette.send(at(number), act="undo", seq="x").status_code == 409


def test_undo_says_that_somebody_has_gone_on(mette: Browser):
    number = mette.make()
    answer, _ = look(mette, number, pasted="Åbn skolen")
    done = take(mette, number, answer).headers["Location"]
    perform(mette.actor(number), "lock_room", {"locked": True})
    refused = mette.send(at(number), done, act="undo", seq=done.rpartition("=")[2])
    assert refused.status_code == 409 and "gået videre med idéerne" in Page(refused.get_data(as_text=True)).text


def test_a_closed_workshop_takes_no_ideas(mette: Browser):
    number = mette.make(receiving_body="Byrådet", response_due="2040-01-01")
    answer, _ = look(mette, number, pasted="Åbn skolen")
    perform(mette.actor(number), "close_workshop", {})
    refused = take(mette, number, answer)
    assert refused.status_code == 409 and ideas(number) == []
    page = mette.open(at(number))
    assert "Workshoppen er lukket." in page.text and "pasted" not in page.values


def test_a_facilitator_without_an_account_may_and_others_may_not(app: Flask, mette: Browser, bo: Browser, stranger: Browser):
    number = mette.make()
    assert bo.client.get(at(number)).status_code == 404
    assert stranger.client.get(at(number)).status_code == 404
    chair = Browser(client_of(app))
    token = links(db.session.get_one(Workshop, number))[FACILITATOR]
    assert token is not None
    chair.client.set_cookie(cookie_name(FACILITATOR, number), token)
    page = chair.open(at(number))
    assert f"/workshops/{number}/console" in page.links and "/organiser" not in page.links
    answer, _ = look(chair, number, pasted="Åbn skolen")
    assert take(chair, number, answer).status_code == 303
    assert ideas(number) == [("Åbn skolen", "", "Høring")]
    assert chair.client.get(f"/organiser/workshops/{number}/settings").status_code == 303


def test_the_page_speaks_english_too(mette: Browser):
    number = mette.make()
    page = mette.open(at(number) + "?lang=en")
    assert "Bring ideas along" in page.text and "Up to 300 ideas at a time." in page.text
