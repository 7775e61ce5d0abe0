"""The public record's page: complete without a script, safe, and in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from flask import render_template

from tests.export.conftest import opened
from tests.export.reading import one_line
from tests.export.sample import AGREEMENTS, GOALS, empty, sample
from tests.export.standing import answer, item, measured, told
from workshop.export.document import Outcome
from workshop.export.page import FILES, TOLD_ABOVE, Addresses, context
from workshop.export.written import written


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory):
    with opened(tmp_path_factory.mktemp("record")) as app, app.test_request_context("/"):

        def page(outcome: Outcome, files: tuple[str, ...] = FILES, items: list | None = None) -> str:
            addresses = Addresses({key: f"/f/{key}" for key in files}, "/other")
            return render_template("record.html", **context(told(outcome, items), addresses))

        yield page


class Text(HTMLParser):
    """The words of a page, and its elements in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def __str__(self) -> str:
        return one_line(" ".join(self.words))


def test_the_page_says_the_wording_and_the_result_of_each_group(render) -> None:
    text = str(Text(render(sample())))
    assert AGREEMENTS[0].purpose in text
    assert "Borgere – over 1/2 Flertal" in text, "the group of five has under ten votes, so nobody has counts"
    assert "Hele rummet 51 for (heraf 2 med forbehold), 11 imod, 2 blanke. 2/3 Flertal" in text
    assert "Borgere 11 for (heraf 2 med forbehold), 12 imod, 1 blank. 24 af 25 stemte. over 1/2 Ikke flertal" in text
    assert "Ikke til stede: Europa-Parlamentet." in text
    order = (
        "Løftet",
        "Sådan står det",
        f"Mål 1, version 3 {GOALS[0].title}",
        f"Aftale A, version 4 {AGREEMENTS[0].purpose}",
        "Forbehold og mindretal",
        "Hvem var i rummet",
    )
    places = [
        text.rindex(one)
        for one in (*order, "I sagde, vi aftalte", "Tilbageblik", "Sagens vej", "Resultater", "Hent og følg")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_needs_no_script_and_says_its_language(render, language: str) -> None:
    page = Text(render(sample(language)))
    assert "script" not in [tag for tag, _ in page.tags]
    assert ("html", {"lang": language}) in page.tags
    assert next(attrs for tag, attrs in page.tags if attrs.get("hreflang"))["hreflang"] != language


def test_headings_never_skip_a_level_and_every_section_is_in_the_contents(render) -> None:
    page = Text(render(sample()))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    targets = {attrs["href"] for tag, attrs in page.tags if tag == "a" and str(attrs.get("href")).startswith("#")}
    assert {"#items", "#goal-1", "#minority", "#room", "#ideas", "#look-backs", "#way", "#more", "#files"} <= targets
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in targets} <= set(ids)
    assert {section.key for section in written(sample()).sections} - TOLD_ABOVE <= set(ids)


def test_what_people_wrote_is_escaped(render) -> None:
    wicked = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    page = render(sample(question=wicked, title=wicked))
    assert "<img" not in page
    assert "<script" not in page
    assert wicked in str(Text(page))


def test_only_the_files_that_are_offered_are_linked(render) -> None:
    page = Text(render(sample(), files=("pdf", "ics")))
    assert [attrs["href"] for tag, attrs in page.tags if "download" in attrs] == ["/f/pdf", "/f/ics"]
    assert "Hent og følg" not in str(Text(render(sample(), files=())))


def test_an_empty_workshop_has_a_page(render) -> None:
    text = str(Text(render(empty())))
    assert "Ingen tekst har endnu flertal i alle grupper." in text
    assert "foreløbigt udtræk" in text


def test_the_drawings_are_told_in_words_or_hidden(render) -> None:
    page = Text(render(sample()))
    for tag, attrs in page.tags:
        if tag == "svg":
            assert attrs.get("aria-hidden") == "true" or (attrs.get("role") == "img" and attrs.get("aria-label"))


