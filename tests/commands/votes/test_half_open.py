"""Secrecy where another group votes openly in the same vote."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from flask import Flask

from tests.commands.database_file import everything_but, on_disk, opened
from tests.commands.votes.secret_votes import WORDS, dots, everybody_votes
from tests.commands.voting import Room, papers
from workshop import dispatch, identity, screens, secrecy
from workshop.door import perform
from workshop.extensions import db

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.on_disk]


@pytest.fixture
def half_open(app: Flask) -> Room:
    """A room whose politicians vote by name while the citizens vote secretly."""
    room = Room({"citizens": 6, "politicians": 6})
    settings = {"openness": "some_open", "open_groups": ["politicians"]}
    step = room.do(room.chair, "add_step", kind="decisions", settings=settings)["step"]
    room.do(room.chair, "start_step", step=step)
    for group, people in room.people.items():
        for number, person in enumerate(people):
            perform(person, "set_name", {"name": f"{group} nummer {number}"})
    return room


def votes_of_everybody(room: Room) -> tuple[str, str, list[str]]:
    """A ballot with as many dots as the person's number, and a decision with a reason of their own; and the ideas."""
    ballot, ideas = dots(room)
    decision = room.decision(room.text())
    everybody_votes(room, ballot, ideas)
    for number, person in enumerate(room.everybody):
        room.stance(person, decision, "reservation", f"{WORDS} {number:02}")
    return ballot, decision, ideas


def test_only_those_who_vote_openly_are_tied_to_their_vote(half_open):
    room = half_open
    ballot, decision, ideas = votes_of_everybody(room)
    citizens = {person.participant_id for person in room.people["citizens"]}
    for closing in (False, True):
        if closing:
            room.do(room.chair, "close_ballot", ballot=ballot)
            room.do(room.chair, "close_decision", decision=decision)
        with opened() as connection:
            tied = connection.execute("select participant_id, subject, content from named_paper").fetchall()
            secret = connection.execute('select "group", content from paper').fetchall()
        assert len(tied) == 12 and not citizens & {row[0] for row in tied}
        assert [row[0] for row in secret] == ["citizens"] * 12
        # Everybody's dots are a number of their own: the citizens' stand in the box and nowhere else.
        rest = everything_but("paper")
        for number in range(6):
            own = json.dumps({ideas[0]: number + 1, ideas[1]: 2}), f"{WORDS} {number:02}"
            assert own[0] not in rest and (closing or own[1] not in rest)


def test_beside_an_open_group_keys_and_order_of_the_secret_papers_are_as_random_as_ever(half_open):
    room = half_open
    ballot, _, ideas = votes_of_everybody(room)
    before = {secrecy.ballot_key(identity.secret(), ballot, person.personal_code) for person in room.people["citizens"]}
    assert {paper.key for paper in papers(ballot)} == before
    room.do(room.chair, "close_ballot", ballot=ballot)
    after = papers(ballot)
    assert not {paper.key for paper in after} & before
    assert [key for key in before if key.encode() in on_disk()] == []
    cast = [paper.content[ideas[0]] for paper in after]
    assert sorted(cast) == [1, 2, 3, 4, 5, 6]
    with opened() as connection:
        stored = [row[0] for row in connection.execute("select key from paper where subject = ?", (ballot,))]
        keys = {row[0] for row in connection.execute("select key from named_paper where subject = ?", (ballot,))}
    assert stored == sorted(stored) and len(keys) == 6 and not keys & set(stored)


def test_an_open_vote_lies_under_no_key_of_the_persons_code(half_open):
    """Whoever has the code finds no paper in the secret box, and so cannot tell that there is one to look for."""
    room = half_open
    ballot, _, _ = votes_of_everybody(room)
    laid = {paper.key for paper in papers(ballot)}
    for person in room.people["politicians"]:
        assert secrecy.ballot_key(identity.secret(), ballot, person.personal_code) not in laid


def test_neither_journal_nor_answers_hold_what_was_voted_openly(half_open):
    room = half_open
    ideas = room.ideas(2)
    ballot = room.ballot(ideas, "positions")
    decision = room.decision(room.text())
    politician = room.people["politicians"][0]
    for name, args in (
        ("cast_ballot", {"ballot": ballot, "choices": {ideas[0]: "disagree"}, "keep": True}),
        ("take_stance", {"decision": decision, "stance": "reservation", "reason": WORDS}),
    ):
        perform(politician, name, args, random.randbytes(16).hex())
    rest = everything_but("named_paper")
    assert WORDS not in rest and "disagree" not in rest and "reservation" not in rest


def test_no_open_vote_is_sent_to_anybody_else_before_it_is_published(half_open):
    room = half_open
    ideas = room.ideas(2)
    ballot = room.ballot(ideas, "positions")
    decision = room.decision(room.text())
    voter, *others = room.people["politicians"]
    room.cast(voter, ballot, choices={ideas[0]: "disagree"})
    room.stance(voter, decision, "reservation", WORDS)

    def sent() -> str:
        db.session.rollback()
        seen: list[Any] = [screens.changes(room.id, 0, "room")]
        seen += [dispatch.sync(actor, {"since": 0, "epoch": None}) for actor in others]
        return json.dumps([*seen, screens.changes(room.id, 0, "facilitator")], ensure_ascii=False)

    assert not [word for word in (WORDS, "disagree", '"reservation"') if word in sent()]
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert "disagree" not in sent()
    room.do(room.chair, "publish_ballot", ballot=ballot)
    room.do(room.chair, "close_decision", decision=decision)
    assert '"disagree"' in sent() and WORDS in sent() and "politicians nummer 0" in sent()


def test_an_erased_name_and_its_words_are_gone_from_the_disk(half_open):
    room = half_open
    _, decision, _ = votes_of_everybody(room)
    room.do(room.chair, "close_decision", decision=decision)
    politician = room.people["politicians"][0]
    with opened() as connection:
        salts = connection.execute(
            "select name_salt, reason_salt from named_paper where participant_id = ?", (politician.participant_id,)
        ).fetchall()
    room.do(politician, "erase_me")
    disk = on_disk()
    assert b"politicians nummer 0" not in disk and f"{WORDS} 06".encode() not in disk
    assert not [salt for row in salts for salt in row if salt and salt.encode() in disk]
    assert b"politicians nummer 1" in disk
