"""Undo: putting back the rows as they were before one's own last action, for a few seconds."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import inspect, select

from ..extensions import db
from ..models import Ballot, Decision, Idea, JournalEntry, Participant, Participation, Tombstone, Undo, Workshop
from ..models.base import Stamped
from ..rules.refusal import Refused
from . import deadlines, ideas
from .arguments import Args
from .context import Context
from .registry import CHAIRS, Result, command
from .undoing import from_json

#: ten seconds on the screen, and a few for the way there
SECONDS = 15
#: the largest whole number that every reader of JSON keeps exactly
MOST = 2**53


class UndoArgs(Args):
    seq: Annotated[int, Field(ge=1, le=MOST)]


@command("undo", UndoArgs, CHAIRS, rechecks=True, while_closed=True)
def undo(context: Context, args: UndoArgs) -> Result:
    """Undo one's own action with this `seq`. Raises `not_yours` for somebody else's, `ended` when the time is up, and
    `conflict` when what it changed has been changed again."""
    kept = db.session.scalar(
        select(Undo).where(Undo.workshop_id == context.workshop.id, Undo.seq == args.seq)
    )
    if kept is None:
        raise Refused("not_found", "seq")
    if kept.actor != context.actor.pseudonym:
        raise Refused("not_yours", "seq")
    if context.now() - kept.at > timedelta(seconds=SECONDS):
        raise Refused("ended", "seq")
    _check_last(context, args.seq)
    images = kept.rows["images"]
    rows = [_row(image) for image in images]
    entry = db.session.get_one(JournalEntry, (context.workshop.id, args.seq))
    if entry.name in deadlines.EXTENSIONS:
        _take_time_back(context, args.seq, images, rows)
    else:
        _check_untouched(args.seq, images, rows)
        for image, row in zip(images, rows, strict=True):
            _restore(context, image, row)
    db.session.delete(kept)
    context.proof["undone"] = args.seq
    return None


def _model(table: str) -> Any:
    return next(
        mapper.class_ for mapper in Workshop.registry.mappers if mapper.class_.__tablename__ == table
    )


def _row(image: dict[str, Any]) -> Any:
    return db.session.get(_model(image["table"]), tuple(image["key"]))


def _check_last(context: Context, seq: int) -> None:
    """Only one's own last action is undone."""
    later = db.session.scalar(
        select(JournalEntry.seq).where(
            JournalEntry.workshop_id == context.workshop.id,
            JournalEntry.seq > seq,
            JournalEntry.actor == context.actor.pseudonym,
        )
    )
    if later is not None:
        raise Refused("conflict", "seq", last=later)


def _take_time_back(context: Context, seq: int, images: list[dict[str, Any]], rows: list[Any]) -> None:
    """A vote that was given time goes on while people vote: only its clock is put back."""
    for image, row in zip(images, rows, strict=True):
        if isinstance(row, Ballot | Decision):
            deadlines.take_back(context, seq, row, from_json(image["before"]["ends_at"]))


def _check_untouched(seq: int, images: list[dict[str, Any]], rows: list[Any]) -> None:
    """Nobody may have worked on any of the rows since."""
    for image, row in zip(images, rows, strict=True):
        gone = row is None and image["before"] is None
        changed = isinstance(row, Stamped) and not isinstance(row, Workshop) and row.seq > seq
        # The papers of a vote that has ended are sealed or destroyed: it cannot be opened again.
        ended = isinstance(row, Ballot | Decision) and image["before"] is not None
        if gone or changed or ended:
            raise Refused("conflict", "seq")


def _restore(context: Context, image: dict[str, Any], row: Any) -> None:
    before = image["before"]
    if before is None:
        if isinstance(row, Participation):
            context.touch_mine(row.participant_id)
        context.write.remove(row) if isinstance(row, Stamped) else db.session.delete(row)
        return
    values = {name: from_json(value) for name, value in before.items() if name != "seq"}
    if row is None:
        row = _model(image["table"])(**values)
        tombstone = db.session.get(Tombstone, (context.workshop.id, f"{row.kind}:{image['key'][0]}"))
        if tombstone is not None:
            db.session.delete(tombstone)
        context.add(row)
        return
    board = isinstance(row, Workshop) and row.board_shows != before["board_shows"]
    for name, value in values.items():
        if name not in ("board_seq", *_keys(row)):
            setattr(row, name, value)
    if board:
        context.write.touch_board()
    if isinstance(row, Idea):
        # The room saw it: it must be told to take it away again.
        row.shown_seq = row.shown_seq or context.seq
        ideas.tell(context, row)
    if isinstance(row, Participant):
        context.touch_mine(row)
    if isinstance(row, Stamped):
        context.touch(row)


def _keys(row: Any) -> set[str]:
    return {column.key for column in inspect(type(row)).primary_key}
