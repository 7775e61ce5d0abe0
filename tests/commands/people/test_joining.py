"""Coming in: by which group, once for each seed, and back by the personal code; and what leaving stamps."""

from __future__ import annotations

import secrets

import pytest
from flask import Flask

from tests.commands.people.seated import person
from tests.commands.voting import Room, refused
from tests.counting import stamped
from workshop import identity, secrecy
from workshop.commands.people import joining
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor
from workshop.models import Group, Participant, Step, Workshop
from workshop.rules import limits


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2, "politicians": 1})


def join(room: Room, code: str | None = None, seed: str | None = None, **args: str) -> str:
    """Comes in by the workshop's code or another; the key of the group."""
    seed = seed or secrets.token_hex(16)
    perform(Actor(VISITOR, room.id), "join", {"code": code or room.code, "seed": seed, **args})
    return str(db.session.get_one(Group, person(identity.find(joining.join_secrets(seed)[0])).group_id).key)


def only_by_code(room: Room, *keys: str) -> dict[str, str]:
    """Makes these groups ones that nobody chooses without their code; the codes of all."""
    groups = db.session.get_one(Workshop, room.id).groups
    for group in groups:
        if group.key in keys:
            room.do(room.chair, "edit_group", group=group.record_id, self_selectable=False)
    db.session.rollback()
    return {group.key: group.code for group in db.session.get_one(Workshop, room.id).groups}


def test_who_names_no_group_is_asked_unless_there_is_one_to_choose(room: Room):
    with refused("group_required", "group", groups=["citizens", "politicians"]):
        join(room)
    with refused("not_found", "group"):
        join(room, group="nobody")
    codes = only_by_code(room, "citizens")
    assert join(room) == "politicians"
    with refused("not_allowed", "group"):
        join(room, group="citizens")
    assert join(room, codes["citizens"]) == "citizens"
    assert join(room, codes["citizens"], group="politicians") == "citizens", "the code of a group says which"
    only_by_code(room, "politicians")
    with refused("group_required", "group", groups=[]):
        join(room)


def test_a_seed_brings_one_person_into_one_workshop(room: Room):
    seed = secrets.token_hex(16)
    join(room, seed=seed, group="citizens")
    for one in (room, Room({"citizens": 1})):
        with refused("already", "id", joined=True):
            join(one, seed=seed, group="citizens")


def test_a_room_takes_as_many_as_its_limit(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PARTICIPANTS", 4)
    join(room, group="citizens")
    with refused("too_many", "participant", limit=4):
        join(room, group="citizens")
    room.do(room.chair, "lock_room", locked=True)
    with refused("closed", "workshop", locked=True):
        join(room, group="citizens")


def test_who_was_removed_does_not_come_back_and_is_removed_once(room: Room):
    gone = room.everybody[0]
    room.do(room.chair, "remove_participant", participant=f"participant:{gone.participant_id}")
    assert (person(gone).state, person(gone).present) == ("removed", False)
    before = room.clock()
    with refused("ended"):
        perform(Actor(VISITOR, room.id), "reenter", {"reentry_code": gone.personal_code, "token": secrecy.new_token()})
    assert room.clock() == before
    with refused("already", "participant"):
        room.do(room.chair, "remove_participant", participant=f"participant:{gone.participant_id}")


@pytest.mark.parametrize("ready", [True, False])
def test_the_running_step_is_sent_again_when_somebody_leaves_who_was_ready(room: Room, ready: bool):
    """It shows how many are ready."""
    step = room.do(room.chair, "add_step", kind="ideas")["step"]
    room.do(room.chair, "start_step", step=step)
    gone = room.everybody[0]
    if ready:
        room.do(gone, "set_ready", ready=True)
    since = room.clock()
    room.do(room.chair, "remove_participant", participant=f"participant:{gone.participant_id}")
    assert stamped(room, since, Step) == ([step] if ready else [])


def test_who_was_ready_leaves_also_where_no_step_runs(room: Room):
    gone = room.everybody[0]
    room.do(gone, "set_ready", ready=True)
    since = room.clock()
    room.do(room.chair, "remove_participant", participant=f"participant:{gone.participant_id}")
    assert stamped(room, since, Step) == []
    assert stamped(room, since, Participant) == [f"participant:{gone.participant_id}"]


def test_a_person_is_found_by_the_code_in_each_batch_of_workshops(room: Room, monkeypatch: pytest.MonkeyPatch):
    others = [Room({"citizens": 1}) for _ in range(4)]
    for at_once in (1, 2, 500):
        monkeypatch.setattr(joining, "_HASHES_ASKED_AT_ONCE", at_once)
        for one in (room, *others):
            found = joining.workshops_of_person(one.everybody[0].personal_code or "")
            assert [workshop.id for workshop in found] == [one.id]


@pytest.mark.parametrize("code", ["", "x", None, 3, "ABC-DEF"])
def test_a_code_of_no_workshop_is_unknown(room: Room, code: object):
    with refused("unknown_code", "code"):
        joining.workshop_of_code(code)  # type: ignore[arg-type]


def test_a_seed_made_here_is_as_long_as_a_clients(app: Flask):
    assert len(bytes.fromhex(joining.new_seed())) == 16
