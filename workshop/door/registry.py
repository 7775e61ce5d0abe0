"""The registry of commands: name, permitted roles, arguments, and the function that executes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from workshop.door.arguments import Args
from workshop.door.context import Context
from workshop.identity import Actor
from workshop.rules.roles import CARDS, EVERYBODY, FACILITATORS, FOLLOWERS, ORGANISERS, PEOPLE

__all__ = [
    "CARDS",
    "COMMANDS",
    "EVERYBODY",
    "FACILITATORS",
    "FOLLOWERS",
    "ORGANISERS",
    "PEOPLE",
    "Command",
    "Result",
    "command",
]

Result = dict[str, Any] | None
Run = Callable[[Context, Any], Result]
F = TypeVar("F", bound=Run)


@dataclass(frozen=True)
class Command:
    """One named command. `undoable` stores the rows as they were before, for the ten seconds in which *undo* is offered.

    `after` runs after the command in the same transaction; commands that can change a check of a goal or an agreement name
    `commands.checks.recheck` (docs/rules.md section 2).
    `while_closed` permits it in a closed workshop, `while_draft` before the workshop has opened.
    """

    name: str
    roles: tuple[str, ...]
    args: type[Args]
    run: Run
    undoable: bool
    after: Callable[[Context], None] | None
    while_closed: bool
    while_draft: bool
    #: slow reading and computing before the lock is taken; what it returns is the context's `prepared`
    prepare: Callable[[Actor, Any], Any] | None
    #: makes what is sent only to whoever gave the command, from the actor and the command's id: a code or a link. It is added
    #: to the answer each time and stored nowhere, neither with the stored answer nor in the journal. The command needs an id
    secret_result: Callable[[Actor, str], dict[str, Any]] | None
    #: may be carried out in one transaction with those of others (`door.batch`): it writes by the methods of `Writing` alone,
    #: and reads no row that another such command puts off
    together: bool


COMMANDS: dict[str, Command] = {}
BEFORE: dict[str, Callable[[Context, Any], None]] = {}
"""What runs before a command in the same transaction, by the command's name. An undo of the command does not take it back."""


def before(*names: str) -> Callable[[Callable[[Context, Any], None]], Callable[[Context, Any], None]]:
    """Returns a decorator: the function runs before each of these commands, with its arguments. Raises `ValueError` for a
    command that has one already."""

    def register(function: Callable[[Context, Any], None]) -> Callable[[Context, Any], None]:
        for name in names:
            if name in BEFORE:
                raise ValueError(f"two functions run before {name}")
            BEFORE[name] = function
        return function

    return register


def command(
    name: str,
    args: type[Args],
    roles: tuple[str, ...],
    *,
    undoable: bool = False,
    after: Callable[[Context], None] | None = None,
    while_closed: bool = False,
    while_draft: bool = True,
    prepare: Callable[[Actor, Any], Any] | None = None,
    secret_result: Callable[[Actor, str], dict[str, Any]] | None = None,
    together: bool = False,
) -> Callable[[F], F]:
    """Returns a decorator that registers the function as the command `name`. Raises `ValueError` for a name in use."""

    def register(function: F) -> F:
        if name in COMMANDS:
            raise ValueError(f"two commands are called {name}")
        COMMANDS[name] = Command(
            name, roles, args, function, undoable, after, while_closed, while_draft, prepare, secret_result, together
        )
        return function

    return register
