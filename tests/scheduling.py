"""Which worker runs which file of tests. Tests in a browser, and those with servers of their own, wait half of the time; the
others need a processor all the time. Were each kind run by itself, processors would be idle first and contended for later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

#: folders and files whose tests wait
WAITING = ("tests/browser/", "tests/live/", "tests/storage/", "tests/js/", "tests/load/", "tests/test_health.py")
#: files that take longest: at the end of a run, all other workers would have to wait for the one that has them
LONG = (
    "tests/browser/test_after_the_seminar.py",
    "tests/browser/test_loading.py",
    "tests/live/test_silence.py",
    "tests/storage/test_recovery.py",
    "tests/web/test_arguments.py",
)


def waits(file: str) -> bool:
    """Whether the tests of a file wait more than they work; `file` is its path from the project's folder."""
    return file.startswith(WAITING)


def places(files: Sequence[str]) -> dict[str, float]:
    """Returns when each file is to be begun, as a part of the run: those of one folder evenly, the longest files first."""
    folders: dict[str, list[str]] = {}
    for file in files:
        folders.setdefault(file.rpartition("/")[0], []).append(file)
    even = {file: (n + 0.5) / len(folder) for folder in folders.values() for n, file in enumerate(folder)}
    return even | {file: 0.0 for file in LONG if file in even}


class MixedScheduling(LoadFileScheduling):
    """Gives each worker whole files; the first worker those that do not wait, as long as there are any, and the others those
    that do. The files of all folders are begun in turn, because some folders wait more than others."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        self._places: dict[str, float] = {}

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.workqueue.move_to_end(self._next_for(node), last=False)
        super()._assign_work_unit(node)

    def _next_for(self, node: WorkerController) -> str:
        if not self._places:
            self._places = places(list(self.workqueue))
        mine = [file for file in self.workqueue if waits(file) is not (node.gateway.id == "gw0")] or self.workqueue
        chosen: str = min(mine, key=self._places.__getitem__)
        return chosen

    def _reschedule(self, node: WorkerController) -> None:
        # The files that are done are forgotten: xdist would look through all their tests again after each test.
        work = self.assigned_work[node]
        for file in [file for file, tests in work.items() if all(tests.values())]:
            del work[file]
        super()._reschedule(node)
