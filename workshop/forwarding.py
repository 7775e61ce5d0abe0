"""Commands go to the process that holds the workshop (`leases`), whose transactions they share; the answer comes back.

Nothing depends on it. Where the holder does not answer, where Redis or the database has a fault, or with one process alone,
a command is carried out where it arrived, under the row lock of the workshop: its id makes a second time harmless. One that
came without an id gets one before it is sent. `letters` keeps what is sent secret, and what others send out.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from flask import Flask, current_app

from workshop import faults, gathering, locks, metrics, rate_limits
from workshop.door.perform import Asked, counted, well_formed
from workshop.extensions import db, socketio
from workshop.gathering import Complete, Told
from workshop.identity import Actor
from workshop.leases import BEAT, Leases
from workshop.letters import EVERYBODY, Envelopes, as_parts, as_refused
from workshop.rules.refusal import Refused
from workshop.spreading import Spread

#: seconds without a word of the holder after which its answer is not waited for any more; it says something each second
PATIENCE = 2.5
#: seconds that the answer of a busy holder is waited for
LONGEST = 6.0
#: seconds for all of it, with the wait for a lock that may follow: less than a phone waits (static/js/live/line.js, 8 s)
_ALL = 7.5
#: a holder that did not answer is not asked again for so long, seconds
REST = 2.0
_EXTENSION = "rundbord_forwarding"
_log = logging.getLogger(__name__)


class Post(Protocol):
    """What carries messages to other processes (`live.bus.Bus`)."""

    def flush(self) -> None:
        """Has `collect` called, and what it returns sent, soon."""

    def is_listening(self) -> bool:
        """Returns whether messages of others arrive."""


@dataclass(eq=False)
class _Waiting:
    """A command that another process was asked to carry out. `turn` is held until there is an answer or none will come."""

    told: Told | None
    turn: threading.Lock = field(default_factory=threading.Lock)
    answer: dict[str, Any] | None = None


def perform(
    actor: Actor,
    name: str,
    args: dict[str, Any],
    command_id: str | None = None,
    complete: Complete | None = None,
    told: Told | None = None,
) -> dict[str, Any]:
    """Executes a command as `door.perform` does: in the process that holds the workshop, in one transaction with others that
    wait there. `complete` adds to the answer, `told` notes it before anything else runs. Raises `Refused`."""
    with counted(actor, name):
        asked = well_formed(actor, name, args, command_id)
        line: Forwarding | None = current_app.extensions.get(_EXTENSION)
        if line is None:
            return gathering.carry_out(asked, complete, told)
        return line.perform(asked, args, complete, told)


class Forwarding:
    """One process's side: it asks the holders of workshops, and answers those that ask it."""

    def __init__(self, app: Flask, leases: Leases, post: Post, complete: Complete) -> None:
        """`complete` adds to the answers of commands that screens gave."""
        self.app = app
        self.leases = leases
        self.post = post
        self.complete = complete
        self.spread = Spread()
        self.stopping = False
        self._envelopes = Envelopes(str(app.config["SECRET_KEY"]), leases.process, leases.database_time)
        self._number = 0
        self._waiting: dict[int, _Waiting] = {}
        #: what is to be sent, by process: the number of the command that is asked for, if it is one, and the letter
        self._out: dict[str, list[tuple[int | None, str]]] = {}
        #: to whom each message went that is being sent, with the numbers of the commands in it
        self._sent: list[tuple[str, list[int]]] = []
        #: processes that did not answer, and until when they are not asked
        self._silent: dict[str, float] = {}

    def start(self, connected: Callable[[], Sequence[int]]) -> None:
        """Renews the leases as long as the server runs. `connected` returns the workshops somebody here is connected to."""
        self.app.extensions[_EXTENSION] = self
        rate_limits.tell_others_by(self._tell_hit)
        socketio.start_background_task(self._keep, connected)

    def stop(self) -> None:
        """Gives the leases back: the process ends. What is still asked of it is sent back at once."""
        self.stopping = True
        self.leases.give_back_all()

    def _keep(self, connected: Callable[[], Sequence[int]]) -> None:
        with self.app.app_context():
            self.leases.clear()
        while not self.stopping:
            with faults.survived("keeping leases"), self.app.app_context():
                # Who hears nobody is no holder: its leases run out, and everybody does without.
                if self.post.is_listening():
                    self._beat(connected())
            socketio.sleep(BEAT)

    def _beat(self, connected: Sequence[int]) -> None:
        self.leases.beat(connected)
        self._write(EVERYBODY, json.dumps(self.spread.second(connected)))
        found = self.spread.to_hand_over(self.leases.held)
        if found is not None:
            self.leases.hand_over(*found)

    def perform(self, asked: Asked, args: dict[str, Any], complete: Complete | None, told: Told | None) -> dict[str, Any]:
        """Executes a well-formed command there or here. Returns the answer. Raises `Refused`."""
        holder = self._holder(asked.workshop_id)
        if holder is not None:
            # The id is kept where this process has to carry it out itself after all.
            asked = asked if asked.command_id else replace(asked, command_id=secrets.token_hex(16))
            began, answer = time.monotonic(), self._ask(holder, asked, args, complete is not None, told)
            metrics.forwarded.labels("fallback" if answer is None else "answered").inc()
            if answer is not None:
                return _given(answer)
            with locks.waiting_at_most(min(locks.PATIENCE, _ALL - (time.monotonic() - began))):
                return gathering.carry_out(asked, complete, told)
        self.spread.count(asked.workshop_id)
        return gathering.carry_out(asked, complete, told)

    def _holder(self, workshop_id: int) -> str | None:
        """Returns the other process that is to be asked; None where this one carries the command out."""
        if self.stopping or not self.post.is_listening():
            return None
        holder = self.leases.holder(workshop_id)
        if holder is None or holder == self.leases.process or self._silent.get(holder, 0.0) > time.monotonic():
            return None
        return holder

    def _ask(
        self, holder: str, asked: Asked, args: dict[str, Any], by_screen: bool, told: Told | None
    ) -> dict[str, Any] | None:
        """Returns what the holder answers; None where it does not."""
        # While it waits it holds no connection to the database.
        db.session.rollback()
        self._number += 1
        number, waiting = self._number, _Waiting(told)
        ask = {"ask": number, "actor": asdict(asked.actor), "name": asked.command.name, "args": args}
        try:
            letter = json.dumps({**ask, "id": asked.command_id, "screen": by_screen})
        except TypeError:  # a form of the server's own gave what JSON has no word for
            return None
        waiting.turn.acquire()
        self._waiting[number] = waiting
        try:
            self._write(holder, letter, number)
            began = time.monotonic()
            while not waiting.turn.acquire(timeout=BEAT):
                moment = time.monotonic()
                if moment - max(began, self._envelopes.lived.get(holder, 0.0)) > PATIENCE:
                    self._silent[holder] = moment + REST
                    break
                if moment - began > LONGEST:
                    break
            return waiting.answer
        finally:
            self._waiting.pop(number, None)

    def _write(self, process: str, letter: str, number: int | None = None) -> None:
        self._out.setdefault(process, []).append((number, letter))
        self.post.flush()

    def _tell_hit(self, who: Sequence[str], cleared: bool) -> None:
        """Has every process count what is limited over all of them. Where Redis is away each counts by itself."""
        self._write(EVERYBODY, json.dumps({"hit": list(who), "cleared": cleared}))

    def has_mail(self) -> bool:
        """Returns whether something is to be sent."""
        return bool(self._out)

    def collect(self) -> list[tuple[str, bytes]]:
        """Returns what is to be sent: to which process, and one message with everything for it."""
        out, self._out = self._out, {}
        self._sent, messages = [], []
        for process, letters in out.items():
            self._sent.append((process, [number for number, _ in letters if number is not None]))
            messages.append((process, self._envelopes.close(process, [letter for _, letter in letters])))
        return messages

    def sent(self, receivers: Sequence[int] | None) -> None:
        """Receives how many heard each message of `collect`; None where Redis did not say. Whoever waits for an answer that
        cannot come goes on by itself."""
        for place, (process, numbers) in enumerate(self._sent):
            if receivers is None or not receivers[place]:
                if numbers:
                    self._silent[process] = time.monotonic() + REST
                for number in numbers:
                    self._end(number, None)

    def heard(self, to: str, message: bytes) -> None:
        """Receives a message of another process to this one or to `EVERYBODY`."""
        process, letters = self._envelopes.open(to, message)
        for letter in letters:
            if "ask" in letter:
                socketio.start_background_task(self._answer, process, letter)
            elif "load" in letter:
                self.spread.heard(process, letter)
            elif "hit" in letter:
                rate_limits.told_by_another(letter["hit"], letter["cleared"])
            else:
                self._end(letter["answers"], letter)

    def _end(self, number: int, answer: dict[str, Any] | None) -> None:
        """Lets the one go on who waits for this answer. It is noted first: the pump may run before the one who waits."""
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return
        if answer is not None and not answer.get("left"):
            waiting.answer = answer
            if waiting.told is not None and "given" in answer:
                waiting.told(answer["given"])
        waiting.turn.release()

    def _answer(self, process: str, letter: dict[str, Any]) -> None:
        """Carries out a command for another process, whoever holds the workshop by now."""
        try:
            reply = json.dumps({"answers": letter["ask"], **self._reply(letter)})
        except Exception as error:  # noqa: BLE001 - as live.socket answers it
            number = secrets.token_hex(4)
            _log.error("fault %s", number, exc_info=error)
            reply = json.dumps({"answers": letter["ask"], "refused": as_parts(Refused("broken", number=number))})
        self._write(process, reply)

    def _reply(self, letter: dict[str, Any]) -> dict[str, Any]:
        if self.stopping:
            return {"left": True}
        metrics.for_others.inc()
        try:
            with self.app.app_context():
                return {"given": self._carry_out(letter)}
        except Refused as refused:
            return {"refused": as_parts(refused)}

    def _carry_out(self, letter: dict[str, Any]) -> dict[str, Any]:
        actor = Actor(**letter["actor"])
        if letter["screen"]:
            # Counted where the workshop is held too, so that two connections to two processes have one limit.
            rate_limits.check(actor)
        asked = well_formed(actor, letter["name"], letter["args"], letter["id"])
        self.spread.count(asked.workshop_id)
        return gathering.carry_out(asked, self.complete if letter["screen"] else None)


def _given(answer: dict[str, Any]) -> dict[str, Any]:
    """Returns the answer of another process. Raises its refusal."""
    if "refused" in answer:
        raise as_refused(answer["refused"])
    given: dict[str, Any] = answer["given"]
    return given
