"""The journal: one row per accepted command, chained by hash (docs/architecture.md; rules in `rules.chain`)."""

from __future__ import annotations

import secrets
from typing import Any

from ..clock import now, stamp
from ..extensions import db
from ..models import JournalEntry, Workshop
from ..rules import chain
from .arguments import Args


def record(workshop: Workshop, actor: str, name: str, args: Args, facts: dict[str, Any]) -> JournalEntry:
    """Append the entry of an accepted command (inside its write transaction).

    The hash covers everything but the salt, so that the salt can be dropped when personal text is erased.
    """
    salt = secrets.token_hex(16)
    kept = args.for_journal(salt)
    moment = now()
    entry = {
        "workshop": workshop.id,
        "seq": workshop.clock,
        "at": stamp(moment),
        "actor": actor,
        "name": name,
        "args": kept | ({"facts": facts} if facts else {}),
    }
    previous = workshop.journal_hash or chain.START
    row = JournalEntry(
        workshop_id=workshop.id,
        seq=workshop.clock,
        at=moment,
        actor=actor,
        name=name,
        args=entry["args"],
        previous_hash=previous,
        hash=chain.link(previous, entry),
        salt=salt,
    )
    workshop.journal_hash = row.hash
    db.session.add(row)
    return row


def as_entry(row: JournalEntry) -> dict[str, Any]:
    """The part of a row that its hash covers, as `rules.chain` reads it."""
    return {
        "workshop": row.workshop_id,
        "seq": row.seq,
        "at": stamp(row.at),
        "actor": row.actor,
        "name": row.name,
        "args": dict(row.args),
    }
