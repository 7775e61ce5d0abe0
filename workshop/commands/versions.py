"""Versions of goals and agreements: every wording is kept, and a vote is bound to one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..models import Agreement, Amendment, Goal, Idea, TextVersion
from ..rules.fingerprints import text_hash
from ..rules.refusal import Refused
from . import ballots, decisions
from .context import Context

Subject = Goal | Agreement
#: a text in one of these states is settled or gone
_CLOSED = ("agreed", "dropped", "intention")


def check_version(subject: Subject, version: int) -> None:
    """Raise `conflict` with the current version and text unless the edit was made on it; nothing is overwritten."""
    if version != subject.version:
        raise Refused("conflict", "version", version=subject.version, content=dict(subject.content))


def check_open(subject: Subject) -> None:
    """Raise `closed` for a text that is agreed or dropped."""
    if subject.state in _CLOSED:
        raise Refused("closed", subject.kind, state=subject.state)


def first_version(context: Context, subject: Subject, content: dict[str, Any]) -> None:
    """Store the first wording of a new text (already added)."""
    subject.content = content
    _keep(context, subject, [], "drafted", "")


def new_wording(
    context: Context, subject: Subject, changes: Mapping[str, Any], cause: str, reason: str = ""
) -> list[str]:
    """Apply changed fields; answers their names. A changed text is a new version once people could have read the old
    one with a vote in sight: an open decision on it closes as `text_changed`, and open amendments of the same fields
    are marked as stale (docs/rules.md sections 2 and 6)."""
    check_open(subject)
    changed = [name for name, value in changes.items() if subject.content.get(name) != value]
    if not changed:
        return []
    ballots.refuse_while_voted_on(context, subject.record_id)
    decisions.close_for_text_change(context, subject.record_id)
    if subject.state in ("deciding", "not_agreed"):
        subject.state = "proposed"
    subject.version += 1
    subject.content = {**subject.content, **{name: changes[name] for name in changed}}
    context.touch(subject)
    _keep(context, subject, changed, cause, reason)
    _mark_stale(context, subject, changed)
    authors_told(context)
    return changed


def _keep(context: Context, subject: Subject, changed: list[str], cause: str, reason: str) -> None:
    wording_hash = text_hash(subject.content)
    db.session.flush()
    db.session.add(
        TextVersion(
            workshop_id=context.workshop.id,
            subject=subject.record_id,
            version=subject.version,
            content=dict(subject.content),
            text_hash=wording_hash,
            changed=changed,
            by_role=context.actor.role,
            cause=cause,
            reason=reason,
            at=context.now(),
        )
    )
    context.proof.setdefault("texts", []).append(
        {
            "subject": subject.record_id,
            "version": subject.version,
            "text_hash": wording_hash,
            "changed": changed,
            "cause": cause,
        }
    )


def _mark_stale(context: Context, subject: Subject, changed: list[str]) -> None:
    rows = db.session.scalars(
        select(Amendment).where(
            Amendment.on == subject.record_id, Amendment.state == "open", Amendment.field.in_(changed)
        )
    )
    for amendment in rows:
        amendment.stale = True
        context.touch(amendment)
        context.touch_mine(amendment.participant_id)


def authors_told(context: Context) -> None:
    """Tell the authors of ideas: what became of them may have changed, and `became` is read anew."""
    authors = db.session.scalars(
        select(Idea.participant_id).where(
            Idea.workshop_id == context.workshop.id, Idea.participant_id.is_not(None), Idea.state != "withdrawn"
        )
    )
    context.touch_mine(*set(authors))


def close_open_decision(context: Context, subject: Subject) -> None:
    """Close a decision that is open on the subject, without an outcome: its text is going away. Refused while the
    text stands on a ballot that is not published."""
    ballots.refuse_while_voted_on(context, subject.record_id)
    decisions.close_for_text_change(context, subject.record_id)
