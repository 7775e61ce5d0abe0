"""Which dataclasses may be changed once they are made. Rules are values in, values out (docs/architecture.md, law 1); of
commands and the door, only what gathers something on its way may be changed."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass
from types import ModuleType

from workshop import commands, door, rules, store

#: what gathers something while a command is carried out
GATHERS = {
    "workshop.commands.people.hall.Hall",
    "workshop.commands.undo_plan.Change",
    "workshop.commands.undo_plan.Plan",
    "workshop.door.context.Context",
    "workshop.store.Writing",
}


def changeable(package: ModuleType) -> tuple[int, set[str]]:
    """How many dataclasses a package declares, and those of them that are not frozen."""
    found = pkgutil.walk_packages(getattr(package, "__path__", []), f"{package.__name__}.")
    modules = [package, *(importlib.import_module(one.name) for one in found)]
    classes = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    ours = [one for one in classes if is_dataclass(one) and one.__module__.startswith(package.__name__)]
    names = {f"{one.__module__}.{one.__name__}" for one in ours if not one.__dataclass_params__.frozen}
    return len(ours), names


def test_dataclasses_of_rules_are_frozen():
    number, names = changeable(rules)
    assert number > 20 and names == set()


def test_of_commands_and_the_door_only_what_gathers_something_may_be_changed():
    assert {name for package in (commands, door, store) for name in changeable(package)[1]} == GATHERS
