"""Answers for command ids that may be sent again are kept until a day after the closing."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.commands.privacy.author import room_that_can_close
from workshop import clock
from workshop.door import answers, perform
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import Answer, Workshop


def kept(workshop_id: int) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Answer).where(Answer.workshop_id == workshop_id))


def test_answers_go_a_day_after_the_closing_and_those_given_since_stay_a_day(app: Flask):
    here, there = (room_that_can_close({"citizens": 2}) for _ in range(2))
    for room in (here, there):
        for number in range(3):
            perform(room.everybody[0], "post_idea", {"text": f"Idé {number}"}, secrets.token_hex(16))
    before, elsewhere = kept(here.id), kept(there.id)
    assert before >= 3
    organiser = Actor(ORGANISER, here.id, organiser_id=db.session.get_one(Workshop, here.id).organiser_id)
    closed = clock.now()
    assert answers.forget_old() == 0
    perform(here.chair, "close_workshop", {}, secrets.token_hex(16))
    with clock.frozen(closed + timedelta(hours=23)):
        assert answers.forget_old() == 0 and kept(here.id) == before + 1
    late = secrets.token_hex(16)
    with clock.frozen(closed + timedelta(hours=25)):
        published = perform(organiser, "publish_record", {"published": True}, late)
        assert answers.forget_old() == 1 and kept(here.id) == 1
        assert perform(organiser, "publish_record", {"published": True}, late) == published
        assert answers.forget_old() == 0
    with clock.frozen(closed + timedelta(hours=50)):
        assert answers.forget_old() == 1 and kept(here.id) == 0
    assert kept(there.id) == elsewhere
