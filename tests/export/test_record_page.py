"""The public record's page: complete without a script, safe, and in both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from flask import render_template

from tests.export.conftest import application
from tests.export.reading import one_line
from tests.export.sample import AGREEMENTS, empty, sample
from workshop.export.document import Outcome
from workshop.export.page import FILES, context
from workshop.export.written import written


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory):
    with application(tmp_path_factory.mktemp("record")) as app, app.test_request_context("/"):

        def page(outcome: Outcome, files: tuple[str, ...] = FILES) -> str:
            return render_template("record.html", **context(outcome, {key: f"/f/{key}" for key in files}, "/other"))

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
    assert text.index("Til dagsordenen") < text.index("Resultater") < text.index("Aftaler Aftale A")


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
    assert {f"#{section.key}" for section in written(sample()).sections} <= targets
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in targets} <= set(ids)


def test_what_people_wrote_is_escaped(render) -> None:
    wicked = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    page = render(sample(question=wicked, title=wicked))
    assert "<img" not in page
    assert "<script" not in page
    assert wicked in str(Text(page))


def test_only_the_files_that_are_offered_are_linked(render) -> None:
    page = Text(render(sample(), files=("pdf", "ics")))
    assert [attrs["href"] for tag, attrs in page.tags if "download" in attrs] == ["/f/pdf", "/f/ics"]
    assert "Hent" not in str(Text(render(sample(), files=())))


def test_an_empty_workshop_has_a_page(render) -> None:
    text = str(Text(render(empty())))
    assert "Ingen tekst har endnu flertal i alle grupper." in text
    assert "foreløbigt udtræk" in text


def test_the_drawings_are_told_in_words_or_hidden(render) -> None:
    page = Text(render(sample()))
    for tag, attrs in page.tags:
        if tag == "svg":
            assert attrs.get("aria-hidden") == "true" or (attrs.get("role") == "img" and attrs.get("aria-label"))
