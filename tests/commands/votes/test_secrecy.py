"""What docs/secrecy.md promises, tested on all tables of the database and on every byte that leaves the server."""

from __future__ import annotations

import json
import random
import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.commands.database_file import everything_but, opened
from tests.commands.votes.secret_votes import WORDS, dots
from tests.commands.voting import Room, papers, participations
from workshop import dispatch, identity, screens, secrecy
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.on_disk]


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def test_who_voted_and_what_was_voted_share_no_column_but_the_vote_and_the_group(room):
    with opened() as connection:
        columns = {
            table: {row[1] for row in connection.execute(f"pragma table_info({table})")}
            for table in ("paper", "participation")
        }
    assert columns == {
        "paper": {"subject", "key", "workshop_id", "group", "content"},
        "participation": {"subject", "participant_id", "workshop_id", "group", "voted", "by_helper"},
    }


def test_no_other_table_holds_a_choice_or_its_words(room):
    ideas = room.ideas(3)
    ballot = room.ballot(ideas, "positions")
    decision = room.decision(room.text())
    for number, person in enumerate(room.everybody):
        for name, args in (
            ("cast_ballot", {"ballot": ballot, "choices": {ideas[0]: "disagree"}}),
            ("take_stance", {"decision": decision, "stance": "reservation", "reason": f"{WORDS} {number}"}),
        ):
            perform(person, name, args, random.randbytes(16).hex())
    rest = everything_but("paper")
    assert WORDS not in rest and "disagree" not in rest and "reservation" not in rest
    for key in (paper.key for vote_id in (ballot, decision) for paper in papers(vote_id)):
        assert key not in rest
    with opened() as connection:
        kept = connection.execute(
            "select distinct args from journal_entry where name in ('cast_ballot', 'take_stance')"
        ).fetchall()
    assert sorted(json.loads(row[0]).popitem() for row in kept) == [("ballot", ballot), ("decision", decision)]


def test_nothing_anybody_else_is_sent_holds_a_persons_vote(room):
    ideas = room.ideas(3)
    ballot = room.ballot(ideas, "positions")
    decision = room.decision(room.text())
    voter, *others = room.everybody
    room.cast(voter, ballot, choices={ideas[0]: "disagree"})
    room.stance(voter, decision, "reservation", WORDS)

    def sent() -> str:
        db.session.rollback()
        seen: list[Any] = [screens.changes(room.id, 0, audience) for audience in ("room", "facilitator")]
        seen += [dispatch.sync(actor, {"since": 0, "epoch": None}) for actor in (*others, room.chair)]
        return json.dumps(seen, ensure_ascii=False)

    for choice in (WORDS, "disagree", '"reservation"'):
        assert choice not in sent()
    assert WORDS in json.dumps(dispatch.sync(voter, {"since": 0, "epoch": None}), ensure_ascii=False)
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert "disagree" not in sent()
    room.do(room.chair, "close_decision", decision=decision)
    assert WORDS in sent()
    assert f'"{voter.participant_id}"' not in json.dumps(room.record(decision)["result"])


def test_the_same_person_on_another_device_finds_the_own_vote(room):
    ballot, ideas = dots(room)
    person = room.everybody[0]
    room.cast(person, ballot, choices={ideas[0]: 3})
    token = secrecy.new_token()
    perform(Actor(VISITOR, room.id), "reenter", {"reentry_code": person.personal_code, "token": token})
    again = identity.find(token)
    assert room.mine(again)["ballots"] == {ballot: {ideas[0]: 3}}
    room.cast(again, ballot, choices={ideas[1]: 1})
    assert len(papers(ballot)) == 1 and len(participations(ballot)) == 1


def test_twenty_casts_of_one_person_at_once_end_as_one_paper(app, room):
    ballot, ideas = dots(room)
    person = room.everybody[0]
    answers: list[dict[str, Any]] = []
    start = threading.Barrier(20)

    def cast(number: int) -> None:
        with app.app_context():
            start.wait()
            choices = {ideas[0]: number}
            answers.append(perform(person, "cast_ballot", {"ballot": ballot, "choices": choices}))
            db.session.remove()

    threads = [threading.Thread(target=cast, args=(number,)) for number in range(1, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20 and len({answer["seq"] for answer in answers}) == 20
    (paper,) = papers(ballot)
    assert 1 <= paper.content[ideas[0]] <= 20
    assert participations(ballot) == {person.participant_id: True}
    assert room.record(ballot)["turnout"]["voted"] == 1


def test_a_vote_sent_twice_counts_once(room):
    ballot, ideas = dots(room)
    person, command_id = room.everybody[0], "0" * 32
    first = perform(person, "cast_ballot", {"ballot": ballot, "choices": {ideas[0]: 1}}, command_id)
    room.cast(person, ballot, choices={ideas[0]: 4})
    assert perform(person, "cast_ballot", {"ballot": ballot, "choices": {ideas[0]: 1}}, command_id) == first
    assert room.mine(person)["ballots"] == {ballot: {ideas[0]: 4}}


def test_a_vote_costs_the_same_however_many_have_voted(room):
    ballot, ideas = dots(room)

    def statements(person: Actor) -> int:
        seen = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(Engine, "before_cursor_execute", listen)
        try:
            room.cast(person, ballot, choices={ideas[0]: 1})
        finally:
            event.remove(Engine, "before_cursor_execute", listen)
        return len(seen)

    first, *rest = room.everybody
    cost = statements(first)
    for person in rest[:-1]:
        room.cast(person, ballot, choices={ideas[0]: 1})
    assert statements(rest[-1]) == cost < 20


def test_the_result_does_not_depend_on_the_order_of_voting():
    def result(order: int) -> dict[str, Any]:
        room = Room({"citizens": 10, "politicians": 10}, title="Skolemad")
        ballot, ideas = dots(room)
        votes = [(person, 1 + place % 5) for place, person in enumerate(room.everybody)]
        random.Random(order).shuffle(votes)
        for person, n in votes:
            room.cast(person, ballot, choices={ideas[0]: n, ideas[1]: 6 - n})
        room.do(room.chair, "close_ballot", ballot=ballot)
        room.do(room.chair, "publish_ballot", ballot=ballot)
        found = room.record(ballot)["result"]
        return {key: [entry | {"id": None} for entry in found[key]] for key in ("options",)}

    assert result(1) == result(2)
