"""Every argument of every command, whatever somebody puts into it: a refusal, or a whole success, and never a fault."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.kept_room import KeptRoom
from tests.live.lines import new_id
from workshop import dispatch, screens
from workshop.door import COMMANDS
from workshop.door.arguments import Ref, Words
from workshop.extensions import db
from workshop.identity import Actor
from workshop.rules.refusal import Refused

EACH_COMMAND = pytest.mark.parametrize("name", sorted(COMMANDS))


def refusal(actor: Actor, name: str, args: dict[str, Any]) -> dict[str, Any] | None:
    """The error a command is refused with, or None when it is carried out. Any other exception is a fault."""
    try:
        dispatch.command(actor, {"id": new_id(), "name": name, "args": args})
    except Refused as refused:
        error = refused.as_error()
        json.dumps(error)
        return error
    return None


def marks(name: str, mark: type[Any]) -> dict[str, Any]:
    """The arguments of a command that are marked so, with the mark: `{"idea": Ref("idea")}`."""
    found = {}
    for field, info in COMMANDS[name].args.model_fields.items():
        for part in (*info.metadata, *_inner(info.annotation)):
            if isinstance(part, mark):
                found[field] = part
    return found


def _inner(annotation: Any) -> list[Any]:
    found: list[Any] = list(getattr(annotation, "__metadata__", ()))
    for part in getattr(annotation, "__args__", ()):
        found += _inner(part)
    return found


@EACH_COMMAND
def test_another_workshops_record_is_not_found_and_no_record_malformed(kept: KeptRoom, name: str):
    fields = marks(name, Ref)
    actor, args = kept.scenario(name)
    _, theirs = kept.scenario(name, elsewhere=True)
    before = kept.rows()
    for field in fields.keys() & args.keys():
        several = isinstance(args[field], list)
        kind = fields[field].kinds[0]
        for code, wrong in (
            ("not_found", theirs[field]),
            ("not_found", f"{kind}:999999999999"),
            ("not_found", f"{kind}:0"),
            ("malformed", "nonsense"),
            ("malformed", "participants:1"),
            ("malformed", f"{kind}:1:2"),
            ("malformed", f"{kind}:²"),
            ("malformed", f"{kind}:-1"),
            ("malformed", 12),
        ):
            given = wrong if isinstance(wrong, list) or not several else [wrong]
            error = refusal(actor, name, {**args, field: given})
            assert error and error["code"] == code, (field, wrong, error)
    assert kept.rows() == before


@EACH_COMMAND
def test_a_text_may_be_as_long_as_is_said_and_no_longer(kept: KeptRoom, name: str):
    actor, args = kept.prepared(name)
    before = kept.rows()
    for field, words in marks(name, Words).items():
        too_long = refusal(actor, name, {**args, field: "å" * (words.limit + 1)})
        assert too_long is not None and too_long["length"] == words.limit + 1
        assert (too_long["code"], too_long["field"], too_long["limit"]) == ("too_long", field, words.limit)
        for text in ({"a": 1}, ["a"], True):
            error = refusal(actor, name, {**args, field: text})
            assert error and (error["code"], error["field"]) == ("malformed", field), (field, text, error)
        exactly = refusal(actor, name, {**args, field: "å" * words.limit})
        # What an amendment may hold depends on the field it is for as well.
        assert exactly is None or exactly["code"] != "too_long" or exactly["limit"] < words.limit, field
        if exactly is None:
            actor, args = kept.prepared(name)
            before = kept.rows()
    assert kept.rows() == before


SILLY: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, -(10**30), 2**63, float("nan"), float("inf"), 1e300,
    "", " ", "x", "\x00", "\ud800", "1", "1/0", "0/0", "-1/2", "idea:²", "idea:1", "goal:1", "workshop:1", "step:1",
    "2026-13-45", "0000-00-00", "9999-12-31", "Q9 2027", "31. februar 2027", "31/12-99999",
    "[]", "[" * 900, "{}", "null", "constructor", "__class__", "%s%n{0}", "æ" * 3000,
    [], [None], ["x"], [[]], [{}], ["idea:1"] * 400, [1e300],
    {}, {"a": 1}, {"": None}, {"idea:1": 10**30}, {"idea:5": "agree"}, {"quorum": "1/0"},
    {"quorum": 0.5}, {"group_majority": "9/1"}, {"\x00": "\x00"}, {"da": "\ud800"},
    {"weights": {"citizens": "1/0"}}, {"weights": "x"}, {"dots": 10**30, "per_option": 1}, {"seats": -1},
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(name for name in COMMANDS if name not in ("join", "reenter")))
def test_whatever_an_argument_holds_the_answer_is_a_refusal_or_a_whole_success(kept: KeptRoom, name: str):
    actor, args = kept.prepared(name)
    words = marks(name, Words)
    for field in sorted(COMMANDS[name].args.model_fields):
        # Texts have their own test above.
        for value in SILLY[::5] if field in words else SILLY:
            if refusal(actor, name, {**args, field: value}) is None:
                actor, args = kept.prepared(name)
    db.session.rollback()
    for audience in ("room", "facilitator"):
        json.dumps(screens.changes(kept.id, 0, audience), allow_nan=False)
