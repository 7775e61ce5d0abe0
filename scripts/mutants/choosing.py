"""Which tests a fault is tried against."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from scripts.mutants.faults import Fault
from scripts.mutants.record import Record
from scripts.mutants.tree import ROOT

#: at most so many tests, and so many seconds of them, for one fault
MOST_TESTS = 500
MOST_SECONDS = 40.0
#: so many tests of a file are taken before those of the next, by how far the file is from the fault
BLOCKS = (200, 3, 1)
#: so many are run first: most faults are noticed by them, and the files of the others need not be read
FIRST = 15
#: read what is declared and run none of it: tried at last against every fault
CONTRACTS = (
    "tests/test_docs.py::test_the_protocol_page_is_current",
    "tests/test_frozen.py::test_dataclasses_of_rules_are_frozen",
    "tests/test_frozen.py::test_of_commands_and_the_door_only_what_gathers_something_may_be_changed",
)

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def tests_for(fault: Fault, record: Record) -> list[list[str]]:
    """Returns the tests that reach the fault, in two rounds: those likeliest to notice it, then others. Likeliest are
    those named after the module or its command, then those of the same folder, then one file after the other; of each
    file those of the command first, then those that run most lines of the function with the fault (who runs the line that
    refuses tells a wrong condition from a right one), then the fastest."""
    commands, run = _commands_of(fault), _lines_run(fault, record)
    by_file: dict[str, list[str]] = defaultdict(list)
    for test in sorted(
        _reaching(fault, record), key=lambda test: (not _is_about(test, commands), -run[test], record.seconds[test])
    ):
        by_file[test.partition("::")[0]].append(test)
    nearness = {file: _nearness(fault, file, _is_about(tests[0], commands)) for file, tests in by_file.items()}
    chosen, spent = [], 0.0
    for test in _in_turn(nearness, by_file):
        if len(chosen) == MOST_TESTS or (chosen and spent + record.seconds[test] > MOST_SECONDS):
            break
        chosen.append(test)
        spent += record.seconds[test]
    chosen += [test for test in CONTRACTS if test in record.seconds and test not in chosen]
    return [batch for batch in (chosen[:FIRST], chosen[FIRST:]) if batch]


def _lines_run(fault: Fault, record: Record) -> Counter[str]:
    """How many lines of the function that holds the fault each test runs; nothing for what is made on import."""
    if fault.names:
        return Counter()
    holding = [(first, last) for first, last in _functions(fault.path) if first <= fault.line <= last]
    first, last = max(holding, default=(fault.first, fault.last))
    return Counter(test for line in range(first, last + 1) for test in record.tests_of(fault.path, line, line))


@cache
def _functions(path: str) -> list[tuple[int, int]]:
    """The first and last line of every function of a module; the innermost that holds a line begins last."""
    return [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(source_of(path)))
        if isinstance(node, _Function)
    ]


def _is_about(test: str, commands: set[str]) -> bool:
    """Whether a parameter of the test is one of the commands: `test_a_refusal_says_this[edit_idea-not_yours-idea]`."""
    parameters = test.partition("[")[2].removesuffix("]").split("-")
    return not commands.isdisjoint(parameters)


def _commands_of(fault: Fault) -> set[str]:
    """The commands whose function holds the fault or, for what is made on import, uses it."""
    places = list(_places_of(fault)) if fault.names else [(fault.path, fault.first, fault.last)]
    return {name for path, first, last in places for name, start, end in _registered(path) if start <= last and first <= end}


@cache
def _registered(path: str) -> list[tuple[str, int, int]]:
    """The commands of a module, each with the lines of its function."""
    found = []
    for node in ast.parse(source_of(path)).body:
        for decorator in node.decorator_list if isinstance(node, _Function) else ():
            if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "command":
                found.append((ast.literal_eval(decorator.args[0]), node.lineno, node.end_lineno or node.lineno))
    return found


def _reaching(fault: Fault, record: Record) -> set[str]:
    if not fault.names:
        return record.tests_of(fault.path, fault.first, fault.last)
    found = {test for test in record.seconds if _is_named_after(fault, test.partition("::")[0])}
    for path, first, last in _places_of(fault):
        found |= record.tests_of(path, first, last)
    return found or record.tests_of(fault.path, 1, 1_000_000)


def _is_named_after(fault: Fault, file: str) -> bool:
    """Whether a file of tests has the name of the module, or of a package of several modules without a folder of tests of
    its own, in its name: `test_checks_of_goals` for `rules/checks/goals.py`, and for `rules/checks/words.py`."""
    *folders, module = PurePosixPath(fault.path).with_suffix("").parts[1:]
    without_folder = [name for depth, name in enumerate(folders) if not Path(ROOT, "tests", *folders[: depth + 1]).is_dir()]
    return any(f"_{name}_" in f"_{PurePosixPath(file).stem}_" for name in (module, *without_folder))


def _nearness(fault: Fault, file: str, about: bool) -> int:
    """How far a file of tests is from the fault: 0 named after the module, 1 about its command or in the same folder."""
    if _is_named_after(fault, file):
        return 0
    return 1 if about or PurePosixPath(file).parent == _folder_of_tests(fault.path) else 2


def _folder_of_tests(path: str) -> PurePosixPath:
    """The folder with the tests of a module's folder, or of the one above it: `tests/rules` for `workshop/rules/checks`."""
    folder = PurePosixPath("tests", *PurePosixPath(path).parts[1:-1])
    return next(one for one in (folder, *folder.parents) if Path(ROOT, one).is_dir())


