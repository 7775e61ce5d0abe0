"""Gathers the commands of one workshop that arrive together, so that `door.batch` carries them out in one transaction.

Whoever finds nobody at work leads: it lets the others line up, takes what waits, and gives each its answer; the first of
those who came meanwhile leads next. Nothing is acknowledged before the commit, and nothing waits inside the transaction.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from workshop import metrics
from workshop.door.batch import Outcome, carry_out_alone, carry_out_together
from workshop.door.perform import Asked, prepare
from workshop.extensions import db, socketio
from workshop.identity import PARTICIPANT, VISITOR, Actor
from workshop.locks import Locked
from workshop.rules.refusal import Refused

#: so many commands at most are carried out in one transaction: nobody else is served meanwhile
MOST = 32
#: adds to the answers of several commands after the commit
Complete = Callable[[Sequence[tuple[Actor, dict[str, Any]]]], None]
#: notes one complete answer before anything else runs
Told = Callable[[dict[str, Any]], None]

_LINES = "rundbord_lines"
_guard = threading.Lock()


@dataclass(eq=False)
class _Place:
    """A command in the line of its workshop. `turn` is held until there is an outcome, or until it leads."""

    asked: Asked
    complete: Complete | None
    told: Told | None
    turn: threading.Lock = field(default_factory=threading.Lock)
    outcome: Outcome | None = None
    leads: bool = False


def carry_out(asked: Asked, complete: Complete | None = None, told: Told | None = None) -> dict[str, Any]:
    """Prepares and executes a well-formed command in this process, where it may be in one transaction with others that wait.
    `complete` adds to the answer, `told` notes it. Returns the answer. Raises `Refused`."""
    place = _Place(prepare(asked), complete, told)
    outcome = _outcome_of(place)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _outcome_of(place: _Place) -> Outcome:
    """Has the command carried out, with others or alone."""
    if place.asked.command.together and place.asked.actor.role in (PARTICIPANT, VISITOR):
        # While it waits it holds no connection to the database.
        db.session.rollback()
        return _gathered(place)
    _settle([place], [carry_out_alone(place.asked)])
    assert place.outcome is not None
    return place.outcome


def _gathered(place: _Place) -> Outcome:
    """Waits in line and returns what became of the command."""
    lines, number = current_app.extensions.setdefault(_LINES, {}), place.asked.workshop_id
    with _guard:
        place.leads = number not in lines
        line: deque[_Place] = lines.setdefault(number, deque())
        line.append(place)
        place.turn.acquire()
    several: list[_Place] = []
    try:
        if not place.leads:
            place.turn.acquire()
        if place.outcome is None:
            socketio.sleep(0)  # what has arrived by now lines up
            several = _taken(line)
            metrics.batches.observe(len(several))
            outcomes = carry_out_together([one.asked for one in several])
            if any(isinstance(outcome, Locked) for outcome in outcomes):
                # Whoever waits behind them would meet the same lock, and would have waited longer.
                several += _taken(line, everybody=True)
                outcomes = [Locked() for _ in several]
            _settle(several, outcomes)
    finally:
        _leave(lines, number, place, several)
    return place.outcome or Refused("broken")


def _taken(line: deque[_Place], *, everybody: bool = False) -> list[_Place]:
    """Takes commands from the line in their order, at most one of each person: what a person sends next may build on it. With
    `everybody` all of them."""
    with _guard:
        people: set[Any] = set()
        taken: list[_Place] = []
        left: list[_Place] = []
        for place in line:
            asked = place.asked
            who = asked.actor.participant_id or asked.kept or id(asked)
            fits = everybody or (len(taken) < MOST and who not in people)
            people.add(who)
            (taken if fits else left).append(place)
        line.clear()
        line.extend(left)
    return taken


def _settle(several: list[_Place], outcomes: Sequence[Outcome]) -> None:
    """Gives each its outcome, once all answers are complete."""
    found = list(zip(several, outcomes, strict=True))
    for complete in dict.fromkeys(place.complete for place in several):
        done = [(place.asked.actor, one) for place, one in found if place.complete is complete and isinstance(one, dict)]
        if complete is not None and done:
            complete(done)
    for place, outcome in found:
        if place.told is not None and isinstance(outcome, dict):
            place.told(outcome)
        place.outcome = outcome


def _leave(lines: dict[int, deque[_Place]], number: int, place: _Place, several: list[_Place]) -> None:
    """Wakes those whose command was carried out, and lets the first of those who still wait lead. However it ends: a place
    that nobody waits at must not stay in the line."""
    with _guard:
        line = lines.get(number, deque())
        if place in line:
            line.remove(place)
        if place.leads:
            if line:
                line[0].leads = True
                line[0].turn.release()
            else:
                del lines[number]
    for other in several:
        # Without an outcome something went wrong on the way: the client sends it again and gets the stored answer.
        other.outcome = other.outcome or Refused("broken")
        if other is not place:
            other.turn.release()
