"""How goals, agreements and what belongs to them are seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, select

from workshop.clock import stamp
from workshop.extensions import db
from workshop.models import (
    Agreement,
    Amendment,
    Commitment,
    Consent,
    ConsentGiven,
    Goal,
    Objection,
    TextVersion,
    Workshop,
    served,
    text_versions,
)
from workshop.models.rounds import spent
from workshop.models.texts import text_by
from workshop.rules import consent as consent_rules
from workshop.rules import fields, history
from workshop.rules.fingerprints import text_hash
from workshop.rules.record_ids import RecordId
from workshop.rules.roles import PARTICIPANT, role_of
from workshop.screens.kinds import Record, kind
from workshop.screens.view import View


def _content(row: Goal | Agreement, view: View) -> dict[str, Any]:
    return row.newest_content if view.reads_drafts else row.content


def _text(row: Goal | Agreement, view: View) -> Record:
    """Returns a text as the room was shown it; for an audience that reads drafts, as it is being written."""
    numbered = view.editions(row.record_id)
    content, drafted = _content(row, view), view.reads_drafts and row.draft_version is not None
    version = row.newest_version if drafted else row.version
    base = text_versions.base_of(row.record_id, version)
    record: Record = {field.name: content.get(field.name) for field in fields.FIELDS[row.kind] if field.name != "kind"}
    record.update(
        id=row.record_id,
        kind=row.kind,
        version=version,
        shown_version=row.version,
        state=row.state,
        base_version=base,
        edition=view.edition(row.record_id, version),
        base_edition=view.edition(row.record_id, base),
        checks=list((row.draft_checks if drafted else row.checks) or []),
        amendments="open" if row.takes_amendments else "closed",
        position=row.position,
        previous=_previous(row, version, numbered),
    )
    return record


def _previous(row: Goal | Agreement, version: int, numbered: Mapping[int, int]) -> dict[str, Any] | None:
    """Returns the values that the changed fields had in the edition before, and the role, time and cause of the last change,
    so that every screen can show old and new side by side. None in the first edition."""
    edition = numbered.get(version, 1)
    earlier = [one for one, number in numbered.items() if number == edition - 1]
    if not earlier:
        return None
    wanted = select(TextVersion).where(
        TextVersion.text_id == row.record_id, TextVersion.version.in_((max(earlier), version))
    )
    before, now = db.session.scalars(wanted.order_by(TextVersion.version))
    changes = history.changes(row.kind, before.content, now.content)
    return {
        "version": before.version,
        "edition": edition - 1,
        "changed": [one.field for one in changes],
        "old": {one.field: one.old for one in changes},
        "cause": now.cause,
        "reason": now.reason,
        "by_role": now.by_role,
        "confirmed_by": now.confirmed_by,
        "at": stamp(now.at),
    }


@kind(Goal, room_stamp="room_seq")
def present_goal(goal: Goal, view: View) -> Record:
    """Returns a goal with its fields, version, state and checks."""
    return _text(goal, view)


@kind(Agreement, room_stamp="room_seq")
def present_agreement(agreement: Agreement, view: View) -> Record:
    """Returns an agreement. Its own kind is `agreement_kind`, because `kind` names the record."""
    record = _text(agreement, view)
    content = _content(agreement, view)
    record["agreement_kind"] = content.get("kind") or "agreement"
    record["dissent"] = content.get("dissent") or []
    return record


_RIVALS = (
    select(func.count())
    .select_from(Amendment)
    .where(
        Amendment.on == bindparam("on"),
        Amendment.field == bindparam("field"),
        Amendment.state == "open",
        Amendment.id != bindparam("itself"),
    )
)


@kind(Amendment)
def present_amendment(amendment: Amendment, view: View) -> Record:
    """Returns a proposed change, or a correction of the language. `competes` says that another open one is on the same field.
    For facilitators `proposed_by` names the facilitator who proposed it, who may not confirm it; None for a participant."""
    rivals = 0
    if amendment.state == "open":
        about = {"on": amendment.on, "field": amendment.field, "itself": amendment.id}
        rivals = db.session.scalar(_RIVALS, about) or 0
    record = {
        "id": amendment.record_id,
        "kind": "amendment",
        "on": amendment.on,
        "field": amendment.field,
        "sort": amendment.variant,
        "by_role": role_of(amendment.proposed_by or PARTICIPANT),
        "on_version": amendment.on_version,
        "in_version": amendment.in_version,
        "on_edition": view.edition(amendment.on, amendment.on_version),
        "in_edition": view.editions(amendment.on).get(amendment.in_version or 0),
        "old": amendment.old,
        "new": amendment.new,
        "reason": amendment.reason,
        "state": amendment.state,
        "answer": amendment.answer,
        "stale": amendment.stale,
        "competes": rivals > 0,
        "group": view.group_label(amendment.group_id),
    }
    if view.facilitator:
        record["proposed_by"] = amendment.proposed_by
    return record


_GIVEN = select(func.count()).select_from(ConsentGiven).where(ConsentGiven.consent_id == bindparam("consent"))
_OBJECTIONS = (
    select(func.count())
    .select_from(Objection)
    .where(Objection.consent_id == bindparam("consent"), Objection.state == "open")
)


@kind(Consent)
def present_consent(consent: Consent, view: View) -> Record:
    """Returns a round of consent: how many have answered, and how many objections are open. Who consented is not shown."""
    given = db.session.scalar(_GIVEN, {"consent": consent.id}) or 0
    objections = db.session.scalar(_OBJECTIONS, {"consent": consent.id}) or 0
    answered = given + objections
    eligible = consent.eligible if consent.state == "closed" else sum(view.group_sizes.values())
    return {
        "id": consent.record_id,
        "kind": "consent",
        "on": consent.on,
        "round": spent(consent.on, consent.round) + 1,
        "text_hash": consent.text_hash,
        "state": consent.state,
        "turnout": {"voted": answered, "eligible": max(eligible, answered)},
        "quorum": consent_rules.quorum_needed(eligible),
        "objections": objections,
        "outcome": consent.outcome,
        "words_changed": not _about_present_words(consent),
        # After the round nobody needs the old words, and what was removed from them is no longer shown.
        "words_before": consent.words_before if consent.state == "open" else None,
    }


def _about_present_words(consent: Consent) -> bool:
    if RecordId.parse(consent.on).kind == Workshop.kind:
        workshop = db.session.get_one(Workshop, consent.workshop_id)
        return consent.text_hash == text_hash({"ground_rules": workshop.ground_rules})
    text = text_by(consent.on)
    return text is not None and served.is_asked_about(consent.text_hash, text)


@kind(Objection)
def present_objection(objection: Objection, _view: View) -> Record:
    """Returns a reasoned objection, without its author."""
    return {
        "id": objection.record_id,
        "kind": "objection",
        "on": objection.on,
        "consent": Consent.record_id_of(objection.consent_id),
        "reason": objection.reason,
        "state": objection.state,
    }


@kind(Commitment)
def present_commitment(commitment: Commitment, view: View) -> Record:
    """Returns a commitment. Without a name it is shown as one of an unnamed member of the group, and the group is named only
    where `View.group_label` allows it."""
    named = commitment.name is not None
    group = view.groups.get(commitment.group_id or 0)
    return {
        "id": commitment.record_id,
        "kind": "commitment",
        "on": commitment.on,
        "name": commitment.name,
        "group": group.key if named and group else view.group_label(commitment.group_id),
        "words": commitment.words,
        "standing": commitment.standing,
    }