def _in_turn(nearness: dict[str, int], by_file: dict[str, list[str]]) -> Iterator[str]:
    """The tests of the nearest files in blocks of two hundred, those about the command or of the folder in blocks of three,
    those of the others one at a time."""
    waiting = [(nearness[file], file) for file in sorted(by_file)]
    waiting.sort()
    while waiting:
        for near, file in waiting:
            tests = by_file[file]
            yield from tests[: BLOCKS[near]]
            del tests[: BLOCKS[near]]
        waiting = [(near, file) for near, file in waiting if by_file[file]]


def _places_of(fault: Fault) -> Iterator[tuple[str, int, int]]:
    """The functions that use what is made while the module is imported; a constant made of it is followed too."""
    names, seen = set(fault.names), set[str]()
    while names:
        name = names.pop()
        seen.add(name)
        for path, user, first, last in _users().get(name, ()):
            if not user:
                yield path, first, last
            elif path == fault.path and user not in seen:
                names.add(user)


@cache
def _users() -> dict[str, list[tuple[str, str, int, int]]]:
    """By each name: the path, the name of a constant or class made of it (empty for a function), and the lines of the
    statement, or of the whole body where a signature or a decorator mentions it."""
    users: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
    for file in sorted((ROOT / "workshop").rglob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        for node in ast.parse(file.read_bytes()).body:
            _note(users, path, node)
    return users


def _note(users: dict[str, list[tuple[str, str, int, int]]], path: str, node: ast.stmt) -> None:
    if isinstance(node, _Function):
        for part in (*node.decorator_list, node.args, *filter(None, [node.returns])):
            for name in _names(part):
                users[name].append((path, "", node.body[0].lineno, node.end_lineno or 0))
        for statement in node.body:
            for name in _names(statement):
                users[name].append((path, "", statement.lineno, statement.end_lineno or 0))
    elif isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, _Function):
                _note(users, path, inner)
                users[node.name].append((path, "", inner.body[0].lineno, inner.end_lineno or 0))
            else:
                for name in _names(inner):
                    users[name].append((path, node.name, 0, 0))
    else:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in (target for target in targets if isinstance(target, ast.Name)):
            for name in _names(node) - {target.id}:
                users[name].append((path, target.id, 0, 0))


def _names(node: ast.AST) -> set[str]:
    return {part.id if isinstance(part, ast.Name) else part.attr for part in ast.walk(node)
            if isinstance(part, ast.Name | ast.Attribute)}  # fmt: skip


def source_of(path: str) -> bytes:
    """Returns a source file of the checkout."""
    return Path(ROOT, path).read_bytes()
