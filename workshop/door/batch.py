"""Carries out several commands of one workshop in one transaction: one lock, one commit, one signal.

Each has its own number, journal entry and stored answer, and a refusal concerns one command only. If a command is refused
before it wrote anything, the others continue. If it had written something, everything is rolled back and each command is
carried out in a transaction of its own. `workshop.gathering` collects the commands that wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop import locks
from workshop.door.perform import Asked, carry_out, known_answer, run
from workshop.extensions import db
from workshop.identity import PARTICIPANT
from workshop.models import Participant, holders
from workshop.rules.refusal import Refused
from workshop.store import Writing, writing

#: an answer, or what was raised
Outcome = dict[str, Any] | Exception


class _Apart(Exception):
    """Raised to roll back when a refused command has already written something: each is then carried out by itself."""


class _Nothing(Exception):
    """Raised to roll back when no command has changed anything."""


def carry_out_together(several: Sequence[Asked]) -> list[Outcome]:
    """Executes commands of one workshop, at most one of each person, in their order. Returns what each one's `carry_out`
    would have returned or raised."""
    if len(several) > 1:
        try:
            return _in_one_transaction(several)
        except locks.Locked:
            return [locks.Locked() for _ in several]
        except Exception:  # noqa: BLE001 - an error of one command must not affect the others
            db.session.rollback()
    return [carry_out_alone(asked) for asked in several]


def carry_out_alone(asked: Asked) -> Outcome:
    """Executes one command in a transaction of its own. Returns its answer or what was raised."""
    try:
        return carry_out(asked)
    except Exception as error:  # noqa: BLE001 - the caller raises it again
        return error


@locks.again
def _in_one_transaction(several: Sequence[Asked]) -> list[Outcome]:
    """Returns the outcomes, in order. Raises `_Apart` when each command must be carried out by itself."""
    outcomes: list[Outcome] = []
    try:
        with writing(several[0].workshop_id) as write:
            people = holders.people_of([one.actor.token_id for one in several if one.actor.token_id is not None])
            changed = [_one(write, people, asked, outcomes) for asked in several]
            if not any(changed):
                raise _Nothing
            write.seq = write.workshop.clock  # the last number handed out may belong to a command that changed nothing
    except _Nothing:
        pass
    return outcomes


def _one(write: Writing, people: dict[int, Participant], asked: Asked, outcomes: list[Outcome]) -> bool:
    """Executes one of several commands and notes its outcome. Returns whether it has changed anything."""
    write.next()
    before = write.written
    try:
        somebody = people.get(asked.actor.token_id or 0)
        if asked.actor.role == PARTICIPANT and somebody is None:
            raise Refused("ended")
        known = known_answer(asked)
        outcomes.append(run(write, somebody, asked) if known is None else known)
    except Refused as refused:
        if write.written != before or db.session.new or db.session.dirty or db.session.deleted:
            raise _Apart from refused
        outcomes.append(refused)
    return write.written != before
