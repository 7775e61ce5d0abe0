"""Carrying out one command in one short write transaction."""

from __future__ import annotations

import re
from typing import Any

from ..extensions import db
from ..identity import Actor, check_actor
from ..models import Answer
from ..rules.refusal import Refused
from ..store import Writing, writing
from . import journal, rechecking, undoing
from .arguments import Args, parse
from .context import Context
from .registry import COMMANDS, Command

#: 16 random bytes as hex, or a UUID (docs/protocol.md)
_COMMAND_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class _Known(Exception):
    """The command id has been answered before; the transaction is given up."""

    def __init__(self, answer: Answer) -> None:
        self.seq = answer.seq
        self.result = dict(answer.result) if answer.result is not None else None
        self.name = answer.name


def perform(actor: Actor, name: str, args: dict[str, Any], command_id: str | None = None) -> dict[str, Any]:
    """Carry out a command and answer `{"ok": True, "seq": n, "result"?: {...}}`.

    `command_id` is made by the client; the same actor sending it again gets the stored answer and nothing changes.
    Raises `Refused`: nothing has changed and nothing is stored then.
    """
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
    prepared = command.prepare(actor, parsed) if command.prepare is not None else None
    try:
        with writing(actor.workshop_id) as write:
            somebody = check_actor(actor)
            if command_id is not None:
                _stop_if_known(actor, name, command_id)
            result, seq = _carry_out(Context(write, actor, somebody, prepared), command, parsed, command_id)
    except _Known as known:
        return _answer(known.seq, known.result)
    return _answer(seq, result)


def _stop_if_known(actor: Actor, name: str, command_id: str) -> None:
    stored = db.session.get(Answer, (actor.pseudonym, command_id))
    if stored is None:
        return
    if stored.name != name:
        raise Refused("malformed", "id")
    raise _Known(stored)


def _carry_out(
    context: Context, command: Command, args: Args, command_id: str | None
) -> tuple[dict[str, Any] | None, int]:
    write, actor = context.write, context.actor
    _check_state(write, command)
    with undoing.remembering(context, command.undoable):
        result = command.run(context, args)
        if command.rechecks:
            rechecking.recheck(context)
    if result:
        context.facts.setdefault("result", result)
    write.tick()
    journal.record(write.workshop, actor.pseudonym, command.name, args, context.facts, context.proof)
    if command_id is not None:
        db.session.add(
            Answer(
                actor=actor.pseudonym,
                command_id=command_id,
                workshop_id=write.workshop.id,
                name=command.name,
                seq=write.seq,
                result=result,
            )
        )
    return result, write.seq


def _check_state(write: Writing, command: Command) -> None:
    state = write.workshop.state
    if state == "closed" and not command.while_closed:
        raise Refused("closed", "workshop")
    if state == "draft" and not command.while_draft:
        raise Refused("not_open", "workshop")


def _answer(seq: int, result: dict[str, Any] | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": True, "seq": seq}
    if result is not None:
        answer["result"] = result
    return answer
