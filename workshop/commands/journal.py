"""The journal: one row per accepted command, chained by hash (docs/architecture.md; rules in `rules.chain`).

Each entry has an open part, which anybody may read and which proves what was agreed and counted, and a sealed part: who
did it, with which arguments. The hash covers the open part and a salted digest of the sealed one. So the whole chain is
published with the result, and tells nobody who wrote an idea or cast a vote (docs/proof.md).
"""

from __future__ import annotations

import secrets
from typing import Any

from ..clock import now
from ..extensions import db
from ..models import JournalEntry, Workshop
from ..rules import chain
from .arguments import Args


def record(
    workshop: Workshop,
    actor: str,
    name: str,
    args: Args,
    facts: dict[str, Any],
    proof: dict[str, Any] | None = None,
) -> JournalEntry:
    """Append the entry of an accepted command (inside its write transaction).

    `facts` stay sealed with the arguments, `proof` is open. The salt can be dropped when personal text is erased.
    """
    salt = secrets.token_hex(16)
    row = JournalEntry(
        workshop_id=workshop.id,
        seq=workshop.clock,
        at=now(),
        actor=actor,
        name=name,
        args=args.for_journal(salt) | ({"facts": facts} if facts else {}),
        proof=proof or {},
        previous_hash=workshop.journal_hash or chain.START,
        salt=salt,
    )
    row.sealed = chain.digest(chain.canonical({"actor": actor, "args": dict(row.args)}), bytes.fromhex(salt))
    row.hash = chain.link(row.previous_hash, row.as_entry())
    workshop.journal_hash = row.hash
    db.session.add(row)
    return row