def full() -> dict[str, dict]:
    """The sample's goal and agreement with something said of everything."""
    goal, agreement = sample().goals[0], sample().agreements[0]
    line = {
        "line": 0,
        "party": "Idrætsrådet",
        "what": "To voksne",
        "how_much": "",
        "by_when": "2028-02-01",
        "late_since": None,
    }
    verdict = {"party": "Ungerådet", "verdict": "contested", "words": "Ikke i Sandvig.", "at": "2028-03-02T10:00:00.000Z"}
    report = {
        "state": "delivered",
        "words": "På 200 aftener.",
        "evidence": "",
        "date": "2028-02-26",
        "at": "2028-02-26T10:00:00.000Z",
    }
    earlier = {"answer": "needs_clarification", "reason": "Hvem måler?", "body": None, "date": None, "by_body": "Byrådet"}
    return {
        "goal": item(
            goal,
            answer=answer(
                "answered", answer="follows", reason="Vi følger målet.", by_body="Fjordby Byråd", at="2027-04-29T10:00:00.000Z",
                due="2027-05-03", earlier=[earlier | {"at": "2027-04-01T10:00:00.000Z"}],
            ),
            reached=item(goal)["reached"] | measured(("49", "49", "2028-03-01"), state="moving", progress=42),
            kept={
                "look_back": "look_back:1", "cards": 42, "judged": 33, "by_group": {}, "words": [], "counts_from": 10,
                "counts": {"kept": 11, "partly": 15, "not_kept": 5, "cannot_say": 2},
            },
        ),
        "agreement": item(
            agreement,
            answer=answer(
                "no_answer", due="2028-03-01",
                postponed=[{"to": "2028-03-01", "reason": "Vi venter på regionen.", "at": "2027-10-01T10:00:00.000Z"}],
            ),
            lines=[
                line | {"state": "delivered", "standing": "contested", "reports": [report | {"verdicts": [verdict]}]},
                line | {"line": 1, "state": "none", "standing": None, "reports": [], "late_since": "2028-02-01"},
                line | {"line": 2, "state": "none", "standing": None, "reports": [], "by_when": "2028-04-01"},
            ],
            done={"delivered": 1, "due": 2, "confirmed": 0, "documented": 0, "undocumented": 0, "contested": 1},
        ),
    }  # fmt: skip


def test_the_answer_says_its_day_its_reason_and_what_was_said_before(render) -> None:
    text = str(Text(render(sample(), items=list(full().values()))))
    assert "Svar fra Fjordby Byråd Følger Svaret 29. april 2027 Vi følger målet." in text
    assert "Tidligere svar Skal afklares (Byrådet, 1. april 2027) Hvem måler?" in text
    assert "Intet svar siden 1. marts 2028 Udskudt til 1. marts 2028, fordi: Vi venter på regionen." in text


def test_the_three_lines_stand_apart(render) -> None:
    text = str(Text(render(sample(), items=list(full().values()))))
    assert "Gjort parterne melder 1 af 2 forfaldne bidrag er leveret 1 er bestridt, og 1 er forsinket." in text
    assert "Meldt leveret 26. februar 2028, men bestridt" in text
    assert "På 200 aftener. Idrætsrådet, 26. februar 2028 Ikke i Sandvig. Ungerådet, 2. marts 2028" in text
    assert "Forsinket siden 1. februar 2028 Intet meldt" in text and "Skal leveres om 12 dage Tæller ikke med endnu" in text
    assert "På vej: 49 %, målet er mindst 60 % 1. marts 2028, Kilden. 42 % af vejen fra 41 % er gået." in text
    assert "33 af 42 kort har svaret: 11 holdt, 15 delvist, 5 ikke holdt, 2 kan ikke sige" in text


def test_the_sentence_and_the_late_note_say_what_the_counters_say(render) -> None:
    text = str(Text(render(sample(), items=list(full().values()))))
    said = "1 af 3 punkter er besvaret, 1 af 2 forfaldne bidrag er leveret, og 0 af 2 mål er nået."
    assert f"Sådan står det 20. marts 2028 {said} Besvaret 1 af 3" in text
    assert "Forsinket 2 1 svar og 1 bidrag 2 ting er forsinket Intet svar på Aftale A siden 1. marts 2028." in text
    assert "To voksne: skulle være leveret 1. februar 2028. Idrætsrådet har endnu ikke meldt noget (Aftale A)." in text


def test_many_items_are_folded_and_their_headings_say_how_they_stand(render) -> None:
    goals = tuple(replace(sample().goals[0], id=f"goal:{n}", label=f"Mål {n}") for n in range(1, 31))
    page = Text(render(sample(goals=goals, decisions=())))
    folded = [attrs["id"] for tag, attrs in page.tags if tag == "details" and attrs.get("class") == "whole"]
    assert len(folded) == 30 + sum(one.standing in ("agreed", "intention") for one in sample().agreements)
    assert "Mål 30, version 3 Ikke overdraget · Gjort: Ingen bidrag · Ikke målt" in str(page)


def test_every_idea_says_what_was_agreed_and_what_happened(render) -> None:
    text = str(Text(render(sample(), items=list(full().values()))))
    assert "Mål 1. Aftale A. Mål 1: Følger. På vej: 49 %, målet er mindst 60 %. Aftale A: Intet svar siden" in text
    assert "Ikke valgt i afstemningen. Intet er meldt." in text
