"""Outcomes of a usual and of a large room, made from the sample: what the pages of paper have to hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.export.sample import CLOSED, n, reference, sample, tally
from workshop.export.document import (
    Attended,
    Ballot,
    GroupResult,
    Idea,
    Look,
    OptionResult,
    Outcome,
    Presence,
    Reference,
    Shortlist,
    ShortlistStep,
)

TEXTS = (
    "Fællesspisning hver torsdag i skolens kantine, hvor børn og ældre laver maden sammen",
    "En fast nabo, der banker på og går med hen til bordet",
    "Kørsel til og fra for dem, der ikke går ud om aftenen",
    "Spørg dem, der aldrig kommer, hvad der holder dem væk",
    "Et spisekort: ti måltider til fast pris",
    "Åbn plejehjemmets café for hele byen to aftener om ugen",
    "Lad unge få nøglen til hallen",
)
REASON = "Vi planlægger for dem, der alligevel er her."
NAMES = ("Borgere", "Byråd", "Fagfolk", "Foreninger og virksomheder", "Ledere", "Forskere", "Region", "Uddannelser")
LONG = (
    "Skolens kantine og to landsbyhuse holder åbent til fællesspisning hver torsdag, også i skolernes ferier, og der er "
    "kørsel til dem, der beder om det. "
) * 3


def ideas(many: int) -> tuple[Idea, ...]:
    goal = (Reference("goal:1", "Mål 1", "6 ud af 10"),)
    return tuple(
        Idea(
            f"idea:{place}",
            f"Idé {place}",
            TEXTS[place % len(TEXTS)],
            REASON if place % 4 == 0 else "",
            "open",
            group="Borgere" if place % 2 else "Byråd",
            chosen=place <= 5,
            became=goal if place <= 5 else (),
        )
        for place in range(1, many + 1)
    )


def ballot(found: tuple[Idea, ...], voters: int, groups: tuple[str, ...]) -> Ballot:
    """Each idea has one cross less than the one before it, but the fifth of the chosen ones has few."""
    options = tuple(
        OptionResult(reference(idea), (n(8 if place == 5 else max(voters + 1 - place, 0)),), tuple((n(4),) for _ in groups))
        for place, idea in enumerate(found, 1)
    )
    steps = tuple(ShortlistStep(reference(idea), "equal_shares", "1/9", n(9)) for idea in found[:5])
    chosen = Shortlist(5, "one_person", tuple(reference(idea) for idea in found[:5]), steps, uncovered=())
    settings = {"choices": 5, "seats": 5}
    return Ballot("ballot:1", "", "approval", settings, n(voters), n(voters + 1), groups, ("votes",), options, chosen)


def half_day(language: str, groups: tuple[str, ...]) -> Outcome:
    """One goal, one agreement and 21 ideas; `groups` are those whose counts are published."""
    whole, found = sample(language), ideas(21)
    return replace(
        whole,
        ideas=found,
        ballots=(ballot(found, 21, groups),),
        goals=whole.goals[:1],
        agreements=whole.agreements[:1],
        decisions=whole.decisions[:2],
        commitments=(),
        hands=(),
        hidden_ideas=0,
    )


def large() -> Outcome:
    """Eight groups with ten votes each and more, five goals, three agreements of 400 characters, 60 ideas."""
    whole, found = sample(), ideas(60)
    agreements = tuple(
        replace(whole.agreements[0], id=f"agreement:{letter}", label=f"Aftale {letter}", purpose=LONG[:400])
        for letter in "ABC"
    )
    goals = tuple(replace(whole.goals[0], id=f"goal:{place}", label=f"Mål {place}") for place in range(1, 6))
    groups = tuple(GroupResult((name,), name, "carried", tally(12, 1, 2, 1, 16, 18)) for name in NAMES)
    overall = GroupResult((), "", "carried", tally(90, 8, 16, 8, 122, 144))
    decisions = tuple(
        replace(
            whole.decisions[0],
            id=f"decision:{text.label}",
            subject=Reference(text.id, text.label, LONG),
            subject_version=text.base_version,
            groups=groups,
            overall=overall,
        )
        for text in (*agreements, *goals)
    )
    looks = tuple(
        Look(CLOSED + timedelta(minutes=30 * place), "Trin", tuple(Attended(name, n(18), n(15)) for name in NAMES))
        for place in range(12)
    )
    present = tuple(Presence((name,), name, n(18), False) for name in NAMES)
    return replace(
        whole,
        agreements=agreements,
        goals=goals,
        decisions=decisions,
        ideas=found,
        ballots=(ballot(found, 120, NAMES),),
        room=replace(whole.room, groups=present, people=n(144), attendance=looks),
    )
