"""The registry of commands: name, who may give it, its arguments, and the function that carries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ..identity import Actor
from ..rules.roles import CHAIRS, EVERYBODY, PEOPLE
from .arguments import Args
from .context import Context

__all__ = ["CHAIRS", "COMMANDS", "EVERYBODY", "PEOPLE", "Command", "Result", "command"]

Result = dict[str, Any] | None
Run = Callable[[Context, Any], Result]
F = TypeVar("F", bound=Run)


@dataclass(frozen=True)
class Command:
    """One named command. `undoable` keeps the rows as they were, for the ten seconds of *undo*.

    `rechecks` computes the checks of goals and agreements again afterwards (docs/rules.md section 2).
    `while_closed` lets it through on a closed workshop, `while_draft` before it has opened.
    """

    name: str
    roles: tuple[str, ...]
    args: type[Args]
    run: Run
    undoable: bool = False
    rechecks: bool = False
    while_closed: bool = False
    while_draft: bool = True
    #: heavy reading and reckoning before the lock is taken; its answer is the context's `prepared`
    prepare: Callable[[Actor, Any], Any] | None = None


COMMANDS: dict[str, Command] = {}


def command(
    name: str,
    args: type[Args],
    roles: tuple[str, ...],
    *,
    undoable: bool = False,
    rechecks: bool = False,
    while_closed: bool = False,
    while_draft: bool = True,
    prepare: Callable[[Actor, Any], Any] | None = None,
) -> Callable[[F], F]:
    """Register the function that carries out the command `name`."""

    def register(function: F) -> F:
        if name in COMMANDS:
            raise ValueError(f"two commands are called {name}")
        COMMANDS[name] = Command(
            name, roles, args, function, undoable, rechecks, while_closed, while_draft, prepare
        )
        return function

    return register
