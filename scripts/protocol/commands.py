"""The commands as Markdown, read off the code: roles, arguments with their limits, refusals."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from types import FunctionType, ModuleType
from typing import Any, Literal, get_args, get_origin

from workshop.door import COMMANDS, Command
from workshop.door.arguments import Args, Ref, Secret, Words
from workshop.door.context import Context
from workshop.rules.refusal import CODES

#: what any command may be refused with; not repeated at each
ALWAYS = ("malformed", "not_allowed", "ended", "closed", "not_open", "too_long", "too_many", "too_large", "broken")
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "max_length": "at most", "min_length": "at least"}


def type_words(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    """A type in the words of the page: `text ≤ 280`, `id of idea`, `a / b`, `list of …`."""
    metadata = (*metadata, *getattr(annotation, "__metadata__", ()))
    for mark in metadata:
        if isinstance(mark, Words) and get_origin(annotation) is not list:
            return f"text ≤ {mark.limit}"
        if isinstance(mark, Ref) and get_origin(annotation) is not list:
            return f"id of {' / '.join(mark.kinds)}"
    if metadata and hasattr(annotation, "__origin__") and hasattr(annotation, "__metadata__"):
        return type_words(annotation.__origin__, metadata)
    return _plain_words(annotation) + _bounds(metadata)


def _plain_words(annotation: Any) -> str:
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is Literal:
        return " / ".join(f"`{part}`" for part in parts if part)
    if get_origin(annotation) is list:
        return f"list of {type_words(parts[0])}"
    if get_origin(annotation) is dict or annotation is dict:
        return "object"
    if isinstance(annotation, type) and issubclass(annotation, Args):
        columns = annotation.model_fields.items()
        return f"{{{', '.join(f'{name}: {type_words(i.annotation, tuple(i.metadata))}' for name, i in columns)}}}"
    if parts:
        return " or ".join(dict.fromkeys(type_words(part) for part in parts))
    return {str: "text", int: "whole number", float: "number", bool: "true / false", date: "day"}.get(annotation, "value")


def _bounds(metadata: tuple[Any, ...]) -> str:
    found = []
    for mark in _flat(metadata):
        for name, sign in SIGNS.items():
            bound = getattr(mark, name, None)
            if bound is not None:
                found.append(f"{sign} {bound}")
    return f" ({', '.join(found)})" if found else ""


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    for mark in metadata:
        yield mark
        yield from getattr(mark, "metadata", ())


def argument_words(command: Command) -> list[str]:
    """One line per argument; a trailing `?` marks what may be left out."""
    lines = []
    for name, info in command.args.model_fields.items():
        optional = "" if info.is_required() else "?"
        secret = "; never in the journal" if any(isinstance(mark, Secret) for mark in info.metadata) else ""
        lines.append(f"`{name}{optional}`: {type_words(info.annotation, tuple(info.metadata))}{secret}")
    return lines


@cache
def refusals(function: Callable[..., Any]) -> frozenset[str]:
    """The codes raised in a function and in those of ours that it calls, as far as the source tells."""
    return frozenset(_refusals(function, set()))


def _refusals(function: Callable[..., Any], seen: set[Any]) -> set[str]:
    if function in seen or not isinstance(function, FunctionType) or not function.__module__.startswith("workshop."):
        return set()
    seen.add(function)
    found: set[str] = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id == "Refused" and node.args:
                found |= {c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant) and c.value in CODES}
            called = _resolve(node.func, function)
            found |= _refusals(called, seen) if called is not None else set()
    return found


def _resolve(node: ast.expr, function: FunctionType) -> Any:
    if isinstance(node, ast.Name):
        return function.__globals__.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = function.__globals__.get(node.value.id)
        if isinstance(owner, ModuleType):
            return getattr(owner, node.attr, None)
        if node.value.id == "context":
            return getattr(Context, node.attr, None)
    return None


def section(name: str) -> str:
    """One command as Markdown."""
    command = COMMANDS[name]
    about = inspect.getdoc(command.run) or ""
    lines = [f"### `{name}`", "", about, "", f"Given by: {', '.join(command.roles)}."]
    more = []
    if command.undoable:
        more.append("can be undone for some seconds")
    if command.while_closed:
        more.append("also while the workshop is closed")
    if not command.while_draft:
        more.append("not before it has opened")
    if more:
        lines[-1] += f" {'; '.join(more).capitalize()}."
    arguments = argument_words(command)
    lines += ["", *(f"- {line}" for line in arguments)] if arguments else ["", "No arguments."]
    own = [code for code in CODES if code in refusals(command.run) and code not in ALWAYS]
    if own:
        lines += ["", f"Refused with: {', '.join(f'`{code}`' for code in own)}."]
    return "\n".join(lines)
