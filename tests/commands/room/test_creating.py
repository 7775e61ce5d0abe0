"""A new workshop: its groups and their codes, its promise, its links, and the programme it begins with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop import identity
from workshop.catalogue import t
from workshop.commands.room import creating
from workshop.commands.room.creating import create_workshop
from workshop.commands.room.duplicating import duplicate_workshop
from workshop.extensions import db
from workshop.models import JournalEntry, Step, Workshop
from workshop.rules import codes, limits
from workshop.rules.templates import TEMPLATES

pytestmark = pytest.mark.usefixtures("app")


def made(**content: Any) -> Workshop:
    answer = create_workshop(None, {"title": "Skolemad", **content})
    db.session.rollback()
    return db.session.get_one(Workshop, answer["workshop"]["id"])


def programme(workshop: Workshop) -> list[tuple[Any, ...]]:
    rows = db.session.scalars(select(Step).where(Step.workshop_id == workshop.id).order_by(Step.position))
    return [(row.position, row.step_kind, row.title, row.instruction, row.minutes, row.state) for row in rows]


def test_a_code_is_drawn_again_while_a_workshop_or_a_group_has_it(monkeypatch: pytest.MonkeyPatch):
    workshop = made(groups=[{"key": "citizens"}])
    drawn: Iterator[str] = iter([workshop.code, workshop.groups[0].code, "ABCDEF"])
    monkeypatch.setattr(codes, "join_code", lambda _chance: next(drawn))
    assert creating.free_code() == "ABCDEF"


def test_the_groups_that_are_not_named_are_the_usual_ones_each_with_a_sign():
    groups = made().groups
    assert [(group.key, group.required, group.glyph, group.position) for group in groups] == [
        ("citizens", True, 1, 0),
        ("politicians", True, 2, 1),
        ("professionals", False, 6, 2),
        ("leaders", False, 3, 3),
        ("private_actors", False, 7, 4),
        ("researchers", False, 8, 5),
    ]
    for group in groups:
        names = tuple(t(f"group.{group.key}", language) for language in ("da", "en"))
        assert (group.name_da, group.name_en, group.level, group.self_selectable) == (*names, None, True)
    assert len({group.code for group in groups}) == len(groups)


def test_groups_of_ones_own_take_the_signs_that_are_free_and_the_ninth_has_none():
    own = [{"key": f"g{number}"} for number in range(7)]
    named = {"key": "citizens", "name": {"da": "Folk"}, "level": "region", "required": True, "self_selectable": False}
    groups = made(groups=[*own, named, {"key": "last", "name": {"da": "Sidst", "en": "Last"}}]).groups
    assert [group.glyph for group in groups] == [2, 3, 4, 5, 6, 7, 8, 1, 0]
    assert (groups[0].name_da, groups[0].name_en, groups[0].required) == ("g0", "g0", False)
    citizens = groups[7]
    assert (citizens.name_da, citizens.name_en, citizens.level) == ("Folk", "Folk", "region")
    assert (citizens.required, citizens.self_selectable) == (True, False)
    assert (groups[8].name_da, groups[8].name_en) == ("Sidst", "Last")


def test_a_workshop_has_groups_at_most_and_each_key_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "GROUPS", 2)
    assert len(made(groups=[{"key": "a"}, {"key": "b"}]).groups) == 2
    with refused("too_many", "groups", limit=2):
        made(groups=[{"key": "a"}, {"key": "b"}, {"key": "c"}])
    with refused("already", "groups"):
        made(groups=[{"key": "a"}, {"key": "a"}])
    assert made(groups=[{"key": "a" * 40}]).groups[0].key == "a" * 40
    for key in ("a" * 41, "-a", "A", "å", ""):
        with refused("malformed", "groups.0.key"):
            made(groups=[{"key": key}])


def test_a_draft_has_not_opened_and_an_open_one_has():
    draft, opened = made(state="draft"), made()
    assert (draft.state, draft.opened_at) == ("draft", None)
    assert (opened.state, opened.opened_at) == ("open", opened.created_at)
    assert [(one.clock, one.seq, one.board_seq, one.example) for one in (draft, opened)] == [(1, 1, 1, False)] * 2
    assert made(example=True).example


def test_what_is_not_said_is_usual_and_the_promise_follows_the_level_in_the_language():
    usual = made()
    assert (usual.language, usual.participation_level, usual.decision_level) == ("da", "collaborate", "recommendation")
    assert usual.promise == t("promise.collaborate", "da")
    assert made(language="en", participation_level="consult").promise == t("promise.consult", "en")
    assert made(promise="Vi svarer alle").promise == "Vi svarer alle"
    assert len(usual.epoch) == len(usual.lot_seed) == 16 and usual.epoch != usual.lot_seed


def test_the_journal_begins_with_who_made_it_and_the_seed_of_its_lots():
    workshop = made()
    entry = db.session.get_one(JournalEntry, (workshop.id, 1))
    assert (entry.name, entry.actor, entry.proof) == ("create_workshop", "system", {"lot_seed": workshop.lot_seed})
    assert entry.hash == workshop.journal_hash
    own = Room({"citizens": 1})
    organiser = db.session.get_one(Workshop, own.id).organiser_id
    assert db.session.get_one(JournalEntry, (own.id, 1)).actor == f"organiser:{organiser}"


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_template_is_a_programme_in_the_language_of_the_workshop(template: str):
    steps = TEMPLATES[template].steps
    shown = programme(made(template=template, language="en", decision_level="agreement"))
    assert [(place, kind, minutes, state) for place, kind, _, _, minutes, state in shown] == [
        (place, step.kind, step.minutes, "waiting") for place, step in enumerate(steps)
    ]
    assert [row[2] for row in shown] == [t(f"step.{step.kind}.title", "en") for step in steps]
    assert [row[3] for row in shown] == [t(step.instruction_key, "en") for step in steps]


def test_only_a_known_template_and_known_rules():
    with refused("malformed", "template"):
        made(template="nothing")
    with refused("malformed", "settings.quorum"):
        made(decision_rules={"quorum": "many"})


def test_each_link_lets_its_own_role_in():
    answer = create_workshop(None, {"title": "Skolemad"})
    roles = {role: identity.find(token).role for role, token in answer["tokens"].items()}
    assert roles == {role: role for role in ("facilitator", "board", "helper")}
    workshop = db.session.get_one(Workshop, answer["workshop"]["id"])
    assert answer["workshop"]["code"] == workshop.code
    assert answer["workshop"]["groups"] == [{"key": group.key, "code": group.code} for group in workshop.groups]


def test_a_duplicate_has_the_programme_as_it_was_planned_and_nothing_that_was_revealed():
    room = Room({"citizens": 1})
    organiser = db.session.get_one(Workshop, room.id).organiser_id
    first = room.do(room.chair, "add_step", kind="ideas", title="Skriv", instruction="Alene", minutes=7)["step"]
    room.do(room.chair, "add_step", kind="ballot", title="Vælg", before=first)
    room.do(room.chair, "edit_step", step=first, settings={"revealed": True, "question": "Hvad?"})
    room.do(room.chair, "start_step", step=first)
    room.do(room.chair, "edit_workshop", locked=True)
    copy = duplicate_workshop(organiser, room.id, "Igen")
    new = db.session.get_one(Workshop, copy["workshop"]["id"])
    assert (new.title, new.state, new.locked, copy["cleared"]) == ("Igen", "draft", False, [])
    assert [row[:3] for row in programme(new)] == [(0, "ballot", "Vælg"), (1, "ideas", "Skriv")]
    assert programme(new)[1][3:] == ("Alene", 7, "waiting")
    settings = [row.settings for row in new.steps if row.step_kind == "ideas"]
    assert settings == [{"writing": "private", "question": "Hvad?"}]
    with refused("not_found", "workshop"):
        duplicate_workshop(organiser + 1, room.id, "En andens")
    with refused("not_found", "workshop"):
        duplicate_workshop(organiser, 10**6, "Ingens")
