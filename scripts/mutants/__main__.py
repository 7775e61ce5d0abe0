"""Puts a random sample of faults into copies of the tree, one at a time, and says which of them no test notices.

    python -m scripts.mutants [--count 300] [--seed N] [--workers 2] [--list] [PATH ...]

The checkout is never changed. docs/testing.md says how the figures are read.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from scripts.mutants import record, tree
from scripts.mutants.choosing import source_of, tests_for
from scripts.mutants.faults import Fault
from scripts.mutants.operators import faults_in

WHERE = ["workshop/commands", "workshop/rules", "workshop/door", "workshop/store.py"]


@dataclass
class Tried:
    """A fault and what became of it: "killed", "timeout", "survived" or, where no test reaches it, "unreached"."""

    fault: Fault
    outcome: str
    tests: int

    @property
    def noticed(self) -> bool:
        return self.outcome in ("killed", "timeout")


def main() -> None:
    asked = _asked()
    print(f"seed {asked.seed}, {asked.count} faults in {' '.join(asked.paths)}", flush=True)
    sample = sample_of(asked.paths, asked.count, asked.seed)
    if asked.list:
        for fault in sample:
            print(_shown(fault))
        return
    kept = record.recorded(asked.workers)
    began = time.monotonic()
    tried = _try_all(sample, kept, asked.workers)
    _print_survivors(tried)
    _print_figures(tried)
    print(f"seed {asked.seed}, {time.monotonic() - began:.0f} seconds")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make mutants ARGS=", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("paths", nargs="*", default=WHERE, help="files and folders to put faults into")
    parser.add_argument("--count", type=int, default=300, help="how many faults")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000), help="which faults")
    parser.add_argument("--workers", type=int, default=2, help="how many are tried at a time")
    parser.add_argument("--list", action="store_true", help="show the faults and try none")
    return parser.parse_args()


def sample_of(paths: Iterable[str], count: int, seed: int) -> list[Fault]:
    """Returns a random sample, in the order of the code. Faults of one kind on one line count as one, so that a table of
    words weighs no more than the rule that reads it."""
    by_line: dict[tuple[str, int, str], list[Fault]] = defaultdict(list)
    for path in sorted({file for start in paths for file in _sources(start)}):
        for fault in faults_in(path, source_of(path)):
            by_line[fault.path, fault.line, fault.kind].append(fault)
    chance = random.Random(seed)
    lines = chance.sample(sorted(by_line), min(count, len(by_line)))
    return [chance.choice(by_line[line]) for line in sorted(lines)]


def _sources(start: str) -> list[str]:
    whole = tree.ROOT / start
    found = sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]
    return [file.relative_to(tree.ROOT).as_posix() for file in found]


def _try_all(sample: list[Fault], kept: record.Record, workers: int) -> list[Tried]:
    idle: SimpleQueue[Worker] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(workers) as pool:
        started = [Worker(Path(folder, str(number))) for number in range(workers)]
        for worker in started:
            idle.put(worker)

        def run(fault: Fault) -> Tried:
            worker = idle.get()
            try:
                tried = worker.run(fault, kept)
            finally:
                idle.put(worker)
            print({"killed": ".", "timeout": "t", "survived": "S", "unreached": "U"}[tried.outcome], end="", flush=True)
            return tried

        try:
            tried = list(pool.map(run, sample))
        finally:
            for worker in started:
                worker.end()
    print(flush=True)
    return tried


class Worker:
    """A copy of the tree and the process that tries faults in it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        tree.copy_to(folder)
        # Places of temporary files are counted up by pytest: two workers must not clear each other's.
        (folder / "tmp").mkdir()
        command = [sys.executable, "-m", "scripts.mutants.trying"]
        environ = {**os.environ, "TMPDIR": str(folder / "tmp")}
        self._process = subprocess.Popen(
            command, cwd=folder, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, fault: Fault, kept: record.Record) -> Tried:
        rounds = tests_for(fault, kept)
        if not rounds:
            return Tried(fault, "unreached", 0)
        order = {
            "path": fault.path,
            "source": fault.apply(source_of(fault.path)).hex(),
            "rounds": [[tests, sum(kept.seconds[test] for test in tests)] for tests in rounds],
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Tried(fault, self._answer()["outcome"], sum(map(len, rounds)))

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        while True:
            line = self._process.stdout.readline()
            if not line:
                raise SystemExit("a process that tries faults has ended")
            answer = json.loads(line)
            if answer != "ready":
                return dict(answer)

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=120)


def _folder(path: str) -> str:
    """The folder a figure is given for: `workshop/commands/votes`, `workshop/rules`, `workshop/store.py`."""
    parts = path.split("/")
    return "/".join(parts[:3] if parts[1] == "commands" and len(parts) > 3 else parts[:2])


def _shown(fault: Fault) -> str:
    return f"{fault.path}:{fault.line}  {fault.kind}\n{fault.diff(source_of(fault.path))}\n"


def _print_survivors(tried: list[Tried]) -> None:
    for one in tried:
        if not one.noticed:
            print(f"{one.outcome} ({one.tests} tests)  {_shown(one.fault)}")


def _print_figures(tried: list[Tried]) -> None:
    groups: dict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        groups[_folder(one.fault.path)].append(one)
        groups["all"].append(one)
        if one.fault.path.startswith("workshop/commands/"):
            groups["workshop/commands, all"].append(one)
    for name in sorted(groups):
        noticed = sum(one.noticed for one in groups[name])
        print(f"{name:<28} {noticed:>4} of {len(groups[name]):>4} noticed  {100 * noticed / len(groups[name]):5.1f} %")


if __name__ == "__main__":
    main()
