"""What runs before a command."""

from __future__ import annotations

from typing import Any

import pytest

from workshop.door import registry


def test_a_command_has_one_function_before_it_and_no_second(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "BEFORE", {})

    def first(_context: Any, _args: Any) -> None:
        raise AssertionError("it runs with a command only")

    assert registry.before("edit_goal", "edit_agreement")(first) is first
    assert {"edit_goal": first, "edit_agreement": first} == registry.BEFORE
    with pytest.raises(ValueError, match="edit_agreement"):
        registry.before("edit_agreement")(first)
