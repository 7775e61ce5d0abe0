"""What one small change costs a large room: `python -m tests.load.bench_economy`.

In process, on a SQLite file in a folder of its own: statements of a join beside texts, one autosave among 1,000 authors,
bytes pushed for a vote and for a move. It prints a table; the machine's speed shows in the milliseconds alone.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from tests.commands.voting import Room
from tests.conftest import application
from tests.counting import own_ideas, statements
from workshop import screens
from workshop.extensions import db
from workshop.models import Agreement, Goal, Participant

AUTHORS = 1000
MOVED_AMONG = 500
OPTIONS = 60
TEXTS = 20  # of each kind


def pushed(room: Room, since: int) -> dict:
    """What the room's phones are sent of what has changed since then."""
    db.session.rollback()
    read = getattr(screens, "live_changes", screens.changes)
    return read(room.id, since, screens.ROOM)


def size(payload: dict) -> int:
    return len(json.dumps(payload, ensure_ascii=False).encode())


def joins() -> None:
    """Statements of one join, without texts and with forty."""
    room = Room({"citizens": 12, "leaders": 12})
    with statements() as without:
        room.join("citizens")
    for number in range(TEXTS):
        goal = room.text(Goal, fields={"title": f"Mål {number}"})
        room.text(Agreement, fields={"goals": [goal]})
    room.join("citizens")
    with statements() as among:
        room.join("citizens")
    print(f"statements of a join, no texts / {2 * TEXTS} texts: {len(without)} / {len(among)}")


def autosave() -> None:
    """One edit of a draft's wording, with an author of an idea on each phone."""
    room = Room({"citizens": AUTHORS})
    ideas = own_ideas(room)
    goal = room.do(room.chair, "draft_goal", title="Et mål", from_ideas=ideas[:3])["goal"]
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Et klarere")
    before = room.clock()
    began = time.process_time()
    room.do(room.chair, "edit_goal", goal=goal, version=2, title="Et klarere mål")
    took = time.process_time() - began
    db.session.rollback()
    changed = set(db.session.scalars(select(Participant.id).where(Participant.mine_seq > before)))
    db.session.rollback()
    people = [person for person in room.everybody if person.participant_id in changed]
    print(f"autosave among {AUTHORS} authors: {took * 1000:.0f} ms of processor under the lock, {len(people)} people marked")
    print(f"the own things of those who were marked: {reading(people)}")
    print(f"the own things of {AUTHORS} people: {reading(room.everybody)}")


def reading(people: list) -> str:
    """How long reading the own things of these people takes, as the feed does it."""
    many = getattr(screens, "mine_of", lambda actors: [screens.mine(actor) for actor in actors])
    began = time.process_time()
    with statements() as sent:
        for start in range(0, len(people), 250):
            many(people[start : start + 250])
            db.session.remove()
    return f"{(time.process_time() - began) * 1000:.0f} ms of processor and {len(sent)} statements of reading"


def votes() -> None:
    """Bytes for each phone after one vote on a ballot of sixty options, and what the vote itself costs."""
    room = Room({"citizens": OPTIONS})
    ballot = room.ballot(own_ideas(room))
    option = room.record(ballot)["options"][0]
    room.cast(room.everybody[0], ballot, choices={option: 1})
    since = room.clock()
    with statements() as sent:
        room.cast(room.everybody[1], ballot, choices={option: 1})
    found = pushed(room, since)
    kinds = sorted(record["kind"] for record in found["put"])
    print(f"one vote on {OPTIONS} options: {size(found)} bytes a phone ({', '.join(kinds)}), {len(sent)} statements")


def moves() -> None:
    """Bytes for each phone after one idea is laid before the first of five hundred."""
    room = Room({"citizens": 50})
    ideas = own_ideas(room, MOVED_AMONG // 50)
    since = room.clock()
    room.do(room.chair, "move_idea", idea=ideas[-1], before=ideas[0])
    found = pushed(room, since)
    print(f"one idea moved among {MOVED_AMONG}: {size(found)} bytes a phone, {len(found['put'])} records")


def main() -> None:
    for part in (joins, autosave, votes, moves):
        with tempfile.TemporaryDirectory() as folder, application(Path(folder)).app_context():
            db.create_all()
            part()
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()
