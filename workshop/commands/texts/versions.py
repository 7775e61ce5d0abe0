"""Versions of goals and agreements: every wording is kept, and a vote is bound to one of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workshop.commands import trails
from workshop.commands.texts import rewording
from workshop.commands.texts.fields import show_field
from workshop.commands.votes import ballots
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Agreement, Amendment, Consent, Decision, Goal, TextVersion, text_versions
from workshop.models.reopening import next_version
from workshop.rules import fields, language, rows
from workshop.rules.fingerprints import text_hash
from workshop.rules.refusal import Refused
from workshop.rules.roles import PARTICIPANT, role_of

Text = Goal | Agreement
#: a text in one of these states is settled or gone
_CLOSED = ("agreed", "dropped", "intention")


def check_version(text: Text, version: int) -> None:
    """Raises `conflict` with the newest version and text unless the edit was made on it; nothing is overwritten."""
    if version != text.newest_version:
        raise Refused("conflict", "version", version=text.newest_version, content=dict(text.newest_content))


def check_open(text: Text) -> None:
    """Raises `closed` for a text that is agreed or dropped."""
    if text.state in _CLOSED:
        raise Refused("closed", text.kind, state=text.state)


def check_correctable(context: Context, text: Text) -> None:
    """Raises `closed` for a text that was left behind, and `conflict` while a decision, a round of consent or a ballot that
    is not published asks the room about these very words, or about an agreement that serves this goal."""
    if text.state in ("dropped", "intention"):
        raise Refused("closed", text.kind, state=text.state)
    ballots.refuse_while_voted_on(context, text.record_id)
    for model, about in ((Decision, Decision.text_id), (Consent, Consent.on)):
        open_one = select(model.id).where(about.in_(rewording.asked_about(text)), model.state == "open").limit(1)
        if db.session.scalar(open_one) is not None:
            raise Refused("conflict", "on", asked=model.kind)


def first_version(context: Context, text: Text, content: dict[str, Any]) -> None:
    """Store the first wording of a new text (already added)."""
    text.content = content
    keep(context, text, Made([], "drafted", context.actor.role))


def new_wording(context: Context, text: Text, changes: Mapping[str, Any], cause: str, reason: str = "") -> list[str]:
    """Apply changed fields; returns their names. A changed text is a new version once people could have read the old
    one with a vote in sight: an open decision on it, or on an agreement that serves it, closes as `text_changed`, and open
    amendments of the same fields are laid on the new text or marked as stale (docs/rules.md sections 1 and 6). A draft that
    is ahead is shown first. Raises `closed` for a goal that an agreed agreement serves."""
    changed = changed_by(text, changes)
    show(context, text)
    if not changed:
        return []
    check_may_change(context, text)
    content = {**text.content, **{name: changes[name] for name in changed}}
    _take_effect(context, text, next_version(text), content)
    keep(context, text, Made(changed, cause, context.actor.role, reason))
    return changed


def changed_by(text: Text, changes: Mapping[str, Any]) -> list[str]:
    """Returns the names of the fields that would differ from the newest wording. Raises `closed` for a text that is agreed
    or dropped."""
    check_open(text)
    return [name for name, value in changes.items() if text.newest_content.get(name) != value]


def check_may_change(context: Context, text: Text) -> None:
    """Raises `closed` for a goal that an agreed agreement serves, `conflict` while the text stands on a ballot."""
    rewording.check_not_agreed_on(text, text.kind)
    ballots.refuse_while_voted_on(context, text.record_id)


def show(context: Context, text: Text) -> bool:
    """Show the room the draft that is ahead, with all that follows from new words. Returns whether there was one."""
    if text.draft_version is None or text.draft_content is None:
        return False
    version, content = text.draft_version, dict(text.draft_content)
    text.draft_version = text.draft_content = text.draft_at = text.draft_checks = None
    _take_effect(context, text, version, content)
    context.proof.setdefault("shown", []).append({"subject": text.record_id, "version": version})
    return True


def _take_effect(context: Context, text: Text, version: int, content: dict[str, Any]) -> None:
    """The room is shown other words: what it is asked about the old ones ends, and amendments meet the new ones."""
    changed = [name for name in content if content.get(name) != text.content.get(name)]
    if changed:
        rewording.words_changed(context, text)
    before = trails.linked(text)
    _rewrite(context, text, version, content, changed)
    trails.tell(context, text, before ^ trails.linked(text))


def corrected(context: Context, text: Text, amendment: Amendment, value: str) -> None:
    """A version that corrects the language of one field and nothing else: the text stays what it is, agreed or not, and a
    decision on it stays bound to the version it was taken on."""
    content = {**text.content, amendment.field: value}
    _rewrite(context, text, next_version(text), content, [amendment.field])
    proposed_by = role_of(amendment.proposed_by or PARTICIPANT)
    keep(context, text, Made([amendment.field], language.CAUSE, proposed_by, amendment.reason, context.actor.role))


def _rewrite(context: Context, text: Text, version: int, content: dict[str, Any], changed: list[str]) -> None:
    """Give the text its new words, under a new number."""
    before = text.version
    text.version, text.content = version, content
    context.touch(text)
    _meet_open_amendments(context, text, changed, before)


@dataclass(frozen=True)
class Made:
    """What is kept of how a version came about."""

    changed: list[str]
    cause: str
    by_role: str
    reason: str = ""
    confirmed_by: str | None = None


def keep(context: Context, text: Text, made: Made) -> None:
    """Keep the newest wording of a text as a version, and tell the journal of it."""
    told = _keep(context, text, text.newest_version, text.newest_content, made)
    if text.draft_version is not None:
        told["draft"] = True


def propose(context: Context, text: Text, content: dict[str, Any], made: Made) -> int:
    """Keep a wording that is decided on beside the one in force, which stays. Returns its number."""
    version = next_version(text)
    _keep(context, text, version, content, made)["proposed"] = True
    return version


def put_in_force(context: Context, text: Text, version: int, content: dict[str, Any]) -> None:
    """Give the text the words of a version that was proposed and is carried; it stays agreed."""
    changed = [name for name in content if content.get(name) != text.content.get(name)]
    _rewrite(context, text, version, content, changed)
    context.proof["in_force"] = {"subject": text.record_id, "version": version}


def _keep(context: Context, text: Text, version: int, content: dict[str, Any], made: Made) -> dict[str, Any]:
    """Keep a version; returns what the journal is told of it."""
    wording_hash = text_hash(content)
    db.session.flush()
    db.session.add(
        TextVersion(
            workshop_id=context.workshop.id,
            text_id=text.record_id,
            version=version,
            content=dict(content),
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
        "subject": text.record_id,
        "version": version,
        "text_hash": wording_hash,
        "changed": made.changed,
        "cause": made.cause,
    }
    if made.confirmed_by is not None:
        told["confirmed_by"] = made.confirmed_by
    context.proof.setdefault("texts", []).append(told)
    return told


def _meet_open_amendments(context: Context, text: Text, changed: list[str], before: int) -> None:
    """Open amendments of a field that has changed: one of a list is laid on the list as it is now, where it changes other
    rows; every other one is marked as stale, to be looked at again. `before`: the version the room was shown until now."""
    open_ones = db.session.scalars(
        select(Amendment).where(Amendment.on == text.record_id, Amendment.state == "open", Amendment.field.in_(changed))
    ).all()
    for amendment in open_ones:
        if not lay_anew(amendment, text):
            amendment.stale = True
        context.touch(amendment)
        proposer = text_versions.proposer_of_words(text.record_id, amendment.field, before)
        context.touch_mine(amendment.participant_id, proposer)


def lay_anew(amendment: Amendment, text: Text) -> bool:
    """Lay an amendment of a list on the present list; returns whether that could be done."""
    kinds = {field.name: field.kind for field in fields.FIELDS[text.kind]}
    if kinds.get(amendment.field) != "list" or amendment.stale:
        return False
    present = text.content.get(amendment.field)
    laid = rows.rebased(json.loads(amendment.old or "[]"), json.loads(amendment.new), present)
    if laid is None or laid == present:
        return False
    amendment.old, amendment.new = show_field(present), show_field(laid)
    amendment.on_version = text.version
    return True


def leave_behind(context: Context, text: Text) -> None:
    """End what the room is asked about a text that is going away. Refused while the text stands on a ballot that is not
    published, and for a goal that an agreed agreement serves."""
    rewording.check_not_agreed_on(text, "on")
    ballots.refuse_while_voted_on(context, text.record_id)
    rewording.words_changed(context, text)
