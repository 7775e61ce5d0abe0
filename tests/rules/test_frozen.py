"""Rules are values in, values out (docs/architecture.md, law 1): what a rule was given or returns is never changed."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass

from workshop import rules


def test_dataclasses_of_rules_are_frozen():
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(rules.__path__, "workshop.rules.")]
    classes = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    ours = [one for one in classes if is_dataclass(one) and one.__module__.startswith("workshop.rules")]
    assert len(ours) > 20
    changeable = sorted(f"{one.__module__}.{one.__name__}" for one in ours if not one.__dataclass_params__.frozen)
    assert changeable == []
