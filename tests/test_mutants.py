"""`make mutants`: which faults are made, which are drawn, and what becomes of one. docs/testing.md."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.mutants import choosing, record, tree
from scripts.mutants.__main__ import WHERE, sample_of
from scripts.mutants.choosing import source_of
from scripts.mutants.operators import faults_in


def changed(source: str) -> set[str]:
    """The source with each of its faults, without the spaces at the ends."""
    text = source.encode()
    return {fault.apply(text).decode().strip() for fault in faults_in("a.py", text)}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f():\n    if a < b:\n        g()", "def f():\n    if (a <= b):\n        g()"),
        ("def f():\n    if a < b:\n        g()", "def f():\n    if (not (a < b)):\n        g()"),
        ("def f():\n    if a < b:\n        g()", "def f():\n    if a < b:\n        pass"),
        ("def f():\n    return a in b", "def f():\n    return (a not in b)"),
        ("def f():\n    return a in b", "def f():\n    return None"),
        ("def f():\n    return a and b", "def f():\n    return (a or b)"),
        ("def f():\n    return not a", "def f():\n    return (bool(a))"),
        ("def f():\n    return 'å' + g(3)", "def f():\n    return 'å' + g(4)"),
        ("def f():\n    return 'å' + g(3)", "def f():\n    return 'åx' + g(3)"),
        ("def f():\n    return 'å' + g(3)", "def f():\n    return ('å' - g(3))"),
        ("def f():\n    raise Refused('x')", "def f():\n    pass"),
        ("def f():\n    row.seq = 1", "def f():\n    pass"),
        ("def f():\n    for a in b:\n        g(a)\n        h(a)", "def f():\n    for a in b:\n        pass"),
        ("def f():\n    return [a for a in b if a.open]", "def f():\n    return [a for a in b if (not (a.open))]"),
        ("@command('x', after=g)\ndef f(): ...", "@command('x')\ndef f(): ..."),
        ("@locks.again\ndef f(): ...", "@(lambda it: it)\ndef f(): ..."),
        ("class A:\n    a: Annotated[str, Secret()]", "class A:\n    a: str"),
        ("class A:\n    a: Annotated[str, Words(9)]", "class A:\n    a: Annotated[str, Words(10)]"),
    ],
)
def test_a_fault_is_one_small_change(source: str, fault: str):
    assert fault in changed(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""Words."""',
        "__all__ = ['a']",
        "import a",
        "def f(a: int | None) -> Literal['x']:\n    'Words'",
        "def f():\n    assert a == 1",
        "def f():\n    log.warning('x', 1)",
        "Why = Literal['declared', 'agreed']",
    ],
)
def test_what_no_test_can_tell_is_left_alone(source: str):
    assert changed(source) == set()


def test_a_seed_draws_the_same_faults_again_and_each_of_them_can_be_compiled():
    drawn = sample_of(WHERE, 60, seed=7)
    assert drawn == sample_of(WHERE, 60, seed=7) != sample_of(WHERE, 60, seed=8)
    assert len({(fault.path, fault.line, fault.kind) for fault in drawn}) == 60
    for fault in drawn:
        ast.parse(fault.apply(source_of(fault.path)))


class Recorded:
    """A record in which these tests reach everything; the later ones are faster."""

    def __init__(self, tests: list[str]) -> None:
        self.seconds = {test: 1 / number for number, test in enumerate(tests, start=1)}

    def tests_of(self, _path: str, _first: int, _last: int) -> set[str]:
        return set(self.seconds)


def test_tests_of_the_module_and_the_command_are_tried_before_others():
    path = "workshop/commands/ideas/themes.py"
    fault = next(f for f in faults_in(path, source_of(path)) if "edit_theme" in f.diff(source_of(path)))
    named = [f"tests/commands/ideas/test_themes.py::test_{number}" for number in range(202)]
    about = "tests/commands/test_effects.py::test_effect[edit_theme]"
    others = ["tests/commands/test_effects.py::test_effect[join]", "tests/web/test_pages.py::test_page"]
    far = [f"tests/web/test_{number}.py::test_page" for number in range(20)]
    first, then = choosing.tests_for(fault, Recorded([*far, *others, about, *named]))
    tried = [*first, *then]
    assert tried[:202] == [*reversed(named[2:]), about, others[0]] and len(first) == choosing.FIRST
    assert {*tried} == {*named, about, *others, *far}


