"""The workshop's settings and groups, opening and closing: what each changes, and what follows from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import AGREEMENT, Room, refused
from tests.counting import stamped
from workshop import clock, secrecy
from workshop.catalogue import t
from workshop.clock import utc
from workshop.commands.room import workshops
from workshop.commands.room.workshops import delete_workshop, device_token, links
from workshop.extensions import db
from workshop.models import Agreement, Group, Idea, Step, Token, Workshop
from workshop.rules import limits
from workshop.rules.fields import OPENNESS
from workshop.store import writing_outside


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2, "politicians": 1}, receiving_body="Byrådet", response_due="2099-01-01")


def workshop(room: Room) -> Workshop:
    db.session.rollback()
    return db.session.get_one(Workshop, room.id)


def group(record_id: str) -> Group:
    db.session.rollback()
    return db.session.get_one(Group, int(record_id.partition(":")[2]))


def edit(room: Room, **args: Any) -> None:
    room.do(room.chair, "edit_workshop", **args)


def test_words_that_follow_the_language_and_the_level_follow_unless_somebody_wrote_others(room: Room):
    level = workshop(room).participation_level
    kept = room.do(room.chair, "add_step", kind="ideas", title="Skriv")["step"]
    plain = room.do(room.chair, "add_step", kind="ideas")["step"]
    own = room.do(room.chair, "add_step", kind="ideas", instruction="Alene")["step"]
    edit(room, promise=t(f"promise.{level}", "da"))
    edit(room, language="en")
    assert workshop(room).promise == t(f"promise.{level}", "en")
    shown = {
        f"step:{row.id}": (row.title, row.instruction)
        for row in db.session.scalars(select(Step).where(Step.workshop_id == room.id))
    }
    english = t("step.ideas.title", "en")
    assert shown[kept] == ("Skriv", t("step.ideas.instruction", "en"))
    assert shown[plain] == (english, t("step.ideas.instruction", "en"))
    assert shown[own] == (english, "Alene")
    edit(room, participation_level="inform")
    assert workshop(room).promise == t("promise.inform", "en")
    edit(room, participation_level="consult", promise="Vi svarer alle")
    edit(room, participation_level="involve")
    assert workshop(room).promise == "Vi svarer alle"


def test_steps_of_decisions_follow_the_decision_level(room: Room):
    edit(room, decision_level="agreement")
    made = room.do(room.chair, "add_step", kind="decisions")["step"]
    edit(room, decision_level="recommendation")
    db.session.rollback()
    step = db.session.get_one(Step, int(made.partition(":")[2]))
    assert step.title == t("step.decisions.title.advice", "da") and step.seq == room.clock()


def test_nothing_and_a_date_taken_back(room: Room):
    edit(room, response_due="1. maj 2098", title="Et navn")
    assert workshop(room).response_due.isoformat() == "2098-05-01"
    edit(room, title=None, response_due=None)
    assert (workshop(room).title, workshop(room).response_due) == ("Et navn", None)
    with refused("malformed", "response_due", date=True, why="not_a_date"):
        edit(room, response_due="snart")
    with refused("malformed", "decision_level", why="unknown_level"):
        edit(room, decision_level="magt")


def test_a_new_group_has_a_place_a_sign_and_a_code_of_its_own(room: Room):
    made = room.do(room.chair, "add_group", key="unge", required=True, self_selectable=False)["group"]
    new = group(made)
    others = [row for row in workshop(room).groups if row.key != "unge"]
    assert (new.name_da, new.name_en, new.required, new.self_selectable) == ("unge", "unge", True, False)
    assert new.position > max(row.position for row in others)
    assert 1 <= new.glyph <= 8 and new.glyph not in {row.glyph for row in others}
    assert new.code and new.code not in {row.code for row in others}
    named = group(room.do(room.chair, "add_group", key="aeldre", name={"da": "Ældre"}, required=False)["group"])
    assert (named.name_da, named.name_en) == ("Ældre", "Ældre")


def test_the_ninth_group_has_no_sign_of_its_own_and_there_is_a_limit(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "GROUPS", 10)
    made = [room.do(room.chair, "add_group", key=f"g{n}", required=False)["group"] for n in range(8)]
    glyphs = [row.glyph for row in workshop(room).groups]
    assert sorted(glyphs)[-8:] == list(range(1, 9)) and group(made[-1]).glyph == 0
    with refused("too_many", "groups", limit=10):
        room.do(room.chair, "add_group", key="last", required=False)


def test_a_group_keeps_what_is_not_named(room: Room):
    made = workshop(room).groups[0].record_id
    change = lambda **args: room.do(room.chair, "edit_group", group=made, **args)  # noqa: E731
    change(name={"da": "Borgere", "en": "Citizens"}, level="region", required=True, self_selectable=False, glyph=8)
    shown = group(made)
    assert (shown.name_da, shown.name_en, shown.level) == ("Borgere", "Citizens", "region")
    assert (shown.required, shown.self_selectable, shown.glyph) == (True, False, 8)
    change(required=False)
    shown = group(made)
    assert (shown.name_da, shown.level, shown.required, shown.self_selectable) == ("Borgere", "region", False, False)
    change(name={"da": "Folk"}, level="", glyph=0, self_selectable=True)
    shown = group(made)
    assert (shown.name_da, shown.name_en, shown.level, shown.glyph) == ("Folk", "Folk", None, 0)
    assert shown.self_selectable
    for glyph in (-1, 9):
        with refused("malformed", "glyph", whole=True):
            change(glyph=glyph)


def test_only_a_group_that_nobody_has_joined_is_taken_away(room: Room):
    first, empty = workshop(room).groups[0], room.do(room.chair, "add_group", key="unge", required=False)["group"]
    settings = {"openness": "some_open", "open_groups": ["citizens", "unge"]}
    step = room.do(room.chair, "add_step", kind="ballot", settings=settings)["step"]
    with refused("conflict", "group", joined=2):
        room.do(room.chair, "remove_group", group=first.record_id)
    room.do(room.chair, "remove_group", group=empty)
    assert [row.key for row in workshop(room).groups] == ["citizens", "politicians"]
    kept = db.session.get_one(Step, int(step.partition(":")[2]))
    assert kept.settings["open_groups"] == ["citizens"] and kept.seq == room.clock()


@pytest.mark.parametrize("role", ["facilitator", "board", "helper"])
def test_a_new_link_ends_the_old_one_of_its_role(room: Room, role: str):
    before = links(workshop(room))
    room.do(room.chair, "replace_link", role=role)
    after = links(workshop(room))
    assert {name for name in before if before[name] != after[name]} == {role} and after[role]
    alive = [token for token in db.session.scalars(select(Token).where(Token.workshop_id == room.id)) if not token.ended_at]
    assert len([token for token in alive if token.role == role]) == 1


def test_opening_closing_and_opening_again(room: Room):
    opened = workshop(room).opened_at
    whole = {"goals": [room.text()], "decision_rule": "Enighed", "openness": OPENNESS[0], "notice_days": 90}
    fit = room.text(Agreement, fields=whole)
    blocked = room.text(Agreement, fields=whole, checks=[{"code": "A01", "severity": "B"}])
    warned = room.text(Agreement, fields=whole, checks=[{"code": "A01", "severity": "W"}])
    loose = room.text(Agreement, fields={"review_date": None, "disagreement": ""})
    proposed = room.text(Agreement, fields={"purpose": AGREEMENT["purpose"], "review_date": None}, state="proposed")
    dropped = room.text(Agreement, fields={"review_date": None}, state="dropped")
    step = room.do(room.chair, "add_step", kind="ideas")["step"]
    room.do(room.chair, "start_step", step=step)
    moment = clock.now() + timedelta(hours=1)
    with clock.frozen(moment):
        room.do(room.chair, "close_workshop")
    assert (workshop(room).state, utc(workshop(room).closed_at)) == ("closed", moment)
    states = {row.record_id: row.state for row in db.session.scalars(select(Agreement))}
    assert states == {
        fit: "draft",
        blocked: "intention",
        warned: "draft",
        loose: "intention",
        proposed: "intention",
        dropped: "dropped",
    }
    running = db.session.get_one(Step, int(step.partition(":")[2]))
    assert (running.state, utc(running.finished_at), running.seq) == ("done", moment, room.clock())
    room.do(room.chair, "open_workshop")
    assert (workshop(room).state, workshop(room).closed_at, workshop(room).opened_at) == ("open", None, opened)


@pytest.mark.parametrize(
    ("given", "field"), [({"receiving_body": ""}, "receiving_body"), ({"response_due": None}, "response_due")]
)
def test_somebody_must_answer_before_it_closes(room: Room, given: dict[str, Any], field: str):
    edit(room, **given)
    with refused("checks_open", field, checks=["W03"]):
        room.do(room.chair, "close_workshop")
    assert workshop(room).state == "open"


def test_deleting_asks_for_the_title_and_is_the_organisers(room: Room):
    organiser = workshop(room).organiser_id
    room.do(room.chair, "take_chair")
    step = room.do(room.chair, "add_step", kind="ideas")["step"]
    room.do(room.chair, "start_step", step=step)
    with refused("not_found", "workshop"):
        delete_workshop(organiser + 1, room.id, {"title": "Skolemad"})
    with refused("not_found", "workshop"):
        delete_workshop(organiser, room.id + 1, {"title": "Skolemad"})
    with refused("conflict", "title"):
        delete_workshop(organiser, room.id, {"title": "Skole"})
    delete_workshop(organiser, room.id, {"title": "Skolemad"})
    db.session.rollback()
    assert db.session.get(Workshop, room.id) is None


def test_what_is_deleted_is_erased_from_the_disk_and_a_title_that_was_never_cleaned_can_be_typed(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    erased: list[bool] = []
    monkeypatch.setattr(workshops.vacuum, "rewrite", lambda: erased.append(True))
    organiser = workshop(room).organiser_id
    with writing_outside():
        db.session.get_one(Workshop, room.id).title = " Skole\u200bmad\n"
    with refused("conflict", "title"):
        delete_workshop(organiser, room.id, {"title": "Skole"})
    assert not erased
    delete_workshop(organiser, room.id, {"title": "Skolemad"})
    assert erased == [True]


def test_devices_that_have_ended_make_room_for_others_of_the_same_link(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "DEVICES", 1)
    facilitator, helper = (db.session.get_one(Token, actor.token_id) for actor in (room.chair, room.helper))
    let_in = lambda link: device_token(link, secrecy.new_token())  # noqa: E731
    let_in(helper)
    let_in(facilitator)
    with refused("too_many", "link", devices=1):
        let_in(helper)
    with writing_outside():
        db.session.query(Token).filter_by(parent_id=helper.id).one().ended_at = clock.now()
    let_in(helper)
    roles = [row.role for row in db.session.query(Token).filter_by(parent_id=helper.id)]
    assert roles == ["helper", "helper"]


def test_a_draft_opens_at_the_moment_it_is_opened(app: Flask):
    draft, moment = Room({"citizens": 0}, state="draft"), clock.now() + timedelta(hours=1)
    with clock.frozen(moment):
        draft.do(draft.chair, "open_workshop")
    opened = workshop(draft)
    assert (opened.state, utc(opened.opened_at), opened.seq) == ("open", moment, draft.clock())


def test_a_group_whose_people_have_left_is_not_taken_away(room: Room):
    """What they wrote still belongs to it."""
    (politician,) = room.people["politicians"]
    room.do(room.chair, "remove_participant", participant=f"participant:{politician.participant_id}")
    with refused("conflict", "group", joined=1):
        room.do(room.chair, "remove_group", group=workshop(room).groups[1].record_id)


def test_a_new_privacy_minimum_sends_groups_and_ideas_again(room: Room):
    ideas = room.ideas(1)
    groups = [row.record_id for row in workshop(room).groups]
    since = room.clock()
    edit(room, title="Et navn")
    assert stamped(room, since, Group, Idea) == []
    edit(room, privacy_minimum=7)
    assert stamped(room, since, Group, Idea) == [*groups, *ideas]
