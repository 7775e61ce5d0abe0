"""How a reopened agreement is seen: the new version beside the one in force, and what was decided on it.

The new words are shown once the decision on them is open; before that only the organiser sees the draft. No count of votes
is shown before the decision closes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from workshop.clock import last_day_before, stamp
from workshop.extensions import db
from workshop.models import BallotPaper, Decision, Reopening, TextVersion, text_versions
from workshop.models.items import Item
from workshop.models.reopening import decision_of
from workshop.rules.disclosure import as_published
from workshop.rules.fingerprints import without_contacts
from workshop.rules.history import same_value
from workshop.screens.promises import Promises

Record = dict[str, Any]


def reopened(found: Item, said: Promises) -> list[Record]:
    """Returns the new versions of an agreement, the oldest first; empty for any other item."""
    return [_one(row, found, said) for row in said.reopenings.get(found.id, ())]


def _one(row: Reopening, found: Item, said: Promises) -> Record:
    decision = decision_of(row)
    return {
        "state": row.state,
        "reason": row.reason,
        "at": stamp(row.at),
        "ended_at": stamp(row.ended_at),
        "from_version": row.from_version,
        "from_edition": text_versions.edition_of(row.on, row.from_version),
        "version": row.version,
        "edition": text_versions.edition_of(row.on, row.version) if row.version is not None else None,
        "changes": _changes(row, found) if decision is not None else [],
        "parties": _parties(row, found, said) if decision is not None else [],
        **_decided(decision),
    }


def _decided(decision: Decision | None) -> Record:
    """Returns the decision by the cards, and once it is closed its counts and result; every value is None without one."""
    if decision is None:
        return dict.fromkeys(("decision", "opened_at", "until", "last_day", "cards", "voted", "result"))
    closed = decision.state == "closed"
    return {
        "decision": decision.record_id,
        "opened_at": stamp(decision.opened_at),
        "until": stamp(decision.ends_at),
        "last_day": last_day_before(decision.ends_at).isoformat() if decision.ends_at else None,
        "cards": sum(decision.eligible.values()) if closed else None,
        "voted": papers_of(decision) if closed else None,
        "result": as_published(decision.result or {}, ()) if closed else None,
    }


def papers_of(decision: Decision) -> int:
    """Returns how many cards have voted in a decision that is closed."""
    wanted = select(func.count()).select_from(BallotPaper).where(BallotPaper.vote_id == decision.record_id)
    return int(db.session.scalar(wanted) or 0)


def _changes(row: Reopening, found: Item) -> list[Record]:
    """Returns the fields that differ as `[{field, before, now}]`, without contacts. None and an empty text are equal."""
    before = db.session.scalar(
        select(TextVersion).where(TextVersion.text_id == row.on, TextVersion.version == row.from_version)
    )
    # Where the row of the earlier version is missing, the present words are compared.
    old, new = without_contacts(before.content if before is not None else found.content), without_contacts(row.content)
    changed = [name for name in new if not same_value(old.get(name), new[name])]
    return [{"field": name, "before": old.get(name), "now": new[name]} for name in changed]


def _parties(row: Reopening, found: Item, said: Promises) -> list[Record]:
    """Returns each party with its newest answer, `{party, accepted, words, at}`; `accepted` is None without an answer."""
    spoken = {word.party: word for word in said.party_words.get(row.id, ())}
    return [
        {
            "party": party,
            "accepted": spoken[party].accepted if party in spoken else None,
            "words": spoken[party].words if party in spoken else "",
            "at": stamp(spoken[party].at) if party in spoken else None,
        }
        for party in found.owners
    ]
