"""What the server's clock does by commands: a refusal because somebody else was first is left, any other is a fault."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from workshop.commands.follow_up import clockwork
from workshop.commands.privacy import retention
from workshop.commands.votes import overdue, turnout
from workshop.rules.refusal import CODES, Refused

WORKSHOP = 7
GIVEN: list[tuple[ModuleType, Callable[[], bool], tuple[str, dict[str, Any]], set[str]]] = [
    (
        overdue,
        lambda: overdue._close("ballot", 3, WORKSHOP),
        ("close_ballot", {"ballot": "ballot:3"}),
        {"already", "not_found", "broken"},
    ),
    (
        turnout,
        lambda: turnout._tell(WORKSHOP, "decision:3"),
        ("tell_turnout", {"vote": "decision:3"}),
        {"already", "closed", "not_found"},
    ),
    (
        clockwork,
        lambda: clockwork._perform(WORKSHOP, "close_look_back", look_back="look_back:3"),
        ("close_look_back", {"look_back": "look_back:3"}),
        {"already", "not_found", "not_open", "wrong_step", "too_many", "broken"},
    ),
    (retention, lambda: retention._erase(WORKSHOP), ("erase_names", {}), {"wrong_step", "not_found", "broken"}),
]


@pytest.mark.parametrize(("module", "do", "asked", "left"), GIVEN, ids=[row[2][0] for row in GIVEN])
def test_the_clock_leaves_what_somebody_else_did_and_tells_of_any_other_refusal(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, do: Callable[[], bool], asked: Any, left: set[str]
):
    answers: list[str | None] = [None]
    given = []

    def perform(actor: Any, name: str, args: dict[str, Any]) -> dict[str, Any]:
        given.append((actor.role, actor.workshop_id, name, args))
        if answers[-1] is not None:
            raise Refused(answers[-1])
        return {"ok": True, "result": {}}

    monkeypatch.setattr(module, "perform", perform)
    assert do() is True and given == [("system", WORKSHOP, *asked)]
    for code in CODES:
        answers.append(code)
        if code in left:
            assert do() is False, code
        else:
            with pytest.raises(Refused, match=code):
                do()
