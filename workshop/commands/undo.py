"""Undo: reverting exactly what one's own last command changed, for a few seconds.

Only the columns that the command changed are restored, and only if each still holds what the command wrote. If somebody has
changed one since, nothing is restored, and the refusal names what has changed (`undo_checks`, docs/decisions.md).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from workshop.commands import labels, undo_checks
from workshop.commands.checks import recheck
from workshop.commands.room.settings import refuse_lowered
from workshop.commands.undo_plan import Change, Plan
from workshop.door.arguments import Args
from workshop.door.context import Context
from workshop.door.registry import COMMANDS, FACILITATORS, Result, command
from workshop.door.undo_log import attribute_of
from workshop.extensions import db
from workshop.models import Idea, JournalEntry, Participation, Tombstone, Undo, Workshop
from workshop.models.base import Stamped
from workshop.rules.refusal import Refused

#: ten seconds on the screen, and a few for the transport
SECONDS = 15
#: the largest whole number that every reader of JSON keeps exactly
MOST = 2**53
#: what the board shows: its own record, apart from the workshop's
_BOARD = frozenset({"board_shows", "board_zoom", "board_page"})


class UndoArgs(Args):
    seq: Annotated[int, Field(ge=1, le=MOST)]


@command("undo", UndoArgs, FACILITATORS, after=recheck, while_closed=True)
def undo(context: Context, args: UndoArgs) -> Result:
    """Undo one's own command with this `seq`. Raises `not_yours` for somebody else's, `ended` when the time is over, and
    `conflict` if others have changed or used what it changed: `moved` names each record, with the fields that differ from
    what the command wrote, or without fields if something depends on the whole record."""
    kept = _kept(context, args.seq)
    entry = db.session.get_one(JournalEntry, (context.workshop.id, args.seq))
    plan = Plan.of(context, kept, entry)
    undo_checks.check_action(context, COMMANDS[entry.name])
    undo_checks.check_held(plan)
    undo_checks.check_rules(context, plan)
    minimum = context.workshop.privacy_minimum
    with labels.following(context):
        for change in plan.changes:
            _take_back(context, change)
    refuse_lowered(context.workshop, minimum, context.workshop.privacy_minimum)
    context.touch_mine(*kept.rows.get("own", ()))
    db.session.delete(kept)
    context.proof["undone"] = args.seq
    return None


def _kept(context: Context, seq: int) -> Undo:
    """Returns what is stored of the command, if the actor may still undo it."""
    kept: Undo | None = db.session.scalar(select(Undo).where(Undo.workshop_id == context.workshop.id, Undo.seq == seq))
    if kept is None:
        raise Refused("not_found", "seq")
    if kept.actor != context.actor.pseudonym:
        raise Refused("not_yours", "seq")
    # A row from before an upgrade of the server has another form, and is older than that anyway.
    if context.now() - kept.at > timedelta(seconds=SECONDS) or "changes" not in kept.rows:
        raise Refused("ended", "seq")
    later = db.session.scalar(
        select(JournalEntry.seq).where(
            JournalEntry.workshop_id == context.workshop.id,
            JournalEntry.seq > seq,
            JournalEntry.actor == context.actor.pseudonym,
        )
    )
    if later is not None:
        raise Refused("conflict", "seq", last=later)
    return kept


def _take_back(context: Context, change: Change) -> None:
    if change.kind == "made":
        _unmake(context, change.row)
    elif change.kind == "removed":
        _bring_back(context, change)
    elif change.row is not None:
        _put_back(context, change)


def _unmake(context: Context, row: Any) -> None:
    if row is None:
        return
    if isinstance(row, Participation):
        context.touch_mine(row.participant_id)
    context.write.remove(row) if isinstance(row, Stamped) else db.session.delete(row)


def _bring_back(context: Context, change: Change) -> None:
    row = change.model(**{attribute_of(change.model, name): change.value(name) for name in change.before})
    tombstone = db.session.get(Tombstone, (context.workshop.id, row.record_id))
    if tombstone is not None:
        db.session.delete(tombstone)
    context.add(row)


def _put_back(context: Context, change: Change) -> None:
    row, names = change.row, set(change.before)
    for name in names:
        setattr(row, attribute_of(change.model, name), change.value(name))
    if isinstance(row, Workshop):
        if names & _BOARD:
            context.write.touch_board()
        if not (change.stamped or names - _BOARD):
            return
    if isinstance(row, Idea):
        # The room saw it, so a tombstone must remove it from the screens.
        row.shown_seq = row.shown_seq or context.seq
    if isinstance(row, Stamped) and (change.stamped or names):
        context.touch(row)
