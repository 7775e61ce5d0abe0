"""A small seminar played through the commands, for the tests of what is taken home. Sample content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tests.commands.voting import Room
from workshop import clock
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Workshop

NAMES = {
    "citizens": ("Borgere", "Citizens"),
    "politicians": ("Byråd", "Council"),
    "professionals": ("Fagfolk", "Professionals"),
    "researchers": ("Forskere", "Researchers"),
    "leaders": ("Ledere", "Leaders"),
}
SIZES = {"citizens": 12, "politicians": 11, "professionals": 6, "researchers": 2, "leaders": 0}
PURPOSE = "Skolerne står åbne to aftener om ugen. Byrådet betaler lys og varme."
RESERVATION = "Opsynet må ikke tages fra klubberne."
AGAINST = "To aftener er for lidt i de små byer."
HIDDEN, WITHDRAWN, PRIVATE = "En skjult idé", "En fortrudt idé", "En privat tanke"


@dataclass
class Seminar:
    """The room with the ids of what was made in it."""

    room: Room
    goal: str
    agreement: str
    intention: str
    ideas: list[str]

    @property
    def workshop(self) -> Workshop:
        db.session.rollback()
        return db.session.get_one(Workshop, self.room.id)


def day(ahead: int) -> str:
    """A day from today, as people write it in a field."""
    return (clock.today() + timedelta(days=ahead)).isoformat()


def play(decision_level: str = "agreement", close: bool = True) -> Seminar:
    """Ideas, a ballot with a shortlist, a goal, an agreement, one decision on each, commitments, closing."""
    groups = [{"key": key, "name": {"da": da, "en": en}, "required": False} for key, (da, en) in NAMES.items()]
    room = Room(
        SIZES, groups=groups, title="Fjordby: unge & ensomhed", question="Hvad skal der til?", decision_level=decision_level,
        receiving_body="Fjordby Byråd", response_due=day(60), promise="Byrådet svarer.",
    )  # fmt: skip
    citizens, politicians = room.people["citizens"], room.people["politicians"]
    researchers = room.people["researchers"]
    ideas = [
        room.do(author, "post_idea", text=text)["idea"]
        for author, text in (
            (citizens[0], "=cmd|' /C calc'!A0"),
            (politicians[0], "Lad unge få nøglen"),
            (researchers[0], "Spørg de unge først"),
            (citizens[1], "Åbn hallen"),
            (citizens[2], HIDDEN),
            (citizens[3], WITHDRAWN),
        )
    ]
    room.do(room.chair, "hide_idea", idea=ideas[4], reason="Den nævner en person.")
    room.do(citizens[3], "withdraw_idea", idea=ideas[5])
    room.do(room.chair, "merge_ideas", into=ideas[0], ideas=[ideas[3]], sort="same")
    room.do(politicians[1], "post_comment", on=ideas[1], text="Hvem låser?", sort="question")
    _vote(room, ideas[:3])
    goal = _goal(room, ideas)
    agreement = _agreement(room, goal)
    _decide(room, goal, room.everybody)
    _decide(room, agreement, room.everybody)
    intention = room.do(room.chair, "draft_agreement", purpose="Unge får nøglen i et halvt år.", goals=[goal])
    perform(citizens[0], "set_name", {"name": "Mette Aagaard"})
    room.do(citizens[0], "make_commitment", on=agreement, standing="behind", words="Jeg tager to aftener.")
    perform(citizens[1], "set_name", {"name": "Bo Hemmelig"})
    room.do(citizens[1], "make_commitment", on=agreement, standing="not_behind", named=False)
    room.do(researchers[0], "make_commitment", on=agreement, standing="behind", named=False)
    if close:
        room.do(room.chair, "close_workshop")
    return Seminar(room, goal, agreement, intention["agreement"], ideas)


def _vote(room: Room, options: list[str]) -> None:
    ballot = room.ballot(options, settings={"seats": 2, "choices": 2})
    for number, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={options[0]: 1, options[1 + number % 2]: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)


def _goal(room: Room, ideas: list[str]) -> str:
    goal = room.do(room.chair, "draft_goal", title="6 ud af 10 unge har et åbent sted", from_ideas=ideas[:2])["goal"]
    values = {
        "target_group": "Unge fra 15 til 24 år", "indicator": "Andel, der bruger et sted", "unit": "%",
        "data_source": "Ungeundersøgelsen", "baseline": "41", "baseline_date": day(-30), "target": "60",
        "direction": "up", "deadline": day(400), "owner": "Ungeenheden", "first_step": "Nøgleaftale",
        "first_step_due": day(30),
    }  # fmt: skip
    room.do(room.chair, "edit_goal", goal=goal, version=1, **values)
    return str(goal)


def _agreement(room: Room, goal: str) -> str:
    made = room.do(room.chair, "draft_agreement", purpose=PURPOSE, goals=[goal])["agreement"]
    values = {
        "parties": [{"name": "Byrådet", "group": "politicians"}, {"name": "Ungerådet", "group": "citizens"}],
        "contributions": [
            {"party": "Byrådet", "what": "Lys og varme", "by_when": day(90), "contact": "kontakt@fjordby.example"},
            {"party": "Ungerådet", "what": "Program", "how_much": "hver måned"},
        ],
        "mandates": [
            {"party": "Byrådet", "kind": "must_ask", "ask_whom": "udvalget", "by_when": day(20)},
            {"party": "Ungerådet", "kind": "may_decide"},
        ],
        "decision_rule": "Begge siger ja.", "disagreement": "Vi mødes inden 14 dage.", "openness": "public",
        "review_date": day(300), "exit_terms": "Skriftligt.", "notice_days": 90,
    }  # fmt: skip
    room.do(room.chair, "edit_agreement", agreement=made, version=1, **values)
    return str(made)


def _decide(room: Room, on: str, people: list[object]) -> None:
    decision = room.decision(on, version=2)
    for number, person in enumerate(people):
        if number == 0:
            room.stance(person, decision, "reservation", RESERVATION)
        elif number in (1, 2, 3, 13, 14, 15):
            room.stance(person, decision, "against", AGAINST if number == 1 else None)
        else:
            room.stance(person, decision, "for")
    room.do(room.chair, "close_decision", decision=decision)
