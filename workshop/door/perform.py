"""Executes one command in one short write transaction."""

from __future__ import annotations

import re
from typing import Any

from workshop import locks
from workshop.door import journal, undo_log
from workshop.door.arguments import Args, parse
from workshop.door.context import Context
from workshop.door.registry import BEFORE, COMMANDS, Command
from workshop.extensions import db
from workshop.identity import VISITOR, Actor, check_actor, kept_id
from workshop.models import Answer
from workshop.rules.refusal import Refused
from workshop.store import Writing, writing

#: 16 random bytes as hex, or a UUID (docs/protocol.md)
_COMMAND_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class _Known(Exception):
    """Raised to roll back when this command id was already processed."""

    def __init__(self, answer: Answer) -> None:
        self.seq = answer.seq
        self.result = dict(answer.result) if answer.result is not None else None
        self.name = answer.name


def perform(actor: Actor, name: str, args: dict[str, Any], command_id: str | None = None) -> dict[str, Any]:
    """Executes a command. Returns `{"ok": True, "seq": n, "result"?: {...}}`.

    The client makes `command_id`; the same actor that sends it again gets the stored answer, and nothing changes. Raises
    `Refused`; then nothing has changed and nothing is stored.
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
    if command.secret_result is not None and command_id is None:
        raise Refused("malformed", "id")
    prepared = command.prepare(actor, parsed) if command.prepare is not None else None
    return _in_a_transaction(actor, command, parsed, prepared, command_id)


@locks.again
def _in_a_transaction(actor: Actor, command: Command, parsed: Args, prepared: Any, command_id: str | None) -> dict[str, Any]:
    assert actor.workshop_id is not None
    secret = command.secret_result(actor, command_id.lower()) if command.secret_result and command_id else {}
    try:
        with writing(actor.workshop_id) as write:
            somebody = check_actor(actor)
            kept = kept_id(actor, command_id, actor.workshop_id) if command_id is not None else None
            if kept is not None:
                _stop_if_known(actor, command.name, kept, parsed)
            result, seq = _carry_out(Context(write, actor, somebody, prepared, secret), command, parsed, kept)
    except _Known as known:
        return _answer(known.seq, known.result, secret)
    return _answer(seq, result, secret)


def _stop_if_known(actor: Actor, name: str, kept: str, args: Args) -> None:
    """Raises `_Known` for a command id that was already processed. A visitor must send the same arguments: another name or
    group means another person on the same device, who must not get the first person's token."""
    stored = db.session.get(Answer, (actor.pseudonym, kept))
    if stored is None:
        return
    if stored.name != name:
        raise Refused("malformed", "id")
    if actor.role == VISITOR and not journal.asked_the_same(stored.workshop_id, stored.seq, args):
        raise Refused("conflict", "id", another_person=True)
    raise _Known(stored)


def _carry_out(context: Context, command: Command, args: Args, kept: str | None) -> tuple[dict[str, Any] | None, int]:
    write, actor = context.write, context.actor
    _check_state(write, command)
    if command.name in BEFORE:
        BEFORE[command.name](context, args)
        # What an undo takes back begins after this.
        db.session.flush()
    with undo_log.remembering(context, command.undoable):
        result = command.run(context, args)
        if command.after is not None:
            command.after(context)
    if result:
        context.facts.setdefault("result", result)
    write.tick()
    journal.record(write.workshop, actor.pseudonym, command.name, args, context.facts, context.proof)
    if kept is not None:
        db.session.add(
            Answer(
                actor=actor.pseudonym,
                command_id=kept,
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


def _answer(seq: int, result: dict[str, Any] | None, secret: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": True, "seq": seq}
    if result is not None or secret:
        answer["result"] = {**(result or {}), **secret}
    return answer
