"""What one command costs in process: `python -m tests.load.bench_door [--people 300] [--times 200]`.

No network and no other process: a vote, a join and a post, each with the reading of the own things that its answer needs.
Milliseconds of one core, the middle of the runs: the figures are for comparing two versions on one machine.
"""

from __future__ import annotations

import argparse
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.commands.voting import Room
from tests.conftest import application
from workshop import dispatch, identity
from workshop.commands.people import joining
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor

ROUNDS = 5


class Bench:
    """One room with an open ballot on twelve ideas and a running step of ideas."""

    def __init__(self, people: int) -> None:
        self.room = Room({"citizens": people // 2, "politicians": people - people // 2})
        step = self.room.do(self.room.chair, "add_step", kind="ideas", title="Idéer", settings={"writing": "open"})
        self.room.do(self.room.chair, "start_step", **step)
        self.options = self.room.ideas(12)
        self.ballot = self.room.ballot(self.options)
        self.turn = 0

    def vote(self) -> None:
        """One person votes, or votes again, and is told."""
        self._command("cast_ballot", ballot=self.ballot, choices={self.options[self.turn % 12]: 1})

    def post(self) -> None:
        """One person posts an idea and is told."""
        self._command("post_idea", text=f"Idé nummer {self.turn}")

    def join(self) -> None:
        """Somebody comes in and is found by the new token."""
        seed = secrets.token_hex(16)
        args = {"code": self.room.code, "group": "citizens", "seed": seed}
        perform(Actor(VISITOR, self.room.id), "join", args, seed)
        identity.find(joining.join_secrets(seed)[0])

    def _command(self, name: str, **args: Any) -> None:
        self.turn += 1
        person = self.room.everybody[self.turn % len(self.room.everybody)]
        dispatch.command(person, {"id": secrets.token_hex(16), "name": name, "args": args})


def milliseconds(one: Callable[[], None], times: int) -> float:
    """Returns what one run takes, the median of some rounds."""
    one()
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times // ROUNDS):
            one()
        found.append((time.process_time() - began) * 1000 / (times // ROUNDS))
    return statistics.median(found)


def main() -> None:
    """Prints the figures."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=300)
    given.add_argument("--times", type=int, default=200)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder, application(Path(folder)).app_context():
        db.create_all()
        bench = Bench(asked.people)
        for name, one in (("vote", bench.vote), ("post", bench.post), ("join", bench.join)):
            print(f"{name:5} {milliseconds(one, asked.times):6.2f} ms", flush=True)
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main()
