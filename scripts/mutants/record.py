"""Which tests run which line: kept in `.mutants/`. A changed test file is recorded again, a change of the code makes all
be recorded again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from scripts.mutants import tree
from scripts.quick_tests import APART

KEPT = tree.ROOT / ".mutants"


@dataclass
class _Part:
    """What one run of pytest has recorded. Of a test file that has changed since nothing is valid any more."""

    coverage: CoverageData
    passed: dict[str, float]
    files: set[str]

    @classmethod
    def read(cls, folder: Path, present: dict[str, str]) -> _Part:
        coverage = CoverageData(str(folder / "coverage"))
        coverage.read()
        digests: dict[str, str] = json.loads((folder / "files.json").read_text(encoding="utf-8"))
        files = {file for file, digest in digests.items() if present.get(file) == digest}
        passed = json.loads((folder / "tests.json").read_text(encoding="utf-8"))["passed"]
        return cls(coverage, {test: s for test, s in passed.items() if test.partition("::")[0] in files}, files)


class Record:
    """The tests that passed, with their seconds, and the lines of each."""

    def __init__(self, parts: Iterable[_Part]) -> None:
        self._parts = list(parts)
        self.seconds = {test: seconds for part in self._parts for test, seconds in part.passed.items()}
        self._lines: dict[str, list[dict[int, list[str]]]] = {}

    def tests_of(self, path: str, first: int, last: int) -> set[str]:
        """Returns the tests that run any of these lines."""
        if path not in self._lines:
            self._lines[path] = [part.coverage.contexts_by_lineno(path) for part in self._parts]
        found: set[str] = set()
        for part, lines in zip(self._parts, self._lines[path], strict=True):
            for line in range(first, last + 1):
                found.update(test for test in lines.get(line, ()) if test in part.passed)
        return found


def recorded(workers: int) -> Record:
    """Returns the record of this tree, after recording the test files it does not know yet."""
    folder = KEPT / tree.code_hash()
    present = {file: digest for file, digest in tree.test_files().items() if not file.startswith(APART)}
    parts = _parts(folder, present)
    known = {file for part in parts for file in part.files}
    missing = {file: digest for file, digest in present.items() if file not in known}
    if missing:
        _record(folder / str(len(parts)), missing, workers)
        parts = _parts(folder, present)
    return Record(parts)


def _parts(folder: Path, present: dict[str, str]) -> list[_Part]:
    return [_Part.read(part, present) for part in sorted(folder.glob("*"))]


def _record(folder: Path, files: dict[str, str], workers: int) -> None:
    print(f"Recording which tests of {len(files)} files run which line ...", flush=True)
    for other in set(KEPT.glob("*")) - {folder.parent}:
        shutil.rmtree(other)
    with tempfile.TemporaryDirectory(prefix="mutants-") as made:
        copy, results = Path(made, "tree"), Path(made, "record")
        results.mkdir()
        tree.copy_to(copy)
        _run(copy, results, [*files], workers)
        _join(results)
        (results / "files.json").write_text(json.dumps(files), encoding="utf-8")
        shutil.copytree(results, folder)
    failed = json.loads((folder / "tests.json").read_text(encoding="utf-8"))["failed"]
    if failed:
        print("Left out, since they fail without a fault or were skipped:", *failed, sep="\n  ", flush=True)


def _run(copy: Path, results: Path, files: list[str], workers: int) -> None:
    plugins = ["-p", "scripts.mutants.recorder", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(workers), "--dist", "loadfile", *plugins]
    command += ["-m", "not slow", *files]
    ended = subprocess.run(command, cwd=copy, env={**os.environ, "RECORD_TO": str(results)}, check=False)
    if not (results / "tests.json").exists():
        raise SystemExit(f"the tests could not be run (pytest ended with {ended.returncode})")


def _join(results: Path) -> None:
    """Brings the files of pytest's processes together in one."""
    data = CoverageData(str(results / "coverage"))
    for part in sorted(results.glob("coverage.*")):
        other = CoverageData(str(part))
        other.read()
        data.update(other)
        part.unlink()
    data.write()
