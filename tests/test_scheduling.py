"""Which worker is given which file of tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from tests.scheduling import LONG, WAITING, MixedScheduling, places, waits


@dataclass(eq=False)
class Worker:
    """A worker as the scheduler sees it: it is told the numbers of tests."""

    number: int
    told: list[int] = field(default_factory=list)
    shutting_down: bool = False

    @property
    def gateway(self) -> Any:
        return SimpleNamespace(id=f"gw{self.number}")

    def send_runtest_some(self, numbers: Sequence[int]) -> None:
        self.told += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


FILES = {
    "tests/browser/test_board.py": 3,
    "tests/browser/test_loading.py": 3,
    "tests/commands/test_guards.py": 3,
    "tests/live/test_feed.py": 3,
    "tests/web/test_arguments.py": 3,
    "tests/web/test_seats.py": 3,
}
TESTS = [f"{file}::test_{number}" for file, count in FILES.items() for number in range(count)]


@pytest.fixture
def play(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that runs all tests on so many workers in turn; the files of each, in the order in which they were begun."""

    def run(workers: int) -> list[list[str]]:
        monkeypatch.setattr(pytestconfig.option, "tx", ["popen"] * workers)
        monkeypatch.setattr(pytestconfig.option, "loadscopereorder", False)
        scheduler = MixedScheduling(pytestconfig)
        nodes = [Worker(number) for number in range(workers)]
        for node in nodes:
            scheduler.add_node(node)
            scheduler.add_node_collection(node, TESTS)
        scheduler.schedule()
        done: list[list[int]] = [[] for _ in nodes]
        while any(len(done[node.number]) < len(node.told) for node in nodes):
            for node in nodes:
                if len(done[node.number]) < len(node.told):
                    number = node.told[len(done[node.number])]
                    done[node.number].append(number)
                    scheduler.mark_test_complete(node, number)
        assert sorted(number for one in done for number in one) == list(range(len(TESTS))), "each test is run once"
        assert all(node.shutting_down for node in nodes) and scheduler.tests_finished and not scheduler.has_pending
        return [list(dict.fromkeys(TESTS[number].split("::")[0] for number in one)) for one in done]

    return run


def test_the_first_worker_has_what_does_not_wait_and_the_others_what_does(play: Any) -> None:
    first, *others = play(3)
    assert first[:2] == ["tests/web/test_arguments.py", "tests/commands/test_guards.py"]
    assert all(waits(file) for files in others for file in files[:1])
    assert others[0][0] == "tests/browser/test_loading.py", "what takes longest begins first"


def test_who_has_none_of_his_own_kind_left_takes_the_others(play: Any) -> None:
    assert sorted(file for files in play(2) for file in files) == sorted(FILES)
    assert sorted(play(1)[0]) == sorted(FILES)


def test_the_files_of_each_folder_are_begun_evenly() -> None:
    files = ["a/test_1.py", "a/test_2.py", "a/test_3.py", "b/test_1.py", LONG[0]]
    assert sorted(files, key=places(files).__getitem__) == [
        LONG[0],
        "a/test_1.py",
        "a/test_2.py",
        "b/test_1.py",
        "a/test_3.py",
    ]


def test_what_is_named_is_there(pytestconfig: pytest.Config) -> None:
    assert [name for name in (*WAITING, *LONG) if not (pytestconfig.rootpath / name).exists()] == []
