"""What the journal's open part says of an act after the seminar, so that an outsider can compute every state again
(docs/proof.md)."""

from __future__ import annotations

from typing import Any

from workshop import identity, secrecy
from workshop.door.context import Context
from workshop.rules.chain import fingerprint


def words_hash(**words: object) -> str:
    """Returns the fingerprint of what was said in public, for the journal's open part: a changed word is found."""
    return fingerprint(words)


def told(context: Context, act: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Returns what the journal says openly of an act: its facts, with `id` and `on` among them. Of an agreement that is for
    its parties only just that there was an act: a salted fingerprint stands for the facts, and whoever has the salt (the
    organiser's file gives it) can check them."""
    on = facts["on"]
    found = context.items.get(on)
    if found is None or not found.withheld:
        return facts
    salt = secrecy.act_salt(identity.secret(), context.workshop.id, act, facts["id"])
    return {"id": facts["id"], "on": on, "sealed": fingerprint(facts | {"salt": salt})}
