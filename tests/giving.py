"""Who gives a command in the rich room, and with which arguments: what scenarios are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from tests.rich_room import RichRoom
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Step

Given = tuple[Actor, dict[str, Any]]
Scenario = Callable[[RichRoom], Given]


def chair(**args: Any) -> Scenario:
    """The facilitator gives the command; values that name something of the room are its record ids."""
    return lambda rich: (rich.chair, _ids(rich, args))


def author(**args: Any) -> Scenario:
    return lambda rich: (rich.author, _ids(rich, args))


def other(**args: Any) -> Scenario:
    return lambda rich: (rich.other, _ids(rich, args))


def helper(**args: Any) -> Scenario:
    """The helper's own device gives the command."""
    return lambda rich: (rich.helper, _ids(rich, args))


def _ids(rich: RichRoom, value: Any) -> Any:
    if isinstance(value, dict):
        return {_ids(rich, name) if name.startswith("@") else name: _ids(rich, v) for name, v in value.items()}
    if isinstance(value, list):
        return [_ids(rich, item) for item in value]
    if value == "@workshop":
        return f"workshop:{rich.room.id}"
    if isinstance(value, str) and value.startswith("@step."):
        return _step(rich, value.removeprefix("@step."))
    return rich.ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def _step(rich: RichRoom, kind: str) -> str:
    row = db.session.scalar(select(Step).where(Step.workshop_id == rich.room.id, Step.step_kind == kind))
    assert row is not None
    return row.record_id


def running_ideas(given: Scenario) -> Scenario:
    """The same, while ideas are written."""

    def scenario(rich: RichRoom) -> Given:
        rich.start("ideas")
        return given(rich)

    return scenario
