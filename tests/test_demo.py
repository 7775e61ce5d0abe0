"""The example workshop of `make demo`."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from workshop import demo
from workshop.app import create_app
from workshop.clock import now, utc
from workshop.commands.people import accounts
from workshop.config import load_settings
from workshop.extensions import db
from workshop.first_account import first_organiser_token
from workshop.models import Agreement, Ballot, Goal, Idea, JournalEntry, Organiser, Participant, Workshop
from workshop.rules.chain import verify
from workshop.screens import snapshot


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    """The example, made by the command line on an empty database; and what was printed, twice."""
    folder: Path = tmp_path_factory.mktemp("demo")
    app = create_app(load_settings({"INSTANCE_PATH": str(folder), "PUBLIC_URL": "https://rundbord.example"}))
    runner = app.test_cli_runner()
    printed = [runner.invoke(args=["create-demo"]).stdout for _ in range(2)]
    with app.app_context():
        yield printed
        db.session.remove()
        db.engine.dispose()


def test_it_prints_the_ways_in_and_the_same_ones_again(made: list[str]):
    first, again = made
    assert first == again
    assert len(re.findall(r"https://rundbord\.example/[fbh]/\S{22,}", first)) == 3
    assert len(re.findall(r"https://rundbord\.example/j/\w{6}\n", first)) == 1 + len(demo.content.GROUPS)


def test_it_is_one_workshop_labelled_as_an_example_in_the_middle_of_its_programme(made: list[str]):
    workshop = db.session.query(Workshop).one()
    assert workshop.example and workshop.state == "open" and workshop.language == "da"
    record = next(one for one in snapshot(workshop.id, "room")["put"] if one["kind"] == "workshop")
    assert record["example"] is True
    states = [step.state for step in workshop.steps]
    assert states.count("running") == 1
    assert states == sorted(states, key=["done", "running", "waiting"].index)


def test_its_steps_have_taken_their_time_and_everybody_is_here_now(made: list[str]):
    workshop = db.session.query(Workshop).one()
    begun = [step for step in workshop.steps if step.state != "waiting"]
    for one, after in pairwise(begun):
        assert utc(after.started_at) - utc(one.started_at) == timedelta(minutes=one.minutes)
    assert now() - utc(begun[-1].started_at) < timedelta(minutes=5)
    seen = [utc(person.last_seen_at) for person in db.session.query(Participant)]
    assert len(seen) > 30 and min(seen) > utc(begun[-1].started_at) - timedelta(minutes=5)
    entries = db.session.query(JournalEntry).order_by(JournalEntry.seq).all()
    assert verify(entry.as_entry() | {"hash": entry.hash} for entry in entries).holds


def test_it_holds_ideas_a_shortlist_goals_and_an_agreement_being_drafted(made: list[str]):
    ideas = db.session.query(Idea).all()
    assert len(ideas) == len(demo.content.IDEAS) and {idea.state for idea in ideas} == {"open", "merged"}
    ballot = db.session.query(Ballot).one()
    assert ballot.state == "published" and len(ballot.result["shortlist"]["winners"]) == 4
    chosen = set(ballot.result["shortlist"]["winners"])
    goals = db.session.query(Goal).order_by(Goal.id).all()
    assert len(goals) == 3 and goals[0].state == "proposed"
    assert not [check for check in goals[0].checks if check["severity"] == "B"]
    assert all(chosen & set(goal.content["from_ideas"]) for goal in goals), "each goal builds on an idea that was chosen"
    agreement = db.session.query(Agreement).one()
    assert {"A02", "A03", "A04"} <= {check["code"] for check in agreement.checks}


def test_it_makes_no_account_and_belongs_to_the_first_one(made: list[str]):
    assert db.session.query(Organiser).count() == 0
    organiser = accounts.create_first_organiser(first_organiser_token(), "Mette", "en lang adgangskode")
    db.session.expire_all()
    assert db.session.query(Workshop).one().organiser_id == organiser.id
