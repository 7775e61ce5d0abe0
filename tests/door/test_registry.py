"""What is registered under the name of a command: the command itself, and what runs before it."""

from __future__ import annotations

from typing import Any

import pytest

from workshop.door import registry
from workshop.door.arguments import NoArgs
from workshop.door.registry import Command


def test_a_command_has_one_function_before_it_and_no_second(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "BEFORE", {})

    def first(_context: Any, _args: Any) -> None:
        raise AssertionError("it runs with a command only")

    assert registry.before("edit_goal", "edit_agreement")(first) is first
    assert {"edit_goal": first, "edit_agreement": first} == registry.BEFORE
    with pytest.raises(ValueError, match="edit_agreement"):
        registry.before("edit_agreement")(first)


def test_a_command_is_registered_once_and_says_of_itself_only_what_it_was_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "COMMANDS", {})

    def run(_context: Any, _args: Any) -> None:
        raise AssertionError("it is not given")

    assert registry.command("wave", NoArgs, ("board",))(run) is run
    plain = Command("wave", ("board",), NoArgs, run, False, None, False, True, None, None, False)
    assert {"wave": plain} == registry.COMMANDS
    with pytest.raises(ValueError, match="two commands are called wave"):
        registry.command("wave", NoArgs, ("helper",))(run)
    assert {"wave": plain} == registry.COMMANDS
