"""Who was there over the day, and why the shortlist is as it is: in every format, and never a number that is too small."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.export.sample import IDEAS, sample
from workshop import clock
from workshop.commands.people import attendance
from workshop.export.document import Figure
from workshop.export.json import render as as_json
from workshop.export.markdown import render as as_markdown
from workshop.export.outcome import outcome
from workshop.export.tables import tables
from workshop.export.words import Words
from workshop.export.written import written
from workshop.extensions import db
from workshop.models import Workshop


def outcome_of(room: Room, language: str = "da"):
    db.session.rollback()
    return outcome(db.session.get_one(Workshop, room.id), language)


def start(room: Room, kind: str) -> None:
    step = room.do(room.chair, "add_step", kind=kind)["step"]
    room.do(room.chair, "start_step", step=step)


def test_the_outcome_tells_who_was_there_at_the_start_of_each_step_and_at_the_end(app: Flask):
    room = Room({"citizens": 6, "leaders": 2, "researchers": 4})
    start(room, "welcome")
    for _ in range(3):
        room.join("citizens")
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        start(room, "ideas")
    attendance.take_samples([room.id], clock.now() + timedelta(minutes=50))
    looks = outcome_of(room).room.attendance
    assert [look.step for look in looks] == ["Velkommen", "Idéer", None]
    assert [(one.name, one.joined.exact, one.present.exact) for one in looks[1].groups] == [
        ("citizens", 9, 9),
        ("leaders + researchers", 6, 6),
    ]
    assert looks[0].groups[0].joined.exact == 6 and looks[2].groups[0].present.exact == 0


def test_a_number_under_the_privacy_minimum_is_at_most_the_one_before_it(app: Flask):
    room = Room({"citizens": 4, "leaders": 6})
    start(room, "welcome")
    for _ in range(4):
        room.join("citizens")
    (look,) = outcome_of(room).room.attendance
    assert look.groups[0].joined == Figure(at_most=4)


def test_a_room_too_small_to_be_counted_tells_nothing_of_it(app: Flask):
    room = Room({"citizens": 4})
    start(room, "welcome")
    assert outcome_of(room).room.attendance == ()


def text_of(document: object, key: str) -> str:
    section = next(section for section in document.sections if section.key == key)
    return json.dumps([str(block) for block in section.blocks], ensure_ascii=False)


@pytest.mark.parametrize(("language", "under"), [("da", "under 5"), ("en", "under 5")])
def test_it_is_written_out_and_in_the_tables(language, under):
    found = sample(language)
    text = text_of(written(found), "results")
    assert "('09.00', 32, '32')" in text if language == "da" else "('09:00', 32, '32')" in text
    assert "18, '18+'" in text, "a group with a few of its people there is a plus, not a number"
    assert under in text
    (kind,) = [one for one in tables(found) if one.key == "attendance"]
    assert len(kind.rows) == 4 and kind.rows[0][2:] == ("Borgere", 20, 20)
    assert kind.rows[3][3] == Words(found).figure(Figure(at_most=4))


def test_the_json_holds_it_as_figures():
    read = json.loads(as_json(sample()))
    assert read["room"]["attendance"][1]["groups"][1] == {"name": "Byråd", "joined": 12, "present": {"at_most": 4}}
    shortlist = read["ballots"][0]["shortlist"]
    assert (shortlist["one_more"]["id"], shortlist["lot_seed"]) == (IDEAS[4].id, "5f1d0c")
    assert shortlist["steps"][1]["broken_by"] == "lot"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "da",
            [
                "Den blev valgt først ved lodtrækning",
                "Med samme vægt",
                "én mere",
                "5f1d0c",
                "Andel af deltagerne",
            ],
        ),
        (
            "en",
            [
                "It was chosen first by a draw",
                "With equal weight",
                "room for one more",
                "5f1d0c",
                "Share of the participants",
            ],
        ),
    ],
)
def test_the_shortlist_explains_itself_in_words(language, said):
    text = as_markdown(sample(language))
    text = text if isinstance(text, str) else text.decode()
    for words in said:
        assert words in text.replace("\u00a0", " "), words


def test_a_real_shortlist_says_what_else_could_have_been(app: Flask):
    room = Room({"citizens": 12, "politicians": 12})
    ideas = room.ideas(4)
    ballot = room.ballot(ideas, settings={"choices": 2, "seats": 2})
    for number, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={ideas[number % 3]: 1, ideas[3 - number % 2]: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    (shown,) = outcome_of(room).ballots
    assert shown.shortlist is not None
    assert shown.shortlist.lot_seed == db.session.get_one(Workshop, room.id).lot_seed
    assert shown.shortlist.one_more is not None and shown.shortlist.one_more.id in ideas
    assert {share.group for share in shown.shortlist.heads} == {"citizens", "politicians"}
