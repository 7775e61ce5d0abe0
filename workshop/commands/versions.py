"""Versions of goals and agreements: every wording is kept, and a vote is bound to one of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..models import Agreement, Amendment, Consent, Decision, Goal, Idea, IdeaSupport, TextVersion, wordings
from ..rules import fields, language, rows
from ..rules.fingerprints import text_hash
from ..rules.refusal import Refused
from ..rules.roles import PARTICIPANT
from . import ballots, decisions
from .context import Context
from .wording import show_field

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


def check_correctable(context: Context, subject: Subject) -> None:
    """Raise `closed` for a text that was left behind, and `conflict` while a decision, a round of consent or a ballot that
    is not published asks the room about these very words."""
    if subject.state in ("dropped", "intention"):
        raise Refused("closed", subject.kind, state=subject.state)
    ballots.refuse_while_voted_on(context, subject.record_id)
    for model, about in ((Decision, Decision.subject), (Consent, Consent.on)):
        if db.session.scalar(select(model.id).where(about == subject.record_id, model.state == "open")) is not None:
            raise Refused("conflict", "on", asked=model.kind)


def first_version(context: Context, subject: Subject, content: dict[str, Any]) -> None:
    """Store the first wording of a new text (already added)."""
    subject.content = content
    _keep(context, subject, _Made([], "drafted", context.actor.role))


def new_wording(
    context: Context, subject: Subject, changes: Mapping[str, Any], cause: str, reason: str = ""
) -> list[str]:
    """Apply changed fields; answers their names. A changed text is a new version once people could have read the old
    one with a vote in sight: an open decision on it closes as `text_changed`, and open amendments of the same fields
    are laid on the new text or marked as stale (docs/rules.md sections 1 and 6)."""
    check_open(subject)
    changed = [name for name, value in changes.items() if subject.content.get(name) != value]
    if not changed:
        return []
    ballots.refuse_while_voted_on(context, subject.record_id)
    decisions.close_for_text_change(context, subject.record_id)
    if subject.state in ("deciding", "not_agreed"):
        subject.state = "proposed"
    _rewrite(context, subject, {name: changes[name] for name in changed})
    _keep(context, subject, _Made(changed, cause, context.actor.role, reason))
    authors_told(context)
    return changed


def corrected(context: Context, subject: Subject, amendment: Amendment, value: str) -> None:
    """A version that corrects the language of one field and nothing else: the text stays what it is, agreed or not, and a
    decision on it stays bound to the version it was taken on."""
    _rewrite(context, subject, {amendment.field: value})
    proposed_by = (amendment.proposed_by or PARTICIPANT).partition(":")[0]
    made = _Made([amendment.field], language.CAUSE, proposed_by, amendment.reason, context.actor.role)
    _keep(context, subject, made)


def _rewrite(context: Context, subject: Subject, changes: dict[str, Any]) -> None:
    """Give the text its new words, under a new number."""
    subject.version += 1
    subject.content = {**subject.content, **changes}
    context.touch(subject)
    _meet_open_amendments(context, subject, list(changes))


@dataclass(frozen=True)
class _Made:
    """What is kept of how a version came about."""

    changed: list[str]
    cause: str
    by_role: str
    reason: str = ""
    confirmed_by: str | None = None


def _keep(context: Context, subject: Subject, made: _Made) -> None:
    wording_hash = text_hash(subject.content)
    db.session.flush()
    db.session.add(
        TextVersion(
            workshop_id=context.workshop.id,
            subject=subject.record_id,
            version=subject.version,
            content=dict(subject.content),
            text_hash=wording_hash,
            changed=made.changed,
            by_role=made.by_role,
            cause=made.cause,
            reason=made.reason,
            confirmed_by=made.confirmed_by,
            at=context.now(),
        )
    )
    told: dict[str, Any] = {
        "subject": subject.record_id,
        "version": subject.version,
        "text_hash": wording_hash,
        "changed": made.changed,
        "cause": made.cause,
    }
    if made.confirmed_by is not None:
        told["confirmed_by"] = made.confirmed_by
    context.proof.setdefault("texts", []).append(told)


def _meet_open_amendments(context: Context, subject: Subject, changed: list[str]) -> None:
    """Open amendments of a field that has changed: one of a list is laid on the list as it is now, where it changes other
    rows; every other one is marked as stale, to be looked at again."""
    open_ones = db.session.scalars(
        select(Amendment).where(
            Amendment.on == subject.record_id, Amendment.state == "open", Amendment.field.in_(changed)
        )
    ).all()
    for amendment in open_ones:
        if not lay_anew(amendment, subject):
            amendment.stale = True
        context.touch(amendment)
        context.touch_mine(amendment.participant_id, wordings.proposer_of_words(subject.record_id, amendment.field))


def lay_anew(amendment: Amendment, subject: Subject) -> bool:
    """Lay an amendment of a list on the present list; answers whether that could be done."""
    kinds = {field.name: field.kind for field in fields.FIELDS[subject.kind]}
    if kinds.get(amendment.field) != "list" or amendment.stale:
        return False
    present = subject.content.get(amendment.field)
    laid = rows.rebased(json.loads(amendment.old or "[]"), json.loads(amendment.new), present)
    if laid is None or laid == present:
        return False
    amendment.old, amendment.new = show_field(present), show_field(laid)
    amendment.on_version = subject.version
    return True


def authors_told(context: Context) -> None:
    """Tell the authors of ideas and those who support them: what became of them may have changed, and is read anew."""
    ideas = select(Idea).where(Idea.workshop_id == context.workshop.id, Idea.state != "withdrawn")
    told = ideas.with_only_columns(Idea.participant_id).where(Idea.participant_id.is_not(None)).union(
        ideas.join(IdeaSupport, IdeaSupport.idea_id == Idea.id).with_only_columns(IdeaSupport.participant_id)
    )
    context.touch_mine(*db.session.scalars(told))


def close_open_decision(context: Context, subject: Subject) -> None:
    """Close a decision that is open on the subject, without an outcome: its text is going away. Refused while the
    text stands on a ballot that is not published."""
    ballots.refuse_while_voted_on(context, subject.record_id)
    decisions.close_for_text_change(context, subject.record_id)
