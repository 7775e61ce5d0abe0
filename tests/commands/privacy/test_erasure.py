"""Erasing one person: name and words go from every row and from the disk, votes and the record stay, the chain holds."""

from __future__ import annotations

import random
import string

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands import database_file
from tests.commands.privacy.author import (
    NAME,
    WORDS,
    author_of_everything,
    chain_of,
    erase,
    on_disk,
    own,
    room_that_can_close,
)
from tests.commands.voting import Room, papers, refused
from workshop import identity, screens, vacuum
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor
from workshop.models import (
    Agreement,
    Amendment,
    Comment,
    Commitment,
    Goal,
    Idea,
    JournalEntry,
    Objection,
    Participant,
    TextVersion,
    Token,
    Undo,
)
from workshop.rules import chain

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.on_disk]


@pytest.fixture
def room(app: Flask) -> Room:
    return room_that_can_close({"citizens": 6, "politicians": 6})


def test_the_name_and_every_word_are_replaced(room):
    person = author_of_everything(room)
    erase(room, person)
    assert db.session.get_one(Participant, person.participant_id).name is None
    assert {(idea.text, idea.why) for idea in own(Idea, person)} == {("[fjernet]", "")}
    assert [comment.text for comment in own(Comment, person)] == ["[fjernet]"]
    assert [(row.new, row.reason) for row in own(Amendment, person)] == [("[fjernet]", "")]
    assert [row.reason for row in own(Objection, person)] == ["[fjernet]"]
    (commitment,) = own(Commitment, person)
    assert (commitment.name, commitment.words, commitment.standing) == (None, "", "behind")


def test_an_english_workshop_says_removed():
    room = Room({"citizens": 5}, language="en")
    person = room.everybody[0]
    room.do(person, "post_idea", text="Something")
    perform(person, "erase_me", {})
    assert own(Idea, person)[0].text == "[removed]"


def test_the_name_and_the_words_are_in_no_byte_of_the_database_file(room):
    person = author_of_everything(room)
    vacuum.rewrite()
    before = on_disk()
    assert all(word.encode() in before for word in (NAME, *(WORDS[what] for what in WORDS if what != "private")))
    erase(room, person)
    after = on_disk()
    assert [word for word in (NAME, *WORDS.values()) if word.encode() in after] == []


def test_copies_left_behind_when_pages_were_split_are_gone_too():
    """Overwriting what is freed is not enough: a row that moved to another page may leave a copy in the old one."""
    chance = random.Random(1)
    marks = []
    assert database_file.file().exists()
    connection = db.engine.raw_connection()
    connection.execute("create table note (id integer primary key, text text)")
    for number in range(800):
        mark = f"spor{number:05}" + "".join(chance.choices(string.ascii_letters, k=12))
        marks.append(mark)
        connection.execute("insert into note (text) values (?)", (mark + "x" * chance.randint(0, 280),))
        if number % 3 == 0:
            longer = chance.randrange(len(marks))
            connection.execute("update note set text = ? where id = ?", (marks[longer] + "x" * 280, longer + 1))
    connection.execute("update note set text = '[fjernet]'")
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    assert any(mark.encode() in on_disk() for mark in marks), "SQLite leaves nothing by now: scrubbing can go"
    vacuum.rewrite()
    after = on_disk()
    assert [mark for mark in marks if mark.encode() in after] == []


def test_while_somebody_reads_the_old_pages_stay_and_are_written_over_at_the_next_try(room):
    person = author_of_everything(room)
    reader = db.engine.connect()
    try:
        reader.exec_driver_sql("select count(*) from idea").scalar()
        erase(room, person)
    finally:
        reader.close()
    vacuum.rewrite_if_waiting()
    assert NAME.encode() not in on_disk()


def test_the_chain_holds_and_the_salts_of_the_persons_entries_are_gone(room):
    person = author_of_everything(room)
    erase(room, person)
    assert chain_of(room).holds
    rows = db.session.scalars(select(JournalEntry).where(JournalEntry.workshop_id == room.id)).all()
    pseudonym = f"participant:{person.participant_id}"
    dropped = {row.name for row in rows if row.salt is None}
    assert {row.salt for row in rows if row.actor == pseudonym} == {None}
    assert dropped == {row.name for row in rows if row.actor == pseudonym} | {"join"}
    (joined,) = [row for row in rows if row.name == "join" and row.salt is None]
    assert joined.args["facts"]["result"] == {"participant": pseudonym}


def test_the_words_can_no_longer_be_recognised_in_the_journal(room):
    person = author_of_everything(room)
    row = db.session.scalar(select(JournalEntry).where(JournalEntry.name == "set_name"))
    assert chain.digest(NAME, bytes.fromhex(row.salt)) == row.args["name"]
    erase(room, person)
    assert db.session.scalar(select(JournalEntry.salt).where(JournalEntry.name == "set_name")) is None


def test_the_person_is_let_in_nowhere_any_more(room):
    person = room.people["citizens"][0]
    code = person.personal_code
    erase(room, person)
    with refused("ended"):
        perform(person, "post_idea", {"text": "Endnu en"})
    with refused("unknown_code", "reentry_code"):
        perform(Actor(VISITOR, room.id), "reenter", {"reentry_code": code, "token": "t" * 32})
    tokens = own(Token, person)
    assert tokens and all(token.ended_at is not None and token.sealed_code is None for token in tokens)


