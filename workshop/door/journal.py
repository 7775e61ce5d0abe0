"""The journal: one row per accepted command, chained by hash (docs/architecture.md; rules in `rules.chain`).

Each entry has an open part, which anybody may read and which proves what was agreed and counted, and a sealed part: the
actor and the arguments. The hash covers the open part and a salted digest of the sealed one, so the whole chain can be
published without showing who wrote an idea or cast a vote (docs/proof.md).
"""

from __future__ import annotations

import secrets
from typing import Any

from workshop.clock import now
from workshop.door.arguments import Args
from workshop.extensions import db
from workshop.models import JournalEntry, Workshop
from workshop.models.history import open_part
from workshop.rules import chain


def entry(
    workshop: Workshop,
    actor: str,
    name: str,
    args: Args,
    facts: dict[str, Any],
    proof: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Returns the columns of the entry that continues the journal's chain with an accepted command. The caller writes them,
    and the hash as the workshop's `journal_hash`, inside its write transaction.

    `facts` are sealed with the arguments, `proof` is open. The salt is deleted when personal text is erased.
    """
    salt = secrets.token_hex(16)
    kept = args.for_journal(salt) | ({"facts": facts} if facts else {})
    row: dict[str, Any] = {
        "workshop_id": workshop.id,
        "seq": workshop.clock,
        "at": now(),
        "actor": actor,
        "name": name,
        "args": kept,
        "proof": proof or {},
        "sealed": chain.digest(chain.canonical({"actor": actor, "args": kept}), bytes.fromhex(salt)),
        "previous_hash": workshop.journal_hash or chain.START,
        "salt": salt,
    }
    row["hash"] = chain.link(row["previous_hash"], open_part(row))
    return row


def asked_the_same(workshop_id: int, seq: int, args: Args) -> bool:
    """Returns whether the entry's command had exactly these arguments, texts included. False where the salt is gone, so
    that nobody is taken for a person whose name was erased."""
    row = db.session.get(JournalEntry, (workshop_id, seq))
    if row is None or row.salt is None:
        return False
    return args.for_journal(row.salt) == {name: value for name, value in row.args.items() if name != "facts"}
