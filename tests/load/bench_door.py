"""What one command costs in process: `python -m tests.load.bench_door [--people 300] [--times 200]`.

No network and no other process: a vote, a join and a post, each with the reading of the own things that its answer needs;
alone, and with nine others in one transaction. Milliseconds of one core for one command, the middle of the runs: the figures
are for comparing two versions on one machine.
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
from workshop.door.batch import carry_out_together
from workshop.door.perform import Asked, read
from workshop.extensions import db
from workshop.identity import VISITOR, Actor

ROUNDS = 5
#: commands carried out in one transaction
AT_ONCE = (1, 10)


class Bench:
    """One room with an open ballot on twelve ideas and a running step of ideas."""

    def __init__(self, people: int) -> None:
        self.room = Room({"citizens": people // 2, "politicians": people - people // 2})
        step = self.room.do(self.room.chair, "add_step", kind="ideas", title="Idéer", settings={"writing": "open"})
        self.room.do(self.room.chair, "start_step", **step)
        self.options = self.room.ideas(12)
        self.ballot = self.room.ballot(self.options)
        self.turn = 0

    def vote(self) -> Asked:
        """One person votes, or votes again."""
        return self._ask("cast_ballot", ballot=self.ballot, choices={self.options[self.turn % 12]: 1})

    def post(self) -> Asked:
        """One person posts an idea."""
        return self._ask("post_idea", text=f"Idé nummer {self.turn}")

    def join(self) -> Asked:
        """Somebody comes in."""
        seed = secrets.token_hex(16)
        return read(Actor(VISITOR, self.room.id), "join", {"code": self.room.code, "group": "citizens", "seed": seed}, seed)

    def _ask(self, name: str, **args: Any) -> Asked:
        self.turn += 1
        person = self.room.everybody[self.turn % len(self.room.everybody)]
        return read(person, name, args, secrets.token_hex(16))


def together(asked: list[Asked]) -> None:
    """Carries the commands out and completes their answers, as the server does: a person who came in is found by token."""
    answered = []
    for one, outcome in zip(asked, carry_out_together(asked), strict=True):
        assert isinstance(outcome, dict), outcome
        if one.actor.role == VISITOR:
            identity.find(joining.join_secrets(one.args.model_dump()["seed"])[0])
        else:
            answered.append((one.actor, outcome))
    if answered:
        dispatch.add_own(answered)


def milliseconds(one: Callable[[], Asked], times: int, at_once: int) -> float:
    """Returns what one command takes where so many are carried out at once, the median of some rounds."""
    together([one() for _ in range(at_once)])
    found, batches = [], max(1, times // ROUNDS // at_once)
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(batches):
            together([one() for _ in range(at_once)])
        found.append((time.process_time() - began) * 1000 / (batches * at_once))
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
            figures = " ".join(f"{at_once:3}: {milliseconds(one, asked.times, at_once):5.2f} ms" for at_once in AT_ONCE)
            print(f"{name:5} {figures}", flush=True)
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main()