def test_a_package_without_a_folder_of_tests_is_known_by_its_name_and_by_the_folder_above():
    path = "workshop/rules/checks/words.py"
    fault = next(iter(faults_in(path, source_of(path))))
    near = ["tests/rules/test_checks_of_goals.py", "tests/rules/test_numbers.py", "tests/web/test_pages.py"]
    assert [choosing._nearness(fault, file, False) for file in near] == [0, 1, 2]


def test_who_runs_most_of_the_function_is_tried_first():
    """The line that refuses is run by the test of the refusal alone; others run the condition too."""
    path = "workshop/commands/people/seats.py"
    fault = next(
        f for f in faults_in(path, source_of(path)) if f.kind == "comparison" and "limits.SEATS" in f.diff(source_of(path))
    )
    file = "tests/commands/people/test_seats.py"
    fast, slow = f"{file}::test_fast", f"{file}::test_refused"

    class Lines(Recorded):
        def tests_of(self, _path: str, first: int, last: int) -> set[str]:
            return {fast, slow} if fault.line in range(first, last + 1) else {slow}

    first, *_ = choosing.tests_for(fault, Lines([slow, fast]))
    assert first == [slow, fast]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout, with a record that is written without running a test."""
    for path in ("workshop/a.py", "tests/conftest.py", "tests/test_a.py", "tests/test_b.py", "tests/browser/test_c.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, encoding="utf-8")
    (tmp_path / ".gitignore").write_text(".mutants", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    monkeypatch.setattr(record, "KEPT", tmp_path / ".mutants")
    return tmp_path


def recorded_now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of tests that `make mutants` runs to bring its record up to date."""
    run: list[str] = []

    def run_none(copy: Path, results: Path, files: list[str], workers: int) -> None:
        run.extend(files)
        passed = {f"{file}::test_it": 0.1 for file in files}
        (results / "tests.json").write_text(json.dumps({"passed": passed, "failed": []}), encoding="utf-8")

    monkeypatch.setattr(record, "_run", run_none)
    kept = record.recorded(1)
    assert {*kept.seconds} == {"tests/test_a.py::test_it", "tests/test_b.py::test_it"}
    return sorted(run)


def test_a_changed_test_file_is_recorded_again_by_itself(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    assert recorded_now(monkeypatch) == ["tests/test_a.py", "tests/test_b.py"], "none of those with browsers"
    assert recorded_now(monkeypatch) == []
    (checkout / "tests/test_a.py").write_text("changed", encoding="utf-8")
    assert recorded_now(monkeypatch) == ["tests/test_a.py"]


@pytest.mark.parametrize("shared", ["workshop/a.py", "tests/conftest.py"])
def test_a_change_of_what_tests_share_has_all_be_recorded_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, shared: str
):
    recorded_now(monkeypatch)
    (checkout / shared).write_text("changed", encoding="utf-8")
    assert recorded_now(monkeypatch) == ["tests/test_a.py", "tests/test_b.py"]


CODE = "def most(a, b):\n    return a if a > b else b\n"
TESTS = "from code_of import most\n\n\ndef test_most():\n    assert most(1, 2) == 2 and most(3, 2) == 3\n"


@pytest.mark.parametrize(("new", "outcome"), [("a >= b", "survived"), ("a < b", "killed"), ("while_", "killed")])
def test_a_fault_is_noticed_or_survives_and_the_copy_is_put_back(tmp_path: Path, new: str, outcome: str):
    (tmp_path / "code_of.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    source = CODE.replace("a > b", new).encode().hex()
    order = {"path": "code_of.py", "source": source, "rounds": [[["test_it.py::test_most"], 1]]}
    script = f"import sys; sys.path.append({str(tree.ROOT)!r})\nfrom scripts.mutants import trying\n"
    script += f"import json; print(json.dumps(trying._try({order!r})))"
    ended = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(ended.stdout) == {"outcome": outcome}, ended.stderr
    assert (tmp_path / "code_of.py").read_text(encoding="utf-8") == CODE
