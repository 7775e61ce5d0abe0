"""What docs/secrecy.md promises, tested on the database file itself and on every byte that leaves the server."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from tests.commands.voting import Room, papers, participations
from workshop import dispatch, identity, screens, secrecy, vacuum
from workshop.app import create_app
from workshop.config import load_settings
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.on_disk]

WORDS = "kanariefugl i kantinen"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def file() -> Path:
    return Path(db.engine.url.database)


def on_disk() -> bytes:
    """Everything the database has on disk: the file and the write-ahead log."""
    db.session.rollback()
    log = file().with_name(file().name + "-wal")
    return file().read_bytes() + (log.read_bytes() if log.exists() else b"")


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The file as somebody sees it who has stolen it."""
    db.session.rollback()
    connection = sqlite3.connect(file())
    try:
        yield connection
    finally:
        connection.close()


def everything_but(*tables: str) -> str:
    """All rows of all other tables, as text."""
    with opened() as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return repr({name: connection.execute(f'select * from "{name}"').fetchall() for name in names if name not in tables})


def everybody_votes(room: Room, ballot: str, ideas: list[str]) -> list[str]:
    """Everybody puts another set of dots; the keys of the papers, in the order they were cast."""
    keys = []
    for place, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={ideas[0]: place + 1, ideas[1]: 2})
        keys.append(secrecy.ballot_key(identity.secret(), ballot, person.personal_code))
    return keys


def dots(room: Room) -> tuple[str, list[str]]:
    ideas = room.ideas(3)
    return room.ballot(ideas, "dots", settings={"dots": 20, "per_option": 20}), ideas


def test_an_open_paper_lies_under_a_key_that_the_database_cannot_make(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    assert {paper.key for paper in papers(ballot)} == set(keys)
    disk = on_disk()
    for person in room.everybody:
        assert person.personal_code.encode() not in disk
    assert identity.secret().encode() not in disk


def test_at_closing_every_key_becomes_a_random_one(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    before = sorted(json.dumps(paper.content) for paper in papers(ballot))
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert sorted(json.dumps(paper.content) for paper in papers(ballot)) == before
    assert not {paper.key for paper in papers(ballot)} & set(keys)
    assert all(len(paper.key) == 64 for paper in papers(ballot))
    assert room.mine(room.everybody[0])["ballots"] == {}


def test_the_old_keys_are_gone_from_the_disk(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    assert all(key.encode() in on_disk() for key in keys)
    room.do(room.chair, "close_ballot", ballot=ballot)
    disk = on_disk()
    assert [key for key in keys if key.encode() in disk] == []
    assert all(paper.key.encode() in disk for paper in papers(ballot))


def test_old_keys_a_reader_kept_on_the_disk_go_with_the_next_second(room):
    ballot, ideas = dots(room)
    keys = everybody_votes(room, ballot, ideas)
    with opened() as reader:
        reader.execute("begin")
        reader.execute("select count(*) from paper").fetchone()
        room.do(room.chair, "close_ballot", ballot=ballot)
        assert any(key.encode() in on_disk() for key in keys)
        vacuum.rewrite_if_waiting()
        assert any(key.encode() in on_disk() for key in keys)
    vacuum.rewrite_if_waiting()
    assert [key for key in keys if key.encode() in on_disk()] == []


def dead_rows_of_papers() -> int:
    """Returns how many there are once nothing waits to be vacuumed: who else has locked a table is tried again each second,
    as by the ticker, and PostgreSQL's figures come a moment later."""
    dead = -1
    for _ in range(20):
        vacuum.rewrite_if_waiting()
        dead = int(db.session.scalar(text("select n_dead_tup from pg_stat_user_tables where relname = 'paper'")) or 0)
        db.session.rollback()
        if dead == 0 and not vacuum.is_waiting():
            break
        time.sleep(0.5)
    return dead


def test_on_postgresql_no_dead_row_keeps_an_old_key(app, postgres_url, tmp_path):
    url = postgres_url.replace("postgresql://", "postgresql+psycopg://")
    settings = load_settings({"INSTANCE_PATH": str(tmp_path / "other"), "SECRET_KEY": "x" * 32, "DATABASE_URL": url})
    other = create_app(settings, testing=True)
    with other.app_context():
        db.create_all()
        room = Room({"citizens": 6, "politicians": 6})
        ballot, ideas = dots(room)
        keys = everybody_votes(room, ballot, ideas)
        room.do(room.chair, "close_ballot", ballot=ballot)
        stored = [paper.key for paper in papers(ballot)]
        in_order = list(db.session.scalars(text("select key from paper order by ctid")))
        moments = set(db.session.scalars(text("select xmin::text from paper")))
        db.session.rollback()
        raw = db.session.scalar(text("select pg_relation_size('paper')"))
        dead = dead_rows_of_papers()
        db.session.remove()
        db.engine.dispose()
    assert not set(stored) & set(keys) and len(stored) == 12
    assert in_order == sorted(stored) and len(moments) == 1
    assert raw and dead == 0


def test_the_stances_of_an_ended_decision_are_gone_from_the_disk(room):
    goal = room.text()
    decision = room.decision(goal)
    room.stance(room.everybody[0], decision, "against", WORDS)
    assert WORDS.encode() in on_disk()
    room.do(room.chair, "drop_text", on=goal)
    assert WORDS.encode() not in on_disk()


def test_neither_row_number_nor_place_on_disk_tells_who_came_first(room):
    ballot, ideas = dots(room)
    everybody_votes(room, ballot, ideas)
    room.do(room.chair, "close_ballot", ballot=ballot)
    with opened() as connection:
        for table in ("paper", "participation"):
            with pytest.raises(sqlite3.OperationalError, match="rowid"):
                connection.execute(f"select rowid from {table}")
        stored = [row[0] for row in connection.execute("select key from paper")]
        people = [row[0] for row in connection.execute("select participant_id from participation")]
    assert stored == sorted(stored)
    assert people == sorted(people)
    disk = on_disk()
    on_page = sorted(stored, key=lambda key: disk.index(key.encode()), reverse=True)
    cast = [paper.content[ideas[0]] for paper in papers(ballot)]
    # A page is filled from its end: the cells lie in the order they were written, which is that of the keys.
    assert on_page == stored
    assert cast != sorted(cast)


def test_the_order_of_the_papers_differs_from_closing_to_closing(room):
    orders = set()
    for _ in range(3):
        ballot, ideas = dots(room)
        everybody_votes(room, ballot, ideas)
        room.do(room.chair, "close_ballot", ballot=ballot)
        orders.add(tuple(paper.content[ideas[0]] for paper in papers(ballot)))
    assert len(orders) == 3


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


# where another group votes openly


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
