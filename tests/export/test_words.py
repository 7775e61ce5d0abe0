"""The sentences: they follow the mandate, name who was not there, and never say more than the counts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.export.reading import markdown_text
from tests.export.sample import DECISIONS, GROUPS, empty, n, sample
from workshop.export import csv, markdown
from workshop.export.document import Figure, GroupResult, Tally
from workshop.export.words import Words
from workshop.export.written import written
from workshop.rules.mandate import DECISION_LEVELS, ONLY_ADVICE

DECIDED = re.compile(r"beslut|vedtag|afgjort|decid|decision|resolved|adopted", re.IGNORECASE)

RECORD_ID = re.compile(r"\bdecision:\d+")


@pytest.fixture
def danish() -> Words:
    return Words(sample())


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("level", sorted(ONLY_ADVICE))
def test_where_the_room_only_advises_nothing_says_decided(level: str, language: str) -> None:
    outcome = sample(language, level)
    for text in (markdown.render(outcome).decode(), csv.render(outcome).decode()):
        assert DECIDED.findall(RECORD_ID.sub("", text)) == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("level", DECISION_LEVELS)
def test_every_level_says_what_the_result_is(level: str, language: str) -> None:
    outcome = sample(language, level)
    text = markdown_text(markdown.render(outcome))
    assert Words(outcome)(f"level.{level}") in text
    assert Words(outcome)(f"reach.{level}") in text


def test_a_decision_is_called_one_only_where_the_room_decides() -> None:
    headings = {level: [one.heading for one in written(sample("da", level)).sections] for level in DECISION_LEVELS}
    assert "Beslutning i hver gruppe" in headings["decision"]
    assert "Beslutning i hver gruppe" in headings["agreement"]
    assert "Stemmerne i hver gruppe" in headings["proposal"]


def test_nobody_speaks_of_everyone(danish: Words) -> None:
    for outcome in (sample(), sample("en")):
        text = markdown.render(outcome).decode().lower()
        assert not re.search(r"\balle (deltagere|er enige|stemte for)|enstemmig|\beveryone\b|unanim", text)
    assert danish.carried(DECISIONS[0]) == (
        "Båret i alle 5 grupper i rummet: Borgere, Byråd, Fagfolk, Region og Folketing + Forskere. "
        "Ikke til stede: Europa-Parlamentet."
    )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("no_quorum", "Ikke båret: for få stemte."),
        ("missing_required_group", "Ikke båret: Region skulle have været med."),
        ("no_position", "Ikke båret: ingen tog stilling i Borgere."),
        ("blocked_by_group", "Ikke båret: den blev ikke båret i Borgere."),
        ("not_carried_overall", "Ikke båret: under 2/3 af hele rummet var for."),
    ],
)
def test_every_outcome_says_why_it_was_not_carried(danish: Words, outcome: str, said: str) -> None:
    silent = replace(GROUPS[0], status="no_position")
    decision = replace(
        DECISIONS[0], outcome=outcome, groups=(silent, *GROUPS[1:]), blocked_by=("Borgere",),
        missing_required=("Region",), absent=(),
    )  # fmt: skip
    assert danish.carried(decision) == said


def test_one_group_in_the_room_is_said_in_the_singular(danish: Words) -> None:
    decision = replace(DECISIONS[0], groups=GROUPS[:1], absent=())
    assert danish.carried(decision) == "Båret i den ene gruppe i rummet: Borgere."


def test_the_room_is_told_with_its_denominators_and_withheld_totals_stay_withheld(danish: Words) -> None:
    assert danish.overall(DECISIONS[0]) == "51 af de 62, der tog stilling, er for. 64 af 67 stemte."
    assert danish.overall(DECISIONS[1]) == ("Hele rummet: over 2/3 af dem, der tog stilling, er for. 64 af 67 stemte.")
    nothing = replace(DECISIONS[0], overall=GroupResult((), "", "carried"))
    assert danish.overall(nothing).startswith("Rummets samlede tal vises ikke")
    few = replace(DECISIONS[0], overall=GroupResult((), "", "carried", Tally(against=Figure(at_most=2))))
    assert danish.overall(few) == "Hele rummet: højst 2 imod. 64 af 67 stemte."


@pytest.mark.parametrize(
    ("figure", "danish_words", "english_words"),
    [
        (n(12), "12", "12"),
        (Figure(at_most=2), "højst 2", "at most 2"),
        (Figure(band="under 1/3"), "under 1/3", "under 1/3"),
        (Figure(band="1/3-1/2"), "1/3 til 1/2", "1/3 to 1/2"),
        (Figure(band="1/2-2/3"), "1/2 til 2/3", "1/2 to 2/3"),
        (Figure(band="over 2/3"), "over 2/3", "over 2/3"),
        (Figure(band="over 2/3", all_but=2), "alle undtagen højst 2", "all but at most 2"),
        (Figure(all_but=2), "alle undtagen højst 2", "all but at most 2"),
        (Figure(), "vises ikke", "not shown"),
    ],
)
def test_figures_are_said_in_words(danish: Words, figure: Figure, danish_words: str, english_words: str) -> None:
    assert danish.figure(figure) == danish_words
    assert Words(sample("en")).figure(figure) == english_words
    assert Figure.read(figure.write()) == figure


def test_days_are_written_out_and_words_that_are_no_date_stand_as_they_are(danish: Words) -> None:
    assert danish.day("2027-03-01") == "1. marts 2027"
    assert Words(sample("en")).day("2027-03-01") == "1 March 2027"
    assert danish.day("inden sommer") == "inden sommer"


def test_a_workshop_that_is_still_open_says_that_the_extract_is_interim() -> None:
    assert "foreløbigt udtræk" in written(empty()).labels
    assert "foreløbigt udtræk" not in written(sample()).labels


def test_the_reason_of_each_chosen_idea_is_told(danish: Words) -> None:
    shortlist = sample().ballots[0].shortlist
    assert shortlist is not None
    assert danish.chosen(shortlist.steps[0]) == (
        "41 stemte for den. Hver af dem betalte højst 1/41 af en plads på listen. "
        "Prisen blev delt: 38 betalte hver 1/41 og 3 betalte hver 1/60."
    )
    assert danish.chosen(shortlist.steps[1]).endswith("Den stod lige med Idé 3. Loddet satte den forrest.")
    hidden = replace(shortlist.steps[0], price=None, supporters=Figure())
    assert "41" not in danish.chosen(hidden)


def test_a_vote_on_an_earlier_wording_says_nothing_about_the_present_one() -> None:
    reworded = replace(sample().agreements[0], version=6, base_version=6, standing="unfinished", revisions=())
    outcome = sample(agreements=(reworded,))
    assert outcome.decision_on(reworded) is None
    text = markdown_text(markdown.render(outcome))
    assert "Version 6." in text
    assert "Version 6, båret" not in text


def test_a_version_that_corrects_the_language_leaves_the_agreement_bound_to_the_one_decided_on() -> None:
    outcome = sample()
    agreement = outcome.agreements[0]
    decision = outcome.decision_on(agreement)
    assert (agreement.version, decision and decision.subject_version) == (5, 4)
    text = markdown_text(markdown.render(outcome))
    assert "Version 4, båret" in text
    assert "Aftalt i version 4; version 5 retter kun sproget, bekræftet af ordstyreren." in text
