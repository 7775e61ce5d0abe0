"""The sentences: they follow the mandate, name who was not there, and never say more than the counts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.export.reading import markdown_text
from tests.export.sample import DECISIONS, GROUPS, empty, n, sample
from workshop.export import csv, markdown
from workshop.export.document import Figure
from workshop.export.page import summary
from workshop.export.parts.method import ballot_rule
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
    assert (Words(outcome)("summary.reach"), Words(outcome)(f"reach.{level}")) in summary(outcome, Words(outcome))


def test_a_decision_is_called_one_only_where_the_room_decides() -> None:
    headings = {level: [one.heading for one in written(sample("da", level)).sections] for level in DECISION_LEVELS}
    assert "Afstemning i hver gruppe" in headings["decision"]
    assert "Afstemning i hver gruppe" in headings["agreement"]
    assert "Afstemning i hver gruppe" in headings["proposal"]


def test_nobody_speaks_of_everyone(danish: Words) -> None:
    for outcome in (sample(), sample("en")):
        text = markdown.render(outcome).decode().lower()
        assert not re.search(r"\balle (deltagere|er enige|stemte for)|enstemmig|\beveryone\b|unanim", text)
    assert danish.carried(DECISIONS[0]) == (
        "Flertal i alle 5 grupper: Borgere, Byråd, Fagfolk, Region og Folketing + Forskere. "
        "Ikke til stede: Europa-Parlamentet."
    )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("no_quorum", "Ikke tilslutning: for få stemte."),
        ("missing_required_group", "Ikke tilslutning: Region skulle være med, men var her ikke."),
        ("no_position", "Ikke tilslutning: alle stemmer var blanke hos Borgere."),
        ("blocked_by_group", "Ikke flertal hos: Borgere."),
        ("not_carried_overall", "Flertal i hver gruppe, men under 2/3 i hele rummet var for."),
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
    assert danish.carried(decision) == "Flertal i gruppen Borgere."


def test_the_room_is_told_with_its_denominators_and_withheld_totals_stay_withheld(danish: Words) -> None:
    assert danish.overall(DECISIONS[0]) == "51 af de 62, der stemte for eller imod, er for. 64 af 67 stemte."
    assert danish.overall(DECISIONS[1]) == "Under 10 stemmer: ingen tal. 9 af 67 stemte."


@pytest.mark.parametrize(
    ("figure", "danish_words", "english_words"),
    [
        (n(12), "12", "12"),
        (Figure(at_most=2), "under 3", "fewer than 3"),
        (Figure(), "ingen tal", "no count"),
    ],
)
def test_figures_are_said_in_words(danish: Words, figure: Figure, danish_words: str, english_words: str) -> None:
    assert danish.figure(figure) == danish_words
    assert Words(sample("en")).figure(figure) == english_words


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
    assert danish.chosen(shortlist.steps[0]) == "41 satte kryds."
    assert danish.chosen(shortlist.steps[1]).endswith("Den stod lige med Idé 3. Den blev valgt først ved lodtrækning.")
    hidden = replace(shortlist.steps[0], price=None, supporters=Figure())
    assert "41" not in danish.chosen(hidden)


def test_a_vote_on_an_earlier_wording_says_nothing_about_the_present_one() -> None:
    reworded = replace(sample().agreements[0], version=6, base_version=6, standing="unfinished", revisions=())
    outcome = sample(agreements=(reworded,))
    assert outcome.decision_on(reworded) is None
    text = markdown_text(markdown.render(outcome))
    assert "Version 6." in text
    assert "Version 6, stemt om" not in text


def test_a_version_that_corrects_the_language_leaves_the_agreement_bound_to_the_one_decided_on() -> None:
    outcome = sample()
    agreement = outcome.agreements[0]
    decision = outcome.decision_on(agreement)
    assert (agreement.version, decision and decision.subject_version) == (5, 4)
    text = markdown_text(markdown.render(outcome))
    assert "Version 4, stemt om" in text
    assert "Indgået i version 4. I version 5 er kun stavning og sprog rettet. Det er bekræftet af ordstyreren." in text


def test_a_question_is_followed_by_no_second_mark(danish: Words) -> None:
    ballot = sample().ballots[0]
    asked, named = replace(ballot, title="Hvilke skal blive til mål?"), replace(ballot, title="Første runde")
    assert ballot_rule(asked, 1, danish).startswith("Hvilke skal blive til mål? Deltagerne")
    assert ballot_rule(named, 1, danish).startswith("Første runde: Deltagerne")
