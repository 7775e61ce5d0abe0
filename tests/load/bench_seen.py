"""What it costs to note which ideas people have had on the screen.

`python tests/load/bench_seen.py [people] [ideas] [batch]` (300 people, 150 ideas, 15 at a time): everybody sees every idea, and
each message also asks how many have seen each. Printed only; a busy machine is slower.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import event

from tests.commands.voting import Room
from tests.conftest import application
from tests.load.figures import milliseconds
from workshop import dispatch
from workshop.extensions import db
from workshop.screens import seen


def spent(times: int, act: Callable[[int], object]) -> list[float]:
    """Processor seconds of each of so many acts."""
    found = []
    for number in range(times):
        began = time.process_time()
        act(number)
        found.append(time.process_time() - began)
    return found


def told(name: str, seconds: list[float]) -> None:
    marks = milliseconds(seconds)
    print(f"{name}: p50 {marks['p50']:.2f} ms, p95 {marks['p95']:.2f} ms ({len(seconds)} times)")


def main(people: int, ideas: int, batch: int) -> None:
    with tempfile.TemporaryDirectory() as folder, application(Path(folder)).app_context():
        db.create_all()
        room = Room({"citizens": people})
        posted = room.ideas(ideas)
        batches = [posted[first : first + batch] for first in range(0, ideas, batch)]
        messages = [(person, some) for some in batches for person in room.everybody]
        statements = 0

        def count(*_: object) -> None:
            nonlocal statements
            statements += 1

        event.listen(db.engine, "after_cursor_execute", count)
        send = spent(len(messages), lambda number: dispatch.seen(*_message(messages, number)))
        told(f"a message with {batch} new ideas", send)
        print(f"statements to the database: {statements / len(messages):.1f} a message")
        told("a message with nothing new", spent(300, lambda number: dispatch.seen(*_message(messages, number))))

        def read(_: int) -> None:
            seen._kept.clear()
            seen.of_ideas(room.id)

        told(f"counting {people * ideas:,} views, at most every {seen.KEPT_SECONDS:.0f} seconds", spent(20, read))
        hall = people / 10 * milliseconds(send)["p50"] / 10
        print(f"a hall of {people} that reads all the time, a message each ten seconds: {hall:.0f} % of a core")
        db.session.remove()
        db.engine.dispose()


def _message(messages: list, number: int) -> tuple:
    person, some = messages[number % len(messages)]
    return person, {"ideas": some, "of": "ideas"}


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [300, 150, 15][len(given) :]))