def test_votes_stay(room):
    ideas = room.ideas(2)
    closed, still_open = room.ballot(ideas), room.ballot(ideas)
    person = room.people["citizens"][1]
    for somebody in room.everybody:
        room.cast(somebody, closed, choices={ideas[0]: 1})
    room.cast(person, still_open, choices={ideas[1]: 1})
    room.do(room.chair, "close_ballot", ballot=closed)
    room.do(room.chair, "publish_ballot", ballot=closed)
    before = room.record(closed)
    erase(room, person)
    assert room.record(closed) == before
    assert room.record(still_open)["turnout"]["voted"] == 1 and len(papers(still_open)) == 1
    room.do(room.chair, "close_ballot", ballot=still_open)
    assert [paper.content for paper in papers(still_open)] == [{ideas[1]: 1}]


def test_in_a_closed_workshop_everybody_stays_counted(room):
    person = author_of_everything(room)
    room.do(room.chair, "close_workshop")
    erase(room, person)
    assert db.session.get_one(Participant, person.participant_id).state == "active"
    assert room.record("group:1")["joined"] == 6


def test_in_an_open_workshop_the_person_leaves_the_room(room):
    person = room.people["citizens"][0]
    perform(person, "erase_me", {})
    assert room.record("group:1")["joined"] == 5


def test_goals_keep_the_rooms_wording_but_not_the_reason_somebody_gave(room):
    person, goal = room.people["citizens"][0], room.text()
    change = {"on": goal, "field": "challenge", "new": "Maden smides ud", "reason": WORDS["reason"]}
    with_first_wording = room.do(room.chair, "edit_goal", goal=goal, version=1, title="Mere økologi")
    assert with_first_wording
    amendment = room.do(person, "propose_amendment", **change)["amendment"]
    room.do(room.chair, "accept_amendment", amendment=amendment)
    erase(room, person)
    record = room.record(goal)
    assert record["challenge"] == "Maden smides ud"
    versions = db.session.scalars(select(TextVersion).where(TextVersion.text_id == goal)).all()
    assert [version.reason for version in versions if version.cause == "amendment"] == ["[fjernet]"]


def test_what_is_open_is_taken_back_and_what_nobody_saw_is_withdrawn():
    room = Room({"citizens": 5}, template="idea_pool", ideas_always_open=False)
    step = next(r for r in screens.changes(room.id, 0, "room")["put"] if r.get("step_kind") == "ideas")
    room.do(room.chair, "edit_step", step=step["id"], settings={"writing": "private"})
    room.do(room.chair, "start_step", step=step["id"])
    person, goal = room.everybody[0], room.text()
    room.do(person, "post_idea", text=WORDS["private"])
    room.do(person, "propose_amendment", on=goal, field="title", new="Andet")
    room.do(room.chair, "open_consent", on=goal)
    room.do(person, "object", on=goal, reason="For dyrt")
    erase(room, person)
    assert own(Idea, person)[0].state == "withdrawn"
    assert own(Amendment, person)[0].state == "withdrawn"
    assert own(Objection, person)[0].state == "resolved"
    consent = next(r for r in screens.changes(room.id, 0, "room")["put"] if r["kind"] == "consent")
    assert consent["objections"] == 0


@pytest.mark.parametrize(
    ("asked", "made_to_stay", "named"),
    [(None, False, None), (None, True, NAME), (True, False, NAME), (False, True, None)],
)
def test_commitments_are_kept_only_if_the_person_asks(room, asked, made_to_stay, named):
    person, agreement = room.everybody[0], room.text(Agreement)
    perform(person, "set_name", {"name": NAME})
    room.do(person, "make_commitment", on=agreement, standing="behind", words="Jeg ringer", keep=made_to_stay)
    perform(person, "erase_me", {} if asked is None else {"keep_commitments": asked})
    (commitment,) = own(Commitment, person)
    assert (commitment.name, commitment.words) == (named, "Jeg ringer" if named else "")
    assert commitment.standing == "behind"
    last = db.session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert last.args["facts"]["kept_commitments"] == (1 if named else 0), "the journal counts them"


def test_what_could_be_undone_is_forgotten_for_it_held_the_words(room):
    author_of_everything(room)
    person = room.people["citizens"][0]
    assert db.session.scalars(select(Undo)).all()
    erase(room, person)
    assert db.session.scalars(select(Undo)).all() == []


def test_others_are_left_alone(room):
    other = room.people["citizens"][1]
    perform(other, "set_name", {"name": "Bo"})
    room.do(other, "post_idea", text="Bos idé")
    goal = room.text(Goal)
    erase(room, author_of_everything(room))
    assert own(Idea, other)[0].text == "Bos idé"
    assert db.session.get_one(Participant, other.participant_id).name == "Bo"
    entry = db.session.scalar(select(JournalEntry).where(JournalEntry.actor == other.pseudonym))
    assert entry.salt is not None and room.record(goal)["title"]
    assert identity.me(other)["name"] == "Bo"


def test_who_may_erase_whom(room):
    first, second = room.people["citizens"][:2]
    with refused("not_allowed"):
        perform(first, "erase_person", {"participant": f"participant:{second.participant_id}"})
    with refused("not_allowed"):
        perform(room.chair, "erase_me", {})
    elsewhere = Room({"citizens": 5})
    with refused("not_found", "participant"):
        erase(elsewhere, first)
    erase(room, first)
    with refused("already", "participant"):
        erase(room, first)
