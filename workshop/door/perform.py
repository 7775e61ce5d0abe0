"""Executes one command in one short write transaction."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, select

from workshop import locks, metrics
from workshop.door import journal, undo_log
from workshop.door.arguments import Args, parse
from workshop.door.context import Context
from workshop.door.registry import BEFORE, COMMANDS, Command
from workshop.extensions import db
from workshop.identity import VISITOR, Actor, check_actor, kept_id
from workshop.models import Answer, JournalEntry, Participant, kept
from workshop.rules.refusal import Refused
from workshop.store import Writing, writing

#: 16 random bytes as hex, or a UUID (docs/protocol.md)
_COMMAND_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


_answers = Answer.__table__.c
_KNOWN = select(_answers.name, _answers.seq, _answers.result, _answers.workshop_id).where(
    _answers.actor == bindparam("actor"), _answers.command_id == bindparam("id")
)


@dataclass(frozen=True)
class Asked:
    """A command whose name, id, role and arguments have been checked; nothing is locked yet."""

    actor: Actor
    command: Command
    args: Args
    command_id: str | None
    prepared: Any = None

    @property
    def workshop_id(self) -> int:
        """Returns the workshop of the actor; `read` refuses an actor without one."""
        assert self.actor.workshop_id is not None
        return self.actor.workshop_id

    @cached_property
    def kept(self) -> str | None:
        """Returns the command id in the form in which the database stores it; None for a command without an id."""
        return None if self.command_id is None else kept_id(self.actor, self.command_id, self.workshop_id)

    @cached_property
    def secret(self) -> dict[str, Any]:
        """Returns what is sent only to whoever gave the command (`Command.secret_result`); empty for most commands."""
        make = self.command.secret_result
        return make(self.actor, self.command_id.lower()) if make is not None and self.command_id is not None else {}

    def answer(self, seq: int, result: dict[str, Any] | None) -> dict[str, Any]:
        """Returns the answer to a command that changed the workshop at number `seq`, now or when it was sent before."""
        answer: dict[str, Any] = {"ok": True, "seq": seq}
        if result is not None or self.secret:
            answer["result"] = {**(result or {}), **self.secret}
        return answer


class _Known(Exception):
    """Raised to roll back when this command id was already processed."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer


def perform(actor: Actor, name: str, args: dict[str, Any], command_id: str | None = None) -> dict[str, Any]:
    """Executes a command. Returns `{"ok": True, "seq": n, "result"?: {...}}`.

    The client makes `command_id`; the same actor that sends it again gets the stored answer, and nothing changes. Raises
    `Refused`; then nothing has changed and nothing is stored.
    """
    with counted(actor, name):
        return carry_out(read(actor, name, args, command_id))


def counted(actor: Actor, name: str) -> AbstractContextManager[None]:
    """Returns a block that counts and logs a command (`metrics.command`). All names of no command count as `unknown`, because
    clients could send any number of them."""
    known = isinstance(name, str) and name in COMMANDS
    return metrics.command(actor.workshop_id, name if known else "unknown")


def read(actor: Actor, name: str, args: dict[str, Any], command_id: str | None) -> Asked:
    """Returns a command with its arguments validated and its slow work (`Command.prepare`) done. Raises `Refused`."""
    return prepare(well_formed(actor, name, args, command_id))


def prepare(asked: Asked) -> Asked:
    """Returns the command with its slow work (`Command.prepare`) done, if it has any. Raises `Refused`."""
    heavy = asked.command.prepare
    return asked if heavy is None else replace(asked, prepared=heavy(asked.actor, asked.args))


def well_formed(actor: Actor, name: str, args: dict[str, Any], command_id: str | None) -> Asked:
    """Returns a command with its arguments validated, if the actor's role may give it. Raises `Refused`."""
    command = COMMANDS.get(name) if isinstance(name, str) else None
    if command is None:
        raise Refused("malformed", "name")
    if command_id is not None and not (isinstance(command_id, str) and _COMMAND_ID.fullmatch(command_id.lower())):
        raise Refused("malformed", "id")
    if actor.role not in command.roles:
        raise Refused("not_allowed")
    parsed = parse(command.args, args)
    if actor.workshop_id is None:
        raise Refused("not_found", "workshop")
    if command.secret_result is not None and command_id is None:
        raise Refused("malformed", "id")
    return Asked(actor, command, parsed, command_id)


@locks.again
def carry_out(asked: Asked) -> dict[str, Any]:
    """Executes one command in a transaction of its own. Returns the answer. Raises `Refused`."""
    try:
        with writing(asked.workshop_id) as write:
            somebody = check_actor(asked.actor)
            answer = known_answer(asked)
            if answer is not None:
                raise _Known(answer)
            return run(write, somebody, asked)
    except _Known as known:
        return known.answer


def known_answer(asked: Asked) -> dict[str, Any] | None:
    """Returns the answer to a command id that was already processed; None for a new one. A visitor must send the same
    arguments: another name or group means another person on the same device, who must not get the first person's token.
    Raises `Refused` for an id that was used for another command, or by another person."""
    if asked.kept is None:
        return None
    stored = kept.row(_KNOWN, actor=asked.actor.pseudonym, id=asked.kept)
    if stored is None:
        return None
    if stored.name != asked.command.name:
        raise Refused("malformed", "id")
    if asked.actor.role == VISITOR and not journal.asked_the_same(stored.workshop_id, stored.seq, asked.args):
        raise Refused("conflict", "id", another_person=True)
    return asked.answer(stored.seq, stored.result)


def run(write: Writing, somebody: Participant | None, asked: Asked) -> dict[str, Any]:
    """Executes a new command of an actor who may act, inside an open write. Returns the answer."""
    context, command, args = Context(write, asked.actor, somebody, asked.prepared, asked.secret), asked.command, asked.args
    _check_state(write, command)
    if command.name in BEFORE:
        BEFORE[command.name](context, args)
        # Written before the undo log starts, so that an undo does not take it back.
        db.session.flush()
    with undo_log.remembering(context, command.undoable):
        result = command.run(context, args)
        if command.after is not None:
            command.after(context)
    if result:
        context.facts.setdefault("result", result)
    write.tick()
    _note(context, asked, result)
    return asked.answer(write.seq, result)


def _note(context: Context, asked: Asked, result: dict[str, Any] | None) -> None:
    """Writes the journal's entry, and stores the answer under the command's id."""
    write, who = context.write, asked.actor.pseudonym
    entry = journal.entry(write.workshop, who, asked.command.name, asked.args, context.facts, context.proof)
    write.put_off(kept.insert(JournalEntry), write.seq, **entry)
    write.chain(entry["hash"])
    if asked.kept is not None:
        row = {"actor": who, "command_id": asked.kept, "workshop_id": write.workshop.id, "name": asked.command.name}
        write.put_off(kept.insert(Answer), write.seq, **row, seq=write.seq, result=result)


def _check_state(write: Writing, command: Command) -> None:
    state = write.workshop.state
    if state == "closed" and not command.while_closed:
        raise Refused("closed", "workshop")
    if state == "draft" and not command.while_draft:
        raise Refused("not_open", "workshop")
