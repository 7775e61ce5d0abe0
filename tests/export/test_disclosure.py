"""No file of a vote tells a count of a group that is withheld (docs/rules.md section 7)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import GOAL, Room
from workshop.export import bundle
from workshop.export import json as json_format
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.models import Ballot, BallotPaper, Decision, Workshop
from workshop.rules.ballots import BallotPaper as Paper
from workshop.rules.decisions import Rule, Stance
from workshop.rules.results import ballot_result, decision_result

SIZES = {"citizens": 12, "politicians": 7}


def files(workshop: Workshop) -> list[Any]:
    """What every file is made from: the outcome, which each format only sets, and the proof beside it."""
    made: list[Any] = []
    for public in (False, True):
        found = outcome(workshop, "da", public=public)
        made += [found, json_format.render(found, bundle.proof(workshop, public=public))]
    return made


def exchange(vote: Ballot | Decision) -> None:
    """Give a citizen's paper and another one of a politician to each other's group."""
    papers = db.session.query(BallotPaper).filter_by(vote_id=vote.record_id).order_by(BallotPaper.key).all()
    mine = next(paper for paper in papers if paper.group == "citizens")
    other = next(paper for paper in papers if paper.group == "politicians" and paper.content != mine.content)
    mine.content, other.content = other.content, mine.content
    db.session.commit()


def result_of(vote: Ballot | Decision, seed: str) -> dict[str, Any]:
    """The result worked out again from the papers as they lie."""
    papers = db.session.query(BallotPaper).filter_by(vote_id=vote.record_id).all()
    if isinstance(vote, Decision):
        stances = [Stance(paper.group, paper.content["stance"]) for paper in papers]
        settings = {name: value for name, value in vote.rules.items() if name in Rule.__dataclass_fields__}
        return decision_result(Rule.from_settings(settings), vote.eligible, stances)
    cast = [Paper(paper.group, paper.content) for paper in papers]
    return ballot_result(
        vote.method, vote.options, vote.settings, cast, vote.eligible or {}, vote.privacy_minimum, seed, vote.open_groups
    )


def test_two_rooms_that_differ_in_what_a_small_group_voted_publish_the_same_files(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(SIZES)
    ideas = room.ideas(3)
    ballot = room.ballot(ideas, settings={"seats": 1, "choices": 1})
    goal = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    decision = room.decision(goal)
    for number, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={ideas[(0, 0, 1, 2, 1, 0)[number % 6]]: 1})
        room.stance(person, decision, "against" if number % 5 == 0 else "for")
    for name, vote in (("ballot", ballot), ("decision", decision)):
        room.do(room.chair, f"close_{name}", **{name: vote})
    room.do(room.chair, "publish_ballot", ballot=ballot)
    db.session.rollback()
    workshop = db.session.get_one(Workshop, room.id)
    votes: list[Ballot | Decision] = [db.session.query(Ballot).one(), db.session.query(Decision).one()]
    published = [json.dumps(vote.result, sort_keys=True) for vote in votes]
    monkeypatch.setattr("workshop.export.outcome.now", lambda: datetime(2030, 1, 1, 12, tzinfo=UTC))
    before = files(workshop)
    for vote in votes:
        exchange(vote)
    again = [json.dumps(result_of(vote, workshop.lot_seed), sort_keys=True) for vote in votes]
    assert again == published, "the other room has the same outcome and statuses, and so the same result"
    assert files(workshop) == before
